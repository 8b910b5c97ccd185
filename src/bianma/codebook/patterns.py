"""The patterns of cues: word classes, alternatives, bounded gaps, a marked part. Nothing in them repeats without end.

    [[{fear}{..4}被(抛弃|遗弃)]]      {fear}: a class; {..4}: a gap of 0 to 4 characters; (…)?: may be missing

A pattern is read into a tree in which classes are written out; `suggest` compiles it. It never crosses the punctuation
that ends a clause, so what it matches lies inside one clause.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bianma.errors import PatternError

Classes = Mapping[str, Sequence[str]]  # name → its entries, patterns themselves

Cost = Callable[[str], float]

CLAUSE_ENDS = ",。;:!?\n，；：！？"  # folded and not
GAPS_AT_MOST, GAP_AT_MOST = 3, 20
DEPTH_AT_MOST = 8  # of groups and classes in one another
TRIED_AT_MOST = 30_000  # ways to fill the gaps and leave optional parts out, from one place of the text
_SIGNS = "()|{}[]?"
_TOKEN = re.compile(r"\[\[|\]\]|\{[^{}]*\}|[()|?]|[^()|{}?\[\]]+|.", re.DOTALL)
_GAP = re.compile(r"(\d*)\.\.(\d+)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
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
    """One of several sequences."""

    options: tuple["Sequence_", ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """A part that may be missing."""

    part: "Node"


Node = Text | Gap | Choice | Maybe
Sequence_ = tuple[Node, ...]


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


def parse(source: str, classes: Classes) -> Pattern:
    """Read a pattern and write its classes out.

    Raises PatternError, in one sentence, for what is no pattern, for an unknown class or one inside itself, for one
    that could match nothing, and for one that would try too many ways.

    >>> parse("充当[[(砝码|平衡者)]]", {}).marked
    (Choice(options=((Text(text='砝码'),), (Text(text='平衡者'),))),)
    """
    before, marked, after = _split(source)
    pattern = Pattern(*(_parse(part, classes, ()) for part in (before, marked, after)))
    _check(pattern, source)
    return pattern


def parse_part(source: str, classes: Classes) -> Sequence_:
    """Read a pattern of which no part is marked: that of a condition, or an entry of a class."""
    if "[[" in source:
        raise PatternError(f"{source!r}: nothing can be marked with [[ ]] here")
    return parse(source, classes).marked


def literals(node: Node, cost: Cost | None = None) -> frozenset[str] | None:
    """Return texts of which one stands in whatever `node` matches; None if there are none to name."""
    match node:
        case Text(text):
            return frozenset((text,))
        case Choice(options):
            found = [anchors(option, cost) for option in options]
            return frozenset().union(*(f for f in found if f)) if all(found) else None
        case _:
            return None


def anchors(sequence: Sequence_, cost: Cost | None = None) -> frozenset[str] | None:
    """Return the texts of the part of a sequence that is best to look for: the cheapest, in all.

    `cost` says how often a text is met; without it the part with the fewest texts is best, single characters last.
    """
    found = [texts for node in sequence if (texts := literals(node, cost))]
    price = cost or _by_length
    return min(found, key=lambda texts: (sum(map(price, texts)), sorted(texts)), default=None)


def second_anchors(sequence: Sequence_, first: frozenset[str], cost: Cost) -> frozenset[str] | None:
    """Return the texts of the next best part, of which one must stand there too; None if there is no other part."""
    found = [texts for node in sequence if (texts := literals(node, cost)) and texts != first]
    return min(found, key=lambda texts: (sum(map(cost, texts)), sorted(texts)), default=None)


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
    return options[0] if len(options) == 1 else (Choice(options),)


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
            now.append(Choice(inner))
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
    return Choice(tuple(_parse(entry, classes, (*inside, name)) for entry in classes[name]))


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
    if not anchors(pattern.whole):
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
            case Choice(options):
                total += max(map(_gaps, options), default=0)
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
            case Choice(options):
                ways *= max(map(_ways, options), default=1)
            case _:
                pass
    return ways


def _may_be_empty(sequence: Sequence_) -> bool:
    return all(
        isinstance(node, Maybe)
        or (isinstance(node, Gap) and node.least == 0)
        or (isinstance(node, Choice) and any(map(_may_be_empty, node.options)))
        for node in sequence
    )
