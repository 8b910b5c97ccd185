"""Whatever stands in the way is said in words: exit code 2 (or 1 for findings), no traceback, nothing lost."""

import json
import os
import socket

import pytest


def say_no(ran, *words, exit_code=2):
    """The command ended as expected, in sentences that hold `words`."""
    said = ran.out + ran.err
    assert ran.exit == exit_code, ran
    assert "Traceback" not in said
    for word in words:
        assert word in said


@pytest.mark.parametrize("command", ["check", "ingest", "suggest", "push", "pull", "agree", "export", "demo"])
def test_no_study(tmp_path, bianma, command):
    say_no(bianma(command, cwd=tmp_path), "no bianma.yaml in", "bianma init DIR")


def test_a_study_folder_that_does_not_exist(tmp_path, bianma):
    say_no(bianma("check", "-C", "nowhere", cwd=tmp_path), "no bianma.yaml in nowhere")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["agre"], ["No such command 'agre'"]),
        (["export", "--to", "docx"], ["'docx' is not one of", "csv"]),
        (["suggest", "-o", "x.jsonl"], ["go with FILEs"]),
        (["push", "--coder", "lin"], ["no coder lin in bianma.yaml", "coder-a, coder-b"]),
        (["init", "."], ["is not an empty folder"]),
        (["agree"], ["finished codings of two coders", "bianma pull"]),
        (["export"], ["annotations/passages.jsonl is not there yet", "bianma ingest"]),
        (["push"], ["bianma ingest"]),
        (["passages", "gone.txt"], ["gone.txt", "no such file"]),
        (["passages", "corpus"], ["corpus: is a folder"]),
        (["passages", "bianma.yaml"], [".yaml is unknown", ".txt"]),
        (["suggest", "corpus/示例_同盟困境.txt", "--codebook", "nowhere"], ["nowhere"]),
        (["suggest", "--encoding", "big5"], ["go with FILEs"]),
        (["passages", "corpus/示例_同盟困境.txt", "--encoding", "utf-9"], ["utf-9"]),
        (["passages", "corpus/示例_同盟困境.txt", "-o", "corpus/示例_同盟困境.txt"], ["is one of the FILEs"]),
        (["passages", "corpus/示例_同盟困境.txt", "--texts", "corpus"], ["would write over"]),
        (["show", "gone.txt"], ["gone.txt: no such file, and no article of the study"]),
        (["show", "corpus"], ["is a folder"]),
        (["show", "corpus/示例_同盟困境.txt", "--kind", "body,notes"], ["notes: is none of title, author"]),
        (["show", "corpus/示例_同盟困境.txt", "--html", "no/such/p.html"], ["there is no folder no/such"]),
        (["show", "corpus/示例_同盟困境.txt", "--html", "corpus/示例_同盟困境.txt"], ["is the article itself"]),
    ],
)
def test_wrong_words_are_answered_with_right_ones(study, bianma, args, words):
    say_no(bianma(*args, cwd=study), *words)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["empty"]),
        ("\ufeff \r\n".encode(), ["no text"]),
        (b"PK\x03\x04\x00\x00", ["坏.txt"]),
        (bytes(range(256)), ["坏.txt"]),
    ],
)
def test_an_article_that_is_no_text_is_named_and_the_others_ingested(study, bianma, data, words):
    (study / "corpus" / "坏.txt").write_bytes(data)
    ran = bianma("ingest", cwd=study)
    say_no(ran, "坏: corpus/坏.txt", *words, exit_code=1)
    assert "1 articles" in ran.out
    assert bianma("suggest", cwd=study).exit == 0
    say_no(bianma("check", cwd=study), "corpus/坏.txt", *words, exit_code=1)


def test_all_articles_that_cannot_be_read_are_named_at_once_and_check_finds_them(study, bianma):
    (study / "corpus" / "空.txt").write_bytes(b"")
    (study / "corpus" / "二进制.txt").write_bytes(b"\x00\x01" * 9)
    say_no(bianma("ingest", cwd=study), "corpus/空.txt", "corpus/二进制.txt", exit_code=1)
    say_no(bianma("check", cwd=study), "corpus/空.txt", "corpus/二进制.txt", exit_code=1)


def test_what_is_no_article_is_named_with_what_to_do(study, bianma):
    (study / "corpus" / "旧文.caj").write_bytes(b"CAJ\0")
    (study / "corpus" / "NOTICE").write_text("x", encoding="utf-8")
    ran = bianma("ingest", cwd=study)
    assert (ran.exit, "left out, no articles: NOTICE; 旧文.caj is in CNKI's own format" in ran.out) == (0, True)


def test_an_article_taken_away_after_ingest(study, bianma):
    (study / "corpus" / "新.txt").write_text("# 新文\n\n日本追随美国。", encoding="utf-8")
    for command in ("ingest", "suggest"):
        bianma(command, cwd=study)
    (study / "corpus" / "新.txt").unlink()
    for command in ("suggest", "push", "export"):
        say_no(bianma(command, cwd=study), "corpus/ lacks 新", "bianma ingest")
    say_no(bianma("check", cwd=study), "新: its source is gone", exit_code=1)
    assert bianma("ingest", cwd=study).exit == 0  # nobody was sent it, so it may go
    assert bianma("suggest", cwd=study).exit == 0


