"""Authors inside an article of several hands, below it, and in English."""

import pytest

from bianma.corpus.cut import passages
from bianma.corpus.kinds.bylines import is_about_author, is_latin_life
from bianma.records import DocId

PROSE = "小多边机制并非新生事物，但近年来的小多边机制有一个新的特点，即成员之间出现了明确的角色分工，这使它更有效率。"


def test_each_contributor_is_named_above_the_piece() -> None:
    lines = ("机制的演变（笔谈）", PROSE, "角色分工的限度", "李 商 引", "（某某大学国际关系学院教授）", PROSE)
    found = [(p.kind, p.text) for p in passages(DocId("a"), "\n\n".join(lines))]
    assert found[-4:] == [
        ("title", "角色分工的限度"),
        ("author", "李 商 引"),
        ("author", "（某某大学国际关系学院教授）"),
        ("body", PROSE),
    ]


def test_a_line_in_brackets_without_a_name_above_it_names_no_author() -> None:
    lines = (PROSE, PROSE, "（某某大学的一位教授）", PROSE)
    assert "author" not in [p.kind for p in passages(DocId("a"), "\n\n".join(lines))]


@pytest.mark.parametrize(
    "text",
    [
        "［作者李明远（1971年—），某某师范大学历史系副教授，上海，200000］",
        "〔作者单位：某某大学国际政治系〕",
        "(作 者 单 位:某 某 大 学 国 际 政 治 系 责 任 编 辑:高 某)",  # set wide
        "（作者系某某大學教授）",
    ],
)
def test_the_author_in_brackets(text: str) -> None:
    assert is_about_author(text)


@pytest.mark.parametrize("text", ["（作者认为：机制已经停滞）", "［作者强调，这并非定论］", "（作者按语从略"])
def test_what_the_author_says_in_brackets(text: str) -> None:
    assert not is_about_author(text)


@pytest.mark.parametrize(
    "text",
    [
        "Xu Zhimo is Associate Professor at the Institute of International Relations, Moumou University.",
        "Dr. Lin Huiyin is currently a doctoral candidate at Moumou University.",
        "*Corresponding author. Email: a@example.edu",
    ],
)
def test_lives_in_english(text: str) -> None:
    assert is_latin_life(text)


@pytest.mark.parametrize(
    "text",
    ["Hedging is a role as well as a strategy.", "Regional Order is the work of many hands, not of a professor."],
)
def test_no_lives_in_english(text: str) -> None:
    assert not is_latin_life(text)
