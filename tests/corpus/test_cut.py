"""Whole articles, small, each laid out as another kind of journal does; then what holds of all passages."""

import pytest
from hypothesis import given
from tests.corpus.articles import CHINESE, ENGLISH, LIST, MARKDOWN_FROM_PDF, OTHERS, TRADITIONAL, WRAPPED
from tests.corpus.texts import any_texts

from bianma.corpus.cut import passages
from bianma.corpus.draft import join, take, write
from bianma.corpus.offsets import derive, passage_map
from bianma.errors import SpanError
from bianma.records import DocId, Passage
from bianma.spans import Span

DOC = DocId("a")


def outline(raw: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in passages(DOC, raw)]


def texts(raw: str, kind: str) -> list[str]:
    return [p.text for p in passages(DOC, raw) if p.kind == kind]


def test_a_pdf_turned_into_markdown() -> None:
    assert outline(MARKDOWN_FROM_PDF) == [
        ("title", "承诺的成本：海上机制何以停滞"),
        ("author", "李明远 王思齐"),
        ("abstract", "摘要:海上机制何以时断时续?本文认为,机制的寿命取决于各方对承诺成本的判断。"),
        ("keywords", "关键词:承诺 海上机制 安全困境"),
        ("author", "[作者介绍] 李明远,某某大学教授;王思齐,某某研究院助理研究员。"),
        ("furniture", "责任编辑:赵某"),
        ("furniture", "DOI: 10. 0000/j. test. 2021. 03. 001"),
        (
            "body",
            "海上机制是观察安全困境的一扇窗口。二十年来,各方先后建立了热线、通报制度和定期磋商,但这些安排在危机真正到来"
            "时往往失灵。这说明承诺本身有成本。",
        ),
        ("furniture", "---"),
        ("furniture", "本文系某某基金项目(项目批准号:00XX000)的阶段性成果。"),
        ("citation", "王思齐:《承诺与声誉》,某某出版社 2015 年版,第 20 页。"),
        ("heading", "一、权力的解释"),
        ("body", "第一种解释强调权力。“机制不过是强者的工具”,强者的利益一变,机制也随之改变。"),
        ("note", "这里的强者仅指海军力量居于优势的一方,不涉及经济力量的对比。"),
        ("citation", "Ann Example, “On Regimes,” Journal of Tests, Vol. 1, No. 2, 2001, pp. 3-4."),
        ("furniture", "(责任编辑赵某)"),
    ]


def test_lines_wrapped_at_a_fixed_width_without_blank_lines() -> None:
    assert [row for row in outline(WRAPPED) if row[0] != "furniture"] == [
        ("title", "安全困境中的承诺与猜疑"),
        ("title", "——以海上危机管控为例"),
        ("author", "李明远　王思齐"),
        (
            "abstract",
            "【内容提要】　海上危机管控机制为何时断时续？本文认为，"
            "机制的持续性取决于各方对承诺成本的判断。在成本较低时，"
            "承诺容易作出，也容易撤回。",
        ),
        ("keywords", "【关键词】　安全困境；承诺；危机管控"),
        (
            "author",
            "【作者简介】　李明远，某某大学国际关系学院教授，博士生导师；"
            "王思齐，某某研究院助理研究员。（北京　邮编：100000）",
        ),
        (
            "body",
            "海上危机管控机制是观察安全困境的一扇窗口。过去二十年间，东亚各国先后建立了热线、通报制度和定期磋商，但这些"
            "安排在危机真正到来时往往失灵。学界对此有两种解释，本文认为都忽略了成本。",
        ),
        ("body", "本文所说的成本包括：①经济成本；②声誉成本；③国内政治成本。三者相互联系，但并不等同。"),
        ("heading", "一、文献回顾"),
        ("heading", "（一）权力分布论"),
        (
            "body",
            "权力分布论认为，机制是强者的工具。阿查亚（Amitav "
            "Acharya）指出，规范的扩散需要本地行为体的主动参与，其中 John "
            "Ikenberry 和 Joseph Nye 的著作影响最大。",
        ),
        ("heading", "二、结论"),
        ("body", "总之，承诺的成本决定了机制的寿命。这一结论对理解今天的局势仍有意义。"),
        ("citation", "李明远. 海上安全机制研究[M]. 北京：某某出版社，2015."),
        ("citation", "王思齐. 承诺与声誉[J]. 世界政治评论，2018（2）：30-52."),
        (
            "citation",
            "Acharya, Amitav. Whose Ideas Matter? Agency and Power in "
            "Asian Regionalism[M]. Ithaca: Cornell University Press, "
            "2009: 12-15.",
        ),
        ("title", "Commitment and Suspicion in the Security Dilemma"),
        (
            "abstract",
            "Abstract: Why do maritime crisis management mechanisms "
            "start and stop? This article argues that persistence depends "
            "on the cost of commitment.",
        ),
        ("keywords", "Key words: security dilemma; commitment; crisis management"),
    ]


