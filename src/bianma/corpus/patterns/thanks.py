"""The author's thanks: behind a star, as Markdown writes before items of a list too, or below their own heading."""

import re

from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN

_LABEL = re.compile(r"\W*(?:致\s*[谢謝]|[鸣鳴]\s*[谢謝]|[谢謝]\s*[辞辭忱]|Acknowledge?ments?)", re.IGNORECASE)
_LABEL_AT_MOST = 20  # characters
_STARRED = re.compile(  # a star, and a name with a place after it, or what thanks begin with
    r"(?P<sign>[*＊]+)\s*(?=(?:本文|本研究|本论文|本論文|作者|笔者|筆者|[感特衷]|基金|项目|專案|計畫|This\s|"
    r"The (?:author|research|article|work)|I (?:am|would|wish|thank)|We (?:are|would|wish|thank))|"
    rf"[{HAN}·]{{2,4}}[，,：:（(、；]\s*(?!一些|许多|不少|有的|部分|多数|各|这|那|几|許多|這|幾)[^。，,的]{{2,24}}"
    r"(?:大学|学院|研究[院所员]|大學|學院|研究員|中心|党校))"
)


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
