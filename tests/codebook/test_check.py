import pytest

from bianma.codebook import check
from bianma.codebook.check import _TRADITIONAL, is_traditional
from bianma.corpus import fold
from bianma.errors import CodebookError
from bianma.suggest import find


def findings(folder, *, find=find):
    return [str(f).removeprefix(f"{folder.as_posix()}/") for f in check(folder, find=find)]


def test_a_good_codebook_has_no_findings(make):
    assert findings(make()) == []


FOUND = [
    pytest.param(
        ("role.yaml", "cues: [追随者]", "cues: [追随者, 跟班, 追随者]"),
        "role.yaml:46: error: role.follower: the cue '追随者' stands twice, first in line 46; delete one",
        id="cue twice",
    ),
    pytest.param(
        ("role.yaml", "cues: [追随者]", "cues: [Follower, ｆｏｌｌｏｗｅｒ, 追随者]"),
        "the cue 'ｆｏｌｌｏｗｅｒ' stands twice",
        id="cue twice in another width and case",
    ),
    pytest.param(
        ("role.yaml", "cues: [追随者]", "cues: [追随者, 平衡者]"),
        "role.yaml:46: error: role.follower: role.balancer has the same cue '平衡者'",
        id="clash",
    ),
    pytest.param(
        ("functions.yaml", "cues: [可见]", "cues: [可见, 从而]"),
        "functions.yaml:28: warning: mechanism: claim has the same cue '从而'",
        id="marker shared by functions",
    ),
    pytest.param(
        ("role.yaml", "- 平衡者牌", "- 平衡者"),
        "role.yaml:24: error: role.balancer: the cue '平衡者' is never found, for everyday holds '平衡者'",
        id="cue in its own everyday list",
    ),
    pytest.param(
        ("role.yaml", "- 平衡者牌", "- 天平"),
        "role.yaml:27: warning: role.balancer: the everyday phrase '天平' holds no cue",
        id="everyday phrase without effect",
    ),
    pytest.param(
        ("regime.yaml", "        - 各方建立了[[安全机制]]。\n", ""),
        "regime.yaml:6: error: regime.regime: at least 3 positive examples are needed, there are 2",
        id="two positive examples",
    ),
    pytest.param(
        ("regime.yaml", "        - 他们每年会面一次。\n", ""),
        "regime.yaml:6: error: regime.regime: at least 2 negative examples are needed, there is 1",
        id="one negative example",
    ),
    pytest.param(
        ("regime.yaml", "區域[[安全機制]]", "区域[[安全机制]]"),
        "regime.yaml:6: warning: regime.regime: no example is written in traditional characters",
        id="nothing in traditional characters",
    ),
    pytest.param(
        ("role.yaml", "扮演[[平衡者]]", "扮[[演平衡者]]"),
        "role.yaml:17: error: role.balancer, positive example 1: "
        "expected 该国在两强之间扮[[演平衡者]]。, found 该国在两强之间扮演[[平衡者]]。",
        id="found, but not as marked",
    ),
    pytest.param(
        ("role.yaml", "- 平衡者\n", "- 均衡者\n"),
        "positive example 1: expected 该国在两强之间扮演[[平衡者]]。, found nothing",
        id="not found",
    ),
    pytest.param(
        ("regime.yaml", "cues: [安全机制]", "cues: [安全机制, 扮演平衡者]"),
        "found nothing ([[扮演平衡者]] is regime.regime)",
        id="not found, since another code took it",
    ),
    pytest.param(
        ("role.yaml", "    everyday:\n      - 平衡者牌\n", ""),
        "role.yaml:22: error: role.balancer, negative example 2: "
        "must not be found, but is: 这家公司只卖[[平衡者]]牌体重秤。",
        id="negative example found",
    ),
    pytest.param(
        ("role.yaml", "- 充当[[砝码]]\n", "- 充当[[砝码]]\n      - 在两边之间来回找平\n"),
        "role.yaml:19: warning: role.balancer, positive example 3: now found as marked; drop beyond_cues",
        id="no longer beyond cues",
    ),
    pytest.param(
        ("functions.yaml", "cues: [可见]", "cues: [{term: 分裂, weight: 9}]"),
        "functions.yaml:26: error: mechanism, positive example 3: "
        "expected this function, found claim: 压力导致分裂，从而削弱同盟。",
        id="another function is stronger",
    ),
    pytest.param(
        ("functions.yaml", "[这导致了冲突。,", "[他摇头。,"),
        "functions.yaml:14: error: claim, negative example 1: must not be found, but is: [[他摇头。]]",
        id="the default takes a negative example",
    ),
]


@pytest.mark.parametrize(("edit", "said"), FOUND)
def test_findings_name_file_line_and_remedy(make, edit, said):
    found = findings(make(edit))
    assert any(said in f for f in found), found


def test_a_file_that_no_line_names(make):
    folder = make()
    (folder / "old.yaml").write_text("id: old\n", encoding="utf-8")
    assert findings(folder) == ["old.yaml:1: warning: no part of the codebook: codebook.yaml does not name it"]


def test_findings_come_in_the_order_of_files_and_lines(make):
    folder = make(("role.yaml", "- 平衡者牌", "- 天平"), ("regime.yaml", "區域[[安全機制]]", "区域[[安全机制]]"))
    found = check(folder, find=find)
    assert found == sorted(found)
    assert len(found) == 3  # the everyday phrase does nothing, its negative example is found, nothing is traditional


def test_a_codebook_that_does_not_load_is_not_checked(make):
    with pytest.raises(CodebookError):
        check(make(("role.yaml", "id: role\n", "")), find=find)


@pytest.mark.parametrize(
    ("text", "expected"), [("區域安全機制", True), ("区域安全机制威胁同盟", False), ("alliance", False)]
)
def test_traditional(text, expected):
    assert is_traditional(text) is expected


def test_the_list_of_traditional_characters_holds_no_simplified_one():
    assert [c for c in _TRADITIONAL if fold(c)[0] == c] == []
