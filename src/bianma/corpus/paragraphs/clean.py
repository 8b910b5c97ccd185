"""Cleaning: what a reader would not read out is left out, and what a line break broke is put together again.

Two steps. `paragraph` takes away mark-up and joins lines, which is enough to see what kind of paragraph it is;
`running_text` then leaves out note marks and stray spaces, which depends on the kind. Both work on drafts, so nothing
is lost unrecorded.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bianma.corpus.draft import EMPTY, Draft, Range, copies, drop, join, take, trim, without, write
from bianma.corpus.paragraphs.lines import Line, links_back
from bianma.corpus.patterns import layout, marks
from bianma.corpus.patterns.bare import bare_marks, bracketed_marks, latin_marks
from bianma.corpus.patterns.furniture import is_tags
from bianma.corpus.patterns.thanks import starred
from bianma.corpus.script import CJK, HAN, SHARED_MARKS, has_han, is_cjk
from bianma.records import Kind


class Paragraph(NamedTuple):
    """A paragraph without mark-up. `text`: that of `draft`, at hand because every pass asks for it; `depth`: number of
    #; `sign`: the note mark it began with, left out of `draft`; `bold`: all of it was; `row`: of a table; `bullet`: it
    began with a list's or quotation's sign; `linked`: it holds links and next to nothing else; `page`: a page head.
    """

    draft: Draft
    text: str
    depth: int = 0
    sign: Draft = EMPTY
    bold: bool = False
    row: bool = False
    bullet: bool = False
    linked: bool = False
    page: bool = False


_HASHES = re.compile(r"#{1,6}(?=\s|[^\s#])\s*")
_OPENING = frozenset("#-+*•●▪>_")
_CLOSING_HASHES = re.compile(r"\s+#+$")
_NUMBERED = re.compile(r"(?P<sign>\d{1,3}[.)．])\s+")
_BULLET = re.compile(r"(?:[-+*•●▪]\s+|(?:>\s*)+(?:#{1,6}\s+|[-+*•]\s+)?)(?=\S)|>+\s*$")
# A link as converters write it, or an image in one; and what a browser saves as text: words <address>.
_LINK = re.compile(
    r"!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\](?:\([^()\n]*\)(?:\{[^{}\n]*\})?)?)*\]"
    r"\((?![^()\s]{0,200}#_?(?:ftn|edn|cite|fn))(?:\\.|[^()\n\\]|\([^()\n]*\))*\)(?:\{[^{}\n]*\})?"
)
_SAVED_LINK = re.compile(r"\S{1,30}(?:\s+|(?<=\])|(?=<[jm]))<(?:https?://|javascript:|mailto:|#|/)[^<>\n]*>")
_ADDRESSES = ("http:", "https:", "javascript:", "mailto:", "#")
_PAUSE = re.compile("[，。；！？]")
_WORDS = re.compile(r"[^\W\d_]")
_WORDS_BESIDES = 8  # letters, outside the links
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u200b\u2060\u2028\u2029\ud800-\udfff\r]")
_ROW_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")

# Mark-up, in the order in which it is taken away: a sign that must be in the text for it, and its pattern.
_MARKUP: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("<!--", re.compile(r"<!--.*?-->", re.DOTALL)),
    # From Word: a mark is a link to its note, [[1]](#footnote-1), [①](#fn1), and the note ends in a link back to it.
    ("](#", re.compile(r"\s?\[[\^↑↩⤴][\ufe0e\ufe0f]?\]\(#[^()\n]*\)")),
    (
        "](#",
        re.compile(
            rf"(?<!!)\[(?:\\?\[[^\[\]\n]{{1,9}}\]|\^?(?:\d{{1,3}}|[{layout.CIRCLED}]+)|\\?[*＊]+)\]\(#[^()\n]*\)"
        ),
    ),
    ("![", re.compile(r"(?<!\\)!\[[^\]\n]*\]\([^)\n]*\)")),
    ("](", re.compile(rf"(?<!!){marks.LINKED}")),
    ("<s", re.compile(r"<sup>\s*(?![A-Za-z]{2})[^<\n]{0,12}</sup>")),
    ("^", re.compile(r"\^\[?\d{1,3}\]?\^")),
    ("^", re.compile(marks.RAISED)),
    (
        "$",
        re.compile(
            r"\$\s*\\textcircled\s*\{[^}\n]*\}\s*\$|\$\s*(?:\{\s*\}\s*)?\{?\s*\^\s*\{?[^$\n]{0,24}\}?\s*\$|"
            r"\$(?P<keep>[\d\s.,+~×/()%\\–-]{1,30})\$"  # a number that a converter took for mathematics
        ),
    ),
    (
        "<",
        re.compile(
            r"</?(?:sup|sub|b|i|u|s|em|strong|span|font|br|p|div|center|a|small|mark|table|tbody|thead|tr|td|th|html|body|caption)"
            r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s<>\"']+))*\s*/?>",
            re.I,
        ),
    ),
    ("<", re.compile(r"<(?P<keep>(?:https?|ftp)://[^<>\n]+)>")),
    (
        "](",  # but [6](P.45) is a mark with a page
        re.compile(
            r"(?<![!\\])\[(?P<keep>[^\[\]\n]*)\]\((?![pP]{1,2}\s?[.．]?\s?\d)(?=[^()\s]*[/.#@])"
            r"(?:[^()\n]|\([^()\n]*\))*\)"
        ),
    ),
    ("](", re.compile(r"(?<![!\\])\[(?P<keep>[^\[\]\n]*)\]\((?:javascript:|mailto:|#)(?:\\[()]|[^()\n])*\)")),
    ("{", re.compile(r"(?<![!\\\]])\[(?P<keep>[^\[\]\n]*)\]\{[.#][^{}\n]*\}")),
    ("{", re.compile(r"(?<=[)\]\w\s])\s*\{[.#][A-Za-z_][^{}\n]*\}|^\{[.#][A-Za-z_][^{}\n]*\}")),
    ("**", re.compile(r"(?<!\\)\*{2,3}")),
    ("~~", re.compile(r"(?<!\\)~~")),
    ("`", re.compile(r"(?<!\\)`+")),
    ("*", re.compile(r"(?<![\\*])\*(?=[^\s*])(?P<keep>[^*\n]{1,300}?)(?<=[^\s\\*])\*(?!\*)")),
    ("_", re.compile(r"(?<![\w\\/])_{1,2}(?=[^\s_])(?P<keep>[^_\n]{1,300}?)(?<=[^\s\\_])_{1,2}(?![\w/])")),
    ("\\", re.compile(r"\\(?P<keep>[\\`*_{}\[\]()#+.!|<>~$%-])")),
)
_MARKUP_SIGN = re.compile(r"[<>!^${\]*~`_\\\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u200b\u2060\u2028\u2029\ud800-\udfff]")
_BOLD = re.compile(r"(?:#+\s*)?(?:\*\*[^*]+\*\*\s*)+|(?:#+\s*)?__[^_]+__")

_ASIDE = re.compile(
    r"\[\^[^\]\n]+\]|[\[［〔]\s*\d{1,3}(?:\s*[-–—~,，、]\s*\d{1,3})*\s*[\]］〕](?:\s*[（(]\s*[pP]{1,2}\s*[.．]?\s*[\d,，、~–—-]+\s*[)）]|"
    r"\d{1,4}(?:[-–—,，]\d{1,4})*(?=[。，；、：)）”]))?"  # the pages as well, as GB/T 7714 raises them: [2]45-72
    rf"|(?<=[{CJK}{SHARED_MARKS}\"')\].,])\s*(?:[\u00b9\u00b2\u00b3\u2070-\u2079]+|[◎®©♡])"
)
_MISREAD_INSIDE = re.compile(r"\s?[@○](?<=[。！？；，”」』》）\s][@○])(?<![^。！？；，”」』》）]\s[@○])(?=\s|$)")
_AT_SIGN = re.compile(rf"\s*@(?<=[。！？”」]@)(?=\s*(?:[{HAN}“「]|$))")  # a circled number, misread
_LAST_STAR = re.compile(rf"\s*[*＊∗※†‡{layout.CIRCLED}]+\s*$")
_TOMBSTONE = re.compile(r"\s*[■□◆◇●▲¤]+\s*$")
_MISREAD_MARK = re.compile(r"^[◎®©♡○°]\s*")
_ROMAN = re.compile(marks.ROMAN)
_CIRCLED = re.compile(f"[{layout.CIRCLED}]")
_SEVERAL = re.compile(f"[{layout.CIRCLED}]+(?:[,，、]?[{layout.CIRCLED}]+)*")
_LIST_BEGINS = re.compile(r"(?:^|[：:（(]|包括|分为|分為|分別|分别|即|是)\s*$")
_LIST_GOES_ON = re.compile(r"[；;，,。、]\s*$|[和与與及]\s*$")
_GAP = "[ \t\u00a0]"
_STRAY_SPACE, _STRAY_BLANK = (  # a line break or wide setting left it in Chinese text; the search looks for it first
    re.compile(
        rf"{first}(?:(?<=[{CJK}{SHARED_MARKS}].){_GAP}*(?=[{CJK}])|(?<=[{CJK}].){_GAP}*(?=[{SHARED_MARKS}])|"
        rf"(?<=[{CJK}][,;:!?\"].){_GAP}*(?=[{HAN}]))"
    )
    for first in (_GAP, " ")
)
_HYPHENS = ("-", "\u00ad", "\u2010")
_MARK_SIGN = re.compile(f"[{layout.CIRCLED}\\[［〔\u00b9\u00b2\u00b3\u2070-\u2079◎®©♡@]")
_TOMBSTONES = frozenset("■□◆◇●▲¤")
_SPACED: frozenset[Kind] = frozenset({"keywords", "author", "table"})  # here a space parts things


def paragraph(raw: str, lines: Sequence[Line]) -> Paragraph:
    """Return the paragraph that `lines` make up: lines joined, mark-up left out, what it began with noted."""
    first = lines[0]
    if first.head:
        head = _bare(take(raw, (first.start, first.end)))
        return Paragraph(head, head.text, page=True)
    if first.is_table_row:
        rule = _ROW_RULE.fullmatch(first.text)
        row = EMPTY if rule else _bare(join(take(raw, (x.start, x.end)) for x in lines))
        return Paragraph(row, row.text, row=True)
    if layout.may_open(first.text):
        return _opened(raw, lines)
    draft = joined_lines(raw, [(line.start, line.end) for line in lines])
    bare = _bare(draft)
    depth = 2 if marks.is_edited_heading(bare.text) else 0
    return Paragraph(bare, bare.text, depth, linked=is_linked(draft.text))


def _opened(raw: str, lines: Sequence[Line]) -> Paragraph:
    """Return a paragraph that may begin with a heading's #, a bullet or a note mark."""
    first_line, first = lines[0], lines[0].text
    mark = _mark_before_bullet(first, lines[-1].text)
    signed = first[0] in _OPENING and not mark and not is_tags(first)
    opening = (_HASHES.match(first) or _BULLET.match(first)) if signed else None
    depth = first[: opening.end()].count("#") if opening else 0
    at = opening.end() if opening else 0
    mark = mark or (layout.opening_mark(first, at) if not depth else None)
    draft = joined_lines(raw, _without_start(lines, mark.end() if mark else at))
    if depth:
        draft = drop(draft, _CLOSING_HASHES)
    bare = _bare(draft)
    return Paragraph(
        bare,
        bare.text,
        depth=depth or (2 if marks.is_edited_heading(bare.text) else 0),
        sign=_sign(raw, first_line, mark),
        bold=first[0] in _OPENING and _BOLD.fullmatch(" ".join(x.text for x in lines)) is not None,
        bullet=bool(opening) and not depth,
        linked=is_linked(draft.text),
    )


