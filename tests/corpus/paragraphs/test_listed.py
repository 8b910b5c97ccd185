"""Notes in a list that was copied with tabs, and with no blank at all."""

import pytest

from bianma.corpus.cut import passages
from bianma.records import DocId

FRONT = (
    "# 论承诺的成本\n\n样例作者甲\n\n"
    "秩序的含义并不清楚1。各方对承诺的看法各有不同，有的重成本，有的重信誉2。本文把承诺理解为公开的表态。\n\n"
)
BOOK, SAID = "王某：《承诺论》，某某出版社2015年版，第1页。", "这里的承诺仅指公开作出的表态。"


def found(raw: str) -> list[tuple[str, str | None, str]]:
    return [(p.kind, p.mark, p.text) for p in passages(DocId("a"), FRONT + raw) if p.kind in ("note", "citation")]


@pytest.mark.parametrize("between", ["\t", ".\t", " \t", " ", "\u3000", ""])
def test_a_list_of_notes_below_its_heading(between: str) -> None:
    raw = f"注释\n1{between}{SAID}\n2{between}{BOOK}\n"
    assert [(kind, text) for kind, _, text in found(raw)] == [("note", SAID), ("citation", BOOK)]
    assert "清楚。" in passages(DocId("a"), FRONT + raw)[2].text


@pytest.mark.parametrize("sign", ["①", "[1]", "1", "註1", "[i]"])
def test_a_reference_with_a_tab_after_its_sign(sign: str) -> None:
    assert [(kind, text) for kind, _, text in found(f"{sign}\t{BOOK}\n")] == [("citation", BOOK)]


@pytest.mark.parametrize(
    "raw",
    [
        "表1 承诺的两种成本\n1\t成本来自国内的听众\n2\t成本来自国外的盟友\n",  # rows, below a caption
        "序号\t内容\n1\t成本来自国内的听众\n2\t成本来自国外的盟友\n",  # rows, below their head
        "1\t成本来自国内的听众\n2\t成本来自国外的盟友\n",  # neither heading nor reference
        "注释\n1\t来自国内的听众\t高\n2\t来自国外的盟友\t低\n",  # three cells
    ],
)
def test_rows_with_numbers_are_no_notes(raw: str) -> None:
    assert not any(kind in ("note", "citation") and "成本" in text for kind, _, text in found(raw))
    assert "table" in [p.kind for p in passages(DocId("a"), FRONT + raw)]


def test_numbers_that_do_not_count_on_belong_to_their_note() -> None:
    raw = "注释\n3份文件参见王某：《承诺论》，第1页。\n12封电报参见王某：《承诺论》，第2页。\n"
    assert [mark for _, mark, _ in found(raw)] == [None, None]
