"""Whether a short find cuts a word in two: 国家结[盟主]要是 holds no 盟主, for 结盟 and 主要 stand there.

Segmenting is slow and often wrong in this field, so jieba is asked only where a boundary is in doubt: the find is a
literal of at most two Han characters, and one of them makes a word of jieba's dictionary with its neighbour outside.
Then the clause is cut (without guessing unknown words, the codebook's terms being known ones), and the find is dropped
if a word reaches across its boundary without holding all of it.
"""

from collections.abc import Iterable
from functools import cache, cached_property

import jieba

from bianma.suggest.scan import Around

SHORT = 2  # Han characters


class Boundaries:
    """A segmenter that knows the terms of a codebook. Its dictionary is read when it is first needed."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(terms)

    def cut_through(self, around: Around, start: int, end: int) -> bool:
        """Tell whether `[start, end)` of the scanned text is short and cuts a word in two."""
        form = around.form
        if end - start > SHORT or form[start:end].isascii():
            return False
        first, last = around.clause(start)
        words = self._words
        left = start > first and words.FREQ.get(form[start - 1 : start + 1], 0)
        right = end < last and words.FREQ.get(form[end - 1 : end + 1], 0)
        return bool(left or right) and self._crossed(form[first:last], start - first, end - first)

    def _crossed(self, clause: str, start: int, end: int) -> bool:
        at = 0
        for word in self._words.cut(clause, HMM=False):
            reached = at + len(word)
            overlaps = at < end and start < reached
            if overlaps and not (at <= start and end <= reached) and not (start <= at and reached <= end):
                return True
            at = reached
        return False

    @cached_property
    def _words(self) -> jieba.Tokenizer:
        known = _dictionary()
        words = jieba.Tokenizer()
        words.FREQ, words.total, words.initialized = dict(known.FREQ), known.total, True
        for term in self._terms:
            words.add_word(term)
        return words


@cache
def _dictionary() -> jieba.Tokenizer:
    """Read jieba's dictionary, once: it takes a second."""
    jieba.setLogLevel("ERROR")
    words = jieba.Tokenizer()
    words.initialize()
    return words
