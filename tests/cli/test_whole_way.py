"""A study from `init` to `export`, without the server, as a user types it."""

import csv
import json

import pytest

from bianma import jsonl
from bianma.records import CodedSpan, CoderId, Coding, Passage, Suggestion, coded_span_id


@pytest.fixture
def suggested(study, bianma):
    for command in ("check", "ingest", "suggest"):
        ran = bianma(command, cwd=study)
        assert ran.exit == 0, ran
    return study


def test_a_new_study_checks_ingests_and_suggests(suggested):
    raws = {p.stem: p.read_bytes().decode() for p in (suggested / "corpus").glob("*.txt")}
    suggestions = jsonl.read(suggested / "annotations" / "suggestions.jsonl", Suggestion)
    assert {s.code for s in suggestions} >= {"alliance_dilemma.dilemma", "role_theory.balancer", "prognosis"}
    assert all(raws[s.doc][s.start : s.end] == s.quote for s in suggestions)


def test_a_second_run_changes_no_file(suggested, bianma):
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in suggested.rglob("*") if p.is_file()}
    for command in ("ingest", "suggest"):
        assert "nothing new to write" in bianma(command, cwd=suggested).out
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in suggested.rglob("*") if p.is_file()} == before


def test_dry_runs_write_nothing(study, bianma):
    ran = bianma("ingest", "--dry-run", cwd=study)
    assert (ran.exit, "not written: dry run" in ran.out) == (0, True)
    assert list((study / "annotations").iterdir()) == []


def test_commands_work_from_a_folder_within_and_with_windows_line_ends(study, bianma):
    article = study / "corpus" / "示例_同盟困境.txt"
    article.write_bytes(article.read_bytes().replace(b"\n", b"\r\n"))
    for command in ("ingest", "suggest"):
        assert bianma(command, cwd=study / "corpus").exit == 0
    raw = article.read_bytes().decode()
    suggestions = jsonl.read(study / "annotations" / "suggestions.jsonl", Suggestion)
    assert any("\r\n" in s.quote for s in suggestions)  # a sentence that goes on over a line end
    assert all(raw[s.start : s.end] == s.quote and "\r" not in s.text for s in suggestions)


def code_by_hand(root, coder, keep):
    """Write codings of `coder` that take over the first `keep` concept suggestions of each passage."""
    passages = jsonl.read(root / "annotations" / "passages.jsonl", Passage)
    suggestions = jsonl.read(root / "annotations" / "suggestions.jsonl", Suggestion)
    codings = []
    for p in passages:
        mine = [s for s in suggestions if s.passage == p.id and s.layer == "concept"][:keep]
        spans = tuple(
            CodedSpan(
                id=coded_span_id(CoderId(coder), p.id, s.layer, s.code, s.start, s.end),
                layer=s.layer,
                code=s.code,
                start=s.start,
                end=s.end,
                quote=s.quote,
                text=s.text,
                origin="accepted",
                suggestion=s.id,
            )
            for s in mine
        )
        codings.append(
            Coding(
                coder=CoderId(coder),
                doc=p.doc,
                passage=p.id,
                status="done",
                at="2026-01-02T03:04:05Z",
                codebook=suggestions[0].codebook,
                text_sha=suggestions[0].text_sha if mine else "",
                spans=spans,
            )
        )
    jsonl.write(root / "annotations" / "codings" / coder / f"{passages[0].doc}.jsonl", codings)


def test_agree_and_export(suggested, bianma):
    code_by_hand(suggested, "coder-a", 99)
    code_by_hand(suggested, "coder-b", 1)
    table = bianma("agree", "--by", "code", cwd=suggested).out
    assert "coder-a · coder-b, concept, match by overlap" in table
    pairs = json.loads(bianma("agree", "--json", cwd=suggested).out)["pairs"]
    concept = next(p for p in pairs if p["layer"] == "concept" and p["match"] == "exact")
    assert concept["overall"]["matched"] == concept["overall"]["second"] < concept["overall"]["first"]
    assert bianma("export", "--to", "csv", "--to", "jsonl", cwd=suggested).exit == 0
    assert sorted(p.name for p in (suggested / "exports").iterdir()) == [
        f"{table}.{ending}" for table in ("codings", "counts", "spans") for ending in ("csv", "jsonl")
    ]
    with (suggested / "exports" / "spans.csv").open(encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    raw = next((suggested / "corpus").glob("*.txt")).read_bytes().decode()
    assert len(rows) == concept["overall"]["first"] + concept["overall"]["second"]
    assert all(raw[int(r["start"]) : int(r["end"])] == r["quote"] for r in rows)


def test_the_adjudication_is_in_the_export(suggested, bianma):
    code_by_hand(suggested, "supervisor", 2)
    (suggested / "annotations" / "codings" / "supervisor").rename(suggested / "annotations" / "adjudicated")
    bianma("export", "--to", "jsonl", cwd=suggested)
    lines = (suggested / "exports" / "spans.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    assert {json.loads(line)["stage"] for line in lines} == {"adjudicated"}


def test_a_source_changed_after_coding_is_refused_and_reported(suggested, bianma):
    code_by_hand(suggested, "coder-a", 99)
    article = next((suggested / "corpus").glob("*.txt"))
    article.write_text("改" + article.read_text(encoding="utf-8"), encoding="utf-8")
    before = (suggested / "annotations" / "passages.jsonl").read_bytes()
    ran = bianma("ingest", cwd=suggested)
    assert (ran.exit, "示例_同盟困境: corpus/示例_同盟困境.txt was changed (" in ran.out) == (1, True)
    assert (suggested / "annotations" / "passages.jsonl").read_bytes() == before
    checked = bianma("check", cwd=suggested)
    assert (checked.exit, "11 of 11 passages no longer stand in the source" in checked.out) == (1, True)
    assert bianma("export", cwd=suggested).exit == 2


def test_bare_files_need_no_study(tmp_path, study, bianma):
    article = tmp_path / "裸 文件.txt"
    article.write_text("# 论同盟困境\r\n\r\n弱国害怕被抛弃，𠮷田因此主张\r\n战略自主。", encoding="utf-8", newline="")
    raw = article.read_bytes().decode()
    assert bianma("passages", article.name, "-o", "p.jsonl", cwd=tmp_path).exit == 0
    cut = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(p["doc"], p["kind"]) for p in cut] == [("裸 文件", "title"), ("裸 文件", "body")]
    assert "".join(raw[a:b] for a, b in cut[1]["spans"]) == cut[1]["text"]
    ran = bianma("suggest", article.name, cwd=tmp_path)
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert {"alliance_dilemma.dilemma", "alliance_dilemma.abandonment", "alliance_dilemma.autonomy"} <= {
        s["code"] for s in found
    }
    assert all(raw[s["start"] : s["end"]] == s["quote"] for s in found)
    assert {"doc", "layer", "code", "start", "end", "text", "score", "why"} <= found[0].keys()
