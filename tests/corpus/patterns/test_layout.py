import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.corpus.patterns import layout, page


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
        "结语：谁的安全？",  # a known name, and after a colon what it is about
        "四、餘論：從承諾到信任",
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
        "结论：成本越高，承诺越可信",  # what a sentence says
        "结论：成本越高的承诺在听众看来越可信而且往往维持得更久一些",
        "问题：谁的安全？",
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
        "图片",  # where a page had one
        "第38卷 第4期    某 城 大 学 学 报 (社 会 科 学 版)    Vol.38 No.4",  # a masthead in two rows
        "2019年7月      Journal of Sample University      Jul. 2019",
        "[圖片]",
        "https://a.example/articles/20230621-trust 1/5",  # the foot of what a browser printed
        "3/12",
        "第 3 页，共 12 页",
        "Page 3 of 12",
    ],
)
def test_page_furniture(text: str) -> None:
    assert layout.is_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        "2019年第4季度以来，双方关系有所缓和。",
        "编辑部认为这一看法有理。",
        "三国在2023年举行了首次会晤",
        "1/3的国家",
        "https://a.example/3 王某的说明",
    ],
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
        ("完了。①", True),  # a note mark hides the stop: in all the ways in which marks are written
        ("完了。[4]", True),
        ("完了。[4](P35)", True),
        ("“完了。”<sup>①</sup>", True),
        ("完了。<sup>[①](#page-0-1)</sup>", True),
        ("完了。 $^{①}$ ", True),
        ("完了。[^1]", True),
        ("完了。[[6]](#footnote-6)", True),
        ("完了。^①", True),
        ("完了。¹", True),
        ("完了。[註1]", True),
        ("完了。◎", True),
        ("It ended.[4]", True),
        ("见注①", False),  # a mark, and no stop before it
        ("《某书》[3]", False),
        ("在2019", False),
        ("完了。2", False),  # a bare number may be the next sentence's: see ends_numbered
        ("，", False),
    ],
)
def test_where_a_sentence_ends(text: str, ends: bool) -> None:
    assert layout.ends(text) is ends


# The quick looks: what they pass over, no pattern behind them may match.
OPENINGS = [
    "摘 要：本文", "內容摘要：本文", "论文提要：", "中文摘要：", "英文摘要", "关键词：同盟", "關鍵字：同盟", "主题词：同盟", "作者简介：某",
    "第一作者：某", "通讯作者：某", "通信作者：某", "本文作者：某", "译者：某", "基金项目：某", "项目基金：某", "资助项目：某", "收稿日期：2020",
    "修回日期：2020", "录用日期：2020", "投稿日期：2020", "定稿日期：2020", "网络首发：2020", "责任编辑：某", "責任編輯：某", "栏目编辑：某",
    "特约编辑：某", "编辑：某", "校对：某", "引用格式：某", "本文引用格式：某", "开放科学标识码：某", "分类号：D8", "文献标志码：A", "中圖分類號：D8",
    "一、概念", "十二、概念", "第三节 概念", "壹、前言", "柒、结论", "引言", "导论", "前言", "绪论", "问题的提出", "問題的提出", "结语", "結論",
    "余论", "餘論", "小结", "附录", "致谢", "参考文献", "參考文獻", "主要参考文献", "征引文献", "引用文献", "注释", "註釋", "尾注", "续表1 三国",
    "图2 三国", "圖2 三國", "资料来源：某", "数据来源：某", "資料來源：某", "图片来源：某", "说明：某", "注：某", "注1：某",
]  # fmt: skip


@pytest.mark.parametrize("text", OPENINGS)
def test_the_quick_look_at_an_opening_passes_nothing_over(text: str) -> None:
    assert layout.may_open(text)


@pytest.mark.parametrize("text", ["安全机制停滞了", "东亚各国", "然而，机制"])
def test_the_quick_look_spares_running_text(text: str) -> None:
    assert not layout.may_open(text)


