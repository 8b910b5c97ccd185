"""What a journal prints above the title of an article: its name, the issue and its date, the column, the pages.

Above a title these lines are certain; elsewhere a date or a name in brackets may be text, so nothing else asks here.
"""

import re

from bianma.corpus.script import HAN

_AT_MOST = 120  # characters
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|"
    r"Fall|Winter|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_SPACED = rf"[{HAN}](?:[ \t\u3000]+[{HAN}]){{2,11}}"  # a name set wide
_LATIN = r"[A-Z][A-Za-z &,.'’:-]{2,70}"
_DATE = r"(?:19|20)\d\d\s*年(?:\s*第?\s*\d{1,2}\s*[月期])?(?:\s*\d{1,2}\s*日)?"
_PAGES = r"(?:第|pp?\.?)?\s*\d{1,4}\s*[-–—~～至]{1,2}\s*\d{1,4}\s*[页頁]?"
_LINE = re.compile(
    rf"{_DATE}\s*(?:{_SPACED})?\s*(?:{_LATIN})?|(?:{_SPACED}\s*)?(?:{_LATIN}\s*)?{_DATE}|"
    rf"{_MONTHS}\.?[\s,，/–-]*(?:{_MONTHS}\.?\s*|\d{{1,2}}\s*[,，]\s*)?(?:19|20)\d\d|"
    # 《刊名》2021年第6卷第3期（总第23期），第1—34页。
    rf"[《〈“]?[{HAN}A-Za-z·（）() ]{{0,40}}[》〉”]?[\s,，.．:：]*(?:19|20)\d\d\s*年?\s*[,，.．]?\s*"
    rf"(?:[（(]\s*\d{{1,2}}\s*[）)]|第\s*\d+\s*[卷期]|\d{{1,2}}\s*期)[^。；！？]{{0,50}}[。.]?|"
    # The Journal of Y, 2019, 1–28; International Z 63 (2009), pp. 1–37
    rf"[A-Z][A-Za-z &,.'’:\d()/–-]{{3,90}}?[\s,(]+(?:19|20)\d\d\)?\s*[,:;]\s*{_PAGES}\.?|"
    r"(?:Research |Original |Review |Special )?(?:Article|Essay|Paper)s?|(?:Research Note|Review Essay|Forum)|"
    r"(?:学术|學術|研究|综合|綜合|原创|原創)?(?:论文|論文|论著|論著|综述|綜述)|本期(?:话题|話題|特稿|关注|關注|聚焦|焦点|焦點|主题|主題|专题|專題)|"
    r"(?:特稿|专论|專論|专稿|專稿|笔谈|筆談|专题研究|專題研究|特别策划|特別企劃|理论探讨|理論探討|研究报告|研究報告)|"
    r"查看该刊.{0,16}|(?:网络首发|網路首發).{0,40}",
)
_JOURNAL = re.compile(
    r"(?:学报|學報|论坛|論壇|季刊|月刊|双月刊|雙月刊|周刊|週刊|期刊|学刊|學刊|杂志|雜誌|评论|評論|通讯|通訊|文摘|辑刊|輯刊|丛刊|叢刊|观察|觀察|纵横|縱橫|"
    r"Journal|Review|Quarterly|Bulletin|Studies|Monthly|Survey)$|\bJournal of\b|\b(?:Quarterly|Annual) Review\b"
)
_PINYIN = r"[A-Z]{2,}[,，]?\s+[A-Z][a-z]+(?:[-‐'’][A-Za-z][a-z]*)?[\d,*]{0,4}"
_PINYIN_NAMES = re.compile(rf"{_PINYIN}(?:\s*(?:[,，;；、&]|\band\b)?\s*{_PINYIN}){{1,9}}")
_BLANKS = re.compile(r"\s+")
_COLUMN_AT_MOST = 8  # characters


def is_masthead(text: str) -> bool:
    """Tell whether a line above a title names the issue, its date or a column that all journals have.

    >>> is_masthead("2022 年 8 月"), is_masthead("July 2020"), is_masthead("2008年金融危机与同盟")
    (True, True, False)
    """
    return len(text) <= _AT_MOST and _LINE.fullmatch(text) is not None


def may_be_journal(text: str) -> bool:
    """Tell whether a line right above a title may be the name of the journal or a column, not half of the title.

    >>> may_be_journal("中国式安全理论"), may_be_journal("某某大学学报"), may_be_journal("角色转换的动因与路径：")
    (True, True, False)
    """
    if text[-1:] in "：:—–-":
        return False
    return len(_BLANKS.sub("", text)) <= _COLUMN_AT_MOST or _JOURNAL.search(text) is not None


def is_pinyin_names(text: str) -> bool:
    """Tell whether a line holds several names in the letters of pinyin, surnames in capitals.

    >>> is_pinyin_names("YAN Ru-yu HUANG Jin-wu"), is_pinyin_names("NATO Roles")
    (True, False)
    """
    return len(text) <= _AT_MOST and text[1:2].isupper() and _PINYIN_NAMES.fullmatch(text) is not None