def is_linked(text: str) -> bool:
    """Tell whether a text, mark-up and all, is links and hardly a word besides; a link to a note is none.

    >>> is_linked("[首頁](/) > [專論](/papers)"), is_linked("見[該刊](https://a.example/1)的說明，詳情從略。")
    (True, False)
    """
    link = _LINK if "](" in text else _SAVED_LINK if _has_address(text) else None
    if link is None or "。" in text:
        return False
    rest, links = link.subn(" ", text)
    return links > 0 and not _PAUSE.search(rest) and len(_WORDS.findall(rest)) <= _WORDS_BESIDES


def _has_address(text: str) -> bool:
    at = text.find("<")
    return at >= 0 and text.startswith(_ADDRESSES, at + 1)


def _mark_before_bullet(first: str, last: str) -> re.Match[str] | None:
    """Return a note's mark that looks like a list's sign: a star before thanks, 1. where the note links back."""
    if first[0] in "*＊":
        return starred(first)
    return _NUMBERED.match(first) if first[0].isdecimal() and links_back(last) else None


def _sign(raw: str, line: Line, mark: re.Match[str] | None) -> Draft:
    return take(raw, (line.start + mark.start("sign"), line.start + mark.end("sign"))) if mark else EMPTY


def _without_start(lines: Sequence[Line], at: int) -> list[Range]:
    first = lines[0]
    return [(first.start + at, first.end), *((line.start, line.end) for line in lines[1:])]


