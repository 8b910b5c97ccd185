"""`learn` as it is typed: the simulation's contract, what it refuses, and the study's lessons."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bianma.cli import app

SAMPLE = Path(__file__).parents[2]
TEXT = "甲国怕独自面对强邻。\n\n乙国也怕独自面对强邻。\n\n丙国并不怕独自面对强邻。\n"
TERM = "独自面对强邻"


def run(*args):
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The sample study, with nothing but what learning reads."""
    root = tmp_path_factory.mktemp("learned")
    for name in ("bianma.yaml", "codebook", "corpus", "annotations"):
        source = SAMPLE / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    return root


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    spans = [{"doc": "a", "layer": "concept", "code": "alliance_dilemma.abandonment", "start": i, "end": i + len(TERM)}
             for i in range(len(TEXT)) if TEXT.startswith(TERM, i)]  # fmt: skip
    (tmp_path / "reference.jsonl").write_text("".join(json.dumps(s) + "\n" for s in spans), encoding="utf-8")
    return tmp_path


def test_what_a_passage_teaches_is_shown_in_the_next(article):
    done = run("learn", "--simulate", "--spans", article / "reference.jsonl", article / "a.txt", "-o", article / "out")
    assert done.exit_code == 0, done.output
    made = [json.loads(line) for line in (article / "out").read_text(encoding="utf-8").splitlines()]
    learned = [s for s in made if s["quote"] == TERM]
    first = TEXT.index(TERM)
    assert [s["start"] for s in learned] == [i for i in range(len(TEXT)) if TEXT.startswith(TERM, i) and i > first]
    assert all(TEXT[s["start"] : s["end"]] == s["quote"] for s in made)
    assert {s["layer"] for s in made} == {"concept", "function"}


@pytest.mark.parametrize(
    ("span", "says"),
    [
        ({"code": "alliance_dilemma.abandonmnt", "start": 0, "end": 2}, "no code"),
        ({"code": "alliance_dilemma.abandonment", "start": 5, "end": 5}, "is no range"),
        ({"code": "alliance_dilemma.abandonment", "start": 5, "end": 5000}, "ends beyond"),
    ],
)
def test_a_reference_that_does_not_fit_is_refused(article, span, says):
    line = json.dumps({"doc": "a", "layer": "concept", **span})
    (article / "reference.jsonl").write_text(line, encoding="utf-8")
    done = run("learn", "--simulate", "--spans", article / "reference.jsonl", article / "a.txt")
    assert says in str(done.exception)


def test_simulation_needs_a_reference_and_a_file(article):
    assert run("learn", "--simulate", article / "a.txt").exit_code == 2


def test_lessons_are_listed_revoked_and_restored(study):
    listed = json.loads(run("learn", "--lessons", "--json", "-C", study).output)
    code, term = listed[0]["code"], listed[0]["term"]
    assert run("learn", "--revoke", code, term, "-C", study).exit_code == 0
    left = json.loads(run("learn", "--lessons", "--json", "-C", study).output)
    assert (code, term) not in {(s["code"], s["term"]) for s in left}
    assert len(left) == len(listed) - 1
    run("learn", "--restore", code, term, "-C", study)
    assert json.loads(run("learn", "--lessons", "--json", "-C", study).output) == listed


def test_the_model_says_what_it_gains_and_is_used_only_if_it_does(study):
    result = json.loads(run("learn", "--json", "-C", study).output)
    assert result["articles"] == 4
    assert result["used"] == (result["gain"] > 0)
    assert (study / "annotations" / "learned.jsonl").exists()


def test_proposals_are_lines_for_the_codebook(study):
    lines = run("learn", "--propose", "-C", study).output.splitlines()
    assert all(line.startswith(("# ", "- ")) for line in lines)
    assert any("precision" in line for line in lines)
