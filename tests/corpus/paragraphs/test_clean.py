import re

import pytest

from bianma.corpus.draft import drop, join, record, take, trim
from bianma.corpus.offsets import derive
from bianma.corpus.paragraphs import lines
from bianma.corpus.paragraphs.clean import is_linked, mended, paragraph, running_text
from bianma.corpus.paragraphs.lines import Line
from bianma.records import Kind


def cleaned(raw: str, kind: Kind = "body") -> str:
    """The text of the only paragraph of `raw`, checked against its own record."""
    (block,) = lines.blocks(lines.lines(raw), frozenset())
    draft = running_text(paragraph(raw, block).draft, kind)
    assert derive(raw, *record(draft, raw))[0] == draft.text
    return draft.text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("安全机制是国家之间的约\n定。", "安全机制是国家之间的约定。"),  # Chinese: nothing
        ("安全机制是国家之间的约 \r\n 定。", "安全机制是国家之间的约定。"),
        ("a regime is\nan arrangement", "a regime is an arrangement"),  # Latin: a space
        ("it rests on regu-\nlation here", "it rests on regulation here"),  # a printed hyphen
        ("a well-known case, so well-\nknown that", "a well-known case, so well-known that"),  # its own hyphen
        ("the Sino–\nJapanese case", "the Sino–Japanese case"),
        ("他提到 Robert\nKeohane 的说法", "他提到 Robert Keohane 的说法"),
        ("双方认为,\n2019 年以来", "双方认为,2019 年以来"),  # an ASCII comma in Chinese
        ("达成 的一系列 安排、 规范", "达成的一系列安排、规范"),  # the stray space of a break
        ("随着 2018 年 GDP 逆转", "随着 2018 年 GDP 逆转"),  # a space that typography wants
    ],
)
def test_lines_are_joined_as_reading_on_asks_for(raw: str, text: str) -> None:
    assert cleaned(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("机制停滞<sup>①</sup>，信任不足。<sup>\\*</sup>", "机制停滞，信任不足。"),
        ("机制停滞①，信任不足。②③", "机制停滞，信任不足。"),
        ("机制停滞[1]，信任不足[2-3][4](P35)。", "机制停滞，信任不足。"),
        ("机制停滞[^1]，信任不足$^{\\circ}$。", "机制停滞，信任不足。"),
        ("“机制停滞。”◎信任不足®和猜疑", "“机制停滞。”信任不足和猜疑"),  # circled numbers misread
        ("成本包括：①开支；②声誉；③信任。", "成本包括：①开支；②声誉；③信任。"),  # a list, no marks
        ("增长$20\\%$，信任${}^{①}$不足$\\textcircled{2}$。", "增长20%，信任不足。"),  # as converters write them
        (
            "机制停滞[2]45-72。信任不足[6]118，猜疑[7]2019年起。",
            "机制停滞。信任不足，猜疑2019年起。",
        ),  # pages raised with the mark
        ("[美]约翰·多伊认为", "[美]约翰·多伊认为"),  # a country, no mark
        ("the 19<sup>th</sup> century", "the 19th century"),
        ("**机制**与*信任*", "机制与信任"),
        ("参见[网页](http://a.example/b)与<https://c.example>", "参见网页与https://c.example"),
        ("3 \\* 4 与 a\\_b", "3 * 4 与 a_b"),
        (
            "机制停滞[[1]](#footnote-1)，信任不足[①](#fn1)。",
            "机制停滞，信任不足。",
        ),  # marks that Word's converters link
        ("机制停滞[\\[1\\]](#_ftn1)。 [↑](#footnote-ref-1)", "机制停滞。"),
        ("见[图 1](#fig-1)与[2015](#ref)", "见图 1与2015"),  # a link to a figure or a year is text
        ("安全\u200b机制\ufeff", "安全机制"),
    ],
)
def test_marks_and_mark_up_are_left_out(raw: str, text: str) -> None:
    assert cleaned(raw) == text


@pytest.mark.parametrize(
    ("raw", "kind", "text"),
    [
        ("安全 机制 信任", "keywords", "安全 机制 信任"),
        ("李明远 王思齐*", "author", "李明远 王思齐"),
        ("## 一 概念 界定", "heading", "一 概念界定"),  # the space after the number stays
        ("# 承诺的成本\\*", "title", "承诺的成本"),
        ("王某 [J]. 第 3 页 [1]", "citation", "王某 [J]. 第 3 页 [1]"),  # references keep their brackets
    ],
)
def test_what_is_left_out_depends_on_the_kind(raw: str, kind: Kind, text: str) -> None:
    assert cleaned(raw, kind) == text


def test_a_bare_number_is_a_mark_only_where_a_note_has_it() -> None:
    raw = "角色有两种。2前者来自他人。3国参加了会晤。2年后机制停滞。"
    draft = take(raw, (0, len(raw)))
    assert (
        running_text(draft, "body", numbers=frozenset("23")).text
        == "角色有两种。前者来自他人。3国参加了会晤。2年后机制停滞。"
    )
    assert running_text(draft, "body").text == raw


def test_parts_far_from_each_other_are_put_together_with_their_offsets() -> None:
    raw = "the argu-\n\n[1] a note\n\nment holds"
    right = take(raw, (23, len(raw)))
    whole = join([*mended(raw, take(raw, (0, 9)), right), right])
    assert whole.text == "the argument holds"
    assert record(whole, raw)[0] == ((0, 8), (23, len(raw)))


def test_the_verbs_of_a_draft_keep_what_they_do_not_name() -> None:
    raw = " 甲<b>乙</b>丙 "
    draft = trim(drop(take(raw, (0, len(raw))), re.compile("<b>(?P<keep>[^<]*)</b>")))
    assert draft.text == "甲乙丙"
    assert record(draft, raw) == (((1, 2), (5, 6), (10, 11)), ())


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("[首頁](/) > [專論](/papers)", True),  # a breadcrumb
        ("[![圖](/a.png){.logo}](/){.brand}", True),  # a picture in a link, with pandoc's attributes
        ("[安全困境的由來](https://a.example/1) 2017-04-10", True),  # a day besides
        ("[複製連結](javascript:void\\(0\\))", True),  # a button
        ("首頁 <https://a.example/>", True),  # as a browser saves text
        ("見[該刊](https://a.example/1)的說明，詳情從略。", False),  # a sentence holds a link
        ("[[1]](#_ftnref1) 王某：《承諾》，第 3 頁。", False),  # a note that leads back to its mark
        ("[\\[1\\]](#_ftnref1){#_ftn1}", False),  # its mark alone
        ("a < b，b > c。", False),
    ],
)
def test_a_line_of_links_is_told(text: str, *, linked: bool) -> None:
    assert is_linked(text) is linked


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("# 安全困境 {.page-title}", "安全困境"),  # pandoc's class of a heading
        ("承認是[角色](/r/1){.link}的前提。", "承認是角色的前提。"),  # and of a link
        ("[2020-02-14]{.date}", "2020-02-14"),  # and of a span
        ("> * 承認先於利益。", "承認先於利益。"),  # a list in a quotation
        (">", ""),  # its empty line
        ("#同盟 #角色", "#同盟 #角色"),  # topics, no heading
        ("集合 {a, b} 與 {c}", "集合 {a, b} 與 {c}"),  # braces of the text
    ],
)
def test_what_converters_leave_of_links(line: str, text: str) -> None:
    assert paragraph(line, [Line(0, len(line), 0, line)]).text == text
