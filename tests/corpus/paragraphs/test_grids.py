"""Tables without a grid: which lines are cells, and which only look like it."""

import pytest

from bianma.corpus.cut import passages
from bianma.records import DocId

FRONT = "# 论承诺的成本\n\n样例作者甲\n\n" + "\n\n".join(
    f"开头的第{n}段只是为了让正文开始，它有足够的长度，也有句号作为结尾，此外没有别的意思。" for n in "一二三四五六七"
)
AFTER = "甲方的立场最为明确，这一点在历次磋商的记录中都可以看到，因此无须再作说明。"


def kinds_of(middle: str) -> list[tuple[str, str]]:
    """The passages between the front and the paragraph after."""
    found = [(p.kind, p.text) for p in passages(DocId("a"), f"{FRONT}\n\n{middle}\n\n{AFTER}\n")]
    at = next(n for n, (_, text) in enumerate(found) if text.startswith("开头的第七段"))
    assert found[-1] == ("body", AFTER)
    return found[at + 1 : -1]


@pytest.mark.parametrize(
    "table",
    [
        # Columns made of single blanks: a caption, and as many cells in each line (CAJ, OCR).
        "表1 各方的立场\n方 立场 成本\n甲方 支持 低\n乙方 反对 高",
        # Uneven ones, down to the source.
        "表1 各方的立场\n立场 成本\n甲方 支持 低\n乙方 反对 高\n资料来源：作者自制。",
        # One cell a line (pdftotext without -layout).
        "表1 各方的立场\n方\n立场\n甲方\n支持\n乙方\n反对\n资料来源：笔者整理。",
        "表1 各方的立场\n\n方\n立场\n甲方\n支持\n乙方\n反对",
        # Wide gaps; a cell may ask, and the caption hold a comma after its closed number.
        "Table 1. Role, mandate and cost\n\nRole        Mandate?        Cost\nBroker      yes             low\nSource: the author.",
        "甲方        支持        低成本\n乙方        反对        高成本",
        # A figure's words stand above its caption.
        "相遇上升 舆论关注\n执法者 守卫者 信号者\n图 1 角色的转换\n图片来源：作者自制。",
        # In traditional characters.
        "表1 各方的立場\n方 立場 成本\n甲方 支持 低\n乙方 反對 高\n資料來源：作者自製。",
        # LaTeX, and HTML on one line in a page of its own (nougat, MinerU).
        "\\begin{table}\n\\begin{tabular}{l c}\nRole & Cost \\\\\n\\end{tabular}\n\\end{table}\nTable 1: Roles",
        "表1 各方的立场\n\n<html><body><table><tr><td>甲方</td></tr><tr><td>支持</td></tr></table></body></html>",
        # A formula on lines of its own: no text, and the sentences around it are not glued.
        "$$\ny = ax + b\n$$",
    ],
)
def test_cells_without_a_grid_are_a_table(table: str) -> None:
    assert {kind for kind, _ in kinds_of(table)} == {"table"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # A caption whose table was lost: the text that follows is text, one line or many.
        ("表1 各方的立场\n\n乙方的立场较为模糊。", ["乙方的立场较为模糊。"]),
        (
            "表1 各方的立场\n乙方的立场较为模糊，丙方没有立\n场，二者都在等待时机，而且等待并\n不容易。此外别无他法可想。",
            ["乙方的立场较为模糊，丙方没有立场，二者都在等待时机，而且等待并不容易。此外别无他法可想。"],
        ),
        # Sentences between a caption and a source are no cells, however short the lines.
        (
            "表1 各方的立场\n乙方反对，丙方旁观，\n丁方没有立场，\n各方都在等。\n资料来源：作者自制。",
            ["乙方反对，丙方旁观，丁方没有立场，各方都在等。"],
        ),
        # A sentence that begins with the table's name.
        ("表1列出了各方的立场。", ["表1列出了各方的立场。"]),
        # One line with wide gaps is a line set wide; cells come in twos.
        ("甲方承诺      乙方猜疑      丙方旁观。", ["甲方承诺乙方猜疑丙方旁观。"]),
    ],
)
def test_what_only_looks_like_a_table(text: str, kept: list[str]) -> None:
    assert [t for kind, t in kinds_of(text) if kind == "body"] == kept


def test_authors_set_in_columns_are_no_table() -> None:
    raw = f"# 论承诺的成本\n\n甲某某      乙某某      丙某某\n样例大学      样例学院      样例所\n\n{AFTER}\n"
    assert "table" not in {p.kind for p in passages(DocId("a"), raw)}
