import pytest
from tests.corpus.test_cut import outline, texts

from bianma.corpus.kinds.bilingual import alternates

HAN = "安全機制不要求每個成員扮演相同的角色，強求一致反而使觀望者卻步。"
LATIN = "A security regime does not ask every member to play the same role; to insist on it only deters the hesitant."
NOTE = "John Doe, On Regimes and Their Members (Sometown: Some University Press, 1984), pp. 85-109, especially p. 90."


@pytest.mark.parametrize(
    ("texts", "both"),
    [
        ([(HAN, False), (LATIN, True)] * 3, True),
        ([(HAN * 3, False), (LATIN, True)] * 3, False),  # block quotations: far less than the text
        ([(HAN, False), (LATIN * 5, True), (HAN, False)], False),  # one summary, cut out whole
        ([(HAN, False), (NOTE, True)] * 3, False),  # footnotes that lost their marks
        ([(HAN, False)] * 4, False),
    ],
)
def test_a_page_in_two_languages(texts: list[tuple[str, bool]], both: bool) -> None:
    assert alternates(texts) is both


def test_both_languages_of_such_a_page_are_kept() -> None:
    raw = "# 對話的建議\n\n" + "\n\n".join([HAN, LATIN] * 3)
    assert [kind for kind, _ in outline(raw)] == ["title", *["body"] * 6]


ENGLISH_FRONT = f"""# 角色與機制

# Roles and Regimes in a Region

王某

摘要：{HAN}

{LATIN} {LATIN} It ends here.

關鍵詞：角色、機制

## 壹、前言

{HAN}

{LATIN}

{HAN}
"""


def test_the_english_abstract_below_the_chinese_one_is_the_articles_own() -> None:
    assert texts(ENGLISH_FRONT, "title") == ["角色與機制", "Roles and Regimes in a Region"]
    assert texts(ENGLISH_FRONT, "abstract")[1:] == [f"{LATIN} {LATIN} It ends here."]
    assert texts(ENGLISH_FRONT, "foreign") == [LATIN]  # in the middle of the text, and alone