def test_no_folder_is_made_for_the_output(study, bianma):
    say_no(
        bianma("passages", "corpus/示例_同盟困境.txt", "-o", "no/such/p.jsonl", cwd=study), "there is no folder no/such"
    )
    assert not (study / "no").exists()


def test_a_new_study_on_a_full_disk_leaves_nothing(tmp_path, bianma, monkeypatch):
    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    say_no(bianma("init", "新研究", cwd=tmp_path), "新研究/codebook", "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_two_articles_of_one_name(study, bianma):
    (study / "corpus" / "示例_同盟困境.md").write_text("别的文章", encoding="utf-8")
    say_no(bianma("ingest", cwd=study), "示例_同盟困境.md and 示例_同盟困境.txt would be one article")


def test_no_articles(study, bianma):
    for path in (study / "corpus").iterdir():
        path.unlink()
    say_no(bianma("ingest", cwd=study), "corpus/ holds no articles")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("name: x\n", ["bianma.yaml:1", "coders"]),
        ("name: x\ncoders:\n  - {id: Lin}\n", ["bianma.yaml:3", "Lin"]),
        ("name: x\ncoders:\n  - {id: lin}\n  - {id: lin}\n", ["bianma.yaml:4", "the id 'lin' is taken in line 3"]),
        ("name: x\ncoder:\n  - {id: lin}\n", ["bianma.yaml:2", "coders"]),
        ("name：x\ncoders: []\n", ["bianma.yaml:1", "：".encode().decode()]),
        ("name: x\n\tcoders: []\n", ["bianma.yaml:2", "tab"]),
        ("name: x\nname: y\ncoders: [{id: lin}]\n", ["bianma.yaml:2", "name"]),
    ],
)
def test_settings_are_refused_with_their_line(study, bianma, settings, words):
    (study / "bianma.yaml").write_text(settings, encoding="utf-8")
    say_no(bianma("check", cwd=study), *words, exit_code=1)
    if "lin" not in settings or settings.count("lin") > 1:
        say_no(bianma("push", cwd=study), "bianma.yaml")


def test_a_missing_codebook_and_a_missing_family(study, bianma):
    (study / "codebook" / "role_theory.yaml").unlink()
    say_no(bianma("check", cwd=study), "role_theory.yaml", "codebook.yaml:", exit_code=1)
    for path in (study / "codebook").iterdir():
        path.unlink()
    bianma("ingest", cwd=study)
    say_no(bianma("suggest", cwd=study), "codebook.yaml")


def test_every_problem_of_the_codebook_in_one_run(study, bianma):
    path = study / "codebook" / "role_theory.yaml"
    text = path.read_text(encoding="utf-8").replace("theorist:", "theorsit:", 1).replace("cues:", "cue:", 1)
    path.write_text(text, encoding="utf-8")
    ran = bianma("check", cwd=study)
    say_no(ran, "theorsit", "theorist", "cue", exit_code=1)
    assert len([line for line in ran.out.splitlines() if "role_theory.yaml:" in line]) >= 2


def test_a_damaged_annotation_file_is_named_with_its_line(study, bianma):
    bianma("ingest", cwd=study)
    path = study / "annotations" / "passages.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1][:40], *lines[2:]]), encoding="utf-8")
    say_no(bianma("suggest", cwd=study), "passages.jsonl:2")


def test_the_server_is_down(study, bianma):
    for command in ("ingest", "suggest"):
        bianma(command, cwd=study)
    say_no(bianma("push", cwd=study), "not running", "bianma studio up")
    say_no(bianma("pull", cwd=study), "not running", "bianma studio up")
    say_no(bianma("studio", "status", cwd=study), "down", exit_code=1)
    assert bianma("studio", "down", cwd=study).out == "it was not running\n"


def test_somebody_elses_server(study, bianma):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]  # free now, and nobody listens once the socket is closed
    settings = (study / "bianma.yaml").read_text(encoding="utf-8")
    (study / "bianma.yaml").write_text(
        settings.replace("  port: 8080", f"  url: http://127.0.0.1:{port}"), encoding="utf-8"
    )
    for command in ("ingest", "suggest"):
        bianma(command, cwd=study)
    say_no(bianma("studio", "up", cwd=study), "run by somebody else")
    say_no(bianma("push", cwd=study), "accounts.json", "coder-a")
    accounts = [
        {"coder": c, "email": f"{c}@example.org", "password": "", "token": "x", "organisation": 1}
        for c in ("coder-a", "coder-b")
    ]
    (study / ".bianma" / "studio").mkdir(parents=True)
    (study / ".bianma" / "studio" / "accounts.json").write_text(json.dumps(accounts), encoding="utf-8")
    say_no(bianma("push", cwd=study), f"no Label Studio answers at http://127.0.0.1:{port}")


def test_the_disk_is_full(study, bianma, monkeypatch):
    bianma("ingest", cwd=study)
    before = (study / "annotations" / "passages.jsonl").read_bytes()

    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    (study / "corpus" / "新.txt").write_text("# 新文\n\n日本追随美国。", encoding="utf-8")
    say_no(bianma("ingest", cwd=study), "No space left on device")
    assert (study / "annotations" / "passages.jsonl").read_bytes() == before


def test_a_study_that_must_not_be_written_to(study, bianma):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (study / "annotations").chmod(0o500)
    say_no(bianma("ingest", cwd=study), "Permission denied")
    (study / "annotations").chmod(0o700)
