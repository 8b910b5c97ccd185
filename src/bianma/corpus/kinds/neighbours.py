"""What stands on the first and last page of an article but belongs to the articles before and after it.

Two signs are asked for: the line in which the editor signs an article (or the square that ends it), and the head of
another article, told by its abstract or its author; or a second Chinese abstract under a title of its own. A remnant is
short beside the article; whatever is not, is kept.
"""

import re
from collections.abc import Mapping, Sequence

from bianma.corpus.kinds.opening import is_names
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout
from bianma.corpus.patterns.masthead import is_masthead
from bianma.corpus.script import has_han, is_latin
from bianma.records import Kind

_EDITOR = re.compile(
    r"\W{0,3}(?:[^。]{0,60}[\s，,；;])?(?:[责責]\s*任\s*[编編]\s*[辑輯]|[责責]\s*[编編]|本文[责責][编編]|[责責]任校[对對])\s*[:：\s].{1,30}"
)
_EDITOR_AT_MOST, _LATE, _HEAD = 110, 8, 8  # characters; paragraphs
_TITLE = range(5, 61)  # characters
_SHARE = 4  # the article is as many times as long as what is another's
_REMNANT_AT_MOST = 1600  # characters, what a page holds


def neighbours(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind], *, english: bool) -> dict[int, Kind]:
    """Return the paragraphs that are another article's, `foreign`."""
    if english:
        return {}
    ends = [n for n, p in enumerate(paragraphs) if _ends_article(p)]
    second = _second_head(paragraphs)
    if not ends and second is None:
        return {}
    sizes = [len(p.text) for p in paragraphs]
    found: dict[int, Kind] = {}
    if second is not None and _is_remnant(sum(sizes[second:]), sum(sizes[:second])):
        found |= {n: "foreign" for n in range(second, len(paragraphs)) if _is_theirs(paragraphs[n], n, known)}
    before = next((n for n in ends if n <= _LATE and _is_editors(paragraphs[n])), None)
    if before is not None and _begins_amid(paragraphs[: before + 1], known) and _opens(paragraphs, known, before + 1):
        other = [n for n in range(before) if n not in known]
        if _is_remnant(sum(sizes[n] for n in other), sum(sizes[before:])):
            found |= dict.fromkeys(other, "foreign")
    for end in ends:
        start = _opens(paragraphs, known, end + 1)
        if end == before or start is None or ends[-1] > start or not _is_another(paragraphs, end, start):
            continue  # what is signed in its turn is a piece of this file, not the beginning of one
        if _is_remnant(sum(sizes[start:]), sum(sizes[:end])):
            return found | {n: "foreign" for n in range(start, len(paragraphs)) if _is_theirs(paragraphs[n], n, known)}
    return found


def _second_head(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return where, below an article that has its own Chinese abstract, a title stands over another one."""
    abstracts = [n for n, p in enumerate(paragraphs) if _has_abstract_label(p.text)]
    if len(abstracts) < 2 or abstracts[-1] - abstracts[0] < _HEAD:
        return None
    above = range(abstracts[-1] - 1, max(abstracts[0], abstracts[-1] - 4), -1)
    titles = [n for n in above if _may_be_title(paragraphs[n]) and layout.label_of(paragraphs[n].text) is None]
    named = [n for n in titles if not is_names(paragraphs[n].text)]
    return named[0] if named and _is_another(paragraphs, named[0], named[0]) else None


def _has_abstract_label(text: str) -> bool:
    start = text[:10]
    if "摘" not in start and "提" not in start:
        return False
    label = layout.label_of(text)
    return label is not None and label[0] == "abstract" and has_han(text[: label[1]])


def _is_remnant(size: int, article: int) -> bool:
    return size <= _REMNANT_AT_MOST and _SHARE * size < article


def _is_editors(p: Paragraph) -> bool:
    if len(p.text) > _EDITOR_AT_MOST or not any(sign in p.text for sign in "责責"):
        return False
    return _EDITOR.fullmatch(p.text) is not None


def _ends_article(p: Paragraph) -> bool:
    if p.row or p.depth:
        return False
    return p.text != "" and (p.text[-1] in "■□◆◇¤" or _is_editors(p))


def _begins_amid(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind]) -> bool:
    """Tell whether a file begins in the middle of an article: with prose, and no head of its own above it."""
    first = next((p for n, p in enumerate(paragraphs) if n not in known), None)
    if first is None or first.depth or first.sign.text or not layout.ends(first.text) or "。" not in first.text:
        return False
    return not any(
        p.depth > 0 or ((label := layout.label_of(p.text)) is not None and label[0] in ("abstract", "keywords"))
        for p in paragraphs
    )


def _opens(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind], start: int) -> int | None:
    """Return where an article's head begins soon after `start`: a title, and its author or abstract below it."""
    title: int | None = None
    for n in range(start, min(start + _HEAD, len(paragraphs))):
        text = paragraphs[n].text
        if known.get(n) is not None or not text or is_masthead(text) or _is_aside(paragraphs[n]):
            continue
        if is_latin(text) or paragraphs[n].sign.text or paragraphs[n].row or layout.REFERENCES.fullmatch(text):
            return None
        label = layout.label_of(text)
        if title is not None and label is not None and label[0] in ("abstract", "keywords"):
            return title
        if title is not None and (is_names(text) or text.startswith(("编者按", "編者按"))):
            return title
        if label is None and _may_be_title(paragraphs[n]):
            title = n if title is None else title
        elif label is None and title is None:
            return None
    return None


def _is_aside(p: Paragraph) -> bool:
    """Tell whether a line closes the article before: in brackets, the author or the editor."""
    return p.text[0] in "（([［【〔" and p.text[-1] in "）)]］】〕" and layout.label_of(p.text) is None


def _may_be_title(p: Paragraph) -> bool:
    return len(p.text) in _TITLE and has_han(p.text) and "。" not in p.text and not layout.is_heading(p.text)


def _is_another(paragraphs: Sequence[Paragraph], end: int, start: int) -> bool:
    """Tell whether the head at `start` is not this article's own, set below it: another title, a second author."""
    title = "".join(paragraphs[start].text.split())
    return not any(title in "".join(p.text.split()) for p in paragraphs[: min(end, 16)] if len(p.text) <= 120)


def _is_theirs(p: Paragraph, n: int, known: Mapping[int, Kind]) -> bool:
    """Tell whether a paragraph below another article's title is its own; English pages and notes are told elsewhere."""
    if n in known or p.sign.text or is_latin(p.text):
        return False
    return not layout.is_citation(p.text) or layout.label_of(p.text) is not None
