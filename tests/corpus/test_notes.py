import pytest

from bianma.corpus.cut import passages
from bianma.corpus.notes import number_of
from bianma.records import DocId


@pytest.mark.parametrize(
    ("sign", "number"),
    [
        ("①", "1"),
        ("<sup>⑫</sup>", "12"),
        ("㉑", "21"),
        ("❷", "2"),
        ("[07]", "7"),
        ("[^3]", "3"),
        ("²³", "23"),
        ("\\*\\*", "**"),
        ("＊", "*"),
        ("†", "†"),
        ("®", ""),  # a circled number misread
        ("½", ""),
    ],
)
def test_signs_of_one_note_share_a_number(sign: str, number: str) -> None:
    assert number_of(sign) == number


def marked(raw: str) -> list[tuple[str | None, str | None]]:
    """Each note's sign, and the few characters before its mark in the source."""
    return [
        (p.mark, raw[max(0, p.mark_at[0] - 2) : p.mark_at[0]] if p.mark_at else None)
        for p in passages(DocId("a"), raw)
        if p.kind in ("note", "citation")
    ]


# Each row: a source, and what stands before the mark of each of its notes.
PAGES = """甲方的承诺<sup>①</sup>与乙方的猜疑<sup>②</sup>互为因果，双方都

① 王某：《承诺论》，某某出版社2015年版，第1页。
② 王某：《猜疑论》，某某出版社2016年版，第2页。

明白这一点。丙方的立场<sup>①</sup>则要复杂得多。

① 王某：《立场论》，某某出版社2017年版，第3页。
"""
END_NOTES = """甲方的承诺[1]与乙方的猜疑[2]互为因果，这一点[1]早有人说过，因此无须再作说明。

参考文献

[1] 王某. 承诺论[M]. 北京：某某出版社，2015.
[2] 王某. 猜疑论[M]. 北京：某某出版社，2016.
"""
MISREAD = """甲方的承诺®与乙方的猜疑②互为因果。本文列出三点：①开支；②声誉；③信任。

① 王某：《承诺论》，某某出版社2015年版，第1页。
② 王某：《猜疑论》，某某出版社2016年版，第2页。
"""
LOST = """甲方的承诺与乙方的猜疑②互为因果。

① 王某：《承诺论》，某某出版社2015年版，第1页。
② 王某：《猜疑论》，某某出版社2016年版，第2页。
"""
MARKDOWN = """甲方的承诺[^a1]与乙方的猜疑[^2]互为因果。

[^a1]: 这里的承诺仅指公开作出的表态，不包括私下的默契。
[^2]: 王某：《猜疑论》，某某出版社2016年版，第2页。
"""


@pytest.mark.parametrize(
    ("raw", "before"),
    [
        (PAGES, [("①", "承诺"), ("②", "猜疑"), ("①", "立场")]),  # numbers begin anew on each page
        (END_NOTES, [("[1]", "承诺"), ("[2]", "猜疑")]),  # cited twice: the first place
        (MISREAD, [("①", "承诺"), ("②", "猜疑")]),  # ® has its turn; ①②③ of the list are text
        (LOST, [("①", None), ("②", "猜疑")]),  # no mark, no link
        (MARKDOWN, [("a1", "承诺"), ("2", "猜疑")]),
    ],
)
def test_a_note_keeps_its_link_to_its_mark(raw: str, before: list[tuple[str | None, str | None]]) -> None:
    assert marked(raw) == before


def test_both_halves_of_a_note_that_explains_and_cites_lead_to_its_mark() -> None:
    raw = (
        "甲方的承诺①有其成本。\n\n"
        "① 这里的承诺仅指公开作出的表态，不包括私下的默契。参见王某：《承诺论》，某某出版社2015年版，第1页。\n"
    )
    found = [(p.kind, p.mark, p.mark_at) for p in passages(DocId("a"), raw) if p.mark]
    assert found == [("note", "①", (5, 6)), ("citation", "①", (5, 6))]
