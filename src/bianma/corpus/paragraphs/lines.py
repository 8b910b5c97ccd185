"""From the raw text to paragraphs: lines, and which of them belong together.

Blank lines and page breaks always part paragraphs. Inside a block of lines it is asked whether the text was wrapped
at a fixed width (then a line break means nothing unless the line before is short) and whether the next line opens
something.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bianma.corpus.paragraphs.columns import rows as rows_set_by_blanks
from bianma.corpus.paragraphs.openings import openings
from bianma.corpus.patterns import layout, marks
from bianma.corpus.patterns.masthead import is_pinyin_names
from bianma.corpus.script import has_han, is_latin, width

_PAGE_BREAK = "\f"
_SPACE = " \t\u3000\u00a0\ufeff\u200b"
_SPACE_AND_BREAKS = _SPACE + "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"  # what str.splitlines parts at
_BRACKETED = re.compile("[【〖][^】〗]{2,8}[】〗]")
_ALONE = re.compile(
    r"#{1,6}\s|:{3,}|\||[-*_=]{3,}\s*$|<!--|</?(?:table|tr|td|th|div|center|p|img|html|body|figure)\b|!\[|```|~~~|\$\$",
    re.IGNORECASE,
)
_HTML_ROW = re.compile(  # a converter may set a whole table on one line, as a page of its own
    r"(?:</?(?:html|body|div|center|figure|p)\b[^<>\n]*>\s*)*</?(?:table|thead|tbody|tr|td|th|caption)\b", re.IGNORECASE
)
_LINK_ENDS = frozenset(")↑↩⤴\ufe0e\ufe0f")
_NO_DIGITS = re.compile(r"\D+")
_LINK_BACK = re.compile(r"(?:\[[\^↑↩⤴][\ufe0e\ufe0f]?\]\(#[^()\s]*\)|[↑↩⤴][\ufe0e\ufe0f]?)$")  # ends a converted note
_BULLET = re.compile(r"(?:[-+*•●▪]\s+|>)\s*(?=\S)")
_READS_ON = re.compile("[a-z]")
_NO_KEY = re.compile(r"[\s\d#*·•—–|-]+")
_WRAPPED_AT_MOST = 160  # columns; where lines are longer, a line is a paragraph
_SAMPLE = 600  # lines
_UNWRAPPED = 10**6  # columns
_LIST_STOPS = frozenset("。；;")
HEAD_AT_MOST = 60  # characters
_TOP_AT_LEAST = 6  # characters of a head's key
_OPENING_LINES = 12  # where the title may stand
_NO_HEAD_ENDS = frozenset("。！？!?…．，、,")


class Line(NamedTuple):
    """A line without its break and without the white space around it: `raw[start:end]`, which is `text`.

    `row`: it was found to be of a table without a grid (see `grids`); `head`: to be a page head (see `pageheads`).
    """

    start: int
    end: int
    indent: int
    text: str
    row: bool = False  # of a table that nothing but its columns of blanks or its caption shows
    head: bool = False  # of a page
    note: bool = False  # in a list, though a tab stands in it (see `listed`)

    @property
    def is_table_row(self) -> bool:
        """Tab-separated, Markdown, HTML, or set in columns."""
        text = self.text
        opened = (text[0] == "|" and text.count("|") >= 2) or (text[0] == "<" and _HTML_ROW.match(text) is not None)
        return opened or ("\t" in text and not self.note) or self.row


def lines(raw: str) -> list[Line | None]:
    """Return the lines of the raw text; None for a blank line or a page break."""
    found: list[Line | None] = []
    labels = [m.start() for m in layout.INNER_WORD.finditer(raw)]
    start = 0
    for whole in raw.splitlines(keepends=True):
        text = whole.strip(_SPACE_AND_BREAKS)
        if not text or (text[0] == ">" and not text.strip("> \t")):
            found.append(None)
        elif labels and bisect_left(labels, start) < bisect_left(labels, start + len(whole)):
            found.extend(_segments(raw, start, whole))
        else:
            at = start if text[0] == whole[0] else start + whole.index(text[0])
            found.append(Line(at, at + len(text), _indent(raw, start, at), text))
        if whole[-1] == _PAGE_BREAK:
            found.append(None)
        start += len(whole)
    return _with_rows(found) if "  " in raw or "\u3000\u3000" in raw else found


def _with_rows(found: list[Line | None]) -> list[Line | None]:
    """Mark the lines of tables that only blanks set."""
    wide = [n for n, line in enumerate(found) if line and ("  " in line.text or "\u3000\u3000" in line.text)]
    if not any(b - a == 1 for a, b in pairwise(wide)):
        return found
    rows = rows_set_by_blanks([(line.indent, line.text) if line else None for line in found])
    return [line._replace(row=True) if line and n in rows else line for n, line in enumerate(found)]


def _segments(raw: str, start: int, text: str) -> Iterator[Line]:
    inside = (m.start() for m in layout.INNER_LABEL.finditer(text) if layout.label_of(text.lstrip(_SPACE + "*")))
    for a, b in pairwise([0, *inside, len(text)]):
        body = text[a:b].strip(_SPACE_AND_BREAKS)
        if body:
            at = start + a + text[a:b].index(body)
            yield Line(at, at + len(body), _indent(raw, start + a, at), body)


def _indent(raw: str, start: int, end: int) -> int:
    return sum(2 if c in "\t\u3000" else 1 for c in raw[start:end]) if start < end else 0


def blocks(found: Sequence[Line | None], heads: frozenset[str]) -> list[list[Line]]:
    """Return the paragraphs that `lines` found, each as its lines, in order; `heads` as from `running_heads`."""
    full = [line for line in found if line]
    wrap = _wrap(full)
    inside = _inside(full)
    whole = _around_marks(list(_blocks(found)), inside) if inside is not None else _blocks(found)
    return [part for block in whole for part in (_parted(block, wrap, heads, inside) if block[1:] else [block])]


def _blocks(lines: Iterable[Line | None]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line is not None:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _inside(full: Sequence[Line]) -> frozenset[int] | None:
    """Return where the lines begin that are a note's mark in running text; None where no line is a mark alone."""
    texts = [line.text for line in full]
    last = marks.last_signs(texts)
    if not last:
        return None
    inside: set[int] = set()
    listed = False
    for n, (before, text, after) in enumerate(zip(["", *texts], texts, [*texts[1:], ""], strict=False)):
        if text in last and n and marks.interrupts(before, after, comes_back=last[text] > n, listed=listed):
            inside.add(full[n].start)
        elif text in last:
            listed = True
    return frozenset(inside)


