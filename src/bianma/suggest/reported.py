"""Who says it: the reports of a text, each with its holder and the stretch of text that it reports.

A report is a verb with somebody before it (施韦勒认为), a frame around somebody (据日本媒体报道) or somebody's view
(施韦勒的观点是). It reports what follows in its sentence, until the author speaks again; at the end of a sentence it
reports what stands before. A quotation beside a report is reported as a whole, however many sentences it has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bianma.codebook.surroundings import DOTS, Voices
from bianma.suggest.nearby import Nearby, Word
from bianma.suggest.scan import piece_form, scan_form

_HAN_AT_MOST, _NAME_AT_MOST, _ENGLISH_AT_MOST = 14, 7, 8  # characters, characters, words of a holder
_SPEECH_AT_LEAST = 15  # characters of a quotation that is speech whoever speaks; shorter ones set a word apart
_AFTER_VIEW = re.compile(r"\s?(?:[:,是即为]|is\b|认为|在于)")
# What a sentence holds, and no bare name.
_NO_NAME = re.compile("[的把将能会要就都只是在不没有为与以从其可这那它对若因使让第种]|一旦|如果")
_BARE = " \"'、()[]"
_DATE = r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?"
_OPENING = re.compile(rf"(?:{_DATE}|在?\d+世纪(?:\d+年代)?)[,\s]?")
_CLOSING = re.compile(
    r"(?:\(\d{4}[a-z]?\)|\d{4}年(?:\d+月)?(?:\d+日)?|在[^,]{0,6}《[^》]*》[^,]{0,4}|在[^,的]{1,12}[中里上时间]|于[^,的]{1,10})$"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What `[start, end)` reports: all in `[low, high)`; `holder` is a range, or None where nobody is named."""

    start: int
    end: int
    low: int
    high: int
    holder: tuple[int, int] | None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Whose voice a span is in: the author's, or somebody else's; `holder` a range of the form."""

    attributed: bool
    holder: tuple[int, int] | None = None


class Reports:
    """The compiled ways of reporting."""

    def __init__(self, voices: Voices) -> None:
        def forms(kind: str) -> tuple[str, ...]:
            made = {scan_form(word)[0] for word in voices.reports.get(kind, ())}
            return tuple(sorted(made, key=lambda form: (-len(form), form)))

        self._heads, self._own, self._modals = forms("heads"), forms("own"), forms("modals")
        self._nobody, self._no_holder = forms("nobody"), forms("no_holder")
        self._leading, self._trailing = forms("leading"), forms("trailing")
        frames = [f.partition(DOTS) for f in voices.reports.get("frames", ())]
        self._frames = [
            re.compile(f'{_edge(a)}(?P<who>[^,。;:!?\n"]{{1,30}}?){_close(b)}') for a, b in _by_opening(frames)
        ]
        self._signs = tuple({piece_form(a).strip() for a, _, _ in frames})

    def of(self, near: Nearby) -> list[Report]:
        """Return the reports of a text, in order of position."""
        frames = list(self._framed(near))
        out = list(frames)
        for word in near.words("reports"):
            if any(f.start < word.end and word.start < f.end for f in frames):
                continue
            if word.roles & {"verbs", "showing"} and (made := self._by_verb(near, word, out)):
                out.append(made)
            elif "views" in word.roles:
                out.extend(self._by_view(near, word))
        return sorted(out, key=lambda r: (r.start, r.low))

    def told(self, near: Nearby, reports: list[Report], start: int, end: int) -> Told:
        """Tell whose voice `[start, end)` is in."""
        around = next(((a, b) for a, b in near.quotations if a < start and end <= b), None)
        if around and (report := _beside(near, reports, around)):
            return Told(not report.own, report.holder)
        over = [r for r in reports if r.low <= start and end <= r.high]
        if over:
            report = max(over, key=lambda r: r.low)
            return Told(not report.own, report.holder)
        return Told(around is not None and _is_speech(near, around))

    def _framed(self, near: Nearby) -> Iterator[Report]:
        if not any(sign in near.form for sign in self._signs):
            return
        no = [w for w in near.words("reports") if "no_report" in w.roles]
        taken = 0
        for match in sorted((m for f in self._frames for m in f.finditer(near.form)), key=lambda m: m.span()):
            start, end = match.span()
            if start < taken or any(w.start <= start < w.end for w in no):
                continue
            taken = end
            a, b = self._trim(near, *match.span("who"))
            own = near.form[a:b].endswith(self._own)
            low, high = near.sentence(start)
            holder = (a, b) if a < b and not own else None
            yield Report(start, end, end, self._until(near, end, high), holder, own)
            if not near.form[end:high].strip(_BARE):
                yield Report(start, end, low, start, holder, own)

    def _by_verb(self, near: Nearby, verb: Word, earlier: list[Report]) -> Report | None:
        clause, (low, high) = near.clause(verb.start), near.sentence(verb.start)
        begin = max(near.form.rfind(c, clause[0], verb.start) for c in '"]') + 1 or clause[0]
        subject = near.form[begin : verb.start].strip(_BARE)
        who = self._who(near, begin, verb) if subject else ""
        if who == "":
            who = _carried(earlier, low, verb.start)
        described = near.form.startswith("的", verb.end) and not near.form.endswith("所", begin, verb.start)
        if who is None or described:  # 美国重申的承诺
            return None
        holder = who if isinstance(who, tuple) else None
        own = who == "own"
        if holder and not near.form[verb.end : high].strip(_BARE + "道过") and clause[0] > low:
            return Report(begin, verb.end, low, begin, holder, own)
        return Report(begin, verb.end, verb.end, self._until(near, verb.end, high), holder, own)

    def _by_view(self, near: Nearby, view: Word) -> Iterator[Report]:
        """Yield what a named view covers: what lies between its holder and it, and what it is said to be."""
        begin, _ = near.clause(view.start)
        about = re.search("关于|有关|对", near.form[begin : view.start])
        a, b = self._trim(near, begin, begin + about.start() if about else view.start)
        if a >= b or not self._names(near, a, b, near.form[a:b], bare=True):
            return
        yield Report(a, view.end, b, view.start, (a, b))
        if _AFTER_VIEW.match(near.form, view.end):
            _, high = near.sentence(view.start)
            yield Report(a, view.end, view.end, self._until(near, view.end, high), (a, b))

    def _until(self, near: Nearby, at: int, high: int) -> int:
        """Return where the author speaks again, at most `high`."""
        for word in near.words("reports", at, high):
            opens = not near.form[near.clause(word.start)[0] : word.start].strip()
            if "ends" in word.roles or ("own" in word.roles and opens and word.start > at):
                return word.start
        return high

    def _who(self, near: Nearby, begin: int, verb: Word) -> tuple[int, int] | str | None:
        """Return the holder before a verb.

        Or "own" for the author, "nobody" for no one in particular, "" where only connectives stand, None for no report.
        """
        a, b = self._trim(near, begin, verb.start)
        whole, name = near.form[begin : verb.start].strip(), near.form[a:b]
        if whole.endswith(self._modals) or _ends_in(name, self._own + self._modals):
            return "own"
        if (passive := name.rfind("被")) >= 0:
            return (a + passive + 1, b) if name[passive + 1 :] and name[-1] != "被" else "nobody"
        if whole.endswith(self._nobody) and (not name or name in self._nobody or whole.endswith("被")):
            return "nobody"
        if not name:
            return ""
        if "showing" in verb.roles:
            return (a, b) if _ends_in(name, self._heads) else None
        sure = "naming" in verb.roles or name.isascii() or near.form[verb.end : verb.end + 1] in (",", ":", '"')
        return self._names(near, a, b, name, bare=sure)

    def _names(self, near: Nearby, a: int, b: int, name: str, *, bare: bool) -> tuple[int, int] | None:
        """Return the part of `[a, b)` that names a holder: by its last word, by an actor in it, or by its shortness."""
        if len(name) > _HAN_AT_MOST and not name.isascii() and (cut := name.rfind("的")) >= 0:
            a, name = a + cut + 1, name[cut + 1 :]
        actors = [w for w in near.words("actors", a, b) if w.name]
        if name.isascii():
            return (a, b) if self._is_english_name(near, a, b, name) else None
        if len(name) <= _HAN_AT_MOST and self._is_titled(name):
            return a, b
        if actors and actors[0].start == a:
            return a, actors[0].end
        if not (name and bare) or name.startswith(self._no_holder) or _NO_NAME.search(name):
            return None
        return (a, b) if len(name) <= _NAME_AT_MOST or "·" in name else None

    def _is_titled(self, name: str) -> bool:
        """Tell whether a title or a kind of holder ends the name, or stands before a bare name."""
        for head in self._heads:
            if name.endswith(head):
                return len(head) > 1 or name.startswith("有") or not _NO_NAME.search(name)
            if len(head) > 1 and head in name:
                return not _NO_NAME.search(name[name.rfind(head) :])
        return False

    def _is_english_name(self, near: Nearby, a: int, b: int, name: str) -> bool:
        written = near.quote(a, b).split() if name.strip() else []
        if not 0 < len(written) <= _ENGLISH_AT_MOST or name.startswith(tuple(f"{w} " for w in self._no_holder)):
            return False
        return written[-1][0].isupper() or _ends_in(name, self._heads)

    def _trim(self, near: Nearby, a: int, b: int) -> tuple[int, int]:
        """Return `[a, b)` without what leads to a name or follows it: connectives, dates, adverbs."""
        form = near.form
        while a < b:
            if form[a] in _BARE:
                a += 1
            elif form[b - 1] in _BARE[:3] + "、":
                b -= 1
            elif (date := _OPENING.match(form, a, b)) and date.end() > a:
                a = date.end()
            elif near.words("actors", a, a + 1) or any(w.start == a and w.name for w in near.words("actors", a, b)[:1]):
                return a, self._end(form, a, b)
            elif word := next(
                (w for w in self._leading if form.startswith(w, a, b) and _apart(form, a + len(w), w)), ""
            ):
                a += len(word)
            else:
                return a, self._end(form, a, b)
        return a, b

    def _end(self, form: str, a: int, b: int) -> int:
        while a < b:
            piece = form[a:b].rstrip(_BARE[:3])
            word = next(
                (w for w in self._trailing if piece.endswith(w) and _apart(piece, len(piece) - len(w) - 1, w)), ""
            )
            closing = _CLOSING.search(piece)
            shorter = len(piece) - len(word) if word else closing.start() if closing else len(piece)
            if a + shorter == b:
                return b
            b = a + shorter
        return b


def _carried(earlier: list[Report], low: int, at: int) -> tuple[int, int] | str | None:
    """Return who spoke before in this sentence, for a verb that begins its clause."""
    before = [r for r in earlier if low <= r.start and r.end <= at]
    if not before:
        return None
    return "own" if before[-1].own else before[-1].holder or "nobody"


def _beside(near: Nearby, reports: list[Report], around: tuple[int, int]) -> Report | None:
    """Return the report that opens a quotation, or else the one that follows it."""
    opens, closes = around
    for r in reversed(reports):
        if r.end <= opens and opens - r.end <= 8 and not near.form[r.end : opens].strip(":, 道过"):
            return r
    if not _is_speech(near, around):
        return None
    return next((r for r in reports if r.start >= closes and not near.form[closes : r.start].strip(",. ")), None)


def _is_speech(near: Nearby, around: tuple[int, int]) -> bool:
    quoted = near.form[slice(*around)]
    return len(quoted) >= _SPEECH_AT_LEAST and any(c in quoted for c in ",。;!?.")


def _apart(form: str, at: int, word: str) -> bool:
    """Tell whether no Latin word goes on at `at`, beside the Latin `word`."""
    return not word[0].isascii() or not 0 <= at < len(form) or not form[at].isalnum()


def _ends_in(name: str, words: tuple[str, ...]) -> bool:
    return any(name.endswith(w) and _apart(name, len(name) - len(w) - 1, w) for w in words)


def _by_opening(frames: list[tuple[str, str, str]]) -> list[tuple[str, list[str]]]:
    """Return each opening with all that may close it."""
    out: dict[str, list[str]] = {}
    for opening, _, closing in frames:
        out.setdefault(opening, []).append(closing)
    return list(out.items())


def _edge(opening: str) -> str:
    form = piece_form(opening).strip()
    return rf"\b{re.escape(form)}\s" if form.isascii() else re.escape(form)


def _close(closings: list[str]) -> str:
    forms = sorted((piece_form(c).strip() for c in closings), key=lambda c: -len(c))
    return f"(?:{'|'.join(re.escape(c) if c else r'(?=[,.;]|$)' for c in forms)})"
