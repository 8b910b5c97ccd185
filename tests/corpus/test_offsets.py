import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.corpus.offsets import OffsetMap, derive, passage_map
from bianma.errors import SpanError
from bianma.records import DocId, Passage, passage_id
from bianma.spans import Span

Case = tuple[str, list[tuple[int, int]], list[tuple[int, int, str]]]


@st.composite
def derivations(draw: st.DrawFn, original: str | None = None) -> Case:
    """An original and a way to derive a text from it: at each step copy, leave out, replace or insert."""
    text = original if original is not None else draw(st.text("安全𠮷👩‍\u0301\r\n　ab ", max_size=20))
    spans: list[tuple[int, int]] = []
    edits: list[tuple[int, int, str]] = []
    at = 0
    while at < len(text):
        end = draw(st.integers(at + 1, len(text)))
        what = draw(st.sampled_from(["copy", "copy", "skip", "replace", "insert"]))
        if what in ("copy", "insert"):
            spans.append((at, end))
        if what == "replace":
            edits.append((at, end, draw(st.text("xy ", max_size=3))))
        if what == "insert":
            edits.append((at, at, draw(st.text("xy ", min_size=1, max_size=2))))
        at = end
    return text, spans, edits


def identity(length: int) -> OffsetMap:
    return OffsetMap(list(range(length)), list(range(1, length + 1)))


def same(a: OffsetMap, b: OffsetMap) -> bool:
    return list(a.starts) == list(b.starts) and list(a.ends) == list(b.ends)


def all_spans(length: int) -> list[Span]:
    return [Span(a, b) for a in range(length) for b in range(a + 1, length + 1)]


@given(derivations())
def test_every_derived_character_knows_where_it_comes_from(case: Case) -> None:
    original, spans, edits = case
    text, offsets = derive(original, spans, edits)
    assert len(text) == len(offsets)
    copied = {i for a, b in spans for i in range(a, b)}
    for char, start, end in zip(text, offsets.starts, offsets.ends, strict=True):
        assert 0 <= start <= end <= len(original)
        if start in copied and end == start + 1:
            assert original[start] == char


@given(derivations())
def test_there_and_back_covers_the_span(case: Case) -> None:
    text, offsets = derive(*case)
    for span in all_spans(len(text)):
        try:
            there = offsets.to_original(span)
        except SpanError:
            assert all(offsets.starts[i] == offsets.ends[i] for i in (span.start, span.end - 1))
            continue
        back = offsets.to_derived(there)
        solid = [i for i in range(span.start, span.end) if offsets.starts[i] < offsets.ends[i]]
        assert back is not None
        assert back.start <= solid[0]
        assert solid[-1] < back.end


@given(derivations())
def test_maps_never_run_backwards(case: Case) -> None:
    _, offsets = derive(*case)
    assert list(offsets.starts) == sorted(offsets.starts)
    assert list(offsets.ends) == sorted(offsets.ends)


@given(derivations())
def test_the_identity_changes_no_map_on_either_side(case: Case) -> None:
    text, offsets = derive(*case)
    assert same(offsets.after(identity(len(case[0]))), offsets)
    solid = [i for i in range(len(text)) if offsets.starts[i] < offsets.ends[i]]
    composed = identity(len(text)).after(offsets)
    assert [(composed.starts[i], composed.ends[i]) for i in solid] == [
        (offsets.starts[i], offsets.ends[i]) for i in solid
    ]


@given(st.data())
def test_composition_is_associative(data: st.DataObject) -> None:
    """But where a replaced range begins or ends with what was inserted, which stands for no place of its own."""
    one, first = derive(*data.draw(derivations()))
    two, second = derive(*data.draw(derivations(one)))
    three, third = derive(*data.draw(derivations(two)))
    left, right = third.after(second.after(first)), third.after(second).after(first)
    assert len(left) == len(right) == len(three)
    for i in range(len(three)):
        edges = (third.starts[i], third.ends[i] - 1) if third.starts[i] < third.ends[i] else ()
        if edges and all(
            _stands(second, n) and _stands(first, second.starts[n]) and _stands(first, second.ends[n] - 1)
            for n in edges
        ):
            assert (left.starts[i], left.ends[i]) == (right.starts[i], right.ends[i])


def _stands(offsets: OffsetMap, at: int) -> bool:
    return offsets.starts[at] < offsets.ends[at]


def test_what_was_left_out_inside_lies_inside_and_at_the_edge_outside() -> None:
    _, offsets = derive("停①滞\n期 ", [(0, 1), (2, 3), (4, 5)])
    assert offsets.to_original(Span(0, 2)) == Span(0, 3)
    assert offsets.to_original(Span(2, 3)) == Span(4, 5)
    assert offsets.to_derived(Span(1, 2)) is None


@pytest.mark.parametrize(
    ("spans", "edits"),
    [
        ([(0, 2), (1, 3)], []),  # overlap
        ([(0, 9)], []),  # beyond the text
        ([(2, 1)], []),  # reversed
        ([(0, 2)], [(1, 2, "x")]),  # an edit inside a copied range
    ],
)
def test_ranges_that_do_not_fit_are_refused(spans: list[tuple[int, int]], edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(SpanError):
        derive("abcd", spans, edits)


def test_spans_beyond_the_text_and_insertions_have_no_original() -> None:
    _, offsets = derive("ab", [(0, 2)], [(0, 0, "x")])
    with pytest.raises(SpanError, match="beyond"):
        offsets.to_original(Span(0, 9))
    with pytest.raises(SpanError, match="inserted"):
        offsets.to_original(Span(0, 1))


def test_a_passage_whose_source_was_changed_is_refused() -> None:
    doc = DocId("a")
    passage = Passage(id=passage_id(doc, "安全", 0), doc=doc, index=0, kind="body", text="安全", spans=((0, 2),))
    assert passage_map(passage, "安全阀").to_original(Span(0, 2)) == Span(0, 2)
    with pytest.raises(SpanError, match="ingest"):
        passage_map(passage, "不安全")
