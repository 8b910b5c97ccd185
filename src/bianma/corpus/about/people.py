"""Who wrote an article and where they work, read from its line of names and its notes on the authors.

Names are split in all the ways that journals print them; a translator is no author. Institutions are given as printed,
without the rank, the town and the postcode behind them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bianma.corpus.kinds.foreign import _PINYIN as PINYIN
from bianma.corpus.script import HAN, has_han, is_latin

_CJK_NAME = rf"[{HAN}]{{2,5}}|[{HAN}A-Z][{HAN}A-Za-z.]*(?:[·・•‧][{HAN}A-Z][{HAN}A-Za-z.]*)+"
_NAME = re.compile(_CJK_NAME)
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:(?:van|von|de|der|da|la|bin|al)\s+)*[A-ZÀ-Þ][\w.'’-]*){1,4}")
_MARK = re.compile(
    r"[*＊∗※†‡#\u00b9\u00b2\u00b3\u2070-\u2079\u2460-\u2473]|\\\*|(?<=[^\d\s])\s?\d{1,2}(?:[,，]\d{1,2})*(?!\d)"
)
_COUNTRY = re.compile(rf"[\[［〔【（(]\s*[{HAN}]{{1,5}}\s*[\]］〕】）)]\s*(?=[{HAN}A-Z])")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]|[\[［〔【]([^\[\]［］〔〕【】]*)[\]］〕】]")
# 甲 甲 甲   乙 乙 乙
_WIDE_GAP = re.compile(rf"(?<=[{HAN}] [{HAN}])(?:[ \u3000]{{2,}}|\u3000)(?=[{HAN}] [{HAN}])")
_NO_NAME = re.compile(  # what else stands alone in a line: labels, and the buttons of a web page
    "电子邮[箱件]|邮箱|[责責]任编辑|責任編輯|责编|编辑|編輯|电话|邮编|通[讯信]地址|研究[方领].*|正文|摘要|目[录錄]|[来來]源|"
    "首[页頁]|下[载載]|列印|打印|收藏|引用|推文|推荐|登[录入錄]|注[册冊]|[评評][论論]|[专專][题題栏欄]|[订訂][阅閱]|"
    "[关關][于於].*|[联聯][系絡络].*|最新.*|分享.*|搜[寻尋索]|[阅閱][读讀].*|转寄|轉寄|书单|書單|国际|國際|"
    "参考.*|參考.*|外部.*|.*[数數]|分[钟鐘]|.*[选選][单單]|[条條]目|[讨討][论論]"
)
_ROLE = re.compile(r"(?:编?著|作?者|撰文?|文|编|主编|译者?|譯者?|校译?|译校|編?譯|摘译)")
_TRANSLATED = re.compile("[译譯校]")
_HARD = re.compile(r"[、，,;；/／|｜]|\s+and\s+|\s*&\s*")

_INSTITUTION = (
    "大学|大學|学院|學院|研究院|研究所|研究中心|中心|党校|黨校|学系|學系|(?<!关)(?<!關)系|编辑部|編輯部|科学院|社科院|"
    "研究部|研究会|研究會|学会|學會|委员会|委員會|基金会|实验室|研究室|教研室|出版社|杂志社|报社|公司|智库|智庫|基地|外交部|国防部|图书馆|书院"
)
_TO_INSTITUTION = re.compile(rf".*(?:{_INSTITUTION})")
_LATIN_INSTITUTION = re.compile(
    r"\b(?:Universit(?:y|é|ät)|Institute?|Schools?\s+(?:of|for)|Department|College|Academy|Cent(?:er|re)\s+(?:of|for)|"
    r"Faculty)\b"
)
_RANK = re.compile(
    "教授|研究员|研究員|讲师|講師|博士|硕士|碩士|导师|研究生|候选人|候選人|主任|院长|所长|记者|编辑|学者|助理"
)
_LABEL = re.compile(
    r"^[\[【〔［（(■◆*\s]*(?:本文|第[一二三]|通[讯信])?(?:作者|譯者|译者)\s*(?:单位|簡介|简介|介绍|介紹|信息|近况|系|为|是)?\s*"
    r"[\]】〕］]?\s*[:：,，]?\s*|^(?:About\s+the\s+)?(?:Corresponding\s+)?Authors?(?:\(s\))?[^:：]{0,16}[:：]\s*",
    re.IGNORECASE,
)
_TOWN = re.compile(rf"[，,\s]*[{HAN}]{{0,8}}[，,\s]*\d{{6}}$|[,\s]+[A-Z][a-z]+[\s,]*\d{{5,6}}.*$")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}\s*[.．、)）]?|[a-z][.．]|[\u2460-\u2473])\s*(?=\D)")
_PERSONAL = re.compile(rf"(?:男|女)$|.{{1,4}}族$|[{HAN}]{{2,8}}人$|.*(?:19|20)\d\d.*|\d.*")


@dataclass(frozen=True, slots=True)
class People:
    """Authors and their institutions, each once and in order of print."""

    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()


def people(lines: Iterable[str]) -> dict[str, People]:
    """Return the people of the author `lines` by language, "zh" and "en".

    >>> people(["李　明　王小样*", "（虚构大学国际关系学院，北京 100000）"])["zh"]
    People(authors=('李明', '王小样'), affiliations=('虚构大学国际关系学院',))
    """
    printed: dict[str, list[list[str]]] = {"zh": [], "en": []}
    noted: dict[str, list[str]] = {"zh": [], "en": []}
    places: dict[str, list[str]] = {"zh": [], "en": []}
    for line in lines:
        key = "en" if is_latin(line) or not has_han(line) else "zh"
        found, where, note = _line(line, key)
        places[key] += where
        if note:
            noted[key] += found
        elif found:
            printed[key].append(found)
            noted[key] += found if where else []  # names with their institution beside them are as sure as a note
    return {
        key: People(tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(places[key])))
        for key in printed
        if (authors := _authors(printed[key], noted[key])) or places[key]
    }


def _authors(printed: list[list[str]], noted: list[str]) -> list[str]:
    """Choose by notes and surnames among the lines that read as names; some are a column's or a web page's."""
    known = "".join(noted)
    kept = [line for line in printed if set(line) & set(noted) or "".join(line) in known or all(map(_is_usual, line))]
    kept = kept or ([] if noted else printed)
    whole = [name for line in kept for name in line]
    return noted if not whole or "".join(whole) == known else whole


def _is_usual(name: str) -> bool:
    """Tell whether a name is in Latin letters, a foreigner's, or a Chinese one with a common surname."""
    return not has_han(name) or "·" in name or (len(name) <= 3 and name[0] in PINYIN)


