"""The lines over an article in print."""

import pytest

from bianma.corpus.cut import passages
from bianma.corpus.kinds.opening import is_names
from bianma.records import DocId

TITLE = "沿岸国家的角色转换与安全机制"
TEXT = (
    "摘要：本文讨论角色转换与安全机制之间的关系，并由此提出一个解释。",
    "关键词：角色转换；安全机制",
    "一、问题的提出",
    "安全机制何以时兴时废，学界向来有两种看法。本文认为，答案要到角色的变化之中去寻找，因为角色决定了利益的轻重。",
)


def titles(*lines: str) -> list[str]:
    found = passages(DocId("a"), "\n\n".join([*lines, *TEXT]))
    assert [p.kind for p in found if p.kind in ("abstract", "keywords", "heading", "body")][-3:] == [
        "keywords",
        "heading",
        "body",
    ]
    return [p.text for p in found if p.kind == "title"]


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, "李明远"),
        ("某某研究", "2019 年第 6 期", "中国式安全理论", TITLE, "李 明 远  王 思 齐"),  # journal, issue, column
        ("2022 年 8 月", "August 2022", "海洋安全", TITLE, "李 明 远1 王 思 齐2", "（1.某某大学，海城 100000）"),
        ("本期话题", TITLE, "文 / 李明远"),
        ("国际某某. 2021(04)", TITLE, "李明远 王思齐", "某某大学国际关系学院 某某社会科学院"),
        ("《国际某某》2021年第6卷第3期（总第23期），第1—34页。", f"# {TITLE}", "李 明 远　王 思 齐"),
        ("《國際某某》2021年第3期", f"## {TITLE}", "## 李 明 远"),  # no heading of the first rank
        ("本期話題", TITLE, "李明遠"),
        ("专论", TITLE, "约瑟夫·某某 著", "李明远 译"),  # a foreign author, and who translated
        ("李明远", TITLE),  # the author stands above
        (TITLE, "李明远", "天时不如地利，地利不如人和", "孟子"),  # a motto with its author
    ],
)
def test_the_title_stands_right_above_the_names(lines: tuple[str, ...]) -> None:
    assert titles(*lines) == [TITLE]


def test_a_title_that_asks() -> None:
    assert titles("某某研究", "盟友越多越安全吗？", "李明远") == ["盟友越多越安全吗？"]
    assert titles("# 盟友越多越安全吗？", "李 明 远") == ["盟友越多越安全吗？"]


def test_a_title_in_two_lines() -> None:
    assert titles("某某研究", "从安全困境到安全共生：\n沿岸机制的观念基础", "李明远 王思齐") == [
        "从安全困境到安全共生：沿岸机制的观念基础"
    ]
    assert titles(TITLE, "——以三个国家为例", "李明远") == [TITLE, "——以三个国家为例"]
    assert titles("海上执法机构的角色转换与", "灰色地带竞争的逻辑", "李明远") == [
        "海上执法机构的角色转换与",
        "灰色地带竞争的逻辑",
    ]


def test_a_title_that_lost_its_sign_is_kept_above_a_heading() -> None:
    found = passages(DocId("a"), "\n\n".join(["沿岸国家的角色转换与机制", "李明远", "## 问题从何而来", TEXT[-1]]))
    assert [(p.kind, p.text) for p in found if p.kind in ("title", "heading")] == [
        ("title", "沿岸国家的角色转换与机制"),
        ("heading", "问题从何而来"),
    ]


@pytest.mark.parametrize(
    "text", ["李明远", "李 明 远", "欧阳明 王思齐", "李明远1，王思齐2*", "文 / 李明远", "Li Mingyuan and Wang Siqi"]
)
def test_names(text: str) -> None:
    assert is_names(text)


@pytest.mark.parametrize("text", ["角色与机制", "角色 机制 安全", "本期话题", "安全机制的兴废", "2019", "某某大学"])
def test_no_names(text: str) -> None:
    assert not is_names(text)
