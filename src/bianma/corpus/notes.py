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
from itertools import groupby

from bianma.corpus.draft import Range
from bianma.corpus.patterns import layout, marks
from bianma.corpus.patterns.bare import bracketed, may_be_marks

_MISREAD = "◎®©♡○°@"
_BEGINS = re.compile(rf"[<\[［〔$^\\*＊∗※†‡{layout.CIRCLED}\u00b9\u00b2\u00b3\u2070-\u2079{_MISREAD}]")
_MARK = re.compile(
    rf"<sup>(?P<sup>[^<\n]{{1,12}})</sup>|\[\^(?P<foot>[^\]\n]+)\]|"
    rf"\\?[\[［〔]\s*(?P<bracket>\d{{1,3}})(?:\s*[-–—~,，、]\s*\d{{1,3}})*\s*\\?[\]］〕]|"
    rf"(?P<raised_bracket>{marks.RAISED})|(?P<roman>{marks.ROMAN})|"
    rf"\$[^$\n]{{0,24}}?(?P<math>[{layout.CIRCLED}]|\^[^$\n]{{1,12}}|\\textcircled[^$\n]{{1,8}})[^$\n]{{0,8}}\$|"
    rf"\^[\[(]?(?P<caret>\d{{1,3}})[\])]?\^?|(?P<circled>[{layout.CIRCLED}])|(?P<raised>[\u00b9\u00b2\u00b3\u2070-\u2079]+)|"
    rf"(?P<misread>[{_MISREAD}])|(?P<star>\\?[*＊∗※†‡]+)"
)
_LINKED, _LYNX_MARK = re.compile(marks.LINKED), re.compile(marks.LYNX)
_WORDED = re.compile(rf"{marks.WORDED}|{marks.WORD_AND_NUMBER}(?=[，。；：、！？」』”]|$)", re.MULTILINE)
_WORD = re.compile(rf"[註注][釋释解]?\s*[\d{layout.CIRCLED}一二三四五六七八九十]")
_ARROWS = ("^", "↑")
_DIGITS = re.compile(r"\d{1,3}")
_LYNX = re.compile(r"\[\d{1,3}\]\^?(\d{1,3})$")  # a text browser's number of the link, then the mark
_ROMAN = re.compile(r"\^?[\[［〔(（]?\s*([ivx]+)\s*[\]］〕)）]?\^?")
_ROMAN_NUMBERS = {
    tens + ones: 10 * len(tens) + n
    for tens in ("", "x", "xx", "xxx")
    for n, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
}
_NUMERALS = "〇一二三四五六七八九"
_COUNTED = re.compile(r"[註注][釋释解]?\s*([一二三四五六七八九十]{1,3})")


@dataclass(frozen=True, slots=True)
class Note:
    """A note's `sign` as printed, and where in the source it begins: at its sign, where that was left out."""

    sign: str
    start: int


@dataclass(slots=True)
class _Mark:
    number: str
    place: Range
    worded: bool
    taken: bool = False


def number_of(sign: str) -> str:
    """Return what two signs of one note share: its number in digits, or its stars; empty if it cannot be read.

    >>> number_of("<sup>②</sup>"), number_of("[12]"), number_of("®"), number_of("\\\\*")
    ('2', '12', '', '*')
    """
    lynx = _LYNX.match(sign)
    if lynx:
        return str(int(lynx[1]))
    circled = "".join(str(int(unicodedata.numeric(c))) for c in sign if c not in "0123456789" and _is_numeral(c))
    if circled:
        return circled
    digits = _DIGITS.search(sign)
    if digits:
        return str(int(digits[0]))
    roman = _ROMAN.fullmatch(sign.replace("\\", ""))
    if roman:
        return str(_ROMAN_NUMBERS.get(roman[1], "") or "")
    counted = _COUNTED.search(sign)
    if counted:
        return str(_in_figures(counted[1]))
    return "".join("*" if c in "*＊∗" else c for c in sign if c in "*＊∗※†‡")


def _in_figures(numeral: str) -> int:
    """Return what a Chinese numeral below a hundred stands for."""
    tens, ten, ones = numeral.rpartition("十")
    return 10 * (_NUMERALS.find(tens) if tens else bool(ten)) + max(0, _NUMERALS.find(ones[:1]) if ones else 0)


