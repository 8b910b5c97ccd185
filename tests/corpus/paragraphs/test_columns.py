import pytest

from bianma.corpus.paragraphs.columns import rows

STOP = (0, "下表比較兩個案例的差異。")


def numbers(text: str, *, begun: bool = True) -> list[int]:
    """The numbers of the rows among the lines of `text`; a sentence stands before them."""
    lines = [(len(line) - len(line.lstrip(" ")), line.strip()) if line.strip() else None for line in text.split("\n")]
    return [n - begun for n in sorted(rows([STOP, *lines] if begun else lines))]


TABLE = "         半島（1991） 海峽（2009）\n強權承諾 條約、駐軍   國內法、模糊\n主要憂慮 被牽連       聯盟鬆動"
WIDE = "國家　　安全現狀　　經濟現狀\n甲國　　滿意　　　　不滿\n乙國　　不滿　　　　滿意"
CJK_FIRST = "State      Security   Economy\nA          high       low\nB          low        high"
AUTHORS = "王某      李某\n某某大學  某某研究院\n甲地      乙地"
TWO_COLUMNS = "\n".join(
    ["安全困境使雙方難以相信對方的善意，因此" + "    " + "承諾的成本決定了機制的壽命，各方都在"] * 4
)
STOPS = "雙方缺乏信任。    猜疑日深\n機制停滯。        各方觀望\n承諾有成本。      聲譽亦然"
TWO_LINES = "甲國    滿意\n乙國    不滿"
LIST = "1.  部署的位置\n2.  系統的連結\n3.  透明的措施"
RAGGED = "甲國    滿意\n乙國的立場  不滿\n丙            觀望"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TABLE, [0, 1, 2]),  # the head of the columns stands above them with single blanks
        (WIDE, [0, 1, 2]),  # full-width blanks
        (CJK_FIRST, [0, 1, 2]),
        (TWO_COLUMNS, []),  # a page of two columns: its cells are long
        (STOPS, []),  # cells end sentences
        (TWO_LINES, []),  # too little to tell
        (LIST, []),
        (RAGGED, []),  # nothing is in line
        ("", []),
    ],
)
def test_tables_that_only_blanks_set(text: str, found: list[int]) -> None:
    assert numbers(text) == found


def test_names_above_the_text_are_no_table() -> None:
    assert numbers(AUTHORS, begun=False) == []
