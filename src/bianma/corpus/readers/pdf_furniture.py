"""What is printed on every page: running heads and page numbers, told by their place and by coming back."""

import re
from collections import Counter
from collections.abc import Sequence

from bianma.corpus.paragraphs.lines import head_key
from bianma.corpus.patterns import layout
from bianma.corpus.readers.pdf_blocks import Measure
from bianma.corpus.readers.pdf_lines import Line, Piece, lines
from bianma.corpus.readers.pdf_page import Page

_NUMBER = re.compile(r"[-–—·•.\s]*\d{1,4}[-–—·•.\s]*")
Parted = tuple[list[Line], list[Piece], list[Line]]  # head, text, foot


def parted(pages: Sequence[Page], found: Sequence[Sequence[Piece]], usual: Measure) -> list[Parted]:
    """Return of each page its head lines, the pieces of its text, and its foot lines."""
    rows = [lines(page) for page in found]
    keys = Counter(key for page in rows for key in {head_key(x.text) for x in (*page[:2], *page[-2:])})
    tops = [page[0].base for page in rows if page]
    return [
        _part(page, drawn, list(parts), keys, tops, usual)
        for page, drawn, parts in zip(rows, pages, found, strict=True)
    ]


def _part(
    rows: list[Line], page: Page, parts: list[Piece], keys: Counter[str], tops: Sequence[float], usual: Measure
) -> Parted:
    head = 0
    while head < min(2, len(rows)) and _is_head(rows, head, page, keys, tops, usual):
        head += 1
    foot = len(rows)
    while foot > max(head, len(rows) - 2) and _is_foot(rows, foot - 1, page, keys):
        foot -= 1
    own = {id(p) for x in (*rows[:head], *rows[foot:]) for p in x.pieces}
    return rows[:head], [p for p in parts if id(p) not in own], rows[foot:]


def _is_head(
    rows: Sequence[Line], n: int, page: Page, keys: Counter[str], tops: Sequence[float], usual: Measure
) -> bool:
    line = rows[n]
    if line.base > 0.25 * page.height or len(line.text) > 90 or line.size > 1.1 * usual.size:
        return False
    key = head_key(line.text)
    below = rows[n + 1] if n + 1 < len(rows) else None
    ruled = below is not None and any(
        line.base < r.y < below.top and r.right - r.left > 0.4 * page.width for r in page.rules
    )
    step = below.base - line.base if below else page.height
    apart = ruled or step > 1.3 * usual.pitch * usual.size
    if layout.is_furniture(line.text) and (apart or n == 0):
        return True
    if len(key) >= 3 and keys[key] >= 2 and not layout.ends(line.text):
        return True
    same = sum(abs(line.base - y) < 2.5 for y in tops)
    far = ruled or step > 1.6 * usual.pitch * usual.size
    return n == 0 and same >= 2 and same >= 0.4 * len(tops) and far and not layout.ends(line.text)


def _is_foot(rows: Sequence[Line], n: int, page: Page, keys: Counter[str]) -> bool:
    line = rows[n]
    if line.base < 0.75 * page.height or layout.OPENING_MARK.match(line.text):
        return False
    key = head_key(line.text)
    free = 1.3 if _NUMBER.fullmatch(line.text) else 1.8  # of the size; numbers also end a note: pp. 44-71.
    apart = n == 0 or line.base - rows[n - 1].base > free * max(line.size, rows[n - 1].size)
    repeated = len(key) >= 3 and keys[key] >= 2 and not layout.ends(line.text)
    return apart and (layout.is_furniture(line.text) or repeated)
