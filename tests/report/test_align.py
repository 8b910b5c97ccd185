import pytest
from hypothesis import given
from tests.report.readings import passage_of, readings

from bianma.report.align import RawRun, clean_runs, extent, raw_runs, rows, shares


@given(readings())
def test_the_runs_spell_the_source_and_the_passages(reading):
    runs = reading.runs
    assert [r.start for r in runs] == [0, *(r.end for r in runs)][:-1]
    assert "".join(reading.raw[r.start : r.end] for r in runs) == reading.raw
    for n, passage in enumerate(reading.passages):
        assert "".join(run.text for run in clean_runs(reading.raw, passage)) == passage.text
        copied = [(r.start, r.end) for r in runs if r.kept and r.owner == n]
        assert "".join(reading.raw[a:b] for a, b in copied) == "".join(reading.raw[a:b] for a, b in passage.spans)


def test_what_was_replaced_is_its_passages_but_not_a_note_that_stands_in_it():
    raw = "&amp;甲\n① 注\n乙"
    whole = passage_of(raw, 0, [(5, 6), (11, 12)], [(0, 5, "&"), (6, 11, " ")])
    note = passage_of(raw, 1, [(9, 10)])
    runs = raw_runs(raw, [whole, note])
    assert [(r.start, r.end, r.owner, r.kept) for r in runs if r.owner == 0][:2] == [(0, 5, 0, False), (5, 6, 0, True)]
    assert [(r.start, r.end) for r in runs if r.owner == 1 and r.kept] == [(9, 10)]
    assert (extent(whole), extent(note)) == ((0, 12), (9, 10))


@given(readings())
def test_the_rows_are_the_runs_and_each_passage_begins_once(reading):
    found = rows(reading.runs)
    assert [run for row in found for run in row.runs] == reading.runs
    firsts = [row.owner for row in found if row.first]
    assert len(firsts) == len(set(firsts))
    assert None not in firsts


@pytest.mark.parametrize(
    ("raw", "spans", "runs"),
    [
        # what stands on a passage's line goes with it: its marks, and the blank lines after it
        ("# 题\n\n一、文", [[(2, 3)], [(7, 8)]], [(0, 2, 0, 0), (2, 3, 0, 1), (3, 5, 0, 0), (5, 7, 1, 0), (7, 8, 1, 1)]),
        # a line in between that is nobody's
        ("甲\n- 7 -\n乙", [[(0, 1)], [(8, 9)]], [(0, 1, 0, 1), (1, 8, None, 0), (8, 9, 1, 1)]),
        # a note in the middle of a sentence
        ("甲①\n① 注\n乙", [[(0, 1), (7, 8)], [(5, 6)]], [(0, 1, 0, 1), (1, 2, 0, 0), (2, 3, 0, 0), (3, 5, 1, 0), (5, 6, 1, 1), (6, 7, 1, 0), (7, 8, 0, 1)]),
        # two passages on one line, and the end of the text
        ("甲 乙。", [[(0, 1)], [(2, 3)]], [(0, 1, 0, 1), (1, 2, 1, 0), (2, 3, 1, 1), (3, 4, 1, 0)]),
        ("无", [], [(0, 1, None, 0)]),
    ],
)  # fmt: skip
def test_where_goes_what_was_left_out(raw, spans, runs):
    passages = [passage_of(raw, n, each) for n, each in enumerate(spans)]
    assert raw_runs(raw, passages) == [RawRun(a, b, owner, kept=bool(kept)) for a, b, owner, kept in runs]


def shares_of(parts, tagged=False):
    """Shares of a text whose parts are (kind or None, size)."""
    raw = "\n".join("文" * size for _, size in parts)
    passages, at = [], 0
    for kind, size in parts:
        if kind:
            passages.append(passage_of(raw, len(passages), [(at, at + size)], kind=kind))
        at += size + 1
    return shares(raw, passages, raw_runs(raw, passages), tagged=tagged)


def test_shares_are_counted_without_white_space():
    counted = shares_of([("body", 6), ("citation", 2), (None, 2)])
    assert (counted.running, counted.of("citation"), counted.left_out, counted.total) == (6, 2, 2, 10)


@pytest.mark.parametrize(
    ("parts", "odd"),
    [
        ([("body", 10)], []),
        ([("body", 5), ("foreign", 4)], ["foreign"]),
        ([("body", 6), ("foreign", 4)], []),  # 40 % is not above 40 %
        ([("body", 5), ("furniture", 4)], ["furniture"]),
        ([("body", 2), ("citation", 8)], ["little"]),
        ([("body", 8), (None, 2)], ["lost"]),
        ([(None, 2)], ["nothing", "lost"]),
    ],
)
def test_what_is_odd(parts, odd):
    assert shares_of(parts).odd() == odd


def test_tags_are_not_missed():
    assert shares_of([("body", 2), (None, 8)], tagged=True).odd() == []
