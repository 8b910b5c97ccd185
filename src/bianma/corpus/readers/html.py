"""Read a web page: its article as Markdown, every character of it tied to the source.

What is copied stands in the source as it is; what is written stands for an entity, for white space, or is a Markdown
sign that a tag asked for. Notes are written as `[^1]` and `[^1]: …`, wherever the page keeps them.
"""

import re
from collections.abc import Mapping

from bianma.corpus.draft import EMPTY, Draft, join, take, write
from bianma.corpus.readers.blocks import DEPTH, Block
from bianma.corpus.readers.dom import BLOCKS, Node, parse
from bianma.corpus.readers.metatags import declared_encoding, said
from bianma.corpus.readers.notelinks import NoteLinks, note_links
from bianma.corpus.readers.webpage import Article, article

__all__ = ["declared_encoding", "markdown"]

_BRACKETS = re.compile(r"[\s\[\]()（）〔〕［］【】,，、^]*")
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|table(?!-))", re.IGNORECASE)
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LONG_MARK, _LONG_CELL = 12, 300


def markdown(raw: str) -> tuple[Draft, Mapping[str, tuple[str, ...]]]:
    """Return the article of the page `raw` as Markdown over it, and what the page says of itself.

    >>> markdown("<h1>承诺</h1><p>同盟<sup><a href='#n1'>[1]</a></sup>与&ldquo;困境&rdquo;</p><p id=n1>见下。")[0].text
    '# 承诺\\n\\n同盟[^1]与“困境”\\n\\n[^1]: 见下。\\n'
    """
    root = parse(raw)
    notes = note_links(root, raw)
    writer = _Writer(raw, notes, article(root, raw, notes))
    writer.inside(root)
    writer.end_block()
    return writer.page(), said(root, raw)


