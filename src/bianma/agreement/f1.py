"""Span F1 between two coders: 2·TP / (|A| + |B|), TP by one-to-one matching (Hripcsak & Rothschild 2005).

The matching is a maximum one, so the value is the same whichever coder is named first, and in whatever order spans
were saved. Only passages that both coders finished count, those finished without marking anything included.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bianma.records import CodedSpan, CodeId, CoderId, Coding, Layer, PassageId

Match = Literal["exact", "overlap"]
OVERLAP_FLOOR = 0.5  # the least intersection over union at which two spans are the same mention


@dataclass(frozen=True, slots=True, kw_only=True)
class F1:
    """`value` in [0, 1], or None with the `reason` where neither coder marked anything."""

    value: float | None
    matched: int
    first: int  # spans of the first coder
    second: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Span F1 of two coders on one layer, overall and per code.

    `passages`: finished by both; `only_one`: finished by just one of them and set aside.
    """

    coders: tuple[CoderId, CoderId]
    layer: Layer
    match: Match
    passages: int
    only_one: int
    overall: F1
    per_code: Mapping[CodeId, F1]


def span_f1(first: Iterable[Coding], second: Iterable[Coding], *, layer: Layer, match: Match) -> PairAgreement:
    """Compare two coders' codings span by span.

    `match="exact"`: same code and range; `"overlap"`: same code and an intersection over union of at least 0.5.
    Raises ValueError where one side holds no coding, or codings of several coders.
    """
    a, b = _finished(first), _finished(second)
    coders = _coder(a), _coder(b)
    shared = sorted(a.keys() & b.keys())
    matched: Counter[CodeId] = Counter()
    sizes: tuple[Counter[CodeId], Counter[CodeId]] = (Counter(), Counter())
    for passage in shared:
        by_code = _by_code(a[passage], layer), _by_code(b[passage], layer)
        for size, spans in zip(sizes, by_code, strict=True):
            size.update({code: len(marked) for code, marked in spans.items()})
        for code in by_code[0].keys() & by_code[1].keys():
            matched[code] += _matched(by_code[0][code], by_code[1][code], match)
    return PairAgreement(
        coders=coders,
        layer=layer,
        match=match,
        passages=len(shared),
        only_one=len(a.keys() ^ b.keys()),
        overall=_f1(matched.total(), sizes[0].total(), sizes[1].total()),
        per_code={c: _f1(matched[c], sizes[0][c], sizes[1][c]) for c in sorted(sizes[0].keys() | sizes[1].keys())},
    )


def _finished(codings: Iterable[Coding]) -> dict[PassageId, Coding]:
    return {c.passage: c for c in codings if c.status == "done"}


def _coder(codings: Mapping[PassageId, Coding]) -> CoderId:
    coders = {c.coder for c in codings.values()}
    if len(coders) != 1:
        raise ValueError(f"expected the finished codings of one coder, got those of {len(coders)}: {sorted(coders)}")
    return coders.pop()


def _by_code(coding: Coding, layer: Layer) -> dict[CodeId, list[CodedSpan]]:
    out: dict[CodeId, list[CodedSpan]] = defaultdict(list)
    for span in coding.spans:
        if span.layer == layer:
            out[span.code].append(span)
    return out


def _f1(matched: int, first: int, second: int) -> F1:
    if first + second == 0:
        return F1(value=None, matched=0, first=0, second=0, reason="neither coder marked a span")
    return F1(value=2 * matched / (first + second), matched=matched, first=first, second=second)


def _matched(a: Sequence[CodedSpan], b: Sequence[CodedSpan], match: Match) -> int:
    """Return the size of a maximum one-to-one matching, by Kuhn's augmenting paths (a passage's lists are short)."""
    partner: dict[int, int] = {}
    alike = [[j for j, y in enumerate(b) if _same_mention(x, y, match)] for x in a]

    def place(i: int, seen: set[int]) -> bool:
        for j in alike[i]:
            if j not in seen:
                seen.add(j)
                if j not in partner or place(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    return sum(place(i, set()) for i in range(len(a)))


def _same_mention(x: CodedSpan, y: CodedSpan, match: Match) -> bool:
    return x.span == y.span if match == "exact" else x.span.iou(y.span) >= OVERLAP_FLOOR
