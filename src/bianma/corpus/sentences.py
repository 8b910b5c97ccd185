"""Sentences of a passage, in Chinese and English.

A sentence ends at a stop, with the quotes and brackets that close after it. No end: the point in a number, an
abbreviation, an initial or an address; a stop inside quotes or brackets after which the sentence goes on.
"""

import re
from collections.abc import Iterator

from bianma.corpus.script import CJK, is_cjk
from bianma.spans import Span

_CLOSING = "”’」』）〕】》〉)\\]}\"'"
_STOP = re.compile(rf"(?:[。！？!?｡]+|…+|(?:\.\s?){{3,}}|\.)[{_CLOSING}]*(?:[①-⑳]|\[\d{{1,3}}\])?[{_CLOSING}]*|\n+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
)
_ADDRESS_SIGNS = ("://", "www.", "@")
_ABBREVIATED = """
mr mrs ms dr prof gen lt col sgt capt gov sen rep pres st sr jr phd hon rev amb messrs vs etc al eg ie cf ca
approx no nos vol vols pp p ch chap sec fig figs eq ed eds trans rev repr vol art para inc ltd co corp dept
univ assn bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun u.s u.k u.n e.u
d.c ph.d e.g i.e a.m p.m op cit ibid viz
"""
_LAST_AT_TIMES = "u.s u.k u.n e.u d.c etc al inc ltd co corp jr sr a.m p.m ph.d phd"
_ABBREVIATIONS, _MAY_END = frozenset(_ABBREVIATED.split()), frozenset(_LAST_AT_TIMES.split())
_SENTENCE_OPENERS = frozenset("“‘\"'(")
_WORD_BEFORE = re.compile(r"[A-Za-z]+(?:\.\s?[A-Za-z]+)*$")
_GOES_ON = re.compile(
    rf"\s*[，、；：,;:）)」』”’》〉\]—–的地得等]|\s*[a-z]|\s*[是也都]?(?:这|這|那|一)?(?:类|類|种|種|样|樣)?的(?=[{CJK}])"
)


def sentences(text: str) -> list[Span]:
    """Return the sentences of `text` as half-open spans in its code points, white space between them left out.

    >>> [s.quote("他问:“为何?”没人答。U.S. policy grew by 2.5 points. Then it fell.") for s in sentences(
    ...     "他问:“为何?”没人答。U.S. policy grew by 2.5 points. Then it fell.")]
    ['他问:“为何?”没人答。', 'U.S. policy grew by 2.5 points.', 'Then it fell.']
    """
    spans: list[Span] = []
    start = 0
    for end in [*_ends(text), len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(left, start + len(piece.rstrip())))
        start = end
    return spans


def _ends(text: str) -> Iterator[int]:
    """Yield where a sentence ends, in order."""
    addresses = [m.span() for m in _ADDRESS.finditer(text)] if any(sign in text for sign in _ADDRESS_SIGNS) else []
    at = 0
    for match in _STOP.finditer(text):
        while at < len(addresses) and addresses[at][1] <= match.start():
            at += 1
        in_address = at < len(addresses) and addresses[at][0] <= match.start() and match.start() < addresses[at][1] - 1
        if not in_address and _is_end(text, match):
            yield match.end()


def _is_end(text: str, match: re.Match[str]) -> bool:
    mark = match[0]
    if mark[0] == "\n":
        return True
    if mark[0] == ".":
        return _point_ends(text, match)
    return not _closed_inside(text, match) and not (mark[0] == "…" and _ellipsis_inside(text, match))


def _point_ends(text: str, match: re.Match[str]) -> bool:
    """Tell whether a point is a full stop: no number, abbreviation, initial or address goes on after it."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 3]
    if not after.strip():
        return True
    tight = not after[0].isspace() and not is_cjk(after[0])
    if (tight and match[0] == ".") or after.lstrip()[0].islower():
        return False
    if before[-1:].isdigit() and after.lstrip()[0].isdigit():
        return False
    word = _WORD_BEFORE.search(before)
    if match[0] != "." or word is None:
        return bool(before.strip())
    return _word_may_end(re.sub(r"\s", "", word[0]).lower(), after)


def _word_may_end(word: str, after: str) -> bool:
    last = word.rsplit(".", 1)[-1]
    if word in _MAY_END or last in _MAY_END:
        return is_cjk(after[0]) or after.lstrip()[:1] in _SENTENCE_OPENERS
    return not (len(last) == 1 and last != "i") and word not in _ABBREVIATIONS and last not in _ABBREVIATIONS


def _closed_inside(text: str, match: re.Match[str]) -> bool:
    """Tell whether a quotation or bracket closed after the stop and the sentence around it goes on."""
    after = text[match.end() : match.end() + 4]
    if match[0][-1] not in _CLOSING.replace("\\", ""):
        return after[:1] in tuple("，、；,;")
    return _GOES_ON.match(after) is not None or _asked_inside(text, match)


def _asked_inside(text: str, match: re.Match[str]) -> bool:
    """Tell whether ？” or ！” closes a short quotation with more of its sentence behind it: 他问:“为何?”没人答。"""
    return match[0][0] in "？！?!" and len(match[0]) > 1 and match.end() < len(text) and not text[match.end()].isspace()


def _ellipsis_inside(text: str, match: re.Match[str]) -> bool:
    """Tell whether an ellipsis stands inside a sentence: nothing closes after it, and text follows."""
    return match[0].rstrip("…") == "" and match.end() < len(text) and not text[match.end()].isspace()
