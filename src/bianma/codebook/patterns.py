"""The patterns of cues: word classes, alternatives, bounded gaps, a marked part. Nothing in them repeats without end.

    [[{fear}{..4}被(抛弃|遗弃)]]      {fear}: a class; {..4}: a gap of 0 to 4 characters; (…)?: may be missing

A pattern is read into a tree in which classes are written out; `suggest` compiles it. It never crosses the punctuation
that ends a clause, so what it matches lies inside one clause.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bianma.errors import PatternError

Cost = Callable[[str], float]

CLAUSE_ENDS = ",。;:!?\n，；：！？"  # folded and not
GAPS_AT_MOST, GAP_AT_MOST = 3, 20
DEPTH_AT_MOST = 8  # of groups and classes in one another
TRIED_AT_MOST = 30_000  # ways to fill the gaps and leave optional parts out, from one place of the text
_SIGNS = "()|{}[]?"
_TOKEN = re.compile(r"\[\[|\]\]|\{[^{}]*\}|[()|?]|[^()|{}?\[\]]+|.", re.DOTALL)
_GAP = re.compile(r"(\d*)\.\.(\d+)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PLAIN = re.compile(rf"[^{re.escape(_SIGNS + CLAUSE_ENDS)}*+\\^$]+")
_REPEATS = re.compile(r"[*+\\^$]")


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that must stand there."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Between `least` and `most` characters of one clause, whatever they are."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences. What is asked of it again and again is known when it is made, for classes are large.

    `ways` and `gaps`: see `_ways`; `empty`: it may match nothing; `stands`: some text stands in whatever it matches;
    `longest`: characters that it matches at most.
    """

    options: tuple["Sequence_", ...]
    ways: int = 1
    gaps: int = 0
    empty: bool = False
    stands: bool = True
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Maybe:
    """A part that may be missing."""

    part: "Node"


Node = Text | Gap | Choice | Maybe
Sequence_ = tuple[Node, ...]


