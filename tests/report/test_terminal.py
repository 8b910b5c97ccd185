import re

from hypothesis import given
from tests.report.readings import readings
from tests.report.test_article import sample

from bianma.report import listing


def text_of(reading, **options):
    return "\n".join(listing(reading, **{"ui": "en", "colour": False} | options))


def test_marks_without_colour():
    text = text_of(sample())
    assert "[-#␣-]论<script>" in text
    assert "弱国害怕[-␣-]被抛弃[-①-]，{+ +}" in text.replace("[-↵\n-]", "")
    assert "[2] body · passage 2 goes on" in text


def test_colour_instead_of_marks():
    text = text_of(sample(), colour=True)
    assert "\x1b[2;9m#␣\x1b[0m论" in text
    assert "[-" not in text


def test_only_some_kinds():
    text = text_of(sample(), kinds=["note"], ui="zh")
    assert re.findall(r"^\[\d\] \S+", text, re.MULTILINE) == ["[3] 说明性注释"]


@given(readings())
def test_nothing_reaches_the_terminal_that_it_could_take_for_a_command(reading):
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text_of(reading))
