"""Parts on disk: whole or not there, known by what they hold, read back in order."""

import dataclasses

import pytest

pytest.importorskip("pyarrow")
from tests.conftest import passage_of
from tests.suggest.conftest import make_code, make_codebook

from bianma import jsonl
from bianma.study import parts
from bianma.study.parts import File, Part, Row
from bianma.suggest import suggest

BOOK = make_codebook(
    [make_code("f.balancer", "平衡者", "充当[[砝码]]")], [make_code("claim", "可见", layer="function")]
)
RAWS = {"甲": "平衡者可见。\r\n𠀀充当砝码。", "乙": "没有。", "丙": "平衡者。"}


@pytest.fixture
def part(tmp_path):
    made = Part(tmp_path, "p")
    rows = [Row(doc=doc, path=f"{doc}.txt", raw=raw, passages=[passage_of(doc, raw)]) for doc, raw in RAWS.items()]
    parts.write_articles(made.articles, [*rows, Row(doc="丁", path="丁.txt", fault="丁.txt: is empty")])
    parts.make(made, parts.write_codebook(tmp_path, BOOK))
    return made


def test_a_part_holds_what_suggest_makes_of_its_articles(part):
    got = {r.row.doc: b"".join(line + b"\n" for _, line in r.records) for r in parts.results(part)}
    wanted = {doc: jsonl.dump(suggest([passage_of(doc, raw)], {doc: raw}, BOOK)) for doc, raw in RAWS.items()}
    assert got == {**wanted, "丁": b""}
    assert [r.row.raw for r in parts.results(part, raw=True)] == [*RAWS.values(), ""]
    assert [r.row.fault for r in parts.results(part)] == ["", "", "", "丁.txt: is empty"]


def test_suggestions_that_are_not_taken_are_passed_over(part):
    codes = [[code for code, _ in r.records] if r.row.doc == "丙" else [] for r in parts.results(part)]
    assert codes == [[], [], ["f.balancer", "claim"], []]


def test_what_is_finished_is_left_alone(part):
    before = part.made.stat().st_mtime_ns, part.articles.stat().st_mtime_ns
    parts.make(part, part.folder / "no such codebook")
    assert (part.made.stat().st_mtime_ns, part.articles.stat().st_mtime_ns) == before


def test_nothing_is_left_of_a_part_that_failed(tmp_path):
    part = Part(tmp_path, "p")
    parts.write_articles(part.articles, [Row(doc="甲", raw="别的话", passages=[passage_of("甲", "平衡者")])])
    with pytest.raises(Exception, match="no longer spells"):
        parts.make(part, parts.write_codebook(tmp_path, BOOK))
    assert not part.finished
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".json", ".parquet"]
    parts.clear(tmp_path)
    assert not tmp_path.exists()


def test_clearing_leaves_what_is_not_ours(tmp_path):
    (tmp_path / "notes.txt").touch()
    (tmp_path / "a.made.parquet").touch()
    parts.clear(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_name_says_all_that_is_read(tmp_path):
    path = tmp_path / "甲.txt"
    path.write_text("平衡者", encoding="utf-8")
    names = set()
    for file in (File("甲.txt", str(path)), File("甲.txt", str(path), "gb18030"), File("./甲.txt", str(path))):
        names.add(parts.name_of(BOOK, parts.content_of(file)))
    path.write_text("砝码", encoding="utf-8")
    names.add(parts.name_of(BOOK, parts.content_of(file)))
    path.with_suffix(".yaml").write_text("encoding: utf-8\n", encoding="utf-8")
    names.add(parts.name_of(BOOK, parts.content_of(file)))
    names.add(parts.name_of(dataclasses.replace(BOOK, hash="1" * 12), parts.content_of(file)))
    assert len(names) == 6


def test_the_codebook_comes_back_the_same(tmp_path, shipped):
    assert parts.read_codebook(parts.write_codebook(tmp_path, shipped)) == shipped


@pytest.fixture
def shipped():
    from bianma.codebook import load
    from bianma.codebook.shipped import shipped_codebook

    return load(shipped_codebook())
