"""`ingest`: nothing is cut anew under a coding, one broken article stops no other, a killed run is completed by the next."""

import json
import os
import tracemalloc

import pytest

from bianma import jsonl
from bianma.errors import SourceError, StudyError
from bianma.records import CoderId, Metadata, Passage, Shown, Source, passage_id, text_sha
from bianma.study import ingest as module
from bianma.study import ledger, steps
from bianma.study.ingest import decide
from bianma.study.store import Study, file_sha

NOW = "2026-01-02T03:04:05Z"
ALLIANCE = "# 论同盟困境\n\n弱国一面害怕被抛弃，一面害怕受牵连，𠮷田茂因此主张有限的战略自主。\n"
REGIME = "# 论安全机制\n\n安全机制是各国在安全领域共同承认的原则与规范，它约束强国，也约束弱国。\n"
ROLE = "# 论国家角色\n\n国家角色是自我认知与他者期待相互作用的结果，并不由实力单独决定。\n"


def put(study, name, text, encoding="utf-8"):
    (study.corpus_dir / name).write_bytes(text.encode(encoding))


@pytest.fixture
def study(tmp_path):
    """A study of two articles, without codings."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "bianma.yaml").write_text("name: 试\ncoders:\n  - {id: lin, name: 林}\n", encoding="utf-8")
    found = Study(tmp_path)
    put(found, "同盟.txt", ALLIANCE)
    put(found, "机制.md", REGIME)
    return found


def run(study, **options):
    return steps.ingest(study, now=NOW, **options)


def states(result):
    return {o.doc: o.state for o in result.outcomes}


def records(study):
    return {p: p.read_bytes() for p in sorted(study.annotations.rglob("*")) if p.is_file()}


def passages_of(study, doc):
    return study.shelf().of(doc)


def push(study, doc, kind="body"):
    """Write down that lin was shown the passages of `doc` of a kind."""
    shown = [
        Shown(
            coder=CoderId("lin"), doc=p.doc, passage=p.id, text_sha=text_sha(p.text), codebook="b@1+0", suggestions=()
        )
        for p in passages_of(study, doc)
        if p.kind == kind
    ]
    assert shown
    return shown


def code(study, make_coding, doc, folder="codings/lin"):
    codings = [make_coding(p, "lin", []) for p in passages_of(study, doc)]
    jsonl.write(study.annotations / folder / f"{doc}.jsonl", codings)


def in_use(study, make_coding, how, doc="同盟"):
    """Have the article pushed, announced, coded or adjudicated."""
    if how == "shown":
        jsonl.write(study.annotations / "shown" / "lin.jsonl", push(study, doc))
    elif how == "announced":
        study.announce(CoderId("lin"), push(study, doc))
    else:
        code(study, make_coding, doc, {"coded": "codings/lin", "adjudicated": "adjudicated"}[how])


USES = ["shown", "announced", "coded", "adjudicated"]


def test_what_is_written(study):
    result = run(study)
    assert (result.articles, result.new, states(result)) == (2, True, {"同盟": "new", "机制": "new"})
    sources = {s.doc: s for s in jsonl.read(study.annotations / "sources.jsonl", Source)}
    assert sources["同盟"].path == "corpus/同盟.txt"
    assert (sources["同盟"].length, sources["同盟"].sha) == (len(ALLIANCE), text_sha(ALLIANCE))
    assert sources["同盟"].file_sha == file_sha(study.corpus_dir / "同盟.txt")
    assert [m.title["zh"] for m in jsonl.read(study.annotations / "articles.jsonl", Metadata)] == [
        "论同盟困境",
        "论安全机制",
    ]
    passages = jsonl.read(study.annotations / "passages.jsonl", Passage)
    assert [(p.doc, p.kind) for p in passages] == [(d, k) for d in ("同盟", "机制") for k in ("title", "body")]
    assert result.kinds == {"body": 2, "title": 2}
    assert ledger.verify(study.ledger) == 1


def test_a_second_run_writes_nothing_and_says_so(study):
    run(study)
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ino, data) for p, data in records(study).items()}
    result = run(study)
    assert (result.new, result.findings, set(states(result).values())) == (False, (), {"unchanged"})
    assert {p: (p.stat().st_mtime_ns, p.stat().st_ino, data) for p, data in records(study).items()} == before


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(study):
    assert states(run(study, dry_run=True)) == {"同盟": "new", "机制": "new"}
    assert not study.annotations.exists()
    run(study)
    before = records(study)
    put(study, "同盟.txt", ALLIANCE + "\n补充一段：同盟并不总是可靠的保证。\n")
    (study.corpus_dir / "机制.md").unlink()
    result = run(study, dry_run=True)
    assert (result.new, states(result)) == (True, {"同盟": "changed", "机制": "removed"})
    assert records(study) == before


def test_new_changed_and_removed_articles_that_nobody_was_sent(study):
    run(study)
    put(study, "角色.txt", ROLE)
    put(study, "同盟.txt", "改写：" + ALLIANCE)
    (study.corpus_dir / "机制.md").unlink()
    result = run(study)
    assert states(result) == {"同盟": "changed", "机制": "removed", "角色": "new"}
    old, new = text_sha(ALLIANCE)[:8], text_sha("改写：" + ALLIANCE)[:8]
    assert next(o.why for o in result.outcomes if o.doc == "同盟") == f"{old} → {new}"
    assert (result.findings, study.shelf().docs(), list(study.sources())) == ((), ["同盟", "角色"], ["同盟", "角色"])


@pytest.mark.parametrize("how", USES)
def test_a_changed_source_is_never_cut_anew_under_codings(study, make_coding, how):
    run(study)
    in_use(study, make_coding, how)
    kept = {name: [r for r in jsonl.read(study.annotations / name, type_) if r.doc == "同盟"] for name, type_ in FILES}
    put(study, "同盟.txt", ALLIANCE + "后记。\n")  # not one passage id would change
    put(study, "角色.txt", ROLE)
    result = run(study)
    assert states(result) == {"同盟": "refused", "机制": "unchanged", "角色": "new"}
    (finding,) = result.findings
    assert finding.startswith("同盟: corpus/同盟.txt was changed (")
    assert f"({text_sha(ALLIANCE)[:8]} → {text_sha(ALLIANCE + '后记。' + chr(10))[:8]})" in finding
    assert "put it back as it was" in finding
    now = {name: [r for r in jsonl.read(study.annotations / name, type_) if r.doc == "同盟"] for name, type_ in FILES}
    assert now == kept
    with pytest.raises(StudyError, match=r"corpus/同盟\.txt was changed since"):
        study.text("同盟")
    put(study, "同盟.txt", ALLIANCE)
    assert (run(study).findings, study.text("同盟").raw) == ((), ALLIANCE)


FILES = [("sources.jsonl", Source), ("passages.jsonl", Passage), ("articles.jsonl", Metadata)]


@pytest.mark.parametrize("how", [u for u in USES if u != "announced"])
def test_a_source_that_is_gone_keeps_its_records_if_it_is_coded(study, make_coding, how):
    run(study)
    in_use(study, make_coding, how)
    before = records(study)
    (study.corpus_dir / "同盟.txt").unlink()
    result = run(study)
    assert states(result) == {"同盟": "refused", "机制": "unchanged"}
    assert "corpus/同盟.txt is gone" in result.findings[0]
    assert {p: d for p, d in records(study).items() if p in before} == before


def test_what_was_only_announced_may_go(study, make_coding):
    run(study)
    in_use(study, make_coding, "announced")
    (study.corpus_dir / "同盟.txt").unlink()
    assert states(run(study))["同盟"] == "removed"


def cut_in_halves(doc, raw, view=None):
    """What another version of bianma might make of an article: each line a passage."""
    found, at = [], 0
    for line in raw.splitlines(keepends=True):
        text = line.strip()
        if text:
            found.append(Passage(id=passage_id(doc, text, at), doc=doc, index=len(found), kind="body", text=text, spans=((at, at + len(text)),)))  # fmt: skip
        at += len(line)
    return found


@pytest.mark.parametrize("how", USES)
def test_what_is_in_use_stays_as_it_was_cut_when_bianma_cuts_otherwise(study, make_coding, how, monkeypatch):
    run(study)
    in_use(study, make_coding, how)
    old = passages_of(study, "同盟")
    monkeypatch.setattr(module, "cut", cut_in_halves)
    result = run(study)
    assert states(result) == {"同盟": "kept as coded", "机制": "cut anew"}
    assert (result.findings, passages_of(study, "同盟")) == ((), old)
    assert {p.kind for p in passages_of(study, "机制")} == {"body"}
    again = run(study)
    assert (again.new, states(again)) == (False, {"同盟": "kept as coded", "机制": "unchanged"})


def test_descriptions_are_renewed_even_of_what_is_coded(study, make_coding):
    run(study)
    in_use(study, make_coding, "coded")
    path = study.annotations / "passages.jsonl"
    passages = jsonl.read(path, Passage)
    stale = [json.loads(line) | {"language": "ko"} for line in path.read_bytes().splitlines()]
    jsonl.write(path, stale)
    result = run(study)
    assert (result.new, set(states(result).values())) == (True, {"unchanged"})
    assert jsonl.read(path, Passage) == passages


A, B, C = ("甲", "乙", "丙")  # passages, by their ids


@pytest.mark.parametrize(
    ("known", "now", "old", "new", "uses", "state"),
    [
        (None, "x", "", A, "", "new"),
        (None, "x", "", A, A, "new"),  # the records are gone, and the article is cut as it was when it was coded
        (None, "x", "", A, B, "refused"),  # the records are gone, and so is the passage that was coded
        ("x", "x", A, A, A, "unchanged"),
        ("x", "y", A, A, "", "changed"),
        ("x", "y", A, A, A, "refused"),  # even where no coded passage would change
        ("x", "x", A, B, "", "cut anew"),
        ("x", "x", A, B, A, "kept as coded"),
        ("x", "x", A, A + B, A, "kept as coded"),  # one passage more: others' places in the article would change
        ("x", "x", A, B + C, C, "cut anew"),  # passages.jsonl lost the coded passage; the new cut has it
        ("x", "x", A, B, C, "refused"),
    ],
)
def test_the_decision(known, now, old, new, uses, state):
    def source(sha):
        return Source(doc="文", path="corpus/文.txt", sha=sha, length=1)

    def cut(ids):
        return [Passage(id=i, doc="文", index=n, kind="body", text=i, spans=((n, n + 1),)) for n, i in enumerate(ids)]

    assert decide(known and source(known), source(now), cut(old), cut(new), frozenset(uses)) == state


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", bytes(range(256))])
def test_one_broken_article_among_many_is_named_and_the_others_ingested(study, data):
    (study.corpus_dir / "坏.txt").write_bytes(data)
    result = run(study)
    assert states(result) == {"同盟": "new", "坏": "unreadable", "机制": "new"}
    assert result.findings[0].startswith("坏: corpus/坏.txt")
    assert "\n" not in result.findings[0]
    assert study.shelf().docs() == ["同盟", "机制"]


def test_an_article_that_breaks_later_keeps_its_records(study):
    run(study)
    before = records(study)
    (study.corpus_dir / "同盟.txt").write_bytes(b"")
    result = run(study)
    assert (states(result)["同盟"], result.new, records(study)) == ("unreadable", False, before)


def test_a_damaged_sidecar_is_a_finding_of_its_article(study):
    run(study)
    before = records(study)
    (study.corpus_dir / "同盟.yaml").write_text("yaer: 2019\n", encoding="utf-8")
    result = run(study)
    assert (states(result), records(study)) == ({"同盟": "unreadable", "机制": "unchanged"}, before)
    assert "corpus/同盟.yaml:1" in result.findings[0]


def test_a_sidecar_is_no_article_and_its_words_are_metadata(study, make_coding):
    run(study)
    in_use(study, make_coding, "coded")
    (study.corpus_dir / "同盟.yaml").write_text("year: 2019\n", encoding="utf-8")
    result = run(study)
    assert [(o.doc, o.state, o.metadata) for o in result.outcomes] == [
        ("同盟", "unchanged", True),
        ("机制", "unchanged", False),
    ]
    about = study.metadata()["同盟"]
    assert (about.year, about.told, result.new, result.left_out) == (2019, ("year",), True, ())
    (study.corpus_dir / "同盟.yaml").unlink()
    assert run(study).outcomes[0].metadata
    assert (study.metadata()["同盟"].year, study.metadata()["同盟"].told) == (None, ())


def test_the_sidecars_encoding_is_obeyed_and_recorded(study):
    text = "安全机制是各国共同承认的规范。"
    put(study, "国标.txt", text, "gb18030")
    (study.corpus_dir / "国标.yaml").write_text("encoding: gb18030\n", encoding="utf-8")
    run(study)
    assert (study.sources()["国标"].encoding, study.text("国标").raw) == ("gb18030", text)


def test_the_encoding_once_found_is_kept_while_the_file_is_the_same(study, monkeypatch):
    run(study)
    asked = {}

    def read(path, *, encoding=None):
        asked[path.name] = encoding
        return real(path, encoding=encoding)

    real = module.read_article
    monkeypatch.setattr(module, "read_article", read)
    put(study, "机制.md", REGIME + "续。\n")
    run(study)
    assert asked == {"同盟.txt": "utf-8", "机制.md": None}


def test_a_file_in_another_encoding_with_the_same_text_is_the_same_article(study, make_coding):
    text = "安全机制是各国共同承认的规范，它约束强国，也约束弱国，这是国际合作的前提。"
    put(study, "国标.txt", text, "gb18030")
    run(study)
    in_use(study, make_coding, "coded", "国标")
    put(study, "国标.txt", text, "utf-8")
    result = run(study)
    assert (result.findings, result.new, states(result)["国标"]) == ((), True, "unchanged")
    assert (study.sources()["国标"].encoding, study.text("国标").raw) == ("utf-8", text)


def test_what_is_no_article_is_named(study):
    for name in ("NOTICE", "旧文.caj", "孤.yaml", ".隐藏.txt"):
        (study.corpus_dir / name).write_bytes(b"x")
    (study.corpus_dir / "附录").mkdir()
    left = run(study).left_out
    assert [name.split(" ")[0] for name in left] == ["NOTICE", "孤.yaml", "旧文.caj", "附录/"]
    assert "CAJViewer" in left[2]


def made_text(monkeypatch, texts):
    """Have docx files read by a reader whose version may change: `texts` is what it makes of a file's bytes."""
    real, reads = module.read_article, []

    def read(path, *, encoding=None):
        if path.suffix != ".docx":
            return real(path, encoding=encoding)
        reads.append(path.name)
        raw = texts[path.read_bytes()]
        if raw is None:
            raise SourceError(f"{path}: holds no text")
        source = Source(doc=path.stem, path=path.as_posix(), sha=text_sha(raw), length=len(raw), file_sha=file_sha(path), reader="docx (1)")  # fmt: skip
        return module.Article(source=source, raw=raw, said={"title": ("属性里的标题",)})

    monkeypatch.setattr(module, "read_article", read)
    return reads


