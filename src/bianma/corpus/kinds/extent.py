"""Where on a web page the article begins and ends.

A page is told by its signs (see `furniture`); a text without any is left to the other passes. Long paragraphs with
stops, notes and references are the article's own, wherever they stand: what lies before the first is its head, what
follows the last is its tail, if a sign opens it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import furniture, layout
from bianma.corpus.patterns.furniture import Sign
from bianma.corpus.script import is_latin
from bianma.records import Kind

PROSE, _LATIN_PROSE, _COMMENT = 60, 150, 240  # characters
_GATE, _SENTENCE = 80, 20
_BOX_AT_MOST, _FEW_ITEMS = 12, 4  # paragraphs
_STOP = re.compile(r"[。！？]|[.!?][\"”’)]?(?:\s|$)")
_ADDRESS = re.compile(r"<?(?:https?://|javascript:|mailto:)[^\s<>（(]*>?")
# A browser for the terminal numbers its links.
_LINK_NUMBERS = re.compile(r"[^\[\]。]{0,14}(?:[|｜\s]*\[\d{1,3}\][^\[\]。，]{1,16})+")


@dataclass(frozen=True, slots=True)
class Page:
    """The paragraphs with the sign each carries; `start` and `end` bound what is certainly the article's."""

    paragraphs: Sequence[Paragraph]
    signs: Mapping[int, Sign]
    start: int
    end: int


def read_page(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind]) -> Page | None:
    """Return the page with its signs and where its text lies; None where no line is a web page's own."""
    short = [(n, p) for n, p in enumerate(paragraphs) if p.linked or len(p.text) <= _GATE]
    if not _is_web(p for n, p in short if n not in known and not p.row):
        return None
    signs = {n: sign for n, p in enumerate(paragraphs) if not p.row and (sign := _sign(p))}
    own = [n for n, p in enumerate(paragraphs) if n not in known and _is_own(p, signs.get(n))]
    comments = next((n for n, sign in signs.items() if sign == "comments" and _is_over(own, n, paragraphs)), None)
    if comments is not None:
        own = [n for n in own if n < comments]
    own = [n for n in own if not _is_teaser(paragraphs, signs, n) and not _is_listed(paragraphs, signs, n)] or own
    return Page(paragraphs, signs, own[0], _read_on(paragraphs, signs, own[-1] + 1)) if own else None


def _read_on(paragraphs: Sequence[Paragraph], signs: Mapping[int, Sign], end: int) -> int:
    """Return where the text ends, if it goes on with short sentences past boxes that stand inside articles."""
    items, inside = 0, False
    for n in range(end, len(paragraphs)):
        p = paragraphs[n]
        if n in signs:
            inside = furniture.is_inset(p.text) or (inside and (p.linked or signs[n] == "caption"))
            if not inside:
                break
        elif is_sentence(p):
            end, items = n + 1, 0
        elif not inside or items == _FEW_ITEMS:
            break
        elif p.text:
            items += 1
    return end


def is_sentence(p: Paragraph) -> bool:
    """Tell whether a paragraph is a sentence at least, short as it may be."""
    return (
        len(p.text) >= _SENTENCE
        and not p.row
        and not p.linked
        and layout.ends(p.text)
        and not furniture.is_legal(p.text)
    )


def _is_web(short: Iterable[Paragraph]) -> bool:
    """Tell a web page: by a line of links or the head of a box, or by two lines of any other sign."""
    signs = 0
    for p in short:
        signs += 2 if p.linked else _is_of_web(p)
        if signs >= 2:
            return True
    return False


def _is_of_web(p: Paragraph) -> bool:
    """Tell whether a short line is one that only web pages have: printed pages name editors and sources too."""
    text = p.text
    if not text or text[-1] == "。" or (p.sign.text and "[" not in text):
        return False
    sign = furniture.line_sign(text) if not p.depth else None
    return (
        ("[" in text and _is_numbered_links(p))
        or sign in ("menu", "box", "comments")
        or (sign in ("meta", "advert") and layout.label_of(text) is None)
    )


