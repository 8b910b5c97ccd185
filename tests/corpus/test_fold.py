import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from tests.corpus.texts import any_texts
from tests.suggest.conftest import make_code

from bianma.corpus.fold import _EVERYDAY, _TABLE, _fold_char, fold
from bianma.spans import Span
from bianma.suggest.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("經濟發展與臺灣", "经济发展与台湾"),
        ("爲、為、为", "为、为、为"),
        ("保衞、保衛", "保卫、保卫"),
        ("國際羣體峯會", "国际群体峰会"),
        ("意味著，藉由", "意味着,借由"),  # traditional Chinese keeps these for senses that it writes apart
        ("戦略的互恵関係、沢、広、発", "战略的互惠关系、泽、广、发"),  # Japanese forms
        ("予欠芸", "予欠芸"),  # Chinese characters that Japanese uses for others
        ("\uf90a\uf914\uf9b4", "金乐领"),  # Korean hanja, stored by how they are read
        ("\ufa19\ufa1e", "神羽"),  # CJK compatibility
        ("\U0002f804", "你"),  # the same, astral
        ("ＮＡＴＯ２０２２", "nato2022"),
        ("㍿①ﬁ", "株式会社1fi"),  # longer than what they stand for
        ("㈱½Ⅳ㎡", "(株)1/2ivm2"),
        ("“甲”『乙』「丙」", '"甲"\'乙\'"丙"'),
        ("罗伯特・基欧汉 罗伯特·基欧汉", "罗伯特·基欧汉 罗伯特·基欧汉"),
        ("US–Japan — 中‐日", "us-japan - 中-日"),
        ("甲……乙⋯⋯丙", "甲......乙......丙"),
        ("二○一九、二〇一九", "二〇一九、二〇一九"),
        ("安\u200b全\u00ad机\ufeff制", "安全机制"),
        ("⻄⽅⺠主", "西方民主"),  # radicals as PDF files hold them
        ("İ", "i\u0307"),
        ("한국", "한국"),
        ("👩‍👩‍👧🇨🇳", "👩👩👧🇨🇳"),  # a family falls apart into persons: joiners are invisible
        ("", ""),
    ],
)
def test_one_spelling_for_each_way_to_write(text: str, folded: str) -> None:
    assert fold(text)[0] == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ガギパ", "ｶﾞｷﾞﾊﾟ"),
        ("が", "か\u3099"),
        ("Réalisme", "Re\u0301alisme"),
        ("Å", "\u212b"),
        ("ＩＲ", "ir"),
        ("\uac00", "\uac00"),
    ],
)
def test_a_letter_and_its_mark_are_one_spelling_composed_or_not(one: str, other: str) -> None:
    assert fold(one)[0] == fold(other)[0]


# Pairs that folding brings together, and pairs that it must keep apart.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("意味著", "意味着"),
        ("著作", "著作"),  # 着作 in between: both sides the same
        ("乾燥", "干燥"),
        ("乾隆", "乾隆"),
        ("之後", "之后"),
        ("皇后", "皇后"),
        ("瞭解", "了解"),
        ("瞭望", "瞭望"),
        ("藉由", "借由"),
        ("慰藉", "慰藉"),
        ("祇有", "只有"),
        ("神祇", "神祇"),
        ("這裡", "這裏"),
        ("关于", "關於"),
        ("复杂", "複雜"),
        ("恢复", "恢復"),
        ("制度", "制度"),
        ("製造", "制造"),
        ("臺灣", "台湾"),
    ],
)
def test_what_was_merged_in_the_reform_is_merged_on_both_sides(one: str, other: str) -> None:
    assert fold(one)[0] == fold(other)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甚麼", "什么"),  # 甚 is a word of its own (甚至): a codebook that needs both names both
        ("川普", "特朗普"),
        ("東協", "东盟"),
        ("佈署", "部署"),
        ("嚇阻", "威慑"),
    ],
)
def test_other_words_for_one_thing_are_kept_apart(one: str, other: str) -> None:
    assert fold(one)[0] != fold(other)[0]


def test_regional_terms_are_found_by_the_cues_that_name_them() -> None:
    text = "川普政府與東協，特朗普政府与东盟，嚇阻與威懾"
    finds = Lexicon([make_code("f.a", "川普", "特朗普", "东盟", "东协", "威慑", "吓阻")]).finds(text)
    assert [f.span.quote(text) for f in finds] == ["川普", "東協", "特朗普", "东盟", "嚇阻", "威懾"]


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
    assert all(a <= b for a, b in pairwise(offsets.starts))


@given(any_texts, any_texts)
def test_a_cue_folds_alone_as_inside_a_text(before: str, cue: str) -> None:
    assert fold(before + cue)[0] == fold(before)[0] + fold(cue)[0]


def test_what_is_written_over_at_once_is_what_the_rules_say() -> None:
    assert all(_fold_char(wide) == narrow for wide, narrow in _EVERYDAY)


def test_lone_surrogates_do_no_harm() -> None:
    assert fold("安\ud800全")[0] == "安\ud800全"


def _check_block(start: int, end: int) -> None:
    block = "".join(map(chr, range(start, end)))
    folded, offsets = fold(block)
    assert folded == "".join(_TABLE[c] for c in block)
    assert fold(folded)[0] == folded
    lengths = [0] * len(block)
    for a, b in zip(offsets.starts, offsets.ends, strict=True):
        assert b == a + 1
        lengths[a] += 1
    assert lengths == [len(_TABLE[c]) for c in block]


def test_every_character_of_everyday_blocks_maps_back() -> None:
    for start, end in ((0, 0x600), (0x1E00, 0x3400), (0x4E00, 0x5200), (0xF900, 0x10000)):
        _check_block(start, end)


@pytest.mark.slow
def test_every_character_of_unicode_maps_back() -> None:
    for start in range(0, 0x110000, 0x400):
        _check_block(start, start + 0x400)


def test_every_letter_of_the_basic_plane_is_stable_after_one_folding() -> None:
    plane = "".join(chr(i) for i in range(0x10000) if unicodedata.category(chr(i)) != "Cs")
    once = fold(plane)[0]
    assert fold(once)[0] == once
