import pytest

from bianma.corpus.cut import passages
from bianma.corpus.patterns.thanks import is_label, is_unmarked, starred
from bianma.records import DocId


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("* 本文系某某基金项目的阶段性成果。", True),
        ("* 感谢匿名审稿人的意见，文责自负。", True),
        ("* 李明远，某某大学国际关系学院；王思齐，某某研究院。作者感谢评审人。", True),
        ("＊作者感谢评审专家。", True),
        ("* The author thanks two reviewers.", True),
        ("* 本文的第一个假设是成本决定承诺。", False),  # an item of a list
        ("* 首先，一些大学的教授、研究员持这种看法。", False),
        ("* 成本；", False),
        ("** 本文", False),
    ],
)
def test_a_star_before_thanks_is_told_from_one_before_an_item(text: str, opens: bool) -> None:
    assert (starred(text) is not None) is opens


@pytest.mark.parametrize(
    ("text", "label"),
    [("致谢", True), ("【致 謝】", True), ("Acknowledgements", True), ("致力于合作", False), ("谢林的理论", False)],
)
def test_the_heading_of_thanks(text: str, label: bool) -> None:
    assert is_label(text) is label


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("本文初稿曾在某大学的工作坊上宣读，感谢与会者的批评。", True),
        ("感谢匿名审稿人的意见，文责自负。", True),
        ("衷心感謝兩位審查人的寶貴建議。文中錯誤概由作者負責。", True),
        ("笔者感谢王某教授的指正。", True),
        ("本文认为，小国感谢大国让步的方式各有不同。", False),  # who is thanked is no colleague
        ("感谢信的措辞表明，承诺已经兑现。", False),
        ("甲国感谢专家的建议。", False),
        ("本文检验了成本论。结果表明它有效。感谢各国的建议只是姿态。这一姿态没有成本。", False),  # more than thanks
    ],
)
def test_thanks_without_mark_or_label(text: str, thanks: bool) -> None:
    assert is_unmarked(text) is thanks


BODY = "机制的寿命取决于各方对承诺成本的判断，而判断又取决于各方在长期互动中形成的经验与印象。"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("致谢：本文初稿曾在会议上宣读，谨致谢忱。", []),
        ("## 致谢\n\n感谢导师。\n\n也感谢同学。\n\n## 附录", ["附录"]),
        ("## 致谢\n\n" + BODY, [BODY]),  # what thanks nobody is text
        ("## 致谢与道歉的政治学\n\n" + BODY, ["致谢与道歉的政治学", BODY]),
    ],
)
def test_thanks_are_left_out(raw: str, kept: list[str]) -> None:
    found = passages(DocId("a"), f"# 论承诺\n\n样例作者\n\n{BODY}\n\n{raw}\n")
    assert [p.text for p in found if p.kind in ("body", "heading", "note")][1:] == kept
