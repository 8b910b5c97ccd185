"""Lines of a block that open something though no blank line, mark or number says so.

A heading in wrapped text: short and without a stop, below a line that ends with one, above a full line. The next
article's title on a page of English summaries: between the keywords of one and the abstract of the next.
"""

import re
from collections.abc import Sequence

from bianma.corpus.patterns import layout
from bianma.corpus.script import has_han, is_latin, width

_NO_ENDS, _NO_STARTS = frozenset("。！，、；：,;:.—-–…）)」』”’（(《「“"), frozenset("，。、；：）」』”’》")
_STOP = re.compile("[。，；！]")
_ABSTRACT = re.compile(r"\**(?:Abstract|ABSTRACT|Summary)\b")
_KEYWORDS = re.compile(r"\**Key\s*-?words?\b", re.IGNORECASE)
_TITLE_LINES = 8  # lines, of keywords, title and authors


def openings(texts: Sequence[str], wrap: int) -> list[int]:
    """Return the numbers of such lines among the `texts` of a block's lines, wrapped at `wrap` columns."""
    short = [n for n in range(1, len(texts) - 1) if 2 * len(texts[n]) < wrap]
    found = [n for n in short if _is_heading(texts[n - 1], texts[n], texts[n + 1], wrap)]
    abstracts = [n for n, text in enumerate(texts) if n >= 2 and text[0] in "*AS" and _ABSTRACT.match(text)]
    titles = (_title_above(texts, n) for n in abstracts)
    return [*found, *(n for n in titles if n is not None)]


def _is_heading(before: str, text: str, after: str, wrap: int) -> bool:
    if not has_han(text) or width(text) >= 0.6 * wrap or text[-1] in _NO_ENDS or text[0] in _NO_STARTS:
        return False
    if _STOP.search(text) or not layout.ends(before) or layout.opening_mark(text) or layout.PLAIN_MARK.match(text):
        return False
    return width(after) >= 0.85 * wrap


def _title_above(texts: Sequence[str], abstract: int) -> int | None:
    """Return the line below English keywords, above the `abstract` of the next article, that opens its title."""
    above = range(abstract - 1, max(-1, abstract - 1 - _TITLE_LINES), -1)
    keywords = next((n for n in above if _KEYWORDS.match(texts[n])), None)
    if keywords is None:
        return None
    between = range(keywords + 1, abstract)
    return next((n for n in between if _may_be_title(texts[n - 1], texts[n])), None)


def _may_be_title(before: str, text: str) -> bool:
    words = text.split()
    return text[0].isupper() and len(words) >= 3 and ";" not in text and before[-1] not in ",;，；-–" and is_latin(text)
