import pytest

from bianma.codebook import load, load_located
from bianma.codebook.model import Bilingual, Cue, Work
from bianma.errors import CodebookError


def problems(folder):
    with pytest.raises(CodebookError) as e:
        load(folder)
    return [str(p).removeprefix(f"{folder.as_posix()}/") for p in e.value.problems]


def line_of(folder, name, text):
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if text in line)


def test_the_model(make):
    book = load(make())
    assert list(book.codes) == ["role.balancer", "role.follower", "regime.regime", "claim", "mechanism"]
    assert book.default_function == "claim"
    balancer = book.codes["role.balancer"]
    assert balancer.label == Bilingual("平衡者", "balancer")
    assert balancer.source == Work("Holsti, K. J.", 1970, "A study", "10.2307/3013584")
    assert balancer.cues == (Cue("平衡者", (0, 3)), Cue("充当砝码", (2, 4)))
    assert (balancer.layer, balancer.hotkey, balancer.everyday) == ("concept", "b", ("平衡者牌",))
    assert balancer.positive[1].marks == ((4, 7), (11, 13))
    assert balancer.positive[2].beyond_cues
    assert book.codes["mechanism"].cues == (Cue("导致", (0, 2), 2.0), Cue("从而", (0, 2)))
    assert book.families[0].colour == "#0072B2"
    assert [(a.id, list(a.values)) for a in book.attributes] == [("polarity", ["asserted", "denied"]), ("actor", [])]
    assert book.ref == f"mini@1.0.0+{book.hash}"


def test_places(make):
    folder = make()
    places = load_located(folder).places
    path = (folder / "role.yaml").as_posix()
    assert places["role.balancer",] == (path, line_of(folder, "role.yaml", "id: balancer"))
    assert places["role.balancer", "cues", 1] == (path, line_of(folder, "role.yaml", "充当[[砝码]]"))
    assert places["role.balancer", "positive", 2] == (path, line_of(folder, "role.yaml", "来回找平"))
    assert places["role.follower", "negative", 0] == (path, line_of(folder, "role.yaml", "导师"))


SAME = [
    pytest.param(("role.yaml", "codes:\n", "codes: # the codes\n\n"), id="comments"),
    pytest.param(("role.yaml", "cues: [追随者]", "cues:\n      - '追随者'"), id="another spelling of the same list"),
    pytest.param(("codebook.yaml", "{zh: 支持, en: supports}", "{en: supports, zh: 支持}"), id="order of keys"),
]


@pytest.mark.parametrize("edit", SAME)
def test_the_hash_is_blind_to_layout(make, edit):
    before = load(make()).hash
    assert load(make(edit)).hash == before
    assert len(before) == 12


def test_the_hash_is_blind_to_the_order_of_attributes(make):
    before = load(make()).hash
    actor = "  actor:\n    label: {zh: 行为体, en: actor}\n    help: {zh: 谁, en: who}\n"
    moved = load(make(("codebook.yaml", actor, ""), ("codebook.yaml", "attributes:\n", f"attributes:\n{actor}")))
    assert [a.id for a in moved.attributes] == ["actor", "polarity"]
    assert moved.hash == before


@pytest.mark.parametrize(
    "edit",
    [
        ("role.yaml", "cues: [追随者]", "cues: [追随者, 跟班]"),
        ("role.yaml", "cues: [追随者]", "cues: ['追[[随者]]']"),  # the same term, another span
        ("functions.yaml", "weight: 2", "weight: 3"),
        ("role.yaml", "zh: 一个定义。", "zh: 另一个定义。"),
        ("codebook.yaml", "[role.yaml, regime.yaml]", "[regime.yaml, role.yaml]"),
    ],
)
def test_the_hash_covers_what_is_said(make, edit):
    assert load(make()).hash != load(make(edit)).hash


