"""The lines over an article in print: which is the title, and which belong to the journal.

Names of the authors are the surest sign: the title stands right above them. What stands higher is the journal's, but
for the first half of a title set in two lines.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bianma.corpus.kinds.foreign import has_surname, is_name_list
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout
from bianma.corpus.patterns.masthead import is_masthead, may_be_journal
from bianma.corpus.script import HAN, has_han, is_latin
from bianma.records import Kind

_LINES_AT_MOST, _TITLE_AT_LEAST = 14, 5  # lines over a text; characters of a title
_PLACE = re.compile(
    r"大学|学院|研究[所院中]|大學|學院|科学院|科學院|中心|党校|黨校|University|Institute|School of|Department|College|@"
)
_NAME_SIGNS = re.compile(r"[\d\s\u3000、，,;；*＊∗†‡①-⑨/／|｜]+|\[\s*\*?\d?\s*\]")
_CREDIT = re.compile(r"(?:文|作者|撰文|撰稿|译者|譯者|By|by)\s*[/／:：|｜]\s*\S.{0,40}")
_WORD = re.compile(rf"[{HAN}]{{1,4}}(?:[·・.][{HAN}]{{1,8}})?")
_ROLE = re.compile(r"\s*(?:[著译譯撰文等]|主编|主編|编译|編譯)$")


class Opening(NamedTuple):
    """The kinds of the lines over the title, and the lines of the title; no lines where nothing tells them."""

    above: dict[int, Kind]
    title: tuple[int, ...]


def opening(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind], *, english: bool) -> Opening:
    """Find the title by the names below it, or by leaving out what is the journal's for certain."""
    lines = _lines(paragraphs, known, english=english)
    mast = [n for n in lines if not paragraphs[n].depth and is_masthead(paragraphs[n].text)]
    if not english:
        mast += [n for n in lines if is_latin(paragraphs[n].text) and may_be_journal(paragraphs[n].text)]
    lines = [n for n in lines if n not in mast and (english or not is_latin(paragraphs[n].text))]
    if not lines:
        return Opening({}, ())
    texts = {n: paragraphs[n].text for n in lines}
    named = [at for at in range(1, len(lines)) if is_names(texts[lines[at]]) and _may_be_title(texts[lines[at - 1]])]
    headed = [n for n in lines if paragraphs[n].depth and not is_names(texts[n])]
    first = min(headed, key=lambda n: paragraphs[n].depth, default=-1)
    if headed and (paragraphs[first].depth == 1 or _is_below_journal(paragraphs, lines, first)):
        return Opening(_above([*mast, *lines], first), (first,))
    if not named and lines[1:] and is_names(texts[lines[0]]) and _may_be_title(texts[lines[1]]):
        return Opening({**_above(mast, lines[0]), lines[0]: "author"}, (lines[1],))
    if not named:
        first = lines[0]
        return Opening({n: "furniture" for n in mast if n < first or _is_high(n, known)}, ())
    title = _title(paragraphs, lines[: _below_title(named, lines, texts)])
    return Opening(_above([*mast, *lines], title[0]), title)


def _above(lines: Sequence[int], title: int) -> dict[int, Kind]:
    return {n: "furniture" for n in lines if n < title}


def _is_below_journal(paragraphs: Sequence[Paragraph], lines: Sequence[int], heading: int) -> bool:
    """Tell whether nothing stands above a heading that may be a title itself, one that lost its #."""
    return all(may_be_journal(paragraphs[n].text) or paragraphs[n].depth for n in lines if n < heading)


def _below_title(named: Sequence[int], lines: Sequence[int], texts: Mapping[int, str]) -> int:
    """Return which of the lines of names stands below the title: the first, but below a column comes a title yet."""
    at = named[0]
    for following in named[1:]:
        if not may_be_journal(texts[lines[at - 1]]) or following > at + 3:
            break
        at = following
    return at


def _is_high(n: int, known: Mapping[int, Kind]) -> bool:
    """Tell whether everything above a line is the page's."""
    return all(known.get(m) == "furniture" for m in range(n))


def _lines(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind], *, english: bool) -> list[int]:
    """Return the short lines before the abstract, the first heading or the first prose."""
    found: list[int] = []
    for n, p in enumerate(paragraphs[: 2 * _LINES_AT_MOST]):
        kind = known.get(n)
        if kind in ("abstract", "keywords", "title") or len(found) == _LINES_AT_MOST:
            break
        if kind is not None or p.sign.text or p.row:
            continue
        if not is_masthead(p.text) and (_is_prose(p.text, english=english) or (found and layout.is_heading(p.text))):
            break
        found.append(n)
    return found


def _is_prose(text: str, *, english: bool) -> bool:
    if text[-1] in "。！" or "。" in text:
        return not layout.is_biography(text)
    return len(text) > (160 if english or is_latin(text) else 70)


def is_names(text: str) -> bool:
    """Tell whether a line holds names of persons and nothing else.

    >>> is_names("苏 子 瞻1 黄 鲁 直2"), is_names("李清朝"), is_names("海洋安全与角色转换"), is_names("贺敬之远 柳成荫")
    (True, True, False, True)
    """
    if len(text) > 120 or not text.strip():
        return False
    if _CREDIT.fullmatch(text):
        return True
    if not has_han(text):
        return is_name_list(text)
    words = [w for w in _NAME_SIGNS.split(_ROLE.sub("", text)) if w]
    if not words or not all(_WORD.fullmatch(w) for w in words):
        return False
    if all(len(w) == 1 for w in words):  # 苏 子 瞻
        return 2 <= len(words) <= 20
    joined = [w for w in words if len(w) > 1]
    if len(words) == 1:
        return "·" in words[0] or (2 <= len(words[0]) <= 3 and has_surname(words[0]))
    return len(words) <= 8 and sum("·" in w or has_surname(w) for w in joined) * 2 > len(joined)


def _may_be_title(text: str) -> bool:
    bare = "".join(text.split())
    if len(bare) < _TITLE_AT_LEAST or text[0] in "（([［【〔" or is_names(text):
        return False
    return _PLACE.search(text) is None or len(bare) > 24 or "：" in text or "与" in text


def _title(paragraphs: Sequence[Paragraph], lines: Sequence[int]) -> tuple[int, ...]:
    """Return the last line, and those above it that are the rest of the title."""
    title = [lines[-1]]
    for n in reversed(lines[:-1]):
        text, below = paragraphs[n].text, paragraphs[title[0]].text
        goes_on = text[-1] in "：:—–" or below[0] in "—–―─-"
        if title[0] - n > 1 or (not goes_on and (may_be_journal(text) or not _may_be_title(text))):
            break
        title.insert(0, n)
    return tuple(title)
