"""Where an article was printed: journal, year, volume, issue, pages and DOI, read from page heads and labelled lines.

Signs, from the surest: the citation that the journal asks for (引用格式), the article ID (文章编号), page heads, a DOI
of the kind that holds year and issue. Of page heads that differ, the one that comes most often counts. The day on
which a manuscript came in (收稿日期) tells the year only where nothing else does.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from bianma.corpus.script import HAN

_DASH = r"\s*[-‐‑–—―−~～至]+\s*"
_NUMERAL = "[\\d〇○零一二三四五六七八九十百]"
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_VOLUME = rf"第?\s*(?P<volume>{_NUMERAL}{{1,5}})\s*卷"
_ISSUE = rf"第?\s*(?P<issue>{_NUMERAL}{{1,4}}(?:{_DASH}{_NUMERAL}{{1,4}})?)\s*[期号號]"
_RANGE = rf"(?P<pages>\d{{1,4}}{_DASH}\d{{1,4}})"
_NAME = rf"[《〈「]?(?P<journal>[{HAN}A-Za-z·（）()&]{{2,30}}?)[》〉」]?"
_GAP = r"[\s,，;；/／|.．·]*"
_PAGES_AFTER = (
    rf"(?:.{{0,16}}?(?:(?:[页頁]|[Pp]{{1,2}}\.?)\s*{_RANGE}|"
    rf"第\s*(?P<pages_before>\d{{1,4}}{_DASH}\d{{1,4}})\s*[页頁]))?"
)


_CITED = re.compile(  # 刊名,2019,36(2):4-24
    rf"\[J(?:/OL)?\]\s*[.．]?\s*(?P<journal>[^,，.．\[\]]{{2,60}})[,，.．]\s*{_YEAR}\s*(?:[,，]\s*(?P<volume>\d+)\s*)?"
    rf"(?:[(（](?P<issue>[\d-]+)[)）])?\s*(?:[:：]\s*{_RANGE})?"
)
_ARTICLE_ID = re.compile(
    r"文章编号\s*[\]】〕］]?\s*[:：]?\s*\d{4}\s*-\s*\d{3}[\dXx]\s*[(（]\s*(?P<year>\d{4})\s*[)）]\s*(?P<issue>[\dA-Z]{1,2})"
    r"\s*-\s*(?P<first>\d{4})\s*-\s*(?P<count>\d{2,3})"
)
_HEADS = (
    re.compile(rf"{_NAME}{_GAP}{_YEAR}\s*年\s*[,，]?\s*(?:{_VOLUME}\s*)?{_ISSUE}{_PAGES_AFTER}"),
    re.compile(rf"{_NAME}{_GAP}{_VOLUME}[\s,，]*{_ISSUE}(?:[\s,，(（]*{_YEAR}\s*年?\s*(?:\d+\s*月)?)?{_PAGES_AFTER}"),
    re.compile(rf"{_NAME}\s+{_YEAR}\s*[./]\s*(?P<issue>\d{{1,2}})(?![\d./]|\s*月)"),
    re.compile(rf"{_NAME}{_GAP}{_YEAR}\s*[(（]\s*(?P<issue>\d{{1,2}})\s*[)）]"),
    re.compile(
        r"(?P<journal>[A-Z][A-Za-z &:'’()-]{3,80}?)[\s,，]+Vol\.?\s*(?P<volume>\d+)[\s,，]+"
        r"(?:No|Issue)\.?\s*(?P<issue>\d+)"
        rf"(?:[\s,，(]*(?:[A-Z][a-z]+\.?\s*)?(?P<year>(?:19|20)\d\d))?\)?(?:[\s,，]*pp?\.?\s*{_RANGE})?"
    ),
    re.compile(rf"^(?P<journal>[A-Z][A-Za-z &:'’()-]{{3,80}}?),\s+{_YEAR}(?:,\s+{_RANGE})?$"),
    re.compile(rf"{_YEAR}\s*年\s*[,，]?\s*(?:{_VOLUME}\s*)?{_ISSUE}"),
    re.compile(rf"{_VOLUME}[\s,，]*{_ISSUE}(?:[\s,，(（]*{_YEAR})?"),
    re.compile(
        r"Vol\.?\s*(?P<volume>\d+)[\s,，]*No\.?\s*(?P<issue>\d+)(?:[\s,，(]*(?:[A-Z][a-z]+\.?\s*)?(?P<year>(?:19|20)\d\d))?"
    ),
)
_LONGEST_HEAD = 200
_REPUBLIC = re.compile(r"(?:中[华華])?民[国國]\s*(\d{2,3})\s*年")
_NO_HEAD = re.compile("编辑|編輯|责编|感谢|感謝|基金|项目|收稿|引用|审校|校对")
_THANKED = re.compile(
    r"感[谢謝].{0,12}《(?P<journal>[^》]{2,30})》\s*(?:编辑部|編輯部|杂志|雜誌|期刊|匿名|外审|审稿|审读)"
)
_DATED = (
    re.compile(
        r"(?:(?:首发|出版|发表|刊出|刊登|发布|發布|發佈|更新)(?:日期|时间|時間)|Published(?:\s+online)?)\D{0,12}(?P<year>(?:19|20)\d\d)"
    ),
    re.compile(r"(?:收稿|投稿|来稿|修[回改订]|录用|接受刊登|定稿|Received|Accepted)\D{0,12}(?P<year>(?:19|20)\d\d)"),
)
_DOI = re.compile(
    r"10\s*\.\s*(\d{4,9}(?:\s*\.\s*\d+)*)\s*/\s*([\w()<>;:/-]+(?:\s*[._]\s*[a-z0-9()_-]+|[._][\w()-]+)*)", re.ASCII
)
_DOI_ISSUES = (  # as CNKI and as Airiti number their articles: j.cnki.xx.2019.04.008, xx.202409_12(3).0004
    re.compile(r"\.(?P<year>(?:19|20)\d\d)\.(?P<issue>\d\d)\.\d{3}$"),
    re.compile(r"\.(?P<year>(?:19|20)\d\d)(?:0[1-9]|1[0-2])_(?P<volume>\d+)?\((?P<issue>\d+)\)\."),
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is printed about where the article stands; None where nothing tells."""

    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None

    def filled(self, other: "Imprint") -> "Imprint":
        """Return this, with what it lacks taken from `other`."""
        return Imprint(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


def imprint(lines: Iterable[str], doi: str | None = None) -> tuple[Imprint, int | None]:
    """Return what `lines` of furniture tell of the printed place, and a year for want of a better one.

    >>> imprint(["样例国际评论 二〇二四年第三期", "文章编号：1000-0000（2024）03-0021-10"])[0]
    Imprint(journal='样例国际评论', year=2024, volume=None, issue='3', pages='21-30')
    """
    rows = [_REPUBLIC.sub(_common_era, " ".join(unicodedata.normalize("NFKC", line).split())) for line in lines]
    whole = "\n".join(rows)
    found = Imprint()
    for sign in (_of_match(_CITED.search(whole)), _article_id(whole), *_heads(rows), _in_doi(doi)):
        found = found.filled(sign)
    found = found.filled(_of_match(_THANKED.search(whole)))
    dates = (m["year"] for pattern in _DATED if (m := pattern.search(whole)))
    return found, int(next(dates, 0)) or None


def find_doi(lines: Iterable[str]) -> str | None:
    """Return the first DOI in `lines`, small letters, without the blanks that a scan put in.

    >>> find_doi(["ＤＯＩ： 10. 5555 / j. ylgjpl. 2024. 03. 002 "])
    '10.5555/j.ylgjpl.2024.03.002'
    """
    for line in lines:
        if found := _DOI.search(unicodedata.normalize("NFKC", line)):
            return re.sub(r"\s+", "", found[0]).lower().rstrip(".;:-_/")
    return None


def number(text: str) -> str:
    """Return a number in Arabic digits without zeros before it, whatever it was written in; else the text itself.

    >>> number("十二"), number("二〇二四"), number("04"), number("3—4"), number("增刊")
    ('12', '2024', '4', '3-4', '增刊')
    """
    parts = re.split(_DASH, unicodedata.normalize("NFKC", text).strip())
    return "-".join(_one_number(part) for part in parts)


def year_of(text: str) -> int | None:
    """Return the first year of this or the last century in `text`."""
    found = re.search(
        r"(?<!\d)(?:19|20)\d\d(?!\d)|[一二][九〇○零][〇○零一二三四五六七八九]{2}", unicodedata.normalize("NFKC", text)
    )
    return int(number(found[0])) if found else None


def _common_era(match: re.Match[str]) -> str:
    return f"{1911 + int(match[1])}年"


def _one_number(text: str) -> str:
    if text.isascii():
        return text.lstrip("0") or text
    if not re.fullmatch("[〇○零一二三四五六七八九十百]+", text):
        return text
    if not re.search("[十百]", text):
        return text.translate(_DIGITS).lstrip("0")
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * _digit(hundreds, "百" in text) + 10 * _digit(tens, bool(ten)) + int(ones.translate(_DIGITS) or 0)
    return str(value)


def _digit(text: str, there: bool) -> int:
    return int(text.translate(_DIGITS) or 1) if there else 0


def _of_match(match: re.Match[str] | None) -> Imprint:
    if match is None:
        return Imprint()
    said = {name: value.strip() for name, value in match.groupdict().items() if value}
    pages = said.get("pages") or said.get("pages_before")
    return Imprint(
        journal=_journal(said.get("journal", "")),
        year=year_of(said.get("year", "")),
        volume=number(said["volume"]) if "volume" in said else None,
        issue=number(said["issue"]) if "issue" in said else None,
        pages=number(pages) if pages else None,
    )


def _journal(name: str) -> str | None:
    name = name.strip("《》〈〉「」 ·")
    while name.startswith((")", "）")) or (name.endswith(("(", "（"))):
        name = name.strip("()（） ")
    return name if len(name) >= 2 and not re.fullmatch(r"[总第年期卷]+", name) else None


def _article_id(text: str) -> Imprint:
    found = _ARTICLE_ID.search(text)
    if found is None:
        return Imprint()
    first, count = int(found["first"]), int(found["count"])
    pages = f"{first}-{first + count - 1}" if first and count else None
    return Imprint(year=int(found["year"]), issue=number(found["issue"]), pages=pages)


def _heads(rows: Sequence[str]) -> Iterator[Imprint]:
    """Yield what the page heads say, the commonest first."""
    found: Counter[Imprint] = Counter()
    pages: Counter[str] = Counter()
    for row in (*rows, *_broken_heads(rows)):
        if len(row) > _LONGEST_HEAD or _NO_HEAD.search(row):
            continue
        if match := next((m for p in _HEADS if (m := p.search(row))), None):
            sign = _of_match(match)
            found[Imprint(sign.journal, sign.year, sign.volume, sign.issue)] += 1
            pages[sign.pages or ""] += 1
    yield from (sign for sign, _ in found.most_common())
    yield from (Imprint(pages=printed) for printed, _ in pages.most_common() if printed)


def _broken_heads(rows: Sequence[str]) -> Iterator[str]:
    """Yield the heads that stand in two lines: the journal's name above its issue."""
    for above, below in pairwise(rows):
        if re.fullmatch(_NAME, above.strip()) or any(p.fullmatch(above.strip()) for p in _HEADS):
            yield f"{above} {below}"


def _in_doi(doi: str | None) -> Imprint:
    return _of_match(next((m for pattern in _DOI_ISSUES if (m := pattern.search(doi or ""))), None))
