"""Tables that lost their grid: which lines are cells, though no tab, pipe or tag says so.

Two signs are asked for. A caption, and below it either lines of as many cells each, or cells down to the line that
says where the table comes from; figures have their caption below them. Without a caption: neighbouring lines that wide
gaps cut into three cells or more. In LaTeX the table says itself where it begins and ends.
"""

import re
from collections.abc import Sequence

from bianma.corpus.paragraphs.lines import Line
from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN, width

_GAP = re.compile(r"\s{3,}|\u3000{2,}")
_WIDE = "   "
_BLANKS = re.compile(r"[ \u3000]+")
_STOP = re.compile("[。！？；!?]")
_PROSE = re.compile("[。，；：！？,;:!?“”「」]")
_SPACED_OUT = re.compile(rf"[{HAN}](?:[ \u3000]+[{HAN}])+")  # 当 代 某 某: a title or a name, no cells
_CELL, _ROW, _ROWS, _DOWN, _FRONT = (
    40,
    100,
    60,
    4,
    8,
)  # columns of a cell and a row; lines of a table; cells one a line; first lines
_NUMBER_CLOSED = re.compile(r"\w+\s*[\d一二三四五六七八九十.–-]+\s*[.:：](?=\D)")
_LATEX = (
    (re.compile(r"\\begin\{(?:table|longtable)"), re.compile(r"\\end\{(?:table|longtable)\*?\}\s*$")),
    (
        re.compile(r"\\begin\{(?:tabular|equation|align|gather)"),
        re.compile(r"\\end\{(?:tabular|equation|align|gather)\*?\}\s*$"),
    ),
    (re.compile(r"\$\$"), re.compile(r"\$\$[\s,.，。；;]*$")),
    (re.compile(r"\\\[(?!\w*\\\])(?=.*[=\\^])"), re.compile(r"\\\][\s,.，。；;]*$")),
)

Lines = Sequence[Line | None]


def with_rows(found: Lines, raw: str) -> Lines:
    """Return the lines with those marked `row` that are cells of a table without a grid."""
    rows = set(_latex(found)) if "\\" in raw or "$" in raw else set[int]()
    if _WIDE in raw:
        rows |= set(_spaced(found))
    captions = [n for n, line in enumerate(found) if line and line.text[0] in layout.TABLE_BEGINS]
    for n in captions:
        if _is_caption(_text(found, n)):
            rows |= _below(found, n) or _above(found, n)
    return [line._replace(row=True) if line and n in rows else line for n, line in enumerate(found)] if rows else found


def _latex(found: Lines) -> list[int]:
    """Return the lines of tables and formulas in LaTeX, from where they begin to where they end."""
    rows: list[int] = []
    n = 0
    while n < len(found):
        line = found[n]
        closes = _closes(line.text) if line and line.text[0] in "\\$" else None
        end = _closed_at(found, n, closes) if closes else None
        rows += range(n, (n if end is None else end) + 1) if end is not None else ()
        n = (n if end is None else end) + 1
    return rows


def _closes(text: str) -> re.Pattern[str] | None:
    return next((closes for opens, closes in _LATEX if opens.match(text)), None)


def _closed_at(found: Lines, start: int, closes: re.Pattern[str]) -> int | None:
    """Return the line in which what began at `start` ends; None where it does not end soon."""
    for n in range(start, min(start + _ROWS, len(found))):
        line = found[n]
        if line and closes.search(line.text, 2 if n == start else 0):
            return n
    return None


def _spaced(found: Lines) -> list[int]:
    """Return neighbouring lines of three cells or more each, parted by wide gaps."""
    gaps = [n for n, line in enumerate(found) if line and _WIDE in line.text]
    wide = {n for n in gaps if len(_cells(_text(found, n))) >= 3}
    front = _front(found)
    return [n for n in wide if n > front and {n - 1, n + 1, n - 2, n + 2} & wide]


def _cells(text: str) -> list[str]:
    """Return the cells of a line by its wide gaps, else none: they are short and end no sentence."""
    cells = _GAP.split(text)
    alike = all(width(cell) <= _CELL and not _STOP.search(cell) for cell in cells)
    return cells if alike and not all(len(cell) == 1 for cell in cells) and layout.label_of(text) is None else []


