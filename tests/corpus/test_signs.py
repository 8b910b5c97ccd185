import pytest

from bianma.corpus.signs import signs, verdict


@pytest.mark.parametrize(
    ("sign", "chars"),
    [
        ("hans", "们这发对关从个"),
        ("hans_or_ja", "国学会声号与"),
        ("hant", "國學會來們麼發與"),
        ("hant_or_ja", "東際書頁門義間"),
        ("ja", "沢広発済経込働辻"),
    ],
)
def test_what_a_character_is_a_sign_of(sign, chars):
    assert all(getattr(signs(), sign).match(c) for c in chars)


def test_what_both_scripts_have_is_no_sign():
    own = signs()
    patterns = (own.hans, own.hans_or_ja, own.hant, own.hant_or_ja, own.ja)
    assert not any(p.search("政治人民自由后里只系台干面著乾" + "，。“”《》 GDP 2019") for p in patterns)


def test_no_character_is_a_sign_of_two_things():
    own = signs()
    sets = [
        {c for c in map(chr, range(0x3400, 0xA000)) if p.match(c)}
        for p in (own.hans, own.hans_or_ja, own.hant, own.hant_or_ja, own.ja)
    ]
    assert sum(map(len, sets)) == len(set().union(*sets))
    assert all(len(s) > 100 for s in sets)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这是我们的看法", ("zh-Hans", True)),
        ("這是我們的看法", ("zh-Hant", True)),
        ("アジアの海", ("ja", True)),
        ("동북아 安保", ("ko", True)),
        ("国際政治", ("ja", True)),
        ("東方", ("zh-Hant", False)),
        ("国家", ("zh-Hans", False)),
        ("政治", (None, False)),
        ("", (None, False)),
    ],
)
def test_how_sure_a_quotation_is(text, expected):
    assert verdict(text) == expected
