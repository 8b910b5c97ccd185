"""What coding one passage teaches about the next: terms that were marked, and finds that were refused.

An author says a thing in the same words again, and means the same by them. So every span that a coder marked becomes a
term that is looked for in the passages that follow (a *lesson*), and every find that was refused makes its term and its
cue less likely there. Nothing is forgotten or rewritten: the memory is a count, made anew from the codings whenever it
is needed, so taking a coding back takes its lessons back.

    r = right here + 0.3 right in other articles,  w = wrong likewise
    a cue's find         p1 = (4 p0 + r_cue) / (4 + r_cue + w_cue)      p0: by the cue's record (`suggest.scores`)
    its term             p  = (1.5 p1 + r_term) / (1.5 + r_term + w_term)
    a learned term       the same with p1 by its length alone

A term is wrong where it was shown and refused (a half where only its boundary was moved), and where it stands unmarked.
The weights were chosen on articles by leaving them out (docs/measured.md).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bianma.codebook.model import Cue
from bianma.records import CodeId, DocId
from bianma.spans import Span
from bianma.suggest.lexicon import Find
from bianma.suggest.scan import scan_form, whole_word
from bianma.suggest.scores import as_written

Marked = tuple[CodeId, Span]  # in code points of the passage's text
Key = tuple[CodeId, str]  # a code, and a term in scan form or a cue's key

OF_CUE, OF_TERM = 4.0, 1.5  # what came before weighs, in places
ELSEWHERE = 0.3  # what a place in another article weighs
MOVED, UNMARKED = 0.5, 1.0  # how wrong a moved boundary is, and a term that stands unmarked
FRESH: Mapping[int, float] = {1: 0.02, 2: 0.2, 3: 0.35, 4: 0.6}  # a learned term's first p, by its length (4: or more)
FRESH_LATIN = 0.7
LIKELY = (
    0.5  # a learned term that is less likely is not proposed: it must be surer than a cue, for no rule speaks for it
)
_LETTERS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A learned term of a code, with how often it was marked and how often it was wrong, by article."""

    code: CodeId
    term: str  # in scan form: folded, simplified
    right: Mapping[DocId, float]
    wrong: Mapping[DocId, float]


class Memory:
    """Counts of what was marked and refused, by article. `revoked`: lessons that somebody took back."""

    def __init__(self, revoked: Iterable[Key] = ()) -> None:
        self._revoked = frozenset(revoked)
        self._right: dict[Key, dict[DocId, float]] = defaultdict(_nothing)
        self._wrong: dict[Key, dict[DocId, float]] = defaultdict(_nothing)
        self._terms: dict[Key, None] = {}  # in the order in which they were learned
        self._past: dict[DocId, list[tuple[str, tuple[Marked, ...]]]] = defaultdict(list)

    def weigh(self, text: str, finds: Sequence[Find], doc: DocId) -> list[Find]:
        """Return the finds with what was learned counted in, and the learned terms that stand in `text` besides."""
        form, offsets = scan_form(text)
        weighed = []
        for find in finds:
            at = offsets.to_derived(find.span)
            term = at.quote(form) if at else ""
            by_cue = self._drawn(find.score, (find.code, as_written(find.cue)), doc, OF_CUE)
            weighed.append(replace(find, score=self._drawn(by_cue, (find.code, term), doc, OF_TERM)))
        known = {(f.code, f.span) for f in finds}
        for code, term in self._terms:
            for at in _places(term, form):
                span = offsets.to_original(at)
                if (code, span) not in known:
                    score = self._drawn(_fresh(term), (code, term), doc, OF_TERM)
                    if score < LIKELY:
                        continue
                    weighed.append(Find(code, Cue(term, (0, len(term)), kind="lesson"), span, span, score))
        return weighed

    def learn(self, text: str, shown: Sequence[Find], marked: Sequence[Marked], doc: DocId) -> None:
        """Learn from one passage: what was shown in it, and what the coder left marked."""
        form, offsets = scan_form(text)
        there = [(code, at) for code, span in marked if (at := offsets.to_derived(span))]
        for code, at in there:
            self._right[code, at.quote(form)][doc] += 1
        told: set[Marked] = set()
        for find in shown:
            if found := offsets.to_derived(find.span):
                told.add((find.code, found))
                self._judge(find, found.quote(form), _verdict(find.code, found, there), doc)
        for code, at in there:
            self._meet((code, at.quote(form)), doc)
        for code, term in self._terms:
            for at in _places(term, form):
                if (code, at) not in told and _verdict(code, at, there) == 1.0:
                    self._wrong[code, term][doc] += UNMARKED
        self._past[doc].append((form, tuple(there)))

    def lessons(self) -> Iterator[Lesson]:
        """Yield what was learned, in the order in which it was."""
        for code, term in self._terms:
            key = (code, term)
            yield Lesson(code, term, dict(self._right[key]), {d: n for d, n in self._wrong[key].items() if n})

    def _judge(self, find: Find, term: str, wrong: float, doc: DocId) -> None:
        cue = (find.code, as_written(find.cue))
        if wrong == 0.0:
            self._right[cue][doc] += 1
            return
        self._wrong[find.code, term][doc] += wrong
        if wrong == 1.0:
            self._wrong[cue][doc] += 1

    def _meet(self, key: Key, doc: DocId) -> None:
        """Take up a new term, and see where it stood unmarked before."""
        if key in self._terms or key in self._revoked or not _LETTERS.search(key[1]):
            return
        self._terms[key] = None
        for form, there in self._past[doc]:
            for at in _places(key[1], form):
                if _verdict(key[0], at, there) == 1.0:
                    self._wrong[key][doc] += UNMARKED

    def _drawn(self, before: float, key: Key, doc: DocId, weight: float) -> float:
        if key in self._revoked:
            return before
        right, wrong = _count(self._right.get(key), doc), _count(self._wrong.get(key), doc)
        return (weight * before + right) / (weight + right + wrong)


def _nothing() -> dict[DocId, float]:
    return defaultdict(float)


def _count(counts: Mapping[DocId, float] | None, doc: DocId) -> float:
    if not counts:
        return 0.0
    here = counts.get(doc, 0.0)
    return here + ELSEWHERE * (sum(counts.values()) - here)


def _verdict(code: CodeId, at: Span, there: Iterable[Marked]) -> float:
    """Return how wrong a span is beside what was marked: 0 the same, a half another boundary, 1 nothing there."""
    same = [span for c, span in there if c == code and span.overlap(at)]
    return 0.0 if at in same else MOVED if same else 1.0


def _places(term: str, form: str) -> Iterator[Span]:
    at = form.find(term)
    while at >= 0:
        if whole_word(form, at, at + len(term)):
            yield Span(at, at + len(term))
        at = form.find(term, at + 1)


def _fresh(term: str) -> float:
    return FRESH_LATIN if term.isascii() else FRESH[min(4, len(term))]