def _around_marks(found: Sequence[list[Line]], inside: frozenset[int]) -> Iterator[list[Line]]:
    """Put a mark that is a block of its own to the text it stands in, or to the note that it opens."""
    block: list[Line] = []
    for part in found:
        mark = not part[1:] and marks.stands_alone(part[0].text)
        goes_on = block and (marks.stands_alone(block[-1].text) and (block[-1].start in inside or not _opens(part[0])))
        if block and not goes_on and not (mark and part[0].start in inside):
            yield block
            block = []
        block = [*block, *part] if block else part
    if block:
        yield block


def _parted(
    block: Sequence[Line], wrap: int, heads: frozenset[str], inside: frozenset[int] | None
) -> Iterator[list[Line]]:
    listed = len(block) >= 3 and all(_ends_paragraph(line) for line in block)
    wrap = _UNWRAPPED if listed else min(wrap, _column(block) or wrap)
    part = [block[0]]
    opens = _unmarked(block, wrap) if block[2:] and wrap <= _WRAPPED_AT_MOST else frozenset[int]()
    for line in block[1:]:
        if opens and line.start in opens:
            yield part
            part = [line]
            continue
        if inside and (line.start in inside or part[-1].start in inside):
            part.append(line)
            continue
        if _parts(part[-1], line, part[0], wrap, heads):
            yield part
            part = []
        part.append(line)
    yield part


def _unmarked(block: Sequence[Line], wrap: int) -> frozenset[int]:
    """Return where the lines begin that open something though neither blank, mark nor number says so."""
    found = openings([line.text for line in block], wrap)
    return frozenset(block[n].start for n in found if not block[n].is_table_row and not block[n + 1].is_table_row)