def _bare(draft: Draft) -> Draft:
    if _MARKUP_SIGN.search(draft.text):
        draft = drop(draft, _CONTROL)
        for sign, pattern in _MARKUP:
            if sign in draft.text:
                draft = drop(draft, pattern)
    return trim(draft)


def joined_lines(raw: str, parts: Sequence[Range]) -> Draft:
    """Copy the ranges and put between them what reading on asks for: nothing in Chinese, a space in Latin text."""
    if len(parts) == 1:
        return take(raw, parts[0])
    if all(is_cjk(raw[a[1] - 1]) or is_cjk(raw[b[0]]) for a, b in pairwise(parts)):
        return copies(raw, parts)
    pieces = [take(raw, part) for part in parts]
    return join([*(p for pair in pairwise(pieces) for p in mended(raw, *pair)), pieces[-1]])


def mended(raw: str, left: Draft, right: Draft) -> tuple[Draft, Draft]:
    """Return `left`, without a hyphen that only a break asked for, and what is to stand between it and `right`.

    The two may stand far apart in the raw text: a page break, a note or a table parted them.
    """
    hyphen = _broken_word(raw, left.text, right.text)
    if hyphen is None:
        return left, _seam(left, right)
    return (left.slice(0, len(left.text) - 1) if hyphen else left), EMPTY