class _Writer:
    """The walk through the tree: `blocks` are done, `block` is open, `label` is of the note that begins with it."""

    def __init__(self, raw: str, notes: NoteLinks, part: Article) -> None:
        self.raw, self.notes, self.part = raw, notes, part
        self.blocks: list[Draft] = []
        self.block = Block(raw, "p", "", 0)
        self.label = ""
        self.flat = False  # in a note or a cell: its paragraphs make one block

    def inside(self, node: Node) -> None:
        """Write what stands in `node`."""
        for child in node.children:
            if not isinstance(child, Node):
                if child not in self.part.texts:
                    self.block.text(child)
            elif id(child) not in self.part.left:
                self.element(child)
            elif id(child) in self.notes.backs:
                self.block.unbracket()

    def element(self, node: Node) -> None:
        """Write an element, according to what it is."""
        if id(node) in self.notes.marks:
            self.mark(node)
        elif id(node) in self.notes.notes and node.tag == "a" and "href" in node.attrs:
            self.begin_note(node)  # as Word writes it: the link back is what the mark leads to
        elif node.tag == "br":
            self.line_break(node)
        elif node.tag == "table" and _is_data(node, self.raw) and not self.notes.has_note(node) and not self.flat:
            self.table(node)
        elif _is_block(node):
            self.part_of_page(node)
        else:
            self.inline(node)

    def part_of_page(self, node: Node) -> None:
        """Write an element that is a block, or holds some; its role holds in it until an inner one has another."""
        if self.flat and id(node) not in self.notes.notes:
            self.block.blank((node.start, node.start))
            self.inside(node)
            return
        role, sign, spaced, flat = self.block.role, self.block.sign, self.block.spaced, self.flat
        inner = "h1" if node is self.part.title else _role(node, role)
        mark = {"li": "- "}.get(node.tag, sign if node.tag in ("p", "div", "span", "section") else "")
        self.open_block(inner, mark, spaced=spaced or node.tag in ("pre", "listing"))
        if id(node) in self.notes.notes:
            self.begin_note(node)
            self.flat = self.notes.is_one(node, self.raw)
        self.inside(node)
        self.open_block(role, sign, spaced=spaced)
        self.flat = flat

    def inline(self, node: Node) -> None:
        """Write an inline element: something raised, a link, bold or plain text."""
        if id(node) in self.notes.notes and not self.block.last:
            self.begin_note(node)
        if node.tag == "sup" or _RAISED.search(node.attrs.get("style", "")):
            self.raised(node)
            return
        block, heavy, first = self.block, self.block.heavy, len(self.block.parts)
        style = node.attrs.get("style", "")
        block.heavy = heavy or node.tag in ("b", "strong") or _HEAVY.search(style) is not None
        self.inside(node)
        block.heavy = heavy
        href = node.attrs.get("href", "")
        if node.tag == "a" and href and not href.startswith("#") and self.block is block and len(block.parts) > first:
            block.links.append((first, len(block.parts), href))

    def line_break(self, node: Node) -> None:
        """Write a <br>: a space where a block is one line."""
        if self.flat or self.block.role in DEPTH:
            self.block.blank((node.start, node.inner))
        else:
            self.block.new_line((node.start, node.inner))

    # -- notes

    def raised(self, node: Node) -> None:
        """Write what is raised: as <sup> where it may be a note's mark, else as the plain text that it is (4th)."""
        if not any(id(inner) in self.notes.marks for inner in node.walk()):
            self.sup(node)
            return
        for child in node.children:  # brackets around the link are left out with the tag
            if isinstance(child, Node) and id(child) not in self.part.left:
                self.element(child)
            elif not isinstance(child, Node) and not _BRACKETS.fullmatch(self.raw[slice(*child)]):
                self.sup(Node("sup", {}, child[0], child[0], node, [child]))

    def sup(self, node: Node) -> None:
        """Write <sup> and what stands in it, or only that."""
        text, block = node.content(self.raw), self.block
        mark = text and len(text) <= _LONG_MARK and not re.match("[A-Za-z]{2}", text)
        if mark:
            block.add(write("<sup>", (node.start, node.inner)))
        self.inside(node)
        if mark and block is self.block:
            block.add(write("</sup>", (block.end, block.end)), tight=True)

    def mark(self, node: Node) -> None:
        """Write a note mark: its sign as the page has it, in [^ ]."""
        label = self.notes.marks[id(node)]
        texts = [t for inner in node.walk() for t in inner.children_texts()] or [(node.inner, node.inner)]
        sign = re.compile(re.escape(label))
        shown = next((m.span() for a, b in texts if (m := sign.search(self.raw, a, b))), None)
        written = take(self.raw, shown) if shown else write(label, (texts[0][0], texts[-1][1]))
        self.block.unbracket()
        around = write("[^", (written.start,) * 2), written, write("]", (written.end,) * 2)
        self.block.add(join(around), tight=True)

    def begin_note(self, node: Node) -> None:
        """Open a note: a block that begins with its label."""
        self.open_block("p", "", spaced=self.block.spaced)
        self.label = f"[^{self.notes.notes[id(node)]}]: "

    # -- tables and blocks

    def table(self, node: Node) -> None:
        """Write a table, a row a line, its caption before."""
        self.end_block()
        for caption in node.elements:
            if caption.tag == "caption" and id(caption) not in self.part.left:
                self.part_of_page(caption)
        rows = [self.row(row) for row in node.walk() if row.tag == "tr" and id(row) not in self.part.left]
        lines = [part for row in rows if row.text for part in (row, write("\n", (row.end, row.end)))]
        if lines:
            self.blocks.append(join(lines[:-1]))

    def row(self, row: Node) -> Draft:
        """Return a row as | a | b |; empty if all its cells are."""
        around, self.flat = self.block, True
        cells = [self.cell(c) for c in row.elements if c.tag in ("td", "th") and id(c) not in self.part.left]
        self.block, self.flat = around, False
        self.block.end = max([self.block.end, *(cell.end for cell in cells)])
        if not any(cell.text.strip("| ") for cell in cells):
            return EMPTY
        return join([*cells, write("|", (cells[-1].end,) * 2)])

    def cell(self, cell: Node) -> Draft:
        """Return a cell with the sign before it."""
        self.block = Block(self.raw, "cell", "", cell.inner)
        self.inside(cell)
        return join([write("| ", (cell.inner,) * 2), self.block.draft(), write(" ", (self.block.end,) * 2)])

    def open_block(self, role: str, sign: str, *, spaced: bool) -> None:
        """Close the open block and begin another."""
        self.end_block()
        self.block = Block(self.raw, role, sign, self.block.end, spaced=spaced)

    def end_block(self) -> None:
        """Close the open block and begin one like it; what holds no text is passed over."""
        draft, block = self.block.signed(self.label), self.block
        if draft.text:
            self.blocks.append(draft)
            self.label = ""
        heavy = block.heavy
        self.block = Block(self.raw, block.role, "" if draft.text else block.sign, block.end, spaced=block.spaced)
        self.block.heavy = heavy

    def page(self) -> Draft:
        """Return all blocks, a blank line between them."""
        if not self.blocks:
            return EMPTY
        gaps = [write("\n\n", (block.start, block.start)) for block in self.blocks[1:]]
        done = [part for pair in zip(self.blocks, gaps, strict=False) for part in pair]
        return join([*done, self.blocks[-1], write("\n", (self.blocks[-1].end,) * 2)])


def _is_block(node: Node) -> bool:
    """Tell whether `node` begins a block of its own: by its tag, its style, or as a note inside the sentence."""
    shown = _SHOWN_AS_BLOCK.search(node.attrs.get("style", "")) is not None
    return node.tag in BLOCKS or shown or "ltx_note_content" in node.names


def _role(node: Node, around: str) -> str:
    """Return what a block is: a heading, a quotation, or what the block around it is."""
    level = node.attrs.get("aria-level", "2")
    if node.tag in DEPTH or (node.attrs.get("role") == "heading" and f"h{level}" in DEPTH):
        return node.tag if node.tag in DEPTH else f"h{level}"
    if node.tag == "blockquote":
        return "quote"
    return around if around in ("quote", *DEPTH) else "p"


def _is_data(table: Node, raw: str) -> bool:
    """Tell whether a table holds data: two cells in a row at least, no table in it, no long text in a cell."""
    rows = [node for node in table.walk() if node.tag == "tr"]
    cells = [[c for c in row.elements if c.tag in ("td", "th")] for row in rows]
    inner = any(node.tag == "table" for node in table.walk() if node is not table)
    if inner or table.attrs.get("role") == "presentation" or max((len(row) for row in cells), default=0) < 2:
        return False
    return all(len(cell.content(raw)) <= _LONG_CELL for row in cells for cell in row)