def _sign(p: Paragraph) -> Sign | None:
    if not p.text:
        return None
    if p.linked and not (p.depth and not p.bullet) and not _is_linked_reference(p.text):
        return "box" if furniture.sign_of(p.text) == "box" else "menu"
    if "[" in p.sign.text + p.text and _is_numbered_links(p):
        return "menu"
    sign = furniture.sign_of(p.text)
    if sign in ("caption", "legal") or sign is None:
        return sign
    if p.depth:
        return sign if sign in ("box", "comments") else None
    return sign


def _is_numbered_links(p: Paragraph) -> bool:
    text = p.sign.text + p.text
    return len(text) <= 200 and text.count("[") >= 2 and _LINK_NUMBERS.fullmatch(text) is not None


def _is_linked_reference(text: str) -> bool:
    """Tell whether a link holds a whole reference: it would be one without its address."""
    bare = _ADDRESS.sub("", text)
    return len(bare) > 24 and layout.is_citation(bare)


def _is_own(p: Paragraph, sign: Sign | None) -> bool:
    """Tell whether a paragraph is certainly the article's: prose, a note, a reference, a labelled summary."""
    if sign is not None or p.row:
        return False
    if is_prose(p.text):
        return not furniture.is_legal(p.text)
    label = layout.label_of(p.text)
    if label:
        return label[0] in ("abstract", "keywords") and label[1] < len(p.text)
    return _is_note(p) or (len(p.text) < 40 and layout.may_open(p.text) and is_list_head(p.text))


def is_list_head(text: str) -> bool:
    """Tell whether a line is the heading of notes or references."""
    return layout.REFERENCES.fullmatch(furniture.without_edit(text)) is not None


def _is_note(p: Paragraph) -> bool:
    return len(p.text) >= 8 if p.sign.text else len(p.text) >= 20 and layout.is_citation(p.text)


def is_prose(text: str) -> bool:
    """Tell whether a text is long and has stops."""
    if len(text) < PROSE or (len(text) < _LATIN_PROSE and is_latin(text)):
        return False
    return _STOP.search(text) is not None


def _is_over(own: Sequence[int], n: int, paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether nothing but short comments stands after paragraph `n`, and much before it."""
    before = sum(len(paragraphs[m].text) for m in own if m < n)
    after = [m for m in own if m > n]
    return before > 2 * sum(len(paragraphs[m].text) for m in after) and all(
        len(paragraphs[m].text) < _COMMENT and not _is_note(paragraphs[m]) for m in after
    )


def _is_teaser(paragraphs: Sequence[Paragraph], signs: Mapping[int, Sign], n: int) -> bool:
    """Tell whether a paragraph only says what another article is about: it stands below a linked title."""
    before, after = n - 1, n + 1
    if (
        n == 0
        or paragraphs[n].sign.text
        or len(paragraphs[n].text) > 200
        or signs.get(before) != "menu"
        or not paragraphs[before].linked
    ):
        return False
    opened = any(signs.get(m) == "box" for m in range(max(0, n - 60), n))
    return opened and (after >= len(paragraphs) or after in signs or len(paragraphs[after].text) < PROSE)


def _is_listed(paragraphs: Sequence[Paragraph], signs: Mapping[int, Sign], n: int) -> bool:
    """Tell whether what reads as a reference is another article in a box: the box opens above, and lists alone."""
    p = paragraphs[n]
    if p.sign.text or (is_prose(p.text) and not layout.is_citation(p.text)):
        return False
    for m in range(n - 1, max(-1, n - _BOX_AT_MOST), -1):
        if signs.get(m) == "box":
            return True
        above = paragraphs[m].text
        if is_list_head(above) or (m not in signs and is_prose(above) and not layout.is_citation(above)):
            return False
    return False


def text_begins(page: Page) -> int:
    """Return where the head is over: at the first prose, or the heading over it."""
    n = page.start
    while n > 0 and _is_section(page, n - 1):
        n -= 1
    return next((m for m in range(n) if _is_section(page, m) and _goes_below(page, m + 1)), n)


def _goes_below(page: Page, n: int) -> bool:
    return n not in page.signs and len(page.paragraphs[n].text) >= 30


def _is_section(page: Page, n: int) -> bool:
    p = page.paragraphs[n]
    if n in page.signs or not p.text:
        return False
    label = layout.label_of(p.text)
    return layout.is_heading(p.text) or (label is not None and label[0] == "abstract")
