import pytest
from tests.corpus.paragraphs.test_clean import cleaned

from bianma.corpus.patterns import layout, marks


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("雙方缺乏信任[[1]](#_ftn1)，猜疑日深。", "雙方缺乏信任，猜疑日深。"),  # a word processor's link, as Markdown
        ("雙方缺乏信任[[註1]](https://a.example/b#_ftn1)，猜疑日深。", "雙方缺乏信任，猜疑日深。"),
        (
            "双方缺乏信任[\\[1\\]](#_ftn1){#_ftnref1}，猜疑日深。",
            "双方缺乏信任，猜疑日深。",
        ),  # escaped, with attributes
        ("双方缺乏信任[^1^](#fn1){.footnote-ref}，猜疑日深。", "双方缺乏信任，猜疑日深。"),
        ("双方缺乏信任[①](#note-1)，猜疑日深。", "双方缺乏信任，猜疑日深。"),
        ("双方缺乏信任<sup>[1](#footnote-1)</sup>，猜疑日深。", "双方缺乏信任，猜疑日深。"),
        ("雙方缺乏信任[註1]，猜疑〔註 2〕日深。（註三）", "雙方缺乏信任，猜疑日深。"),  # with a word
        ("双方缺乏信任（注1），猜疑[注释2]日深【注3】。", "双方缺乏信任，猜疑日深。"),
        ("雙方缺乏信任（註1、註2），猜疑日深。", "雙方缺乏信任，猜疑日深。"),  # several in one bracket
        ("雙方缺乏信任註1，猜疑日深。", "雙方缺乏信任，猜疑日深。"),  # what was raised stands in the line
        ("雙方缺乏信任[10]^1，猜疑日深。^2", "雙方缺乏信任，猜疑日深。"),  # a text browser's link number before it
        ("雙方缺乏信任[4]:58，猜疑日深[來源請求]。", "雙方缺乏信任，猜疑日深。"),  # a wiki's page, a wiki's remark
        ("双方缺乏信任[来源请求]，猜疑日深。[note 1]", "双方缺乏信任，猜疑日深。"),
        (
            "双方缺乏信任[②]，猜疑日深。^③ 其后",
            "双方缺乏信任，猜疑日深。其后",
        ),  # a sign in brackets, a sign behind a caret
        ("双方缺乏信任。[6](P.45)猜疑日深[7](pp.1-3)。", "双方缺乏信任。猜疑日深。"),  # a mark with a page is no link
        ("双方缺乏信任。@ 猜疑日深”。○", "双方缺乏信任。猜疑日深”。"),  # a circled number that was misread
        # What must stay:
        ("联络人@某某，网址为[说明](page.html)。○△两种情形", "联络人@某某，网址为说明。○△两种情形"),
        ("双方缺乏信任，^\\[2\\]^猜疑日深。^\\[12\\]^", "双方缺乏信任，猜疑日深。"),  # as Pandoc raises it
        ("双方缺乏信任^①^，猜疑日深^［3］^。", "双方缺乏信任，猜疑日深。"),
        ("双方缺乏信任[[iv]](#_edn4)，猜疑日深。", "双方缺乏信任，猜疑日深。"),  # a word processor's endnote
        ("令[i]与[x]表示两方，x^[2]的值不变。", "令[i]与[x]表示两方，x^的值不变。"),
        ("參見[第三節](#s3)與[3號文件](https://a.example/3)", "參見第三節與3號文件"),  # links of the text itself
        ("第[2021](https://a.example/2021)年", "第2021年"),
        ("這一點（註：見下文）仍有爭議（注意其條件）。", "這一點（註：見下文）仍有爭議（注意其條件）。"),
        ("他注1955年舊本", "他注1955年舊本"),
        ("詳見註1，參見注2。", "詳見註1，參見注2。"),  # it sends the reader there
        ("面積為10^6，即x^2。", "面積為10^6，即x^2。"),
        ("[美]約翰·多伊認為", "[美]約翰·多伊認為"),
        ("原註1，譯註2，都有說明。", "原註1，譯註2，都有說明。"),  # whose note it is
        ("《某書注》1，《某書疏》", "《某書注》1，《某書疏》"),
    ],
)
def test_marks_are_left_out_in_all_their_forms(raw: str, text: str) -> None:
    assert cleaned(raw) == text


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("註1：此處的信任", "註1："),
        ("注 2．此处的信任", "注 2．"),
        ("附註3　此處的信任", "附註3"),
        ("註釋4：此處的信任", "註釋4："),
        ("註十二：此處的信任", "註十二："),
        ("[註1] 此處的信任", "[註1]"),
        ("〔註4〕：此處的信任", "〔註4〕："),
        ("（注5）此处的信任", "（注5）"),
        ("註1", "註1"),  # alone on its line
        ("[[1]](#_ftnref1) 此處的信任", "[[1]](#_ftnref1)"),
        ("[[註2]](https://a.example/b#_ftnref2) 此處的信任", "[[註2]](https://a.example/b#_ftnref2)"),
        ("[\\[3\\]](#_ftnref3){#_ftn3} 此處的信任", "[\\[3\\]](#_ftnref3){#_ftn3}"),
        ("[16]1 此處的信任", "[16]1"),  # a text browser's link number before it
        ("^ Doe, J. On Trust.", "^"),  # a wiki's
        ("↑ 跳至：1.0 1.1 Doe, J. On Trust.", "↑ 跳至：1.0 1.1"),
        ("註解的寫法各有不同", None),  # the word as such
        ("注一般而言不入正文", None),
        ("註：此處的信任", None),
        ("附註釋的版本", None),
        ("[第三節](#s3)說明了信任", None),
        ("[1]，猜疑日深", None),  # the text goes on after a mark
    ],
)
def test_the_sign_that_opens_a_note(text: str, sign: str | None) -> None:
    found = layout.opening_mark(text)
    assert (found["sign"] if found else None) == sign


@pytest.mark.parametrize(
    ("before", "after", "comes_back", "interrupts"),
    [
        ("雙方之間始終缺乏最起碼的政治信任", "。多數研究認為", False, True),  # the stop after it tells
        ("雙方之間始終缺乏最起碼的政治信任", "與安全保證", False, True),  # the text before it breaks off
        ("雙方之間始終缺乏最起碼的政治信任。", "另一方面，猜疑日深", True, True),  # the note itself comes later
        ("雙方之間始終缺乏最起碼的政治信任。", "王某，《信任論》", False, False),  # it opens the note
        ("註釋", "王某，《信任論》", False, False),
        ("", "王某，《信任論》", False, False),
    ],
)
def test_a_mark_on_a_line_of_its_own(before: str, after: str, comes_back: bool, interrupts: bool) -> None:
    assert marks.interrupts(before, after, comes_back=comes_back) is interrupts


def test_in_a_list_of_notes_a_line_without_a_stop_ends_a_note() -> None:
    before, after = "Doe, John. On Regimes. Journal of Tests, 1950(2): 1-20", "Roe, Jane. On Roles."
    assert marks.interrupts(before, after, comes_back=False)
    assert not marks.interrupts(before, after, comes_back=False, listed=True)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("起源[編輯]", True),
        ("起源[编辑 | 编辑源代码]", True),
        ("[編輯]", False),
        ("起源", False),
        ("該稿由某人整理[編者]", False),
    ],
)
def test_a_heading_by_a_wikis_link(text: str, heading: bool) -> None:
    assert marks.is_edited_heading(text) is heading
