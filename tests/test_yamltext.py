import pytest

from bianma.errors import ConfigError
from bianma.yamltext import MAX_BYTES, decode, wide_slip

SENTENCE = "label: 这个国家的角色是在两个大国之间寻求平衡\n"
TRADITIONAL = "label: 這個國家的角色是在兩個大國之間尋求平衡\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SENTENCE.encode("gb18030"), "looks like gb18030"),
        (TRADITIONAL.encode("big5"), "looks like big5"),
        (SENTENCE.encode("utf-16"), "looks like utf-16"),
        (SENTENCE.encode("utf-16-be"), "looks like utf-16"),
        (b"label: \xff\xfe\xff", "is not UTF-8. Save it as UTF-8"),  # reads like nothing
    ],
)
def test_other_encodings_are_named_with_the_remedy(data, said):
    with pytest.raises(ConfigError, match=said) as e:
        decode(data, shown_as="a.yaml")
    assert "iconv -f" in str(e.value)
    assert "-t UTF-8" in str(e.value)


def test_the_line_of_the_first_foreign_byte_is_named():
    with pytest.raises(ConfigError, match=r"^a\.yaml:3: "):
        decode(b"a: 1\nb: 2\n" + SENTENCE.encode("gb18030"), shown_as="a.yaml")


@pytest.mark.parametrize("data", [b"", b" \n\n", "\ufeff".encode()])
def test_an_empty_file(data):
    with pytest.raises(ConfigError, match=r"a\.yaml: the file is empty"):
        decode(data, shown_as="a.yaml")


def test_a_file_beyond_the_limit():
    with pytest.raises(ConfigError, match="2,000,001 bytes, the limit is 2,000,000"):
        decode(b"x" * (MAX_BYTES + 1), shown_as="a.yaml")


@pytest.mark.parametrize(
    "line", ["label: 角色：概念", "- 他说：“好”", "  zh: 见 https://x.org/a", "cues: [平衡者, 砝码]", "- 甲，乙"]
)
def test_good_lines_raise_no_suspicion(line):
    assert wide_slip(line) == ""
