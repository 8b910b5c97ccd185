"""The written forms of a note's mark: in the text where the note is called, and at the note itself.

A printed mark is a raised number. Converters and web pages write it as a number in brackets ([1]), with a word
(〔註1〕, （注1）), as a link in Markdown ([[1]](#_ftn1)), or after a link's own number ([10]^1).
"""

import re
from collections.abc import Sequence

from bianma.corpus.script import CJK, HAN, SHARED_MARKS

Range = tuple[int, int]

CIRCLED = "\u2460-\u2473\u2776-\u277f\u24eb-\u24f4\u3251-\u325f\u32b1-\u32bf"
_COUNT = rf"(?:\d{{1,3}}|[{CIRCLED}]|[一二三四五六七八九十]{{1,3}})"
_WORD = r"(?:附?[註注]|[註注][釋释解])"
_ROMAN_IN_LINK = r"\\?[\[［]\s*[ivx]{1,6}\s*\\?[\]］]"
_OPEN, _SHUT = r"\\?[\[［〔【（(]\s*", r"\s*\\?[\]］〕】）)]"
_DRESS = r"(?:</?sup>|\^|\*\*)*"
_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_ATTRIBUTES = r"(?:\{[^{}\n]*\})?"

# Patterns, to be put into others.
WORD_AND_NUMBER = rf"{_WORD}\s*{_COUNT}"
WORDED = (
    rf"{_OPEN}{_WORD}\s*{_COUNT}(?:\s*[-–—~～、,，]\s*(?:{_WORD}\s*)?{_COUNT})*{_SHUT}|"
    r"\[(?:[Nn]otes?|nb|[Nn])\s*\d{1,3}\]"
)
LINKED = (  # a bare number, sign or arrow is a mark only where the link leads to a place in a page
    rf"(?:\^|<sup>)?\[{_DRESS}(?:"
    rf"(?:{_OPEN}(?:{_WORD}\s*)?{_COUNT}{_SHUT}|{_ROMAN_IN_LINK}|{WORD_AND_NUMBER}){_DRESS}\]{_TARGET}|"
    rf"(?:\d{{1,3}}|[{CIRCLED}*＊†‡↩↑⤴^][\ufe0e\ufe0f]?){_DRESS}\]\([^()\s]*\#[^()\n]*\)"
    rf"){_ATTRIBUTES}(?:\^|</sup>)?"
)
_ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})"  # how Word counts endnotes
ROMAN = rf"\\?[\[［〔]\s*{_ROMAN}\s*\\?[\]］〕]"
RAISED = (  # as Pandoc raises what Word had in brackets: ^\[1\]^
    rf"\^(?:\\?[\[［〔(（]\s*(?:[註注]\s*)?(?:\d{{1,3}}|[{CIRCLED}]|{_ROMAN})(?:\s*[-–—,，、]\s*\d{{1,3}})*\s*\\?[\]］〕)）])+\^|"
    rf"\^[{CIRCLED}]+\^"
)
LYNX = r"\[\d{1,3}\]\^\d{1,3}"  # a text browser's number of the link, then the mark
RINGED = rf"(?:\\?[\[［]\s*[{CIRCLED}]\s*\\?[\]］]|\^[{CIRCLED}])"  # [②], ^②
OPENING = (  # at the note itself
    rf"{RINGED}|"
    rf"{LINKED}|(?:{WORDED})(?:\s*[:：])?|{WORD_AND_NUMBER}(?:\s*[:：.．、]|(?=[\s\u3000]|$))|\[\d{{1,3}}\]\d{{1,3}}(?=\s)|"
    r"[\^↑](?:\s*(?:跳[转轉]?[到至][:：]?|\d{1,2}\.\d{1,2}|[a-z](?=\s)))*(?=\s)"
)

