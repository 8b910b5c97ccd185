"""An article's paragraphs as its passes see them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bianma.corpus.paragraphs.clean import Paragraph
from bianma.records import Kind

Known = Mapping[int, Kind]
Pass = Callable[["Whole", Known], dict[int, Kind]]


@dataclass(frozen=True, slots=True)
class Whole:
    """The paragraphs of an article, which of them are Latin, and whether all of it is."""

    paragraphs: Sequence[Paragraph]
    latin: Sequence[bool]
    english: bool

    def unknown(self, known: Known) -> Iterator[tuple[int, Paragraph]]:
        """Yield the paragraphs whose kind is not known yet, with their numbers."""
        return ((n, p) for n, p in enumerate(self.paragraphs) if n not in known)
