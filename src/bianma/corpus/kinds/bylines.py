"""Lines that name the author: above the text, after it, and in brackets anywhere."""

import re
from collections.abc import Sequence

from bianma.corpus.kinds.extent import Page, is_prose
from bianma.corpus.kinds.foreign import is_name_list
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN, has_han, is_latin
from bianma.records import Kind

_NOT_IN_NAMES = re.compile("[^\u4e00-\u9fffA-Za-z]+")
_NAME_LINE = re.compile(
    rf"(?:[●◎◆■◇□•·∙*＊]\s*)?(?:(?:作\s*者|文|撰[文稿]|譯者|译者|口述|記者|记者|原作者|By|Written by)\s*"
    r"[:：/／|｜\s]\s*)?"
    rf"[{HAN}]{{1,4}}(?:[·・．.][{HAN}]{{1,6}})?(?:[\s、，,;；/／|｜]+[{HAN}·・]{{1,6}}){{0,5}}\s*(?:[著譯译撰文]|作者|[記记]者)?|"
    r"(?:By|Written by)\s+[A-Z].{2,80}|[【\[（(](?:文|作者|撰文)\s*[:：/／].{2,60}[】\]）)]"
)
_RANK = (
    "教授|研究[員员生]|副研究|博士|[碩硕]士|[講讲][師师]|院[長长]|所[長长]|主任|秘書長|秘书长|候選人|候选人|撰稿人|作家|評論[員家]|评论[员家]|"
    "[學学]者|[記记]者|研究者|[專专]欄|[專专]栏|[編编][輯辑]|大[學学]|研究[所院]|智[庫库]|智囊|律[師师]|外交官|顧問|顾问"
)
_RANKED = re.compile(_RANK)
_ABOUT_AUTHOR = re.compile(
    r"[（(\[【［〔]\s*(?:本文)?(?:作者|譯者|译者|撰文者|受訪者|整理者?)(?![認认指強强的在對对])(?:[:：系係為为是/／]|"
    r"[^）)]{1,16}[）)]?[系係為为是：:，,]).{2,200}"
)
_IS_AUTHOR = re.compile(r"(?:本文)?(?:作者|譯者|译者)(?:[:：]|[系係為为是]|[^。，認认]{2,4}[系係]).{2,120}")
_APART = frozenset("，,、：:（( \t\u3000")  # after a name
BRACKETS, BRACKETS_SHUT = frozenset("（(【[［〔"), ("）", ")", "】", "]", "］", "〕")
_SET_APART = re.compile(rf"(?<=[{HAN}（(［\[])[ \t\u3000]+(?=[{HAN}])")  # (作 者 单 位: set wide
_IN_BRACKETS = re.compile(rf"[（(][{HAN}·・]{{2,8}}[，,、：:／/\s][^（()）]{{2,100}}[)）]")
_NAME_AND_PLACE = re.compile(rf"[{HAN}·・]{{2,8}}[\s\u3000]+\S.{{1,60}}")
_LATIN_LIFE = re.compile(
    r"(?:Dr\.? |Prof(?:essor|\.) )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}\*?(?: \([^()]{1,60}\))?,? "
    r"(?:is|was|teaches|works as|serves as|holds|received) (?:currently |now )?(?:an? |the |his |her )?"
    r"(?:[\w-]+ ){0,4}?(?:[Pp]rofessor|[Ll]ecturer|[Ff]ellow|[Cc]andidate|[Rr]eader|[Dd]irector|[Rr]esearcher|"
    r"[Ss]cholar|[Ss]tudent|[Dd]ean|[Aa]nalyst|Ph\.?D)\b.{0,600}|\*?\s*Corresponding author\b.{0,160}",
    re.DOTALL,
)


def is_byline(text: str) -> bool:
    """Tell whether a line names the author, or says where the author works."""
    if _NAME_LINE.fullmatch(text):
        return _is_named_by(text)
    if layout.is_biography(text) or is_name_list(text):
        return True
    place = _RANKED.search(text)
    return (
        place is not None and len(text) <= 60 and (text[-1] in "）)】" or place.end() >= len(text) - 1 or " " in text)
    )


def _is_named_by(text: str) -> bool:
    """Tell names from words: up to four characters each, or with a word for the author before them."""
    words = [w for w in _NOT_IN_NAMES.split(text) if w]
    return len(words) > 1 or len(text) <= 4 or not has_han(text)


def authors(page: Page) -> dict[int, Kind]:
    """Lines after the text, or in brackets anywhere, that say who the author is."""
    names = _head_names(page)
    last = max((n for n in range(page.start, page.end) if _is_text(page.paragraphs[n])), default=page.end)
    found: dict[int, Kind] = {}
    for n in range(page.start, len(page.paragraphs)):
        p = page.paragraphs[n]
        if 4 < len(p.text) <= 240 and not p.row and not p.depth and _presents(p, names, after=n > last):
            found[n] = "author"
    return found


def _is_text(p: Paragraph) -> bool:
    return not p.sign.text and is_prose(p.text) and not layout.is_citation(p.text)


def _presents(p: Paragraph, names: Sequence[str], *, after: bool) -> bool:
    text = p.text
    if text[0] in BRACKETS and is_about_author(text):
        return True
    if not after:
        return False
    ranked = _RANKED.search(text[:80]) is not None
    if ranked and (_IS_AUTHOR.fullmatch(text) or _IN_BRACKETS.fullmatch(text)):
        return True
    name = next((name for name in names if text.startswith(name)), "")
    if not name or is_latin(text):
        return name != ""
    apart = text[len(name) : len(name) + 1] in _APART
    return (ranked and (apart or text[-1] != "。")) or (apart and _NAME_AND_PLACE.fullmatch(text) is not None)


def is_about_author(text: str) -> bool:
    """Tell whether a paragraph in brackets presents the author."""
    bare = _SET_APART.sub("", text) if _SET_APART.match(text, 2) else text
    return bare.rstrip("。").endswith(BRACKETS_SHUT) and _ABOUT_AUTHOR.fullmatch(bare) is not None


def _head_names(page: Page) -> list[str]:
    """Return the words of the head's short lines that may be names of the authors."""
    lines = [p.text for p in page.paragraphs[: page.start] if len(p.text) <= 80]
    latin = [
        m[1] for text in lines if (m := re.fullmatch(r"(?:By\s+)?([A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]*){1,3})", text))
    ]
    return [w for text in lines for w in _NOT_IN_NAMES.split(text) if 2 <= len(w) <= 4 and has_han(w)] + latin


def is_latin_life(text: str) -> bool:
    """Tell whether a paragraph says in English who the author is; only its place makes it the author's own.

    >>> is_latin_life("Xu Zhimo is Associate Professor of Letters."), is_latin_life("Hedging is a role.")
    (True, False)
    """
    return len(text) <= 700 and _LATIN_LIFE.fullmatch(text) is not None
