"""Headings that nothing but their place tells: short lines without number or stop, over prose."""

import re
from collections.abc import Mapping, Sequence

from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN, has_han
from bianma.records import Kind

_PROSE = 60
_NO_HEADING_ENDS = frozenset("，、；：,;:。.—-–…（(《「“")
_HEADING, _LATIN_HEADING = 25, 80  # characters
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("（", "）"))
_SPEAKER = re.compile(rf"[{HAN}]{{2,3}}|[{HAN}]{{1,3}}[·・][{HAN}]{{1,6}}|主持人|[{HAN}]{{1,6}}[記记]者")


def plain_headings(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind], *, english: bool) -> dict[int, Kind]:
    """Return the short lines without number or stop that stand over prose, where every paragraph is one line.

    Where a tenth of the long paragraphs breaks off, lines may be parts of paragraphs, and none is trusted.
    """
    rest = [n for n in range(len(paragraphs)) if n not in known]
    most = _LATIN_HEADING if english else _HEADING
    short = [at for at, n in enumerate(rest) if len(paragraphs[n].text) <= most and 0 < at < len(rest) - 1]
    found = [rest[at] for at in short if _stands_over(paragraphs, rest, at, known, english=english)]
    return dict.fromkeys(found, "heading") if found and _whole(paragraphs, rest, known) else {}


def _stands_over(
    paragraphs: Sequence[Paragraph], rest: Sequence[int], at: int, known: Mapping[int, Kind], *, english: bool
) -> bool:
    p = paragraphs[rest[at]]
    if len(p.text) < 2 or not _reads_as_heading(p, english=english) or _SPEAKER.fullmatch(p.text):
        return False
    before, after = paragraphs[rest[at - 1]], paragraphs[rest[at + 1]]
    if any(known.get(n) not in ("furniture", "table", None) for n in range(rest[at] + 1, rest[at + 1])):
        return False
    if before.depth or layout.is_heading(before.text):
        return False  # the first words of a text that a page break cut
    if _opens_unclosed(p.text) or _closes_unopened(p.text) or _closes_unopened(after.text):
        return False
    return layout.ends(before.text) and (opens_text(after) or layout.is_heading(after.text))


def _opens_unclosed(text: str) -> bool:
    """Tell whether a quotation or bracket is opened that is not closed here."""
    return any((at := text.rfind(opening)) >= 0 and text.find(closing, at) < 0 for opening, closing in _PAIRS)


def _closes_unopened(text: str) -> bool:
    """Tell whether a quotation or bracket is closed that was not opened here."""
    return any((at := text.find(closing)) >= 0 and text.find(opening, 0, at) < 0 for opening, closing in _PAIRS)


def _reads_as_heading(p: Paragraph, *, english: bool) -> bool:
    text = p.text
    if p.depth or p.sign.text or p.bullet or p.row or p.linked or text[-1] in _NO_HEADING_ENDS:
        return False
    if english:
        return text[0].isupper() and not text.endswith((",", ";"))
    return has_han(text) and "。" not in text and not text.endswith("！")


def opens_text(p: Paragraph) -> bool:
    """Tell whether running text stands here, as it does below a heading."""
    if p.bullet or p.sign.text or p.row or len(p.text) < 12:
        return False
    return layout.ends(p.text) or layout.pauses(p.text) or len(p.text) >= _PROSE


def _whole(paragraphs: Sequence[Paragraph], rest: Sequence[int], known: Mapping[int, Kind]) -> bool:
    """Tell whether nine tenths of the long paragraphs end as sentences do; those that a page's end cut do not count."""
    whole = [n for n in rest if known.get(n + 1) != "furniture" or layout.ends(paragraphs[n].text)]
    long = [paragraphs[n].text for n in whole if len(paragraphs[n].text) >= 40]
    return 10 * sum(layout.ends(text) or layout.pauses(text) for text in long) >= 9 * len(long) > 0
