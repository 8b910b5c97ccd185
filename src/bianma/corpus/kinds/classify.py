"""What each paragraph of an article is.

Passes, from the surest sign to the weakest; a paragraph keeps what it was first found to be. A pass sees all
paragraphs and what is known so far, and returns what it can tell.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bianma.corpus.kinds import bilingual, boxes
from bianma.corpus.kinds.bylines import authors
from bianma.corpus.kinds.closing import closing_thanks
from bianma.corpus.kinds.contributions import contributors, lives
from bianma.corpus.kinds.extent import read_page
from bianma.corpus.kinds.foreign import is_name_list, own_summary
from bianma.corpus.kinds.neighbours import neighbours
from bianma.corpus.kinds.opening import is_names, opening
from bianma.corpus.kinds.overleaf import notes_overleaf
from bianma.corpus.kinds.subheads import plain_headings
from bianma.corpus.kinds.title import head
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.paragraphs.footnotes import numbered
from bianma.corpus.paragraphs.lines import HEAD_AT_MOST, head_key
from bianma.corpus.patterns import layout, thanks
from bianma.corpus.patterns.citing import is_list_heading
from bianma.corpus.patterns.marginalia import is_summaries_page
from bianma.corpus.script import HAN, has_han, is_latin, mostly_latin
from bianma.records import Kind

Known = Mapping[int, Kind]
Pass = Callable[["Whole", Known], dict[int, Kind]]

_OPEN_TITLE = re.compile(r"[:：—–―─]\s*$")  # the title goes on in the next line
_TITLE_AT_MOST = 60  # characters of such a line
_SUBTITLE = re.compile(r"[—–―─-]{1,3}\s*\S")
_NAMES = re.compile(rf"[{HAN}·・]{{1,5}}(?:[\s、，,;；]*[{HAN}·・]{{1,4}}){{0,7}}[\s\d*]*(?:[著译譯撰文])?")
_PLACE = re.compile(
    r"大学|学院|研究[所院中]|中心|党校|编辑部|大學|學院|研究所|黨校|編輯部|中研院|University|Institute|School|Department|College|@"
)
_BRACKETED_NUMBER = re.compile(r"[（(]\d{1,3}[）)]\s*")
_BARE = re.compile(r"(\d{1,3})[.．、]?\s+(?=\S)")
_ITEM = re.compile(f"[{layout.CIRCLED}]$")
_BELOW_TABLE, _REFERENCE_AT_MOST = 200, 600  # characters
_SOURCED = re.compile(  # a caption with its source on one line
    rf"[^。；，！？]{{2,60}}?\s*(?:{layout.TABLE_SOURCE.pattern})[^。！？]{{2,100}}。?", re.IGNORECASE
)
_CONTENTS = re.compile(r"目\s*[录錄次]|(?:Table of )?Contents", re.IGNORECASE)
_TITLE_AT_LEAST, _FRONT = 6, 8  # characters of a key; paragraphs
_ISSUE = re.compile(r"\d{4}\s*年?\s*第?\s*\d{1,2}\s*期|第\s*[\d一二三四五六七八九十]+\s*[卷期]|[Vv]ol\.\s*\d")
_THANKED_AT_MOST = 3  # paragraphs
_LIST_INTRO = re.compile(r"[：:]\s*$")


@dataclass(frozen=True, slots=True)
class Whole:
    """The paragraphs of an article, which of them are Latin, and whether all of it is."""

    paragraphs: Sequence[Paragraph]
    latin: Sequence[bool]
    english: bool

    def unknown(self, known: Known) -> Iterator[tuple[int, Paragraph]]:
        """Yield the paragraphs whose kind is not known yet, with their numbers."""
        return ((n, p) for n, p in enumerate(self.paragraphs) if n not in known)


def kinds(paragraphs: Sequence[Paragraph], heads: frozenset[str]) -> list[Kind]:
    """Return the kind of each paragraph; `heads` are the keys of the page heads (see `lines.running_heads`)."""
    latin = [is_latin(p.draft.text) for p in paragraphs]
    lengths = [len(p.draft.text) for p in paragraphs]
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


def _notes(whole: Whole, known: Known) -> dict[int, Kind]:
    """Footnotes, by the mark they begin with or by what they say."""
    found: dict[int, Kind] = {}
    paragraphs, english = whole.paragraphs, whole.english
    counted = 0  # the last bare number that opened a footnote
    listed = -1  # the last paragraph of a list that a colon opened: ①… ②… are its items there
    for n, p in whole.unknown(known):
        sign = p.sign.text
        if sign and (listed == n - 1 or _opens_list(n - 1, paragraphs, known, found)) and _is_item(p):
            listed = n
        elif sign:
            found[n] = _note(p, english=english)
        elif (not p.depth and _is_unmarked_note(p.text, english=english)) or (
            whole.latin[n] and not english and 0 < counted == _number_of(p.text) - 1
        ):
            found[n] = "citation"
        elif (not p.depth and p.text[0].isdigit() and _counts_on(n, paragraphs, known, found)) or (
            _BRACKETED_NUMBER.match(p.text) and n and _breaks_off(paragraphs[n - 1].text)
        ):
            found[n] = _note(p, english=english)
        if n in found and p.text[0].isdigit():
            counted = _number_of(p.text) or counted
    return found


def _number_of(text: str) -> int:
    """Return the bare number that a paragraph begins with; 0 without one."""
    number = _BARE.match(text) if text[:1].isdigit() else None
    return int(number[1]) if number else 0


def _counts_on(n: int, paragraphs: Sequence[Paragraph], known: Known, found: Known) -> bool:
    """Tell whether a bare number opens a footnote: the footnote above has the number before it."""
    number = _number_of(paragraphs[n].text) if n else 0
    if not number or (known.get(n - 1) or found.get(n - 1)) not in ("note", "citation"):
        return False
    return number == _number_of(paragraphs[n - 1].text) + 1


def _numbered_notes(whole: Whole, known: Known) -> dict[int, Kind]:
    """Notes that explain, with a bare number: those that were recognised count on from them."""
    return {n: _note(whole.paragraphs[n], english=whole.english) for n in numbered(whole.paragraphs, known)}


def _overleaf(whole: Whole, known: Known) -> dict[int, Kind]:
    """The rest of a note that a page's foot could not hold, at the foot of the next page."""
    return dict.fromkeys(notes_overleaf(whole.paragraphs, known), "note")


