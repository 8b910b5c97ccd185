"""Footnotes, endnotes and references: what a note says, and where it leads."""

import re
from collections.abc import Sequence

from bianma.corpus.kinds.closing import closing_thanks
from bianma.corpus.kinds.overleaf import notes_overleaf
from bianma.corpus.kinds.whole import Known, Whole
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.paragraphs.footnotes import numbered
from bianma.corpus.patterns import layout
from bianma.corpus.patterns.citing import is_list_heading
from bianma.corpus.script import is_latin
from bianma.records import Kind

_BRACKETED_NUMBER = re.compile(r"[（(]\d{1,3}[）)]\s*")
_BARE = re.compile(r"(\d{1,3})[.．、]?\s+(?=\S)")
_ITEM = re.compile(f"[{layout.CIRCLED}]$")
_REFERENCE_AT_MOST = 600  # characters
_LIST_INTRO = re.compile(r"[：:]\s*$")


def notes(whole: Whole, known: Known) -> dict[int, Kind]:
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
        elif _BRACKETED_NUMBER.match(p.text) and n and _breaks_off(paragraphs[n - 1].text):
            found[n] = _note(p, english=english)
        if n in found and p.text[0].isdigit():
            counted = _number_of(p.text) or counted
    return found


def _number_of(text: str) -> int:
    """Return the bare number that a paragraph begins with; 0 without one."""
    number = _BARE.match(text) if text[:1].isdigit() else None
    return int(number[1]) if number else 0


def numbered_notes(whole: Whole, known: Known) -> dict[int, Kind]:
    """Notes that explain, with a bare number: those that were recognised count on from them."""
    return {n: _note(whole.paragraphs[n], english=whole.english) for n in numbered(whole.paragraphs, known)}


def overleaf(whole: Whole, known: Known) -> dict[int, Kind]:
    """The rest of a note that a page's foot could not hold, at the foot of the next page."""
    return dict.fromkeys(notes_overleaf(whole.paragraphs, known), "note")


def thanked(whole: Whole, known: Known) -> dict[int, Kind]:
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


def references(whole: Whole, known: Known) -> dict[int, Kind]:
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
