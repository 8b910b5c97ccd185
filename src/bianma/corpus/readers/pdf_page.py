"""One page of a PDF as PDFium sees it: its characters and rules, turned so that text runs right and lines go down.

Lengths are in points. A page that is printed sideways is turned; one in vertical writing too, so that its columns
become lines and the first is on top. Everything after this module knows horizontal writing only.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from ctypes import addressof, c_double, c_float, create_string_buffer
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, hypot, pi
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw as c

from bianma.corpus.script import is_cjk

_STRONG = re.compile(r"bold|black|heavy|demi|hei|gothic|黑|sans|deng", re.IGNORECASE)
_PATHS_AT_MOST = 3000  # of a drawing with more, rules are not looked for


class Glyph(NamedTuple):
    """A character: its advance `left` to `right`, its base line (from the top), its size; `strong`: bold or 黑体."""

    char: str
    left: float
    right: float
    base: float
    size: float
    strong: bool


class Rule(NamedTuple):
    """A horizontal line that is drawn."""

    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page. `aside` is text that runs another way than the rest (a stamp in the margin); `lost` counts
    characters without a Unicode value; `images`: the share of the page that pictures cover.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    aside: str = ""
    lost: int = 0
    images: float = 0.0


class _Look(NamedTuple):
    """What the characters of one text object share; `turn` in quarter turns against the clock. `drawn`: its font
    is made of drawings (Type 3), which have no name, and boxes as large as their ink.
    """

    size: float
    turn: int
    strong: bool
    drawn: bool


class _Mark(NamedTuple):
    """A character in the page's own coordinates: y goes up."""

    char: str
    box: tuple[float, float, float, float]  # left, bottom, right, top
    at: tuple[float, float]
    look: _Look


def read_page(page: pdfium.PdfPage) -> Page:
    """Return what stands on `page`."""
    left, bottom, right, top = page.get_mediabox()
    text = page.get_textpage()
    try:
        marks = list(_marks(text.raw))
    finally:
        text.close()
    marks = [m for m in marks if left - 1 <= m.at[0] <= right + 1 and bottom - 1 <= m.at[1] <= top + 1]
    turn = Counter(m.look.turn for m in marks if not m.char.isspace()).most_common(1)[0][0] if marks else 0
    straight = [m for m in marks if m.look.turn == turn]
    vertical = turn == 0 and _runs_down(straight)
    place = _placing(turn, vertical, (left, bottom, right, top))
    rules, images = _drawn(page, place)
    sideways = turn % 2 == 1 or vertical
    return Page(
        width=top - bottom if sideways else right - left,
        height=right - left if sideways else top - bottom,
        glyphs=tuple(_glyph(m, place, vertical=vertical) for m in straight),
        rules=tuple(rules),
        aside=" ".join("".join(m.char for m in marks if m.look.turn != turn).split()),
        lost=sum(_is_lost(m.char) for m in marks),
        images=min(1.0, images / max(1.0, (right - left) * (top - bottom))),
    )


Place = Callable[[float, float], tuple[float, float]]


def _placing(turn: int, vertical: bool, box: tuple[float, float, float, float]) -> Place:
    """Return what leads from the page's coordinates to ours."""
    left, bottom, right, top = box
    if vertical or turn == 3:
        return lambda x, y: (top - y, right - x)
    if turn == 1:
        return lambda x, y: (y - bottom, x - left)
    if turn == 2:
        return lambda x, y: (right - x, y - bottom)
    return lambda x, y: (x - left, top - y)


def _glyph(mark: _Mark, place: Place, *, vertical: bool) -> Glyph:
    x0, y0, x1, y1 = mark.box
    if mark.look.drawn and mark.look.turn == 0 and not vertical and is_cjk(mark.char):
        x0, x1 = mark.at[0], mark.at[0] + mark.look.size
    a, b = place(x0, y0), place(x1, y1)
    base = (a[1] + b[1]) / 2 + 0.35 * mark.look.size if vertical else place(*mark.at)[1]
    return Glyph(mark.char, min(a[0], b[0]), max(a[0], b[0]), base, mark.look.size, mark.look.strong)


