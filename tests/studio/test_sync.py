import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.studio.material import CONFIG, annotate, draft, make_task, make_tasks, uids
from tests.studio.proxy import Request, Swallow, proxy

from bianma.errors import StudioError
from bianma.studio import intent as intent_module
from bianma.studio import sync
from bianma.studio.client import Desk
from bianma.studio.intent import Intent, read_intent, write_intent
from bianma.studio.lock import hold
from bianma.studio.project import find_project, leaks, mark_of
from bianma.studio.server import ServerStatus
from bianma.studio.stock import surplus
from bianma.studio.sync import pull, push

pytestmark = pytest.mark.studio


@pytest.fixture(autouse=True)
def small_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "CHUNK", 4)
    monkeypatch.setattr(intent_module, "QUIET", 1.0)
    monkeypatch.setattr("bianma.studio.project.QUIET", 1.0)


@pytest.fixture
def desk(desk_factory: Callable[[str], Desk]) -> Desk:
    return desk_factory("林")


@pytest.fixture
def intent(tmp_path: Path) -> Path:
    return tmp_path / "intent.json"


def test_a_second_push_changes_nothing(desk: Desk, intent: Path) -> None:
    steps: list[tuple[int, int]] = []
    report = push(desk, "twice", CONFIG, make_tasks(10), intent=intent, progress=lambda a, b: steps.append((a, b)))
    assert (report.created, report.sent, report.present) == (True, 10, 0)
    assert steps == [(0, 10), (4, 10), (8, 10), (10, 10)]
    before = desk.export(report.project)
    again = push(desk, "twice", CONFIG, make_tasks(10), intent=intent)
    assert (again.created, again.sent, again.present, again.removed) == (False, 0, 10, 0)
    assert again.project == report.project
    assert desk.export(report.project) == before


def test_what_is_stored_is_what_was_sent(desk: Desk, intent: Path) -> None:
    report = push(desk, "stored", CONFIG, make_tasks(3), intent=intent)
    tasks = desk.get("/api/tasks", project=report.project, fields="all", page_size=10)["tasks"]
    by_uid = {t["data"]["uid"]: t for t in tasks}
    for sent in make_tasks(3):
        stored = by_uid[sent["data"]["uid"]]
        assert stored["data"] == sent["data"]
        assert [p["result"] for p in stored["predictions"]] == [p["result"] for p in sent["predictions"]]


def test_later_tasks_are_added_and_prefill_under_the_first_model_version(desk: Desk, intent: Path) -> None:
    push(desk, "grows", CONFIG, make_tasks(3), intent=intent)
    later = make_tasks(6)
    for task in later:
        task["predictions"][0]["model_version"] = "run-2"
    report = push(desk, "grows", CONFIG, later, intent=intent)
    assert (report.sent, report.present) == (3, 3)
    assert desk.project(report.project)["model_version"] == "run-1"
    assert desk.get(f"/api/projects/{report.project}/model-versions") == {"run-1": 6}


def test_a_lost_model_version_is_set_again(desk: Desk, intent: Path) -> None:
    report = push(desk, "version", CONFIG, make_tasks(2), intent=intent)
    desk.update_project(report.project, {"model_version": ""})
    assert not desk.project(report.project)["model_version"]
    push(desk, "version", CONFIG, make_tasks(2), intent=intent)
    assert desk.project(report.project)["model_version"] == "run-1"


def test_a_changed_text_is_refused_and_named(desk: Desk, intent: Path) -> None:
    push(desk, "changed", CONFIG, make_tasks(3), intent=intent)
    tasks = [make_task(0), make_task(1, text="别的正文：恐惧。"), make_task(2), make_task(3)]
    report = push(desk, "changed", CONFIG, tasks, intent=intent)
    assert report.changed == ("passage-0001",)
    assert (report.sent, report.present) == (1, 2)
    assert max(uids(desk, report.project).values()) == 1