def test_windows_line_ends_give_the_same_passages() -> None:
    assert outline(WRAPPED.replace("\n", "\r\n")) == outline(WRAPPED)
    assert outline("\ufeff" + MARKDOWN_FROM_PDF) == outline(MARKDOWN_FROM_PDF)


def test_headings_have_the_level_of_their_numbering() -> None:
    levels = {p.text: p.level for p in passages(DOC, WRAPPED) if p.kind == "heading"}
    assert levels == {"一、文献回顾": 1, "（一）权力分布论": 2, "二、结论": 1}


def test_traditional_characters_with_running_heads_in_the_middle_of_a_sentence() -> None:
    assert texts(TRADITIONAL, "heading") == ["壹、前言", "貳、同盟結構的影響"]
    assert texts(TRADITIONAL, "body") == [
        "東亞國家之間的安全合作受制於同盟結構。學者將後者稱為「同盟困境」，即「被拋棄」與「被牽連」的兩難。",
        "同盟關係使小國在大國之間難以選擇；一旦選擇，又難以回頭。這正是制度設計必須面對的問題。",
    ]
    assert texts(TRADITIONAL, "note") == ["此處所說的困境僅就軍事同盟而言，並不包含經濟上的依賴關係。"]
    assert texts(TRADITIONAL, "furniture") == [
        "------------------------------",
        "-3-",
        "東亞研究　第五卷第二期",
        "註釋",
    ]


def test_an_english_article_in_markdown() -> None:
    assert outline(ENGLISH) == [
        ("title", "The Hedging State and Its Two Audiences"),
        ("author", "Jane Example"),
        (
            "abstract",
            "Abstract: Small states hedge because they speak to two "
            "audiences at once. This essay argues that the price of "
            "hedging is paid at home.",
        ),
        ("keywords", "Keywords: hedging; audience costs"),
        ("heading", "Introduction"),
        (
            "body",
            "Hedging is often called a middle way. It is, on this "
            "account, a well-known kind of insurance. Critics such as "
            "Dr. Smith (see e.g. the U.S. debate) disagree.",
        ),
        ("body", "A state that hedges buys time, not security."),
        ("table", "| State | Policy |\n| A | hedge |\nTable 1. Policies"),
        ("heading", "2. Two Audiences"),
        (
            "body",
            "The first audience is the great power, and the argument "
            "continues on the next page. A well-known case follows.",
        ),
        ("furniture", "12"),
        ("citation", "John Doe, Hedging in Theory, Example University Press, 2010, p. 5."),
        ("note", "The term is used here in a narrow sense and does not cover economic policy."),
    ]


def test_of_several_english_summaries_the_one_with_the_authors_names_is_kept() -> None:
    latin = [(p.kind, p.text) for p in passages(DOC, OTHERS) if p.kind in ("title", "abstract", "keywords", "author")][
        2:
    ]
    assert latin == [
        ("title", "The Cost of Commitment and the Life of Regimes"),
        ("author", "Zhou Siqi"),
        (
            "abstract",
            "The maritime regime is a window on the security dilemma and a test of whether a commitment is credible.",
        ),
        ("keywords", "commitment, regime"),
    ]
    assert len(texts(OTHERS, "foreign")) == 9


@pytest.mark.parametrize(
    ("raw", "bodies"),
    [
        # A colon at a page break goes on; before a list it does not.
        (
            "各方对此的看法如下：\n\n- 12 -\n\n“机制应当保留，承诺应当兑现。”",
            ["各方对此的看法如下：“机制应当保留，承诺应当兑现。”"],
        ),
        ("各方对此有两种看法：\n\n（1）机制应当保留。", ["各方对此有两种看法：", "（1）机制应当保留。"]),
        # A bracketed number below a broken sentence is a note, and the sentence goes on after it.
        (
            "各方对海上机制的看法虽有不同，但都承认这一机制在过去二十年里起到了安全阀的作用，并且\n\n"
            "(1) 此处的机制仅指海军之间的约定。\n\n愿意保留它。",
            ["各方对海上机制的看法虽有不同，但都承认这一机制在过去二十年里起到了安全阀的作用，并且愿意保留它。"],
        ),
        # A heading always ends what stands before it.
        (
            "机制的停滞有多种原因\n\n## 二、原因\n\n原因之一是互信不足。",
            ["机制的停滞有多种原因", "原因之一是互信不足。"],
        ),
        # Two complete paragraphs stay two.
        ("机制停滞了。\n\n信任不足。", ["机制停滞了。", "信任不足。"]),
        # Latin words keep their space over the break, numbers and Chinese need none.
        ("他引用了 Robert\n\n① 参见《同盟论》，第5页。\n\nKeohane 的说法。", ["他引用了 Robert Keohane 的说法。"]),
    ],
)
def test_what_a_page_break_parts(raw: str, bodies: list[str]) -> None:
    front = "# 题目在此\n\n这一段只是为了让正文开始，它有足够的长度，也有句号作为结尾，此外没有别的意思。\n\n"
    assert texts(front + raw, "body")[1:] == bodies


