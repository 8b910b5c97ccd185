"""Which lines are rows of a table: their cells stand apart, under each other or between rules."""

from collections.abc import Iterator, Sequence

from bianma.corpus.readers.pdf_columns import Region
from bianma.corpus.readers.pdf_lines import Line, has_mark
from bianma.corpus.readers.pdf_page import Rule


def table_rows(region: Region, rules: Sequence[Rule], size: float) -> frozenset[int]:
    """Return which lines are rows of a table: between rules, or with cells that stand under each other."""
    return frozenset(_ruled_rows(region, rules, size)) | frozenset(_aligned_rows(region.lines))


def _ruled_rows(region: Region, rules: Sequence[Rule], size: float) -> Iterator[int]:
    """Yield the lines between two neighbouring rules of one width, if they are cells, or small and in such a row."""
    wide = _whole([r for r in rules if r.left < region.right and r.right > region.left])
    tables: list[tuple[float, float]] = []
    for n, top in enumerate(wide):
        bottom = next((r for r in wide[n + 1 :] if abs(r.left - top.left) < 4 and abs(r.right - top.right) < 4), None)
        inside = [x for x in region.lines if bottom and top.y < x.base < bottom.y]
        if bottom is None or not inside:
            continue
        small = all(x.size < 0.96 * size for x in inside) and bottom.y - top.y < 5 * inside[0].size
        if small or sum(len(x.pieces) > 1 for x in inside) > 0.4 * len(inside):
            tables.append((top.y, bottom.y))
    found = [n for n, x in enumerate(region.lines) if any(a < x.base < b for a, b in tables)]
    yield from _rows_above(region, wide, size)
    yield from found
    yield from _rows_below(region, found[-1]) if found else ()


def _rows_above(region: Region, wide: Sequence[Rule], size: float) -> Iterator[int]:
    """Yield the first lines of a region if they end a table: small, in cells, and over a rule."""
    y = next((r.y for r in wide if r.right - r.left > 0.6 * (region.right - region.left)), 0.0)
    top = [n for n, line in enumerate(region.lines) if line.base < y]
    if len(top) <= 6 and all(region.lines[n].size < 0.96 * size for n in top):
        yield from top if any(len(region.lines[n].pieces) > 1 for n in top) else ()


def _rows_below(region: Region, last: int) -> Iterator[int]:
    """Yield the lines under a table's last rule that go on with it: as small as its rows, and short or in cells."""
    row = region.lines[last]
    for n in range(last + 1, len(region.lines)):
        line = region.lines[n]
        short = line.right - line.left < 0.5 * (region.right - region.left)
        close = line.base - region.lines[n - 1].base < 2 * line.size
        if abs(line.size - row.size) > 0.2 or not close or not (short or len(line.pieces) > 1) or has_mark(line):
            return
        yield n


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """Put the parts of a rule together that stand side by side: a table's cells have one each."""
    done: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.y), r.left)):
        if done and abs(done[-1].y - rule.y) < 1.5 and rule.left - done[-1].right < 6:
            done[-1] = Rule(done[-1].left, max(done[-1].right, rule.right), rule.y)
        else:
            done.append(rule)
    return done


def _aligned_rows(found: Sequence[Line]) -> Iterator[int]:
    run: list[int] = []
    for n, line in enumerate(found):
        if run and n == run[-1] + 1 and _aligned(found[run[-1]], line):
            run.append(n)
            continue
        if len(run) >= 3:
            yield from run
        run = [n] if len(line.pieces) > 1 else []
    if len(run) >= 3:
        yield from run


def _aligned(before: Line, line: Line) -> bool:
    starts = [p.left for p in before.pieces[1:]]
    return any(abs(p.left - x) < 0.3 * p.size for p in line.pieces[1:] for x in starts)
