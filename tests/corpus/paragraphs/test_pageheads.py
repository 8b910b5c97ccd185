"""Page heads that stand once or twice: known by where they stand and by what they repeat."""

import pytest

from bianma.corpus.cut import passages
from bianma.records import DocId

HALVES = "安全困境的根源在于意图的不确定性，一国为求自保而采取的措施，在他国看来却是威胁，于是双方陷入", "恶性循环。"
FRONT = """海上安全评论
2021 年第 3 期

承诺的成本与海上机制的
寿命

李明远 王思齐

摘要：机制的寿命取决于各方对承诺成本的判断。

关键词：承诺；机制

一、引言

海上机制是观察安全困境的一扇窗口。二十年来，各方先后建立了热线与通报制度。

但这些安排往往失灵。

原因有三。

"""


def bodies(between: str) -> list[str]:
    raw = FRONT + HALVES[0] + between + HALVES[1] + "\n\n完。\n"
    return [p.text for p in passages(DocId("a"), raw) if p.kind in ("body", "heading")]


@pytest.mark.parametrize(
    "between",
    [
        "\n\n· 30 ·\n\n承诺的成本与海上机制的寿命\n\n",  # the title of two lines, after a page number
        "\n\f承诺的成本与海上机制的寿命\n\n",  # after a form feed
        "\n\n· 30 ·\n\n承诺的成本与海上机制的寿命\n",  # nothing but a line break below it
        "\n\n30\n\n李明远 等 承诺的成本与海上机制的寿命\n\n",  # with the author's name
        "\n\f第 3 期 李明远 等：承诺的成本与海上机制的\n寿命\n\n",  # in two lines
        "\n\f海上安全评论 第 30 卷\n\n",  # the journal and its volume
        "\n\n**60** **海上安全评论**\n\n-----\n\n",  # at the foot, above the rule that a converter writes
        "\n\n30\n\n李明远、王思齐: 承诺的成本与海上\n\n",  # the names and what the title begins with
        "\n\n（下转第 31 页）\n\n14\n\n（上接第 14 页）\n",  # where it goes on
        "\n\n［转封三］\n\n",
        "\n\f1                       Xu Zhimo and Lin Huiyin\n\nDownloaded from https://a.example/b by guest on 1 May 2020\n\n",
        "\n\n[MISSING_PAGE_EMPTY:9]\n\n",
    ],
)
def test_a_sentence_goes_on_over_the_head_of_a_page(between: str) -> None:
    assert "".join(HALVES) in bodies(between)


@pytest.mark.parametrize(
    ("between", "kept"),
    [
        # A section may begin a page, though a contents page has named it before.
        ("恶性循环。\n\f一、承诺的成本与海上机制的寿命\n\n", "一、承诺的成本与海上机制的寿命"),
        # The text itself may name the title at a page's edge.
        ("这就是\n\f承诺的成本与海上机制的寿命之间的关系，\n", "承诺的成本与海上机制的寿命之间的关系，"),
        # A short paragraph that opens a page says something of its own.
        ("恶性循环。\n\f由此可见机制之难\n\n", "由此可见机制之难"),
        ("恶性循环。\n\n12\n\n结语：承诺的成本与海上\n\n", "结语：承诺的成本与海上"),  # no name before the colon
        ("恶性循环。\n\n12\n\n李明远：承诺与机制之间\n\n", "李明远：承诺与机制之间"),  # no title after it
        ("恶性循环。\n\n12\n\n第三种看法最为常见。\n\n", "第三种看法最为常见。"),
    ],
)
def test_what_opens_a_page_and_is_no_head(between: str, kept: str) -> None:
    assert any(kept in text for text in bodies(between))


MARKED = """#### 海上安全评论 2021 年第 3 期

## 承诺的成本与海上机制的寿命

李明远

海上机制是观察安全困境的一扇窗口。二十年来它往往失灵，其原因很多，首先是因为

#### 承诺的成本与海上机制的寿命

各方的看法不同。

## 一、甲国

### 承诺与成本的关系

甲国的承诺有其成本。

## 二、乙国

### 承诺与成本的关系

乙国的承诺没有成本。
"""


def test_a_head_that_a_converter_took_for_a_heading() -> None:
    found = [(p.kind, p.text) for p in passages(DocId("a"), MARKED)]
    assert (
        "body",
        "海上机制是观察安全困境的一扇窗口。二十年来它往往失灵，其原因很多，首先是因为各方的看法不同。",
    ) in found
    headings = [text for kind, text in found if kind == "heading"]
    assert headings == ["一、甲国", "承诺与成本的关系", "二、乙国", "承诺与成本的关系"]  # sections may share a heading


def test_a_page_may_begin_after_any_number_of_blank_lines() -> None:
    assert [p.text for p in passages(DocId("a"), "\n" * 200 + "\f承诺的成本\n12\n\f")] == ["承诺的成本", "12"]
