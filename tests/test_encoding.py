import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bianma.encoding import decode, find_encoding, guess_encoding, known_encoding
from bianma.errors import SourceError

SIMPLIFIED = "安全机制能否持续，取决于成员是否愿意为共同的规则承担成本。"
TRADITIONAL = "東亞國家之間的安全合作，是這個時代的問題，與過去不同。"
LATIN = " Ann Example, On Regimes, Journal of Tests, Vol. 1, 2001, pp. 3-4. "
KOREAN = "한국의 외교 정책은 동맹 관계를 중심으로 발전해 왔으며 최근에는 다자 협력이 중요해졌다."
JAPANESE = "日本の外交政策は同盟を基軸として発展してきたが、近年では多国間協力の重要性が高まっている。"
FRENCH = "La théorie des régimes a été façonnée par l’idée d’indépendance à l’égard des États."


def found_or_said(data: bytes) -> str:
    """Return the name of the encoding, or the sentence that it cannot be told."""
    try:
        return find_encoding(data)
    except SourceError as e:
        return str(e)


def family(name: str) -> str:
    return "big5" if name in ("big5", "cp950", "big5hkscs") else name


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16le", "utf-16be"])
def test_simplified(encoding: str) -> None:
    assert guess_encoding(SIMPLIFIED.encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16", "utf-16le", "utf-16be"])
def test_traditional(encoding: str) -> None:
    assert guess_encoding(TRADITIONAL.encode(encoding)) == encoding


@pytest.mark.parametrize("data", [b"", b"plain", b"\xff\xff\xff\x00\x81", bytes(range(256))])
def test_what_reads_like_chinese_in_no_encoding(data: bytes) -> None:
    assert guess_encoding(data) == ""


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16-le", "utf-16-be", "utf-8"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, SIMPLIFIED + LATIN * 4, LATIN * 4 + TRADITIONAL])
def test_an_encoding_is_found_or_refused_but_never_another(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="ignore")
    assert family(find_encoding(data)) == encoding


@given(
    st.sampled_from(re.findall("..", SIMPLIFIED + TRADITIONAL)),
    st.sampled_from(["gb18030", "big5", "utf-16-le", "utf-16-be"]),
)
def test_two_characters_are_never_silently_another_text(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="ignore")
    assume(not data.isascii())  # 机制 in UTF-16 is :g6R as well
    found = found_or_said(data)
    assert "--encoding" in found or "binary" in found or data.decode(found) == data.decode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding"), [(KOREAN, "euc-kr"), (JAPANESE, "shift_jis"), (JAPANESE, "euc-jp"), (FRENCH, "cp1252")]
)
def test_what_is_not_chinese_is_refused_with_the_override(text: str, encoding: str) -> None:
    with pytest.raises(SourceError, match=r"is not UTF-8 \(byte \d+\).*--encoding"):
        find_encoding(text.encode(encoding))


@pytest.mark.parametrize(
    "text", [KOREAN, JAPANESE, FRENCH, "Ελληνική εξωτερική πολιτική", "Внешняя политика", "", "plain", "a\x1b[1m"]
)
def test_utf_8_in_other_languages_is_utf_8(text: str) -> None:
    assert find_encoding(text.encode()) == "utf-8"


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (TRADITIONAL, "cp950", "big5"),
        ("約翰‧米爾斯海默" + TRADITIONAL, "cp950", "cp950"),
        ("裏面" + TRADITIONAL, "cp950", "cp950"),
        ("①" + TRADITIONAL, "big5hkscs", "big5hkscs"),
        ("啲嘢" + TRADITIONAL, "big5hkscs", "big5hkscs"),
    ],
)
def test_which_big5_it_is(text: str, encoding: str, named: str) -> None:
    data = text.encode(encoding)
    assert find_encoding(data) == named
    assert data.decode(named) == text


@pytest.mark.parametrize(
    ("data", "declared", "named"),
    [
        ("联通".encode("gbk"), "gb2312", "gb18030"),
        ("聯通".encode("big5"), "Big5-HKSCS", "big5"),
        ("é".encode("cp1252"), "ISO-8859-1", "cp1252"),
        (SIMPLIFIED.encode("gbk"), "big5", "gb18030"),
        (SIMPLIFIED.encode(), "gb2312", "utf-8"),
        (KOREAN.encode("euc-kr"), "euc-kr", "euc_kr"),
    ],
)
def test_a_declaration_counts_where_the_bytes_leave_a_doubt(data: bytes, declared: str, named: str) -> None:
    assert find_encoding(data, declared=declared) == named


@pytest.mark.parametrize(
    ("name", "known"), [("UTF8", "utf-8"), ("GBK", "gb18030"), ("gb2312", "gb18030"), ("utf_16", "utf-16")]
)
def test_names_are_pythons(name: str, known: str) -> None:
    assert known_encoding(name) == known


def test_the_first_bad_byte_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError, match=r"byte 3 \(0xff\) does not fit the encoding utf-8; the file is damaged there"
    ):
        decode(b"abc\xff\xff\xff\xff", "utf-8")


@given(st.binary(max_size=200))
def test_any_bytes_are_named_or_refused(data: bytes) -> None:
    found = found_or_said(data)
    assert "\n" not in found
    assert " " in found or known_encoding(found) == found