def _thanked(whole: Whole, known: Known) -> dict[int, Kind]:
    """Thanks without a mark or label: the last paragraph before the references, or of all."""
    return dict.fromkeys(closing_thanks(whole.paragraphs, known), "furniture")


def _opens_list(n: int, paragraphs: Sequence[Paragraph], known: Known, found: Known) -> bool:
    return n >= 0 and n not in known and n not in found and _LIST_INTRO.search(paragraphs[n].text[-8:]) is not None


def _is_item(paragraph: Paragraph) -> bool:
    return _ITEM.match(paragraph.sign.text) is not None and not layout.is_citation(paragraph.text)


def _note(paragraph: Paragraph, *, english: bool) -> Kind:
    label = layout.label_of(paragraph.text)
    if label and label[0] in ("author", "furniture"):
        return label[0]
    starred = paragraph.sign.text.strip("\\")[:1] in tuple("*＊∗※†‡")
    if layout.is_thanks(paragraph.text) and (starred or not layout.is_citation(paragraph.text)):
        return "furniture"
    if starred and layout.is_biography(paragraph.text):
        return "author"
    in_latin = not english and is_latin(paragraph.text)
    return "citation" if in_latin or layout.is_citation(paragraph.text) else "note"


def _is_unmarked_note(text: str, *, english: bool) -> bool:
    """Tell whether a paragraph is a reference whose mark was lost or misread (◎, a bare number)."""
    if len(text) > _REFERENCE_AT_MOST:
        return False
    if layout.may_open(text) and layout.PLAIN_MARK.match(text):
        brief = english or len(text) <= 200 or is_latin(text)
        return brief and not layout.is_heading(text) and layout.is_citation(text)
    if english or not _reads_as_reference(text) or not layout.is_citation(text):
        return False
    return not (is_latin(text) and layout.label_of(text))


_REFERENCE_WORD = re.compile(
    r"(?:同上|同前|前引|前揭|参见|详见|转引自|參見|參閱|参阅|參看|参看|详参|詳參|詳見|轉引自)[^。]{0,200}。?"
)
_REFERENCE_TITLE = re.compile(
    r"[〔［\[(（]?[^\s。《》]{0,12}[\]］〕）)]?\s*[^。《》，,]{0,40}[:：]\s*《[^》]+》.{0,200}|[^。]{2,60}《[^》]+》[，,]\s*载[^。]{2,160}。?",
    re.DOTALL,
)
_REFERENCE_ARTICLE = re.compile(
    r"[〔［\[(（]?[^\s。〈《]{0,12}[\]］〕）)]?\s*[^。〈《]{0,40}[，,。：:]?\s*〈[^〉]+〉\s*[，,。]?\s*"
    r"[載载收]?[錄录入於于]*[^《〈。]{0,24}《[^》]+》.{0,200}",
    re.DOTALL,
)
_REFERENCE_LATIN = re.compile(
    r"(?=.{0,400}(?:\b(?:pp?\.|Vol\.|ibid|https?:|University Press)|(?:19|20)\d\d[,.;]?\s*(?:pp?\.|\d)))"
    r"[A-Z“\"'‘<].{0,500}",
    re.IGNORECASE | re.DOTALL,
)


def _reads_as_reference(text: str) -> bool:
    number = _BRACKETED_NUMBER.match(text)
    at = number.end() if number else 0
    if "《" in text and _REFERENCE_TITLE.fullmatch(text, at):
        return True
    if "〉" in text and _REFERENCE_ARTICLE.fullmatch(text, at):
        return True
    if text[at : at + 1] < "\u2e80" and _REFERENCE_LATIN.fullmatch(text, at):
        return True
    return _REFERENCE_WORD.fullmatch(text, at) is not None


