import pytest

from bianma.codebook.model import Cue, Record
from bianma.suggest.scores import KIND_PRIOR, kind_of, made, probability

LONG, SHORT = Cue("安全机制", (0, 4)), Cue("对冲", (0, 2))


def test_without_a_record_the_kind_decides():
    assert probability(Record(), "f.a", LONG) == pytest.approx(KIND_PRIOR["compound"])
    assert probability(Record(), "f.a", SHORT) == pytest.approx(KIND_PRIOR["short"])


def test_shares_are_drawn_towards_the_wider_ones():
    record = made([("f.a", SHORT, True)] * 3 + [("f.a", SHORT, False)])
    kind = (3 + 20 * KIND_PRIOR["short"]) / 24
    code = (3 + 6 * kind) / 10
    assert probability(record, "f.a", SHORT) == pytest.approx((3 + 3 * code) / 7)
    assert probability(record, "f.b", SHORT) == pytest.approx(kind)  # another code, nothing known but the kind


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        (LONG, "compound"),
        (Cue("外交官", (0, 3)), "term"),
        (SHORT, "short"),
        (Cue("充当砝码", (2, 4)), "marked"),
        (Cue("regime", (0, 6)), "latin"),
        (Cue("{a}b", (0, 0), kind="pattern"), "pattern"),
    ],
)
def test_kinds(cue, kind):
    assert kind_of(cue) == kind
