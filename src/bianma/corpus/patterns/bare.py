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
_MISREAD = re.compile(rf"[OQ](?<=[。！？”][OQ])(?=\s+[{HAN}]|$)")  # a circled number, as the notes show
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
_NO_LEAD = re.compile(  # words that end like what a number belongs to
    "[焦觀观重特起論论缺弱據据要優优熱热終终盲支難难][點点]|[模方形正程][式]|[方檔档提草法]案|[人種种]類|人类|种类|[比慣惯先]例|[統统唯]一|"
    "之[前後后上下]|[表傳传]達|[表传]达|[各獨独親亲來来]自|[所沒没擁拥具享]有|[部區区劃划充身]分|[價价]值|效率|[多少][數数]|[力能考衡商質质]量|"
    "[形構构造促完組组]成|[脫脱分背隔][離离]|[關关]注|[多單单]元|[同當当戰战平][時时]|不[滿满]|[獲获取贏赢]得|[平對对]等|[階阶][級级]|"
    "[設设統统][計计]|[類类轉转]型|[緩缓調调]和|[行作認认視视成][為为]|[得受感]到|[時时預预長长][期]|[服聽听屈順顺][從从]"
)


def bare_marks(text: str, numbers: Container[str]) -> list[Range]:
    """Return where one of `numbers` stands as a mark, with the blank that parts it from the stop.

    >>> bare_marks("信任不足。2前者來自貪婪3。3國參加", {"2", "3"})
    [(5, 6), (12, 13)]
    """
    spans = (m.span() for m in _FIGURE.finditer(text) if m[0] in numbers)
    found = [(at, end) for start, end in spans if (at := _begins(text, start, end)) is not None]
    letters = [m.span() for m in _MISREAD.finditer(text)] if "O" in numbers or "Q" in numbers else []
    return sorted([*found, *letters])


def _begins(text: str, start: int, end: int) -> int | None:
    """Return where the mark begins whose number is `text[start:end]`; None where the number is text."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in _STOPS:
        return start if _AFTER.match(text, end) else None
    if before in _BLANKS:
        apart = text[start - 2 : start - 1] in _STOPS and (not after or after in _BLANKS)
        return start - 1 if apart and _AFTER.match(text, end) else None
    led = (
        (before in _LED and not _NO_LEAD.fullmatch(text, start - 2, start))
        or not _HAN.match(before)
        or not _HAN.match(text[start - 2 : start - 1])
    )
    return start if after in _BEFORE and not led else None


_LATIN_MARK = re.compile(  # hedge.1 The; uncertainty,2 which; said”.3
    r"(?:(?<=[a-z]{2}[.,;:!?])|(?<=[a-z][.,!?][”’\"')])|(?<=[a-z][”’\"')][.,;]))(?P<number>\d{1,3})"
    r"(?=\s+[A-Z“‘\"(]|\s*$|(?<=[,;:]\d)\s+[a-z]|(?<=[,;:]\d\d)\s+[a-z])"
)
_ABBREVIATED = re.compile(
    r"\b(?:[Nn]o|pp|vs|cf|ca|eds?|[MD]rs?|St|[Ff]igs?|[Vv]ols?|[Aa]rts?|[Ss]ecs?|[Cc]haps?|[Pp]aras?|[Tt]ab|[Aa]pp|[Nn]os|[Rr]es|[Dd]oc|[Aa]nn?|[Bb]ull|[Ss]er|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_LATIN_STOPS = frozenset(".,;:!?”’\"')")
_BRACKETED = re.compile(r"[（(](?P<number>\d{1,3})[)）]")
_ENDED, _LISTED = frozenset("。！？”」』"), frozenset("：:；;，,、")


def latin_marks(text: str, numbers: Container[str]) -> list[Range]:
    """Return where one of `numbers` stands as a mark in Latin text: right behind a stop, and a sentence begins after.

    >>> latin_marks("It will not ruin it.1 It grew by 3.5 in fig.1 Then", {"1", "5"})
    [(20, 21)]
    """
    figures = (m.start() for m in _FIGURE.finditer(text) if text[m.start() - 1 : m.start()] in _LATIN_STOPS)
    found = (m for at in figures if (m := _LATIN_MARK.match(text, at)) and m["number"] in numbers)
    return [m.span() for m in found if not _ABBREVIATED.search(text[max(0, m.start() - 8) : m.start()])]


def bracketed_marks(text: str, numbers: Container[str]) -> list[Range]:
    """Return where a number in round brackets stands as a mark; `numbers` holds those of the notes, as (1).

    Where one of them counts the items of a list, none is a mark.

    >>> bracketed_marks("各有其因。(1)因此", {"(1)"}), bracketed_marks("有二：(1)信任。(2)猜疑", {"(1)", "(2)"})
    ([(5, 8)], [])
    """
    places = [m for m in _BRACKETED.finditer(text) if f"({m['number']})" in numbers]
    if any(m.start() == 0 or text[m.start() - 1] in _LISTED for m in places):
        return []
    return [m.span() for m in places if text[m.start() - 1] in _ENDED or text[m.end() : m.end() + 1] in _BEFORE]


def bracketed(text: str) -> list[re.Match[str]]:
    """Return the numbers in round brackets that stand behind a stop or before one."""
    found = _BRACKETED.finditer(text)
    return [m for m in found if text[m.start() - 1 : m.start()] in _ENDED or text[m.end() : m.end() + 1] in _BEFORE]


def may_be_marks(text: str) -> list[re.Match[str]]:
    """Return the numbers that stand where a bare mark may stand: after a stop, or between a word and a stop."""
    return [m for m in _FIGURE.finditer(text) if _may_be_mark(text, m.start(), m.end())]


def _may_be_mark(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    if before in _LATIN_STOPS and _LATIN_MARK.match(text, start):
        return True
    if before in _BLANKS:
        before = text[start - 2 : start - 1]
    return before in _STOPS or (text[end : end + 1] in _BEFORE and _HAN.match(before) is not None)