def _seam(left: Draft, right: Draft) -> Draft:
    """Return what is to stand between two drafts that a break parted: a space (an edit on the break), or nothing."""
    if not left.text or not right.text or not _wants_space(left.text, right.text):
        return EMPTY
    return write(" ", (left.end, min(left.end + 1, right.start)))


def _wants_space(left: str, right: str) -> bool:
    if is_cjk(left[-1]) or is_cjk(right[0]):
        return False
    if left[-1].isalnum() and right[0].isalnum():
        return True
    nearest = (next((c for c in reversed(left) if c.isalpha()), ""), next((c for c in right if c.isalpha()), ""))
    return not any(c and is_cjk(c) for c in nearest) and left[-1] not in "-–/“‘([" and right[0] not in "”’)].,;:!?"


def _broken_word(raw: str, left: str, right: str) -> bool | None:
    """Tell what a hyphen at the end of a line is: True printed by the break, False part of the word, None no hyphen."""
    if not left.endswith(_HYPHENS):
        return None
    parts = re.search(r"([A-Za-z\u00c0-\u024f]+)[-\u00ad\u2010]$", left[-40:]), re.match(r"[a-z\u00df-\u024f]+", right)
    if not parts[0] or not parts[1]:
        return None
    return left[-1] == "\u00ad" or f"{parts[0][1]}-{parts[1][0]}" not in raw


