"""The lexicon: all cues of some codes, one scan for all of them, and the rules by which finds stand or fall.

Why the scan cannot miss a cue. Text and cues are brought to one form (`suggest.scan`). In it the Aho–Corasick automaton
reports every occurrence of every literal, also inside and across other ones. A literal cue is such a literal. A
pattern lies inside one clause and has *anchors*: texts of which one stands in whatever it matches (see
`codebook.patterns.anchors`). They are literals of the same automaton, so each clause in which the pattern could match
is reported, and there its regular expression decides over the whole clause. What was found is dropped for these reasons
only, in this order: a Latin cue inside a longer word, a condition of the cue that does not hold, a word cut in two
(`suggest.boundaries`), an everyday phrase of the same code around it, a quotation that is opened or closed but not both
inside the span, a longer find across it.

Spans are half-open code-point ranges of the text that was given in, whatever was folded or dropped.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import ahocorasick

from bianma.codebook.model import Code, Cue
from bianma.corpus.offsets import OffsetMap
from bianma.records import CodeId
from bianma.spans import Span
from bianma.suggest.boundaries import Boundaries
from bianma.suggest.rules import Article, Compiler, Conditions, Place
from bianma.suggest.scan import Around, scan_form, whole_word

By = Literal["length", "worth"]
OF_A_CHARACTER = 0.03
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉"), ("（", "）"), ("(", ")"))


@dataclass(frozen=True, slots=True)
class Find:
    """A cue of `code` that stands in a text: `span` is what it marks, `term` all that had to stand there.

    `score`: the probability that it is right, once it was rated.
    """

    code: CodeId
    cue: Cue
    span: Span
    term: Span
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class _Literal:
    """A literal cue with its mark in the scan form, or an everyday phrase (no cue)."""

    code: CodeId
    cue: Cue | None
    mark: tuple[int, int]
    conditions: Conditions | None = None


@dataclass(slots=True)
class _Entry:
    """What hangs on one literal of the automaton."""

    length: int
    literals: list[_Literal] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)  # of whose anchors this is one
    seconds: list[int] = field(default_factory=list)


class Lexicon:
    """The compiled cues of `codes`. Compile once, scan many texts."""

    def __init__(self, codes: Iterable[Code], classes: Mapping[str, Sequence[str]] | None = None) -> None:
        codes, compiler = list(codes), Compiler(classes or {})
        terms = {scan_form(c.term)[0] for code in codes for c in code.cues if c.mark == (0, len(c.term))}
        self._boundaries = Boundaries(terms)
        self.beside = {code.id: frozenset(code.beside) for code in codes}
        entries: dict[str, _Entry] = {}
        for form, literal in _literals(codes, compiler):
            entries.setdefault(form, _Entry(len(form))).literals.append(literal)
        cues = [(code.id, cue) for code in codes for cue in code.cues]
        self._rules = [(r, compiler.conditions(r.cue)) for r in compiler.rules(cues, _sample(codes))]
        for n, (made, _) in enumerate(self._rules):
            for anchor in made.anchors:
                entries.setdefault(anchor, _Entry(len(anchor))).rules.append(n)
            for anchor in made.seconds:
                entries.setdefault(anchor, _Entry(len(anchor))).seconds.append(n)
        self._alone = frozenset(n for n, (made, _) in enumerate(self._rules) if not made.seconds)
        self._automaton = ahocorasick.Automaton()
        for form, entry in entries.items():
            self._automaton.add_word(form, entry)
        self._automaton.make_automaton()

    def finds(self, text: str, place: Place | None = None) -> list[Find]:
        """Return the finds that stand in `text`, in order of position; without a place the text is all there is."""
        return standing(self.candidates(text, place), self.beside)

    def candidates(self, text: str, place: Place | None = None) -> list[Find]:
        """Return what could stand in `text` if no other find were there."""
        form, offsets = scan_form(text)
        around = Around(form)
        place = place or Place(Article(form))
        found: list[Find] = []
        everyday: dict[CodeId, list[Span]] = defaultdict(list)
        for find in self._scan(around, offsets, place):
            if isinstance(find, Find):
                found.append(find)
            else:
                everyday[find[0]].append(find[1])
        return [
            f for f in found if not any(p.contains(f.span) for p in everyday.get(f.code, ())) and _closed(f.span, text)
        ]

    def _scan(self, around: Around, offsets: OffsetMap, place: Place) -> Iterator[Find | tuple[CodeId, Span]]:
        form = around.form
        first: dict[int, set[int]] = defaultdict(set)  # by clause, the rules of which an anchor stands in it
        second: dict[int, set[int]] = defaultdict(set)
        for last, entry in self._automaton.iter(form) if len(self._automaton) else ():
            start = last + 1 - entry.length
            if entry.rules or entry.seconds:
                clause = around.number(start)
                first[clause].update(entry.rules)
                second[clause].update(entry.seconds)
            if entry.literals and whole_word(form, start, last + 1):
                yield from self._literals_at(entry, around, offsets, place, start)
        for clause, ruled in first.items():
            there = second[clause]
            for n in sorted(ruled):
                if n in there or n in self._alone:
                    yield from self._matches(n, around.clause_of(clause), around, offsets, place)

    def _literals_at(
        self, entry: _Entry, around: Around, offsets: OffsetMap, place: Place, start: int
    ) -> Iterator[Find | tuple[CodeId, Span]]:
        end = start + entry.length
        for literal in entry.literals:
            span = Span(start + literal.mark[0], start + literal.mark[1])
            if literal.cue is None:
                yield literal.code, offsets.to_original(span)
            elif self._stands(literal, around, start, end, place):
                yield _find(literal.code, literal.cue, span, Span(start, end), offsets)

    def _matches(
        self, n: int, clause: tuple[int, int], around: Around, offsets: OffsetMap, place: Place
    ) -> Iterator[Find]:
        made, asked = self._rules[n]
        for match in made.expression.compiled.finditer(around.form, *clause):
            span, term = Span(*match.span("m")), Span(*match.span())
            if whole_word(around.form, span.start, span.end) and (
                not asked or asked.hold(around, term.start, term.end, place)
            ):
                yield _find(made.code, made.cue, span, term, offsets)

    def _stands(self, literal: _Literal, around: Around, start: int, end: int, place: Place) -> bool:
        if literal.conditions and not literal.conditions.hold(around, start, end, place):
            return False
        return not self._boundaries.cut_through(around, start, end)


def standing(
    finds: Iterable[Find], beside: Mapping[CodeId, frozenset[CodeId]] | None = None, *, by: By = "length"
) -> list[Find]:
    """Return those finds that stand, in order of position: the longest first, then the earlier one.

    By "worth" a surer find beats a longer one, where a character more is worth three hundredths of its score.
    """
    beside = beside or {}
    chosen: dict[tuple[Span, CodeId], Find] = {}
    for find in sorted(finds, key=_precedence if by == "length" else _worth):
        if all(_together(find, other, beside) for other in chosen.values()):
            chosen.setdefault((find.span, find.code), find)
    return sorted(chosen.values(), key=lambda f: (f.span, f.code))


def _find(code: CodeId, cue: Cue, span: Span, term: Span, offsets: OffsetMap) -> Find:
    return Find(code, cue, offsets.to_original(span), offsets.to_original(term))


def _precedence(find: Find) -> tuple[int, int, int, str, str]:
    return -len(find.span), find.span.start, -len(find.term), find.code, find.cue.term


def _worth(find: Find) -> tuple[float, int, int, int, str, str]:
    return (-find.score - OF_A_CHARACTER * len(find.span), *_precedence(find))


def _together(find: Find, other: Find, beside: Mapping[CodeId, frozenset[CodeId]]) -> bool:
    """Tell whether both may stand.

    They may if they lie apart; if one of the codes lists the other as one it stands beside; on one range, if neither
    asked for more around it; overlapping, if the codebook marks two codes in one and the same term, as in
    `[[安全机制]]建设` and `安全[[机制建设]]`.
    """
    if not find.span.overlap(other.span):
        return True
    if find.code != other.code and (other.code in beside.get(find.code, ()) or find.code in beside.get(other.code, ())):
        return True
    if find.span == other.span:
        return len(find.term) == len(other.term)
    return find.term == other.term and find.code != other.code


def _closed(span: Span, text: str) -> bool:
    """Tell whether each quotation or bracket that is opened inside the span is closed there, and the other way."""
    quote = text[span.start : span.end]
    return all(quote.count(opening) == quote.count(closing) for opening, closing in _PAIRS)


def _sample(codes: Iterable[Code]) -> str:
    """Return the codebook's own sentences: what is frequent in them is frequent in the field."""
    texts = ((code.definition.zh, *(e.text for e in code.positive), *code.negative) for code in codes)
    return "\n".join(text for of_code in texts for text in of_code)


def _literals(codes: Sequence[Code], compiler: Compiler) -> Iterator[tuple[str, _Literal]]:
    for code in codes:
        for cue in code.cues:
            if cue.kind != "literal":
                continue
            form, offsets = scan_form(cue.term)
            mark = offsets.to_derived(Span(*cue.mark))
            if mark:
                yield form, _Literal(code.id, cue, (mark.start, mark.end), compiler.conditions(cue))
        for phrase in code.everyday:
            form, _ = scan_form(phrase)
            yield form, _Literal(code.id, None, (0, len(form)))
