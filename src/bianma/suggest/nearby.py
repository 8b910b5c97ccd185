"""The words around concepts: one scan of a text for all that tells of denial, report and actors.

Words belong to groups (negation, reports, actors). Of words of one group across each other the earliest stands, then
the longest, so 不仅 is no 不 and 印度洋 is no 印度. Positions are those of the scan form (`suggest.scan`).
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import ahocorasick

from bianma.codebook.patterns import CLAUSE_ENDS
from bianma.corpus.offsets import OffsetMap
from bianma.spans import Span
from bianma.suggest.scan import scan_form, whole_word

Group = Literal["negation", "reports", "actors"]

_CLAUSE_END = re.compile(f"[{CLAUSE_ENDS}]")
_SENTENCE_END = re.compile("[。!?\n]")
_POINT = re.compile(r"(?<![^a-z][a-z])\.")  # not that of an initial or of U.S.
_QUOTES = re.compile('[“”「」『』"\n]')
_CLOSING = {"“": "”", "「": "」", "『": "』"}


class Word(NamedTuple):  # made for each word of a text: a frozen dataclass takes three times as long
    """A word found at `[start, end)`: its form, what it may be, and for an actor the canonical name."""

    start: int
    end: int
    form: str
    roles: frozenset[str]
    name: str = ""


@dataclass(slots=True)
class _Entry:
    roles: set[str]
    name: str = ""
    capitals: bool = False


class Words:
    """The words of all groups, compiled once."""

    def __init__(self, words: Iterable[tuple[Group, str, str, str]]) -> None:
        """Compile `(group, role, word, canonical name or "")`; a word that folds to nothing is left out."""
        entries: dict[str, dict[Group, _Entry]] = defaultdict(dict)
        for group, role, word, name in words:
            if form := scan_form(word)[0].strip():
                entry = entries[form].setdefault(group, _Entry(set(), name, word.isascii() and word.isupper()))
                entry.roles.add(role)
        self._automaton = ahocorasick.Automaton()
        for form, by_group in entries.items():
            frozen = [(g, frozenset(e.roles), e.name, e.capitals) for g, e in by_group.items()]
            self._automaton.add_word(form, (form, frozen))
        self._automaton.make_automaton()

    def nearby(self, text: str) -> "Nearby":
        """Return the words of `text`, with its clauses, sentences and quotations."""
        form, offsets = scan_form(text)
        found: dict[Group, list[Word]] = {"negation": [], "reports": [], "actors": []}
        for last, (word, entries) in self._automaton.iter(form) if len(self._automaton) else ():
            start, end = last + 1 - len(word), last + 1
            if _has_latin_edge(word) and not whole_word(form, start, end):
                continue
            for group, roles, name, capitals in entries:
                if not capitals or offsets.to_original(Span(start, end)).quote(text).isupper():
                    found[group].append(Word(start, end, word, roles, name))
        return Nearby(text, form, offsets, {group: _standing(words) for group, words in found.items()})


class Nearby:
    """A text, and what stands where in its scan form."""

    def __init__(self, text: str, form: str, offsets: OffsetMap, words: Mapping[Group, list[Word]]) -> None:
        self.text, self.form, self.offsets, self._words = text, form, offsets, words
        self._starts = {group: [w.start for w in found] for group, found in words.items()}
        stops = [m.start() for m in _POINT.finditer(form) if _is_stop(text, offsets.ends[m.start()])]
        self._clause_ends = sorted([*(m.start() for m in _CLAUSE_END.finditer(form)), *stops])
        self._sentence_ends = sorted([*(m.start() for m in _SENTENCE_END.finditer(form)), *stops])
        self.quotations = _quotations(text, offsets)

    def clause(self, at: int) -> tuple[int, int]:
        """Return the half-open range of the clause that holds `at`."""
        return _between(self._clause_ends, at, len(self.form))

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the half-open range of the sentence that holds `at`."""
        return _between(self._sentence_ends, at, len(self.form))

    def words(self, group: Group, start: int = 0, end: int | None = None) -> list[Word]:
        """Return the words of `group` that lie within `[start, end)`, in order."""
        found, starts = self._words[group], self._starts[group]
        end = len(self.form) if end is None else end
        chosen = found[bisect_left(starts, start) : bisect_left(starts, end)]
        if chosen and chosen[-1].end > end:
            chosen.pop()
        return chosen

    def quote(self, start: int, end: int) -> str:
        """Return the text's own wording of a range of the form."""
        return self.offsets.to_original(Span(start, end)).quote(self.text)


def _is_stop(text: str, after: int) -> bool:
    """Tell whether a point before `after` ends an English sentence (the scan form lacks the blank behind it)."""
    return after >= len(text) or text[after].isspace() or text[after] in "\"'”’)"


def _has_latin_edge(word: str) -> bool:
    return word[0] < "\u0250" or word[-1] < "\u0250"


def _standing(words: list[Word]) -> list[Word]:
    """Return the earliest, then longest words; a row of short names gives way to a full name across it."""
    full = [w for w in words if "short" not in w.roles]
    rows = [w for w in words if "short" in w.roles and not any(w.start < f.end and f.start < w.end for f in full)]
    out: list[Word] = []
    for word in sorted([*full, *rows], key=lambda w: (w.start, -w.end)):
        if not out or word.start >= out[-1].end:
            out.append(word)
    return out


def _between(ends: list[int], at: int, length: int) -> tuple[int, int]:
    n = bisect_right(ends, at)
    return (ends[n - 1] + 1 if n else 0), (ends[n] if n < len(ends) else length)


def _quotations(text: str, offsets: OffsetMap) -> list[tuple[int, int]]:
    """Return the outermost quotations, marks included; one that is not closed goes on to the end of the text."""
    out: list[tuple[int, int]] = []
    opened, awaited, depth = -1, "", 0
    for match in _QUOTES.finditer(text):
        mark, at = match[0], match.start()
        if opened < 0:
            if mark in _CLOSING or mark == '"':
                opened, awaited, depth = at, _CLOSING.get(mark, mark), 1
        elif mark == awaited:
            depth -= 1
            if not depth:
                out.append((opened, at + 1))
                opened = -1
        elif _CLOSING.get(mark) == awaited:
            depth += 1
        elif mark == "\n" and awaited == '"':  # a straight mark says not which way it looks: none beyond its line
            opened = -1
    if opened >= 0 and awaited != '"':
        out.append((opened, len(text)))
    spans = (offsets.to_derived(Span(a, b)) for a, b in out)
    return [(s.start, s.end) for s in spans if s]
