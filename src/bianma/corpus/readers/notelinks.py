"""Notes of a web page: which links are note marks, what they lead to, and which links lead back."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import takewhile

from bianma.corpus.readers.dom import BLOCKS, Node

_BRACKETS = " \t\r\n\u00a0[]()（）〔〕［］【】^"
_MARK = re.compile(
    "(?:注|註|note|fn)?\\s*(?:\\d{1,3}|[\u2460-\u2473\u2776-\u277f\u24eb-\u24f4\u3251-\u325f\u32b1-\u32bf]|[*＊†‡§※]{1,3}|"
    "[\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}|[a-z]|[ivx]{1,5})",
    re.IGNORECASE,
)
_BACK = re.compile(
    "(?:[\u2190-\u21ff\u2900-\u297f\u23ce\ufe0e\ufe0f^]|返回|back|\\d{1,3}(?:\\.\\d+)?|[a-z]|\\s)+", re.IGNORECASE
)
_NAMED = re.compile(r"fn|ftn|edn|note|cite|bib|ref|注|註", re.IGNORECASE)

_LONG_NOTE = 3000


@dataclass(frozen=True, slots=True)
class NoteLinks:
    """By the identity of an element: the label of a note mark, the label of a note, and what is left out of a note."""

    marks: Mapping[int, str]
    notes: Mapping[int, str]
    backs: frozenset[int]

    def has_note(self, node: Node) -> bool:
        """Tell whether a note stands in `node`."""
        return any(id(inner) in self.notes for inner in node.walk())

    def is_one(self, node: Node, raw: str) -> bool:
        """Tell whether `node` is one note and no more: no other note in it, and no longer than a note may be."""
        inner = sum(id(n) in self.notes for n in node.walk())
        return inner == 1 and len(node.content(raw)) <= _LONG_NOTE


def note_links(root: Node, raw: str) -> NoteLinks:
    """Return the note links of a page: a mark leads forward to its note, by `#id`, and the note may lead back."""
    nodes = list(root.walk())
    order = {id(node): n for n, node in enumerate(nodes)}
    named: dict[str, Node] = {}
    for node in nodes:
        for name in (node.attrs.get("id"), node.attrs.get("name") if node.tag == "a" else None):
            if name:
                named.setdefault(name, node)
    links = [(a, named[f]) for a in nodes if a.tag == "a" and (f := _fragment(a)) in named and named[f] is not a]
    answered = {id(to) for a, to in links if order[id(to)] < order[id(a)]}
    forward = [(a, to) for a, to in links if order[id(to)] > order[id(a)] and _is_mark(a, to, raw, answered)]
    marks, notes = _labels(forward, raw)
    first = min((order[key] for key in notes), default=len(nodes))
    back = [a for a, to in links if order[id(to)] < order[id(a)] >= first and _leads_back(a, raw)]
    backs = {id(_outermost(a, raw)) for a in back if id(a) not in notes and id(a) not in marks}
    return NoteLinks(marks, notes, frozenset(backs))


def _fragment(link: Node) -> str:
    return link.attrs.get("href", "").partition("#")[2]


def bare(text: str) -> str:
    """Return a note mark without the brackets around it.

    >>> bare("[12]"), bare("（①）")
    ('12', '①')
    """
    return text.strip(_BRACKETS)


def _is_mark(link: Node, to: Node, raw: str, answered: Set[int]) -> bool:
    """Tell whether a link forward marks a note: by its text, and as it is raised, called so, or has a link back."""
    text = bare(link.content(raw))
    if len(text) > 8 or not _MARK.fullmatch(text) or to.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return False
    near = [*link.walk(), *takewhile(lambda node: node.tag not in BLOCKS, link.ancestors())]
    called = _NAMED.search(_fragment(link)) is not None or "note" in link.attrs.get("role", "") + link.names
    return called or any(node.tag == "sup" for node in near) or any(id(node) in answered for node in near)


def _labels(forward: list[tuple[Node, Node]], raw: str) -> tuple[dict[int, str], dict[int, str]]:
    """Return the labels of the marks and of the notes; two notes with one sign get labels of their own."""
    marks: dict[int, str] = {}
    notes: dict[int, str] = {}
    used: dict[str, int] = {}
    for link, to in forward:
        if id(to) not in notes:
            sign = re.sub(r"\s+", "", bare(link.content(raw)))
            used[sign] = used.get(sign, 0) + 1
            notes[id(to)] = sign if used[sign] == 1 else f"{sign}-{used[sign]}"
        marks[id(link)] = notes[id(to)]
    return marks, notes


def _leads_back(link: Node, raw: str) -> bool:
    text = bare(link.content(raw))
    return len(text) <= 8 and (not text or _BACK.fullmatch(text) is not None or _MARK.fullmatch(text) is not None)


def _outermost(link: Node, raw: str) -> Node:
    """Return what to leave out with a link back: the inline elements around it that hold nothing but such links."""
    node = link
    for around in link.ancestors():
        text = bare(around.content(raw))
        if around.tag in BLOCKS or len(text) > 24 or (text and not _BACK.fullmatch(text)):
            break
        node = around
    return node
