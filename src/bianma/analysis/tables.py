"""What the coded spans say: counts of codes by article."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bianma.records import CodeId, CoderId, Coding, DocId, Layer, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCount:
    """How often one coder gave one code in one article; `per_1000`: per 1,000 code points of the passages coded."""

    doc: DocId
    coder: CoderId
    layer: Layer
    code: CodeId
    spans: int
    coded_length: int  # code points of cleaned text in the passages this coder finished
    per_1000: float


def code_counts(codings: Iterable[Coding], passages: Iterable[Passage]) -> list[CodeCount]:
    """Count spans per article, coder and code over finished codings, sorted by article, coder, layer and code.

    A code that a coder never gave in an article has no row: its count is zero wherever `coded_length` is positive.
    Raises KeyError if a coding's passage is not among `passages`.
    """
    lengths = {p.id: len(p.text) for p in passages}
    done = [c for c in codings if c.status == "done"]
    coded: Counter[tuple[DocId, CoderId]] = Counter()
    for coding in done:
        coded[coding.doc, coding.coder] += lengths[coding.passage]
    counts = Counter((c.doc, c.coder, s.layer, s.code) for c in done for s in c.spans)
    return [
        CodeCount(
            doc=doc,
            coder=coder,
            layer=layer,
            code=code,
            spans=n,
            coded_length=coded[doc, coder],
            per_1000=1000 * n / coded[doc, coder],
        )
        for (doc, coder, layer, code), n in sorted(counts.items())
    ]
