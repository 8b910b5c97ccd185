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
    assert line == (
        '{"doc":"甲","encoding":"","file_sha":"","length":3,"path":"corpus/甲.txt","reader":"text","sha":"'
        + "0" * 64
        + '"}\n'
    )


def test_writing_the_same_again_touches_nothing(tmp_path):
    path = tmp_path / "s.jsonl"
    assert jsonl.write(path, [SOURCE]) is True
    before = path.stat().st_ino
    assert jsonl.write(path, [SOURCE]) is False
    assert path.stat().st_ino == before


def source_of(doc, length=3):
    return Source(doc=DocId(doc), path=f"corpus/{doc}.txt", sha="0" * 64, length=length)


short = st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 3)), max_size=4)


@given(before=short, after=short, dry_run=st.booleans())
def test_a_file_is_rewritten_from_where_it_first_differs(tmp_path_factory, before, after, dry_run):
    path = tmp_path_factory.mktemp("jsonl") / "s.jsonl"
    old, new = ([source_of(*each) for each in some] for some in (before, after))
    jsonl.write(path, old)
    assert jsonl.write(path, iter(new), dry_run=dry_run) == (old != new)
    assert path.read_bytes() == jsonl.dump(old if dry_run else new)


def test_an_empty_list_makes_an_empty_file(tmp_path):
    assert jsonl.write(tmp_path / "s.jsonl", []) is True
    assert (tmp_path / "s.jsonl").read_bytes() == b""
    assert jsonl.write(tmp_path / "s.jsonl", []) is False


def test_a_dry_run_goes_through_all_records(tmp_path):
    seen = []
    jsonl.write(tmp_path / "s.jsonl", (seen.append(doc) or source_of(doc) for doc in "甲乙丙"), dry_run=True)
    assert (seen, list(tmp_path.iterdir())) == (list("甲乙丙"), [])


def test_records_that_cannot_be_made_leave_the_old_file(tmp_path):
    path = tmp_path / "s.jsonl"
    jsonl.write(path, [SOURCE])

    def broken():
        yield source_of("乙")
        raise OSError(5, "Input/output error", "corpus/乙.txt")

    with pytest.raises(OSError, match=r"乙\.txt"):  # the file that is at fault is named, not the one being written
        jsonl.write(path, broken())
    assert ([p.name for p in tmp_path.iterdir()], jsonl.read(path, Source)) == (["s.jsonl"], [SOURCE])


def test_a_stream_is_read_line_by_line(tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_bytes(jsonl.dump([SOURCE]) + b"\n" + b"not json\n")
    records = jsonl.stream(path, Source)
    assert next(records) == SOURCE
    with pytest.raises(RecordError, match=r"s\.jsonl:3: "):
        next(records)


def test_a_shelf_gives_each_article_its_records_wherever_they_stand(tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_bytes(jsonl.dump([source_of("乙", 1), source_of("甲", 2)]) + b"\n" + jsonl.dump([source_of("乙", 4)]))
    shelf = jsonl.Shelf(path, Source)
    assert (shelf.docs(), shelf.of("丙")) == (["乙", "甲"], [])
    assert [s.length for s in shelf.of("乙")] == [1, 4]
    assert shelf.of("甲") == [source_of("甲", 2)]


@pytest.mark.parametrize(("line", "when"), [(b"{", "open"), (b'{"path":"p"}', "open"), (b'{"doc":"a"}', "read")])
def test_a_shelf_names_a_bad_line(tmp_path, line, when):
    path = tmp_path / "s.jsonl"
    path.write_bytes(jsonl.dump([SOURCE]) + line + b"\n")
    with pytest.raises(RecordError, match=r"s.jsonl:2: "):
        (jsonl.Shelf(path, Source) if when == "open" else jsonl.Shelf(path, Source).of("a"))


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
