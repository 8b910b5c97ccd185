"""In which order a page is read: one column, or two, under and over what stands across both.

The place between two columns (the gutter) is looked for on each page; what crosses it parts the page into bands, which
are read from top to bottom, and in each the left column before the right.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Literal

from bianma.corpus.patterns import layout
from bianma.corpus.readers.pdf_lines import Line, Piece, as_piece, lines
from bianma.corpus.readers.pdf_page import Rule

Side = Literal["full", "left", "right"]
_ROWS = 4  # lines that each of two columns has at least
_FILLED = 0.6  # of a column's width: how long its lines are, in the middle
_HANGING = "，。、；：！？"  # drawn in the left half of their place, and let out of a line that is full
_OFTEN = 0.35  # of an article's lines: in columns, where it is set in two


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that are read one after the other. `band` counts from the top; `left` and `right` are the edges."""

    lines: tuple[Line, ...]
    band: int
    side: Side
    left: float
    right: float


def gutters(pages: Sequence[Sequence[Piece]]) -> list[float | None]:
    """Return for each page where its two columns part; None for a page, or for an article, in one column."""
    found = [_gutter(page) for page in pages]
    inside = sum(len(page) for page, x in zip(pages, found, strict=True) if x is not None)
    if not inside or inside < _OFTEN * sum(map(len, pages)):
        return [None] * len(pages)
    known = [x for x in found if x is not None]
    return [
        x if x is not None else _guess(page, [*known[n % 2 :: 2], *known])
        for n, (x, page) in enumerate(zip(found, pages, strict=True))
    ]


def _gutter(page: Sequence[Piece]) -> float | None:
    """Return the middle of the widest gap that at least `_ROWS` lines stand on both sides of, filling their columns."""
    if len(page) < 2 * _ROWS:
        return None
    left, right = min(p.left for p in page), max(p.right for p in page)
    width = right - left
    steps = [left + width * n / 200 for n in range(70, 131)]
    crossed = [sum(p.left < x < p.right for p in page) for x in steps]
    least = min(crossed)
    if least > 0.5 * len(page):
        return None
    free = max(_stretches(crossed, least), key=lambda r: r[1] - r[0])
    x = (steps[free[0]] + steps[free[1]]) / 2
    return x if _are_columns(page, x, (left, right)) else None


def _stretches(crossed: Sequence[int], least: int) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for n, count in enumerate([*crossed, least + 1]):
        if count == least and start is None:
            start = n
        elif count != least and start is not None:
            yield start, n - 1
            start = None


def _are_columns(page: Sequence[Piece], x: float, edges: tuple[float, float]) -> bool:
    """Tell whether text, not the cells of a table, stands on both sides of `x`."""
    sides = [p for p in page if p.right <= x], [p for p in page if p.left >= x]
    if min(map(len, sides)) < _ROWS or sum(map(len, sides)) < 0.4 * len(page):
        return False
    widths = x - edges[0], edges[1] - x
    return all(
        median(p.right - p.left for p in side) > _FILLED * width for side, width in zip(sides, widths, strict=True)
    )


def _guess(page: Sequence[Piece], known: Sequence[float]) -> float | None:
    """Return the gutter of another page that leaves this one in two columns, with little text in one of them."""
    for x in known:
        crossing = sum(p.left < x < p.right for p in page)
        if page and crossing <= 0.5 * len(page):
            return x
    return None


def regions(page: Sequence[Piece], rules: Sequence[Rule], gutter: float | None, size: float) -> list[Region]:
    """Return the regions of a page in reading order; `size` is that of running text."""
    if not page:
        return []
    left, right = min(p.left for p in page), _right_edge(page)
    if gutter is None:
        return [Region(tuple(lines(page)), 0, "full", left, right)]
    found: list[Region] = []
    start = min((p.left for p in page if p.left >= gutter - 2), default=gutter)
    page = _split_at(page, gutter, start)
    gutter = start - 0.5 if start - gutter < 2 * size else gutter  # marks hang out up to the right column
    for band, (across, parts) in enumerate(_bands(page, rules, gutter, size)):
        if across:
            found.append(Region(tuple(lines(parts)), band, "full", left, right))
            continue
        halves = [p for p in parts if p.left < gutter], [p for p in parts if p.left >= gutter]
        if halves[0]:
            found.append(Region(tuple(lines(halves[0])), band, "left", left, _right_edge(halves[0])))
        if halves[1]:
            found.append(Region(tuple(lines(halves[1])), band, "right", start, _right_edge(halves[1])))
    return found


