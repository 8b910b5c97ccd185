from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.agreement import span_f1
from bianma.records import CodebookRef, CodedSpan, CodedSpanId, CodeId, CoderId, Coding, DocId, PassageId


def span(code, start, end, layer="concept"):
    quote = "字" * (end - start)
    return CodedSpan(
        id=CodedSpanId(f"{code}{start}-{end}"), layer=layer, code=CodeId(code), start=start, end=end,
        quote=quote, text=quote, origin="new",
    )  # fmt: skip


def coding(coder, spans, passage="p1", status="done"):
    return Coding(
        coder=CoderId(coder), doc=DocId("d"), passage=PassageId(passage), status=status, at="2026-01-01T00:00:00Z",
        codebook=CodebookRef("c@1+0"), text_sha="0", spans=tuple(spans),
    )  # fmt: skip


A4, A4_WIDER, A4_INSIDE, B = span("a", 0, 4), span("a", 0, 6), span("a", 1, 3), span("b", 8, 10)


@pytest.mark.parametrize(
    ("first", "second", "match", "expected"),
    [
        ([A4, B], [B, A4], "exact", Fraction(4, 4)),  # saved in another order: still exactly 1
        ([A4], [A4_WIDER], "exact", Fraction(0, 2)),
        ([A4], [A4_WIDER], "overlap", Fraction(2, 2)),  # IoU 4/6
        ([A4, A4_INSIDE], [A4], "exact", Fraction(2, 3)),  # a nested mention that one missed costs
        ([A4, A4_INSIDE], [A4], "overlap", Fraction(2, 3)),  # one-to-one: both lie over the same span, one counts
        ([A4], [span("b", 0, 4)], "overlap", Fraction(0, 2)),  # sibling code
        ([], [A4], "overlap", Fraction(0, 1)),  # saw it, marked nothing
    ],
)
def test_hand_counted(first, second, match, expected):
    result = span_f1([coding("x", first)], [coding("y", second)], layer="concept", match=match)
    assert result.overall.value == pytest.approx(float(expected))


def test_nothing_marked_by_either_is_undefined_with_a_reason():
    result = span_f1([coding("x", [])], [coding("y", [])], layer="concept", match="exact")
    assert result.overall.value is None
    assert result.overall.reason == "neither coder marked a span"
    assert result.passages == 1


def test_passages_that_one_skipped_or_never_saw_are_set_aside():
    first = [coding("x", [A4]), coding("x", [A4], "p2"), coding("x", [A4], "p3")]
    second = [coding("y", [A4]), coding("y", [], "p2", status="skipped")]
    result = span_f1(first, second, layer="concept", match="exact")
    assert (result.overall.value, result.passages, result.only_one) == (1.0, 1, 2)


def test_layers_are_compared_apart():
    both = [coding("x", [A4, span("claim", 0, 20, "function")])]
    result = span_f1(both, [coding("y", [A4])], layer="concept", match="exact")
    assert list(result.per_code) == ["a"]


def test_a_greedy_matching_would_be_one_short():
    # a0 may pair with b0 or b1, a1 only with b0: the maximum is two pairs, in whatever order they are tried
    first = [span("a", 0, 10), span("a", 3, 13)]
    second = [span("a", 2, 12), span("a", 0, 6)]
    for a, b in ((first, second), (first[::-1], second[::-1]), (second, first)):
        assert span_f1([coding("x", a)], [coding("y", b)], layer="concept", match="overlap").overall.matched == 2


def test_several_coders_on_one_side_are_refused():
    with pytest.raises(ValueError, match="of 2"):
        span_f1([coding("x", []), coding("z", [], "p2")], [coding("y", [])], layer="concept", match="exact")


marked = st.lists(
    st.builds(lambda c, s, n: span(c, s, s + n), st.sampled_from("ab"), st.integers(0, 12), st.integers(1, 8)),
    max_size=7,
)


@given(marked, marked, st.sampled_from(["exact", "overlap"]))
def test_symmetric_and_never_above_one(first, second, match):
    there = span_f1([coding("x", first)], [coding("y", second)], layer="concept", match=match)
    back = span_f1([coding("y", second)], [coding("x", first)], layer="concept", match=match)
    assert there.overall.value == back.overall.value
    assert there.overall.matched <= min(len(first), len(second))
    assert sum(f.matched for f in there.per_code.values()) == there.overall.matched