@given(
    st.lists(
        st.sampled_from(
            [*"摘关作中一第引参注图表资1①[（(*.、 ：期卷页编Vol", "年", "2021", "要", "键词", "甲", "\u3000"]
        ),
        max_size=12,
    ).map("".join)
)
def test_no_quick_look_hides_what_a_pattern_finds(text: str) -> None:
    if text and not layout.may_open(text):
        assert not any(
            p.match(text) for p in (*layout._LABELS.values(), *layout._NUMBERING, layout.OPENING_MARK, layout.CAPTION)
        )
        assert not layout.TABLE_SOURCE.match(text)
        assert not layout.REFERENCES.fullmatch(text)
        assert not layout._PLAIN_HEADINGS.fullmatch(text)
    if not layout.is_furniture(text) and len(text) < 100 and text[-1:] not in ("。", "！", "？"):
        assert not any(pattern.fullmatch(text.strip()) for _, pattern in page.FORMS)
    if layout.opening_mark(text) is None:
        assert not layout.OPENING_MARK.match(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("中圖分類號：D815", "furniture"),
        ("文獻標識碼：A", "furniture"),
        ("（收件：2019年3月4日，修正：2019年6月10日，採用：2019年8月22日）", "furniture"),
        ("責任校對：李某", "furniture"),
        ("基金項目：某某基金", "furniture"),
        ("網路出版日期：2020年1月2日", "furniture"),
        ("通訊作者：王某", "author"),
        ("作者簡介：王某，某某大學教授。", "author"),
        ("中文摘要：信任是合作的條件。", "abstract"),
        ("英文關鍵詞：trust", "keywords"),
        ("主題詞：信任", "keywords"),
        ("收件人對此並無意見。", None),
        ("採用此一定義的學者不少。", None),
        ("基金項目的資助有限。", None),
    ],
)
def test_labels_in_traditional_characters(text: str, label: str | None) -> None:
    found = layout.label_of(text)
    assert (found[0] if found else None) == label


@pytest.mark.parametrize(
    "text",
    [
        "緒論",
        "導論",
        "結論與建議",
        "结论与建议",
        "研究緣起",
        "小結",
        "附錄",
        "貳  理論架構",
        "叄、結論",
        "第一編 導論",
        "致謝",
    ],
)
def test_headings_in_traditional_characters(text: str) -> None:
    assert layout.is_heading(text)


@pytest.mark.parametrize("text", ["結論與建議並不相同", "小結如下：", "貳拾年來的變化。", "伍先生認為此說有誤。"])
def test_what_only_begins_like_a_heading(text: str) -> None:
    assert not layout.is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "附註",
        "註解",
        "註釋：",
        "參考書目",
        "徵引書目",
        "引用書目",
        "參考資料",
        "【參考文獻】",
        "文獻",
        "腳註",
        "主要參考文獻",
    ],
)
def test_headings_of_a_list_of_references(text: str) -> None:
    assert layout.REFERENCES.fullmatch(text)


@pytest.mark.parametrize("text", ["文獻回顧", "參考價值", "註釋的體例", "書目學", "資料來源"])
def test_what_is_no_heading_of_a_list(text: str) -> None:
    assert not layout.REFERENCES.fullmatch(text)


@pytest.mark.parametrize(
    ("text", "thanks", "biography"),
    [
        ("本文係某某研究計畫（編號：00-00）之成果。", True, False),
        ("作者感謝兩位審查人的意見，文責自負。", True, False),
        ("王某，某某大學政治學系博士候選人。", False, True),
        ("國防事務研究院助理研究員，電子郵件：a@b.example。", False, True),
        ("（作者為時事評論員。）", False, True),
        ("馬歇爾計畫的成果不限於經濟。", False, False),  # a plan that is talked about
        ("作者為此走訪了三個國家。", False, False),
        ("研究員的看法並不一致。", False, False),
    ],
)
def test_thanks_and_biographies_in_traditional_characters(text: str, thanks: bool, biography: bool) -> None:
    assert (layout.is_thanks(text), layout.is_biography(text)) == (thanks, biography)


@pytest.mark.parametrize(
    "text", ["第12頁 共30頁", "（責任校對：李某）", "某某季刊 總第89期", "版權所有 某某研究會", "編輯：李某"]
)
def test_page_furniture_in_traditional_characters(text: str) -> None:
    assert layout.is_furniture(text)


@pytest.mark.parametrize(
    ("text", "following", "ends"),
    [
        ("完了。3", "信任不足", True),
        ("“完了。”12", "信任不足", True),
        ("It ended.3", "Trust", True),
        ("完了。20", "年后才恢复", False),  # the number counts what follows
        ("完了。20", "世纪90年代", False),
        ("完了。2", "019年", False),
        ("增至2.5", "信任不足", False),
        ("见第3", "信任不足", False),
        ("in vol.3", "Trust", False),
    ],
)
def test_where_a_sentence_ends_before_a_bare_number(text: str, following: str, *, ends: bool) -> None:
    assert layout.ends_numbered(text, following) is ends
