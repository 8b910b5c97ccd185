from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.suggest.conftest import make_code, make_codebook

from bianma.corpus.offsets import derive
from bianma.errors import SpanError
from bianma.records import CODED_KINDS, FUNCTION_KINDS, Kind, Passage, passage_id
from bianma.spans import Span
from bianma.suggest import Engine, find, suggest

BOOK = make_codebook(
    [make_code("f.balancer", "平衡者", "充当[[砝码]]"), make_code("f.regime", "安全机制", "security regime")],
    [make_code("claim", "可见", layer="function"), make_code("mechanism", ("导致", 2.0), layer="function")],
)


def suggest_article(passages, raw, codebook):
    return suggest(passages, {p.doc: raw for p in passages}, codebook)


def passage(raw, spans=None, edits=(), kind="body"):
    spans = tuple(spans) if spans is not None else ((0, len(raw)),)
    text, _ = derive(raw, spans, edits)
    return Passage(id=passage_id("d", text, 0), doc="d", index=0, kind=kind, text=text, spans=spans, edits=tuple(edits))


def test_concepts_and_functions_of_a_passage():
    raw = "它充當砝碼。猜疑导致冲突。"
    made = list(suggest([passage(raw)], {"d": raw}, BOOK))
    assert [(s.layer, s.code, s.quote, s.why) for s in made] == [
        ("concept", "f.balancer", "砝碼", {"cue": "充当[[砝码]]", "clause": "文", "context": "充當砝碼"}),
        ("function", "claim", "它充當砝碼。", {"cue": "", "clause": "文"}),
        ("function", "mechanism", "猜疑导致冲突。", {"cue": "导致", "clause": "文"}),
    ]
    assert {s.codebook for s in made} == {BOOK.ref}


def test_ranges_count_in_the_raw_source():
    raw = "页眉\r\n中日安全\r\n机制。"
    spans, edits = [(4, 8), (10, 13)], []  # cleaning joined the lines
    (concept, sentence) = suggest_article([passage(raw, spans, edits)], raw, BOOK)
    assert (concept.text, concept.quote) == ("安全机制", "安全\r\n机制")
    assert (concept.start, concept.end) == (6, 12)
    assert (sentence.text, sentence.start, sentence.end) == ("中日安全机制。", 4, 13)


def test_what_cleaning_wrote_keeps_its_raw_range():
    raw = "secu-\nrity regime"
    made = list(suggest_article([passage(raw, [(0, 4), (6, 17)])], raw, BOOK))
    assert made[0].text == "security regime"
    assert made[0].quote == raw


def test_a_span_of_inserted_characters_only_is_left_out():
    raw = "甲乙"
    made = list(suggest_article([passage(raw, [(0, 1), (1, 2)], [(1, 1, "平衡者")])], raw, BOOK))
    assert [s.layer for s in made] == ["function"]


@pytest.mark.parametrize("kind", get_args(Kind))
def test_which_kinds_are_coded(kind):
    raw = "平衡者。"
    layers = {s.layer for s in suggest_article([passage(raw, kind=kind)], raw, BOOK)}
    assert ("concept" in layers) == (kind in CODED_KINDS)
    assert ("function" in layers) == (kind in FUNCTION_KINDS)


def test_a_source_that_was_changed_is_refused():
    with pytest.raises(SpanError, match="no longer spells"):
        list(suggest([passage("平衡者")], {"d": "砝码码"}, BOOK))


def test_a_second_run_gives_the_same():
    raw = "它充当砝码。安全机制可见。" * 20
    first = list(suggest([passage(raw)], {"d": raw}, BOOK))
    assert list(Engine(BOOK).suggest(passage(raw), raw)) == first
    assert len({s.id for s in first}) == len(first)


def test_find_is_what_the_check_asks_for():
    assert find(BOOK, "平衡者导致") == [("f.balancer", Span(0, 3)), ("mechanism", Span(0, 5))]
    assert find(BOOK, "") == []


PIECES = [
    "平衡者",
    "安全機制",
    "安全机制",
    "充当砝码",
    "security regime",
    "导致",
    "。",
    "，",
    "\r\n",
    "\n",
    " ",
    "\u3000",
    "𠀀",
    "😀",
    "é",
    "a",
    "\u200b",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25).map("".join), st.data())
def test_the_quote_stands_at_the_raw_range(raw, data):
    """The One Rule, whatever was left out of the source on the way to the passage."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(raw)), max_size=6)) | {0, len(raw)})
    kept = [(a, b) for a, b in pairwise(cuts) if data.draw(st.booleans())]
    one = passage(raw, kept)
    for s in suggest_article([one], raw, BOOK):
        assert raw[s.start : s.end] == s.quote
        assert s.quote == s.quote.strip()
        assert s.text in one.text
