from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.suggest.conftest import make_code

from bianma.codebook.brackets import show
from bianma.suggest.lexicon import Lexicon, scan_form

# cues by code, then the text with what must be found in [[ ]]; every row says why it is there
ONE_CODE = [
    pytest.param(["平衡者"], "它是[[平衡者]]。", id="plain"),
    pytest.param(["平衡者"], "[[平衡者]]，又见[[平衡者]]", id="every mention"),
    pytest.param(["安全机制"], "中日[[安全機制]]的發展", id="traditional text, simplified cue"),
    pytest.param(["安全機制"], "中日[[安全机制]]", id="simplified text, traditional cue"),
    pytest.param(["QUAD"], "所谓[[ＱＵＡＤ]]与[[quad]]", id="width and case"),
    pytest.param(["balancer"], "a [[balancer]], not rebalancers or balancers", id="whole words only"),
    pytest.param(["QUAD"], "在[[QUAD]]框架下", id="Han may touch a Latin cue"),
    pytest.param(["AUKUS"], "[[AUKUS]]2的第二支柱", id="a digit may follow a letter"),
    pytest.param(["1996"], "[[1996]]年，电话21996", id="a number is not cut out of a longer one"),
    pytest.param(["hub-and-spoke"], "[[hub and spoke]], [[hub–and–spoke]], [[Hub  and-spoke]]", id="dashes and blanks"),
    pytest.param(["security dilemma"], "the [[security\ndilemma]] returns", id="Latin words across a line break"),
    pytest.param(["安全机制"], "[[安全 机制]]与[[安全  机制]]", id="stray blanks between Han"),
    pytest.param(["安全机制"], "[[安全\u200b机制]]与[[安\u00ad全机制]]", id="invisible characters"),
    pytest.param(["安全机制"], "安全\n机制", id="no Han term across a line break"),
    pytest.param(["安全机制"], "安全——机制，安全，机制", id="punctuation parts words"),
    pytest.param(["轴-辐体系"], "[[轴－辐体系]]，[[轴—辐体系]]", id="dashes beside Han"),
    pytest.param(["同盟+"], "“[[同盟+]]”与[[同盟＋]]", id="a sign at the edge"),
    pytest.param(["充当[[砝码]]"], "它充当[[砝码]]，不买砝码", id="only the marked part is the span"),
    pytest.param(["[[平衡]]两强"], "[[平衡]]两强、平衡三方", id="context behind the mark"),
    pytest.param(["国家[[利益]]观"], "国家 [[利益]] 观", id="a mark within stray blanks"),
    pytest.param(["追随", "追随者"], "它[[追随]]强者，甘当[[追随者]]", id="the longer one stands"),
    pytest.param(["利益平衡", "平衡外交"], "[[利益平衡]]外交", id="equally long: the earlier one"),
    pytest.param(["甲乙", "乙丙丁", "丁戊"], "甲[[乙丙丁]]戊", id="the longest displaces both neighbours"),
    pytest.param(["甲乙", "乙丙丁", "丙丁戊己"], "[[甲乙]][[丙丁戊己]]", id="what lost displaces nothing"),
    pytest.param(["平衡者"], "𠀀😀[[平衡者]]👩‍👩‍👧", id="astral characters before and after"),
    pytest.param(["\u5f37權"], "[[强权]]", id="a variant character in the cue"),
    pytest.param([], "平衡者", id="no cues at all"),
]


@pytest.mark.parametrize(("cues", "expected"), ONE_CODE)
def test_finds_of_one_code(code, cues, expected):
    text = expected.replace("[[", "").replace("]]", "")
    finds = Lexicon([code("f.a", *cues)]).finds(text)
    assert show(text, [(f.span.start, f.span.end) for f in finds]) == expected


@pytest.mark.parametrize(
    ("everyday", "expected"),
    [
        (["平衡者牌"], "平衡者牌的秤，[[平衡者]]的牌"),
        (["平衡者牌"], "平衡者 牌、平衡者牌"),  # phrases are read as leniently as cues
        (["充当砝码"], "它充当砝码"),  # the veto holds although the cue asked for as much
        (["平衡者牌", "平衡者牌子"], "平衡者牌子"),
    ],
)
def test_everyday_phrases(code, everyday, expected):
    text = expected.replace("[[", "").replace("]]", "")
    finds = Lexicon([code("f.a", "平衡者", "充当[[砝码]]", everyday=everyday)]).finds(text)
    assert show(text, [(f.span.start, f.span.end) for f in finds]) == expected


