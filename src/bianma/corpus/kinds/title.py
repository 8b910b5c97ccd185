"""The title on a web page: which of the lines before the text it is."""

import re
from collections.abc import Sequence

from bianma.corpus.kinds.bylines import is_byline
from bianma.corpus.kinds.extent import Page, is_sentence, text_begins
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import furniture, layout
from bianma.corpus.script import is_latin
from bianma.records import Kind

_TITLE_AT_MOST, _LATIN_TITLE_AT_MOST = 60, 160  # characters
_VOLUME = re.compile(r"\d\s*卷\s*第?\s*\d+\s*期|第\s*\d+\s*[卷期]|\bNo\.\s*\d")
_UNDERLINE = re.compile(r"=+")


def head(page: Page, *, english: bool) -> dict[int, Kind]:
    """Find the title among the lines before the text; what stands above it is the page's."""
    lines = [n for n in range(text_begins(page)) if page.paragraphs[n].text]
    if not any(page.signs.get(n) in ("menu", "meta") for n in lines):
        return {}
    title = _title(page, lines, english=english)
    found: dict[int, Kind] = {n: "furniture" for n in lines if n in page.signs}
    if title is not None:
        found |= {n: "furniture" for n in lines if n < title}
        found[title] = "title"
    return found


def _title(page: Page, lines: Sequence[int], *, english: bool) -> int | None:
    """Return the line that reads as the title: named elsewhere, marked, or set above author, date or text."""
    able = [n for n in lines if n not in page.signs and _may_be_title(page.paragraphs[n], english=english)]
    sentence = next(
        (n for n in lines if able and n > able[0] and n not in page.signs and is_sentence(page.paragraphs[n])),
        lines[-1] + 1,
    )
    able = [n for n in able if n < sentence]
    named = [n for n in able if _is_named(page, n, lines)]
    marked = [n for n in able if page.paragraphs[n].depth or _is_underlined(page, n)]
    first = min((page.paragraphs[n].depth or 1 for n in marked), default=0)
    able = named or [n for n in marked if (page.paragraphs[n].depth or 1) == first] or _not_named_below(page, able)
    leading = [n for n in able if _leads(page, n, english=english)]
    return max(leading, key=lambda n: (_weight(page.paragraphs[n].text), n)) if leading else able[-1] if able else None


def _weight(text: str) -> int:
    """Rank a title by its length, up to where length says nothing."""
    return min(len(text), 16)


def _may_be_title(p: Paragraph, *, english: bool) -> bool:
    text, latin = p.text, is_latin(p.text)
    if p.row or p.linked or (latin and not english and not p.depth) or text[-1] in "。，、；：:.":
        return False
    long = len(text) > (_LATIN_TITLE_AT_MOST if latin else _TITLE_AT_MOST)
    if (
        long
        or len(text) < (8 if latin else 4)
        or layout.label_of(text)
        or layout.is_furniture(text)
        or _VOLUME.search(text)
    ):
        return False
    return not is_byline(text) and not layout.is_citation(text) and not layout.is_heading(text)


def _is_named(page: Page, n: int, lines: Sequence[int]) -> bool:
    """Tell whether a breadcrumb or a `Title:` line ends with, or begins with, this line."""
    text = page.paragraphs[n].text
    items = (furniture.crumb(page.paragraphs[m].text) for m in lines if m in page.signs)
    return len(text) >= 6 and any(item.startswith(text) or (len(item) >= 8 and text.startswith(item)) for item in items)


def _is_underlined(page: Page, n: int) -> bool:
    return n + 1 < len(page.paragraphs) and _UNDERLINE.fullmatch(page.paragraphs[n + 1].text) is not None


def _not_named_below(page: Page, able: Sequence[int]) -> list[int]:
    """Leave out the lines of a table of contents: they come back over their sections."""
    if len(able) < 2:
        return list(able)
    below = {furniture.without_edit(p.text) for p in page.paragraphs[able[-1] + 1 :] if len(p.text) < 40}
    return [n for n in able if page.paragraphs[n].text not in below] or list(able)


def _leads(page: Page, n: int, *, english: bool) -> bool:
    """Tell whether author, date or text follow a line, past a title in the other language."""
    m = n + 1
    while m < len(page.paragraphs) and (
        not page.paragraphs[m].text
        or _UNDERLINE.fullmatch(page.paragraphs[m].text)
        or (not english and is_latin(page.paragraphs[m].text) and m not in page.signs and m < page.start)
    ):
        m += 1
    if m >= text_begins(page) or page.signs.get(m) == "meta":
        return True
    text = page.paragraphs[m].text
    return m not in page.signs and (is_byline(text) or layout.label_of(text) is not None)
