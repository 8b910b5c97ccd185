"""The instructions that coders read in Label Studio."""

from dataclasses import replace
from html.parser import HTMLParser

from tests.studio.test_config import SHIPPED
from tests.studio.test_tasks import TINY

from bianma.codebook import Bilingual
from bianma.studio.config import hotkeys
from bianma.studio.guide import instructions


def test_every_code_stands_in_it_with_both_names_its_definitions_and_its_key() -> None:
    html, keys = instructions(SHIPPED), hotkeys(SHIPPED)
    for code in SHIPPED.codes.values():
        assert f"<b>{code.label.zh}</b>" in html
        assert f"[{keys[code.id]}]" in html
    assert html.count("<details>") == len(SHIPPED.families) + 1


def test_what_the_codebook_says_is_text_and_no_markup() -> None:
    html = instructions(replace(TINY, title=Bilingual("<script>alert(1)</script>", "a & b")))
    assert "<script>" not in html
    assert "a &amp; b" in html


def test_every_tag_is_closed() -> None:
    unclosed: list[str] = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag != "br":
                unclosed.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert unclosed.pop() == tag

    Balance().feed(instructions(SHIPPED))
    assert not unclosed