def running_text(
    draft: Draft, kind: Kind, *, numbers: frozenset[str] = frozenset(), signs: frozenset[str] = frozenset()
) -> Draft:
    """Return the draft as the text of a passage of `kind`: note marks and stray spaces left out.

    `numbers` are those of the notes that are printed with a bare number; after a stop they are marks in the text too.
    `signs` are those that other notes begin with: what may be a list's or an index's is a mark where a note has it.
    """
    if kind in ("title", "author", "heading"):
        draft = drop(draft, _LAST_STAR)
    if kind not in ("citation", "table", "furniture"):
        draft = _without_marks(draft, numbers, signs)
    if kind in ("citation", "note"):
        draft = drop(draft, _MISREAD_MARK)
    if kind not in _SPACED:
        start = layout.numbering_end(draft.text) if kind == "heading" else 0
        draft = without(draft, [m.span() for m in _stray_spaces(draft.text).finditer(draft.text, start)])
    return trim(draft)


def _stray_spaces(text: str) -> re.Pattern[str]:
    """Return the pattern of stray spaces: where blanks are the only ones, one that begins with a blank is faster."""
    return _STRAY_SPACE if "\t" in text or "\u00a0" in text else _STRAY_BLANK


def _without_marks(draft: Draft, numbers: frozenset[str], signs: frozenset[str]) -> Draft:
    """Leave out note marks, and the sign that ends an article."""
    text = draft.text
    signed = _MARK_SIGN.search(text)
    if signed or "注" in text or "註" in text or "^" in text:
        draft = without(draft, marks.asides(text))
    if signed:
        draft = drop(without(draft, _note_marks(draft.text, signs)), _ASIDE)
        if signs:
            draft = without(draft, _roman_marks(draft.text, signs))
    if "@" in text or "○" in text:
        draft = drop(draft, _MISREAD_INSIDE, _AT_SIGN)
    if draft.text.rstrip()[-1:] in _TOMBSTONES:
        draft = drop(draft, _TOMBSTONE)
    if not numbers:
        return draft
    found = [*bare_marks(draft.text, numbers), *latin_marks(draft.text, numbers), *bracketed_marks(draft.text, numbers)]
    return without(draft, sorted(found))


def _roman_marks(text: str, signs: frozenset[str]) -> list[Range]:
    """Return where a note's own sign stands again, as Word counts endnotes: [iii]."""
    return [m.span() for m in _ROMAN.finditer(text) if m[0].replace("\\", "") in signs]


def _note_marks(text: str, signs: frozenset[str]) -> list[Range]:
    """Return where circled numbers stand that are note marks, not the numbers of a list inside the sentence.

    A list has a second item: where the next number does not follow, and a note has this one, it is that note's mark.
    """
    if not _CIRCLED.search(text):
        return []
    marks: list[Range] = []
    expected, chinese = 0, has_han(text)
    for match in _SEVERAL.finditer(text):
        number, at = ord(match[0][0]), match.start()
        lone = match[0] in signs and number != expected and text.find(chr(number + 1), match.end()) < 0
        if lone:
            marks.append(match.span())
        elif len(match[0]) == 1 and chinese and _LIST_BEGINS.search(text[max(0, at - 4) : at]):
            expected = number + 1
        elif len(match[0]) == 1 and number == expected and _LIST_GOES_ON.search(text[max(0, at - 3) : at]):
            expected += 1
        else:
            marks.append(match.span())
    return marks
