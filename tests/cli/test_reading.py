"""`suggest --read` as a user types it, against a stand-in that counts what it is asked."""

import io
import json
import os
import subprocess
import sys

import pytest
from tests.reader.standin import HOLD, Raw, passage_in, stand_in

from bianma import jsonl
from bianma.records import CODED_KINDS, Passage, Suggestion

DILEMMA = "alliance_dilemma.dilemma"
CODES = '[{"code": "alliance_dilemma.dilemma", "quote": "%s"}]'


@pytest.fixture
def ingested(study, bianma):
    assert bianma("ingest", cwd=study).exit == 0
    return study


def name_reader(study, server, **more):
    lines = {"endpoint": server.url, "model": "小模型", "per_minute": 60_000} | more
    section = "reader:\n" + "".join(f"  {key}: {value}\n" for key, value in lines.items())
    whole = (study / "bianma.yaml").read_text(encoding="utf-8").partition("reader:\n  endpoint")[0]
    (study / "bianma.yaml").write_text(whole + section, encoding="utf-8")


def suggested(study):
    return jsonl.read(study / "annotations" / "suggestions.jsonl", Suggestion)


def texts(study):
    passages = jsonl.read(study / "annotations" / "passages.jsonl", Passage)
    return [p.text for p in passages if p.kind in CODED_KINDS]


def files(study):
    return {p: p.read_bytes() for p in study.rglob("*") if p.is_file()}


def first_two(n, body):
    """Mark the first two characters of every passage."""
    return CODES % passage_in(body)[:2]


def nothing(n, body):
    return "[]"


def test_without_the_section_nobody_is_asked(ingested, bianma):
    with stand_in(nothing) as server:
        before = files(ingested)
        ran = bianma("suggest", "--read", "--yes", cwd=ingested)
        assert (ran.exit, "bianma.yaml names no reader" in ran.err) == (2, True)
        assert files(ingested) == before
        assert bianma("suggest", cwd=ingested).exit == 0
        assert server.requests == []


def test_without_the_option_nobody_is_asked(ingested, bianma):
    with stand_in(nothing) as server:
        name_reader(ingested, server)
        for command in ("ingest", "suggest"):
            assert bianma(command, cwd=ingested).exit == 0
        assert server.requests == []


def test_a_dry_run_shows_the_request_as_it_would_be_and_sends_nothing(ingested, bianma, monkeypatch):
    monkeypatch.setenv("READER_KEY", "geheim")
    with stand_in(nothing) as server:
        name_reader(ingested, server, key_env="READER_KEY")
        before = files(ingested)
        ran = bianma("suggest", "--read", "--dry-run", cwd=ingested)
        assert (ran.exit, server.requests, files(ingested)) == (0, [], before)
        assert ran.out.startswith(f"POST {server.url}/chat/completions\n")
        assert ("Authorization: Bearer $READER_KEY" in ran.out, "geheim" in ran.out + ran.err) == (True, False)
        assert "nothing was sent: dry run" in ran.out
        data = json.loads(bianma("suggest", "--read", "--dry-run", "--json", cwd=ingested).out)
        shown = json.loads(data["request"].partition("\n\n")[2])
        assert data["cost"]["passages"] == len(texts(ingested))
        bianma("suggest", "--read", "--yes", cwd=ingested)
        assert shown in server.requests
        assert passage_in(shown) == texts(ingested)[0]
        assert {h["Authorization"] for h in server.headers} == {"Bearer geheim"}


def test_the_cost_is_that_of_what_is_left_to_ask(ingested, bianma):
    with stand_in(nothing) as server:
        name_reader(ingested, server, price_in=2.0, price_out=10, at_most=2)
        cost = json.loads(bianma("suggest", "--read", "--dry-run", "--json", cwd=ingested).out)["cost"]
        assert (cost["requests"], cost["left"]) == (2, len(set(texts(ingested))) - 2)
        assert cost["price"] == round((2 * cost["tokens_in"] + 10 * 300) / 1e6, 4)
        ran = bianma("suggest", "--read", "--yes", "--json", cwd=ingested)
        assert (ran.exit, len(server.requests)) == (1, 2)  # passages without an answer are findings
        assert "have no answer yet (bianma.yaml, reader: at_most)" in json.loads(ran.out)["findings"][0]
        assert "price about" in ran.err
        cost = json.loads(bianma("suggest", "--read", "--dry-run", "--json", cwd=ingested).out)["cost"]
        assert cost["answered"] == 2


