"""Notes and their marks: from which place in the running text a footnote or endnote is called.

The marks are left out of the passages, so they are looked for in the source, where nothing was kept. Numbers may count
through the article or begin anew on each page; a converter may have misread a circled number as ® or ◎, and then its
turn in the order tells.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bianma.corpus import layout
from bianma.corpus.draft import Range

_MISREAD = "◎®©♡○°@"
_BEGINS = re.compile(rf"[<\[［〔$^\\*＊∗※†‡{layout.CIRCLED}\u00b9\u00b2\u00b3\u2070-\u2079{_MISREAD}]")
_MARK = re.compile(
    rf"<sup>(?P<sup>[^<\n]{{1,12}})</sup>|\[\^(?P<foot>[^\]\n]+)\]|[\[［〔]\s*(?P<bracket>\d{{1,3}})(?:\s*[-–—~,，、]\s*\d{{1,3}})*\s*[\]］〕]|"
    rf"\$[^$\n]{{0,24}}?(?P<math>[{layout.CIRCLED}]|\^[^$\n]{{1,12}}|\\textcircled[^$\n]{{1,8}})[^$\n]{{0,8}}\$|"
    rf"\^\[?(?P<caret>\d{{1,3}})\]?\^|(?P<circled>[{layout.CIRCLED}])|(?P<raised>[\u00b9\u00b2\u00b3\u2070-\u2079]+)|"
    rf"(?P<misread>[{_MISREAD}])|(?P<star>\\?[*＊∗※†‡]+)"
)
_BARE = re.compile(r"(?<=[。！？；，”」』])\d{1,3}(?!\d)")
_FOOT = re.compile(r"\[\^([^\]\n]+)\]:?")
_WRAPPING = re.compile(r"<[^>]*>|\\textcircled|\\circ|[\\${}^]")
_DIGITS = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Note:
    """A note's `sign` as printed, and where in the source it begins: at its sign, where that was left out."""

    sign: str
    start: int


@dataclass(slots=True)
class _Mark:
    number: str
    place: Range
    taken: bool = False


def number_of(sign: str) -> str:
    """Return what two signs of one note share: its number in digits, or its stars; empty if it cannot be read.

    >>> number_of("<sup>②</sup>"), number_of("[12]"), number_of("®"), number_of("\\\\*")
    ('2', '12', '', '*')
    """
    circled = "".join(str(int(unicodedata.numeric(c))) for c in sign if c not in "0123456789" and _is_numeral(c))
    if circled:
        return circled
    digits = _DIGITS.search(sign)
    if digits:
        return str(int(digits[0]))
    return "".join("*" if c in "*＊∗" else c for c in sign if c in "*＊∗※†‡")


def _is_numeral(char: str) -> bool:
    return unicodedata.category(char) == "No" and unicodedata.numeric(char, 0.5).is_integer()


def printed(sign: str) -> str:
    """Return a sign as it is printed, without the mark-up that a converter put round it.

    >>> printed("<sup>①</sup>"), printed("[^3]:"), printed("[3]"), printed("†")
    ('①', '3', '[3]', '†')
    """
    foot = _FOOT.fullmatch(sign.strip())
    return foot[1] if foot else _WRAPPING.sub("", sign).strip()


def mark_places(text: str, notes: Sequence[Note], kept: Sequence[Range]) -> list[Range | None]:
    """Return for each note, in order of place, the range of its mark in `text`; None where no mark can be its own.

    `kept` are the ranges of `text` that stand in passages, in order: what stands there is no mark.
    """
    marks = list(_marks(text, notes, kept)) if notes else []
    places: list[Range | None] = []
    before: dict[str, int] = {}  # where the last note of each number stands: below its page, a new page begins
    after = 0
    for note in notes:
        number = number_of(note.sign)
        mark = _own(marks, number, before.get(number, -1), note.start) or _misread(marks, after, note.start)
        if mark:
            mark.taken, after = True, mark.place[1]
        places.append(mark.place if mark else None)
        before[number] = note.start
    return places


def _own(marks: Sequence[_Mark], number: str, start: int, end: int) -> _Mark | None:
    """Return the first mark with `number` between the last note of that number and this one."""
    return next((m for m in marks if m.number == number != "" and not m.taken and start < m.place[0] < end), None)


def _misread(marks: Sequence[_Mark], start: int, end: int) -> _Mark | None:
    """Return the next mark that could not be read."""
    return next((m for m in marks if m.number == "" and not m.taken and start <= m.place[0] < end), None)


def _marks(text: str, notes: Sequence[Note], kept: Sequence[Range]) -> Iterator[_Mark]:
    """Yield what may be a mark: it reads like one, stands in no passage, and is no note's own sign."""
    signs = {note.start for note in notes}
    starts = [start for start, _ in kept]
    done = 0
    for match in _candidates(text, bare=any(note.sign.isdigit() for note in notes)):
        at, end = match.span()
        n = bisect_right(starts, at) - 1
        if at < done or (n >= 0 and at < kept[n][1]):
            continue
        done = end
        if at in signs:
            continue
        groups = (value for value in match.groupdict().values() if value is not None)
        yield _Mark(number_of(next(groups, match[0])), (at, end))


def _candidates(text: str, *, bare: bool) -> list[re.Match[str]]:
    found = [mark for sign in _BEGINS.finditer(text) if (mark := _MARK.match(text, sign.start()))]
    return sorted([*found, *_BARE.finditer(text)], key=lambda m: m.start()) if bare else found
