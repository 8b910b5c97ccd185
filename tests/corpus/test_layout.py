import pytest

from bianma.corpus import layout


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("摘 要：机制", ("abstract", 4)),
        ("【内容提要】 机制", ("abstract", 7)),
        ("[关键词] 安全", ("keywords", 6)),
        ("〔關鍵詞〕安全", ("keywords", 5)),
        ("Key words: hedging", ("keywords", 11)),
        ("Abstract. Small states", ("abstract", 10)),
        ("Abstract", ("abstract", 8)),
        ("作者简介：李明远", ("author", 5)),
        ("ＤＯＩ：１０．５５", ("furniture", 4)),  # full-width letters
        ("中图分类号 D815", ("furniture", 6)),
        ("摘要的写法各有不同", None),  # the word as such
        ("作者 认为机制有用", None),
        ("Summary judgments are rare", None),
        ("Received wisdom has it", None),
        ("关键词汇需要统一", None),
    ],
)
def test_a_label_is_told_from_the_same_word_in_a_sentence(text: str, label: tuple[str, int] | None) -> None:
    assert layout.label_of(text) == label


@pytest.mark.parametrize(
    "text",
    [
        "一、问题的提出",
        "（二）分析框架",
        "(三)机制的定位",
        "1. The puzzle",
        "2.1 数据来源",
        "第一章 导论",
        "结语",
        "壹、前言",
        "参、结论",
        "六 结 论",
    ],
)
def test_headings_without_a_mark(text: str) -> None:
    assert layout.is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "（一）酝酿期。以2007年为起点，这段时期称为酝酿期。",  # run into its paragraph
        "1. 早期研究多以欧洲为例。",
        "一、二两点前文已经说明，",  # goes on
        "12 REVIEW OF STUDIES, VOL. 3" + " " * 4 + "12",
        "3. 王某：《承诺》，某某出版社2015年版，第3页",  # a reference
        "安全机制",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert not layout.is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "· 45 ·",
        "— 3 —",
        "第12页",
        "-61-",
        "世界政治评论 2021年第3期",
        "（责任编辑：王某）",
        "東亞研究　第五卷第二期",
        "* * *",
    ],
)
def test_page_furniture(text: str) -> None:
    assert layout.is_furniture(text)


@pytest.mark.parametrize(
    "text", ["2019年第4季度以来，双方关系有所缓和。", "编辑部认为这一看法有理。", "三国在2023年举行了首次会晤"]
)
def test_what_is_no_furniture(text: str) -> None:
    assert not layout.is_furniture(text)


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("王某：《承诺》，某某出版社2015年版，第3页。", True),
        ("王某：《承诺与声誉》，载《某学刊》2018年第2期。", True),
        ("同上。", True),
        ("Ibid.", True),
        ("Doe, J. (1987). On regimes. Journal of Tests, 41(3), 371-402.", True),
        ("見本太郎「同盟の理論」、『見本研究』2019年、33頁。", True),
        ("“岛屿”是一方的称谓，另一方另有名称，行文中不涉及归属。", False),
        ("1995年6月，双方举行会谈，达成三点共识。", False),
    ],
)
def test_a_reference_is_told_from_an_explanation(text: str, cites: bool) -> None:
    assert layout.is_citation(text) is cites


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("完了。", True),
        ("“完了。”", True),
        ("（完了。）", True),
        ("It ended.", True),
        ("完了", False),
        ("Vol. 19, No.", False),
        ("，", False),
    ],
)
def test_where_a_sentence_ends(text: str, ends: bool) -> None:
    assert layout.ends(text) is ends
