"""Draft: a stretch of the raw text while it is cleaned. Every verb returns a new draft, and every character of a draft
knows the raw range it stands for, so that whatever the verbs did can be recorded as spans and edits.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from bianma.corpus.offsets import Edit

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """`text[i]` stands for `raw[starts[i]:ends[i]]`; it was copied where that is the same character, else written."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def slice(self, start: int, end: int) -> "Draft":
        """Return the characters `[start, end)`."""
        return Draft(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def __add__(self, other: "Draft") -> "Draft":
        return Draft(self.text + other.text, self.starts + other.starts, self.ends + other.ends)


EMPTY = Draft("", (), ())


def take(raw: str, part: Range) -> Draft:
    """Copy one range of the raw text."""
    start, end = part
    return Draft(raw[start:end], tuple(range(start, end)), tuple(range(start + 1, end + 1)))


def write(char: str, part: Range) -> Draft:
    """Write one character in place of a raw range."""
    return Draft(char, (part[0],), (part[1],))


def holes(pattern: re.Pattern[str], text: str) -> list[Range]:
    """Return the ranges of `text` that `pattern` wants left out: its matches, but for a part in the group `keep`."""
    found: list[Range] = []
    for match in pattern.finditer(text):
        kept = match.span("keep") if "keep" in pattern.groupindex and match["keep"] is not None else (match.end(),) * 2
        found += [r for r in ((match.start(), kept[0]), (kept[1], match.end())) if r[0] < r[1]]
    return found


def without(draft: Draft, parts: Sequence[Range]) -> Draft:
    """Leave out the given ranges of the draft's text, which are in order and do not overlap."""
    if not parts:
        return draft
    edges = [0, *(i for part in parts for i in part), len(draft.text)]
    return join(draft.slice(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))


def drop(draft: Draft, *patterns: re.Pattern[str]) -> Draft:
    """Leave out what one pattern after the other matches (see `holes`)."""
    for pattern in patterns:
        draft = without(draft, holes(pattern, draft.text))
    return draft


def join(drafts: Iterable[Draft]) -> Draft:
    """Put drafts together, in order."""
    parts = list(drafts)
    return Draft(
        "".join(p.text for p in parts),
        tuple(chain.from_iterable(p.starts for p in parts)),
        tuple(chain.from_iterable(p.ends for p in parts)),
    )


def trim(draft: Draft) -> Draft:
    """Leave out white space at both ends."""
    start = len(draft.text) - len(draft.text.lstrip())
    return draft.slice(start, max(start, len(draft.text.rstrip())))


def record(draft: Draft, raw: str) -> tuple[tuple[Range, ...], tuple[Edit, ...]]:
    """Return the spans that were copied and the edits that were written: with them `derive` spells the draft again."""
    spans: list[Range] = []
    edits: list[Edit] = []
    for char, start, end in zip(draft.text, draft.starts, draft.ends, strict=True):
        if raw[start:end] != char:
            edits.append((start, end, char))
        elif spans and spans[-1][1] == start and not (edits and edits[-1][0] == start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans), tuple(edits)