def names(text: str) -> tuple[str, ...]:
    """Return the persons that a line of names holds, without translators; empty if it is no such line.

    >>> names("〔美〕约翰·样例 著　李译文 译"), names("张样①、李　明②"), names("ZHANG San and Li Si")
    (('约翰·样例',), ('张样', '李明'), ('ZHANG San', 'Li Si'))
    """
    bare = _MARK.sub("、", _WIDE_GAP.sub("、", _COUNTRY.sub("", text.strip())))
    bare = " ".join(bare.split()).strip(" 。.、□■◇◆")
    if not has_han(bare):
        return _latin_names(bare)
    bare = re.sub(r"^(?:文|作者|撰文)\s*[/／:：]\s*", "", bare)
    found: list[str] = []
    waiting = 0  # names since the last role: 甲 乙 著 丙 译
    translated = False
    for token in _tokens(bare):
        if _ROLE.fullmatch(token):
            if _TRANSLATED.search(token):
                found, translated = found[: len(found) - waiting], not waiting
            waiting = 0
        elif _NAME.fullmatch(token) and not _is_place(token) and not _NO_NAME.fullmatch(token):
            found += [] if translated else [token]
            waiting += 0 if translated else 1
        else:
            return ()
    return tuple(found)


def _line(text: str, key: str) -> tuple[list[str], list[str], bool]:
    """Return names, institutions, and whether the line is a note on the authors."""
    label = _LABEL.match(text)
    if label and label.end() and (_is_place(text) or _RANK.search(text) or key == "en"):
        found, places = _note(text[label.end() :], key)
        return found, places, True
    text = text[label.end() :] if label else text
    where = [place for m in _BRACKETS.finditer(text) for place in _places(m[1] or m[2] or "", key)]
    rest = _BRACKETS.sub(lambda m: " " if _is_place(m[0]) else m[0], text).strip()
    if found := list(names(rest)):
        return found, where, False
    if not rest or where:
        return [], where, False
    if found := list(names(_BRACKETS.sub(" ", text))):
        return found, where, False
    head, *tail = re.split(r"[\s/／|｜]+", rest, maxsplit=1)
    if key == "zh" and tail and _is_place(tail[0]) and (named := names(head)):
        return list(named), _places(tail[0], key), False
    found, places = _note(rest, key) if _is_place(rest) else ([], [])
    return found, places, True


