from pathlib import Path

import jsonschema
import pytest

from bianma.codebook.surroundings import Surroundings, load_surroundings, surroundings_schema
from bianma.errors import CodebookError

FOLDER = Path(__file__).parents[2] / "codebook"


def write(folder, **contents):
    for name, text in contents.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def problems(folder):
    with pytest.raises(CodebookError) as e:
        load_surroundings(folder)
    return [str(p).removeprefix(f"{folder.as_posix()}/") for p in e.value.problems]


def test_missing_files_say_nothing(tmp_path):
    assert load_surroundings(tmp_path) == Surroundings()


def test_one_file_is_enough(tmp_path):
    loaded = load_surroundings(write(tmp_path, actors="names: {日本: [日方, Japan]}\nshort: {日: 日本}\n"))
    assert loaded.actors.names == {"日本": ("日方", "Japan")}
    assert loaded.actors.short == {"日": "日本"}
    assert loaded.voices == Surroundings().voices


def test_negators_with_conditions(tmp_path):
    voices = "negation:\n  forward: [未, {term: 不愿, not_for: [alliance_dilemma.abandonment]}]\n"
    loaded = load_surroundings(write(tmp_path, voices=voices)).voices
    assert loaded.negation == {"forward": ("未", "不愿")}
    assert loaded.not_for == {"不愿": {"alliance_dilemma.abandonment"}}


PROBLEMS = [
    ("actors", "short: {日: 日本}\n", "actors.yaml:1: the file lacks the key 'names'", "names are needed"),
    ("actors", "names:\n  日本: [东京]\n  中国:\n    - 东京\n",
     "actors.yaml:4: the name '东京' stands twice, first for 日本, line 2; one name means one actor", "one name, two actors"),
    ("actors", "names: {日本: []}\nshort:\n  美: 美国\n", "actors.yaml:3: short[美]: there is no actor '美国'; add it to names",
     "a short name of nobody"),
    ("actors", "names: {日本: []}\nthing: [同盟]\n", "actors.yaml:2: unknown key 'thing', did you mean 'things'?", "a slip in a key"),
    ("actors", "names: {日本: [Japan, Japan]}\n", "actors.yaml:1: names.日本: an entry stands twice: 'Japan'", "an alias twice"),
    ("voices", "negation:\n  forward: [不仅]\n  no_negation:\n    - 不仅\n",
     "voices.yaml:2: negation.forward: '不仅' stands under no_negation too, in line 4; keep one", "for and against"),
    ("voices", "negation:\n  forward:\n    - 未\n    - {term: 未, not_for: [a.b]}\n",
     "voices.yaml:4: negation.forward: '未' stands twice, first in line 3; keep one", "once plain, once with conditions"),
    ("voices", "reports:\n  frames: [据报道]\n",
     "voices.yaml:2: reports.frames[1]: '据报道' is not well formed; expected: "
     "a word, … where the holder stands, and what closes (据…报道)", "no place for the holder"),
    ("voices", "reports:\n  verbs: [指出]\n  naming: [主张]\n", "voices.yaml:3: reports.naming: '主张' is none of verbs; add it there", "naming without its verb"),
    ("voices", "reports: {verb: [说]}\n", "voices.yaml:1: reports: unknown key 'verb', did you mean 'verbs'?", "a slip in a key"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message", "why"), PROBLEMS)
def test_problems(tmp_path, name, text, message, why):
    assert problems(write(tmp_path, **{name: text})) == [message], why


def test_the_problems_of_both_files_at_once(tmp_path):
    found = problems(write(tmp_path, actors="names: {日本: [a, a]}\n", voices="reports: {verb: [说]}\nx: 1\n"))
    assert [p.split(": ")[0] for p in found] == ["actors.yaml:1", "voices.yaml:1", "voices.yaml:2"]


@pytest.mark.parametrize("name", ["actors", "voices"])
def test_each_schema_is_valid_and_says_what_each_key_is(name):
    jsonschema.Draft202012Validator.check_schema(surroundings_schema(name))
    for node in walk(surroundings_schema(name)):
        assert all(inner.get("description") for inner in node.get("properties", {}).values())
        assert node.get("type") != "object" or "additionalProperties" in node


def walk(node):
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from walk(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from walk(inner)


def test_the_shipped_files_load():
    loaded = load_surroundings(FOLDER)
    assert len(loaded.actors.names) > 70
    assert all(
        any(alias.isascii() for alias in (*aliases, name)) or len(aliases) > 2
        for name, aliases in loaded.actors.names.items()
    )
    assert {"forward", "lacking", "backward", "no_negation"} <= set(loaded.voices.negation)
    assert {"verbs", "heads", "own", "frames"} <= set(loaded.voices.reports)
