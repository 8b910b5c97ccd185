"""What a web page prints between the paragraphs of an article and after them: boxes, captions, quotes, its tail."""

from collections.abc import Mapping, Sequence

from bianma.corpus.kinds.bylines import BRACKETS, is_about_author
from bianma.corpus.kinds.extent import PROSE, Page, is_list_head, is_prose
from bianma.corpus.kinds.subheads import opens_text
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import furniture, layout
from bianma.records import Kind

_ASIDE, _ITEM_AT_MOST = 140, 48  # characters
_ITEMS_AT_MOST = 12
_QUOTES = "「」『』“”\"‘’'〝〞>"
_UNQUOTED_END = "。.！!？?，,"


def asides(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind]) -> dict[int, Kind]:
    """What printed pages share with web pages: captions with a credit, and a line in brackets about the author."""
    found: dict[int, Kind] = {}
    for n, p in enumerate(paragraphs):
        text = p.text
        if not 4 < len(text) <= _ASIDE or n in known or p.row or p.sign.text or p.depth:
            continue
        if text[0] in BRACKETS and is_about_author(text):
            found[n] = "author"
        elif furniture.is_caption(text):
            found[n] = "table"
    return found


def between(page: Page) -> dict[int, Kind]:
    """Boxes, buttons, captions and adverts inside the article."""
    found: dict[int, Kind] = {}
    for n, sign in page.signs.items():
        if n < page.start or n >= page.end:
            if sign == "caption":
                found[n] = "table"
            continue
        if _may_be_heading(page, n) or (sign == "legal" and len(page.paragraphs[n].text) > PROSE):
            continue
        found[n] = "table" if sign == "caption" else "furniture"
        if sign == "box":
            found |= dict.fromkeys(_items(page, n), "furniture")
    return found


def _may_be_heading(page: Page, n: int) -> bool:
    """Tell whether one word or day that prose follows heads it: a button would stand among buttons."""
    text = page.paragraphs[n].text
    if page.signs[n] not in ("menu", "meta", "box") or len(text) > 12 or page.paragraphs[n].linked:
        return False
    if " " in text or (page.signs[n] == "meta" and not furniture.is_day(text)):
        return False
    below = n + 1 < len(page.paragraphs) and n + 1 not in page.signs and is_prose(page.paragraphs[n + 1].text)
    return below and n - 1 not in page.signs and layout.ends(page.paragraphs[n - 1].text)


def _items(page: Page, opener: int) -> list[int]:
    """Return the lines of the box that paragraph `opener` is the head of; a heading after them is the article's."""
    items: list[int] = []
    for n in range(opener + 1, min(opener + 1 + _ITEMS_AT_MOST, page.end)):
        p = page.paragraphs[n]
        if p.text and n not in page.signs and not _is_item(p, page, items):
            break
        items.append(n)
    plain = [n for n in items if page.paragraphs[n].text and n not in page.signs and not page.paragraphs[n].bullet]
    heading = len(plain) >= 2 and plain[-1] == items[-1] and opens_text(page.paragraphs[items[-1] + 1])
    return items[:-1] if heading else items


def _is_item(p: Paragraph, page: Page, items: Sequence[int]) -> bool:
    if p.depth or p.row or p.sign.text or len(p.text) > _ITEM_AT_MOST or p.text[-1] in "。；：:":
        return False
    if layout.is_heading(p.text) or layout.label_of(p.text) or is_list_head(p.text):
        return False
    linked = any(page.paragraphs[n].linked for n in items)
    return p.bullet or not linked


def repeated(page: Page, found: Mapping[int, Kind]) -> dict[int, Kind]:
    """Pull quotes: a short sentence on its own that a paragraph near it holds too."""
    paragraphs = page.paragraphs
    return {
        n: "furniture"
        for n in range(page.start, page.end)
        if 8 <= len(paragraphs[n].text) <= 90
        and n not in found
        and not paragraphs[n].depth
        and not paragraphs[n].sign.text
        and _is_pulled(paragraphs, n)
    }


def _is_pulled(paragraphs: Sequence[Paragraph], n: int) -> bool:
    text = paragraphs[n].text
    quote = text.strip(_QUOTES + " ").rstrip(_UNQUOTED_END)
    if len(quote) < 8 or not (layout.ends(text) or text[0] in _QUOTES):
        return False
    near = (p.text for p in paragraphs[max(0, n - 12) : n + 13] if len(p.text) > 2 * len(quote))
    return any(quote in other for other in near)


def tail(page: Page, known: Mapping[int, Kind]) -> dict[int, Kind]:
    """Everything after the article, from the first sign on; who the author is may be said there too."""
    opens = ("menu", "meta", "box", "comments", "advert", "legal")
    after = range(page.end, len(page.paragraphs))
    first = next((n for n in after if page.signs.get(n) in opens and not _reads_on(page, n)), None)
    if first is None:
        return {}
    rest = [n for n in range(first, len(page.paragraphs)) if n not in known]
    labels = {n: layout.label_of(page.paragraphs[n].text) for n in rest}
    return {n: "author" if (label := labels[n]) and label[0] == "author" else "furniture" for n in rest}


def _reads_on(page: Page, n: int) -> bool:
    """Tell whether a short sentence of the article follows a box or button: no other sign stands between."""
    if page.signs[n] not in ("advert", "menu"):
        return False
    after = page.paragraphs[n + 1 : n + 2]
    return bool(after) and n + 1 not in page.signs and len(after[0].text) > 24 and after[0].text[-1] == "。"
