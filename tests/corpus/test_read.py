import hashlib
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.readers.words import packed, paragraph, word

from bianma.corpus.read import ENDINGS, Article, doc_id, read_article
from bianma.errors import SourceError
from bianma.records import text_sha

SENTENCE = "安全机制是国家之间的约定，这一点在中国学界有不少讨论。"
TRADITIONAL = "東亞國家之間的安全合作，是這個時代的問題，與過去不同。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_nothing_is_translated(tmp_path: Path) -> None:
    text = "\ufeff安全\r\n机制\r𠮷\n甲\u2028乙\x85丙\f丁"
    path = written(tmp_path, "甲.txt", text.encode())
    article = read_article(path)
    source, raw = article.source, article.raw
    assert raw == text
    assert (source.doc, source.length, source.sha) == ("甲", len(raw), text_sha(raw))
    assert source.file_sha == hashlib.sha256(text.encode()).hexdigest()
    assert (source.reader, source.encoding, article.view) == ("text", "utf-8", None)


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a.md", "a.markdown"])
def test_text_and_markdown_are_read(tmp_path: Path, name: str) -> None:
    assert read_article(written(tmp_path, name, SENTENCE.encode())).raw == SENTENCE


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (SENTENCE, "utf-8", "utf-8"),
        (SENTENCE, "utf-8-sig", "utf-8"),
        (SENTENCE, "gbk", "gb18030"),
        (SENTENCE + "𠮷", "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL + "裏", "cp950", "cp950"),
        (TRADITIONAL + "①", "big5hkscs", "big5hkscs"),
        (SENTENCE, "utf-16", "utf-16"),
        (SENTENCE, "utf-16-le", "utf-16-le"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (SENTENCE, "utf-32", "utf-32"),
    ],
)
def test_the_encoding_named_reads_the_raw_text_anywhere(tmp_path: Path, text: str, encoding: str, named: str) -> None:
    path = written(tmp_path, "a.txt", (text + "\r\n" + text).encode(encoding))
    article = read_article(path)
    assert article.source.encoding == named
    assert article.raw.lstrip("\ufeff") == text + "\r\n" + text
    assert article.raw == path.open(encoding=named, newline="").read()


def test_a_wrong_guess_is_overridden(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "외교".encode("euc-kr"))
    with pytest.raises(SourceError, match="--encoding"):
        read_article(path)
    article = read_article(path, encoding="EUC-KR")
    assert (article.raw, article.source.encoding) == ("외교", "euc_kr")


