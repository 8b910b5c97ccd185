"""From characters to lines: what stands on one base line without a wide gap is a piece of a line; pieces become lines
once it is known which column they stand in.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bianma.corpus.patterns import layout
from bianma.corpus.readers.pdf_page import Glyph
from bianma.corpus.script import has_han, is_cjk

_RAISED = (0.1, 0.85)  # of the line's size: how far above the base line a note mark stands
_MARK_AT_MOST = 12  # characters: [12-14], ①②③
_FARTHEST = 25  # points that a mark may stand above its line, in a large title
_SMALL = 0.88  # of the line's size: a note mark is no larger
_WIDE = 1.1  # of the size: a gap in a line that may part columns or cells
_WIDE_BLANK = 1.8  # the same, where the file has white space in it
_SPECIAL = re.compile(r"([\\*`])|(?<!\w)(_)|(_)(?!\w)|(!)(?=\[)")
_AT_START = re.compile(r"(?=#{1,6}\s|\||>|[-+]\s)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters on one base line, from left to right; `text` is what they read, as Markdown."""

    glyphs: tuple[Glyph, ...]
    text: str
    left: float
    right: float
    base: float
    size: float
    strong: bool

    @property
    def top(self) -> float:
        """Where its characters begin, from the top of the page."""
        return self.base - 0.88 * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces of one line of a column, from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def left(self) -> float:
        """Where the first character begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where the last character ends."""
        return self.pieces[-1].right

    @property
    def base(self) -> float:
        """The base line, from the top of the page."""
        return self.pieces[0].base

    @property
    def top(self) -> float:
        """Where its characters begin, from the top of the page."""
        return min(p.top for p in self.pieces)

    @property
    def size(self) -> float:
        """The size that most of its characters have."""
        return max(self.pieces, key=lambda p: len(p.glyphs)).size

    @property
    def strong(self) -> bool:
        """Whether all of it is bold."""
        return all(p.strong for p in self.pieces)

    @property
    def text(self) -> str:
        """The line as Markdown."""
        text = self.pieces[0].text
        for before, piece in pairwise(self.pieces):
            text += _between(before, piece) + piece.text
        return _AT_START.sub(r"\\", text, count=1) if _AT_START.match(text) else text


def _between(before: Piece, piece: Piece) -> str:
    """Return the space that stands for a wide gap of a line."""
    return "\u3000" if is_cjk(before.glyphs[-1].char) and is_cjk(piece.glyphs[0].char) else " "


def pieces(glyphs: Sequence[Glyph]) -> list[Piece]:
    """Return the pieces of lines on a page, from top to bottom."""
    rows = _with_marks(_rows(glyphs))
    found = [as_piece(run) for row in rows for run in _runs(row)]
    return sorted((p for p in found if p is not None), key=lambda p: (p.base, p.left))


def lines(parts: Iterable[Piece]) -> list[Line]:
    """Return the lines that the pieces of one column make, from top to bottom."""
    found: list[list[Piece]] = []
    for piece in sorted(parts, key=lambda p: p.base):
        if found and abs(piece.base - found[-1][0].base) < 0.35 * max(piece.size, found[-1][0].size):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [Line(tuple(sorted(row, key=lambda p: p.left))) for row in found]


def has_mark(line: Line) -> bool:
    """Tell whether a line begins as a note does."""
    return layout.OPENING_MARK.match(line.text) is not None or layout.PLAIN_MARK.match(line.text) is not None


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group characters by base line, whatever column they stand in."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if rows and glyph.base - rows[-1][0].base < 0.22 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _with_marks(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put small characters that stand a little above a line, and next to its characters, into that line."""
    kept: list[list[Glyph]] = [list(row) for row in rows]
    for n, row in enumerate(rows):
        for below in kept[n + 1 :]:
            size = max((g.size for g in below), default=0)
            rise = below[0].base - row[0].base if below else 0
            if rise > _FARTHEST:
                break
            if min(g.size for g in row) > _SMALL * size or not _RAISED[0] * size <= rise <= _RAISED[1] * size:
                continue
            moved = _beside(row, below)
            below += moved
            kept[n] = [g for g in kept[n] if g not in moved]
    return [row for row in kept if row]


def _beside(small: Sequence[Glyph], line: Sequence[Glyph]) -> list[Glyph]:
    """Return the runs of `small` that stand next to a larger character of `line`."""
    moved: list[Glyph] = []
    large = [g for g in line if not g.char.isspace()]
    for run in _close_runs(sorted(small, key=lambda g: g.left)):
        size = max(g.size for g in run)
        if len(run) > _MARK_AT_MOST or sum(has_han(g.char) for g in run) > 1:
            continue  # the line of another column
        near = (
            g
            for g in large
            if size <= _SMALL * g.size
            and (
                -0.4 * g.size < run[0].left - g.right < 0.5 * g.size or -0.4 * g.size < g.left - run[-1].right < g.size
            )
        )
        if next(near, None):
            moved += run
    return moved


