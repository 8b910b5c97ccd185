"""A study reads one article at a time, and only what it was when it was ingested."""

import pytest

from bianma.errors import StudyError
from bianma.records import DocId
from bianma.study import steps
from bianma.study.store import ByArticle, Study
from bianma.study.verify import verify

NOW = "2026-01-02T03:04:05Z"
TEXTS = {
    "同盟.txt": "# 论同盟\r\n\r\n弱国害怕被抛弃，𠮷田因此主张自主。\r\n",
    "机制.md": "# 论机制\n\n安全机制约束强国。\n",
}


@pytest.fixture
def study(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "bianma.yaml").write_text("name: 试\ncoders:\n  - {id: lin, name: 林}\n", encoding="utf-8")
    for name, text in TEXTS.items():
        (tmp_path / "corpus" / name).write_bytes(text.encode())
    (tmp_path / "corpus" / "国标.txt").write_bytes("安全机制是各国共同承认的规范与原则。".encode("gb18030"))
    (tmp_path / "corpus" / "国标.yaml").write_text("encoding: gb18030\n", encoding="utf-8")
    found = Study(tmp_path)
    steps.ingest(found, now=NOW)
    return found


def test_a_text_is_the_file_in_its_encoding_with_nothing_translated(study):
    assert study.text(DocId("同盟")).raw == TEXTS["同盟.txt"]
    assert study.text(DocId("国标")).raw == "安全机制是各国共同承认的规范与原则。"
    assert {doc: len(text.raw) for doc, text in study.texts().items()} == {
        d: s.length for d, s in study.sources().items()
    }


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            "# 论同盟\n\n弱国害怕被抛弃。".encode(),
            r"corpus/同盟\.txt was changed since `bianma ingest` \(\w{8} then, \w{8} now\)",
        ),
        ("论同盟".encode("gb18030"), r"corpus/同盟\.txt is no longer in utf-8"),
        (None, "corpus/ lacks 同盟"),
    ],
)
def test_a_text_that_is_not_what_was_ingested_is_refused(study, data, says):
    path = study.corpus_dir / "同盟.txt"
    path.unlink() if data is None else path.write_bytes(data)
    with pytest.raises(StudyError, match=says):
        study.text(DocId("同盟"))
    assert study.text(DocId("机制")).raw == TEXTS["机制.md"]


def test_an_article_that_nobody_ingested_is_named(study):
    with pytest.raises(StudyError, match=r"does not know the article 新: run `bianma ingest`"):
        study.text(DocId("新"))


def test_what_is_gone_is_named_before_anything_is_read(study):
    for name in ("同盟.txt", "机制.md"):
        (study.corpus_dir / name).unlink()
    with pytest.raises(StudyError, match="lacks 同盟, 机制, which"):
        study.texts_of([DocId(d) for d in ("机制", "国标", "同盟", "同盟")])


def test_only_the_last_few_are_held():
    read = []
    found = ByArticle([DocId(d) for d in "甲乙丙"], lambda doc: read.append(doc) or doc * 2)
    assert [found[DocId(d)] for d in "甲甲乙丙甲"] == ["甲甲", "甲甲", "乙乙", "丙丙", "甲甲"]
    assert (read, list(found), len(found), "丁" in found) == (["甲", "乙", "丙", "甲"], ["甲", "乙", "丙"], 3, False)


def test_a_sound_study_is_found_sound(study):
    assert list(verify(study)) == []


def test_what_does_not_stand_is_found(study):
    passages = study.annotations / "passages.jsonl"
    passages.write_text(passages.read_text(encoding="utf-8").replace("约束强国", "约束弱国"), encoding="utf-8")
    (study.corpus_dir / "同盟.txt").write_text("改" + TEXTS["同盟.txt"], encoding="utf-8", newline="")
    (study.corpus_dir / "国标.txt").write_text("安全机制是各国共同承认的规范与原则。", encoding="utf-8")
    (study.corpus_dir / "空.txt").write_bytes(b"")
    unreadable, changed, recoded, tampered = verify(study)
    assert unreadable.startswith("corpus/空.txt: ")
    assert changed.startswith("同盟: 2 of 2 passages no longer stand in the source, which was changed")
    assert recoded.startswith("corpus/国标.txt is no longer in gb18030")
    assert tampered.startswith("机制: 1 of 2 passages are not what the source spells: annotations/passages.jsonl was")
