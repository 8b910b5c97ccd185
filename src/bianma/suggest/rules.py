"""Cues made ready: what is looked for in the scan, the regular expression that then decides, and the conditions."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import ahocorasick

from bianma.codebook.model import Cue, Scope
from bianma.codebook.patterns import (
    CLAUSE_ENDS,
    Choice,
    Classes,
    Cost,
    Gap,
    Maybe,
    Node,
    Pattern,
    Sequence_,
    Text,
    anchors,
    parse,
    parse_part,
    second_anchors,
    texts_of,
)
from bianma.records import CodeId
from bianma.suggest.scan import Around, piece_form, scan_form

_ANY = f"[^{CLAUSE_ENDS}]"


class Article:
    """What a condition may ask of the whole article: its running text in scan form. Each question is answered once."""

    def __init__(self, form: str) -> None:
        self.form = form
        self._answers: dict[re.Pattern[str], bool] = {}

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether `pattern` stands anywhere in the article."""
        if pattern not in self._answers:
            self._answers[pattern] = pattern.search(self.form) is not None
        return self._answers[pattern]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: its article, its section's heading in scan form, its language (zh, en, ja, ko, und)."""

    article: Article
    heading: str = ""
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must and must not stand around a match, compiled: one expression a scope."""

    needs: Mapping[Scope, re.Pattern[str]] = field(default_factory=dict)
    never: Mapping[Scope, re.Pattern[str]] = field(default_factory=dict)
    before: re.Pattern[str] | None = None  # must not end right before the match
    behind: re.Pattern[str] | None = None  # must not begin right behind it
    languages: frozenset[str] = frozenset()

    def hold(self, around: Around, start: int, end: int, place: Place) -> bool:
        """Tell whether the match `[start, end)` of the scanned text may stand."""
        if self.languages and place.language not in (*self.languages, "und"):
            return False
        if self.behind and self.behind.match(around.form, end):
            return False
        if self.before and self.before.search(around.form, 0, start):
            return False
        return all(_holds(s, p, around, start, place) for s, p in self.needs.items()) and not any(
            _holds(s, p, around, start, place) for s, p in self.never.items()
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of `code`, compiled: the expression, and `anchors` and `seconds`, of each of which one stands in every
    match (`seconds` may be empty: then nothing more is known of it).
    """

    code: CodeId
    cue: Cue
    anchors: frozenset[str]
    seconds: frozenset[str]
    expression: re.Pattern[str]  # the span is its group `m`


def rules(cues: Iterable[tuple[CodeId, Cue]], classes: Classes, sample: str) -> list[Rule]:
    """Compile the patterns among `cues`. `sample` is text of the field: what is rare in it makes a good anchor.

    PatternError where one is no pattern (the loader has refused those).
    """
    parsed = [(code, cue, parse(cue.term, classes)) for code, cue in cues if cue.kind == "pattern"]
    met = _counts((text for _, _, pattern in parsed for text in texts_of(pattern.whole)), sample)
    return [_rule(code, cue, pattern, lambda text: met[text]) for code, cue, pattern in parsed]


def _counts(texts: Iterable[str], sample: str) -> dict[str, float]:
    """Return how often each text stands in the sample's scan form, and a little more: none costs nothing."""
    forms = {text: piece_form(text) for text in texts}
    automaton = ahocorasick.Automaton()
    for form in set(forms.values()):
        automaton.add_word(form, form)
    automaton.make_automaton()
    met = Counter(form for _, form in automaton.iter(scan_form(sample)[0])) if forms else Counter[str]()
    return {text: met[form] + 0.2 / len(form) for text, form in forms.items()}


def _rule(code: CodeId, cue: Cue, pattern: Pattern, cost: Cost) -> Rule:
    found = anchors(pattern.whole, cost)
    assert found is not None  # parse refuses patterns without
    more = second_anchors(pattern.whole, found, cost) or frozenset()
    expression = re.compile(_source(pattern))
    return Rule(code, cue, frozenset(map(piece_form, found)), frozenset(map(piece_form, more)), expression)


def conditions(cue: Cue, classes: Classes) -> Conditions | None:
    """Compile a cue's conditions; None where it has none."""
    if not cue.conditional:
        return None
    return Conditions(
        needs={scope: union(patterns, classes) for scope, patterns in cue.needs.items()},
        never={scope: union(patterns, classes) for scope, patterns in cue.never.items()},
        before=union(cue.not_after, classes, end=r"\Z") if cue.not_after else None,
        behind=union(cue.not_before, classes) if cue.not_before else None,
        languages=frozenset(cue.languages),
    )


def union(patterns: Iterable[str], classes: Classes, *, end: str = "") -> re.Pattern[str]:
    """Compile several patterns into one expression that matches where one of them does."""
    return re.compile(f"(?:{'|'.join(_sequence(parse_part(p, classes)) for p in patterns)}){end}")


def _holds(scope: Scope, pattern: re.Pattern[str], around: Around, at: int, place: Place) -> bool:
    match scope:
        case "clause":
            return pattern.search(around.form, *around.clause(at)) is not None
        case "sentence":
            return pattern.search(around.form, *around.sentence(at)) is not None
        case "passage":
            return pattern.search(around.form) is not None
        case "heading":
            return pattern.search(place.heading) is not None
        case "article":
            return place.article.holds(pattern)


def _source(pattern: Pattern) -> str:
    return f"{_sequence(pattern.before)}(?P<m>{_sequence(pattern.marked)}){_sequence(pattern.after)}"


def _sequence(nodes: Sequence_) -> str:
    return "".join(map(_node, nodes))


def _node(node: Node) -> str:
    match node:
        case Text(text):
            return re.escape(piece_form(text))
        case Gap(least, most):
            return f"{_ANY}{{{least},{most}}}?"
        case Maybe(part):
            return f"(?:{_node(part)})?"
        case Choice(options):
            longest_first = sorted(options, key=_length, reverse=True)
            return f"(?:{'|'.join(map(_sequence, longest_first))})"


def _length(nodes: Sequence_) -> int:
    """Return the length of what a sequence matches, at most."""
    total = 0
    for node in nodes:
        match node:
            case Text(text):
                total += len(text)
            case Gap(_, most):
                total += most
            case Maybe(part):
                total += _length((part,))
            case Choice(options):
                total += max(map(_length, options), default=0)
    return total