def test_the_text_of_a_word_file_is_kept_and_the_file_not_read_anew(study, monkeypatch):
    texts = {b"v1": ROLE}
    reads = made_text(monkeypatch, texts)
    (study.corpus_dir / "角色.docx").write_bytes(b"v1")
    run(study)
    kept = study.annotations / "texts" / "角色.txt"
    assert (kept.read_bytes().decode(), study.text("角色").raw, reads) == (ROLE, ROLE, ["角色.docx"])
    texts[b"v1"] = ROLE + "新版的库在末尾多读出一行。\n"
    again = run(study)
    assert (again.new, reads, study.text("角色").raw) == (False, ["角色.docx"], ROLE)


def test_a_kept_text_that_was_changed_is_refused_and_restored_from_the_file(study, monkeypatch, make_coding):
    texts = {b"v1": ROLE}
    made_text(monkeypatch, texts)
    (study.corpus_dir / "角色.docx").write_bytes(b"v1")
    run(study)
    in_use(study, make_coding, "coded", "角色")
    kept = study.annotations / "texts" / "角色.txt"
    kept.write_text("改" + ROLE, encoding="utf-8")
    with pytest.raises(StudyError, match=r"annotations/texts/角色\.txt was changed"):
        study.text("角色")
    result = run(study)
    assert (result.findings, result.new, study.text("角色").raw) == ((), True, ROLE)
    kept.unlink()
    texts[b"v1"] = ROLE + "多一行。\n"
    result = run(study)
    assert "corpus/角色.docx is read as another text (by docx (1))" in result.findings[0]
    assert not kept.exists()


