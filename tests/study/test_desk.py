"""Push and pull of a whole study through a real Label Studio, as a coder's own account works there."""

import socket

import pytest

from bianma.errors import StudioError
from bianma.records import CODED_KINDS, CoderId
from bianma.study import desk, ledger, make, steps
from bianma.study.store import Study
from bianma.study.verify import verify

pytestmark = pytest.mark.studio
NOW = "2026-01-02T03:04:05Z"


def quiet(_coder):
    return lambda done, total: None


@pytest.fixture(scope="module")
def running(tmp_path_factory, studio_venv, free_port):
    """A study with the example article on a server of its own, pushed to both coders."""
    root = tmp_path_factory.mktemp("studies") / "我的 研究"
    make.init(root, example=True)
    study = Study(root)
    steps.ingest(study, now=NOW)
    steps.suggest(study, now=NOW)
    desk.up(study, say=lambda line: None, port=free_port)
    first = desk.push(study, now=NOW, progress=quiet)
    yield study, first
    desk.down(study)


@pytest.fixture(scope="module")
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def tasks_of(study, coder):
    (opened,) = desk.open_desks(study, [coder])
    pushed = next(p for p in desk.push(study, now=NOW, progress=quiet, only=[coder]))
    project = int(pushed.url.rsplit("/", 1)[1])
    return opened, {t["data"]["uid"]: t for t in opened.export(project)}


def annotate(opened, task, result, **fields):
    return opened.post(f"/api/tasks/{task['id']}/annotations/", {"result": result, "lead_time": 1.5, **fields})


def region(start, end, code, id_, layer="concept"):
    return {
        "id": id_,
        "from_name": layer,
        "to_name": "text",
        "type": "labels",
        "value": {"start": start, "end": end, "labels": [code]},
    }


def test_everybody_gets_every_passage_once(running):
    study, first = running
    coded = [p for p in study.passages() if p.kind in CODED_KINDS]
    assert [(p.coder, p.sent) for p in first] == [("coder-a", len(coded)), ("coder-b", len(coded))]
    again = desk.push(study, now=NOW, progress=quiet)
    assert [(p.sent, p.present, p.findings) for p in again] == [(0, first[0].sent, ())] * 2


def test_a_coder_accepts_changes_rejects_and_adds(running):
    study, _ = running
    coder = CoderId("coder-a")
    opened, tasks = tasks_of(study, coder)
    shown = next(s for s in study.shown(coder).values() if sum(x.layer == "concept" for x in s.suggestions) >= 3)
    accepted, changed, rejected, *rest = [s for s in shown.suggestions if s.layer == "concept"]
    passage = next(p for p in study.passages() if p.id == shown.passage)
    at = {s.id: passage.text.index(s.text) for s in (accepted, changed)}
    result = [
        region(at[accepted.id], at[accepted.id] + len(accepted.text), accepted.code, accepted.id),
        region(at[changed.id], at[changed.id] + len(changed.text), "role_theory.role", changed.id),
        region(0, 2, "security_regime.norm", "drawn-by-hand"),
    ]
    annotate(opened, tasks[passage.id], result)
    (pulled,) = desk.pull(study, now=NOW, only=[coder])
    assert (pulled.done, pulled.changed, pulled.findings) == (1, 1, ())
    (coding,) = study.codings(coder)
    raw = study.texts()[coding.doc].raw
    assert all(raw[s.start : s.end] == s.quote for s in coding.spans)
    origins = {s.origin: s for s in coding.spans}
    assert origins["accepted"].suggestion == accepted.id
    assert (origins["changed"].suggestion, origins["changed"].code) == (changed.id, "role_theory.role")
    assert origins["new"].text == passage.text[:2]
    functions = [s.id for s in shown.suggestions if s.layer == "function"]
    assert set(coding.rejected) == {rejected.id, *(s.id for s in rest if s.layer == "concept"), *functions}
    assert list(verify(study)) == []


def test_a_second_pull_changes_nothing(running):
    study, _ = running
    desk.pull(study, now=NOW)
    before = {p: p.read_bytes() for p in study.annotations.rglob("*") if p.is_file()}
    assert all(p.changed == 0 for p in desk.pull(study, now=NOW))
    assert {p: p.read_bytes() for p in study.annotations.rglob("*") if p.is_file()} == before


