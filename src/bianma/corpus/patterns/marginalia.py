"""What a page carries besides the article, rarer than what `layout` knows of it.

Where a text goes on that the page could not hold; the line of a contents page; what a publisher's site prints on each
page; what a converter writes for a page that it could not read; a page number far from its head. All behind one look.
"""

import re

_SIGNS = re.compile(
    r"[转轉接续續]|[截收来來]稿|\.{4}|[．·]{2}|(?:[.．·]\s){3}|…{2}|download|rights reserved|permissions|missing_page|"
    r"^\d{1,4}\s{8}",
    re.IGNORECASE,
)
_RARE = re.compile(
    r"[（(【\[［〔]?\s*(?:下[转轉]|上接|[转轉]|接|[续續])\s*(?:封[二三四]|第?\s*\d+\s*[页頁版])[^。，]{0,6}[）)】\]］〕]?|"
    r"\S.{0,80}?(?:[.．·…‥]\s?){3,}[\s.]*[（(]?\d{1,4}[)）]?|"
    r"(?:Downloaded|Downloadable|This content downloaded) (?:from|on|by) .{3,110}|"
    r"(?:.{0,60}\. )?All rights reserved\.?.{0,40}|For (?:permissions|reprints)\b.{0,80}|"
    # Below an article: （截稿：2022年2月 责任编辑：某某）.
    r"[（(\[【［〔]\s*(?:截稿|收稿|[来來]稿)\s*(?:日期|[时時][间間])?\s*[:：].{2,60}[）)\]】］〕]|"
    r"\[MISSING_PAGE[A-Z_]*(?::\d+)?\]|\d{1,4}\s{8,}\S.{1,60}",
    re.IGNORECASE,
)
_SUMMARIES = re.compile(
    r"[【\[〔［]?\s*(?:(?:English )?Abstracts|Summaries|"
    r"本[刊期](?:[文論论]章)?(?:英文|外文)?(?:摘要|提要)(?:[選选][登刊])?|"
    r"(?:英文|外文)(?:摘要|提要)[選选][登刊])\s*[】\]〕］]?",
    re.IGNORECASE,
)


def is_summaries_page(text: str) -> bool:
    """Tell whether a heading stands over the summaries of all articles of an issue.

    >>> is_summaries_page("【本刊英文摘要】"), is_summaries_page("Abstract")
    (True, False)
    """
    return len(text) <= 24 and _SUMMARIES.fullmatch(text) is not None


def is_marginal(text: str) -> bool:
    """Tell whether a line is of the page.

    >>> is_marginal("（下转第 31 页）"), is_marginal("各方的看法转向第三种")
    (True, False)
    """
    return _SIGNS.search(text) is not None and _RARE.fullmatch(text) is not None
