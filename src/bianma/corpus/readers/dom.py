"""HTML as a tree in which every text knows where it stands in the source.

Written here because no parser that is at hand keeps the position of every character: lxml and html5lib count lines, and
the standard library's, whose reading of broken mark-up changes between patch releases, raises on `<![x` and hands on
the rest of a page as text after a stray `&#`. The rules are a browser's, except that running text is never lost: a tag
that is never closed ends at the next one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

Range = tuple[int, int]

_ATTRIBUTES = r"""(?:[^<>"'=]|=\s*+(?:"[^"]*+"|'[^']*+')?|["'])*+"""
_TOKEN = re.compile(
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))|(?P<cdata>!\[CDATA\[).*?(?:\]\]>|\Z)|[!?][^>]*+(?:>|\Z)|"
    rf"/(?P<close>[a-zA-Z][^\s/<>]*+)[^<>]*+(?:>|(?=<)|\Z)|/(?![a-zA-Z])[^<>]*+>|"
    rf"(?P<open>[a-zA-Z][^\s/<>]*+)(?P<attrs>{_ATTRIBUTES})(?P<shut>>)?)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")


def names(text: str) -> frozenset[str]:
    """Return the words of `text`: names of elements."""
    return frozenset(text.split())


_VOID = names("area base basefont bgsound br col embed frame hr img input link meta param source track wbr")
_RAW_TEXT = names("script style xmp iframe noembed noframes textarea title")
_SECTIONS = names(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table ul"
)
BLOCKS = _SECTIONS | names("body html legend caption tbody td tfoot th thead tr")
_INLINE = names("a abbr b big cite code em font i mark q ruby s small span strike strong sub sup tt u")
_SCOPE = names("td th table caption html")  # an end tag inside does not close what is outside
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {  # a start tag: what it ends, and what stops the search
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl"}))),
    **dict.fromkeys(("td", "th"), (frozenset({"td", "th"}), frozenset({"tr", "table"}))),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (frozenset({"tbody", "thead", "tfoot", "tr"}), frozenset({"table"}))),
    **dict.fromkeys(("rt", "rp", "rb"), (frozenset({"rt", "rp", "rb"}), frozenset({"ruby"}))),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
_DEEPEST = 120  # elements inside one another; what is deeper is flat, as in a browser


@dataclass(slots=True, eq=False)
class Node:
    """An element: `start` where its start tag begins, `inner` where that ends; its texts are ranges of the source."""

    tag: str
    attrs: dict[str, str]
    start: int
    inner: int
    parent: "Node | None" = None
    children: "list[Node | Range]" = field(default_factory=list)

    @property
    def names(self) -> str:
        """Its class and id in lower case: what the page's author calls it."""
        return f"{self.attrs.get('class', '')} {self.attrs.get('id', '')}".lower()

    @property
    def elements(self) -> "list[Node]":
        """Its children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> "Iterator[Node]":
        """Yield this element and all inside it, in source order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.elements))

    def ancestors(self) -> "Iterator[Node]":
        """Yield the elements around this one, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def content(self, raw: str) -> str:
        """Return its text, entities read and white space collapsed."""
        texts = (unescape(raw[a:b]) for node in self.walk() for a, b in node.children_texts())
        return " ".join("".join(texts).split())

    def children_texts(self) -> list[Range]:
        """Return the texts that stand directly in it."""
        return [child for child in self.children if not isinstance(child, Node)]


def parse(raw: str) -> Node:
    """Return the tree of the HTML `raw`; it reads anything, and raises nothing."""
    builder = _Builder(raw)
    at = 0
    while match := _TOKEN.search(raw, at):
        if not _is_tag(match):
            builder.text(at, match.start() + 1)
            at = match.start() + 1
            continue
        builder.text(at, match.start())
        at = builder.take(match)
    builder.text(at, len(raw))
    return builder.root


def _is_tag(match: re.Match[str]) -> bool:
    """Tell whether `<` opened a tag: what has no end is one only if its name is known (a<b of a text has none)."""
    name = match["open"]
    if not name or match["shut"]:
        return True
    return name.lower() in BLOCKS | _INLINE | _VOID | _RAW_TEXT


class _Builder:
    """The tree while it grows: `open` are the elements that have not ended, the outermost first."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.strict = raw[:200].lstrip("\ufeff \t\r\n").startswith("<?xml")
        self.root = Node("html", {}, 0, 0)
        self.open = [self.root]

    def text(self, start: int, end: int) -> None:
        """Add a text to the innermost open element."""
        if start < end:
            self.open[-1].children.append((start, end))

    def take(self, match: re.Match[str]) -> int:
        """Add what a token stands for; return where the source goes on after it."""
        if match["open"]:
            return self._start(match)
        if match["close"]:
            self._end(match["close"].lower())
        elif match["cdata"] and self.strict:
            self.text(match.end("cdata"), max(match.end("cdata"), match.end() - 3))
        return match.end()

    def _start(self, match: re.Match[str]) -> int:
        name, end = match["open"].lower(), match.end()
        if name in ("html", "body", "head"):  # there is one of each, whatever is written
            self.root.attrs.update(_attributes(match["attrs"]))
            return end
        self._make_room(name)
        node = Node(name, _attributes(match["attrs"]), match.start(), end, self.open[-1])
        if name in _VOID or (match["attrs"].endswith("/") and (self.strict or ":" in name)):
            self.open[-1].children.append(node)
        elif name in _RAW_TEXT:
            self.open[-1].children.append(node)
            return self._raw_text(node)
        elif len(self.open) < _DEEPEST:
            self.open[-1].children.append(node)
            self.open.append(node)
        return end

    def _raw_text(self, node: Node) -> int:
        close = re.compile(rf"</{node.tag}(?=[\s/>])[^>]*>?", re.IGNORECASE).search(self.raw, node.inner)
        stop, after = close.span() if close else (len(self.raw), len(self.raw))
        if node.inner < stop:
            node.children.append((node.inner, stop))
        return after

    def _make_room(self, name: str) -> None:
        """End what cannot go on around an element called `name`: a paragraph before a block, an item before another."""
        if name in _SECTIONS:
            self._close(frozenset({"p"}), _SCOPE | {"button", "object"})
        if name in _ENDS:
            self._close(*_ENDS[name])
        if name == "a":
            self._close(frozenset({"a"}), BLOCKS)

    def _end(self, name: str) -> None:
        stops = BLOCKS if name in _INLINE else frozenset() if name in _SCOPE | {"tr", "tbody"} else _SCOPE
        self._close(frozenset({name}), stops - {name})

    def _close(self, names: frozenset[str], stops: frozenset[str]) -> None:
        """End the innermost open element of `names`, with all inside, unless one of `stops` is met before."""
        for n in range(len(self.open) - 1, 0, -1):
            if self.open[n].tag in names:
                del self.open[n:]
                return
            if self.open[n].tag in stops:
                return


def _attributes(text: str) -> dict[str, str]:
    """Return the attributes by name; of two of one name the first counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        found.setdefault(match[1].lower(), unescape(next((g for g in match.groups()[1:] if g is not None), "")))
    return found
