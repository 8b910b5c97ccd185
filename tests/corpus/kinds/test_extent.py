"""Web pages, small: where the article begins and ends, and what between its paragraphs is none of it."""

import pytest

from bianma.corpus.cut import passages
from bianma.records import DocId

KEPT = ("title", "abstract", "keywords", "heading", "body", "note")
FIRST = "中等国家在大国之间的处境，历来有两种看法。一种强调力量的限度，另一种强调角色的空间；本文认为，二者并不矛盾，因为空间本身就是由限度划出来的。"
SECOND = "承认这一点，并不等于放弃解释。恰恰相反，只有说明限度在何时收紧、何时放松，才能理解同一个国家为什么在相似的危机里作出了完全不同的选择。"
THIRD = "由此可以得出一个推论：角色的变化先于利益的变化。当一国开始用新的名称称呼自己，旧的得失账便不再有效，谈判桌上的筹码也要重新估价。"
LAST = "限度与空间，从来是同一件事的两面。"


def kept(*lines: str, between: str = "\n") -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in passages(DocId("a"), between.join(lines)) if p.kind in KEPT]


def bodies(*lines: str, between: str = "\n") -> list[str]:
    return [text for kind, text in kept(*lines, between=between) if kind == "body"]


HEAD = ("某某論壇", "首页 > 评论 > 正文", "中等国家的限度与空间", "2021-03-18 09:41　来源：某某论坛", "李明远")
TEXT = (FIRST, "空间从何而来", SECOND, THIRD, LAST)
ARTICLE = [
    ("title", "中等国家的限度与空间"),
    ("body", FIRST),
    ("heading", "空间从何而来"),
    ("body", SECOND),
    ("body", THIRD),
    ("body", LAST),
]


@pytest.mark.parametrize(
    "tail",
    [
        ("相关文章", "小国外交的三个阶段", "同盟为什么终结 2020-01-02"),  # a box of others
        (
            "上一篇：小国外交的三个阶段",
            "下一篇：同盟为什么终结",
            "地址：某某路一号　电话：000",
        ),  # neighbours and address
        ("本文仅代表作者个人观点，不代表本网立场。", "点赞", "在看", "阅读 3056"),  # a disclaimer, buttons
        ("分享", "最新消息", "2023.09.08", "小国外交的三个阶段", "2023.09.01"),  # a list with days
        ("責任編輯：某某", "韩国 角色 同盟", "© 2021 某某論壇"),  # topics without sign stand between two signs
        (
            "评论（2）",
            "路人甲",
            "写得好，受教了，期待作者的下一篇文章早日刊出，也希望能多谈谈小国自己的声音。" * 2,
        ),  # readers' words
    ],
)
def test_the_article_ends_where_the_page_goes_on(tail: tuple[str, ...]) -> None:
    assert kept(*HEAD, *TEXT, *tail) == ARTICLE


@pytest.mark.parametrize(
    "head",
    [
        ("跳到主要內容", "网站导航 | 回首页 | English", "某某季刊", *HEAD[2:]),  # bars, then the journal's name
        (
            "某某季刊",
            "登录 | 注册",
            "首页 > 论文",
            "中等国家的限度与空间",
            "李明远（某某大学国际关系学院教授）",
        ),  # with place
        (
            "某某读书笔记",
            "一个学生的书写",
            "首页",
            "关于我",
            "2018年3月11日 星期日",
            "中等国家的限度与空间",
        ),  # the day above
        (
            "中等国家的限度与空间",
            "原创 李明远 某某茶座",
            "2021-03-18 20:30 发表于北京",
            "收录于合集",
            "#同盟政治 12",
        ),  # account
    ],
)
def test_the_title_is_looked_for_above_author_day_and_text(head: tuple[str, ...]) -> None:
    assert kept(*head, *TEXT, "责任编辑：某某") == ARTICLE


def test_a_marked_line_is_the_title_however_long_the_menu_is() -> None:
    menu = [f"* [栏目{n}](https://a.example/{n})" for n in "一二三四五六七"]
    raw = (*menu, "# 中等国家的限度与空间", "2021-03-18", *TEXT)
    assert kept(*raw, between="\n\n")[0] == ("title", "中等国家的限度与空间")


def test_an_underlined_line_is_a_title_too() -> None:
    raw = ("[首页](/) > [评论](/c)", "中等国家的限度与空间\n=====", "某某论坛编者的话", *TEXT)
    assert kept(*raw, between="\n\n")[0] == ("title", "中等国家的限度与空间")


@pytest.mark.parametrize(
    "box",
    [
        ("延伸阅读：小国外交的三个阶段",),  # one line
        ("延伸阅读", "小国外交的三个阶段"),  # head and item
        ("广告 请继续往下阅读",),
        ("会场外的示威者。（图/某某社）",),  # a caption with its credit
        ("“旧的得失账便不再有效”",),  # a pull quote: a paragraph near it says the same
    ],
)
def test_boxes_between_paragraphs_are_left_out(box: tuple[str, ...]) -> None:
    assert kept(*HEAD, FIRST, "空间从何而来", SECOND, *box, THIRD, LAST, "责任编辑：某某") == ARTICLE


def test_a_quotation_that_nobody_repeats_is_kept() -> None:
    quote = "“我们从来没有选择过阵营。”"
    assert quote in bodies(*HEAD, FIRST, quote, SECOND, THIRD, "责任编辑：某某")


