"""The author's thanks: behind a star, as Markdown writes before items of a list too, or below their own heading."""

import re

from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN

_LABEL = re.compile(r"\W*(?:致\s*[谢謝]|[鸣鳴]\s*[谢謝]|[谢謝]\s*[辞辭忱]|Acknowledge?ments?)", re.IGNORECASE)
_TO_WHOM = re.compile(  # who is thanked: reviewers and colleagues, not states
    "[審审][稿查]|匿名|[評评][審审]|[與与][會会]|[編编][輯辑]部|老[師师]|教授|博士|同[學学事仁]|[導导][師师]|批[評评]|指正|[寶宝][貴贵]|[幫帮]助|建[議议]|意[見见]"
)
_LABEL_AT_MOST = 20  # characters
_STARRED = re.compile(  # a star, and a name with a place after it, or what thanks begin with
    r"(?P<sign>[*＊]+)\s*(?=(?:本文|本研究|本论文|本論文|作者|笔者|筆者|[感特衷]|基金|项目|專案|計畫|This\s|"
    r"The (?:author|research|article|work)|I (?:am|would|wish|thank)|We (?:are|would|wish|thank))|"
    rf"[{HAN}·]{{2,4}}[，,：:（(、；]\s*(?!一些|许多|不少|有的|部分|多数|各|这|那|几|許多|這|幾)[^。，,的]{{2,24}}"
    r"(?:大学|学院|研究[院所员]|大學|學院|研究員|中心|党校))"
)


_UNMARKED = re.compile(  # what thanks begin with, and then thanks, in one or two sentences
    r"(?:(?:本文|本研究|本章|拙文|[作筆笔]者)[^。]{0,90}?|[衷特非]?[心別别常]?)(?:感[謝谢]|[謹谨]致|致以?[謝谢]|[謝谢][忱意])[^。]{2,160}"
    r"(?:。[^。]{0,60}(?:文[責责]自[負负]|[錯错][漏誤误]|[責责]任)[^。]{0,24})?。?"
)
_UNMARKED_AT_MOST = 240  # characters
_INITIALS = frozenset("本拙作筆笔衷特非感謹谨致謝谢心")


def is_unmarked(text: str) -> bool:
    """Tell whether a paragraph is thanks and nothing else, as it closes an article without a mark or label.

    >>> is_unmarked("本文初稿曾在研讨会上宣读，感谢与会者的批评。"), is_unmarked("本文认为，小国往往感谢大国的让步。")
    (True, False)
    """
    if (
        len(text) > _UNMARKED_AT_MOST
        or text[0] not in _INITIALS
        or not layout.is_thanks(text)
        or _UNMARKED.fullmatch(text) is None
    ):
        return False
    return _TO_WHOM.search(text) is not None


def is_label(text: str) -> bool:
    """Tell whether `text` is the heading of the author's thanks."""
    return len(text) <= _LABEL_AT_MOST and _LABEL.match(text) is not None


def starred(text: str) -> re.Match[str] | None:
    """Return the star that `text` begins with, where it opens the author's thanks or life and not an item of a list.

    >>> starred("* 本文系某某项目的阶段性成果。") is not None, starred("* 本文的第一个假设") is not None
    (True, False)
    """
    match = _STARRED.match(text)
    rest = text[match.end() :] if match else ""
    return match if layout.is_thanks(rest) or layout.is_biography(rest) else None
