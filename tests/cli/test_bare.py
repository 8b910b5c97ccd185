"""`passages` and `suggest` on bare files: one at a time, the bad ones named, nothing lost."""

import json
import tracemalloc

import pytest

from bianma.cli import bare
from bianma.errors import SourceError
from bianma.records import Passage

ALLIANCE = "# 论同盟困境\n\n弱国一面害怕被抛弃，一面害怕受牵连，因此主张有限的战略自主。\n"
REGIME = "# 论安全机制\n\n安全机制是各国在安全领域共同承认的原则与规范。\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "同盟.txt").write_text(ALLIANCE, encoding="utf-8")
    (tmp_path / "机制.md").write_bytes(REGIME.encode("gb18030"))
    (tmp_path / "机制.yaml").write_text("encoding: gb18030\n", encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    return tmp_path


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("command", ["passages", "suggest"])
def test_what_can_be_read_is_written_and_the_rest_named(files, bianma, command):
    ran = bianma(command, "空.txt", "同盟.txt", "没有.txt", "机制.md", "-o", "out.jsonl", cwd=files)
    assert ran.exit == 1
    assert "空.txt: is empty" in ran.err
    assert "没有.txt: there is no such file" in ran.err
    assert {r["doc"] for r in records(files / "out.jsonl")} == {"同盟", "机制"}
    assert f"wrote {len(records(files / 'out.jsonl'))} records" in ran.err


@pytest.mark.parametrize("command", ["passages", "suggest"])
def test_nothing_is_written_where_nothing_can_be_read(files, bianma, command):
    (files / "out.jsonl").write_text("kept\n", encoding="utf-8")
    ran = bianma(command, "空.txt", "没有.txt", "-o", "out.jsonl", cwd=files)
    assert (ran.exit, "空.txt" in ran.err, "没有.txt" in ran.err) == (2, True, True)
    assert (files / "out.jsonl").read_text(encoding="utf-8") == "kept\n"


def test_the_sidecar_beside_a_file_says_its_encoding_and_the_option_overrides_it(files, bianma):
    bianma("passages", "机制.md", "-o", "out.jsonl", cwd=files)
    assert [r["text"] for r in records(files / "out.jsonl")] == ["论安全机制", REGIME.split("\n")[2]]
    (files / "机制.yaml").write_text("encoding: big5\n", encoding="utf-8")
    bianma("passages", "机制.md", "--encoding", "gb18030", "-o", "out.jsonl", cwd=files)
    assert records(files / "out.jsonl")[0]["text"] == "论安全机制"


def test_a_damaged_sidecar_is_named_with_its_line(files, bianma):
    (files / "机制.yaml").write_text("encodign: gb18030\n", encoding="utf-8")
    ran = bianma("passages", "机制.md", "同盟.txt", cwd=files)
    assert (ran.exit, "机制.yaml:1" in ran.err, '"同盟"' in ran.out) == (1, True, True)


@pytest.mark.parametrize("command", ["passages", "suggest"])
def test_the_texts_in_which_offsets_count_are_written_on_wish(files, bianma, command):
    assert bianma(command, "同盟.txt", "机制.md", "--texts", "raw", "-o", "out.jsonl", cwd=files).exit == 0
    raws = {p.stem: p.read_bytes().decode() for p in (files / "raw").iterdir()}
    assert raws == {"同盟": ALLIANCE, "机制": REGIME}
    for record in records(files / "out.jsonl"):
        spans = record.get("spans") or [(record["start"], record["end"])]
        assert "".join(raws[record["doc"]][a:b] for a, b in spans) == record.get("quote", record["text"])


def test_two_files_of_one_name(files, bianma):
    (files / "二").mkdir()
    (files / "二" / "同盟.txt").write_text(REGIME, encoding="utf-8")
    ran = bianma("passages", "同盟.txt", "二/同盟.txt", "-o", "out.jsonl", cwd=files)
    assert (ran.exit, "another file given is called 同盟 too" in ran.err) == (1, True)
    assert records(files / "out.jsonl")[0]["text"] == "论同盟困境"


def test_one_file_is_held_at_a_time(tmp_path):
    paths = [tmp_path / f"{n}.txt" for n in range(5)]
    for path in paths:
        path.write_text(ALLIANCE, encoding="utf-8")
    given = bare.Given([*paths, tmp_path / "没有.txt"], None, tmp_path / "raw")
    for n, _ in enumerate(given.articles(), 1):
        assert len(list((tmp_path / "raw").iterdir())) == n
    assert len(given.faults) == 1
    with pytest.raises(SourceError, match=r"没有\.txt"):
        list(bare.Given([tmp_path / "没有.txt"], None, None).articles())


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_files(tmp_path, monkeypatch):
    monkeypatch.setattr(bare, "cut", whole)  # memory here, not the time that tracing a real cut takes
    paths = [tmp_path / f"{n}.txt" for n in range(200)]
    for path in paths:
        path.write_text("各国的合作取决于彼此的预期。" * (SIZE // 14), encoding="utf-8")
    peak(paths[:1], tmp_path)  # what is made once, such as tables
    few, many = peak(paths[:20], tmp_path), peak(paths, tmp_path)
    assert many < few + 90 * SIZE  # the texts of 180 more files would be 360 times SIZE in bytes


SIZE = 7_000  # characters, of two bytes each in memory


def whole(doc, raw, view):
    """One passage that is the whole article."""
    return [Passage(id=f"{doc}-1", doc=doc, index=0, kind="body", text=raw, spans=((0, len(raw)),))]


def peak(paths, folder):
    given = bare.Given(paths, None, None)
    tracemalloc.start()
    bare.jsonl.write(folder / "out.jsonl", (p for _, found in given.articles() for p in found))
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest


def test_pages_without_text_are_named_and_the_others_written(files, bianma):
    pytest.importorskip("pypdfium2")
    material = pytest.importorskip("tests.corpus.readers.test_pdf")
    data = material.printed(material.in_turn(material.sentence, material.picture, material.sentence))
    (files / "扫描.pdf").write_bytes(data)
    ran = bianma("passages", "扫描.pdf", "-o", "out.jsonl", cwd=files)
    assert ran.exit == 0
    assert "扫描.pdf: page 2 is a picture without text" in ran.err
    assert records(files / "out.jsonl")
    assert "page 2 is a picture" in bianma("show", "扫描.pdf", cwd=files).err
