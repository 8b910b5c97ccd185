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

NUMBERS = """甲方的承诺有其成本。1与乙方的猜疑互为因果。2丙方的立场要复杂得多。3这一点早有人说过。

1 王某：《承诺论》，某某出版社2015年版，第1页。

2 这里的猜疑仅指公开作出的表态，不包括私下的默契。

3 李某：《立场论》，某某出版社2016年版，第2页。
"""
MERGED = """甲方的承诺①与乙方的猜疑②互为因果，丙方的立场③要复杂得多。

① 王某：《承诺论》，某某出版社2015年版，第1页。② 这里的猜疑仅指公开的表态。③ 同上，第5页。
"""
LINKED = """甲方的承诺[[1]](#footnote-1)与乙方的猜疑[[2]](#footnote-2)互为因果，因此无须再作说明。

1. 这里的承诺仅指公开作出的表态。 [↑](#footnote-ref-1)
2. 王某：《猜疑论》，某某出版社2016年版，第2页。 [↑](#footnote-ref-2)
"""


@pytest.mark.parametrize(
    ("raw", "before"),
    [
        (PAGES, [("①", "承诺"), ("②", "猜疑"), ("①", "立场")]),  # numbers begin anew on each page
        (END_NOTES, [("[1]", "承诺"), ("[2]", "猜疑")]),  # cited twice: the first place
        (MISREAD, [("①", "承诺"), ("②", "猜疑")]),  # ® has its turn; ①②③ of the list are text
        (LOST, [("①", None), ("②", "猜疑")]),  # no mark, no link
        (NUMBERS, [("1", "本。"), ("2", "果。"), ("3", "多。")]),  # a note that explains, between two that cite
        (MERGED, [("①", "承诺"), ("②", "猜疑"), ("③", "立场")]),  # three notes in one paragraph
        (LINKED, [("1.", "承诺"), ("2.", "猜疑")]),  # from Word: the number inside the link is the mark
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


LINKED = """甲方的承諾[[1]](#_ftn1)與乙方的猜疑[[2]](#_ftn2)互為因果。

---

[[1]](#_ftnref1) 這裡的承諾僅指公開作出的表態，不包括私下的默契。

[[2]](#_ftnref2) 王某，《猜疑論》（臺北：某某，2016年），頁2。
"""
WORDED = """甲方的承諾〔註1〕與乙方的猜疑（註二）互為因果，第三方則態度曖昧[註3]。

註釋

〔註1〕 這裡的承諾僅指公開作出的表態，不包括私下的默契。

註二：王某，《猜疑論》（臺北：某某，2016年），頁2。

[註3] 王某，《曖昧論》（臺北：某某，2016年），頁3。
"""
LYNX = """   首頁[1] 目錄[2]

   甲方的承諾[3]^1與乙方的猜疑[4]^2互為因果，雙方都明白這一點，卻無人願意先行讓步。

   註釋

   [5]1 這裡的承諾僅指公開作出的表態，不包括私下的默契。

   [6]2 王某，《猜疑論》（臺北：某某，2016年），頁2。
"""
LINES = """甲方的承諾向來僅指公開作出的政治表態
[1]
，與乙方的猜疑互為因果，雙方都明白這一點。
[2]
卻無人願意先行讓步，以免失去談判的籌碼。

註釋

[1]
這裡的承諾不包括私下的默契。

[2]
王某，《猜疑論》（臺北：某某，2016年），頁2。
"""
BARE = """甲方的承諾有其成本。1 1991 年以後，這一成本日增，而乙方的猜疑仍是出於貪婪2。各方都明白這一點。

註釋

1　王某，《承諾論》（臺北：某某，2016年），頁2。

2　這裡的貪婪並無貶義。
"""
WIKI = """信任是合作的條件[註 1]，猜疑則是它的反面[1]，這一點早已有人說過[2]:58。

參考資料[編輯]

註釋

^ 這裡的信任僅指政治上的信任。

文獻

^ 王某. 《信任論》. 臺北: 某某出版社. 2009.

^ Doe, John. On Trust. Journal of Tests. 1950, 2 (2): 157-180.
"""


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (LINKED, [("[1]", "承諾"), ("[2]", "猜疑")]),  # the sign is kept without its link
        (WORDED, [("〔註1〕", "承諾"), ("註二：", "猜疑"), ("[註3]", "曖昧")]),
        (LYNX, [("[5]1", "承諾"), ("[6]2", "猜疑")]),  # [1] and [2] number links
        (LINES, [("[1]", "態\n"), ("[2]", "。\n")]),  # marks on lines of their own
        (BARE, [("1", "本。"), ("2", "貪婪")]),
        (WIKI, [("^", "條件"), ("^", "反面"), ("^", "說過")]),  # by their turn; two lists that count apart
    ],
)
def test_a_note_keeps_its_link_in_the_forms_of_web_pages(raw: str, found: list[tuple[str, str]]) -> None:
    assert marked(raw) == found


def test_the_place_of_a_mark_is_all_of_its_written_form() -> None:
    places = [LINKED[slice(*p.mark_at)] for p in passages(DocId("a"), LINKED) if p.mark_at]
    assert places == ["[[1]](#_ftn1)", "[[2]](#_ftn2)"]


def test_a_number_below_a_number_opens_a_footnote() -> None:
    raw = (
        "甲方的承諾有其成本。1 雙方的猜疑日深。2 第三方態度曖昧，因此雙方都不願意先行讓步，談判一再拖延\n\n"
        "1 王某，《承諾論》（臺北：某某，2016年），頁2。\n2 這裡的猜疑僅指政治上的猜疑。\n\n下去。\n"
    )
    assert marked(raw) == [("1", "本。"), ("2", "深。")]


def test_a_note_with_its_number_in_round_brackets() -> None:
    raw = (
        "小国未必势弱，这要看它在机制中的位置如何。(1)因此，机制成为小国获取自主的主要途径，而不只是大国的工具。\n\n"
        "注释\n\n(1) 这里所说的小国仅就实力而言，不含贬义。\n"
    )
    note = next(p for p in passages(DocId("a"), raw) if p.kind == "note")
    assert (note.mark, note.text) == ("(1)", "这里所说的小国仅就实力而言，不含贬义。")
    assert note.mark_at is not None
    assert raw[slice(*note.mark_at)] == "(1)"
    assert raw.index("。(1)") + 1 == note.mark_at[0]
