import pytest

from bianma.suggest.boundaries import Boundaries
from bianma.suggest.scan import Around


@pytest.mark.parametrize(
    ("text", "term", "cut"),
    [
        ("国家结盟主要是为了自保", "盟主", True),  # 结盟 | 主要
        ("盟主的保护并不可靠", "盟主", False),
        ("它向盟主靠拢", "盟主", False),
        ("安全机制", "安全机制", False),  # long terms are never in doubt
        ("role", "ro", False),  # nor Latin ones
    ],
)
def test_a_short_find_must_not_cut_a_word(text, term, cut):
    at = text.index(term)
    assert Boundaries(["盟主"]).cut_through(Around(text), at, at + len(term)) is cut
