"""Patterns and their conditions, as tables of texts with [[marked]] spans; and that the scan hides nothing of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.codebook.brackets import marked
from bianma.codebook.model import Cue
from bianma.suggest.lexicon import Lexicon
from bianma.suggest.rules import Article, Compiler, Place
from bianma.suggest.scan import scan_form

CLASSES = {"fear": ["害怕", "担心", "怕"], "ally": ["盟友", "盟国", "美国"], "drop": ["抛弃", "遗弃", "丢下(不管)?"]}


def pattern(source, **conditions):
    return Cue(source, (0, 0), kind="pattern", **conditions)


def found(code, text, *cues, everyday=(), place=None):
    made = code("f.a", everyday=everyday)
    object.__setattr__(made, "cues", tuple(cues))
    return [(f.span.start, f.span.end) for f in Lexicon([made], CLASSES).finds(text, place)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{fear}{..4}[[(被|遭)({ally})?{drop}]]", "它担心再次[[被盟友抛弃]]。"),  # classes, a gap, a marked part
        ("{fear}{..4}[[(被|遭)({ally})?{drop}]]", "它擔心[[遭遺棄]]。"),  # traditional, the optional part missing
        ("{fear}{..4}[[(被|遭)({ally})?{drop}]]", "它怕[[被美国丢下不管]]。"),  # the longer alternative
        ("{fear}{..4}[[(被|遭)({ally})?{drop}]]", "它担心，被抛弃的是别人。"),  # a gap stops at the comma
        ("{fear}{..4}[[(被|遭)({ally})?{drop}]]", "它害怕在最后的关头被抛弃。"),  # too far
        ("强化{..8}同盟", "双方[[强化了日美安全同盟]]。"),  # without a mark the whole is the span
        ("强 化{..8}同盟", "双方[[强 化 同 盟]]。"),  # blanks beside Han are nothing
        ("fear of {..20}abandonment", "Their [[fear of sudden abandonment]] grew."),  # Latin
        ("role(s)?", "[[Roles]] matter, parole does not."),  # whole words only
    ],
)
def test_patterns(code, source, text):
    plain, marks = marked(text)
    assert found(code, plain, pattern(source)) == list(marks)


@pytest.mark.parametrize(
    ("conditions", "text"),
    [
        ({"needs": {"clause": ("盟",)}}, "盟友之间有[[分歧]]，学界也有分歧。"),
        ({"needs": {"sentence": ("盟",)}}, "盟友各执一词，[[分歧]]很深。学界也有分歧。"),
        ({"needs": {"passage": ("盟",)}}, "[[分歧]]很深。盟友各执一词。"),
        ({"never": {"clause": ("学界",)}}, "学界有分歧，盟友也有[[分歧]]。"),
        ({"not_before": ("化",)}, "[[分歧]]不会消失，分歧化解了。".replace("分歧化解", "分歧化解")),
        ({"not_after": ("无",)}, "两国无分歧，三国有[[分歧]]。"),
        ({"languages": ("en",)}, "盟友有分歧。"),
    ],
)
def test_conditions_of_a_literal(code, conditions, text):
    plain, marks = marked(text)
    place = Place(Article(scan_form(plain)[0]), language="zh")
    assert found(code, plain, Cue("分歧", (0, 2), **conditions), place=place) == list(marks)


def test_an_article_is_a_gate_and_a_heading_a_context(code):
    gated = Cue("机制", (0, 2), needs={"article": ("安全机制",)})
    headed = Cue("机制", (0, 2), needs={"heading": ("理论",)})
    other = Place(Article(scan_form("本文讨论安全機制。")[0]), heading=scan_form("二、理論框架")[0])
    assert found(code, "机制会延续。", gated) == []
    assert found(code, "机制会延续。", gated, place=other) == [(0, 2)]
    assert found(code, "机制会延续。", headed) == []
    assert found(code, "机制会延续。", headed, place=other) == [(0, 2)]


def test_a_span_holds_both_marks_of_a_quotation_or_none(code):
    assert found(code, "它充当“平衡者”的角色", pattern("充当{..2}平衡者")) == []
    assert found(code, "它充当“平衡者”的角色", pattern("充当{..2}平衡者{..1}的")) == [(1, 9)]


PIECES = st.sampled_from(
    ["害怕", "怕", "被", "遭", "美国", "盟友", "抛弃", "丢下", "不管", "，", "。", "的", " ", "承诺"]
)
SOURCES = [
    "{fear}{..4}[[(被|遭)({ally})?{drop}]]",
    "[[{ally}的承诺]]",
    "({fear}|被){..3}[[{drop}]](的)?",
    "[[(害怕|承诺)(的)?]]{1..3}(美国|盟友)",
]


@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_scan_hides_nothing_that_a_rule_matches(text):
    """The expression over every clause, anchors or not, finds what the lexicon finds."""
    from tests.suggest.conftest import make_code

    code = make_code("f.a")
    object.__setattr__(code, "cues", tuple(pattern(s) for s in SOURCES))
    lexicon = Lexicon([code], CLASSES)
    form, offsets = scan_form(text)
    expected = set()
    for made in Compiler(CLASSES).rules([("f.a", c) for c in code.cues], ""):
        for clause in re.finditer("[^,。]+", form):
            for match in made.expression.compiled.finditer(form, *clause.span()):
                span = offsets.to_original(type(lexicon.candidates("怕被抛弃")[0].span)(*match.span("m")))
                expected.add((made.cue.term, span))
    assert {(f.cue.term, f.span) for f in lexicon.candidates(text)} == expected