def found(finds, text):
    return [(f.code, f.span.quote(text)) for f in finds]


def test_the_longest_stands_whatever_its_code(code):
    lexicon = Lexicon([code("f.a", "角色"), code("f.b", "角色冲突"), code("f.c", "冲突")])
    assert found(lexicon.finds("角色冲突"), "角色冲突") == [("f.b", "角色冲突")]


def test_equal_ranges_of_different_codes_both_stand(code):
    lexicon = Lexicon([code("f.a", "威慑"), code("f.b", "威慑")])
    assert found(lexicon.finds("威慑"), "威慑") == [("f.a", "威慑"), ("f.b", "威慑")]


def test_of_equal_ranges_the_cue_with_more_context_stands(code):
    lexicon = Lexicon([code("f.a", "独立性"), code("f.b", "机制的[[独立性]]")])
    assert found(lexicon.finds("独立性"), "独立性") == [("f.a", "独立性")]
    assert found(lexicon.finds("机制的独立性"), "机制的独立性") == [("f.b", "独立性")]


def test_two_codes_marked_in_one_term_both_stand(code):
    lexicon = Lexicon([code("f.a", "[[安全机制]]建设", "安全"), code("f.b", "安全[[机制建设]]")])
    assert found(lexicon.finds("安全机制建设"), "安全机制建设") == [("f.a", "安全机制"), ("f.b", "机制建设")]
    apart = Lexicon([code("f.a", "安全机制"), code("f.b", "机制建设")])
    assert found(apart.finds("安全机制建设"), "安全机制建设") == [("f.a", "安全机制")]  # two terms: the earlier one


def test_an_ideographic_space_parts_terms_and_a_stray_blank_does_not(code):
    lexicon = Lexicon([code("f.a", "平衡角色"), code("f.b", "利益平衡")])
    assert found(lexicon.finds("利益平衡　角色理论"), "利益平衡　角色理论") == [("f.b", "利益平衡")]
    assert found(lexicon.finds("利益 平衡"), "利益 平衡") == [("f.b", "利益 平衡")]


def test_an_everyday_phrase_of_one_code_does_not_touch_another(code):
    lexicon = Lexicon([code("f.a", "规则", everyday=["交通规则"]), code("f.b", "规则")])
    assert found(lexicon.finds("交通规则"), "交通规则") == [("f.b", "规则")]


def test_what_an_everyday_phrase_drops_displaces_nothing(code):
    lexicon = Lexicon([code("f.a", "原则上", everyday=["原则上同意"]), code("f.b", "原则")])
    assert found(lexicon.finds("原则上同意"), "原则上同意") == [("f.b", "原则")]


def test_the_term_holds_the_context(code):
    (find,) = Lexicon([code("f.a", "充当[[砝码]]")]).finds("他充当砝码")
    assert (find.span.start, find.span.end, find.term.start, find.term.end) == (3, 5, 1, 5)


ALPHABET = "追随者安全機制机制平衡 -—\n，ab1𠀀😀\u200b"
words = st.lists(
    st.text(ALPHABET, min_size=1, max_size=4).filter(lambda w: w[0] not in " -—\n\u200b" and w[-1] not in " -—\n\u200b")
)


@given(words, st.text(ALPHABET, max_size=40))
def test_no_occurrence_of_a_cue_is_missed(cues, text):
    """Each occurrence that stands on word boundaries is found, or lies under something that was found."""
    finds = Lexicon([make_code("f.a", *cues)]).finds(text)
    covered = {i for f in finds for i in range(f.span.start, f.span.end)}
    for term in cues:
        if any(c.isalnum() and c.isascii() for c in (term[0], term[-1])):
            continue
        at = text.find(term)
        while at >= 0:
            assert covered & set(range(at, at + len(term))), (term, at)
            at = text.find(term, at + 1)


@given(words, st.text(ALPHABET, max_size=40))
def test_spans_are_disjoint_and_trimmed(cues, text):
    finds = Lexicon([make_code("f.a", *cues)]).finds(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(finds))
    assert all(f.span.quote(text) == f.span.quote(text).strip() for f in finds)


@given(st.text(ALPHABET, max_size=30))
def test_the_scan_form_leads_back(text):
    form, offsets = scan_form(text)
    assert len(form) == len(offsets)
    assert form == "" or offsets.ends[-1] <= len(text)