def test_tasks_that_nobody_asked_for_are_named_and_left(desk: Desk, intent: Path) -> None:
    report = push(desk, "strange", CONFIG, make_tasks(4), intent=intent)
    desk.import_tasks(report.project, [{"data": {"text": "手工加入的一段"}}])
    report = push(desk, "strange", CONFIG, make_tasks(2), intent=intent)
    assert report.strange == ("", "passage-0002", "passage-0003")
    assert desk.project(report.project)["task_number"] == 5
    assert pull(desk, "strange", expected=["passage-0000", "gone"]).vanished == ("gone",)


def test_config_and_instruction_are_brought_up_to_date(desk: Desk, intent: Path) -> None:
    push(desk, "config", CONFIG, make_tasks(1), intent=intent)
    newer = CONFIG.replace(
        '<Label value="dilemma.spiral"/>', '<Label value="dilemma.spiral"/><Label value="dilemma.trust"/>'
    )
    report = push(desk, "config", newer, make_tasks(1), intent=intent, instruction="先读全文，再标注。")
    now = desk.project(report.project)
    assert (now["label_config"], now["expert_instruction"], now["show_instruction"]) == (
        newer,
        "先读全文，再标注。",
        True,
    )


def test_a_code_in_use_cannot_be_dropped_and_the_message_says_so(desk: Desk, intent: Path) -> None:
    report = push(desk, "in use", CONFIG, make_tasks(1), intent=intent)
    annotate(desk, next(iter(desk.inventory(report.project)))["id"])
    fewer = CONFIG.replace('<Label value="dilemma.spiral"/>', "")
    with pytest.raises(StudioError, match="still bear a code"):
        push(desk, "in use", fewer, make_tasks(1), intent=intent)
    assert desk.project(report.project)["label_config"] == CONFIG


@pytest.mark.parametrize("title", ["研", "一" * 80])
def test_titles_too_short_and_too_long_for_the_server(desk: Desk, intent: Path, title: str) -> None:
    first = push(desk, title, CONFIG, make_tasks(1), intent=intent)
    assert push(desk, title, CONFIG, make_tasks(1), intent=intent).project == first.project


def test_a_renamed_project_is_still_ours(desk: Desk, intent: Path) -> None:
    first = push(desk, "before", CONFIG, make_tasks(1), intent=intent)
    desk.update_project(first.project, {"title": "改了名字"})
    assert push(desk, "before", CONFIG, make_tasks(1), intent=intent).project == first.project


@pytest.mark.parametrize("which", [1, 2, 3])
def test_a_swallowed_answer_to_an_import_makes_no_doubles(
    desk: Desk, studio_server: ServerStatus, intent: Path, which: int
) -> None:
    imports: list[Request] = []

    def swallow(request: Request) -> None:
        if request.is_import:
            imports.append(request)
            if len(imports) == which:
                raise Swallow

    with proxy(studio_server.port or 0, after=swallow) as between, Desk(between.url, desk.account) as through:
        report = push(through, f"swallow {which}", CONFIG, make_tasks(10), intent=intent)
    assert len(imports) == 3, "the chunk whose answer was lost must not be sent again"
    assert report.sent == 10
    assert uids(desk, report.project) == Counter(t["data"]["uid"] for t in make_tasks(10))


def test_a_swallowed_answer_to_the_creation_makes_one_project(
    desk: Desk, studio_server: ServerStatus, intent: Path
) -> None:
    def swallow(request: Request) -> None:
        if request.method == "POST" and request.path.rstrip("/") == "/api/projects":
            raise Swallow

    with proxy(studio_server.port or 0, after=swallow) as between, Desk(between.url, desk.account) as through:
        report = push(through, "swallowed project", CONFIG, make_tasks(2), intent=intent)
    assert sum(mark_of("swallowed project") in (p["description"] or "") for p in desk.projects()) == 1
    assert report.sent == 2


