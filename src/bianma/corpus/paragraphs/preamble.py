"""Front matter: what a clipper or a site generator sets before the text, between two rules, as keys and values.

    ---
    title: …
    author:
      - "[[…]]"
    ---

All of it is the page's, whatever its keys; what it says of the article is read elsewhere.
"""

import re
from collections.abc import Sequence

from bianma.corpus.paragraphs.lines import Line

_OPENS, _CLOSES = re.compile(r"[\s\ufeff]*---[ \t]*\r?\n"), re.compile(r"-{3}|\.{3}")
_KEY = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w .-]{0,30}:(?:\s|$)")
_ITEM = re.compile(r"-\s|\[|\]|#")
_AT_MOST = 60  # lines

Lines = Sequence[Line | None]


def parted(found: Lines, raw: str) -> tuple[list[Line | None], Lines]:
    """Return the lines of the front matter, marked as the page's, and the rest."""
    end = _end(found) if _OPENS.match(raw) else None
    if end is None:
        return [], found
    return [line._replace(head=True) if line else None for line in found[: end + 1]], found[end + 1 :]


def _end(found: Lines) -> int | None:
    """Return the number of the line that closes the front matter; None where what stands between is no front matter."""
    start = next(n for n, line in enumerate(found) if line)
    keys = 0
    for n in range(start + 1, min(start + _AT_MOST, len(found))):
        line = found[n]
        if line is None:
            continue
        if _CLOSES.fullmatch(line.text):
            return n if keys else None
        key = line.indent == 0 and _KEY.match(line.text) is not None
        if not (key or (keys and (line.indent or _ITEM.match(line.text)))):
            return None
        keys += key
    return None
