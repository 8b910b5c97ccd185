import unicodedata

import pytest
from hypothesis import given
from tests.corpus.texts import any_texts

from bianma.corpus.fold import fold
from bianma.spans import Span


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("經濟發展與臺灣", "经济发展与台湾"),
        ("爲、為、为", "为、为、为"),
        ("保衞、保衛", "保卫、保卫"),
        ("意味著，藉由", "意味着,借由"),  # traditional Chinese keeps these for senses that it writes apart
        ("戦略的互恵関係", "战略的互惠关系"),  # Japanese forms
        ("予欠芸", "予欠芸"),  # Chinese characters that Japanese uses for others
        ("ＮＡＴＯ２０２２", "nato2022"),
        ("㍿①ﬁ", "株式会社1fi"),  # longer than what they stand for
        ("“甲”『乙』「丙」", '"甲"\'乙\'"丙"'),
        ("罗伯特・基欧汉 罗伯特·基欧汉", "罗伯特·基欧汉 罗伯特·基欧汉"),
        ("US–Japan — 中‐日", "us-japan - 中-日"),
        ("安\u200b全\u00ad机\ufeff制", "安全机制"),
        ("⻄⽅⺠主", "西方民主"),  # radicals as PDF files hold them
        ("İ", "i̇"),
        ("", ""),
    ],
)
def test_one_spelling_for_each_way_to_write(text: str, folded: str) -> None:
    assert fold(text)[0] == folded


@given(any_texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)[0]
    assert fold(once)[0] == once


@given(any_texts)
def test_every_folded_character_leads_back_to_one_character(text: str) -> None:
    folded, offsets = fold(text)
    assert len(folded) == len(offsets)
    for i, char in enumerate(folded):
        source = offsets.to_original(Span(i, i + 1))
        assert len(source) == 1
        assert char in fold(source.quote(text))[0]


@given(any_texts, any_texts)
def test_a_cue_folds_alone_as_inside_a_text(before: str, cue: str) -> None:
    assert fold(before + cue)[0] == fold(before)[0] + fold(cue)[0]


def test_lone_surrogates_do_no_harm() -> None:
    assert fold("安\ud800全")[0] == "安\ud800全"


def test_every_letter_of_the_basic_plane_is_stable_after_one_folding() -> None:
    plane = "".join(chr(i) for i in range(0x10000) if unicodedata.category(chr(i)) != "Cs")
    once = fold(plane)[0]
    assert fold(once)[0] == once
