"""From the lines of a page to its blocks: paragraphs, table rows, footnotes, and what is printed on every page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from bianma.corpus.patterns import layout
from bianma.corpus.readers.pdf_columns import Region
from bianma.corpus.readers.pdf_lines import Line, has_mark
from bianma.corpus.readers.pdf_page import Rule
from bianma.corpus.readers.pdf_tables import table_rows
from bianma.corpus.script import is_cjk

Role = Literal["text", "note", "row", "page"]
_INDENTED = 0.8  # of the size: what is farther to the right is indented
_ROOM = 2.2  # of the size: a Chinese line that leaves more free was not broken for want of room
_GAP = 1.35  # of the usual distance between lines: a larger one parts paragraphs
_BARE_NUMBER = re.compile(r"(\d{1,3})(?:[.．、]\s*(?=\D)|(?=[^\d.．:：/\-年月日]))")
_SMALLER = 0.93  # of the text's size: notes are at least so much smaller


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual in an article: the size of its text, the distance of its lines (as a multiple of their size)."""

    size: float
    pitch: float
    indents: bool = False  # whether paragraphs begin with one


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table row, or a line of the page's own. `opens`: its first line is indented; `full`: its last line
    reaches the right edge, so it may go on in the next column.
    """

    role: Role
    lines: tuple[Line, ...]
    opens: bool = False
    full: bool = False

    @property
    def size(self) -> float:
        """The size of its first line."""
        return self.lines[0].size

    @property
    def strong(self) -> bool:
        """Whether all of it is bold."""
        return all(line.strong for line in self.lines)


def blocks(found: Sequence[Region], rules: Sequence[Rule], usual: Measure) -> list[Block]:
    """Return the blocks of a page in reading order: first the text with its tables, then the notes."""
    text: list[Block] = []
    notes: list[Block] = []
    last = max((region.band for region in found), default=0)
    for region in found:
        at = len(region.lines)
        if region.band == last or _is_last(region, found, rules, usual):
            at = _notes_from(region, found, rules, usual)
        part = _region_blocks(replace(region, lines=region.lines[:at]), rules, usual)
        text = _continued(text, part, usual)
        notes += _note_blocks(replace(region, lines=region.lines[at:]), usual)
    return text + notes


def _is_last(region: Region, found: Sequence[Region], rules: Sequence[Rule], usual: Measure) -> bool:
    """Tell whether only notes stand under the band of `region`."""
    return all(_notes_from(r, found, rules, usual) == 0 for r in found if r.band > region.band)


def _notes_from(region: Region, found: Sequence[Region], rules: Sequence[Rule], usual: Measure) -> int:
    """Return which line the footnotes begin with: all below it are small, and it has a mark or stands apart."""
    own = region.lines
    start = len(own)
    while start and own[start - 1].size < _SMALLER * usual.size:
        start -= 1
    if start == len(own):
        return _notes_by_rule(region, rules, usual)
    above = own[start - 1] if start else _above(region, found)
    apart = above is not None and _apart(above, own[start], rules, usual)
    if apart and (region.side == "full" or _number(own[start]) is not None):
        return start
    for n in range(start, len(own)):
        if has_mark(own[n]):
            return start if apart else n
    return len(own)


def _above(region: Region, found: Sequence[Region]) -> Line | None:
    """Return the lowest line of the bands above a region."""
    return max((x for r in found if r.band < region.band for x in r.lines), key=lambda x: x.base, default=None)


def _notes_by_rule(region: Region, rules: Sequence[Rule], usual: Measure) -> int:
    """Return where notes begin that are as large as the text: at a mark under a rule that is half as wide, or less."""
    for n, (before, line) in enumerate(pairwise(region.lines), 1):
        ruled = any(
            before.base < r.y < line.base
            and r.left < region.left + usual.size
            and r.right - r.left < 0.6 * (region.right - region.left)
            for r in rules
        )
        if ruled and has_mark(line):
            return n
    return len(region.lines)


def _apart(before: Line, line: Line, rules: Sequence[Rule], usual: Measure) -> bool:
    """Tell whether a rule or a gap stands between two lines."""
    ruled = any(before.base < r.y < line.base for r in rules)
    return ruled or line.base - before.base > 1.25 * usual.pitch * max(line.size, before.size)


def _note_blocks(region: Region, usual: Measure) -> list[Block]:
    """Return the notes: each begins with a mark, the next number, or an indent."""
    parts: list[list[Line]] = []
    number = 0
    for line in region.lines:
        before = parts[-1][-1] if parts else None
        count = _number(line)
        counted = count is not None and (before is None or (number > 0 and count == number + 1))
        if counted and count is not None:
            number = count
        new = (
            before is None
            or counted
            or _has_opening(line)
            or (
                _indent(line, region) > _INDENTED * line.size
                and _indent(before, region) <= _INDENTED * line.size
                and not _hangs(parts[-1])
                and layout.ends(before.text)
            )
        )
        if new:
            parts.append([])
        parts[-1].append(line)
    return [Block("note", tuple(part)) for part in parts]


def _number(line: Line) -> int | None:
    """Return the bare number that a line begins with, which may be a note's."""
    match = _BARE_NUMBER.match(line.text)
    return int(match[1]) if match else None


