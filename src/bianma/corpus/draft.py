"""Draft: a stretch of the raw text while it is cleaned. Every verb returns a new draft, and every character of a draft
knows the raw range it stands for, so that whatever the verbs did can be recorded as spans and edits.

A draft is held as runs, not character by character: cleaning touches few places, and what lies between costs nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from bianma.corpus.offsets import Edit

Range = tuple[int, int]


class Run(NamedTuple):
    """Characters of a draft from `at` to the next run: copied from `raw[start:end]`, or all `written` in its place."""

    at: int
    start: int
    end: int
    written: bool = False


_AT: Callable[[Run], int] = itemgetter(0)


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, and never changed
class Draft:
    """`text`, and the runs that tell what each of its characters stands for, in order and without gaps."""

    text: str
    runs: tuple[Run, ...]

    @property
    def start(self) -> int:
        """Where in the raw text the first character comes from."""
        return self.runs[0].start

    @property
    def end(self) -> int:
        """Where in the raw text the last character ends."""
        return self.runs[-1].end

    def slice(self, start: int, end: int) -> "Draft":
        """Return the characters `[start, end)`."""
        if start <= 0 and end >= len(self.text):
            return self
        runs = _cut(self.runs, max(start, 0), min(end, len(self.text)))
        return Draft(self.text[max(start, 0) : end], tuple(runs))

    def original(self, at: int) -> Range:
        """Return the raw range that character `at` stands for."""
        run = self.runs[bisect_right(self.runs, at, key=_AT) - 1]
        return (run.start, run.end) if run.written else (run.start + at - run.at, run.start + at - run.at + 1)

    def __add__(self, other: "Draft") -> "Draft":
        return join((self, other))


EMPTY = Draft("", ())


def take(raw: str, part: Range) -> Draft:
    """Copy one range of the raw text."""
    start, end = part
    return Draft(raw[start:end], (Run(0, start, end),)) if start < end else EMPTY


def copies(raw: str, parts: Iterable[Range]) -> Draft:
    """Copy several ranges of the raw text, one after the other."""
    texts: list[str] = []
    runs: list[Run] = []
    at = 0
    for start, end in parts:
        if start < end:
            texts.append(raw[start:end])
            runs.append(Run(at, start, end))
            at += end - start
    return Draft("".join(texts), tuple(runs))


def write(text: str, part: Range) -> Draft:
    """Write `text` in place of a raw range."""
    return Draft(text, (Run(0, part[0], part[1], True),)) if text else EMPTY


def holes(pattern: re.Pattern[str], text: str) -> list[Range]:
    """Return the ranges of `text` that `pattern` wants left out: its matches, but for a part in the group `keep`."""
    if "keep" not in pattern.groupindex:
        return [span for match in pattern.finditer(text) if (span := match.span())[0] < span[1]]
    found: list[Range] = []
    for match in pattern.finditer(text):
        kept = match.span("keep") if match["keep"] is not None else (match.end(),) * 2
        found += [r for r in ((match.start(), kept[0]), (kept[1], match.end())) if r[0] < r[1]]
    return found


def without(draft: Draft, parts: Sequence[Range]) -> Draft:
    """Leave out the given ranges of the draft's text, which are in order."""
    if not parts:
        return draft
    text, runs = draft.text, draft.runs
    pieces: list[str] = []
    kept: list[Run] = []
    at = length = 0
    for start, end in (*parts, (len(text), len(text))):
        if at < start:
            pieces.append(text[at:start])
            kept += _cut(runs, at, start, length)
            length += start - at
        at = max(at, end)
    return Draft("".join(pieces), tuple(kept))


def drop(draft: Draft, *patterns: re.Pattern[str]) -> Draft:
    """Leave out what one pattern after the other matches (see `holes`)."""
    for pattern in patterns:
        draft = without(draft, holes(pattern, draft.text))
    return draft


def join(drafts: Iterable[Draft]) -> Draft:
    """Put drafts together, in order."""
    parts = [draft for draft in drafts if draft.text]
    if len(parts) == 1:
        return parts[0]
    runs: list[Run] = []
    length = 0
    for part in parts:
        runs += [Run(at + length, start, end, written) for at, start, end, written in part.runs]
        length += len(part.text)
    return Draft("".join([part.text for part in parts]), tuple(runs))


def trim(draft: Draft) -> Draft:
    """Leave out white space at both ends."""
    bare = draft.text.strip()
    if len(bare) == len(draft.text):
        return draft
    start = len(draft.text) - len(draft.text.lstrip())
    return draft.slice(start, start + len(bare))


def through(draft: Draft, first: Draft) -> Draft:
    """Return `draft`, which was made from the text of `first`, as made from the raw text of `first`."""
    return join(_through(run, draft.text[run.at : at], first) for run, at in _ended(draft))


def record(draft: Draft, raw: str) -> tuple[tuple[Range, ...], tuple[Edit, ...]]:
    """Return the spans that were copied and the edits that were written: with them `derive` spells the draft again.

    What was written in place of the same characters counts as copied.
    """
    if len(draft.runs) == 1 and not draft.runs[0].written:
        return ((draft.start, draft.end),), ()
    spans: list[Range] = []
    edits: list[Edit] = []
    for start, end, written in _pieces(draft):
        if written is not None and raw[start:end] != written:
            edits.append((start, end, written))
        elif spans and spans[-1][1] == start and not (edits and edits[-1][0] == start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans), tuple(edits)


def _pieces(draft: Draft) -> list[tuple[int, int, str | None]]:
    """Return the runs with what was written; the parts of one written piece are put together again."""
    found: list[tuple[int, int, str | None]] = []
    for run, at in _ended(draft):
        written = draft.text[run.at : at] if run.written else None
        start, end, before = found[-1] if found else (0, 0, None)
        if written is not None and before is not None and run.start < end:
            found[-1] = (start, max(end, run.end), before + written)
        else:
            found.append((run.start, run.end, written))
    return found


def _ended(draft: Draft) -> Iterable[tuple[Run, int]]:
    """Yield each run with where it ends in the text."""
    return zip(draft.runs, [*(run.at for run in draft.runs[1:]), len(draft.text)], strict=False)


def _cut(runs: Sequence[Run], start: int, end: int, to: int = 0) -> list[Run]:
    """Return the runs of `[start, end)`, the first at `to`."""
    if start >= end:
        return []
    shift = to - start
    n = bisect_right(runs, start, key=_AT) - 1 if len(runs) > 1 else 0
    found: list[Run] = []
    while n < len(runs) and runs[n].at < end:
        at, raw_start, raw_end, written = runs[n]
        skip = max(0, start - at)
        if not written:
            length = raw_end - raw_start
            raw_start, raw_end = raw_start + skip, raw_start + min(length, end - at)
        found.append(Run(at + skip + shift, raw_start, raw_end, written))
        n += 1
    return found


def _through(run: Run, text: str, first: Draft) -> Draft:
    if not run.written:
        return first.slice(run.start, run.end)
    solid = [part for part in _cut(first.runs, run.start, run.end) if part.start < part.end]
    if solid:
        return write(text, (solid[0].start, solid[-1].end))
    before = first.original(run.start - 1)[1] if run.start else 0
    after = first.original(run.start)[0] if run.start < len(first.text) else before
    return write(text, (after, max(after, before)))
