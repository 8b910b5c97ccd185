"""Tables that nothing but blanks sets: browsers and PDF tools write rows whose cells begin at the same column.

Pages of two columns look alike, so a table is only what has short cells and no full stop, in three lines or more.
"""

import re
from collections.abc import Iterator, Sequence

from bianma.corpus.patterns import layout
from bianma.corpus.script import width

_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]?\u3000{2,}[ \u00a0\u3000]*")
_BLANK = re.compile(r"[ \u00a0\u3000]+")
_LISTED = re.compile(
    rf"(?:[（(]?(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})\s*[.．、）)]|[-*•●▪>#|]|[{layout.CIRCLED}])\s*"
)
_CELL_AT_MOST, _MEAN_AT_MOST = 40, 18  # columns
_ROWS_AT_LEAST = 3
_APART = 1  # column: widths of some signs are not sure

Row = tuple[int, str]  # how far it is indented, and its text


def rows(lines: Sequence[Row | None]) -> frozenset[int]:
    """Return the numbers of the lines that are rows; None stands for a blank line.

    >>> sorted(rows([(0, "下表比較兩者。"), None, (9, "甲  乙"), (0, "承諾     明  暗"), (0, "憂慮     進  退")]))
    [2, 3, 4]
    """
    gapped = [n for n, line in enumerate(lines) if line and _may_be_row(line[1])]
    begun = next((n for n, line in enumerate(lines) if line and layout.ends(line[1])), len(lines))
    found: set[int] = set()
    for group in _groups(lines, [n for n in gapped if n > begun]):
        whole = _with_neighbours(lines, group)
        if len(whole) >= _ROWS_AT_LEAST and _reads_as_table(lines, whole):
            found.update(whole)
    return frozenset(found)


def _may_be_row(text: str) -> bool:
    return ("  " in text or "\u3000\u3000" in text) and not _LISTED.match(text) and not layout.ends(text)


def _groups(lines: Sequence[Row | None], gapped: Sequence[int]) -> Iterator[list[int]]:
    """Yield neighbouring lines of which each has a cell that begins where one of the line before begins."""
    group: list[int] = []
    for n in gapped:
        below = bool(group) and n == group[-1] + 1
        if group and not (below and _aligned(_starts(lines[n], _GAP)[1:], _starts(lines[n - 1], _GAP)[1:])):
            yield group
            group = []
        group.append(n)
    if group:
        yield group


def _starts(line: Row | None, gap: re.Pattern[str]) -> list[int]:
    """Return the columns at which the cells of a line begin."""
    indent, text = line or (0, "")
    return [indent, *(indent + width(text[: m.end()]) for m in gap.finditer(text))]


def _aligned(some: Sequence[int], others: Sequence[int]) -> bool:
    return any(abs(a - b) <= _APART for a in some for b in others)


def _with_neighbours(lines: Sequence[Row | None], group: Sequence[int]) -> list[int]:
    """Return the group with the line above and below it, where all their cells begin as cells of the group do."""
    columns = [c for n in group for c in _starts(lines[n], _BLANK)]
    wide = [c for n in group for c in _starts(lines[n], _GAP)[1:]]
    near = {n: _starts(lines[n], _BLANK) for n in (group[0] - 1, group[-1] + 1) if 0 <= n < len(lines) and lines[n]}
    taken = (n for n, at in near.items() if _aligned(at, wide) and all(_aligned([c], columns) for c in at))
    return sorted([*group, *taken])


def _reads_as_table(lines: Sequence[Row | None], group: Sequence[int]) -> bool:
    texts = [line[1] for n in group if (line := lines[n])]
    widths = [width(cell) for text in texts for cell in _GAP.split(text)]
    short = max(widths) <= _CELL_AT_MOST and sum(widths) <= _MEAN_AT_MOST * len(widths)
    return short and not any("。" in text for text in texts)