def test_a_chunk_that_never_arrived_is_sent_again(desk: Desk, studio_server: ServerStatus, intent: Path) -> None:
    dropped: list[Request] = []

    def drop(request: Request) -> None:
        if request.is_import and not dropped:
            dropped.append(request)
            raise Swallow

    with proxy(studio_server.port or 0, before=drop) as between, Desk(between.url, desk.account) as through:
        report = push(through, "dropped", CONFIG, make_tasks(10), intent=intent)
    assert dropped
    assert uids(desk, report.project) == Counter(t["data"]["uid"] for t in make_tasks(10))
    assert report.sent == 10


def test_untouched_doubles_go_and_coded_ones_stay(desk: Desk, intent: Path) -> None:
    report = push(desk, "doubles", CONFIG, make_tasks(5), intent=intent)
    first = {t["data"]["uid"]: t["id"] for t in desk.inventory(report.project)}
    copies = dict(
        zip([t["data"]["uid"] for t in make_tasks(5)], desk.import_tasks(report.project, make_tasks(5)), strict=True)
    )
    annotate(desk, copies["passage-0001"])
    draft(desk, copies["passage-0002"])
    annotate(desk, first["passage-0003"])
    annotate(desk, copies["passage-0003"], skipped=True)
    draft(desk, first["passage-0004"])
    annotate(desk, copies["passage-0004"])

    fetched = pull(desk, "doubles", expected=first)
    assert len(fetched.doubles) == 5
    assert {t.uid for t in fetched.annotated} == {"passage-0001", "passage-0003", "passage-0004"}
    assert (fetched.drafts, fetched.tasks) == (2, 5)

    repaired = push(desk, "doubles", CONFIG, make_tasks(5), intent=intent)
    assert (repaired.sent, repaired.removed) == (0, 3)
    assert repaired.conflicts == ("passage-0003", "passage-0004")
    left = {t["id"] for t in desk.inventory(report.project)}
    assert left == {
        first["passage-0000"], copies["passage-0001"], copies["passage-0002"],
        first["passage-0003"], copies["passage-0003"], first["passage-0004"], copies["passage-0004"],
    }  # fmt: skip
    assert {t.uid: t.annotation["id"] for t in pull(desk, "doubles").annotated} == {
        t.uid: t.annotation["id"] for t in fetched.annotated
    }


def test_pull_gives_the_newest_and_keeps_skips_apart(desk: Desk, intent: Path) -> None:
    report = push(desk, "pulled", CONFIG, make_tasks(4), intent=intent)
    ids = {t["data"]["uid"]: t["id"] for t in desk.inventory(report.project)}
    older = annotate(desk, ids["passage-0000"])
    newer = annotate(desk, ids["passage-0000"])
    annotate(desk, ids["passage-0001"], skipped=True)
    kept = annotate(desk, ids["passage-0002"])
    annotate(desk, ids["passage-0002"], skipped=True)
    fetched = pull(desk, "pulled", expected=ids)
    by_uid = {t.uid: t for t in fetched.annotated}
    assert set(by_uid) == {"passage-0000", "passage-0002"}
    assert (by_uid["passage-0000"].annotation["id"], [a["id"] for a in by_uid["passage-0000"].others]) == (
        newer,
        [older],
    )
    assert by_uid["passage-0002"].annotation["id"] == kept
    assert by_uid["passage-0000"].sha == make_task(0)["data"]["sha"]
    assert [t.uid for t in fetched.skipped] == ["passage-0001"]
    assert (fetched.tasks, fetched.drafts, fetched.vanished, fetched.strange, fetched.doubles) == (4, 0, (), (), ())
    assert pull(desk, "pulled", expected=ids) == fetched
    desk.delete_tasks(report.project, [ids["passage-0003"]])
    assert pull(desk, "pulled", expected=ids).vanished == ("passage-0003",)


def test_pull_before_any_push_says_what_to_do(desk: Desk) -> None:
    with pytest.raises(StudioError, match="`bianma push` makes it"):
        pull(desk, "never pushed")


