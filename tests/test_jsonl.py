import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma import jsonl
from bianma.errors import RecordError
from bianma.records import DocId, Passage, PassageId, Source

text = st.text(st.characters(exclude_categories=["Cs"]))
SOURCE = Source(doc=DocId("甲"), path="corpus/甲.txt", sha="0" * 64, length=3)


@given(st.lists(text, max_size=5))
def test_round_trip_of_any_text(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("jsonl") / "p.jsonl"
    passages = [
        Passage(
            id=PassageId(f"d-{i}"), doc=DocId("d"), index=i, kind="body", text=t, spans=((0, 1),), edits=((1, 2, t),)
        )
        for i, t in enumerate(texts)
    ]
    jsonl.write(path, passages)
    assert jsonl.read(path, Passage) == passages


def test_keys_are_sorted_and_chinese_is_readable(tmp_path):
    jsonl.write(tmp_path / "s.jsonl", [SOURCE])
    line = (tmp_path / "s.jsonl").read_text(encoding="utf-8")
    assert line == '{"doc":"甲","length":3,"path":"corpus/甲.txt","sha":"' + "0" * 64 + '"}\n'


def test_writing_the_same_again_touches_nothing(tmp_path):
    path = tmp_path / "s.jsonl"
    assert jsonl.write(path, [SOURCE]) is True
    before = path.stat().st_ino
    assert jsonl.write(path, [SOURCE]) is False
    assert path.stat().st_ino == before


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b'{"doc":"a","length":"3","path":"p","sha":"s"}', r"s.jsonl:2: .*`int`.*length"),  # a figure as text
        (b'{"doc":"a","path":"p","sha":"s"}', r"s.jsonl:2: .*length"),  # a field is missing
        (b"not json", r"s.jsonl:2: "),
        ('{"doc":"甲"'.encode("gb18030"), r"s.jsonl:2: "),  # saved in another encoding
    ],
)
def test_a_bad_line_is_named(tmp_path, line, complaint):
    path = tmp_path / "s.jsonl"
    path.write_bytes(jsonl.dump([SOURCE]) + line + b"\n")
    with pytest.raises(RecordError, match=complaint):
        jsonl.read(path, Source)


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch):
    path = tmp_path / "s.jsonl"
    jsonl.write(path, [SOURCE])

    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left"):
        jsonl.write_atomic(path, b"half")
    assert jsonl.read(path, Source) == [SOURCE]
    assert [p.name for p in tmp_path.iterdir()] == ["s.jsonl"]