def test_texts_of_articles_that_went_are_taken_away(study, monkeypatch):
    made_text(monkeypatch, {b"v1": ROLE})
    (study.corpus_dir / "角色.docx").write_bytes(b"v1")
    run(study)
    (study.corpus_dir / "角色.docx").unlink()
    assert states(run(study))["角色"] == "removed"
    assert list((study.annotations / "texts").iterdir()) == []


def test_the_text_of_a_coded_article_is_not_taken_away_with_its_record(study, monkeypatch, make_coding):
    texts = {b"v1": ROLE}
    made_text(monkeypatch, texts)
    (study.corpus_dir / "角色.docx").write_bytes(b"v1")
    run(study)
    in_use(study, make_coding, "coded", "角色")
    (study.annotations / "sources.jsonl").unlink()
    texts[b"v1"] = "新版的库读出另一个开头。\n" + ROLE
    assert states(run(study))["角色"] == "refused"
    assert (study.annotations / "texts" / "角色.txt").read_bytes().decode() == ROLE


class KilledError(BaseException):
    """Not to be caught by anything."""


@pytest.mark.parametrize("step", range(8))
def test_a_run_killed_between_any_two_files_is_completed_by_the_next(study, monkeypatch, step):
    texts = {b"v1": ROLE, b"v2": ROLE + "\n第二版加了一段话，说明角色也会冲突。\n"}
    made_text(monkeypatch, texts)
    (study.corpus_dir / "角色.docx").write_bytes(b"v1")
    run(study)
    put(study, "同盟.txt", "改写：" + ALLIANCE)
    (study.corpus_dir / "机制.md").unlink()
    (study.corpus_dir / "角色.docx").write_bytes(b"v2")
    left = step
    real = os.fsync

    def fsync(handle):
        nonlocal left
        if left == 0:
            raise KilledError
        left -= 1
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        try:
            run(study)
        except KilledError:
            pass
        else:
            assert step > 4  # texts, passages, articles, sources, ledger: all were written
    after = run(study)
    assert after.findings == ()
    fresh = Study(study.root.parent / f"{study.root.name}-fresh")
    fresh.root.mkdir()
    study.corpus_dir.rename(fresh.corpus_dir)
    run(fresh)
    ours, theirs = ({p.name: d for p, d in records(s).items() if p.name != "ledger.jsonl"} for s in (study, fresh))
    assert ours == theirs
    ledger.verify(study.ledger)


