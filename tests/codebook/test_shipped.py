from pathlib import Path

import pytest

from bianma.codebook import check, load
from bianma.suggest import find

FOLDER = Path(__file__).parents[2] / "codebook"

CODES = {
    "security_regime": "regime principle norm rule procedure obligation condition stage confidence_building "
    "crisis_avoidance institutionalisation spillover autonomy misperception",
    "alliance_dilemma": "dilemma abandonment entrapment asymmetry burden_sharing commitment management autonomy "
    "network security_dilemma",
    "balance_of_interests": "theory convergence divergence national_interest bandwagoning balancing hedging "
    "rival_theory threat_perception",
    "role_theory": "role self_conception expectation conflict transition merging balancer follower exploiter agent "
    "mediator aspiration",
}
FUNCTIONS = "definition claim mechanism evidence attribution rebuttal prognosis other"


@pytest.fixture(scope="module")
def book():
    return load(FOLDER)


def test_the_shipped_codebook_has_no_findings():
    assert [str(f) for f in check(FOLDER, find=find)] == []


def test_the_ids_that_codings_refer_to_are_all_there(book):
    assert {c.id for c in book.concepts} == {
        f"{family}.{code}" for family, codes in CODES.items() for code in codes.split()
    }
    assert {f.id for f in book.functions} == set(FUNCTIONS.split())
    assert len(book.codes) == 45 + 8


def test_definitions_go_back_to_a_work(book):
    assert all(1900 <= code.source.year <= 2030 and code.source.title for code in book.codes.values())
