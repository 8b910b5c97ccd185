"""Title and authors of an article in print: the short lines before the text begins."""

import re

from bianma.corpus.kinds.foreign import is_name_list
from bianma.corpus.kinds.opening import is_names, opening
from bianma.corpus.kinds.whole import Known, Whole
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN, is_latin
from bianma.records import Kind

_OPEN_TITLE = re.compile(r"[:：—–―─]\s*$")  # the title goes on in the next line
_TITLE_AT_MOST = 60  # characters of such a line
_SUBTITLE = re.compile(r"[—–―─-]{1,3}\s*\S")
_NAMES = re.compile(rf"[{HAN}·・]{{1,5}}(?:[\s、，,;；]*[{HAN}·・]{{1,4}}){{0,7}}[\s\d*]*(?:[著译譯撰文])?")
_PLACE = re.compile(
    r"大学|学院|研究[所院中]|中心|党校|编辑部|大學|學院|研究所|黨校|編輯部|中研院|University|Institute|School|Department|College|@"
)


def front(whole: Whole, known: Known) -> dict[int, Kind]:
    """Title and authors: the short lines before the text begins."""
    found: dict[int, Kind] = {}
    titled = max((n + 1 for n, kind in known.items() if kind == "title"), default=0)
    if not titled:
        above, title = opening(whole.paragraphs, known, english=whole.english)
        found = above | dict.fromkeys(title, "title")
        titled = title[-1] + 1 if title else 0
    known = {**known, **found}
    paragraphs, start = whole.paragraphs, _title_at(whole, known)
    for n, p in whole.unknown(known):
        if n < titled:
            continue
        if whole.latin[n] and not whole.english:
            continue
        subtitle = bool(titled) and _continues_title(paragraphs[n - 1], p, last=found.get(n - 1, known.get(n - 1)))
        if not subtitle and (_is_text(p.text) or _is_epigraph(p) or (titled and _is_section(p))):
            break
        if layout.is_column_head(p.text) and not p.depth:
            found[n] = "furniture"
        elif subtitle or (not titled and n >= start):
            found[n], titled = "title", n + 1
        elif not titled:
            found[n] = "furniture"  # a journal's name, a column
        else:
            found[n] = "author"
    return found


def _title_at(whole: Whole, known: Known) -> int:
    """Return where a title may stand: at the highest heading among the first few paragraphs, if there is one."""
    first = [(p.depth, n) for n, p in list(whole.unknown(known))[:6] if p.depth and not layout.is_heading(p.text)]
    return min(first, default=(0, 0))[1] if min(first, default=(9, 0))[0] == 1 else 0


def _is_epigraph(p: Paragraph) -> bool:
    """Tell whether a sentence is quoted above the text."""
    return p.bullet and layout.ends(p.text)


def _is_text(text: str) -> bool:
    long = 90 if is_latin(text) else 30
    if _is_address(text) or layout.is_biography(text):
        return False
    if len(text) < long:
        return text[-1] in "。！？" and not is_latin(text)
    return "。" in text or layout.ends(text) or layout.pauses(text) or len(text) > 2 * long


def _is_address(text: str) -> bool:
    """Tell whether a line says where the author works: a place, and a rank or brackets round it."""
    return len(text) < 120 and _PLACE.search(text[:30]) is not None and (layout.is_biography(text) or text[0] in "（(")


def _is_section(paragraph: Paragraph) -> bool:
    if layout.is_heading(paragraph.text):
        return True
    is_name = is_names(paragraph.text) or is_name_list(paragraph.text) or _PLACE.search(paragraph.text)
    return paragraph.depth > 0 and not is_name


def _continues_title(before: Paragraph, p: Paragraph, *, last: Kind | None) -> bool:
    if last != "title":
        return False
    if _OPEN_TITLE.search(before.text) and len(p.text) <= _TITLE_AT_MOST and not layout.ends(p.text):
        return True
    return _SUBTITLE.match(p.text) is not None or (
        p.depth > 0 and p.depth == before.depth and not _NAMES.fullmatch(p.text)
    )