def _tokens(text: str) -> Iterator[str]:
    """Yield names and roles; a name of two characters may have a blank inside, as journals set it."""
    for part in _HARD.split(text):
        words = part.split()
        if len(words) > 1 and all(len(word) == 1 and has_han(word) for word in words):
            yield from _spread(words)
            continue
        while words:
            word = words.pop(0)
            if len(word) == 1 and words and len(words[0]) <= 2 and has_han(word) and not _is_role(word, words):
                word += words.pop(0)
            yield word


def _spread(chars: list[str]) -> Iterator[str]:
    """Yield the names of a line in which a blank follows each character: one of up to three, else of two or three."""
    if len(chars) <= 3:
        sizes = [len(chars)]
    elif len(chars) % 3 == 0:
        sizes = [3] * (len(chars) // 3)
    elif len(chars) % 2 == 0:
        sizes = [2] * (len(chars) // 2)
    else:
        sizes = [2, 3] if chars[2] in PINYIN else [3, 2]
    at = 0
    for size in sizes:
        yield "".join(chars[at : at + size])
        at += size


def _is_role(word: str, words: list[str]) -> bool:
    return _ROLE.fullmatch(word) is not None and not (len(words[0]) == 1 and not _ROLE.fullmatch(words[0]))


def _latin_names(text: str) -> tuple[str, ...]:
    plain = re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)
    if len(_HARD.split(plain)) == 1:  # LI Ming WANG Xiaoyang
        plain = re.sub(r"(?<=[a-z])\s+(?=[A-Z]{2,}\s)", ", ", plain)
    parts = [part.strip(" .、") for part in _HARD.split(plain) if part.strip(" .、")]
    good = all(_LATIN_NAME.fullmatch(part) and not _LATIN_INSTITUTION.search(part) for part in parts)
    return tuple(parts) if good else ()


def _note(text: str, key: str) -> tuple[list[str], list[str]]:
    """Return names and institutions of a note: 某某，某某大学某学院教授，主要研究…；某某，…"""
    found: list[str] = []
    where: list[str] = []
    for entry in re.split(r"[；;。]|\.\s+(?=[A-Z])", text):
        name = _NAME.match(entry.strip()) if key == "zh" else _LATIN_NAME.match(entry.strip())
        rest = entry.strip()
        if (
            name
            and not _is_place(name[0])
            and not _NO_NAME.fullmatch(name[0])
            and re.match(r"\s*(?:[，,：:（(、]|\s|$)", rest[name.end() :] or " ")
        ):
            found.append(name[0])
            rest = rest[name.end() :]
        where += _places(rest, key)
    return found, where


def _places(text: str, key: str) -> list[str]:
    """Return the institutions in `text`, each without rank and town."""
    if key == "en":
        return _latin_places(text)
    found = []
    for part in re.split(r"[；;。]|[，,]\s*(?=\d[.．、])", text):
        if re.match(r"\s*[译譯]者", part):
            continue
        clauses = re.split(r"[，,、:：\s\u3000]+", _NUMBERED.sub("", part))
        for n, clause in enumerate(clauses):
            if n and re.fullmatch("[译譯]者单位|[译譯]者單位", clauses[n - 1]):
                continue
            if not _PERSONAL.fullmatch(clause) and (place := _TO_INSTITUTION.match(clause)):
                found.append(place[0])
                if _RANK.search(clause):
                    break
    return found


def _latin_places(text: str) -> list[str]:
    found = []
    for part in re.split(r"[;；]", text):
        named = [c.strip(" .") for c in _NUMBERED.sub("", part).split(",") if _LATIN_INSTITUTION.search(c)]
        if named:
            found.append(_TOWN.sub("", ", ".join(named)))
    return found


def _is_place(text: str) -> bool:
    return bool(re.search(_INSTITUTION, text) or _LATIN_INSTITUTION.search(text))
