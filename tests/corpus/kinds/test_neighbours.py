"""What belongs to the articles before and after."""

import pytest

from bianma.corpus.cut import passages
from bianma.records import DocId

PROSE = "安全机制何以时兴时废，学界向来有两种看法。本文认为，答案要到角色的变化之中去寻找，因为角色决定了利益的轻重。"
OWN = (
    "沿岸国家的角色转换与机制",
    "李明远",
    "摘要：本文讨论角色转换与机制之间的关系。",
    "关键词：角色；机制",
    *[PROSE] * 8,
)
OTHER = ("核技术转让的动机与后果", "谷 某 某", "【内容提要】核技术的转让是扩散研究的议题。", "【关键词】核扩散；技术")


def kept(*lines: str) -> str:
    return "".join(p.text for p in passages(DocId("a"), "\n\n".join(lines)) if p.kind not in ("foreign", "furniture"))


@pytest.mark.parametrize(
    "editor", ["（责任编辑：蓝 某）", "［責任編輯：藍某］", "责任编辑 蓝某", "（收稿日期：2023-02-10，责任编辑：唐某）"]
)
def test_the_head_of_the_next_article(editor: str) -> None:
    text = kept(*OWN, editor, *OTHER)
    assert "核技术" not in text
    assert text.count(PROSE) == 8


def test_the_head_of_the_next_article_below_the_square_that_ends_this_one() -> None:
    assert "拉美" not in kept(*OWN, "结论不言自明。■", "拉美政坛的转向与后果", "文 / 杨炯名", "拉美政坛再次转向。")


def test_the_end_of_the_article_before() -> None:
    text = kept("才能发挥作用。总之，竞争才刚刚拉开帷幕，应当及早布局。", "（责任编辑：唐某）", *OWN)
    assert "拉开帷幕" not in text
    assert "角色转换与机制" in text


# What must stay:


def test_text_below_the_editor_that_has_no_head() -> None:
    assert "补记一点" in kept(*OWN, "（责任编辑：蓝某）", "补记一点：本文完稿之后，机制又有了新的变化。")


def test_a_summary_of_its_own_below_the_text() -> None:
    own = (
        OWN[0],
        OWN[1],
        *[PROSE] * 8,
        "（责任编辑：蓝某）",
        OWN[0],
        "李明远",
        "摘要：本文讨论角色转换。",
        "关键词：角色",
    )
    assert "摘要：本文讨论角色转换。" in kept(*own)


def test_pieces_of_one_file_that_are_signed_in_turn() -> None:
    second = ("核技术转让的动机与后果", "谷 某 某", PROSE.replace("安全机制", "核技术"), "（责任编辑：蓝某）")
    assert "核技术何以" in kept(*OWN, "（责任编辑：蓝某）", *second)


def test_a_long_second_article_is_no_remnant() -> None:
    assert "核技术何以" in kept(*OWN, "（责任编辑：蓝某）", *OTHER, *[PROSE.replace("安全机制", "核技术")] * 6)


def test_a_note_and_the_references_below_the_editor() -> None:
    text = kept(*OWN, "（责任编辑：蓝某）", "参考文献", "[1] 王某：《角色论》，某某出版社2012年版。")
    assert "《角色论》" in text


def test_a_second_chinese_abstract_under_another_title_needs_no_editor() -> None:
    text = kept(*OWN, *OTHER[:1], *OTHER[2:])
    assert "核" not in text
    assert text.count(PROSE) == 8


def test_the_own_abstract_may_stand_at_the_end_as_well() -> None:
    again = ("沿岸国家的角色转换与机制", "中文摘要：本文讨论角色转换与机制之间的关系，内容如前。", "关键词：角色；机制")
    assert "内容如前" in kept(*OWN, *again)
