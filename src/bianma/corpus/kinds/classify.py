"""What each paragraph of an article is.

Passes, from the surest sign to the weakest; a paragraph keeps what it was first found to be. A pass sees all
paragraphs and what is known so far, and returns what it can tell.
"""

import re
from collections.abc import Sequence

from bianma.corpus.kinds import bilingual, boxes, noting
from bianma.corpus.kinds.bylines import authors
from bianma.corpus.kinds.contributions import contributors, lives
from bianma.corpus.kinds.extent import read_page
from bianma.corpus.kinds.foreign import own_summary
from bianma.corpus.kinds.front import front
from bianma.corpus.kinds.neighbours import neighbours
from bianma.corpus.kinds.subheads import plain_headings
from bianma.corpus.kinds.title import head
from bianma.corpus.kinds.whole import Known, Pass, Whole
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.paragraphs.lines import HEAD_AT_MOST, head_key
from bianma.corpus.patterns import layout, thanks
from bianma.corpus.patterns.marginalia import is_summaries_page
from bianma.corpus.script import has_han, is_latin, mostly_latin
from bianma.records import Kind

_TITLE_AT_MOST = 60  # characters of such a line
_BELOW_TABLE = 200  # characters
_SOURCED = re.compile(  # a caption with its source on one line
    rf"[^。；，！？]{{2,60}}?\s*(?:{layout.TABLE_SOURCE.pattern})[^。！？]{{2,100}}。?", re.IGNORECASE
)
_CONTENTS = re.compile(r"目\s*[录錄次]|(?:Table of )?Contents", re.IGNORECASE)
_TITLE_AT_LEAST, _FRONT = 6, 8  # characters of a key; paragraphs
_ISSUE = re.compile(r"\d{4}\s*年?\s*第?\s*\d{1,2}\s*期|第\s*[\d一二三四五六七八九十]+\s*[卷期]|[Vv]ol\.\s*\d")
_THANKED_AT_MOST = 3  # paragraphs


def kinds(paragraphs: Sequence[Paragraph], heads: frozenset[str]) -> list[Kind]:
    """Return the kind of each paragraph; `heads` are the keys of the page heads (see `lines.running_heads`)."""
    latin = [is_latin(p.text) for p in paragraphs]
    lengths = [len(p.text) for p in paragraphs]
    in_latin = sum(n for n, is_one in zip(lengths, latin, strict=True) if is_one)
    whole = Whole(paragraphs, latin, mostly_latin(in_latin, sum(lengths) - in_latin))
    known: dict[int, Kind] = _page(paragraphs, heads)
    for tell in PASSES:
        known = {**tell(whole, known), **known}
    return [known[n] for n in range(len(paragraphs))]


def heading_level(text: str, depth: int, *, chinese: bool) -> int:
    """Return the level of a heading, 1 = highest: by its numbering where it has one, else by its number of #.

    `chinese`: the article counts its parts 一、二、 so that 1. stands two levels below.

    >>> heading_level("（二）分析框架", 2, chinese=True), heading_level("1.2 Data", 0, chinese=False)
    (2, 2)
    """
    rank = layout.numbering(text)
    if rank is None:
        return max(1, min(depth - 1, 6))
    dots = re.match(r"\d+((?:[.．]\d+)*)", text)
    if rank == 3 and dots:
        return (3 if chinese else 1) + len(re.findall(r"[.．]\d", dots[1]))
    return rank


def _page(paragraphs: Sequence[Paragraph], heads: frozenset[str]) -> dict[int, Kind]:
    """Page numbers, rules, editors' lines, and what is printed on every page (but for its first time, as title)."""
    found: dict[int, Kind] = {}
    seen: set[str] = set()
    titled, above = False, ""  # whether one head was the title; the key of the paragraph above
    for n, p in enumerate(paragraphs):
        text = p.text
        key = head_key(text) if heads and len(text) <= HEAD_AT_MOST else ""
        title = n < 8 and (p.depth or len(key) >= 10) and not titled
        repeated = key in heads and not p.row and (key in seen or not title)
        if not text or p.page or repeated or (not p.row and (_is_head(p) if p.depth else layout.is_furniture(text))):
            found[n] = "furniture"
        titled = titled or (key in heads and n not in found)
        if heads:
            seen |= {key, above + key}  # a title may be set in two lines, and the head in one
        above = key
    return found | dict.fromkeys(_titles_again(paragraphs), "furniture")


def _is_head(heading: Paragraph) -> bool:
    """Tell whether a heading is of the page by itself: it names an issue, the contents, or a page of summaries."""
    text = heading.text
    if is_summaries_page(text):
        return True
    return _CONTENTS.fullmatch(text) is not None or (_ISSUE.search(text) is not None and layout.is_furniture(text))