def _right_edge(parts: Sequence[Piece]) -> float:
    """Return where lines end: where many do, whatever hangs out; else where the longest does."""
    ends = Counter(round(p.right / 3) for p in parts)
    common, count = max(ends.items(), key=lambda e: (e[1], e[0]))
    longest = max(p.right for p in parts)
    return min(longest, 3 * common + 2) if count >= 4 and count > 0.25 * len(parts) else longest


def _bands(
    page: Sequence[Piece], rules: Sequence[Rule], gutter: float, size: float
) -> Iterator[tuple[bool, list[Piece]]]:
    """Yield what stands across and what in columns, in turn, from top to bottom."""
    notes = _notes_across(page, gutter, size)
    marked = [(p, _crosses(p, gutter) or p.base >= notes) for p in sorted(page, key=lambda p: p.base)]
    marked = _with_ends(_with_rows(marked, rules, gutter), gutter)
    runs = [(across, [p for p, _ in run]) for across, run in groupby(marked, key=lambda m: m[1])]
    for across, group in groupby(_settled(runs), key=lambda r: r[0]):
        yield across, [p for _, parts in group for p in parts]


def _split_at(page: Sequence[Piece], gutter: float, start: float) -> list[Piece]:
    """Part the pieces in which a line of the left column, with a mark that hangs out, all but touches the right one."""
    done: list[Piece] = []
    edge = _right_edge([p for p in page if p.right < start] or page)
    for piece in page:
        cut = _cut(piece, edge, start) if piece.left < edge and piece.right > start else None
        halves = (piece.glyphs[:cut], piece.glyphs[cut:]) if cut else ()
        done += [p for half in halves if (p := as_piece(half))] or [piece]
    return sorted(done, key=lambda p: (p.base, p.left))


def _cut(piece: Piece, edge: float, start: float) -> int | None:
    """Return the first character of the right column in a piece; columns end at `edge` and begin at `start`."""
    for n, (before, glyph) in enumerate(pairwise(piece.glyphs), 1):
        first = min(abs(glyph.left - start), abs(glyph.left - start - 2 * glyph.size)) < 0.3 * glyph.size
        hangs = before.char in _HANGING and abs(before.left - edge) < 0.7 * glyph.size
        if first and (hangs or glyph.left - before.right > 0.3 * glyph.size):
            return n
    return None


def _notes_across(page: Sequence[Piece], gutter: float, size: float) -> float:
    """Return where notes under both columns begin: all below is small, and some of it stands across; else infinity."""
    last = max((p.base for p in page if p.size >= 0.93 * size), default=0.0)
    below = [p for p in page if p.base > last]
    if not any(_crosses(p, gutter) for p in below):
        return float("inf")
    return min(p.base for p in below if _crosses(p, gutter) or layout.OPENING_MARK.match(p.text))


def _crosses(piece: Piece, gutter: float) -> bool:
    return piece.left < gutter - piece.size and piece.right > gutter + 1.1 * piece.size  # a mark may hang out


def _with_rows(marked: Sequence[tuple[Piece, bool]], rules: Sequence[Rule], gutter: float) -> list[tuple[Piece, bool]]:
    """Count as across also what shares a row with such a piece, and what stands between rules across the gutter."""
    wide = [r.y for r in rules if r.left < gutter - 20 and r.right > gutter + 20]
    tables = [(a, b) for a, b in pairwise(wide) if b - a < 200]
    rows = [p.base for p, across in marked if across]
    return [
        (
            p,
            across
            or any(abs(p.base - y) < 0.3 * p.size for y in rows)
            or (len(wide) >= 3 and any(a < p.base < b for a, b in tables)),
        )
        for p, across in marked
    ]


def _with_ends(marked: Sequence[tuple[Piece, bool]], gutter: float) -> list[tuple[Piece, bool]]:
    """Count as across also the short last line of a paragraph across: under one, as large, and nothing beside it."""
    done: list[tuple[Piece, bool]] = []
    for n, (piece, across) in enumerate(marked):
        above, was = done[-1] if done else (piece, False)
        near = 0 < piece.base - above.base < 1.9 * piece.size and abs(piece.size - above.size) < 0.04 * piece.size
        beside = any(
            p.left >= gutter and abs(p.base - piece.base) < 2.2 * p.size for p, _ in marked[max(0, n - 4) : n + 5]
        )
        done.append((piece, across or (was and near and piece.left < gutter and not beside)))
    return done


def _settled(runs: Sequence[tuple[bool, list[Piece]]]) -> Iterable[tuple[bool, list[Piece]]]:
    """Count as across a few short lines between two bands across: names under a title."""
    for n, (across, parts) in enumerate(runs):
        inner = (n == 0 or runs[n - 1][0]) and n + 1 < len(runs) and runs[n + 1][0]
        yield across or (inner and len({round(p.base) for p in parts}) < 3), parts
