"""A block of Markdown while it is written over a web page: a paragraph, a heading, a cell of a table.

Text is copied; white space collapses as a browser does it; an entity is read; what would be a sign of Markdown but is
text gets a backslash.
"""

import re
from html import unescape

from bianma.corpus.draft import EMPTY, Draft, join, take, write
from bianma.corpus.readers.dom import Range

SPACE = " \t\n\r\f"
DEPTH = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLANK = f"{SPACE}\u00a0\u3000\u200b\ufeff"
_PIECE = re.compile(rf"[{SPACE}]+|&(?:\#\d+|\#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*);?|[^{SPACE}&]+|&")
_SIGN = re.compile(r"[*`|]|(?<![\w/])_|~~")
_OPENS = re.compile(r"#+|>|[-+](?=\s|$)")
_OPENING, _CLOSING = "[［〔", "]］〕"
_LONG_LINK, _LONG_BOLD = 80, 100


class Block:
    """The open block. `role`: p, quote, cell, or a heading's tag; `sign`: what it begins with; `end`: how far it came.

    `spaced`: white space counts, as in <pre>; `heavy`: what is written now is bold.
    """

    def __init__(self, raw: str, role: str, sign: str, end: int, *, spaced: bool = False) -> None:
        self.raw, self.role, self.sign, self.end, self.spaced = raw, role, sign, end, spaced
        self.parts: list[Draft] = []
        self.links: list[tuple[int, int, str]] = []  # which of `parts` are links, and where they lead
        self.last = ""  # the last character written
        self.heavy = False
        self._space: Range | None = None  # white space that is written if something follows
        self._chars = self._bold = 0
        self._swallow = False  # a closing bracket that follows is left out

    # -- text

    def text(self, part: Range) -> None:
        """Write a text of the page."""
        for match in _PIECE.finditer(self.raw, *part):
            piece = match[0]
            shown = unescape(piece) if piece[0] == "&" else piece
            if self.spaced and piece[0] in "\r\n":
                self.new_line(match.span(), piece.count("\n") or 1)
            elif not shown.strip(SPACE):
                if shown:  # &#1; stands for nothing
                    self.blank(match.span())
            elif shown != piece:
                self._entity(match.span(), shown)
            else:
                self._literal(*match.span())

    def blank(self, part: Range) -> None:
        """Write white space, if text stands before it and after."""
        self._space = self._space or part

    def new_line(self, part: Range, count: int = 1) -> None:
        """Write line breaks in place of a range; none at the start of the block."""
        self._space = None
        if self.parts:
            self.parts.append(write("\n" * count, part))
            self.last, self.end = "\n", part[1]

    def add(self, part: Draft, *, tight: bool = False) -> None:
        """Add a part, with the white space that stands before it unless it is `tight`."""
        if self._space and self.last and not self.last.isspace() and not tight:
            plain = self.raw[slice(*self._space)] == " "
            self.parts.append(take(self.raw, self._space) if plain else write(" ", self._space))
        self._space = None
        self.parts.append(part)
        self.last, self.end = part.text[-1], part.end
        self._chars += len(part.text)
        self._bold += len(part.text) if self.heavy else 0

    def unbracket(self) -> None:
        """Leave out the bracket that was just written, and the one that closes it: a link between them is a mark."""
        if self.last and self.last in _OPENING and self.parts:
            self.parts[-1] = self.parts[-1].slice(0, len(self.parts[-1].text) - 1)
            self.last = next((p.text[-1] for p in reversed(self.parts) if p.text), "")
            self._swallow = True

    def _entity(self, part: Range, shown: str) -> None:
        """Write what an entity stands for; what stands behind it without a semicolon is copied."""
        start, end = part
        kept = 0
        while kept < len(shown) - 1 and shown[-1 - kept] == self.raw[end - 1 - kept]:
            kept += 1
        written = shown[: len(shown) - kept]
        sign = written in ("*", "`", "_") or (written == "|" and self.role == "cell")
        self.add(
            write(f"\\{written}" if sign or (self._at_start() and written in "#>") else written, (start, end - kept))
        )
        if kept:
            self._literal(end - kept, end)

    def _literal(self, start: int, end: int) -> None:
        """Copy a text without white space."""
        if self._swallow:
            start += self.raw[start] in _CLOSING
            self._swallow = False
        if self._at_start() and _OPENS.match(self.raw, start, end):
            self.add(write("\\", (start, start)))
        for match in _SIGN.finditer(self.raw, start, end):
            if match[0] != "|" or self.role == "cell":
                self._copy(start, match.start())
                self.add(write("\\", (match.start(),) * 2))
                start = match.start()
        self._copy(start, end)

    def _at_start(self) -> bool:
        return not self.last or self.last == "\n"

    def _copy(self, start: int, end: int) -> None:
        if start < end:
            self.add(take(self.raw, (start, end)))

    # -- the whole

    def draft(self) -> Draft:
        """Return what was written, without line breaks at its end; empty if it is white space only."""
        parts = list(self.parts)
        while parts and not parts[-1].text.strip("\n"):
            parts.pop()
        draft = join(parts)
        return draft if draft.text.strip(_BLANK) else EMPTY

    def signed(self, label: str) -> Draft:
        """Return the block with its signs: a note's `label`, a heading's, list's or quotation's; links; bold."""
        draft = self.draft()
        if not draft.text:
            return EMPTY
        sign = label or self.sign or {"quote": "> "}.get(self.role, "")
        if self.role in DEPTH:
            sign = "#" * DEPTH[self.role] + " "
        elif not label and self._is_list_of_links():
            draft = self._linked()
        elif not sign and self._bold == self._chars <= _LONG_BOLD:
            draft = join([write("**", (draft.start,) * 2), draft, write("**", (draft.end,) * 2)])
        return join([write(sign, (draft.start,) * 2), draft])

    def _is_list_of_links(self) -> bool:
        """Tell whether the block holds links to elsewhere and nothing else worth reading: furniture."""
        linked = sum(len("".join(p.text for p in self.parts[a:b])) for a, b, _ in self.links)
        return bool(linked) and self._chars - linked <= 0.15 * self._chars and linked <= _LONG_LINK * len(self.links)

    def _linked(self) -> Draft:
        """Return the block with its links as [text](address)."""
        parts = list(self.parts)
        for first, end, href in reversed(self.links):
            first += parts[first].text.isspace()
            text = join(parts[first:end])
            if end <= len(parts) and text.text:
                address = re.sub(r"[\s()\\]+", "", href)[:200] or "#"
                parts[first:end] = [write("[", (text.start,) * 2), text, write(f"]({address})", (text.end,) * 2)]
        while parts and not parts[-1].text.strip("\n"):
            parts.pop()
        return join(parts)
