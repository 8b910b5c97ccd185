import pytest

from bianma.encoding import guess_encoding

SIMPLIFIED = "安全机制能否持续，取决于成员是否愿意为共同的规则承担成本。"
TRADITIONAL = "東亞國家之間的安全合作，是這個時代的問題，與過去不同。"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16le", "utf-16be"])
def test_simplified(encoding: str) -> None:
    assert guess_encoding(SIMPLIFIED.encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16", "utf-16le", "utf-16be"])
def test_traditional(encoding: str) -> None:
    assert guess_encoding(TRADITIONAL.encode(encoding)) == encoding


@pytest.mark.parametrize("data", [b"", b"plain", b"\xff\xff\xff\x00\x81", bytes(range(256))])
def test_what_reads_like_chinese_in_no_encoding(data: bytes) -> None:
    assert guess_encoding(data) == ""