def test_lost_records_are_made_anew_where_the_cut_is_the_same(study, make_coding):
    run(study)
    in_use(study, make_coding, "coded")
    before = records(study)
    for name, _ in FILES:
        (study.annotations / name).unlink()
    result = run(study)
    assert (result.findings, {p: d for p, d in records(study).items() if p.name != "ledger.jsonl"}) == (
        (),
        {p: d for p, d in before.items() if p.name != "ledger.jsonl"},
    )


def test_damaged_passages_are_made_anew_only_while_nobody_needs_them(study, make_coding):
    run(study)
    path = study.annotations / "passages.jsonl"
    good = path.read_bytes()
    path.write_bytes(good[:-40])
    run(study)
    assert path.read_bytes() == good
    in_use(study, make_coding, "coded")
    path.write_bytes(good[: len(good) // 3])
    with pytest.raises(StudyError, match=r"passages\.jsonl:\d.*restore this file"):
        run(study)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_articles(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "cut", cut_in_halves)  # memory here, not the time that tracing a real cut takes
    peak(tmp_path / "first", 1)  # what is made once, such as tables
    few, many = peak(tmp_path / "few", 5), peak(tmp_path / "many", 25)
    assert many < few + 10 * SIZE  # the raw texts of 20 more articles would be 40 times SIZE in bytes


SIZE = 12_000  # characters, of two bytes each in memory


def peak(root, number):
    (root / "corpus").mkdir(parents=True)
    study = Study(root)
    for n in range(number):
        text = f"# 第{n}篇\n\n" + "各国在安全领域的合作取决于彼此的预期。" * (SIZE // 20)
        put(study, f"{n:03}.txt", text)
    tracemalloc.start()
    run(study)
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest


def test_pages_without_text_are_named_each_time(study):
    pytest.importorskip("pypdfium2")
    material = pytest.importorskip("tests.corpus.readers.test_pdf")
    data = material.printed(material.in_turn(material.sentence, material.picture, material.sentence))
    (study.corpus_dir / "扫描.pdf").write_bytes(data)
    for _ in range(2):
        (warning,) = run(study).warnings
        assert warning.startswith("corpus/扫描.pdf: page 2 is a picture without text")