def test_a_short_last_paragraph_below_a_box_is_kept() -> None:
    closing = "限度与空间从来是同一件事的两面，理解了前者也就理解了后者。"
    assert closing in bodies(*HEAD, FIRST, SECOND, THIRD, "延伸阅读", "小国外交的三个阶段", closing, "责任编辑：某某")


def test_notes_below_a_box_are_kept() -> None:
    raw = (
        *HEAD,
        *TEXT,
        "标签：同盟 角色",
        "注释",
        "①这里的角色仅指一国政府所公开宣示的角色，不涉及社会的看法。",
        "相关文章",
        "小国外交",
    )
    assert kept(*raw)[-1] == ("note", "这里的角色仅指一国政府所公开宣示的角色，不涉及社会的看法。")


@pytest.mark.parametrize(
    "line",
    [
        "（作者为某某大学国际关系学院教授）",  # in brackets
        "（李明远，自由撰稿人，长期关注地区安全）",  # the name first
        "李明远　某某研究中心副研究员",  # the name that stands above the text, and a place
    ],
)
def test_a_line_about_the_author_after_the_text(line: str) -> None:
    found = {p.text: p.kind for p in passages(DocId("a"), "\n".join((*HEAD, *TEXT, line, "责任编辑：某某")))}
    assert found[line] == "author"


@pytest.mark.parametrize(
    "line",
    [
        "作者认为，学者与决策者的隔阂并非一日之寒。",  # speaks of an author
        "（作者认为这一点并不重要，大学里的看法则相反。）",
        "中等国家的学者早已说过，限度就是空间。",  # begins with a word that stands above the text
    ],
)
def test_a_last_paragraph_about_authors_is_kept(line: str) -> None:
    assert line in bodies("首页 > 中等国家", *HEAD[2:], FIRST, SECOND, THIRD, line, "责任编辑：某某")


def test_a_heading_needs_no_number_where_each_line_is_a_paragraph() -> None:
    assert ("heading", "空间从何而来") in kept(*TEXT, THIRD)


@pytest.mark.parametrize(
    "line",
    [
        "由此可见，",  # goes on
        "李明远",  # a speaker
        "有三个条件：",  # opens a list
        "这就是限度。",  # a sentence
    ],
)
def test_what_is_no_heading(line: str) -> None:
    assert ("heading", line) not in kept(FIRST, line, SECOND, THIRD)


def test_where_paragraphs_break_off_a_short_line_is_no_heading() -> None:
    lines = [text[:44] for text in (FIRST, SECOND, THIRD)]
    assert not [
        row for row in kept(lines[0], FIRST, "大国的战略", *lines[1:], SECOND, between="\n\n") if row[0] == "heading"
    ]


def test_a_printed_article_has_no_tail() -> None:
    english = "Abstract: Middle powers live between great powers, and two views of their room for action compete. " * 2
    raw = (
        "中等国家的限度与空间",
        "李明远",
        "一、引言",
        FIRST,
        SECOND,
        THIRD,
        "（责任编辑：某某）",
        "Limits and Room",
        english,
    )
    assert [row for row in kept(*raw, between="\n\n") if row[0] == "body"] == [
        ("body", t) for t in (FIRST, SECOND, THIRD)
    ]
    assert ("title", "Limits and Room") in kept(*raw, between="\n\n")


def test_a_page_of_signs_alone_is_no_article() -> None:
    assert bodies("首页 > 评论", "相关文章", "登录 | 注册") == []


def test_references_in_a_box_of_others_are_none_of_the_article() -> None:
    others = (
        "何某：《小国外交》，某某出版社2022年版，第57—92页。",
        "李某：《同盟的终结》，某某出版社2021年版，第3—9页。",
    )
    rows = passages(DocId("a"), "\n".join((*HEAD, *TEXT, "分享", "更多文章", *others, "© 2021 某某论坛")))
    assert [p.kind for p in rows if p.text in others] == ["furniture", "furniture"]


def test_a_linked_menu_does_not_hide_a_short_note_below() -> None:
    note = "①这里的角色仅指一国政府所公开宣示的角色。"
    raw = (*TEXT, "[首页](/) [评论](/c)", "往期推荐", "[小国外交](/1)", note, "[分享](/s)")
    assert ("note", note[1:]) in kept(*raw, between="\n\n")


@pytest.mark.parametrize(
    ("short", "after", "heading"),
    [
        ("承诺的另一面", "这一点在危机中尤其明显，此后各方都不再轻易表态，也不再轻易撤回已经作出的安排。", True),
        (
            "这一困境指的是“被抛",
            "弃”与“受牵连”之间的两难，此后各方都不再轻易表态，也不再轻易撤回已经作出的安排。",
            False,
        ),  # a column ends here
        (
            "这一困境指的是被抛弃",
            "者”与“受牵连者”之间的两难，此后各方都不再轻易表态，也不再轻易撤回已作的安排。",
            False,
        ),
    ],
)
def test_a_short_line_is_no_heading_where_a_quotation_goes_on(short: str, after: str, heading: bool) -> None:
    raw = ("# 承诺的成本", TEXT[0], short, after, TEXT[1])
    assert (("heading", short) in kept(*raw, between="\n\n")) is heading


def test_the_first_words_below_a_heading_are_no_heading() -> None:
    raw = (
        "# 承诺的成本",
        TEXT[0],
        "一、问题",
        "盟国最担心的往往是",
        "对方在危机中的热情，而不是平时的冷淡，这一点已有许多研究说明。",
        TEXT[1],
    )
    assert ("heading", "盟国最担心的往往是") not in kept(*raw, between="\n\n")
