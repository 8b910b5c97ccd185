"""Notes with a bare number, and notes that were run together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.corpus.cut import passages
from bianma.corpus.offsets import derive
from bianma.corpus.paragraphs import lines
from bianma.corpus.paragraphs.footnotes import parted
from bianma.records import DocId

FRONT = (
    "# 论承诺的成本\n\n样例作者甲\n\n这一段只是为了让正文开始，它有足够的长度，也有句号作为结尾，此外没有别的意思。\n\n"
)
BOOK, OTHER = "王某：《承诺论》，某某出版社2015年版，第1页。", "李某：《猜疑论》，某某出版社2016年版，第2页。"
SAID = "这里的承诺仅指公开作出的表态。"


def notes(raw: str) -> list[tuple[str, str | None, str]]:
    return [(p.kind, p.mark, p.text) for p in passages(DocId("a"), FRONT + raw) if p.kind in ("note", "citation")]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        # It counts on from a reference, or a reference from it.
        (f"1 {SAID}\n2 {BOOK}\n", [("note", "1", SAID), ("citation", "2", BOOK)]),
        (f"6 {BOOK}\n7 {SAID}\n8 {OTHER}\n", [("citation", "6", BOOK), ("note", "7", SAID), ("citation", "8", OTHER)]),
        # With a point after the number both neighbours must be notes.
        (
            f"1. {BOOK}\n2. {SAID}\n3. {OTHER}\n",
            [("citation", "1", BOOK), ("note", "2", SAID), ("citation", "3", OTHER)],
        ),
        # Under a text that breaks off, above a page number.
        (
            "各方对海上机制的看法虽有不同，但都承认这一机制在过去二十年里起到了安全阀的作用，并且\n\n"
            f"3 {SAID}\n\n- 12 -\n\n愿意保留它。",
            [("note", "3", SAID)],
        ),
        # A circled number misread as a letter.
        (f"O {SAID}\n\n— 22 —\n", [("note", "O", SAID)]),
        (f"Footnote 1: {SAID}\n", [("note", "Footnote 1:", SAID)]),  # as nougat writes them
        # From Word: the note links back to its mark.
        (
            f"1. {SAID} [↑](#footnote-ref-1)\n2. {BOOK} [↑](#footnote-ref-2)\n",
            [("note", "1.", SAID), ("citation", "2.", BOOK)],
        ),
    ],
)
def test_a_note_with_a_bare_number(raw: str, found: list[tuple[str, str | None, str]]) -> None:
    assert notes(raw) == found


@pytest.mark.parametrize(
    "raw",
    [
        "1 承诺的成本取决于听众。\n\n2 承诺的成本取决于时间。\n",  # a list, no reference near it
        f"1. 承诺的成本取决于听众。\n\n2. {BOOK}\n",  # a list that cites, too
        "3 国在2023年举行了会晤。\n",  # a number that counts
        "Footnotes matter in this field.\n",
    ],
)
def test_what_only_begins_with_a_number(raw: str) -> None:
    assert "note" not in {kind for kind, _, _ in notes(raw)}


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (f"① {BOOK}② {SAID}③ 同上，第5页。", ["① " + BOOK, "② " + SAID, "③ 同上，第5页。"]),
        (f"<sup>1</sup> {BOOK} <sup>2</sup> {SAID}", [f"<sup>1</sup> {BOOK}", f"<sup>2</sup> {SAID}"]),
        (f"[1]{BOOK}[2]{OTHER}", [f"[1]{BOOK}", f"[2]{OTHER}"]),
        (f"1 {BOOK}2 {OTHER}", [f"1 {BOOK}", f"2 {OTHER}"]),
        # The second begins in a later line of the first.
        (f"① 王某：\n《承诺论》，第1页。 ② {SAID}", ["① 王某：", "《承诺论》，第1页。", f"② {SAID}"]),
        # No mark: a list inside a note, a reference to a note, a number that does not count on, or is of another sort.
        (f"① 承诺有三种：①公开的；②私下的；③默示的。{BOOK}", None),
        (f"① {SAID}参见注②。{BOOK}", None),
        (f"① {BOOK}③ {OTHER}", None),
        (f"① {BOOK}2 {OTHER}", None),
        # Sentences of a list that cite nothing.
        ("①开支是经济的成本。②信任是声誉的成本。", None),
    ],
)
def test_notes_run_together_are_parted(raw: str, found: list[str] | None) -> None:
    assert [line.text for line in parted(lines.lines(raw)) if line] == (found or raw.split("\n"))


PIECES = ["① ", "② ", "③", "<sup>1</sup>", "<sup>2</sup> ", "[1]", "[2]", "1 ", "2 ", "2. ", "$^{②}$", "\n", "\n\n", "\f", " ",
          "。", "”", "第3页", BOOK, SAID, "[↑](#footnote-ref-1)", "[[1]](#footnote-1)", "表1 立场", "甲 乙 丙", "   ", "资料来源：",
          "$$", "\\begin{table}", "\\end{table}", "> ", "* 感谢", "致谢", "- 12 -", "#### 承诺的成本与寿命", "O ", "𠮷"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_is_parted_is_spelled_by_its_source(raw: str) -> None:
    assert all(raw[line.start : line.end] == line.text for line in parted(lines.lines(raw)) if line)
    found = passages(DocId("a"), raw)
    assert all(derive(raw, p.spans, p.edits)[0] == p.text for p in found)
    copied = [i for p in found for a, b in p.spans for i in range(a, b)]
    assert len(copied) == len(set(copied))
