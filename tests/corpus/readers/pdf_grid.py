"""A small typesetter for tests: Chinese characters on a grid, by reportlab and a font that every PDF reader knows.

It sets an article in one or two columns with the notes at the foot of the page or of their column, breaks every line
where it is full, and every column where it is.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from tests.corpus.readers.pdf_material import LABELS, NOTE, Article, circled

SIMPLIFIED, TRADITIONAL = "STSong-Light", "MSung-Light"
for name in (SIMPLIFIED, TRADITIONAL):
    pdfmetrics.registerFont(UnicodeCIDFont(name))
NOT_FIRST = "，。、；：！？”’」』）》"


@dataclass(frozen=True)
class Sheet:
    """How an article is set; lengths in points. `restart`: notes are counted from ① on each page."""

    columns: int = 1
    measure: int = 30  # characters in a line
    rows: int = 30  # lines in a column
    size: float = 10.5
    leading: float = 17
    gap: float = 24
    font: str = SIMPLIFIED
    heads: tuple[str, str] = ("远方政治评论　　　2019年第4期", "同盟承诺的时间维度")
    ruled: bool = True
    star: str = ""
    uneven: bool = False  # sizes differ from line to line, as in the text that OCR puts under a picture

    @property
    def width(self) -> float:
        return self.columns * self.measure * self.size + (self.columns - 1) * self.gap

    @property
    def page(self) -> tuple[float, float]:
        return self.width + 100, self.rows * self.leading + 150


Glyphs = list[tuple[str, int]]  # a character, or a mark and the number of its note


@dataclass
class Column:
    """What is to be drawn: lines `(indent, glyphs, size)` and notes `(number, text)`."""

    lines: list[tuple[float, Glyphs, float]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def height(self, sheet: Sheet) -> float:
        small = sum(len(list(broken(f"{mark} {text}", note_measure(sheet)))) for mark, text in self.notes)
        tall = sum(max(sheet.leading, size * 1.6) for _, _, size in self.lines)
        return tall + small * 12 + (10 if self.notes else 0)


def note_measure(sheet: Sheet) -> int:
    return int(sheet.measure * sheet.size / 8)


def broken(text: str, measure: int) -> Iterator[str]:
    """Break text into lines of `measure` characters, a mark hanging where it must not begin one."""
    while text:
        end = measure
        while end < len(text) and text[end] in NOT_FIRST:
            end += 1
        yield text[:end]
        text = text[end:]


def _glyphs(text: str, first: int) -> tuple[Glyphs, list[str]]:
    found: Glyphs = []
    notes: list[str] = []
    for n, part in enumerate(NOTE.split(text)):
        if n % 2:
            notes.append(part)
            found.append((circled(first + len(notes) - 1), len(notes)))
        else:
            found += [(char, 0) for char in part]
    return found, notes


def advance(char: str, note: int, size: float) -> float:
    return 6 if note else size * (0.5 if char.isascii() else 1)


def _lines(glyphs: Glyphs, measure: int, indent: int) -> Iterator[tuple[int, Glyphs]]:
    """Yield the lines of a paragraph with their indent, in characters."""
    while glyphs:
        room, end = measure - indent, 0
        while end < len(glyphs) and (room >= 1 or glyphs[end][0] in NOT_FIRST or glyphs[end][1]):
            room -= advance(*glyphs[end], 1) if not glyphs[end][1] else 0
            end += 1
        while end < len(glyphs) and glyphs[end][0].isascii() and glyphs[end - 1][0].isascii():
            end -= 1  # a number is not broken
        yield indent, glyphs[:end]
        glyphs, indent = glyphs[end:], 0


SIZES = {"title": 18.0, "subtitle": 14.0, "author": 12.0, "heading1": 14.0}


def set_pages(article: Article, sheet: Sheet) -> list[list[Column]]:
    """Return the columns of each page. A paragraph's notes stand in the column that its first line is in, as near as can be."""
    columns = [Column()]
    full = sheet.rows * sheet.leading
    number = 1

    def place(line: tuple[float, Glyphs, float], notes: dict[int, str]) -> None:
        nonlocal number
        here = columns[-1]
        trial = Column([*here.lines, line], [*here.notes, *(("①", notes[n]) for _, n in line[1] if n)])
        if here.lines and trial.height(sheet) > full:
            columns.append(Column())
            number = 1 if len(columns) % sheet.columns == 1 or sheet.columns == 1 else number
        marked: Glyphs = []
        for char, n in line[1]:
            marked.append((circled(number), n) if n else (char, 0))
            if n:
                columns[-1].notes.append((circled(number), notes[n]))
                number += 1
        columns[-1].lines.append((line[0], marked, line[2]))

    for role, text in article:
        size = SIZES.get(role, sheet.size)
        glyphs, notes = _glyphs(LABELS.get(role, "") + text, 1)
        told = dict(enumerate(notes, 1))
        if role in SIZES:
            room = sheet.measure * sheet.size
            for part in broken("".join(c for c, _ in glyphs), int(room // size)):
                place(((room - len(part) * size) / 2, [(c, 0) for c in part], size), told)
            continue
        for indent, line in _lines(glyphs, sheet.measure, 2):
            place((indent * size, line, size), told)
    return [columns[n : n + sheet.columns] for n in range(0, len(columns), sheet.columns)]


def draw(article: Article, sheet: Sheet) -> bytes:
    """Return the article as a PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=sheet.page)
    canvas.setTitle("Microsoft Word - 文档1")
    for n, columns in enumerate(set_pages(article, sheet), 1):
        top = sheet.page[1] - 80
        canvas.setFont(sheet.font, 9)
        canvas.drawString(50, top + 40, sheet.heads[n % 2])
        canvas.drawCentredString(sheet.page[0] / 2, 25, str(100 + n))
        if sheet.ruled:
            canvas.line(50, top + 34, 50 + sheet.width, top + 34)
        for k, column in enumerate(columns):
            _draw_column(canvas, sheet, column, 50 + k * (sheet.measure * sheet.size + sheet.gap), top)
        if n == 1 and sheet.star:
            _draw_notes(canvas, sheet, [("*", sheet.star)], 50, 40)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_column(canvas: Canvas, sheet: Sheet, column: Column, x: float, y: float) -> None:
    for number, (indent, glyphs, size) in enumerate(column.lines):
        drawn = size * (0.93, 1.04, 1, 0.97, 1.07)[number % 5] if sheet.uneven else size
        y -= max(sheet.leading, size * 1.6)
        widths = [advance(char, n, size) for char, n in glyphs]
        room = sheet.measure * sheet.size - indent
        squeeze = min(1.0, room / sum(widths)) if glyphs[-1][0] not in NOT_FIRST else 1.0
        at = x + indent
        for (char, n), width in zip(glyphs, widths, strict=True):
            canvas.setFont(sheet.font, 6 if n else drawn)
            canvas.drawString(at, y + (0.4 * size if n else 0), char)
            at += width * squeeze
    if column.notes:
        low = 70
        height = sum(12 * len(list(broken(f"{m} {t}", note_measure(sheet)))) for m, t in column.notes)
        _draw_notes(canvas, sheet, column.notes, x, low + height - 12)


def _draw_notes(canvas: Canvas, sheet: Sheet, notes: list[tuple[str, str]], x: float, y: float) -> None:
    if sheet.ruled:
        canvas.line(x, y + 12, x + 80, y + 12)
    for mark, text in notes:
        for line in broken(f"{mark} {text}", note_measure(sheet)):
            canvas.setFont(sheet.font, 8)
            canvas.drawString(x, y, line)
            y -= 12