def _close_runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and glyph.left - run[-1].right > 0.5 * glyph.size:
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _runs(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Part a row where a wide gap is, which white space does not fill."""
    run: list[Glyph] = []
    last: Glyph | None = None  # with ink
    for glyph in _single(sorted(row, key=lambda g: g.left)):
        if glyph.char.isspace():
            run.append(glyph)
            continue
        if last and glyph.left - last.right > _widest(last, glyph, blank=run[-1].char.isspace()):
            yield run
            run = []
        run.append(glyph)
        last = glyph
    if run:
        yield run


def _widest(before: Glyph, glyph: Glyph, *, blank: bool) -> float:
    """Return the gap that does not yet part two characters: a small one where a line of another size begins."""
    size = min(before.size, glyph.size)
    level = abs(before.base - glyph.base) < _RAISED[0] * max(before.size, glyph.size)
    if level and not blank and abs(before.size - glyph.size) > 0.15 * size:
        return 0.4 * size
    return (_WIDE_BLANK if blank else _WIDE) * max(size, 0.6 * glyph.size)


def _single(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Leave out Chinese characters that are printed twice to look bold."""
    for before, glyph in pairwise([None, *glyphs]):
        if glyph is None:
            continue
        twice = (
            before is not None
            and before.char == glyph.char
            and is_cjk(glyph.char)  # a ligature of two f is two characters in one place
            and abs(before.left - glyph.left) < 0.15 * glyph.size
            and abs(before.base - glyph.base) < 0.15 * glyph.size
        )
        if not twice:
            yield glyph


def as_piece(run: Sequence[Glyph]) -> Piece | None:
    """Return the piece that a run of characters is; None for white space alone."""
    while run and run[-1].char.isspace():
        run = run[:-1]
    while run and run[0].char.isspace():
        run = run[1:]
    ink = [g for g in run if not g.char.isspace()]
    if not ink:
        return None
    size = _main_size(ink)
    base = median(g.base for g in ink if g.size >= 0.95 * size)
    raised = frozenset(
        n
        for n, g in enumerate(run)
        if g.size <= _SMALL * size and base - g.base > _RAISED[0] * size and not g.char.isspace()
    )
    strong = sum(g.strong for g in ink) > 0.8 * len(ink)
    return Piece(tuple(run), _text(run, raised), ink[0].left, max(g.right for g in ink), base, size, strong)


def _main_size(glyphs: Sequence[Glyph]) -> float:
    """Return the size of most characters; of a few, the largest."""
    sizes = Counter(g.size for g in glyphs)
    return max(sizes) if len(glyphs) < 8 else max(sizes, key=lambda s: (sizes[s], s))


def _text(glyphs: Sequence[Glyph], raised: frozenset[int]) -> str:
    """Write characters: spaces where they are real, raised ones between <sup>, signs of Markdown escaped."""
    out: list[str] = []
    inside = False
    usual = _usual_gap(glyphs)
    before: Glyph | None = None
    blank = ""
    for n, glyph in enumerate(glyphs):
        if glyph.char.isspace():
            blank = glyph.char if is_cjk(glyph.char) or not blank else blank
            continue
        space = before is not None and _is_spaced(before, glyph, blank=bool(blank), usual=usual)
        high = n in raised
        if inside and not high:
            out.append("</sup>")
        if space:
            out.append(_space(before, glyph, blank))
        if high and not inside:
            out.append("<sup>")
        out.append(glyph.char)
        inside, before, blank = high, glyph, ""
    return _escaped("".join(out)) + ("</sup>" if inside else "")


def _space(before: Glyph | None, glyph: Glyph, blank: str) -> str:
    """Return a space: as wide as a character where the file has such a one, or room for it without saying why."""
    wide = before is not None and not blank and glyph.left - before.right > 0.8 * glyph.size
    return "\u3000" if blank == "\u3000" or (wide and is_cjk(glyph.char)) else " "


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    """Return how far apart the Chinese characters of a line stand, in their size: 0, or more where it is spread out."""
    gaps = [(b.left - a.right) / b.size for a, b in pairwise(glyphs) if is_cjk(a.char) and is_cjk(b.char)]
    return max(0.0, median(gaps)) if len(gaps) >= 3 else 0.0


def _is_spaced(before: Glyph, glyph: Glyph, *, blank: bool, usual: float) -> bool:
    """Tell whether there is a space between two characters; `blank`: the file has white space there."""
    gap = (glyph.left - before.right) / max(before.size, glyph.size)
    chinese = is_cjk(before.char), is_cjk(glyph.char)
    if all(chinese):
        return gap - usual > (0.2 if blank else 0.6)
    if any(chinese):
        return blank or gap > 0.6
    return blank or gap > 0.16