def test_a_bad_prediction_stops_everything_before_the_server_is_asked(desk: Desk, intent: Path) -> None:
    tasks = make_tasks(2)
    tasks[1]["predictions"][0]["result"][0]["value"]["labels"] = ["dilemma.hope"]
    with pytest.raises(StudioError, match=r"task passage-0001, region 's1': 'concept' has no value 'dilemma.hope'"):
        push(desk, "bad", CONFIG, tasks, intent=intent)
    assert find_project(desk, "bad") is None


def test_two_pushes_at_once(desk: Desk, intent: Path) -> None:
    with (
        hold(intent.with_suffix(".lock"), doing="pushing"),
        pytest.raises(StudioError, match=f"process {os.getpid()} is"),
    ):
        push(desk, "locked", CONFIG, make_tasks(1), intent=intent)
    assert push(desk, "locked", CONFIG, make_tasks(1), intent=intent).sent == 1


def test_a_lock_of_a_dead_process_does_not_count(desk: Desk, intent: Path) -> None:
    intent.with_suffix(".lock").write_text("999999\n")
    assert push(desk, "stale lock", CONFIG, make_tasks(1), intent=intent).sent == 1


def test_a_damaged_or_foreign_intent_does_not_stand_in_the_way(desk: Desk, intent: Path) -> None:
    intent.write_text("{")
    assert read_intent(intent) is None
    assert push(desk, "intent", CONFIG, make_tasks(1), intent=intent).sent == 1
    write_intent(intent, Intent(project=999_999, before=0, count=3))
    assert push(desk, "intent", CONFIG, make_tasks(2), intent=intent).sent == 1


def test_two_projects_of_one_study_empty_ones_go_and_filled_ones_are_named(desk: Desk, intent: Path) -> None:
    report = push(desk, "two", CONFIG, make_tasks(1), intent=intent)
    settings = {"title": "two", "description": mark_of("two"), "label_config": CONFIG}
    other = desk.create_project(settings)
    assert push(desk, "two", CONFIG, make_tasks(1), intent=intent).project == report.project
    assert other not in {p["id"] for p in desk.projects()}
    other = desk.create_project(settings)
    desk.import_tasks(other, make_tasks(1))
    with pytest.raises(StudioError, match=f"projects/{report.project} and .*projects/{other}"):
        push(desk, "two", CONFIG, make_tasks(1), intent=intent)


def test_leaks_finds_nothing_on_our_server(desk_factory: Callable[[str], Desk], tmp_path: Path) -> None:
    desks = [desk_factory("林"), desk_factory("陈")]
    places = [
        (d, push(d, "leaks", CONFIG, make_tasks(1), intent=tmp_path / str(n)).project) for n, d in enumerate(desks)
    ]
    assert leaks(places) == []
    assert all(d.sees(p) for d, p in places), "a check that sees nothing finds no leak either"


def copy(number: int, *, annotations: int = 0, drafts: int = 0, sha: str = "x") -> dict[str, object]:
    return {"id": number, "annotations": [{}] * annotations, "drafts": [{}] * drafts, "data": {"sha": sha}}


@pytest.mark.parametrize(
    ("copies", "gone", "conflict"),
    [
        ([copy(1), copy(2), copy(3)], [2, 3], False),  # the oldest stays
        ([copy(1, sha="old"), copy(2)], [1], False),  # the one with today's text stays
        ([copy(1), copy(2, annotations=1)], [1], False),  # the one that was coded stays
        ([copy(1), copy(2, drafts=1)], [1], False),  # a draft is work, too
        ([copy(1, sha="x"), copy(2, annotations=1, sha="old")], [1], False),  # work counts more than today's text
        ([copy(1, annotations=1), copy(2, drafts=1), copy(3)], [3], True),  # two were worked on: both stay
        ([copy(1, annotations=1), copy(2, annotations=2)], [], True),
    ],
)
def test_surplus(copies: list[dict[str, object]], gone: list[int], conflict: bool) -> None:
    assert surplus(copies, "x") == (gone, conflict)