TEXT = "机制的寿命取决于各方对承诺成本的判断，而判断又取决于各方在长期互动中形成的经验与印象"


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        # A note mark at the end of a paragraph does not glue it to the next, with or without a blank line between.
        (f"{TEXT}。①\n{TEXT}。②\n{TEXT}。\n", 3),
        (f"　　{TEXT}。[1]\n　　{TEXT}。[2](P12)\n　　{TEXT}。\n", 3),
        (f"{TEXT}。<sup>①</sup>\n\n{TEXT}。\n", 2),
        (f"{TEXT}。[[6]](#footnote-6)\n\n{TEXT}。\n", 2),
        (f"{TEXT}？^①\n\n{TEXT}。\n", 2),
        (f"{TEXT}。^\\[3\\]^\n\n{TEXT}。[iii]\n\n{TEXT}。（註4）\n\n{TEXT}。\n", 4),
        (f"{TEXT * 3}。12\n{TEXT * 3}。13\n{TEXT * 3}。\n", 3),
        # Paragraphs of like length in an unwrapped file are no narrow column.
        (f"甲方：{TEXT}。\n乙方：{TEXT}。\n丙方：{TEXT}。\n丁方：{TEXT}。\n戊方：{TEXT}。\n", 5),
        (f"一是{TEXT}；\n二是{TEXT}；\n三是{TEXT}；\n四是{TEXT}。\n", 4),
        # Lines of like length are, where they break off in mid-sentence.
        ("".join(TEXT[i : i + 12] + "\n" for i in range(0, len(TEXT), 12)) + "到此为止。\n", 1),
        # An empty line of a quotation is a blank line.
        (f"> {TEXT}。\n>\n> {TEXT}。\n", 2),
        # A formula on a line of its own does not glue what stands around it.
        (f"{TEXT}，写作：\n\n$$y = ax$$\n\n其中，a为{TEXT}。\n", 2),
    ],
)
def test_where_paragraphs_end(raw: str, count: int) -> None:
    front = f"# 题目在此\n\n这一段只是为了让正文开始。{TEXT}。\n\n{TEXT * 3}。\n\n"
    assert len(texts(front + raw, "body")) - 2 == count


def test_a_note_is_parted_from_the_reference_that_follows_in_it() -> None:
    note = "这一概念在本文中只指海军之间的约定，不涉及其他军种。"
    reference = "参见王思齐：《承诺》，某某出版社2015年版，第3页。"
    body = "正文在此，它足够长，可以算作正文，也以句号结尾，所以不会被看作作者。"
    assert outline(f"# 题目\n\n{body}\n\n① {note}{reference}")[2:] == [("note", note), ("citation", reference)]


def test_the_items_of_a_list_are_no_notes_and_keep_their_numbers() -> None:
    assert texts(LIST, "body")[1:] == [
        "①经济成本，即维持机制所需的开支；",
        "②声誉成本，即撤回承诺时失去的信任。",
        "机制的寿命由二者共同决定。",
    ]


def test_a_comparison_is_no_tag() -> None:
    raw = '# 论威慑\n\n若成本a<b && c>d，制衡便不成立<sup>①</sup>；<span style="x">对冲</span>亦<br/>然。\n'
    assert passages(DOC, raw)[1].text == "若成本a<b && c>d，制衡便不成立；对冲亦然。"


@pytest.mark.parametrize(
    ("second", "kind"),
    [
        ("弱国害怕被抛弃，因此主张\n战略自主。", "body"),  # short, but a sentence: an author's line has no full stop
        ("样例作者甲", "author"),
        ("样例作者甲，样例大学国际关系学院副教授。", "author"),
    ],
)
def test_what_follows_the_title(second: str, kind: str) -> None:
    assert [p.kind for p in passages(DOC, f"# 论同盟困境\n\n{second}\n")] == ["title", kind]


