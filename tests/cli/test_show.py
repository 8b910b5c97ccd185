"""`show`: in the terminal, as a page, of a file and of an article of a study."""

import re

import click
import pytest

from bianma.cli import show

RAW = "# 论同盟困境\r\n\r\n弱国一面害怕 被抛弃，\r\n一面害怕受<script>alert(1)</script>牵连。\r\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "文.txt"
    path.write_bytes(RAW.encode())
    return path


def test_in_the_terminal_what_was_left_out_stands_in_marks(article, bianma):
    ran = bianma("show", "文.txt", "--lang", "zh", cwd=article.parent)
    assert ran.exit == 0
    assert "[-#␣-]论同盟困境" in ran.out
    assert "[2] 正文" in ran.out
    assert "弱国一面害怕[-␣-]被抛弃，" in ran.out
    assert "\x1b" not in ran.out


def test_kinds_are_chosen(article, bianma):
    out = bianma("show", "文.txt", "--lang", "en", "--kind", "title，heading", cwd=article.parent).out
    assert ("[1] title" in out, "[2] body" in out) == (True, False)


@pytest.mark.parametrize(("named", "word"), [("zh_CN.UTF-8", "读取方式"), ("de_DE.UTF-8", "Read by"), ("", "Read by")])
def test_the_users_language_is_taken(article, bianma, monkeypatch, named, word):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", named)
    assert word in bianma("show", "文.txt", cwd=article.parent).out


def test_a_page_is_written(article, bianma):
    ran = bianma("show", "文.txt", "--html", "文.html", "--lang", "en", cwd=article.parent)
    page = (article.parent / "文.html").read_text(encoding="utf-8")
    assert (ran.exit, "wrote 文.html" in ran.err, "<title>论同盟困境</title>" in page) == (0, True, True)


def test_the_page_is_opened(article, bianma, monkeypatch):
    opened = []
    monkeypatch.setattr(click, "launch", opened.append)
    assert bianma("show", "文.txt", "--open", "--html", "文.html", cwd=article.parent).exit == 0
    assert opened == [(article.parent / "文.html").resolve().as_uri()]


def test_a_long_listing_is_paged_on_a_terminal_and_coloured_unless_forbidden(article, bianma, monkeypatch):
    paged = []
    monkeypatch.setattr(show.sys.stdout.__class__, "isatty", lambda self: True, raising=False)
    monkeypatch.setattr(show.click, "echo_via_pager", lambda text, color: paged.append((text, color)))
    monkeypatch.setattr(show.shutil, "get_terminal_size", lambda: type("Size", (), {"lines": 3}))
    monkeypatch.delenv("NO_COLOR", raising=False)
    bianma("show", "文.txt", cwd=article.parent)
    bianma("show", "文.txt", "--no-color", cwd=article.parent)
    monkeypatch.setenv("NO_COLOR", "1")
    bianma("show", "文.txt", cwd=article.parent)
    assert [("\x1b[" in text, color) for text, color in paged] == [(True, True), (False, False), (False, False)]


def test_an_article_of_the_study_is_shown_as_it_was_ingested(study, bianma):
    bianma("ingest", cwd=study)
    (study / "corpus" / "示例_同盟困境.yaml").write_text("year: 1999\n", encoding="utf-8")
    out = bianma("show", "示例_同盟困境", "--lang", "en", cwd=study).out
    assert "[1] title" in out
    assert "Year: 1999" not in out
    bianma("ingest", cwd=study)
    assert "Year (by hand): 1999" in bianma("show", "示例_同盟困境", "--lang", "en", cwd=study).out
    ran = bianma("show", "示例_同盟困境", "--encoding", "big5", cwd=study)
    assert (ran.exit, "keeps the one it was read in" in ran.err) == (2, True)
    article = study / "corpus" / "示例_同盟困境.txt"
    article.write_bytes(b"x" + article.read_bytes())
    ran = bianma("show", "示例_同盟困境", cwd=study)
    assert (ran.exit, "was changed since `bianma ingest`" in ran.err) == (2, True)


def test_a_files_own_escape_sequences_do_not_reach_the_terminal(article, bianma):
    article.write_text("# 标题\n\n正文\x1b]0;x\x07一句话。\x1b[2J\u202e完。\n", encoding="utf-8")
    out = bianma("show", "文.txt", cwd=article.parent).out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", out)
