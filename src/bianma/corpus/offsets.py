"""OffsetMap: from a derived text (cleaned, folded) to the text it came from, and back.

Each code point of the derived text knows the range of the original that it stands for. A copied character stands for
itself, a written one for the range it replaced, an inserted one for an empty range. Maps compose, so a folded view of a
cleaned passage leads straight to the raw source.

Bias, chosen once: a derived span becomes the *smallest* original range that holds what its characters stand for. What
was left out or inserted at an edge stays outside; what was left out between two characters of the span lies inside.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bianma.errors import SpanError
from bianma.records import Passage
from bianma.spans import Span

Edit = tuple[int, int, str]  # (start, end, written), in the original's code points


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """`starts[i], ends[i]`: the original range of derived code point i. Both sequences never decrease."""

    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.starts)

    def to_original(self, span: Span) -> Span:
        """Return the original range of a derived span.

        Raises SpanError if the span ends beyond the derived text, or holds inserted characters only.
        """
        if span.end > len(self):
            raise SpanError(f"[{span.start}, {span.end}) ends beyond the derived text of {len(self)} code points")
        start, end = self._without_inserted(span.start, span.end)
        if start == end:
            raise SpanError(f"[{span.start}, {span.end}) holds inserted characters only: nothing in the source to name")
        return Span(self.starts[start], self.ends[end - 1])

    def to_derived(self, span: Span) -> Span | None:
        """Return the derived span of what stands for some of the original `span`; None if nothing does."""
        start, end = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        start, end = self._without_inserted(start, end)
        return Span(start, end) if start < end else None

    def _without_inserted(self, start: int, end: int) -> tuple[int, int]:
        """Return the derived range without inserted characters at its ends."""
        while start < end and self.starts[start] == self.ends[start]:
            start += 1
        while start < end and self.starts[end - 1] == self.ends[end - 1]:
            end -= 1
        return start, max(start, end)

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the original range of the derived range, which may be empty.

        Inserted characters at its ends stay outside. A place between two characters is one in the original, after what
        was left out there; a place inside what was written for one range is that range.
        """
        start, end = self._without_inserted(start, end)
        if start < end:
            return self.starts[start], self.ends[end - 1]
        before = self.ends[start - 1] if start else 0
        after = self.starts[start] if start < len(self) else before
        return (after, before) if after < before else (after, after)

    def after(self, first: "OffsetMap") -> "OffsetMap":
        """Return the map from this derived text to the original of `first`, whose derived text is our original."""
        starts, ends = array("l"), array("l")
        for a, b in zip(self.starts, self.ends, strict=True):
            start, end = first.range_of(a, b)
            starts.append(start)
            ends.append(end)
        return OffsetMap(starts, ends)


def derive(original: str, spans: Iterable[tuple[int, int]], edits: Iterable[Edit] = ()) -> tuple[str, OffsetMap]:
    """Build the derived text and its map from what was copied (`spans`) and what was written (`edits`).

    Ranges are given in the code points of `original`, do not overlap, and are read in order of position; an insertion
    (empty range) at the start of a copied range comes before it. Raises SpanError where ranges overlap or lie outside.

    >>> text, offsets = derive("停滞\\n期", [(0, 2), (3, 4)])
    >>> text, offsets.to_original(Span(0, 3))
    ('停滞期', Span(start=0, end=4))
    """
    copied: list[tuple[int, int, str | None]] = [(a, b, None) for a, b in spans]
    pieces = sorted([*copied, *edits], key=lambda p: (p[0], p[1]))
    text: list[str] = []
    starts, ends = array("l"), array("l")
    at = 0
    for a, b, written in pieces:
        if not at <= a <= b <= len(original):
            raise SpanError(f"[{a}, {b}) overlaps an earlier range or ends beyond {len(original)} code points")
        at = b
        if written is None:
            text.append(original[a:b])
            starts.extend(range(a, b))
            ends.extend(range(a + 1, b + 1))
        else:
            text.append(written)
            starts.extend([a] * len(written))
            ends.extend([b] * len(written))
    return "".join(text), OffsetMap(starts, ends)


def passage_map(passage: Passage, raw: str) -> OffsetMap:
    """Return the map from the passage's text to the raw source; SpanError if they no longer belong together."""
    text, offsets = derive(raw, passage.spans, passage.edits)
    if text != passage.text:
        raise SpanError(
            f"passage {passage.id}: the source of {passage.doc} no longer spells the passage's text; it was "
            "changed since `bianma ingest`. Restore the source file, or ingest anew before anything is coded"
        )
    return offsets