def test_nothing_but_white_space_gives_no_passage() -> None:
    assert passages(DOC, "") == passages(DOC, " \r\n\f\u3000\ufeff") == []


def readable(passage: Passage) -> bool:
    text = passage.text
    breaks = "\n" not in text or passage.kind == "table"
    return (
        bool(text)
        and text == text.strip()
        and breaks
        and not any(c in "\r\0\f" or "\ud800" <= c <= "\udfff" for c in text)
    )


@given(any_texts)
def test_every_passage_is_spelled_by_its_spans_and_edits(raw: str) -> None:
    for p in passages(DOC, raw):
        assert derive(raw, p.spans, p.edits)[0] == p.text
        assert readable(p)
        assert all(a < b for a, b in p.spans)
        assert (p.level is not None) == (p.kind == "heading")


@given(any_texts)
def test_no_raw_character_is_copied_twice_and_passages_stand_in_order(raw: str) -> None:
    found = passages(DOC, raw)
    copied = [i for p in found for a, b in p.spans for i in range(a, b)]
    assert len(copied) == len(set(copied))
    assert [p.index for p in found] == list(range(len(found)))
    starts = [min(p.spans)[0] for p in found]
    assert starts == sorted(starts)
    assert len({p.id for p in found}) == len(found)
    assert passages(DOC, raw) == found


@given(any_texts)
def test_a_coded_span_goes_to_the_source_and_back(raw: str) -> None:
    for p in passages(DOC, raw):
        offsets = passage_map(p, raw)
        for span in [Span(i, j) for i in range(len(p.text)) for j in (i + 1, len(p.text))]:
            try:
                back = offsets.to_derived(offsets.to_original(span))
            except SpanError:
                continue
            assert back is not None
            solid = [i for i in range(span.start, span.end) if offsets.starts[i] < offsets.ends[i]]
            assert back.start <= solid[0]
            assert solid[-1] < back.end


LETTERS = "安全机制同盟困境承诺成本𠮷田角色"


def test_a_text_that_was_broken_again_and_again_is_put_together_whole() -> None:
    """It grows far beyond the stretch by which it is told how it goes on."""
    opening = "各国的共同理解是经由反复的磋商才逐步形成的，而不是由某一国单独决定的，"
    pieces = [opening, *(f"其中第{n}轮磋商又确认了已有的规则，" for n in range(200)), "终成惯例。"]
    raw = "同盟困境\n\n一、引言\n\n" + "\n\n".join(pieces) + "\n\n另起的一段说的是另一件事情。"
    (whole, rest) = [p for p in passages(DOC, raw) if p.kind == "body"]
    assert whole.text == "".join(pieces)
    assert len(whole.text) > 3000
    assert derive(raw, whole.spans, whole.edits)[0] == whole.text
    assert rest.text == "另起的一段说的是另一件事情。"


@given(any_texts)
def test_no_chinese_letter_is_lost(raw: str) -> None:
    plain = "".join(c for c in raw if c in LETTERS + "，。“”：；、\r\n\f \u3000\t🙂")
    copied = {i for p in passages(DOC, plain) for a, b in p.spans for i in range(a, b)}
    assert all(i in copied for i, c in enumerate(plain) if c in LETTERS)


def test_headings_have_their_number_as_printed() -> None:
    raw = "# 承诺的成本\n\n一、问题\n\n（二）框架\n\n2.1 数据\n\n第三章 结论\n\n结语\n"
    numbers = [(p.number, p.level) for p in passages(DOC, raw) if p.kind == "heading"]
    assert numbers == [("一", 1), ("二", 2), ("2.1", 4), ("三", 1), (None, 1)]


def test_passages_know_their_pages_where_the_source_has_pages() -> None:
    raw = "# 承诺的成本\n\n机制的停滞有三种原因，学界对此已有不少讨论，却很少有人把它们放在一起加以比较；本文认为它们彼此关联，难以截然分开，其中最重\n\f\n要的是互信不足。\n\n第二种原因是成本。\n\f第三种原因在于制度设计。\n"
    found = [(p.pages, p.text[:5]) for p in passages(DOC, raw)]
    assert found == [((1, 1), "承诺的成本"), ((1, 2), "机制的停滞"), ((2, 2), "第二种原因"), ((3, 3), "第三种原因")]
    assert {p.pages for p in passages(DOC, WRAPPED)} == {None}