def test_what_is_read_is_added_to_what_the_rules_find(ingested, bianma):
    bianma("suggest", cwd=ingested)
    rules = suggested(ingested)
    raw = next((ingested / "corpus").glob("*.txt")).read_bytes().decode()
    with stand_in(first_two) as server:
        name_reader(ingested, server)
        ran = bianma("suggest", "--read", "--yes", cwd=ingested)
        assert ran.exit == 0, ran
        read = [s for s in suggested(ingested) if s.why["cue"] == "reader:小模型"]
        assert read
        assert {s.id for s in rules} < {s.id for s in suggested(ingested)}
        assert all(raw[s.start : s.end] == s.quote and s.score == 0.5 for s in read)
        events = [json.loads(x)["event"] for x in (ingested / "annotations" / "ledger.jsonl").read_text().splitlines()]
        assert events[-2:] == ["read", "suggest"]


def test_what_the_rules_have_already_keeps_their_record(ingested, bianma):
    bianma("suggest", cwd=ingested)
    mark = next(s for s in suggested(ingested) if s.code == DILEMMA)
    with stand_in(lambda n, body: CODES % mark.text if mark.text in passage_in(body) else "[]") as server:
        name_reader(ingested, server)
        report = json.loads(bianma("suggest", "--read", "--yes", "--json", cwd=ingested).out)
    same = next(s for s in suggested(ingested) if s.id == mark.id)
    assert (same.score, same.why) == (mark.score, {**mark.why, "also": "reader:小模型"})
    assert report["also"] >= 1


def test_a_second_run_asks_nothing_and_changes_nothing(ingested, bianma):
    with stand_in(first_two) as server:
        name_reader(ingested, server)
        bianma("suggest", "--read", "--yes", cwd=ingested)
        asked, before = len(server.requests), files(ingested)
        assert asked == len(set(texts(ingested)))
        ran = bianma("suggest", "--read", cwd=ingested)  # nothing to send, so nothing to confirm
        assert (ran.exit, len(server.requests), "nothing new to write" in ran.out) == (0, asked, True)
        assert files(ingested) == before
        bianma("suggest", cwd=ingested)  # the rules alone
        assert not any(s.why["cue"].startswith("reader:") for s in suggested(ingested))
        bianma("suggest", "--read", cwd=ingested)
        assert len(server.requests) == asked
        mine = ingested / "annotations" / "suggestions.jsonl"
        assert mine.read_bytes() == before[mine]


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("typed", "exit_", "sent"), [("y\n", 0, True), ("n\n", 130, False), ("\n", 130, False)])
def test_a_terminal_is_asked_first(ingested, bianma, monkeypatch, typed, exit_, sent):
    with stand_in(nothing) as server:
        name_reader(ingested, server)
        monkeypatch.setattr(sys, "stdin", Terminal(typed))
        ran = bianma("suggest", "--read", cwd=ingested)
        assert (ran.exit, bool(server.requests)) == (exit_, sent)
        assert f"Send these passages to {server.url}?" in ran.err


def test_where_nobody_can_be_asked_nothing_is_sent(ingested, bianma, monkeypatch):
    with stand_in(nothing) as server:
        name_reader(ingested, server)
        monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
        ran = bianma("suggest", "--read", cwd=ingested)
        assert (ran.exit, "add --yes" in ran.err, server.requests) == (2, True, [])


@pytest.mark.parametrize(
    "words", [("--yes",), ("--read", "文.txt"), ("--read", "--codebook", "c"), ("--read", "-o", "x")]
)
def test_options_that_do_not_go_together(ingested, bianma, words):
    ran = bianma("suggest", *words, cwd=ingested)
    assert (ran.exit, "--read is for a study" in ran.err) == (2, True)