def _titles_again(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Return the headings that say once more what a heading at the start says, which only page heads do."""
    first: dict[str, int] = {}
    again: list[int] = []
    start = next((n for n, p in enumerate(paragraphs[:_FRONT]) if not p.depth and "。" in p.text), _FRONT)
    for n, p in [(n, p) for n, p in enumerate(paragraphs) if p.depth]:
        key = head_key(p.text)
        if len(key) < _TITLE_AT_LEAST or layout.numbering(p.text):
            continue
        if key not in first and n < start:
            first[key] = n
        elif key in first:
            higher = p.depth < paragraphs[first[key]].depth and n < start
            again.append(first[key] if higher else n)
            first[key] = n if higher else first[key]
    return again


def _around(whole: Whole, known: Known) -> dict[int, Kind]:
    """What a web page prints around the article."""
    page = read_page(whole.paragraphs, known)
    if page is None:
        return boxes.asides(whole.paragraphs, known)
    found = boxes.between(page) | boxes.tail(page, known)
    found |= boxes.repeated(page, found)
    return found | authors(page) | head(page, english=whole.english)


def _neighbours(whole: Whole, known: Known) -> dict[int, Kind]:
    """What belongs to the articles before and after this one."""
    return neighbours(whole.paragraphs, known, english=whole.english)


def _plain_headings(whole: Whole, known: Known) -> dict[int, Kind]:
    """Headings that nothing but their place tells."""
    return plain_headings(whole.paragraphs, known, english=whole.english)


def _tables(whole: Whole, known: Known) -> dict[int, Kind]:
    """Rows, captions, and the lines under a table that say where it comes from."""
    found: dict[int, Kind] = {n: "table" for n, p in whole.unknown(known) if p.row}
    for n, p in whole.unknown(known):
        if len(p.text) > _BELOW_TABLE or p.text[0] not in layout.TABLE_BEGINS:
            continue
        near = any(m in found for m in range(n - 3, n))
        source = layout.TABLE_SOURCE.match(p.text)
        caption = layout.CAPTION.match(p.text) and (
            (len(p.text) <= 80 and not layout.ends(p.text)) or _SOURCED.fullmatch(p.text)
        )
        if caption or (source and (near or "来源" in source[0] or "來源" in source[0])):
            found[n] = "table"
    return found


def _labels(whole: Whole, known: Known) -> dict[int, Kind]:
    """Paragraphs that say what they are: 摘要, 关键词, 作者简介, 中图分类号."""
    paragraphs, found = whole.paragraphs, dict[int, Kind]()
    for n, p in whole.unknown(known):
        label = None if p.depth and len(p.text) > 20 else layout.label_of(p.text)
        if label is None or n in found:
            continue
        kind, at = label
        if kind in ("abstract", "keywords") and not whole.english and not has_han(p.text[:at]):
            continue  # an English summary in a Chinese journal: it may be another article's
        if at < len(p.text):
            found[n] = kind
            found |= dict.fromkeys(_until_keywords(paragraphs, n), "abstract") if kind == "abstract" else {}
            continue
        found[n] = "furniture"
        if thanks.is_label(p.text):
            found |= dict.fromkeys(_thanks(paragraphs, n), "furniture")
            continue
        following = _until_keywords(paragraphs, n) or [n + 1] if kind == "abstract" else [n + 1]
        found |= {m: kind for m in following if m < len(paragraphs) and m not in known}
    return found


def _thanks(paragraphs: Sequence[Paragraph], label: int) -> list[int]:
    """Return the paragraphs of thanks below their label."""
    found: list[int] = []
    for n in range(label + 1, min(label + 1 + _THANKED_AT_MOST, len(paragraphs))):
        if paragraphs[n].depth or not layout.is_thanks(paragraphs[n].text):
            break
        found.append(n)
    return found


def _until_keywords(paragraphs: Sequence[Paragraph], start: int) -> list[int]:
    """Return the unlabelled paragraphs between an abstract's label and the keywords, if these follow soon."""
    between: list[int] = []
    for n in range(start + 1, min(start + 5, len(paragraphs))):
        label = layout.label_of(paragraphs[n].text)
        if label:
            return between if label[0] == "keywords" else []
        if paragraphs[n].depth or paragraphs[n].sign.text or layout.is_heading(paragraphs[n].text):
            return []
        between.append(n)
    return []


def _contributions(whole: Whole, known: Known) -> dict[int, Kind]:
    """The authors of the parts of an article, and what is said of them in English."""
    found = contributors(whole.paragraphs, known)
    return found | lives(whole.paragraphs, known) if whole.english else found


def _summaries(whole: Whole, known: Known) -> dict[int, Kind]:
    """Latin paragraphs of a Chinese article: the article's own English summary, or foreign to it."""
    if whole.english:
        return {}
    if bilingual.alternates([(p.text, whole.latin[n]) for n, p in whole.unknown(known)]):
        return {}
    rest = [(n, p, whole.latin[n]) for n, p in whole.unknown(known)]
    chinese = [n for n, p, latin in rest if not latin and len(p.text) >= 25 and has_han(p.text)]
    first, last = (chinese[0], chinese[-1]) if chinese else (0, 0)
    authors = " ".join(whole.paragraphs[n].text for n, kind in known.items() if kind == "author")
    found: dict[int, Kind] = {n: "foreign" for n, _, latin in rest if latin and first < n < last}
    found |= own_summary(whole.paragraphs, [n for n, _, latin in rest if latin and n not in found], authors)
    return found | bilingual.own(whole.paragraphs, rest, {**known, **found})


def _text(whole: Whole, known: Known) -> dict[int, Kind]:
    """What is left is headings and running text."""
    return {
        n: "heading"
        if (p.depth and not (layout.ends(p.text) and len(p.text) > 60))
        or layout.is_heading(p.text)
        or _is_bold_heading(p)
        else "body"
        for n, p in whole.unknown(known)
    }


def _is_bold_heading(p: Paragraph) -> bool:
    """Tell whether a paragraph is bold and numbered: its words may be of any language then."""
    return p.bold and len(p.text) <= _TITLE_AT_MOST and layout.numbering(p.text) is not None and not layout.ends(p.text)


# From the surest sign to the weakest.
PASSES: tuple[Pass, ...] = (
    _around,
    _neighbours,
    _tables,
    _labels,
    noting.notes,
    noting.numbered_notes,
    noting.references,
    noting.overleaf,
    noting.thanked,
    front,
    _contributions,
    _summaries,
    _plain_headings,
    _text,
)
