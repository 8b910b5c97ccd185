import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.corpus.patterns.bare import bare_marks, bracketed_marks, latin_marks, may_be_marks

NUMBERS = frozenset(str(n) for n in range(1, 40))


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("信任不足。2猜疑日深。", ["2"]),
        ("信任不足。1 1991 年以後", ["1"]),  # a PDF tool sets blanks around numbers
        ("信任不足。 2 猜疑日深", [" 2"]),
        ("「信任不足」。3 個性並非關鍵", ["3"]),  # 個 opens another word
        ("並非出於恐懼，而是出於貪婪2。戰前", ["2"]),  # before the stop
        ("信任不足。12", ["12"]),
        ("這是爭奪的焦點3。其次", ["3"]),  # a word that ends like what a number belongs to
        ("國家的行為2，以及其價值3。", ["2", "3"]),
        # What must stay:
        ("見第四點3。", []),
        ("信任不足。3 個國家參加", []),
        ("信任不足，2 成受訪者", []),
        ("信任不足。3國參加", []),
        ("該國排名第3，其餘", []),  # what the number belongs to stands before it
        ("得分為3，其餘", []),
        ("見第2卷，圖3、表2。", []),
        ("截至2019年6月12日，", []),
        ("共有 12 個，其中", []),
        ("信任不足。1991年以後", []),
    ],
)
def test_a_number_is_a_mark_only_where_it_counts_nothing(text: str, marks: list[str]) -> None:
    assert [text[a:b] for a, b in bare_marks(text, NUMBERS)] == marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("The bet will not ruin it.1 It has served.", ["1"]),
        ("It is nowhere.2", ["2"]),  # at the end of a paragraph
        ("They lower uncertainty,3 which helps.", ["3"]),
        ("It is ‘easier in company’, he said.’4 The rest followed.", ["4"]),
        # What must stay:
        ("It grew by 3.5 in a year, see fig.1 Then No.5 Company, vol.12 Part", []),
        ("The report of Sept.11 was long.", []),
        ("version.2beta is out", []),
    ],
)
def test_a_number_behind_a_latin_stop(text: str, marks: list[str]) -> None:
    assert [text[a:b] for a, b in latin_marks(text, NUMBERS)] == marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("信任不足。(1)因此猜疑日深", ["(1)"]),
        ("出於「貪婪」（2），其後", ["（2）"]),
        # What must stay:
        ("原因有二：(1)信任不足；(2)猜疑日深。(3)其他", []),  # a list
        ("(1)信任不足。(2)猜疑日深。", []),
        ("信任不足。(9)因此", []),  # no note of that number
    ],
)
def test_a_number_in_round_brackets(text: str, marks: list[str]) -> None:
    assert [text[a:b] for a, b in bracketed_marks(text, {"(1)", "(2)", "(3)"})] == marks


def test_a_letter_read_for_a_sign_is_a_mark_where_a_note_begins_so() -> None:
    assert bare_marks("希望。O 然而", {"O"}) == [(3, 4)]
    assert bare_marks("希望。O 然而", {"1"}) == []
    assert bare_marks("希望。OPEC 然而", {"O"}) == []


def test_only_the_numbers_of_notes_are_marks() -> None:
    assert bare_marks("信任不足。2猜疑日深。3雙方", {"3"}) == [(11, 12)]


@given(st.text(alphabet="信任。，、」 \u30003129年個", max_size=40))
def test_what_is_left_out_is_a_number_that_may_be_a_mark(text: str) -> None:
    may_be = {m.span() for m in may_be_marks(text)}
    for start, end in bare_marks(text, NUMBERS):
        assert text[start:end].strip() in NUMBERS
        assert (end - len(text[start:end].strip()), end) in may_be
