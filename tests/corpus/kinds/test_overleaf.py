"""Notes that go on over the page, marks of lists and notes, and what closes an article."""

import pytest

from bianma.corpus.cut import passages
from bianma.records import DocId

FRONT = "# 论承诺的成本\n\n样例作者甲\n\n这一段只是为了让正文开始，它有足够的长度，也有句号作为结尾。\n\n"
LEFT, RIGHT = "各方对海上机制的看法虽有不同，但都承认这一机制在过去二十年里起到了作用，并且", "愿意长期地保留它。"
NOTE, REST = (
    "此处所谓承诺采取较窄的定义，只计算条约所规定的情势已经出现而缔约国没有行动的情形",
    "不计在内。按照这一定义，共有三起。",
)
BOOK = "参见王某：《承诺论》，某某出版社2015年版，第1页。"


def cut(raw: str, *kinds: str) -> list[str]:
    return [p.text for p in passages(DocId("a"), FRONT + raw) if p.kind in kinds][(1 if "body" in kinds else 0) :]


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    raw = f"{LEFT}\n\n① {NOTE}\n\n12\n\n{REST}\n\n② {BOOK}\n\n{RIGHT}\n"
    assert cut(raw, "note") == [NOTE + REST]
    assert cut(raw, "body") == [LEFT + RIGHT]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (f"{LEFT}\n\n① {NOTE}。\n\n12\n\n{REST}\n\n② {BOOK}\n\n{RIGHT}\n", REST),  # the note is whole
        (f"{LEFT}{RIGHT}\n\n① {NOTE}\n\n12\n\n{REST}\n\n② {BOOK}\n\n{RIGHT}\n", REST),  # the text is whole
        (f"{LEFT}\n\n① {NOTE}\n\n12\n\n{REST}\n\n{RIGHT}\n", REST),  # no note below
        (f"{LEFT}\n\n① {NOTE}\n\n12\n\n{REST}\n\n② {BOOK}\n\n## 二、原因\n\n{RIGHT}\n", REST),  # nothing goes on
    ],
)
def test_text_above_a_note_stays_text(raw: str, kept: str) -> None:
    assert any(kept in text for text in cut(raw, "body"))


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (f"情况就不同了：①既有的标准不肯给予地位。\n\n① {BOOK}\n", "情况就不同了：既有的标准不肯给予地位。"),
        # A list has a second item, and a number that no note has is no mark.
        (f"标准有两种：①物质的；②观念的。\n\n① {BOOK}\n", "标准有两种：①物质的；②观念的。"),
        ("标准只有一种：①物质的标准。\n", "标准只有一种：①物质的标准。"),
        (f"秩序并不清楚，[ii]各方不同。\n\n[i] {BOOK}\n\n[ii] {BOOK}\n", "秩序并不清楚，各方不同。"),
        (f"令[v]表示价值，[i]各方不同。\n\n[i] {BOOK}\n", "令[v]表示价值，各方不同。"),
        ("两个国家之间没有信任。@双方于是各自为战。", "两个国家之间没有信任。双方于是各自为战。"),
        ("联系地址是someone@a.example。账号@某某也在其中。", "联系地址是someone@a.example。账号@某某也在其中。"),
    ],
)
def test_marks_that_may_be_something_else(raw: str, body: str) -> None:
    assert cut(raw, "body") == [body]


THANKS = "本文初稿曾在某大学的工作坊上宣读，感谢与会者的批评。"


@pytest.mark.parametrize("below", ["\n\n参考文献\n\n王某：《承诺论》，2015年版。\n", f"\n\n① {BOOK}\n", "\n"])
def test_thanks_close_an_article(below: str) -> None:
    assert cut(f"{LEFT}{RIGHT}\n\n{THANKS}{below}", "body") == [LEFT + RIGHT]


def test_thanks_in_the_middle_are_text() -> None:
    assert THANKS in cut(f"{LEFT}{RIGHT}\n\n{THANKS}\n\n{LEFT}{RIGHT}\n", "body")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("表1 受众与声誉 资料来源：笔者自制。", "table"),
        ("圖二　三種秩序 資料來源：作者整理自某某資料庫", "table"),
        ("表1的数据显示，各方的承诺并不相同。资料来源：笔者自制的说法也成问题。", "body"),  # sentences
        ("**（一）“開かれた地域主義”**", "heading"),  # bold and numbered: in any language
        ("**（一）承诺并不可信。**", "body"),
        ("### **ABSTRACTS**", "furniture"),
        ("# 【本刊英文摘要】", "furniture"),
        ("## 摘要的政治", "heading"),
    ],
)
def test_single_lines(line: str, kind: str) -> None:
    raw = f"{FRONT}{LEFT}{RIGHT}\n\n{line}\n\n{LEFT}{RIGHT}\n"
    text = line.strip("#* ")
    assert [p.kind for p in passages(DocId("a"), raw) if p.text == text] == [kind]


def test_a_reference_stands_before_an_explanation_in_one_note() -> None:
    said = "该书的主要篇目最初发表于综合性月刊，结集时作者作了修订。"
    raw = f"{LEFT}{RIGHT}\n\n[5] 某川某『海洋秩序の構想』（某央社、1965年）。{said}\n"
    assert cut(raw, "note") == [said]


def test_headings_in_wrapped_text_whose_pages_break_off() -> None:
    page = f"{LEFT}\n\n12\n\n{RIGHT}\n\n"
    assert "从敏感到脆弱" in cut(f"{page * 4}从敏感到脆弱\n\n{LEFT}{RIGHT}\n", "heading")