def _breaks_off(text: str) -> bool:
    """Tell whether running text stops in the middle of a sentence, as above a footnote and never above a list."""
    return len(text) >= 40 and not layout.ends(text) and not layout.pauses(text)


_OF_READING = re.compile(r"[参參引]|[书書]\s*目|文\s*[獻献]|References|Bibliography|Works", re.IGNORECASE)
_DATED = re.compile(r"(?:19|20)\d\d|《")


def _references(whole: Whole, known: Known) -> dict[int, Kind]:
    """The list of references or end notes: all after its heading, up to the next heading or an English summary."""
    found: dict[int, Kind] = {}
    paragraphs, inside = whole.paragraphs, False
    cited = False  # whether the list is one of what was read, not of notes
    for n, p in enumerate(paragraphs):
        if n not in known and layout.may_open(p.text) and layout.REFERENCES.fullmatch(p.text):
            inside, found[n] = True, "furniture"
            cited = _OF_READING.search(p.text) is not None
        elif inside and is_list_heading(p.text):
            found[n] = "furniture"
        elif inside and (
            p.depth or layout.is_heading(p.text) or layout.label_of(p.text) or _opens_summary(paragraphs, n)
        ):
            inside = False
        elif inside and n not in known:
            kind = _note(p, english=whole.english)
            found[n] = "citation" if cited and kind == "note" and _DATED.search(p.text) else kind
    return found


def _opens_summary(paragraphs: Sequence[Paragraph], n: int) -> bool:
    """Tell whether an English title stands here: a bold line, or one that is followed soon by an Abstract label."""
    p = paragraphs[n]
    if not is_latin(p.text) or layout.is_citation(p.text) or p.sign.text:
        return False
    soon = (layout.label_of(q.text) for q in paragraphs[n + 1 : n + 4])
    return p.bold or any(label is not None and label[0] == "abstract" for label in soon)


def _front(whole: Whole, known: Known) -> dict[int, Kind]:
    """Title and authors: the short lines before the text begins."""
    found: dict[int, Kind] = {}
    titled = max((n + 1 for n, kind in known.items() if kind == "title"), default=0)
    if not titled:
        above, title = opening(whole.paragraphs, known, english=whole.english)
        found = above | dict.fromkeys(title, "title")
        titled = title[-1] + 1 if title else 0
    known = {**known, **found}
    paragraphs, start = whole.paragraphs, _title_at(whole, known)
    for n, p in whole.unknown(known):
        if n < titled:
            continue
        if whole.latin[n] and not whole.english:
            continue
        subtitle = bool(titled) and _continues_title(paragraphs[n - 1], p, last=found.get(n - 1, known.get(n - 1)))
        if not subtitle and (_is_text(p.text) or (titled and _is_section(p))):
            break
        if layout.is_column_head(p.text) and not p.depth:
            found[n] = "furniture"
        elif subtitle or (not titled and n >= start):
            found[n], titled = "title", n + 1
        elif not titled:
            found[n] = "furniture"  # a journal's name, a column
        else:
            found[n] = "author"
    return found


def _title_at(whole: Whole, known: Known) -> int:
    """Return where a title may stand: at the highest heading among the first few paragraphs, if there is one."""
    first = [(p.depth, n) for n, p in list(whole.unknown(known))[:6] if p.depth and not layout.is_heading(p.text)]
    return min(first, default=(0, 0))[1] if min(first, default=(9, 0))[0] == 1 else 0


def _is_text(text: str) -> bool:
    long = 90 if is_latin(text) else 30
    if _is_address(text) or layout.is_biography(text):
        return False
    if len(text) < long:
        return text[-1] in "。！？" and not is_latin(text)
    return "。" in text or layout.ends(text) or layout.pauses(text) or len(text) > 2 * long


def _is_address(text: str) -> bool:
    """Tell whether a line says where the author works: a place, and a rank or brackets round it."""
    return len(text) < 120 and _PLACE.search(text[:30]) is not None and (layout.is_biography(text) or text[0] in "（(")


def _is_section(paragraph: Paragraph) -> bool:
    if layout.is_heading(paragraph.text):
        return True
    is_name = is_names(paragraph.text) or is_name_list(paragraph.text) or _PLACE.search(paragraph.text)
    return paragraph.depth > 0 and not is_name


def _continues_title(before: Paragraph, p: Paragraph, *, last: Kind | None) -> bool:
    if last != "title":
        return False
    if _OPEN_TITLE.search(before.text) and len(p.text) <= _TITLE_AT_MOST and not layout.ends(p.text):
        return True
    return _SUBTITLE.match(p.text) is not None or (
        p.depth > 0 and p.depth == before.depth and not _NAMES.fullmatch(p.text)
    )


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
    _notes,
    _numbered_notes,
    _references,
    _overleaf,
    _thanked,
    _front,
    _contributions,
    _summaries,
    _plain_headings,
    _text,
)
