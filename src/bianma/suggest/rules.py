"""Cues made ready: what is looked for in the scan, the regular expression that then decides, and the conditions.

A codebook has a thousand expressions, and a text asks for few of them: each is written and compiled when it is first
asked for.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import ahocorasick

from bianma.codebook.model import Cue, Scope
from bianma.codebook.patterns import (
    CLAUSE_ENDS,
    Anchors,
    Choice,
    Classes,
    Gap,
    Maybe,
    Node,
    Pattern,
    Sequence_,
    Text,
    longest,
    parse,
    parse_part,
    texts_of,
)
from bianma.records import CodeId
from bianma.suggest.scan import Around, piece_form, scan_form

_ANY = f"[^{CLAUSE_ENDS}]"


class Expression:
    """A regular expression, written and compiled when it is first used."""

    def __init__(self, source: Callable[[], str], longest_match: Callable[[], int] = lambda: 0) -> None:
        self._source = source
        self._longest_match = longest_match

    @cached_property
    def reach(self) -> int:
        """How many characters it matches at most."""
        return self._longest_match()

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression."""
        return re.compile(self._source())


class Article:
    """What a condition may ask of the whole article: its running text in scan form. Each question is answered once."""

    def __init__(self, form: str) -> None:
        self.form = form
        self._answers: dict[Expression, bool] = {}

    def holds(self, expression: Expression) -> bool:
        """Tell whether `expression` stands anywhere in the article."""
        if expression not in self._answers:
            self._answers[expression] = expression.compiled.search(self.form) is not None
        return self._answers[expression]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: its article, its section's heading in scan form, its language (zh, en, ja, ko, und)."""

    article: Article
    heading: str = ""
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must and must not stand around a match: one expression a scope."""

    needs: Mapping[Scope, Expression] = field(default_factory=dict)
    never: Mapping[Scope, Expression] = field(default_factory=dict)
    before: Expression | None = None  # must not end right before the match
    behind: Expression | None = None  # must not begin right behind it
    languages: frozenset[str] = frozenset()

    def hold(self, around: Around, start: int, end: int, place: Place) -> bool:
        """Tell whether the match `[start, end)` of the scanned text may stand."""
        if self.languages and place.language not in (*self.languages, "und"):
            return False
        if self.behind and self.behind.compiled.match(around.form, end):
            return False
        if self.before and self.before.compiled.search(around.form, max(0, start - self.before.reach), start):
            return False
        return all(_holds(s, e, around, start, place) for s, e in self.needs.items()) and not any(
            _holds(s, e, around, start, place) for s, e in self.never.items()
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of `code`: the expression, and `anchors` and `seconds`, of each of which one stands in every match
    (`seconds` may be empty: then nothing more is known of it).
    """

    code: CodeId
    cue: Cue
    anchors: frozenset[str]
    seconds: frozenset[str]
    expression: Expression  # the span is its group `m`


class Compiler:
    """Makes rules and conditions of cues. What a class comes to is written once, though many patterns use it."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        self._classes = Classes({name: tuple(entries) for name, entries in classes.items()})
        self._written: dict[int, str] = {}  # by identity of a choice
        self._kept: list[Choice] = []

    def rules(self, cues: Iterable[tuple[CodeId, Cue]], sample: str) -> list[Rule]:
        """Compile the patterns among `cues`. `sample` is text of the field: what is rare in it makes a good anchor.

        PatternError where one is no pattern (the loader has refused those).
        """
        parsed = [(code, cue, parse(cue.term, self._classes)) for code, cue in cues if cue.kind == "pattern"]
        met = _counts({text for _, _, pattern in parsed for text in texts_of(pattern.whole)}, sample)
        looked_for = Anchors(lambda text: met[text])
        return [self._rule(code, cue, pattern, looked_for) for code, cue, pattern in parsed]

    def conditions(self, cue: Cue) -> Conditions | None:
        """Compile a cue's conditions; None where it has none."""
        if not cue.conditional:
            return None
        return Conditions(
            needs={scope: self._union(patterns) for scope, patterns in cue.needs.items()},
            never={scope: self._union(patterns) for scope, patterns in cue.never.items()},
            before=self._union(cue.not_after, end=r"\Z") if cue.not_after else None,
            behind=self._union(cue.not_before) if cue.not_before else None,
            languages=frozenset(cue.languages),
        )

    def _rule(self, code: CodeId, cue: Cue, pattern: Pattern, looked_for: Anchors) -> Rule:
        first, *more = looked_for.of(pattern.whole)
        second = more[0] if more else frozenset[str]()
        expression = Expression(lambda: self._source(pattern))
        return Rule(code, cue, frozenset(map(piece_form, first)), frozenset(map(piece_form, second)), expression)

    def _union(self, patterns: Iterable[str], *, end: str = "") -> Expression:
        """Return one expression that matches where one of several patterns does."""

        def read() -> list[Sequence_]:
            return [parse_part(p, self._classes) for p in patterns]

        return Expression(
            lambda: f"(?:{'|'.join(map(self._sequence, read()))}){end}", lambda: max(map(longest, read()))
        )

    def _source(self, pattern: Pattern) -> str:
        before, marked, after = map(self._sequence, (pattern.before, pattern.marked, pattern.after))
        return f"{before}(?P<m>{marked}){after}"

    def _sequence(self, nodes: Sequence_) -> str:
        return "".join(map(self._node, nodes))

    def _node(self, node: Node) -> str:
        match node:
            case Text(text):
                return re.escape(piece_form(text))
            case Gap(least, most):
                return f"{_ANY}{{{least},{most}}}?"
            case Maybe(part):
                return f"(?:{self._node(part)})?"
            case Choice():
                if id(node) not in self._written:
                    self._kept.append(node)
                    longest_first = sorted(node.options, key=longest, reverse=True)
                    self._written[id(node)] = f"(?:{'|'.join(map(self._sequence, longest_first))})"
                return self._written[id(node)]


def _counts(texts: Iterable[str], sample: str) -> dict[str, float]:
    """Return how often each text stands in the sample's scan form, and a little more: none costs nothing."""
    forms = {text: piece_form(text) for text in texts}
    automaton = ahocorasick.Automaton()
    for form in set(forms.values()):
        automaton.add_word(form, form)
    automaton.make_automaton()
    met = Counter(form for _, form in automaton.iter(scan_form(sample)[0])) if forms else Counter[str]()
    return {text: met[form] + 0.2 / len(form) for text, form in forms.items()}


def _holds(scope: Scope, expression: Expression, around: Around, at: int, place: Place) -> bool:
    match scope:
        case "clause":
            return expression.compiled.search(around.form, *around.clause(at)) is not None
        case "sentence":
            return expression.compiled.search(around.form, *around.sentence(at)) is not None
        case "passage":
            return expression.compiled.search(around.form) is not None
        case "heading":
            return expression.compiled.search(place.heading) is not None
        case "article":
            return place.article.holds(expression)