def _parts(before: Line, line: Line, first: Line, wrap: int, heads: frozenset[str]) -> bool:
    """Tell whether a paragraph ends between two neighbouring lines."""
    text = before.text
    if before is first and marks.stands_alone(text):
        return _opens(line)
    ended = layout.ends(text) or (text[-1].isdecimal() and layout.ends_numbered(text, line.text))
    if (ended and wrap > _WRAPPED_AT_MOST) or before.is_table_row or line.is_table_row:
        return True
    if before.head or line.head or (before.text[-1] in _LINK_ENDS and links_back(before.text)):
        return True
    if ended and line.text[0].isdecimal() and _counts_on(first.text, line.text):
        return True
    full = width(before.text) >= 0.75 * wrap
    if _in_note(first) and _note_reads_on(before, line, full=full):
        return False
    if _stands_alone(line, heads) or (before is first and _stands_alone(before, heads)) or _opens(line):
        return True
    if line.indent >= 2 and line.indent > before.indent:
        return True
    if layout.is_heading(line.text.strip("*")) and (ended or not full):
        return True
    if before is first and layout.is_heading(before.text):
        return True
    return _ended(before, line, wrap) if ended else _broken_off(before, line, first=first, wrap=wrap)


def _counts_on(first: str, text: str) -> bool:
    """Tell whether the line `text` opens the note after the one that `first` opened: 3 See …, 4 The …"""
    if not first[0].isdecimal():
        return False
    marks = layout.PLAIN_MARK.match(first), layout.PLAIN_MARK.match(text)
    numbers = [int(_NO_DIGITS.sub("", mark["sign"])) for mark in marks if mark and mark["sign"]]
    return len(numbers) == 2 and numbers[1] == numbers[0] + 1


def _ended(before: Line, line: Line, wrap: int) -> bool:
    """Tell whether a paragraph is over with the sentence: where lines are not wrapped, or the last one is short."""
    if wrap > _WRAPPED_AT_MOST or (line.indent >= 2 and before.indent >= 2):
        return True
    return width(before.text) + before.indent < 0.85 * wrap


def _broken_off(before: Line, line: Line, *, first: Line, wrap: int) -> bool:
    """Tell whether a line without a stop is a paragraph all the same: a title, a name."""
    if _in_note(first) or _READS_ON.match(line.text) or before.text.endswith((",", "，", "、")):
        return False
    if line.text[:2].isupper() and is_pinyin_names(line.text):
        return True
    name = width(line.text) < 0.3 * wrap and has_han(line.text) and line.text[-1].isalnum()
    return width(before.text) < 0.6 * wrap or (name and layout.label_of(first.text.lstrip("*")) is None)


def _in_note(first: Line) -> bool:
    text = first.text
    if not layout.may_open(text):
        return False
    return layout.OPENING_MARK.match(text) is not None or layout.PLAIN_MARK.match(text) is not None


def _note_reads_on(before: Line, line: Line, *, full: bool) -> bool:
    """Tell whether a note goes on: what looks like a page head (Vol. 36, No. 2) is part of it then."""
    if layout.ends(before.text) or _opens(line):
        return False
    if before.text[-1] in ",，" or layout.is_abbreviated(before.text):
        return True
    page = layout.is_furniture(line.text) and width(line.text) <= 24
    return not page and (full or (is_latin(before.text) and is_latin(line.text)))


def _column(block: Sequence[Line]) -> int | None:
    """Return the width of a block set narrower than the rest; None where its lines are too few or too uneven."""
    widths = [width(line.text) for line in block[:-1]]
    even = len(widths) >= 3 and min(widths) >= 0.7 * max(widths)
    return max(widths) if even and not _is_list(block) else None


def _is_list(block: Sequence[Line]) -> bool:
    """Tell whether lines of like length are paragraphs of like length: of wrapped lines few end with a sentence."""
    return 2 * sum(_ends_paragraph(line) for line in block) > len(block)


def _ends_paragraph(line: Line) -> bool:
    return line.text[-1] in _LIST_STOPS or layout.ends(line.text)