def _runs_down(marks: list[_Mark]) -> bool:
    """Tell whether most characters stand under the one before: vertical writing."""
    down = across = 0
    for one, two in pairwise(marks[:600]):
        dx, dy = two.at[0] - one.at[0], one.at[1] - two.at[1]
        size = one.look.size
        down += abs(dx) < 0.2 * size and 0.7 * size < dy < 1.4 * size and is_cjk(one.char)
        across += abs(dy) < 0.2 * size and 0.1 * size < dx < 1.6 * size
    return down > 10 and down > 2 * across


def _marks(text: object) -> Iterator[_Mark]:
    """Yield the characters in the order of the file; white space that PDFium only guessed is left out."""
    box, x, y = c.FS_RECTF(), c_double(), c_double()
    looks: dict[int, _Look] = {}
    high = 0
    for n in range(c.FPDFText_CountChars(text)):
        thing = c.FPDFText_GetTextObject(text, n)
        code = c.FPDFText_GetUnicode(text, n)
        if not thing or c.FPDFText_IsGenerated(text, n) == 1:
            continue
        if 0xD800 <= code < 0xDC00:  # above U+FFFF PDFium gives the two halves that UTF-16 writes
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        key = addressof(thing.contents)
        if key not in looks:
            looks[key] = _look(text, n, thing)
        c.FPDFText_GetLooseCharBox(text, n, box)
        c.FPDFText_GetCharOrigin(text, n, x, y)
        char = _char(code, hyphen=c.FPDFText_IsHyphen(text, n) == 1)
        if looks[key].size >= 1:
            yield _Mark(char, (box.left, box.bottom, box.right, box.top), (x.value, y.value), looks[key])


def _char(code: int, *, hyphen: bool) -> str:
    """Return the character; PDFium writes 2 for a hyphen that ends a line."""
    if hyphen or code == 2:
        return "-"
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _look(text: object, n: int, thing: object) -> _Look:
    matrix = c.FS_MATRIX()
    c.FPDFText_GetMatrix(text, n, matrix)
    size = c.FPDFText_GetFontSize(text, n) * hypot(matrix.c, matrix.d)
    name = create_string_buffer(128)
    font = c.FPDFTextObj_GetFont(thing)
    if font:
        c.FPDFFont_GetBaseFontName(font, name, 128)
    return _Look(
        size=round(size, 2),
        turn=round(atan2(matrix.b, matrix.a) / (pi / 2)) % 4,
        strong=_STRONG.search(_font_name(name.value)) is not None,
        drawn=not name.value,
    )


def _font_name(name: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1")


def _is_lost(char: str) -> bool:
    """Tell whether a character says nothing: a control character, private use, or the sign for an unknown one."""
    code = ord(char)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xE000 <= code < 0xF900 or code == 0xFFFD or code >= 0xF0000


def _drawn(page: pdfium.PdfPage, place: Place) -> tuple[list[Rule], float]:
    """Return the horizontal rules and the area that pictures cover, in square points."""
    rules: list[Rule] = []
    images = 0.0
    box = (c_float(), c_float(), c_float(), c_float())
    for n in range(min(c.FPDFPage_CountObjects(page.raw), _PATHS_AT_MOST)):
        thing = c.FPDFPage_GetObject(page.raw, n)
        kind = c.FPDFPageObj_GetType(thing)
        if kind not in (c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_FORM):
            continue
        if not c.FPDFPageObj_GetBounds(thing, *box):
            continue
        x0, y0, x1, y1 = (v.value for v in box)
        if kind != c.FPDF_PAGEOBJ_PATH:
            images += abs((x1 - x0) * (y1 - y0))
            continue
        (ax, ay), (bx, by) = place(x0, y0), place(x1, y1)
        if abs(ay - by) < 3 and abs(ax - bx) > 20:
            rules.append(Rule(min(ax, bx), max(ax, bx), (ay + by) / 2))
    return sorted(set(rules), key=lambda r: r.y), images
