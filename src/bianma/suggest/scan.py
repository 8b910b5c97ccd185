"""The form in which texts and cues are scanned: folded, without the blanks beside Han; and what lies around a place.

A text and a cue pass through the same two steps, so a cue's form stands in the text's form wherever the cue stands in
the text, in either script. A cue never begins or ends with a blank or a dash, so its form does not depend on what
stands beside it.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache

from bianma.codebook.patterns import CLAUSE_ENDS
from bianma.corpus.fold import fold
from bianma.corpus.offsets import OffsetMap, derive
from bianma.spans import Span

_GAP = re.compile(r"[\s-]+")  # folding has made every dash one
_CLAUSE_END = re.compile(f"[{CLAUSE_ENDS}]")
_SENTENCE_END = re.compile("[。!?\n]")


def scan_form(text: str) -> tuple[str, OffsetMap]:
    """Return `text` as it is scanned, with the map back: folded, without the blanks beside Han.

    Between two Latin letters or digits a run of blanks and dashes becomes one blank; elsewhere each dash stays. A line
    break stays, and an ideographic space (U+3000) becomes one: it parts keywords, and no term goes on beyond it.

    >>> scan_form("hub–and–spoke 體 系")[0]
    'hub and spoke体系'
    """
    folded, map_to_text = fold(text)
    kept, written, at = [], [], 0
    for gap in _GAP.finditer(folded):
        if gap.start() > at:
            kept.append((at, gap.start()))
        at = gap.end()
        before, after = folded[gap.start() - 1 : gap.start()], folded[at : at + 1]
        parts = "\u3000" in map_to_text.to_original(Span(*gap.span())).quote(text)
        written.append((gap.start(), at, "\n" if parts else _gap_form(gap[0], before, after)))
    if not written:
        return folded, map_to_text
    if at < len(folded):
        kept.append((at, len(folded)))
    form, map_to_folded = derive(folded, kept, written)
    return form, map_to_folded.after(map_to_text)


@lru_cache(maxsize=1 << 16)
def piece_form(text: str) -> str:
    """Return a piece of a pattern as it stands in scanned text: a blank at its edge stays where Latin is beside it.

    >>> piece_form("fear of "), piece_form("安全 困境")
    ('fear of ', '安全困境')
    """
    folded = fold(text)[0]
    return _GAP.sub(lambda m: " " if _beside_latin(folded, m) else _gap_form(m[0], "", ""), folded)


def whole_word(form: str, start: int, end: int) -> bool:
    """Tell whether no Latin letter goes on beyond a Latin edge of `[start, end)`, and no digit beyond a digit."""
    return not (_joined(form[start - 1 : start], form[start]) or _joined(form[end - 1], form[end : end + 1]))


class Around:
    """Where the clauses and sentences of a scanned text begin and end."""

    def __init__(self, form: str) -> None:
        self.form = form

    def clause(self, at: int) -> tuple[int, int]:
        """Return the half-open range of the clause that holds position `at`."""
        return self._between(self._clause_ends, at)

    def number(self, at: int) -> int:
        """Return the number of the clause that holds position `at`, from 0."""
        return bisect_right(self._clause_ends, at)

    def clause_of(self, number: int) -> tuple[int, int]:
        """Return the half-open range of a clause by its number."""
        return self._range(self._clause_ends, number)

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the half-open range of the sentence that holds position `at`."""
        return self._between(self._sentence_ends, at)

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [m.start() for m in _CLAUSE_END.finditer(self.form)]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [m.start() for m in _SENTENCE_END.finditer(self.form)]

    def _between(self, ends: list[int], at: int) -> tuple[int, int]:
        return self._range(ends, bisect_right(ends, at))

    def _range(self, ends: list[int], n: int) -> tuple[int, int]:
        return (ends[n - 1] + 1 if n else 0), (ends[n] if n < len(ends) else len(self.form))


def _beside_latin(text: str, gap: re.Match[str]) -> bool:
    before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    return all(_is_latin(c) for c in (before, after) if c)


def _gap_form(gap: str, before: str, after: str) -> str:
    if _is_latin(before) and _is_latin(after):
        return " "
    return "\n" if "\n" in gap or "\r" in gap else "".join(gap.split())


def _joined(left: str, right: str) -> bool:
    if left.isdigit() or right.isdigit():
        return left.isdigit() and right.isdigit()
    return _is_latin(left) and _is_latin(right)


def _is_latin(char: str) -> bool:
    return char.isalnum() and (char < "\u0250" or unicodedata.name(char, "").startswith("LATIN"))
