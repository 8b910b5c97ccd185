from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.errors import SpanError
from bianma.spans import Span, check_quote

spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda t: Span(t[0], t[0] + t[1]))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2), (-3, -1)])
def test_empty_reversed_and_negative_ranges_are_refused(start, end):
    with pytest.raises(SpanError, match="0 <= start < end"):
        Span(start, end)


@pytest.mark.parametrize(
    ("text", "start", "end", "quote"),
    [
        ("中日安全机制", 2, 6, "安全机制"),
        ("𠮷田認為同盟", 1, 2, "田"),  # an astral Han character is one code point
        ("👨‍👩‍👧 同盟", 6, 8, "同盟"),  # five code points joined to one glyph, then a space
        ("甲\r\n乙", 1, 3, "\r\n"),
    ],
)
def test_quote_counts_code_points(text, start, end, quote):
    assert Span(start, end).quote(text) == quote


def test_quote_beyond_the_text_is_refused():
    with pytest.raises(SpanError, match="ends beyond the text of 2 code points"):
        Span(1, 3).quote("同盟")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (Span(0, 4), Span(0, 4), Fraction(4, 4)),
        (Span(0, 4), Span(2, 6), Fraction(2, 6)),
        (Span(0, 4), Span(4, 8), Fraction(0, 8)),  # half open: they touch, they do not overlap
        (Span(0, 6), Span(2, 4), Fraction(2, 6)),  # nested
    ],
)
def test_iou(a, b, expected):
    assert a.iou(b) == pytest.approx(float(expected))


@given(spans, spans)
def test_overlap_is_what_both_index_sets_share(a, b):
    assert a.overlap(b) == len(set(range(a.start, a.end)) & set(range(b.start, b.end)))
    assert a.iou(b) == b.iou(a)
    assert a.contains(b) == (set(range(b.start, b.end)) <= set(range(a.start, a.end)))


def test_check_quote_names_place_expected_and_found():
    check_quote("中日安全机制", Span(2, 6), "安全机制", where="doc 1")
    with pytest.raises(SpanError, match=r"doc 1: the quote '安全' does not stand at \[0, 2\); found '中日'"):
        check_quote("中日安全机制", Span(0, 2), "安全", where="doc 1")
