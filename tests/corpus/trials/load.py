"""Trial articles: a raw text and its truth, written as one marked-up source.

A `.trial` file is a head of `key: value` lines, a line `===`, and the raw text with these marks in it:

    ⟦kind|…⟧   a piece of the article; its kind is one of `KINDS`, or `either` where careful readers differ
    ⟪…⟫        left out of the piece around it: a note mark, Markdown, a page head, a whole foot of a page
    ␌          a form feed

Marks nest: what interrupts a piece stands in ⟪…⟫ inside it, and may hold pieces of its own. Whatever stands in no piece,
or in ⟪…⟫, is furniture. White space never counts. Keys of the head:

    about: what the layout imitates
    ending: txt | md
    wrap: N [space]     break lines longer than N columns (a Chinese character counts two), by a line feed or a space
    hang: N             blanks before each line that `wrap` began
    spread: yes         a blank between Chinese characters, as some OCR writes them
    newline: crlf       line ends of the raw text
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import east_asian_width

KEPT = ("title", "abstract", "keywords", "heading", "body", "note")
KINDS = (*KEPT, "author", "citation", "table", "foreign", "furniture")
FOLDER = Path(__file__).parent
_MARK = re.compile(r"⟦(\+?[a-z]+)\||([⟧⟪⟫])")
_NO_START = frozenset("，。；：、？！）】》」』”’〉〕,.;:?!)]}%℃①②③④⑤⑥⑦⑧⑨⑩")
_NO_END = frozenset("（【《「『“‘〈〔([{")
_STOP = re.compile(r"(?<=[。！？!?])[”’」』）)\]\"']*|(?<=[.!?])[”’)\"']*\s+(?=[“‘\"(]?[A-Z])")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the truth: `ranges` are half-open code-point ranges of the raw text, `text` what they spell."""

    kind: str
    ranges: tuple[tuple[int, int], ...]
    text: str

    def sentences(self) -> Iterator[str]:
        """The piece's sentences; a heading, a title or keywords are one."""
        if self.kind in ("title", "heading", "keywords"):
            yield self.text
            return
        at = 0
        for m in _STOP.finditer(self.text):
            if self.text[at : m.end()].strip():
                yield self.text[at : m.end()].strip()
            at = m.end()
        if self.text[at:].strip():
            yield self.text[at:].strip()


@dataclass(frozen=True, slots=True)
class Trial:
    """A raw text and the pieces that a careful reader finds in it, in order of where they begin."""

    name: str
    head: dict[str, str]
    raw: str
    pieces: tuple[Piece, ...]


def load(path: Path) -> Trial:
    """Read one `.trial` file. Raises ValueError, naming the file and the place, where its marks do not nest."""
    head_text, _, source = path.read_text(encoding="utf-8").partition("===\n")
    head = {k.strip(): v.strip() for k, _, v in (row.partition(":") for row in head_text.splitlines() if row)}
    marked = _parsed(source.replace("␌", "\f"), path.name)
    if head.get("spread"):
        marked = _spread(marked)
    wrap = head.get("wrap", "").split()
    if wrap:
        marked = _wrapped(marked, int(wrap[0]), " " if "space" in wrap else "\n" + " " * int(head.get("hang", 0)))
    if head.get("newline") == "crlf":
        marked = [(c, p) for ch, p in marked for c in ("\r\n" if ch == "\n" else ch)]
    return Trial(path.stem, head, "".join(c for c, _ in marked), _pieces(marked))


def trials(folder: Path = FOLDER) -> list[Trial]:
    """All the trials of a folder, by name."""
    return [load(path) for path in sorted(folder.glob("*.trial"))]


# A marked text is a list of (character, (number, kind) of the piece that it belongs to, or None).
_Marked = list[tuple[str, tuple[int, str] | None]]


def _parsed(source: str, name: str) -> _Marked:
    out: _Marked = []
    stack: list[tuple[str, tuple[int, str] | None]] = []
    at = number = 0
    for m in _MARK.finditer(source):
        now = stack[-1][1] if stack else None
        out += [(c, now) for c in source[at : m.start()]]
        at = m.end()
        where = f"{name}, line {source.count(chr(10), 0, m.start()) + 1} after the head"
        if m[1]:
            if m[1] not in (*KINDS, "either"):
                raise ValueError(f"{where}: {m[1]!r} is no kind; there are {', '.join(KINDS)} and either")
            stack.append(("⟧", (number, m[1])))
            number += 1
        elif m[2] == "⟪":
            stack.append(("⟫", None))
        elif not stack or stack.pop()[0] != m[2]:
            raise ValueError(f"{where}: {m[2]} closes nothing that is open here")
    if stack:
        raise ValueError(f"{name}: {len(stack)} marks are never closed, the last wants {stack[-1][0]}")
    return out + [(c, None) for c in source[at:]]


def _pieces(marked: _Marked) -> tuple[Piece, ...]:
    ranges: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for i, (_, piece) in enumerate(marked):
        if piece is not None:
            runs = ranges.setdefault(piece, [])
            if runs and runs[-1][1] == i:
                runs[-1] = (runs[-1][0], i + 1)
            else:
                runs.append((i, i + 1))
    raw = "".join(c for c, _ in marked)
    return tuple(
        Piece(kind, tuple(runs), "".join(raw[a:b] for a, b in runs)) for (_, kind), runs in sorted(ranges.items())
    )


def _spread(marked: _Marked) -> _Marked:
    out: _Marked = []
    for item in marked:
        if out and out[-1][0] > "\u2e80" and item[0] > "\u2e80":
            out.append((" ", None))
        out.append(item)
    return out


def _wrapped(marked: _Marked, columns: int, end: str) -> _Marked:
    out: _Marked = []
    row: _Marked = []
    for item in [*marked, ("\n", None)]:
        if item[0] in "\n\f":
            out += [*_lines(row, columns, end), item]
            row = []
        else:
            row.append(item)
    return out[:-1]


def _lines(row: _Marked, columns: int, end: str) -> _Marked:
    out: _Marked = []
    at = 0
    while (stop := _line_end(row, at, columns)) < len(row):
        last = stop - 1 if row[stop - 1][0] == " " else stop
        out += [*row[at:last], *((c, None) for c in end)]
        at = stop
        while at < len(row) and row[at][0] == " ":
            at += 1
    return out + row[at:]


def _line_end(row: _Marked, at: int, columns: int) -> int:
    width, stop = 0, at
    while stop < len(row) and width < columns:
        width += 2 if east_asian_width(row[stop][0]) in "WF" else 1
        stop += 1
    end = stop
    while at < stop < len(row) and not _may_break(row[stop - 1][0], row[stop][0]):
        stop -= 1
    return stop if stop > at + columns // 4 else end


def _may_break(before: str, after: str) -> bool:
    if after in _NO_START or before in _NO_END:
        return False
    return not (before.isascii() and after.isascii()) or before == " " or after == " "


if __name__ == "__main__":
    for trial in trials():
        print(trial.name, len(trial.raw), len(trial.pieces))