@pytest.mark.parametrize(
    ("name", "encoding", "says"),
    [
        ("a.txt", "gb18O30", "no encoding called 'gb18O30'; do you mean gb18030.* utf-8"),
        ("a.txt", "hex", "no encoding called 'hex'"),
        ("a.txt", "ascii", "byte 0 .*does not fit the encoding ascii; it fits utf-8"),
        ("a.docx", "gbk", "a Word file has no encoding to choose"),
    ],
)
def test_an_override_that_cannot_be_is_refused(tmp_path: Path, name: str, encoding: str, says: str) -> None:
    data = word(paragraph(SENTENCE)) if name.endswith("docx") else SENTENCE.encode()
    with pytest.raises(SourceError, match=says):
        read_article(written(tmp_path, name, data), encoding=encoding)


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "iso-8859-1", "big5", "nonsense"])
def test_a_web_page_is_read_in_its_encoding_whatever_it_declares(tmp_path: Path, declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{SENTENCE}</p></body></html>'
    article = read_article(written(tmp_path, "a.html", page.encode("gbk")))
    assert article.source.encoding == "gb18030"
    assert article.raw == page
    assert article.view is not None
    assert article.view.text == SENTENCE + "\n"


def test_a_declaration_decides_where_the_bytes_do_not(tmp_path: Path) -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>联通</p>'
    assert read_article(written(tmp_path, "a.htm", page.encode("gbk"))).source.encoding == "gb18030"
    with pytest.raises(SourceError, match="may be gb18030"):
        read_article(written(tmp_path, "b.htm", b"<p>" + "联通".encode("gbk")))


def test_a_word_file_is_read_as_markdown(tmp_path: Path) -> None:
    data = word(paragraph("题目", style="a3"), paragraph(SENTENCE))
    article = read_article(written(tmp_path, "a.docx", data))
    assert article.raw == f"# 题目\n\n{SENTENCE}\n"
    assert article.view is None
    assert article.source.encoding == ""
    assert article.source.reader.startswith("docx (mammoth 1.")
    assert article.source.file_sha == hashlib.sha256(data).hexdigest()


def test_the_id_is_the_name_without_its_ending_and_otherwise_unchanged() -> None:
    assert doc_id(Path("x/e\u0301.2019.txt")) == "e\u0301.2019"


def zipped(name: str, data: bytes = b"x") -> bytes:
    return packed({name: data})


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "is empty"),
        ("a.docx", b"", "is empty"),
        ("a.txt", "\ufeff \r\n\u3000".encode(), "holds no text"),
        ("a.html", b"<html><body><script>x</script> &nbsp;</body></html>", "holds no text"),
        ("a.docx", word(paragraph(" ")), "holds no text"),
        ("a", b"x", r"\(none\) is unknown.*\.txt.*\.docx.*\.pdf"),
        ("a.tex", b"x", r"\.tex is unknown"),
        ("a.md", "安全\0机制".encode(), "NUL at byte 6.*binary or damaged"),
        ("a.txt", bytes(range(256)), "binary or damaged"),
        ("a.txt", SENTENCE.encode("gbk") + b"\xff", "byte 54 .*does not fit the encoding gb18030"),
        ("a.caj", b"CAJ\0\0\1", "CAJViewer"),
        ("a.caj", b"", "CAJViewer"),
        ("a.kdh", b"x", "CAJViewer"),
        ("a.nh", b"x", "CAJViewer"),
        ("a.pdf", b"HN\0\0\1\2", "CAJViewer"),
        ("a.txt", b"KDH 2.00\0\0", "CAJViewer"),
        ("a.pdf", b"\xc8\1\2\3\4\5\6\7\x0c\0\0\0", "CAJViewer"),
        ("a.caj", b"%PDF-1.4", "a PDF under the name of a CAJ: rename"),
        ("a.txt", b"%PDF-1.4", "is a PDF: rename it so that it ends in .pdf"),
        ("a.doc", OLE, r"before 2007.*\.docx"),
        ("a.docx", OLE, r"before 2007.*\.docx"),
        ("a.docx", LOCKED, "is encrypted.*without one"),
        ("a.mht", b"From: <Saved by X>", "web archive"),
        ("a.docx", zipped("xl/workbook.xml"), "spreadsheet"),
        ("a.txt", SENTENCE.encode() * 3 + b"\xe5\n", "is UTF-8, but damaged at byte 243"),
        ("a.rtf", b"{\\rtf1", "is RTF"),
        ("a.docx", b"{\\rtf1", "is RTF"),
        ("a.epub", zipped("mimetype", b"application/epub+zip"), "EPUB"),
        ("a.odt", zipped("mimetype", b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
        ("a.docx", zipped("mimetype", b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
        ("a.zip", zipped("a.txt"), "archive: unpack"),
        ("a.docx", zipped("a.txt"), "archive: unpack"),
        ("a.txt", word(paragraph(SENTENCE)), "is a Word file: rename"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "is a picture.*OCR"),
        ("a.txt", b"\xff\xd8\xff\xe0", "is a picture"),
        ("a.docx", word(paragraph(SENTENCE))[:200], "damaged"),
        ("a.docx", SENTENCE.encode(), "no Word file"),
        ("a.pdf", b"%PDF-1.4 and nothing else", "PDF"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = written(tmp_path, name, data)
    with pytest.raises(SourceError, match=f"(?s){says}") as caught:
        read_article(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["人权是国家之间的问题。", "CAJ is a file format.", "HN 是一种格式。", "PK 一词的由来。"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_text_that_begins_like_another_format_is_a_text(tmp_path: Path, text: str, encoding: str) -> None:
    text = (text + SENTENCE + "\n") * 3
    assert read_article(written(tmp_path, "a.txt", text.encode(encoding))).raw == text


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_article(tmp_path / "fehlt.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read_article(tmp_path)


def test_a_file_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match=r"Permission denied.*check the file and its permissions"):
        read_article(tmp_path / "a.txt")


@pytest.mark.parametrize(("name", "library"), [("a.docx", "mammoth"), ("a.pdf", "pypdfium2")])
def test_a_library_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str
) -> None:
    path = written(tmp_path, name, word(paragraph(SENTENCE)) if name == "a.docx" else b"%PDF-1.4")
    monkeypatch.delitem(sys.modules, f"bianma.corpus.readers.{name[2:]}", raising=False)
    monkeypatch.delattr(f"bianma.corpus.readers.{name[2:]}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(SourceError, match=rf"needs {library}, which is not installed: pip install 'bianma\[readers\]'"):
        read_article(path)


def said_or_read(path: Path) -> Article | None:
    """Read a file; where that is refused, the message names the file, in one line."""
    try:
        return read_article(path)
    except SourceError as e:
        said = str(e)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    return None


@given(st.binary(max_size=300), st.sampled_from([e for e in ENDINGS if e != ".pdf"]))
def test_whatever_bytes_are_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str
) -> None:
    path = written(tmp_path_factory.getbasetemp(), f"any{ending}", data)
    article = said_or_read(path)
    if article is not None:
        assert ending == ".docx" or article.raw == path.open(encoding=article.source.encoding, newline="").read()


@given(st.data())
def test_a_damaged_word_file_is_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = word(paragraph(SENTENCE), footnotes={1: "注。"})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at, length = data.draw(st.integers(0, len(parts[name]))), data.draw(st.integers(0, 40))
    parts[name] = parts[name][:at] + data.draw(st.binary(max_size=5)) + parts[name][at + length :]
    path = written(tmp_path_factory.getbasetemp(), "any.docx", packed(parts))
    said_or_read(path)
