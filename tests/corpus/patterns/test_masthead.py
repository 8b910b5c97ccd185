import pytest

from bianma.corpus.patterns.masthead import is_masthead, is_pinyin_names, may_be_journal


@pytest.mark.parametrize(
    "text",
    [
        "2022 年 8 月",
        "August 2022",
        "Spring 2019",
        "July 15, 2020",
        "2022 年 8 月太 平 洋 某 某Pacific Moumou",  # three lines of a head in one block
        "国际某某. 2021(04)",
        "《国际政治某某》2021年第6卷第3期（总第23期），第1—34页。",
        "《國際某某》2019年第3期",
        "The Moumou Journal of International Politics, 2019, 1–28",
        "International Moumou 63 (2009), pp. 1–37",
        "Research Article",
        "本期话题",
        "學術論文",
    ],
)
def test_lines_above_a_title(text: str) -> None:
    assert is_masthead(text)


@pytest.mark.parametrize(
    "text",
    [
        "2008年金融危机与同盟的再调整",  # titles may begin with a year
        "1958 年的磋商：一段未了的往事",
        "March to War: Roles and Alliances",
        "角色与同盟",
        "Alliances in 2019",
        "论文的写法与角色的理论",
    ],
)
def test_titles_are_none(text: str) -> None:
    assert not is_masthead(text)


def test_a_column_or_a_journal_may_stand_above_a_title_but_not_half_of_one() -> None:
    assert may_be_journal("海洋安全")
    assert may_be_journal("某某大学学报")
    assert may_be_journal("The Journal of Moumou Politics")
    assert not may_be_journal("角色转换：")
    assert not may_be_journal("海上执法机构与灰色地带的竞争")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("YAN Ru-yu HUANG Jin-wu", True),
        ("SU Zizhan1, HUANG Luzhi2", True),
        ("LI Mingyuan and WANG Siqi", True),
        ("NATO Expansion", False),  # one could be a title
        ("US Policy towards NATO", False),
        ("Li Mingyuan", False),
    ],
)
def test_names_in_pinyin(text: str, names: bool) -> None:
    assert is_pinyin_names(text) is names