def test_saw_it_and_marked_nothing_and_skipped_are_stored(running):
    study, _ = running
    coder = CoderId("coder-b")
    opened, tasks = tasks_of(study, coder)
    empty, skipped = sorted(tasks.values(), key=lambda t: t["id"])[:2]
    annotate(opened, empty, [])
    annotate(opened, skipped, [], was_cancelled=True)
    (pulled,) = desk.pull(study, now=NOW, only=[coder])
    assert (pulled.done, pulled.skipped, pulled.changed) == (1, 1, 2)
    by_passage = {c.passage: c for c in study.codings(coder)}
    assert (by_passage[empty["data"]["uid"]].status, by_passage[empty["data"]["uid"]].spans) == ("done", ())
    assert by_passage[skipped["data"]["uid"]].status == "skipped"


def test_a_coding_that_vanishes_or_cannot_be_read_stays_and_is_reported(running):
    study, _ = running
    coder = CoderId("coder-b")
    opened, tasks = tasks_of(study, coder)
    task = sorted(tasks.values(), key=lambda t: t["id"])[3]
    made = annotate(opened, task, [region(0, 2, "security_regime.norm", "x")])
    desk.pull(study, now=NOW, only=[coder])
    kept = {c.passage: c for c in study.codings(coder)}
    opened._http.request("PATCH", f"/api/annotations/{made['id']}/", json={"result": [region(0, 9999, "no.such", "x")]})
    (pulled,) = desk.pull(study, now=NOW, only=[coder])
    assert "no.such" in pulled.findings[0]
    assert "[0, 9999)" in pulled.findings[0]
    opened._http.request("DELETE", f"/api/annotations/{made['id']}/")
    (pulled,) = desk.pull(study, now=NOW, only=[coder])
    assert "without a coding on the server any more" in pulled.findings[0]
    assert {c.passage: c for c in study.codings(coder)} == kept


def test_a_coding_made_in_the_file_is_never_overwritten(running, make_coding):
    study, _ = running
    coder = CoderId("coder-b")
    opened, tasks = tasks_of(study, coder)
    task = sorted(tasks.values(), key=lambda t: t["id"])[5]
    passage = next(p for p in study.passages() if p.id == task["data"]["uid"])
    by_hand = make_coding(passage, coder, [], note="手工编码")
    order = {p.id: i for i, p in enumerate(study.passages())}
    study.write_codings(coder, [*study.codings(coder), by_hand], order)
    annotate(opened, task, [region(0, 2, "security_regime.norm", "x")])
    (pulled,) = desk.pull(study, now=NOW, only=[coder])
    assert any("in the file and on the server" in f for f in pulled.findings)
    assert by_hand in study.codings(coder)


def test_what_a_broken_off_push_announced_counts_as_sent_only_once_it_was(running, monkeypatch):
    study, _ = running
    (study.corpus_dir / "撤回.md").write_text("# 撤回\n\n这一篇还没有送出，同盟困境便已改写。\n", encoding="utf-8")
    later = Study(study.root)
    steps.ingest(later, now=NOW)
    steps.suggest(later, now=NOW)

    def broken_off(*_, **__):
        raise StudioError("the server went away")

    with monkeypatch.context() as patched:
        patched.setattr(desk.sync, "push", broken_off)
        with pytest.raises(StudioError, match="went away"):
            desk.push(later, now=NOW, progress=quiet)
    assert any(s.doc == "撤回" for s in later.announced(CoderId("coder-a")).values())
    assert "撤回" not in str(desk.pull(later, now=NOW))
    (study.corpus_dir / "撤回.md").unlink()
    again = Study(study.root)
    steps.ingest(again, now=NOW)
    steps.suggest(again, now=NOW)
    assert [p.sent for p in desk.push(again, now=NOW, progress=quiet)] == [0, 0]
    assert not any(s.doc == "撤回" for s in again.announced(CoderId("coder-a")).values())


def test_new_suggestions_do_not_touch_what_was_shown(running):
    study, _ = running
    before = (study.annotations / "shown" / "coder-a.jsonl").read_bytes()
    family = study.codebook_dir / "role_theory.yaml"
    family.write_text(family.read_text(encoding="utf-8").replace("      - 平衡者\n", "", 1), encoding="utf-8")
    later = Study(study.root)
    assert steps.suggest(later, now=NOW).new
    assert [p.sent for p in desk.push(later, now=NOW, progress=quiet)] == [0, 0]
    assert (study.annotations / "shown" / "coder-a.jsonl").read_bytes() == before


def test_a_new_article_is_all_that_the_next_push_sends(running):
    study, _ = running
    (study.corpus_dir / "续篇.md").write_text(
        "# 续篇\n\n甲国在两强之间𠮷田式地保持平衡，也害怕被抛弃。\n", encoding="utf-8"
    )
    later = Study(study.root)
    steps.ingest(later, now=NOW)
    steps.suggest(later, now=NOW)
    assert [p.sent for p in desk.push(later, now=NOW, progress=quiet)] == [2, 2]
    assert ledger.verify(study.ledger) > 5
