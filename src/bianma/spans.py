"""Span: a half-open range of Unicode code points, and its algebra.

Python's own string indices count code points, so `text[start:end]` is the quote of a span, and nothing in this package
counts in another unit. (Label Studio counts code points as well; formats that count UTF-16 units are converted where
they are written.)
"""

from dataclasses import dataclass

from bianma.errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty range `[start, end)` of code points.

    Raises SpanError if the range is empty, reversed or negative.

    >>> Span(2, 6).quote("中日安全机制")
    '安全机制'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(f"[{self.start}, {self.end}) is no span: 0 <= start < end must hold")

    def __len__(self) -> int:
        return self.end - self.start

    def quote(self, text: str) -> str:
        """Return the characters of `text` under the span; SpanError if the span ends beyond the text."""
        if self.end > len(text):
            raise SpanError(f"[{self.start}, {self.end}) ends beyond the text of {len(text)} code points")
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Tell whether `other` lies wholly inside (equal spans contain each other)."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: "Span") -> int:
        """Return the number of code points that both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def iou(self, other: "Span") -> float:
        """Return intersection over union, in [0, 1].

        >>> Span(0, 4).iou(Span(2, 6))
        0.3333333333333333
        """
        inter = self.overlap(other)
        return inter / (len(self) + len(other) - inter)


def check_quote(text: str, span: Span, quote: str, *, where: str) -> None:
    """Raise SpanError, naming `where`, unless `quote` stands at `span` in `text`: the One Rule."""
    found = text[span.start : span.end]
    if found != quote:
        raise SpanError(
            f"{where}: the quote {quote!r} does not stand at [{span.start}, {span.end}); found {found!r}. "
            "The source text was changed after it was coded, or the offsets count in another unit"
        )
