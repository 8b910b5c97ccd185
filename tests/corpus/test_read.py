from pathlib import Path

import pytest

from bianma.corpus.read import doc_id, read_source
from bianma.errors import SourceError
from bianma.records import text_sha

SENTENCE = "安全机制是国家之间的约定，这一点在中国学界有不少讨论。"


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_nothing_is_translated(tmp_path: Path) -> None:
    path = written(tmp_path, "甲.txt", "\ufeff安全\r\n机制\r𠮷\n".encode())
    source, raw = read_source(path)
    assert raw == "\ufeff安全\r\n机制\r𠮷\n"
    assert raw == path.open(encoding="utf-8", newline="").read()
    assert (source.doc, source.length, source.sha) == ("甲", len(raw), text_sha(raw))


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md", "a.markdown"])
def test_text_and_markdown_are_read(tmp_path: Path, name: str) -> None:
    assert read_source(written(tmp_path, name, SENTENCE.encode()))[1] == SENTENCE


def test_the_id_is_the_name_without_its_ending_and_otherwise_unchanged() -> None:
    assert doc_id(Path("x/e\u0301.2019.txt")) == "e\u0301.2019"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", "\ufeff \r\n\u3000".encode(), "is empty"),
        ("a.pdf", b"%PDF", r"\.pdf is unknown.*\.txt.*\.md"),
        ("a", b"x", r"\(none\) is unknown"),
        ("a.txt", SENTENCE.encode("gb18030"), "reads as gb18030.*iconv -f GB18030 -t UTF-8 a.txt"),
        (
            "a.txt",
            "東亞國家之間的安全合作，是這個時代的問題，與過去不同。".encode("big5"),
            "reads as big5.*iconv -f BIG5",
        ),
        ("a.txt", SENTENCE.encode("utf-16"), "reads as utf-16"),
        ("a.md", "安全\0机制".encode(), "NUL at code point 2"),
        ("a.txt", b"\xff\xff\xff\x00\x81", "no encoding known"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = written(tmp_path, name, data)
    with pytest.raises(SourceError, match=f"(?s){says}") as caught:
        read_source(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_source(tmp_path / "fehlt.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read_source(tmp_path)
