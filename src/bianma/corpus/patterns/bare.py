"""Marks that lost all that set them apart: a note's number in the text, raised in print, now a figure like any other.

Such a number stands after a stop (。1) or before one (貪婪2。), and counts nothing.
"""

import re
from collections.abc import Container

from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN

Range = tuple[int, int]

_FIGURE = re.compile("[0-9]{1,3}(?![0-9])")
_HAN = re.compile(f"[{HAN}]")
_STOPS, _BEFORE = frozenset("。！？；，”」』）》"), frozenset("，。；：、！？」』”")
_BLANKS = frozenset(" \u3000")
_COUNTED = "成號号場场章節节款起件批組组級级類类號%％°"  # besides the common measures
_NO_COUNT = (  # words that begin like a measure
    "(?:[個个][性人別别案體体]|[國国][家際际內内防會会民務务土]|人[民們们類类口權权]|[條条][件約约]|[種种][族種种]|分[析歧裂別别配]|世界|位[於于]|"
    "多[數数邊边元年次極极]|支[持配]|名[義义]|年[輕轻]|天[然下]|家[庭族])"
)
_AFTER = re.compile(
    rf"(?=$|[{HAN}「『“]|[ \u3000]+(?:[^\s\d]|\d{{4}}))(?![ \u3000]*(?!{_NO_COUNT})[{layout.MEASURES}{_COUNTED}])"
)
_LED = frozenset(  # what a number belongs to that stands before a stop
    "第表圖图卷期號号頁页章節节條条款項项點点版附案例式組组類类型級级約约共計计有等于於為为是至到達达過过逾從从自或和與与及占佔比增減减超近滿满僅仅"
    "只得分率值數数量年月日時时又再每各前後后上下低高註注了近在成歲岁距離离元一二三四五六七八九十"
)


def bare_marks(text: str, numbers: Container[str]) -> list[Range]:
    """Return where one of `numbers` stands as a mark, with the blank that parts it from the stop.

    >>> bare_marks("信任不足。2前者來自貪婪3。3國參加", {"2", "3"})
    [(5, 6), (12, 13)]
    """
    spans = (m.span() for m in _FIGURE.finditer(text) if m[0] in numbers)
    return [(at, end) for start, end in spans if (at := _begins(text, start, end)) is not None]


def _begins(text: str, start: int, end: int) -> int | None:
    """Return where the mark begins whose number is `text[start:end]`; None where the number is text."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in _STOPS:
        return start if _AFTER.match(text, end) else None
    if before in _BLANKS:
        apart = text[start - 2 : start - 1] in _STOPS and (not after or after in _BLANKS)
        return start - 1 if apart and _AFTER.match(text, end) else None
    led = before in _LED or not _HAN.match(before) or not _HAN.match(text[start - 2 : start - 1])
    return start if after in _BEFORE and not led else None


def may_be_marks(text: str) -> list[re.Match[str]]:
    """Return the numbers that stand where a bare mark may stand: after a stop, or between a word and a stop."""
    return [m for m in _FIGURE.finditer(text) if _may_be_mark(text, m.start(), m.end())]


def _may_be_mark(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    if before in _BLANKS:
        before = text[start - 2 : start - 1]
    return before in _STOPS or (text[end : end + 1] in _BEFORE and _HAN.match(before) is not None)