_ASIDE = re.compile(
    rf"{WORDED}|"
    rf"{RINGED}|"
    r"[\[［]\s*\d{1,3}\s*[\]］][:：]\d{1,4}(?:[-–—,，、]\d{1,4})*(?![\d年月.．、%％])|"  # [4]:58, a page
    rf"{LYNX}|\^(?<=[{CJK}{SHARED_MARKS}\"').,;]\^)(?:\d{{1,3}}|\[\d{{1,3}}\]|\(\d{{1,3}}\))(?![\d^])|"
    r"[\[［](?:編輯|编辑|edit)(?:\s*[|｜]\s*(?:編輯原始碼|编辑(?:源代|原始)[码碼]|edit source))?[\]］]|"
    r"[\[［](?:來源請求|来源请求|需要引用|可疑|存疑|查[證证][請请]求|[頁页][碼码][請请]求|[誰谁]？|何[時时]？|哪[裡裏里]？|原[創创]研究？|"
    r"需要更好[來来]源|需要解[釋释]|(?:永久)?失效(?:連結|链接)|citation needed|page needed|clarification needed|"
    r"(?:permanent )?dead link|who\?|when\?|by whom\?)[\]］]"
)
_ASIDE_BEGINS = re.compile(r"[\[［〔【（(〈^]")
_UNSET = re.compile(
    rf"[註注](?<=[{HAN}。！？；，”」』）》][註注])(?<![見见同前參参閱阅如詳详附備备夾夹譯译校原自腳脚尾][註注])\s?\d{{1,3}}(?=[，。；：、！？」』”]|$)"
)
_EDIT_AT_END = re.compile(r"\S\s*[\[［](?:編輯|编辑|edit)(?:[^\[\]［］\n]{0,24})?[\]］]$")
_ALONE = re.compile(
    rf"(?:{LINKED}|{WORDED}|{LYNX}|{WORD_AND_NUMBER}|\[\^[^\]\n]{{1,12}}\]|\\?[\[［〔]\s*\d{{1,3}}\s*\\?[\]］〕]|"
    rf"<sup>[^<\n]{{1,12}}</sup>|{RAISED}|{ROMAN}|[{CIRCLED}]|\^\[?\d{{1,3}}\]?\^?)"
)
_RUNNING_AT_LEAST = 16  # characters of a line of running text
_ALONE_AT_MOST = 160  # characters: a link may be long
_ALONE_BEGINS = frozenset("[［〔【（(<^\\注註附") | frozenset(
    map(chr, (*range(0x2460, 0x2474), *range(0x2776, 0x2780)))
)


def asides(text: str) -> list[Range]:
    """Return where the marks stand that are more than a number in brackets, and a wiki's own remarks.

    >>> [text[a:b] for text in ["現狀〔註1〕。", "信任[10]^1不足", "（注：見下文）"] for a, b in asides(text)]
    ['〔註1〕', '[10]^1']
    """
    found: list[Range] = []
    for sign in _ASIDE_BEGINS.finditer(text):
        match = _ASIDE.match(text, sign.start())
        if match and not (found and sign.start() < found[-1][1]):
            found.append(match.span())
    if ("註" in text or "注" in text) and (unset := [m.span() for m in _UNSET.finditer(text)]):
        return sorted([*found, *(u for u in unset if not any(a <= u[0] < b for a, b in found))])
    return found


_LABEL_OF_LINK = re.compile(r"(?:\^|<sup>)?\[(.+?)\]\([^\n]*$")
_FOOT = re.compile(r"\[\^([^\]\n]+)\]:?")
_WRAPPING = re.compile(r"</?\w[^>]*>|\\textcircled|\*\*(?=.)|[\\${}^]")


def stands_alone(text: str) -> bool:
    """Tell whether a line is a note's mark and nothing else.

    >>> stands_alone("[1]"), stands_alone("註1"), stands_alone("[[2]](#_ftn2)"), stands_alone("[2021]")
    (True, True, True, False)
    """
    return text[0] in _ALONE_BEGINS and len(text) <= _ALONE_AT_MOST and _ALONE.fullmatch(text) is not None


def last_signs(texts: Sequence[str]) -> dict[str, int]:
    """Return, for each mark that stands on a line of its own, the number of the last line that begins with it."""
    alone = frozenset(text for text in texts if stands_alone(text))
    if not alone:
        return {}
    begun = ((match[0], n) for n, text in enumerate(texts) if (match := _ALONE.match(text)))
    return {sign: n for sign, n in begun if sign in alone}


def interrupts(before: str, after: str, *, comes_back: bool, listed: bool = False) -> bool:
    """Tell whether a mark on a line of its own stands in a sentence or after one, and does not open a note.

    `comes_back`: a later line begins with the same mark, and that is the note; `listed`: such a line opened a note
    before, so that a text without its stop may be the end of that note.
    """
    if after[:1] and after[0] in "，。；：、！？）」』”》】,.;:!?)":
        return True
    running = len(before) >= _RUNNING_AT_LEAST and not stands_alone(before)
    return running and (comes_back or (before[-1].isalnum() and after != "" and not listed))


def is_edited_heading(text: str) -> bool:
    """Tell whether a line ends as a wiki's headings do: 起源[編輯]."""
    return text[-1:] in ("]", "］") and len(text) <= 60 and _EDIT_AT_END.search(text) is not None


def printed(sign: str) -> str:
    """Return a sign as it is printed, without the link or the mark-up that a converter put round it.

    >>> printed("[[註2]](https://a.example/b#_ftnref2)"), printed("[\\\\[1\\\\]](#_ftnref1){#_ftn1}"), printed("[3]")
    ('[註2]', '[1]', '[3]')
    >>> printed("<sup>①</sup>"), printed("[^3]:"), printed("^")
    ('①', '3', '^')
    """
    label = _LABEL_OF_LINK.match(sign) if "](" in sign else None
    if label:
        return _WRAPPING.sub("", label[1])
    foot = _FOOT.fullmatch(sign.strip())
    return foot[1] if foot else _WRAPPING.sub("", sign.replace(r"\circ", "○")).strip() or sign