def test_a_view_is_cut_and_leads_to_the_raw_text() -> None:
    raw = "<h1>承诺的成本与机制的寿命</h1><p>机制&amp;承诺<b>停滞</b>了<a href=#n1>①</a>。</p><p id=n1>① 这里的承诺仅指公开作出的表态，不包括默契。</p>"
    view = join(
        [
            write("# ", (0, 4)),
            take(raw, (4, 15)),
            write("\n\n", (15, 23)),
            take(raw, (23, 25)),
            write("&", (25, 30)),
            take(raw, (30, 32)),
            take(raw, (35, 37)),
            take(raw, (41, 42)),
            take(raw, (raw.index("①"), raw.index("①") + 1)),
            take(raw, (raw.index("。"), raw.index("。") + 1)),
            write("\n\n", (raw.index("<p id"), raw.index("① 这"))),
            take(raw, (raw.index("① 这"), len(raw) - 4)),
        ]
    )
    found = passages(DOC, raw, view)
    assert [(p.kind, p.text) for p in found] == [
        ("title", "承诺的成本与机制的寿命"),
        ("body", "机制&承诺停滞了。"),
        ("note", "这里的承诺仅指公开作出的表态，不包括默契。"),
    ]
    for p in found:
        assert derive(raw, p.spans, p.edits)[0] == p.text
    assert found[1].edits == ((25, 30, "&"),)
    assert found[2].mark_at == (raw.index("①"), raw.index("①") + 1)


HEADED = """信任與猜疑：
某地同盟的再調整

王某

壹、前言

同盟的成本由雙方分擔，而各方對成本的估計不同，因此承諾的可信程度也隨著情勢的改

12
\f信任與猜疑：某地同盟的再調整
變而起伏。這一點早已有人指出。

貳、結論

承諾的成本決定同盟的壽命。
"""


def test_a_head_that_is_the_title_again_stands_in_no_sentence() -> None:
    assert texts(HEADED, "title") == ["信任與猜疑：某地同盟的再調整"]  # it goes on after a colon
    assert texts(HEADED, "body")[0].endswith("隨著情勢的改變而起伏。這一點早已有人指出。")


LISTED = """# 信任與猜疑

## 壹、前言

承諾的成本決定同盟的壽命。

## 參考文獻

一、中文部分

王某，2018，《小國的策略》，台北：某南。

### 二、英文部分

Doe, John. 1950. On Regimes. Sometown: Some Press.
"""


def test_headings_inside_the_references_do_not_end_them() -> None:
    assert [kind for kind, _ in outline(LISTED)] == [
        "title",
        "heading",
        "body",
        *["furniture"] * 2,
        "citation",
        "furniture",
        "citation",
    ]


def test_a_table_that_only_blanks_set_is_no_running_text() -> None:
    raw = (
        "# 信任與猜疑\n\n下表比較兩個案例的差異。\n\n"
        "          甲地    乙地\n安全現狀  滿意    不滿\n經濟現狀  不滿    滿意\n\n由表可見，兩者的動機不同。\n"
    )
    assert [kind for kind, _ in outline(raw)] == ["title", "body", "table", "body"]


def test_an_abstract_that_a_page_break_cut_is_one_again() -> None:
    raw = (
        "# 承诺的成本\n\n摘要：机制的寿命取决于各方对承诺\n\n· 3 ·\n\n成本的判断。\n\n关键词：承诺；机制\n\n" + CHINESE
    )
    assert texts(raw, "abstract") == ["摘要：机制的寿命取决于各方对承诺成本的判断。"]


def test_rows_without_a_break_between_them_are_put_together() -> None:
    raw = "分类号：甲\t乙；关键词：丙\t丁\n戊\t己\n"
    (table,) = [p for p in passages(DOC, raw) if p.kind == "table"]
    assert derive(raw, table.spans, table.edits)[0] == table.text == "分类号：甲\t乙；\n关键词：丙\t丁\n戊\t己"


def test_an_epigraph_is_text() -> None:
    raw = "# 承诺的成本\n\n> 「强者做他们能做的，弱者忍受他们必须忍受的。」\n\n" + CHINESE
    assert texts(raw, "body")[0] == "「强者做他们能做的，弱者忍受他们必须忍受的。」"


def test_two_abstracts_stay_two() -> None:
    raw = (
        "# 承诺的成本\n\n摘要：机制的寿命取决于各方对承诺的判断\n\n英文摘要：The life of regimes.\n\n关键词：承诺\n\n"
        + CHINESE
    )
    assert len(texts(raw, "abstract")) == 2
