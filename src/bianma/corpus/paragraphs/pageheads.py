"""Page heads that stand too seldom to be known by coming back: once or twice, in two lines, with the author's name.

Two signs are asked for. The line stands at a page's edge, that is right after a form feed or a page number; and it
repeats what the article's first lines say (its title, the journal's name, the author), or names a volume or an issue.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from bianma.corpus.paragraphs.lines import Line, head_key
from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN

_FRONT, _KEY_AT_LEAST, _LATIN_AT_LEAST = 12, 5, 10  # lines; characters of a key in Han and in Latin text
_AT_MOST, _MORE_AT_MOST = 90, 24  # characters of a head, and of what it says besides the repeated
_PAGE_NUMBER = re.compile(r"[-–—·•.*|\s]*(?:第\s*)?\d{1,4}(?:\s*[页頁])?[-–—·•.*|\s]*")
_PAGE_NUMBER_AT_MOST = 16
_BREAK = re.compile("\f+")
_RULE = re.compile(r"-{3,}")
_STOP = re.compile("[。，；！？]")
_ISSUE = re.compile(
    rf"[{HAN}《》〈〉·・ \u3000]{{2,24}}[（(]?(?:总|總)?第\s*\d+\s*[卷期輯辑][)）]?[\s\d年卷第期（）()总總]{{0,16}}|"
    rf"第\s*\d+\s*[卷期輯辑]\s*[{HAN}《》〈〉·・ \u3000]{{2,24}}"
)
_NAMED = re.compile(
    rf"(?P<name>[{HAN}·]{{2,6}}(?:[\s、，,]+[{HAN}·]{{2,6}}){{0,3}}(?:\s*等)?|[A-Z][\w.'’-]+(?:[\s,&]+[\w.'’-]+){{0,6}})"
    r"\s*[:：/／|｜\u3000]\s*(?P<title>\S.{3,})"
)
_NUMBERED = re.compile(r"^\d{1,4}\s|\s\d{1,4}$")

Lines = Sequence[Line | None]


def with_heads(found: Lines, raw: str) -> Lines:
    """Return the lines with those marked `head` that are page heads."""
    edges = _edges(found, raw)
    feet = _feet(found) if "---" in raw else []
    if not edges and not feet:
        return found
    front = [n for n, line in enumerate(found) if line][:_FRONT]
    keys = _keys(found, front)
    heads = {m for n in edges if n > front[-1] for m in _head_at(found, n, keys)}
    heads |= {n for n in feet if n > front[-1] and _is_numbered_head(_text(found, n), keys)}
    if not heads:
        return found
    return [line._replace(head=True) if line and n in heads else line for n, line in enumerate(found)]


def _keys(found: Lines, front: Sequence[int]) -> frozenset[str]:
    """Return the keys of the front's lines, and of neighbouring ones read as one."""
    texts = [line.text for n in front if (line := found[n])]
    joined = [a + b for a, b in pairwise(texts)]
    keys = (head_key(text) for text in [*texts, *joined] if len(text) <= _AT_MOST and layout.label_of(text) is None)
    return frozenset(key for key in keys if len(key) >= _least(key))


def _edges(found: Lines, raw: str) -> list[int]:
    """Return the numbers of the lines that open a page: they follow a form feed, a page number or a rule."""
    short = [n for n, line in enumerate(found) if line and len(line.text) <= _PAGE_NUMBER_AT_MOST]
    closing = [n for n in short if _PAGE_NUMBER.fullmatch(_text(found, n)) or _RULE.fullmatch(_text(found, n))]
    opening = {_next(found, n) for n in closing} | set(_after_breaks(found, raw))
    # what opens a page may stand below the name of the journal, which is told by itself
    below = {_next(found, n) for n in opening if n < len(found) and layout.is_furniture(_text(found, n))}
    return sorted(n for n in opening | below if n < len(found) and n not in closing)


def _after_breaks(found: Lines, raw: str) -> list[int]:
    """Return the numbers of the first lines after form feeds."""
    if "\f" not in raw:
        return []
    places = [(line.start, n) for n, line in enumerate(found) if line]
    after = (bisect_left(places, (m.start(), 0)) for m in _BREAK.finditer(raw))
    return [places[k][1] for k in after if k < len(places)]


def _next(found: Lines, n: int) -> int:
    """Return the number of the next line that is not blank; that of no line at the end."""
    return next((m for m in range(n + 1, len(found)) if found[m]), len(found))


def _feet(found: Lines) -> list[int]:
    """Return the numbers of the lines right above a rule, which is how a converter parts pages."""
    rules = [n for n, line in enumerate(found) if line and line.text[:3] == "---" and _RULE.fullmatch(line.text)]
    above = (next((m for m in range(n - 1, -1, -1) if found[m]), -1) for n in rules)
    return [n for n in above if n >= 0]


def _text(found: Lines, n: int) -> str:
    line = found[n]
    return line.text if line else ""


def _head_at(found: Lines, n: int, keys: frozenset[str]) -> list[int]:
    """Return the lines of the page head at `n`: one, or two up to a blank line; none where the text reads on."""
    first = found[n]
    if first is None or len(first.text) > _AT_MOST or layout.ends(first.text) or layout.opening_mark(first.text):
        return []
    if layout.numbering(first.text) in (1, 2):
        return []  # a section's heading, which a contents page has named before
    second = found[n + 1] if n + 1 < len(found) else None
    if second is None:
        return [n] if _is_head(first.text, keys) else []
    if head_key(first.text) in keys:
        return [n]
    alone = n + 2 >= len(found) or found[n + 2] is None
    return [n, n + 1] if alone and _is_head(first.text + second.text, keys) else []


def _is_head(text: str, keys: frozenset[str]) -> bool:
    """Tell whether a text at a page's edge is its head, a blank line below it."""
    if len(text) > _AT_MOST or _STOP.search(text) or layout.ends(text):
        return False
    if _ISSUE.fullmatch(text.strip()):
        return True
    key = head_key(text)
    if any(k in key and len(key) - len(k) <= _MORE_AT_MOST for k in keys):
        return len(key) < 2 * _KEY_AT_LEAST or any(2 * len(k) >= len(key) for k in keys if k in key)
    return _is_numbered_head(text, keys) or _is_named_head(text, keys)


def _is_named_head(text: str, keys: frozenset[str]) -> bool:
    """Tell whether a name stands before what a title begins with: the head leaves the subtitle out."""
    match = _NAMED.fullmatch(text.strip())
    if not match or layout.is_heading(match["name"]):
        return False
    title = head_key(match["title"])
    return len(title) >= _least(title) and any(key.startswith(title) for key in keys)


def _is_numbered_head(text: str, keys: frozenset[str]) -> bool:
    """Tell whether a page number stands in a line beside part of what the front says: 60 The Journal's Name."""
    if len(text) > _AT_MOST or not _NUMBERED.search(text.replace("*", "").strip()):
        return False
    key = head_key(text)
    return len(key) >= _least(key) and any(key in k for k in keys)


def _least(key: str) -> int:
    return _LATIN_AT_LEAST if key.isascii() else _KEY_AT_LEAST