def test_a_key_that_is_not_set_is_named_before_anything_is_sent(ingested, bianma, monkeypatch):
    with stand_in(nothing) as server:
        name_reader(ingested, server, key_env="READER_KEY")
        for value, says in (("", "is not set"), ("ge\nheim", "signs that no key has")):
            monkeypatch.setenv("READER_KEY", value)
            ran = bianma("suggest", "--read", "--yes", cwd=ingested)
            assert (ran.exit, "READER_KEY" in ran.err, says in ran.err, "heim" in ran.err) == (2, True, True, False)
        assert server.requests == []


def test_bad_answers_are_counted_and_named(ingested, bianma):
    answers = ["Gern!", CODES.replace("dilemma.dilemma", "nichts") % "x", CODES % "erfunden", '[{"code": 1}]']
    with stand_in(lambda n, body: answers[n] if n < len(answers) else "[]") as server:
        name_reader(ingested, server)
        ran = bianma("suggest", "--read", "--yes", "--json", cwd=ingested)
        report = json.loads(ran.out)
        assert (ran.exit, report["dropped"], report["added"]) == (0, {"code": 1, "form": 1, "quote": 1}, 0)
        (warning,) = report["warnings"]
        assert "holds no list of codes and quotes; delete it" in warning
        (ingested / warning.partition(": ")[2].partition(" holds")[0]).unlink()
        asked = len(server.requests)
        assert json.loads(bianma("suggest", "--read", "--yes", "--json", cwd=ingested).out)["warnings"] == []
        assert len(server.requests) == asked + 1


def test_a_page_instead_of_an_answer_ends_the_run_and_leaves_the_suggestions(ingested, bianma):
    bianma("suggest", cwd=ingested)
    before = (ingested / "annotations" / "suggestions.jsonl").read_bytes()
    with stand_in(lambda n, body: "[]" if n < 2 else Raw(200, "<html>Bitte anmelden</html>")) as server:
        name_reader(ingested, server)
        ran = bianma("suggest", "--read", "--yes", cwd=ingested)
        assert (ran.exit, "Bitte anmelden" in ran.err, "Traceback" in ran.err) == (2, True, False)
        assert "answers came and are kept" in ran.err
    assert (ingested / "annotations" / "suggestions.jsonl").read_bytes() == before


def test_nobody_there(ingested, bianma):
    with stand_in(nothing) as server:
        name_reader(ingested, server)
    ran = bianma("suggest", "--read", "--yes", cwd=ingested)
    assert (ran.exit, "nobody answers at" in ran.err) == (2, True)
    assert '"event": "read"' not in (ingested / "annotations" / "ledger.jsonl").read_text(encoding="utf-8")
    assert not (ingested / "annotations" / "reader").exists()


def test_a_source_that_changed_is_told_before_anything_is_sent(ingested, bianma):
    article = next((ingested / "corpus").glob("*.txt"))
    article.write_text("改" + article.read_text(encoding="utf-8"), encoding="utf-8")
    with stand_in(nothing) as server:
        name_reader(ingested, server)
        ran = bianma("suggest", "--read", "--yes", cwd=ingested)
        assert (ran.exit, "was changed since `bianma ingest`" in ran.err, server.requests) == (2, True, [])


def test_a_run_that_was_killed_goes_on(ingested, bianma):
    dead = []
    with stand_in(lambda n, body: HOLD if n >= 4 and not dead else first_two(n, body)) as server:
        name_reader(ingested, server)
        command = [sys.executable, "-m", "bianma", "suggest", "--read", "--yes"]
        run = subprocess.Popen(
            command, cwd=ingested, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        assert server.held.wait(60)
        run.kill()
        run.wait()
        dead.append(run)
        kept = set((ingested / "annotations" / "reader").glob("[!.]*.json"))
        asked = len(server.requests)
        assert not (ingested / "annotations" / "suggestions.jsonl").exists()
        assert bianma("suggest", "--read", "--yes", cwd=ingested).exit == 0
        assert len(server.requests) - asked == len(set(texts(ingested))) - len(kept)
        assert any(s.why["cue"] == "reader:小模型" for s in suggested(ingested))