def _is_caption(text: str) -> bool:
    """Tell whether a line is a caption: a point or colon after its number, or no mark of a sentence in it."""
    if not layout.CAPTION.fullmatch(text) or _STOP.search(text):
        return False
    return _NUMBER_CLOSED.match(text) is not None or not _PROSE.search(text)


def _below(found: Lines, at: int) -> set[int]:
    """Return the caption at `at` and the cells below it, if there are any."""
    down = _to_source(found, at) or _columns(found, at) or _one_by_one(found, at)
    return {at, *down} if down else set()


def _to_source(found: Lines, at: int) -> list[int]:
    """Return the lines between a caption and the line that tells the source: a short way, and no sentences there."""
    rows: list[int] = []
    for n in range(at + 1, min(at + _ROWS, len(found))):
        line = found[n]
        if line is None:
            continue
        if line.text[0] in layout.TABLE_BEGINS and layout.TABLE_SOURCE.match(line.text):
            texts = [text for m in rows if not _GAP.search(text := _text(found, m)) and _PROSE.search(text)]
            return rows if 3 * len(texts) <= len(rows) else []
        if width(line.text) > _ROW or _is_prose(line.text):
            return []
        rows.append(n)
    return []


def _is_prose(text: str) -> bool:
    if text[0] == "#" or layout.opening_mark(text):
        return True
    if _GAP.search(text) and all(width(cell) <= _CELL for cell in _GAP.split(text)):
        return False
    return _STOP.search(text) is not None and (len(text) > 25 or layout.ends(text))


def _columns(found: Lines, at: int) -> list[int]:
    """Return the lines right below a caption that blanks cut into cells, as many in each."""
    rows: list[int] = []
    count = 0
    for n in range(_next(found, at), min(at + _ROWS, len(found))):
        line = found[n]
        cells = _BLANKS.split(line.text) if line and _may_be_cells(line.text) else []
        if len(cells) < 2 or (count and len(cells) != count) or max(map(width, cells)) > _CELL:
            break
        count = len(cells)
        rows.append(n)
    return rows if len(rows) >= 2 and not any(_SPACED_OUT.fullmatch(_text(found, n)) for n in rows[:1]) else []


def _one_by_one(found: Lines, at: int) -> list[int]:
    """Return the very short lines without any sentence's mark that follow a caption, four or more."""
    rows: list[int] = []
    for n in range(_next(found, at), min(at + _ROWS, len(found))):
        line = found[n]
        if line is None or width(line.text) > _CELL or not _may_be_cells(line.text):
            break
        rows.append(n)
    return rows if len(rows) >= _DOWN else []


def _may_be_cells(text: str) -> bool:
    return text[0] not in "#>*-" and not _PROSE.search(text) and not layout.is_heading(text)


def _above(found: Lines, at: int) -> set[int]:
    """Return a figure's caption and its words above: two lines of several words, or four of any."""
    rows: list[int] = []
    several = 0
    start = at - 1 if at and found[at - 1] else at - 2
    for n in range(start, max(-1, at - _ROWS), -1):
        line = found[n]
        if line is None or width(line.text) > _CELL or not _may_be_cells(line.text):
            break
        if _SPACED_OUT.fullmatch(line.text) or _is_caption(line.text):
            break
        several += len(_BLANKS.split(line.text)) > 1
        rows.append(n)
    return {at, *rows} if (several >= 2 or len(rows) >= _DOWN) and rows[-1] > _front(found) else set()


def _front(found: Lines) -> int:
    """Return the number of the last of the first lines, where names and places stand in columns too."""
    return ([n for n, line in enumerate(found[: 8 * _FRONT]) if line][:_FRONT] or [0])[-1]


def _next(found: Lines, at: int) -> int:
    return at + 1 if at + 1 < len(found) and found[at + 1] else at + 2


def _text(found: Lines, n: int) -> str:
    line = found[n]
    return line.text if line else ""
