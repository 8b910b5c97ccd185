"""Notes that go on over the page: the rest stands at the foot of the next page, without a mark.

Two signs are asked for: the note before breaks off and so does the running text above it, so that two texts are open;
and the paragraph stands right above the first note of its page, below which the running text goes on.
"""

from collections.abc import Mapping, Sequence

from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout
from bianma.records import Kind

_OPEN_AT_LEAST, _REST_AT_MOST = 30, 240  # characters
_NEAR = 40  # paragraphs of one page
_NOTES = ("note", "citation")


def notes_overleaf(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind]) -> list[int]:
    """Return the unknown paragraphs that are the rest of the note before."""
    open_notes = [n for n, kind in known.items() if kind == "note" and breaks_off(paragraphs[n].text)]
    found = (_rest(paragraphs, known, n) for n in sorted(open_notes))
    return [n for n in found if n is not None]


def breaks_off(text: str) -> bool:
    """Tell whether a note is cut in the middle of a sentence: an explanation that ends in a character or a comma."""
    last = text[-1:]
    cut = "\u4e00" <= last <= "\u9fff" or last in "，、"
    return len(text) >= _OPEN_AT_LEAST and cut and last not in "页頁版期年" and not layout.is_citation(text[-40:])


def _rest(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind], note: int) -> int | None:
    """Return the paragraph in which `note` goes on; None where the running text is whole without it."""
    following = range(note + 1, min(note + _NEAR, len(paragraphs)))
    first = next((n for n in following if known.get(n) in _NOTES and paragraphs[n].sign.text), None)
    at = first - 1 if first else note
    if at == note or at in known or not _may_be_rest(paragraphs[at]):
        return None
    above = next((n for n in range(at - 1, -1, -1) if n not in known), None)
    if above is None or not _is_open(paragraphs[above]):
        return None
    below = next((n for n in range(at + 1, len(paragraphs)) if known.get(n) not in (*_NOTES, "furniture")), None)
    return at if below is not None and below not in known and _reads_on(paragraphs[below]) else None


def _may_be_rest(p: Paragraph) -> bool:
    plain = not (p.depth or p.sign.text or p.row or p.bullet)
    return plain and len(p.text) <= _REST_AT_MOST and layout.ends(p.text) and layout.numbering(p.text) is None


def _is_open(p: Paragraph) -> bool:
    return len(p.text) >= _OPEN_AT_LEAST and not layout.ends(p.text) and not layout.pauses(p.text)


def _reads_on(p: Paragraph) -> bool:
    return not (p.depth or p.row or p.bullet or layout.is_heading(p.text))
