"""The lexicon: all cues of some codes in one Aho–Corasick automaton, and the rules by which finds stand or fall.

Why the scan cannot miss a cue. Text and cues pass through the same two steps. Folding works character by character, so
a cue's folded form stands in the folded text wherever the cue stands in the text, in either script. The scan form then
drops blanks beside Han, and reads a run of blanks and dashes between Latin letters as one blank; a cue never begins or
ends with either, so its scan form does not depend on its neighbours. In that form the automaton reports every
occurrence of every cue, also inside and across other ones. What it reports is dropped for three reasons only, in this
order: a Latin cue inside a longer word, an everyday phrase of the same code around it, a longer find across it.

Spans are half-open code-point ranges of the text that was given in, whatever was folded or dropped.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick

from bianma.codebook.model import Code, Cue
from bianma.corpus.fold import fold
from bianma.corpus.offsets import OffsetMap, derive
from bianma.records import CodeId
from bianma.spans import Span

_GAP = re.compile(r"[\s-]+")  # folding has made every dash one


@dataclass(frozen=True, slots=True)
class Find:
    """A cue of `code` that stands in a text: `span` is what it marks, `term` all that had to stand there."""

    code: CodeId
    cue: Cue
    span: Span
    term: Span


@dataclass(frozen=True, slots=True)
class _Entry:
    """What hangs on a literal: a cue with its mark in the scan form, or an everyday phrase (no cue)."""

    code: CodeId
    cue: Cue | None
    mark: tuple[int, int]


class Lexicon:
    """The compiled cues of `codes`. Compile once, scan many texts."""

    def __init__(self, codes: Iterable[Code]) -> None:
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for literal, entry in _entries(codes):
            entries[literal].append(entry)
        self._automaton = ahocorasick.Automaton()
        for literal, found in entries.items():
            self._automaton.add_word(literal, (len(literal), tuple(found)))
        self._automaton.make_automaton()

    def finds(self, text: str) -> list[Find]:
        """Return the finds that stand in `text`, in order of position."""
        cues, everyday = self._scan(text)
        return standing([f for f in cues if not any(p.contains(f.span) for p in everyday.get(f.code, ()))])

    def _scan(self, text: str) -> tuple[list[Find], Mapping[CodeId, Sequence[Span]]]:
        form, offsets = scan_form(text)
        cues: list[Find] = []
        everyday: dict[CodeId, list[Span]] = defaultdict(list)
        for last, (length, entries) in self._automaton.iter(form) if len(self._automaton) else ():
            start = last + 1 - length
            if not _whole_word(form, start, last + 1):
                continue
            for entry in entries:
                span = offsets.to_original(Span(start + entry.mark[0], start + entry.mark[1]))
                if entry.cue is None:
                    everyday[entry.code].append(span)
                else:
                    cues.append(Find(entry.code, entry.cue, span, offsets.to_original(Span(start, last + 1))))
        return cues, everyday


def scan_form(text: str) -> tuple[str, OffsetMap]:
    """Return `text` as it is scanned, with the map back: folded, without the blanks beside Han.

    Between two Latin letters or digits a run of blanks and dashes becomes one blank; elsewhere each dash stays. A line
    break stays, and an ideographic space (U+3000) becomes one: it parts keywords, and no term goes on beyond it.

    >>> scan_form("hub–and–spoke 體 系")[0]
    'hub and spoke体系'
    """
    folded, map_to_text = fold(text)
    kept, written, at = [], [], 0
    for gap in _GAP.finditer(folded):
        if gap.start() > at:
            kept.append((at, gap.start()))
        at = gap.end()
        before, after = folded[gap.start() - 1 : gap.start()], folded[at : at + 1]
        parts = "\u3000" in map_to_text.to_original(Span(*gap.span())).quote(text)
        written.append((gap.start(), at, "\n" if parts else _gap_form(gap[0], before, after)))
    if at < len(folded):
        kept.append((at, len(folded)))
    form, map_to_folded = derive(folded, kept, written)
    return form, map_to_folded.after(map_to_text)


def standing(finds: Iterable[Find]) -> list[Find]:
    """Return those finds that stand, in order of position: the longest first, then the earlier one."""
    chosen: dict[tuple[Span, CodeId], Find] = {}
    for find in sorted(finds, key=_precedence):
        if all(_together(find, other) for other in chosen.values()):
            chosen.setdefault((find.span, find.code), find)
    return sorted(chosen.values(), key=lambda f: (f.span, f.code))


def _precedence(find: Find) -> tuple[int, int, int, str, str]:
    return -len(find.span), find.span.start, -len(find.term), find.code, find.cue.term


def _together(find: Find, other: Find) -> bool:
    """Tell whether both may stand.

    They may if they lie apart; on one range, if neither asked for more around it; overlapping, if the codebook marks
    two codes in one and the same term, as in `[[安全机制]]建设` and `安全[[机制建设]]`.
    """
    if not find.span.overlap(other.span):
        return True
    if find.span == other.span:
        return len(find.term) == len(other.term)
    return find.term == other.term and find.code != other.code


def _entries(codes: Iterable[Code]) -> Iterator[tuple[str, _Entry]]:
    for code in codes:
        for cue in code.cues:
            literal, offsets = scan_form(cue.term)
            mark = offsets.to_derived(Span(*cue.mark))
            if mark:
                yield literal, _Entry(code.id, cue, (mark.start, mark.end))
        for phrase in code.everyday:
            literal, _ = scan_form(phrase)
            yield literal, _Entry(code.id, None, (0, len(literal)))


def _gap_form(gap: str, before: str, after: str) -> str:
    if _is_latin(before) and _is_latin(after):
        return " "
    return "\n" if "\n" in gap or "\r" in gap else "".join(gap.split())


def _whole_word(form: str, start: int, end: int) -> bool:
    """Tell whether no Latin letter goes on beyond a Latin edge, and no digit beyond a digit."""
    return not (_joined(form[start - 1 : start], form[start]) or _joined(form[end - 1], form[end : end + 1]))


def _joined(left: str, right: str) -> bool:
    if left.isdigit() or right.isdigit():
        return left.isdigit() and right.isdigit()
    return _is_latin(left) and _is_latin(right)


def _is_latin(char: str) -> bool:
    return char.isalnum() and (char < "\u0250" or unicodedata.name(char, "").startswith("LATIN"))
