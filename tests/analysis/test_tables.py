from fractions import Fraction

import pytest

from bianma.analysis import code_counts


def test_counts_and_rates_by_hand(make_passage, make_coding):
    first, second = make_passage("甲", "字" * 400), make_passage("甲", "句" * 100, index=1)
    codings = [
        make_coding(first, "lin", [("a", 0, 2), ("a", 5, 7), ("b", 9, 12)]),
        make_coding(second, "lin", []),  # saw it, marked nothing: its length counts
        make_coding(first, "zhou", [("a", 0, 2)]),
        make_coding(second, "zhou", [], status="skipped"),  # not coded: its length does not count
    ]
    rows = {(c.coder, c.code): c for c in code_counts(codings, [first, second])}
    assert [rows["lin", "a"].spans, rows["lin", "b"].spans, rows["zhou", "a"].spans] == [2, 1, 1]
    assert rows["lin", "a"].per_1000 == pytest.approx(float(Fraction(2 * 1000, 500)))
    assert rows["zhou", "a"].per_1000 == pytest.approx(float(Fraction(1 * 1000, 400)))


def test_a_coding_of_an_unknown_passage_is_an_error(make_passage, make_coding):
    with pytest.raises(KeyError):
        code_counts([make_coding(make_passage("甲", "字" * 5), "lin", [])], [])
