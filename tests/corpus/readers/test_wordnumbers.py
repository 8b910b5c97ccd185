import pytest
from tests.corpus.readers.words import numbered, numbering, paragraph, word

from bianma.corpus.readers import docx


def read(*body: str, **parts: object) -> str:
    return docx.markdown(word(*body, **parts))[0].strip()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "pattern", "shown"),
    [
        ("chineseCountingThousand", "第%1章", "第一章 "),
        ("decimal", "%1.", "1. "),
        ("decimal", "[%1]", "[1] "),
        ("decimalEnclosedCircle", "%1", "① "),
        ("upperRoman", "%1、", "I、"),
        ("ideographTraditional", "（%1）", "（甲）"),
        ("chineseLegalSimplified", "%1、", "壹、"),
        ("bullet", "\uf06c", "• "),
        ("none", "", ""),
    ],
)
def test_numbers_that_word_counts_are_written_out(form: str, pattern: str, shown: str) -> None:
    assert read(paragraph("正文", properties=numbered(1)), lists=numbering((form, pattern))) == shown + "正文"


def test_numbers_count_on_and_begin_anew_under_the_next_heading() -> None:
    marks = [0, 1, 1, 0, 1]
    text = read(
        *(paragraph("题", properties=numbered(1, level)) for level in marks),
        lists=numbering(("chineseCounting", "%1、"), ("decimal", "%1.%2")),
    )
    assert text.split("\n\n") == ["一、题", "一.1 题", "一.2 题", "二、题", "二.1 题"]


def test_a_number_typed_by_hand_is_not_written_twice_and_an_empty_paragraph_counts() -> None:
    one = numbered(1)
    text = read(
        paragraph("一、题", properties=one),
        paragraph("", properties=one),
        paragraph("题", properties=one),
        lists=numbering(("chineseCounting", "%1、")),
    )
    assert text.split("\n\n") == ["一、题", "三、题"]