def _has_opening(line: Line) -> bool:
    return layout.OPENING_MARK.match(line.text) is not None


def _hangs(part: Sequence[Line]) -> bool:
    return has_mark(part[0])


def _indent(line: Line, region: Region) -> float:
    return line.left - region.left


def _region_blocks(region: Region, rules: Sequence[Rule], usual: Measure) -> list[Block]:
    """Return the paragraphs and table rows of a region."""
    rows = table_rows(region, rules, usual.size)
    found: list[Block] = []
    part: list[int] = []
    for n, line in enumerate(region.lines):
        if part and (n in rows or _parts(region, n, part, usual)):
            found.append(_paragraph(region, part))
            part = []
        if n in rows:
            found.append(Block("row", (line,)))
        else:
            part.append(n)
    return [*found, _paragraph(region, part)] if part else found


def _paragraph(region: Region, part: Sequence[int]) -> Block:
    found = [region.lines[n] for n in part]
    last = found[-1]
    return Block(
        "text",
        tuple(found),
        opens=_indent(found[0], region) > _INDENTED * found[0].size,
        full=_edge(region, part[-1]) - last.right < (_ROOM + (not layout.ends(last.text))) * last.size,
    )


def _parts(region: Region, n: int, part: Sequence[int], usual: Measure) -> bool:
    """Tell whether line `n` begins a new paragraph after the lines `part`."""
    before, line = region.lines[part[-1]], region.lines[n]
    size = max(before.size, line.size)
    if abs(before.size - line.size) > 0.06 * size or before.strong != line.strong:
        return True
    if line.base - before.base > _GAP * usual.pitch * size or layout.label_of(line.text):
        return True
    if _under_each_other(before, line, usual) or (_centred(before, region) and _centred(line, region)):
        return False
    short = _is_short(before, line, _edge(region, part[-1]))
    step = line.left - before.left
    if step > _INDENTED * size:
        return not (has_mark(region.lines[part[0]]) and not layout.ends(before.text))
    if step < -_INDENTED * size:
        return short or len(part) > 1
    indented = _indent(line, region) > 1.2 * size and len(part) == 1
    return short or (indented and (layout.ends(before.text) or _opens(region, n)))


def _opens(region: Region, n: int) -> bool:
    """Tell whether line `n` stands farther in than the next: it begins a paragraph."""
    if n + 1 == len(region.lines):
        return False
    line, following = region.lines[n : n + 2]
    return line.left - following.left > _INDENTED * line.size and abs(line.size - following.size) < 0.06 * line.size


def _under_each_other(before: Line, line: Line, usual: Measure) -> bool:
    """Tell whether two large lines have one middle, as a heading has that takes two lines."""
    middle = before.left + before.right - line.left - line.right
    return before.size > 1.12 * usual.size and abs(middle) < line.size and layout.numbering(line.text) is None


def _centred(line: Line, region: Region) -> bool:
    free = line.left - region.left, region.right - line.right
    return min(free) > 2.5 * line.size and abs(free[0] - free[1]) < 1.2 * line.size


def _edge(region: Region, n: int) -> float:
    """Return the right edge of the text around line `n`: of a passage that is indented as a whole, its own."""
    inside = set(_indented_run(region, n))
    return max(region.lines[k].right for k in inside) if len(inside) > 1 else region.right


def _indented_run(region: Region, n: int) -> Iterator[int]:
    """Yield the neighbours of line `n` that are indented as it is, itself included."""
    for step in (range(n, -1, -1), range(n + 1, len(region.lines))):
        for k in step:
            line = region.lines[k]
            if _indent(line, region) < 1.2 * line.size or abs(line.size - region.lines[n].size) > 0.04 * line.size:
                break
            yield k


def _is_short(before: Line, line: Line, edge: float) -> bool:
    """Tell whether the first word of `line` would have found room at the end of the line before."""
    room = edge - before.right
    first = line.pieces[0].glyphs[0]
    if is_cjk(first.char) or not first.char.isalnum():
        return room > _ROOM * line.size
    word = first.right
    for glyph in line.pieces[0].glyphs:
        if glyph.char.isspace() or is_cjk(glyph.char) or glyph.left - word > 0.2 * glyph.size:
            break
        word = glyph.right
    return room > word - first.left + 0.6 * line.size and room > _ROOM * line.size


def _continued(text: list[Block], part: list[Block], usual: Measure) -> list[Block]:
    """Put the blocks of the next region behind `text`: joined where a paragraph goes on from column to column."""
    if not text or not part or not _goes_on(text[-1], part[0], usual):
        return text + part
    joined = replace(part[0], lines=text[-1].lines + part[0].lines, opens=text[-1].opens)
    return [*text[:-1], joined, *part[1:]]


def _goes_on(before: Block, block: Block, usual: Measure) -> bool:
    same = before.role == block.role == "text" and abs(before.size - block.size) < 0.06 * block.size
    if not same or not before.full or block.opens or before.strong != block.strong:
        return False
    if layout.label_of(block.lines[0].text):
        return False
    return usual.indents or not layout.ends(before.lines[-1].text)