def links_back(text: str) -> bool:
    """Tell whether `text` ends in the arrow that leads from a note back to its mark."""
    return text[-1] in _LINK_ENDS and _LINK_BACK.search(text[-80:]) is not None


def _stands_alone(line: Line, heads: frozenset[str]) -> bool:
    text = line.text
    if layout.may_open(text) and _ALONE.match(text):
        return True
    if (len(text) <= HEAD_AT_MOST and head_key(text) in heads) or layout.is_furniture(text):
        return True
    return marks.is_edited_heading(text)


def _opens(line: Line) -> bool:
    if not layout.may_open(line.text):
        return False
    text = line.text.lstrip("*")
    return (
        layout.OPENING_MARK.match(line.text) is not None
        or _BULLET.match(line.text) is not None
        or layout.label_of(text) is not None
        or layout.REFERENCES.fullmatch(text.rstrip("*")) is not None
        or _BRACKETED.match(text) is not None
    )


def _wrap(lines: Sequence[Line]) -> int:
    """Return the width in columns that half of all characters have in their line, at least."""
    widths = sorted(width(line.text) for line in lines)
    half, total = sum(widths) / 2, 0
    for columns in widths:
        total += columns
        if total >= half:
            return columns if columns > _WRAPPED_AT_MOST or not _is_whole(lines, columns) else _WRAPPED_AT_MOST + 1
    return 0


def _is_whole(lines: Sequence[Line], wrap: int) -> bool:
    """Tell whether four of five long lines end as sentences do: then each is a paragraph, however short."""
    long = [line for line in lines[:_SAMPLE] if 2 * len(line.text) >= 0.5 * wrap and width(line.text) >= 0.5 * wrap]
    return len(long) >= 3 and sum(layout.ends(line.text) for line in long) >= 0.8 * len(long)


def head_key(text: str) -> str:
    """Return what two page heads share: the text without white space, digits and mark-up."""
    return _NO_KEY.sub("", text)


def running_heads(found: Sequence[Line | None], raw: str = "") -> frozenset[str]:
    """Return the keys of short lines, no sentences, that come back: three times, or twice with another number.

    With `raw` and its page breaks also the first line of a page that comes back there, or that is the title again.
    """
    on_top = _on_top(found, raw) if "\f" in raw else frozenset()
    return on_top | _coming_back(found)


def _on_top(found: Sequence[Line | None], raw: str) -> frozenset[str]:
    """Return the keys of heads that stand first on a page: twice, or once where the first lines spell them."""
    full = [line for line in found if line]
    first = [line for before, line in pairwise(full) if "\f" in raw[before.end : line.start]]
    keys = [head_key(line.text) for line in first if len(line.text) <= HEAD_AT_MOST and _may_be_head(line)]
    opening = [head_key(line.text) for line in full[:_OPENING_LINES] if len(line.text) <= HEAD_AT_MOST]
    titles = {*opening, *(a + b for a, b in pairwise(opening))}
    return frozenset(key for key in keys if len(key) >= _TOP_AT_LEAST and (key in titles or keys.count(key) >= 2))


def _coming_back(found: Iterable[Line | None]) -> frozenset[str]:
    short: dict[str, list[Line]] = {}
    for line in found:
        if line and len(line.text) <= HEAD_AT_MOST and line.text[-1] not in _NO_HEAD_ENDS:
            short.setdefault(head_key(line.text), []).append(line)
    return frozenset(key for key, same in short.items() if len(key) >= 3 and len(same) >= 2 and _come_back(same))


def _come_back(same: Sequence[Line]) -> bool:
    """Tell whether lines of one key are page heads; two must differ in a number: 12 REVIEW OF STUDIES, 14 REVIEW …"""
    texts = [line.text for line in same if _may_be_head(line)]
    counting = len(texts) == 2 and texts[0] != texts[1] and re.search(r"^\d+\s|\s\d+$", texts[0]) is not None
    return len(texts) >= 3 or counting


def _may_be_head(line: Line) -> bool:
    return (
        not line.is_table_row
        and not layout.ends(line.text)
        and not layout.OPENING_MARK.match(line.text)
        and layout.label_of(line.text.strip("*_# ")) is None
    )
