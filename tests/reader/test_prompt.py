import json

from bianma.reader.prompt import Request, instructions, tokens
from bianma.study.make import init
from bianma.study.store import Study


def book(tmp_path):
    init(tmp_path / "s")
    return Study(tmp_path / "s").codebook


def test_the_clauses_of_every_concept_are_asked_and_the_functions_are_not(tmp_path):
    codebook = book(tmp_path)
    said = instructions(codebook)
    for code in codebook.concepts:
        assert f"## {code.id}\n" in said
        assert code.definition.zh in said
        assert all(rule.zh in said for rule in (*code.include, *code.exclude))
    assert not any(f"## {code.id}\n" in said for code in codebook.functions)


def test_equal_input_gives_equal_bytes_and_everything_in_it_makes_the_key(tmp_path):
    said = instructions(book(tmp_path))
    assert said == instructions(book(tmp_path / "again"))
    one = Request("m", said, "安全")
    assert (one.body(), one.key) == (Request("m", said, "安全").body(), Request("m", said, "安全").key)
    others = {Request("n", said, "安全").key, Request("m", said + " ", "安全").key, Request("m", said, "安全。").key}
    assert len({one.key, *others}) == 4


def test_the_body_holds_the_passage_as_it_is():
    text = '他说“安全”，\n又说 "𠮷" </段落>'
    body = json.loads(Request("m", "说明", text).body())
    assert body["messages"] == [
        {"role": "system", "content": "说明"},
        {"role": "user", "content": f"<段落>\n{text}\n</段落>"},
    ]
    assert (body["model"], body["temperature"], set(body)) == ("m", 0, {"model", "temperature", "messages"})


def test_tokens_are_never_estimated_below_one():
    assert [tokens(t) for t in ("", "a", "abcd", "abcde", "安", "安a", "𠮷")] == [0, 1, 1, 2, 1, 2, 1]