# what is done to which file, and what must be said: `file:line` and the remedy
BAD = [
    pytest.param(
        ("codebook.yaml", "role.yaml", "rolle.yaml"),
        ["codebook.yaml:4: there is no file rolle.yaml", "did you mean 'role.yaml'?"],
        id="missing family file",
    ),
    pytest.param(
        ("codebook.yaml", "[role.yaml, regime.yaml]", "[role.yaml, regime.yaml, role.yaml]"),
        ["codebook.yaml:4: role.yaml is listed twice", "keep one"],
        id="family file listed twice",
    ),
    pytest.param(("codebook.yaml", "role.yaml", "../role.yaml"), ["codebook.yaml:4", "same folder"], id="path"),
    pytest.param(
        ("regime.yaml", "id: regime\n", "id: role\n"),
        ["regime.yaml:1: the family id 'role' stands twice, first at", "role.yaml:1"],
        id="duplicate family",
    ),
    pytest.param(
        ("role.yaml", "id: follower", "id: balancer"),
        ["role.yaml:29: the code id 'role.balancer' stands twice", "role.yaml:6"],
        id="duplicate code",
    ),
    pytest.param(
        ("functions.yaml", "    cues: [可见]\n", "    cues: [可见]\n    hotkey: b\n"),
        ["functions.yaml:16: the hotkey 'b' stands twice", "role.yaml:28"],
        id="duplicate hotkey across files",
    ),
    pytest.param(
        ("functions.yaml", "default: claim", "default: clam"),
        ["functions.yaml:1: default: there is no function 'clam', did you mean 'claim'?"],
        id="unknown default",
    ),
    pytest.param(
        ("role.yaml", "    theorist:", "    theoritst:"),
        ["role.yaml:9", "codes[balancer]: unknown key 'theoritst', did you mean 'theorist'?"],
        id="unknown key",
    ),
    pytest.param(("role.yaml", "#0072b2", "#0072b"), ["role.yaml:4: colour", '"#RRGGBB"'], id="colour"),
    pytest.param(
        ("role.yaml", '"#0072b2"', "#0072b2"), ["role.yaml:4", "must be in quotes"], id="colour without quotes"
    ),
    pytest.param(("role.yaml", "year: 1970", "year: 19970"), ["role.yaml:10", "from 1500 to 2100"], id="year"),
    pytest.param(("role.yaml", "doi: 10.", "doi: https://doi.org/10."), ["role.yaml:10", "without https"], id="DOI"),
    pytest.param(("role.yaml", "hotkey: b", "hotkey: 平"), ["role.yaml:28", "one small letter or digit"], id="hotkey"),
    pytest.param(
        ("role.yaml", "该国在两强之间扮演[[平衡者]]。", "该国在两强之间扮演[[平衡者。"),
        ["role.yaml:17: balancer, positive example: [[ and ]] are not balanced", "never closed"],
        id="unbalanced brackets",
    ),
    pytest.param(
        ("role.yaml", "扮演[[平衡者]]", "扮演平衡者"),
        ["role.yaml:17: balancer, positive example: nothing is marked; put every span"],
        id="example without a mark",
    ),
    pytest.param(
        ("role.yaml", "- 秤的平衡由", "- 秤的[[平衡]]由"),
        ["role.yaml:21: balancer, negative example: no [[ ]] belong here"],
        id="negative example with a mark",
    ),
    pytest.param(
        ("role.yaml", "充当[[砝码]]", "[充当][[砝码]]"),
        ["role.yaml:25"],
        id="cue that begins with a bracket",
    ),
    pytest.param(
        ("role.yaml", "- 平衡者\n", "- 平衡者—\n"), ["role.yaml:24", "blank or a dash"], id="cue ends with a dash"
    ),
    pytest.param(
        ("functions.yaml", "[猜疑导致军备竞赛。", "['猜疑[[导致]]军备竞赛。'"),
        ["functions.yaml:26: mechanism, positive example: no [[ ]] belong here"],
        id="function example with a mark",
    ),
    pytest.param(("functions.yaml", "weight: 2", "weight: 0"), ["functions.yaml:28", "above 0"], id="weight"),
    pytest.param(
        ("role.yaml", "label: {zh: 追随者, en: follower}", "label: {zh: 追随者}"),
        ["role.yaml:30: codes[follower].label lacks the key 'en'"],
        id="English missing",
    ),
    pytest.param(
        ("codebook.yaml", "version: 1.0.0", "version: 1.0"), ["codebook.yaml:2", 'in quotes: "1.0"'], id="version"
    ),
]


@pytest.mark.parametrize(("edit", "said"), BAD)
def test_problems_name_file_line_and_remedy(make, edit, said):
    found = problems(make(edit))
    assert any(all(part in problem for part in said) for problem in found), found


def test_all_problems_of_all_files_at_once(make):
    folder = make(
        ("codebook.yaml", "functions.yaml", "missing.yaml"),
        ("role.yaml", "year: 1970", "year: 19970"),
        ("role.yaml", "    theorist:", "    theoritst:"),
        ("regime.yaml", "id: regime\n", "id: regime\nid: regime\n"),
    )
    found = problems(folder)
    assert [p.split(": ")[0] for p in found] == [
        "codebook.yaml:5", "regime.yaml:2", "role.yaml:6", "role.yaml:9", "role.yaml:10",
    ]  # fmt: skip


def test_no_codebook_at_all(tmp_path):
    with pytest.raises(CodebookError, match=r"codebook\.yaml: there is no such file"):
        load(tmp_path)


def test_loading_twice_gives_the_same(make):
    folder = make()
    assert load_located(folder) == load_located(folder)
