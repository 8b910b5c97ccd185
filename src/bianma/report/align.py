"""Raw and clean side by side: which passage each raw character went into, and what became of it."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bianma.records import CODED_KINDS, Kind, Passage

Piece = tuple[int, int, int]  # a raw range and the place of its passage

_BREAK = re.compile(r"[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_MUCH = 0.4  # of what was cut into passages; above it, other articles' text and furniture are worth a look
_LITTLE = 0.3  # running text, below which the same holds
_LOST = 0.15  # of a source without tags, in no passage at all


@dataclass(frozen=True, slots=True)
class RawRun:
    """Raw code points `[start, end)` that went the same way: into passage `owner` (its place in the list) or nowhere.

    `kept`: they stand in the passage's text. Otherwise they were left out or replaced there.
    """

    start: int
    end: int
    owner: int | None
    kept: bool


@dataclass(frozen=True, slots=True)
class CleanRun:
    """A stretch of a passage's text that stands for raw `[start, end)`; `written` by cleaning, else copied."""

    text: str
    start: int
    end: int
    written: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Neighbouring raw runs of one passage, or of none; `first`: the passage had no row before."""

    owner: int | None
    runs: tuple[RawRun, ...]
    first: bool


def raw_runs(raw: str, passages: Sequence[Passage]) -> list[RawRun]:
    """Return the runs of the whole of `raw`, in order, without a gap: joined, they spell it.

    What lies between two passages goes to the one whose line it stands on; whole lines in between go to the former
    if they are blank, else to none.
    """
    copied = sorted((a, b, n) for n, p in enumerate(passages) for a, b in p.spans)
    pieces = sorted(
        [*((*piece, True) for piece in copied), *((*piece, False) for piece in _replaced(copied, passages))]
    )
    runs: list[RawRun] = []
    at, before = 0, None
    for start, end, owner, kept in [*pieces, (len(raw), len(raw), None, False)]:
        if at < start:
            runs += _between(raw, at, start, before, owner)
        if max(at, start) < end:
            runs.append(RawRun(max(at, start), end, owner, kept=kept))
            at, before = end, owner
    return runs


def _replaced(copied: Sequence[Piece], passages: Sequence[Passage]) -> Iterator[Piece]:
    """Yield what passages have other text for, unless another passage stands in it (a sentence joined over a note)."""
    starts = [a for a, _, _ in copied]
    for n, passage in enumerate(passages):
        for a, b, _ in passage.edits:
            i = bisect_left(starts, a)
            alone = (i == len(copied) or b <= starts[i]) and (i == 0 or copied[i - 1][1] <= a)
            if a < b and alone:
                yield a, b, n


def _between(raw: str, start: int, end: int, before: int | None, after: int | None) -> Iterator[RawRun]:
    """Yield the runs of a gap between the passages `before` and `after`."""
    if before == after:
        yield RawRun(start, end, before, kept=False)
        return
    breaks = [m.start() for m in _BREAK.finditer(raw, start, end)]
    middle, last = (breaks[0], breaks[-1] + 1) if breaks else (end, end) if after is None else (start, start)
    lines = before if raw[middle:last].isspace() else None
    for a, b, owner in ((start, middle, before), (middle, last, lines), (last, end, after)):
        if a < b:
            yield RawRun(a, b, owner, kept=False)


def rows(runs: Iterable[RawRun]) -> list[Row]:
    """Return the runs as rows: a passage that a note or a page head interrupts has several."""
    seen: set[int | None] = {None}
    found: list[Row] = []
    for owner, group in groupby(runs, key=lambda run: run.owner):
        found.append(Row(owner, tuple(group), first=owner not in seen))
        seen.add(owner)
    return found


def clean_runs(raw: str, passage: Passage) -> list[CleanRun]:
    """Return the runs of the passage's text, in order: joined, they spell it (see `corpus.offsets.derive`)."""
    copied = [CleanRun(raw[a:b], a, b, written=False) for a, b in passage.spans]
    written = [CleanRun(text, a, b, written=True) for a, b, text in passage.edits]
    return sorted([*copied, *written], key=lambda run: (run.start, run.end))


def extent(passage: Passage) -> tuple[int, int]:
    """Return the raw range from the first to the last character that the passage's text stands for."""
    ranges = [*passage.spans, *((a, b) for a, b, _ in passage.edits)]
    return min((a for a, _ in ranges), default=0), max((b for _, b in ranges), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How many raw characters, white space not counted, went into passages of each kind, and into none.

    `tagged`: the source has tags (HTML), which no passage holds.
    """

    kinds: dict[Kind, int]
    left_out: int
    tagged: bool

    @property
    def total(self) -> int:
        """All characters but white space."""
        return self.kept + self.left_out

    @property
    def kept(self) -> int:
        """Those in passages."""
        return sum(self.kinds.values())

    @property
    def running(self) -> int:
        """Those in passages that coders see."""
        return sum(n for kind, n in self.kinds.items() if kind in CODED_KINDS)

    def of(self, *kinds: Kind) -> int:
        """Those in passages of `kinds`."""
        return sum(self.kinds.get(kind, 0) for kind in kinds)

    def odd(self) -> list[str]:
        """Return the names of what is out of the ordinary: see `words.WARNINGS`."""
        found = {
            "nothing": not self.kept,
            "foreign": self.of("foreign") > _MUCH * self.kept,
            "furniture": self.of("furniture") > _MUCH * self.kept,
            "little": bool(self.kept) and self.running < _LITTLE * self.kept,
            "lost": not self.tagged and self.left_out > _LOST * self.total,
        }
        return [name for name, is_so in found.items() if is_so]


def shares(raw: str, passages: Sequence[Passage], runs: Iterable[RawRun], *, tagged: bool) -> Shares:
    """Count what became of the raw characters that are not white space."""
    kinds: Counter[Kind] = Counter()
    left_out = 0
    for run in runs:
        size = sum(map(len, raw[run.start : run.end].split()))
        if run.kept and run.owner is not None:
            kinds[passages[run.owner].kind] += size
        else:
            left_out += size
    return Shares(kinds=dict(kinds), left_out=left_out, tagged=tagged)