class Classes(dict[str, Sequence[str]]):
    """Word classes: name → its entries, patterns themselves. Each is read once, when a pattern first asks for it."""

    def __init__(self, entries: Mapping[str, Sequence[str]]) -> None:
        super().__init__(entries)
        self.nodes: dict[str, Choice] = {}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern in three parts: what must stand before the span, the span, what must stand after it."""

    before: Sequence_
    marked: Sequence_
    after: Sequence_

    @property
    def whole(self) -> Sequence_:
        """All of it in a row."""
        return (*self.before, *self.marked, *self.after)


def parse(source: str, classes: Mapping[str, Sequence[str]]) -> Pattern:
    """Read a pattern and write its classes out.

    Raises PatternError, in one sentence, for what is no pattern, for an unknown class or one inside itself, for one
    that could match nothing, and for one that would try too many ways.

    >>> parse("充当[[(砝码|平衡者)]]", {}).marked[0].options
    ((Text(text='砝码'),), (Text(text='平衡者'),))
    """
    classes = classes if isinstance(classes, Classes) else Classes(classes)
    before, marked, after = _split(source)
    pattern = Pattern(*(_parse(part, classes, ()) for part in (before, marked, after)))
    _check(pattern, source)
    return pattern


def parse_part(source: str, classes: Mapping[str, Sequence[str]]) -> Sequence_:
    """Read a pattern of which no part is marked: that of a condition, or an entry of a class."""
    if _PLAIN.fullmatch(source):
        return (Text(source),)  # most conditions are a word
    if "[[" in source:
        raise PatternError(f"{source!r}: nothing can be marked with [[ ]] here")
    return parse(source, classes).marked


class Anchors:
    """What to look for so as not to miss a match: texts of which one must stand in it.

    `cost` says how often a text is met; without it each counts one, single characters a hundred.
    """

    def __init__(self, cost: Cost | None = None) -> None:
        self._cost = cost or _by_length
        self._known: dict[int, frozenset[str] | None] = {}  # by identity: a class stands in many patterns
        self._kept: list[Choice] = []

    def of(self, sequence: Sequence_) -> list[frozenset[str]]:
        """Return, cheapest in all first, the texts of each part of which one must stand in every match."""
        found = {texts for node in sequence if (texts := self._literals(node))}
        return sorted(found, key=lambda texts: (sum(map(self._cost, texts)), sorted(texts)))

    def _literals(self, node: Node) -> frozenset[str] | None:
        match node:
            case Text(text):
                return frozenset((text,))
            case Choice():
                if id(node) not in self._known:
                    self._kept.append(node)
                    parts = [self.of(option)[:1] for option in node.options] if node.stands else [[]]
                    self._known[id(node)] = frozenset().union(*(p[0] for p in parts if p)) if all(parts) else None
                return self._known[id(node)]
            case _:
                return None


def anchors(sequence: Sequence_, cost: Cost | None = None) -> frozenset[str] | None:
    """Return the texts of the part of a sequence that is best to look for; None if every part may be missing."""
    return next(iter(Anchors(cost).of(sequence)), None)


def texts_of(sequence: Sequence_) -> Iterator[str]:
    """Yield every text that stands in a sequence."""
    for node in sequence:
        match node:
            case Text(text):
                yield text
            case Choice(options):
                for option in options:
                    yield from texts_of(option)
            case Maybe(part):
                yield from texts_of((part,))
            case _:
                pass


def _by_length(text: str) -> float:
    return 1.0 if len(text) > 1 else 100.0


def _split(source: str) -> tuple[str, str, str]:
    """Return what stands before, in, and after [[ ]]; without them all of it is marked."""
    if source.count("[[") != source.count("]]") or source.count("[[") > 1:
        raise PatternError(f"{source!r}: [[ and ]] must come once, or not at all")
    if "[[" not in source:
        return "", source, ""
    before, rest = source.split("[[")
    if "]]" not in rest:
        raise PatternError(f"{source!r}: ]] stands before [[")
    marked, after = rest.split("]]")
    for part in (before, marked, after):
        if part.count("(") != part.count(")"):
            raise PatternError(f"{source!r}: [[ ]] must not stand inside a group; give each way a pattern of its own")
    return before, marked, after


def _parse(source: str, classes: Classes, inside: tuple[str, ...]) -> Sequence_:
    tokens = [m[0] for m in _TOKEN.finditer(source)]
    options, rest = _options(tokens, classes, inside, source)
    if rest:
        raise PatternError(f"{source!r}: a ) without its (")
    return options[0] if len(options) == 1 else (_choice(options),)


def _options(
    tokens: list[str], classes: Classes, inside: tuple[str, ...], source: str
) -> tuple[tuple[Sequence_, ...], list[str]]:
    """Read alternatives up to the end or a closing bracket; return them and the tokens from there on."""
    options: list[Sequence_] = []
    now: list[Node] = []
    while tokens and tokens[0] != ")":
        token, *tokens = tokens
        if token == "|":
            options.append(tuple(now))
            now = []
        elif token == "(":
            inner, tokens = _options(tokens, classes, inside, source)
            if not tokens:
                raise PatternError(f"{source!r}: a ( is never closed")
            tokens = tokens[1:]
            now.append(_choice(inner))
        elif token == "?":
            if not now or isinstance(now[-1], Text | Gap | Maybe):
                raise PatternError(f"{source!r}: ? makes a group or class optional, so it stands behind ) or }}")
            now[-1] = Maybe(now[-1])
        else:
            now.append(_node(token, classes, inside, source))
    return (*options, tuple(now)), tokens


def _node(token: str, classes: Classes, inside: tuple[str, ...], source: str) -> Node:
    if token[0] != "{":
        if token in _SIGNS or _REPEATS.search(token):
            raise PatternError(
                f"{source!r}: {token!r} has no meaning here; there are {{class}}, {{..4}}, (a|b), (a)? and [[ ]]"
            )
        if any(c in CLAUSE_ENDS for c in token):
            raise PatternError(f"{source!r}: {token!r} ends a clause, and a pattern lies inside one")
        return Text(token)
    if gap := _GAP.fullmatch(token[1:-1]):
        least, most = int(gap[1] or 0), int(gap[2])
        if not least <= most <= GAP_AT_MOST or not most:
            raise PatternError(f"{source!r}: a gap is {{..n}} or {{m..n}} with m <= n <= {GAP_AT_MOST}, not {token}")
        return Gap(least, most)
    return _class(token[1:-1], classes, inside, source)


def _class(name: str, classes: Classes, inside: tuple[str, ...], source: str) -> Choice:
    if name in inside:
        raise PatternError(f"{source!r}: the class {{{name}}} stands inside itself ({' > '.join((*inside, name))})")
    if not _NAME.fullmatch(name) or name not in classes:
        raise PatternError(f"{source!r}: there is no class {{{name}}}; classes.yaml has {', '.join(sorted(classes))}")
    if len(inside) >= DEPTH_AT_MOST:
        raise PatternError(f"{source!r}: classes stand more than {DEPTH_AT_MOST} deep in one another")
    if name not in classes.nodes:
        classes.nodes[name] = _choice(tuple(_parse(entry, classes, (*inside, name)) for entry in classes[name]))
    return classes.nodes[name]


def _choice(options: tuple[Sequence_, ...]) -> Choice:
    return Choice(
        options,
        ways=max(map(_ways, options), default=1),
        gaps=max(map(_gaps, options), default=0),
        empty=any(map(_may_be_empty, options)),
        stands=all(map(_stands, options)),
        longest=max(map(longest, options), default=0),
    )


def _check(pattern: Pattern, source: str) -> None:
    gaps = _gaps(pattern.whole)
    if gaps > GAPS_AT_MOST:
        raise PatternError(f"{source!r}: {gaps} gaps in a row; at most {GAPS_AT_MOST}, or it would try without end")
    tried = _ways(pattern.whole)
    if tried > TRIED_AT_MOST:
        raise PatternError(
            f"{source!r}: it would try up to {tried} ways from one place, more than {TRIED_AT_MOST}; "
            "shorten its gaps or part it in two"
        )
    if not _stands(pattern.whole):
        raise PatternError(f"{source!r}: every part of it may be missing; at least one text or class must stand there")
    if not pattern.marked or _may_be_empty(pattern.marked):
        raise PatternError(f"{source!r}: the marked part could be empty")


def _gaps(sequence: Sequence_) -> int:
    """Return how many gaps one way through a sequence has, at most."""
    total = 0
    for node in sequence:
        match node:
            case Gap():
                total += 1
            case Maybe(part):
                total += _gaps((part,))
            case Choice():
                total += node.gaps
            case _:
                pass
    return total


def _ways(sequence: Sequence_) -> int:
    """Return in how many ways the gaps and optional parts of a sequence can be filled, at most."""
    ways = 1
    for node in sequence:
        match node:
            case Gap(least, most):
                ways *= most - least + 1
            case Maybe(part):
                ways *= 1 + _ways((part,))
            case Choice():
                ways *= node.ways
            case _:
                pass
    return ways


def longest(sequence: Sequence_) -> int:
    """Return how many characters a sequence matches at most."""
    total = 0
    for node in sequence:
        match node:
            case Text(text):
                total += len(text)
            case Gap(_, most):
                total += most
            case Maybe(part):
                total += longest((part,))
            case Choice():
                total += node.longest
    return total


def _may_be_empty(sequence: Sequence_) -> bool:
    return all(
        isinstance(node, Maybe)
        or (isinstance(node, Gap) and node.least == 0)
        or (isinstance(node, Choice) and node.empty)
        for node in sequence
    )


def _stands(sequence: Sequence_) -> bool:
    """Tell whether some text must stand in whatever a sequence matches."""
    return any(isinstance(node, Text) or (isinstance(node, Choice) and node.stands) for node in sequence)