def _is_numeral(char: str) -> bool:
    return unicodedata.category(char) == "No" and unicodedata.numeric(char, 0.5).is_integer()


def _is_worded(sign: str) -> bool:
    return "註" in sign or "注" in sign or "ote" in sign


def counted(signs: Sequence[str], text: str) -> list[str]:
    """Return the signs, with the arrow that a wiki puts before each note replaced by the note's number in its list.

    >>> counted(["^", "", "^", "^"], "信任[註 1]與猜疑[1]，各有其成本[2]。")
    ['[註1]', '', '[1]', '[2]']
    """
    if not any(sign[:1] in _ARROWS for sign in signs if sign):
        return list(signs)
    worded = {number_of(m[0]) for m in _WORDED.finditer(text)}
    done: list[str] = []
    for arrow, group in groupby(signs, key=lambda sign: sign[:1] in _ARROWS and sign != ""):
        same = list(group)
        form = "[註{}]" if len(same) == len(worded) else "[{}]"
        done += [form.format(n) for n in range(1, len(same) + 1)] if arrow else same
    return done


def mark_places(text: str, notes: Sequence[Note], kept: Sequence[Range]) -> list[Range | None]:
    """Return for each note, in order of place, the range of its mark in `text`; None where no mark can be its own.

    `kept` are the ranges of `text` that stand in passages, in order: what stands there is no mark.
    """
    marks = list(_marks(text, notes, kept)) if notes else []
    places: list[Range | None] = []
    # Where the last note of each number stands: below its page, a new page begins.
    before: dict[tuple[str, bool], int] = {}
    after = 0
    for note in notes:
        number = number_of(note.sign)
        form = number, _is_worded(note.sign)
        mark = _own(marks, note, number, before.get(form, -1)) or _misread(marks, after, note.start)
        if mark:
            mark.taken, after = True, mark.place[1]
        places.append(mark.place if mark else None)
        before[form] = note.start
    return places


def _own(marks: Sequence[_Mark], note: Note, number: str, after: int) -> _Mark | None:
    """Return the first mark with `number` between `after`, where the last note of that number stands, and this note.

    Where [1] and [註1] count apart, a mark in the note's own form comes first.
    """
    free = [m for m in marks if m.number == number != "" and not m.taken and after < m.place[0] < note.start]
    worded = _is_worded(note.sign)
    return next((m for m in free if m.worded == worded), free[0] if free else None)


def _misread(marks: Sequence[_Mark], start: int, end: int) -> _Mark | None:
    """Return the next mark that could not be read."""
    return next((m for m in marks if m.number == "" and not m.taken and start <= m.place[0] < end), None)


def _marks(text: str, notes: Sequence[Note], kept: Sequence[Range]) -> Iterator[_Mark]:
    """Yield what may be a mark: it reads like one, stands in no passage, and is no note's own sign."""
    signs = {note.start for note in notes}
    starts = [start for start, _ in kept]
    done = 0
    for match in _candidates(text, notes):
        at, end = match.span()
        n = bisect_right(starts, at) - 1
        if at < done or (n >= 0 and at < kept[n][1]):
            continue
        done = end
        if at in signs:
            continue
        groups = (value for value in match.groupdict().values() if value is not None)
        yield _Mark(number_of(next(groups, match[0])), (at, end), _is_worded(match[0]))


def _candidates(text: str, notes: Sequence[Note]) -> list[re.Match[str]]:
    bare = any(note.sign.isdigit() for note in notes)
    in_brackets = any(note.sign[:1] in ("(", "（") for note in notes)
    lynx = list(_LYNX_MARK.finditer(text)) if "]^" in text else []
    forms = (_LINKED, _MARK) if "](" in text else (_MARK,)
    places = [sign.start() for sign in _BEGINS.finditer(text)]
    signs = (mark for at in places for form in forms if (mark := form.match(text, at)))
    found = [*lynx]
    found += (mark for mark in signs if not (lynx and mark.lastgroup == "bracket"))  # it numbers its links so
    found += _WORDED.finditer(text) if _WORD.search(text) else ()
    found += bracketed(text) if in_brackets else ()
    return sorted([*found, *(may_be_marks(text) if bare else ())], key=lambda m: m.start())
