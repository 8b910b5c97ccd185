import pytest

from bianma.codebook.expressions import check_expression
from bianma.errors import PatternError


@pytest.mark.parametrize("source", ["因为.{1,40}所以", "(?<!本文)认为", r"\d{4}年", "^(第[一二三]|首先)"])
def test_bounded_expressions_pass(source):
    assert check_expression(source).pattern == source


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("因为.*所以", "without end"),
        ("(甲+)+乙", "without end"),
        ("(甲{1,50}){1,50}乙", "could try"),
        ("甲{1,900}", "over 200"),
        ("甲|", "nothing stands"),
        ("(甲", "no regular expression"),
        (r"(甲)\1", "refers back"),
    ],
)
def test_others_are_refused_in_one_sentence(source, says):
    with pytest.raises(PatternError, match=says):
        check_expression(source)
