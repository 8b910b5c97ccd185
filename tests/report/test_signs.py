from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.readings import CHARACTERS

from bianma.report import signs

TEXTS = st.text(CHARACTERS, max_size=30)


@given(TEXTS, st.booleans())
def test_a_struck_text_is_still_the_text(text, tail):
    import re

    assert unescape(re.sub(r"<[^>]*>", "", signs.struck(text, tail=tail))) == text
    assert unescape(signs.kept(text)) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  ", '<i data-v="␣␣">  </i>'),
        (" " * 40, f'<i data-v="␣×40">{" " * 40}</i>'),
        ("\r\n", '<i data-v="␍">&#13;</i><i data-v="↵">\n</i>'),
        ("\u200b国", '<i data-v="ZWSP">\u200b</i>国'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_the_unseen_is_seen(text, shown):
    assert signs.struck(text) == shown


def test_named_shows_every_character_of_a_line_end():
    assert signs.named("a\r\n\u202e") == "a␍↵U+202E"
