"""What the coders of `whole_way.py` do: the choice of the work, the work itself, and what must come back of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tests.studio.browser import CoderAtDesk

from bianma.codebook import Codebook
from bianma.corpus import passage_map
from bianma.records import CODED_KINDS, CodedSpan, Passage, PassageId, Suggestion
from bianma.spans import Span
from bianma.studio.client import Desk
from bianma.study.store import Study

HOLDER, NOTE, PASSAGE_NOTE = "𠮷氏", "“怕”字不标？👍🏽", "一段两义"


@dataclass(frozen=True)
class Work:
    """What a coder does on one passage; what it does not name is left as it is.

    `move`: a suggestion and its new cleaned range; `draw`: a cleaned range and its code; `note`: a suggestion that gets
    an attribute, a doubt mark and a note.
    """

    passage: Passage
    shown: tuple[Suggestion, ...]
    relabel: tuple[Suggestion, str] | None = None
    move: tuple[Suggestion, Span] | None = None
    delete: tuple[Suggestion, ...] = ()
    draw: tuple[Span, str] | None = None
    note: Suggestion | None = None
    skip: bool = False


@dataclass
class Seat:
    """A coder at work: client, window, the tasks by passage, and when which passage was worked on."""

    study: Study
    desk: Desk
    window: CoderAtDesk
    project: int
    tasks: dict[str, int]
    works: list[Work] = field(default_factory=list)
    times: dict[PassageId, tuple[str, str]] = field(default_factory=dict)
    screens: dict[PassageId, list[str]] = field(default_factory=dict)  # the highlighted texts when it was submitted

    @property
    def coder(self) -> str:
        return self.desk.coder


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def places(passage: Passage) -> list[tuple[int, int]]:
    """Return the raw range that each character of the passage stands for, read off the record as it defines it."""
    copied = [(a, b, [(i, i + 1) for i in range(a, b)]) for a, b in passage.spans]
    written = [(a, b, [(a, b)] * len(text)) for a, b, text in passage.edits]
    return [place for *_, piece in sorted([*copied, *written], key=lambda p: p[:2]) for place in piece]


def drawn_range(passage: Passage, raw: str, suggestion: Suggestion) -> Span:
    span = passage_map(passage, raw).to_derived(suggestion.span)
    assert span is not None, suggestion
    return span


def plan(seat: Seat, *, turned: bool) -> list[Work]:
    """Choose the work: three passages of each article, and of all one untouched, one emptied, one bare, one skipped.

    The second coder's choice is `turned`: from the end of each article.
    """
    study, chosen = seat.study, []
    passages = [p for p in study.passages() if p.kind in CODED_KINDS]
    shown = {p: s.suggestions for p, s in study.shown(seat.coder).items()}
    for doc in dict.fromkeys(p.doc for p in passages):
        mine = [p for p in passages if p.doc == doc and p is not passages[0]]
        raw, made = study.texts()[doc].raw, 0
        for p in reversed(mine) if turned else mine:
            work = edits(p, raw, shown[p.id], study.codebook, variant=made)
            chosen, made = (chosen, made) if work is None else ([*chosen, work], made + 1)
            if made == 3:
                break
        if made < 3:
            print(f"  {doc}: only {made} passages hold enough suggestions to be worked on")
    taken = {w.passage.id for w in chosen}
    rest = [Work(p, shown[p.id]) for p in passages if p.id not in taken and p is not passages[0]]
    few = [w for w in rest if 2 <= len(w.shown) <= 4]
    emptied = [replace(w, delete=w.shown) for w in few[1:2]]
    bare = [w for w in rest if not w.shown][:1]
    return [Work(passages[0], shown[passages[0].id], skip=True), *chosen, *few[:1], *emptied, *bare]


def edits(p: Passage, raw: str, shown: Sequence[Suggestion], codebook: Codebook, *, variant: int) -> Work | None:
    """Return what to do on `p`, or None if it has not enough: relabel (0) or move an end (1) or the start (2)."""
    ranges = {s.id: drawn_range(p, raw, s) for s in shown}
    free = [s for s in shown if s.layer == "concept" and _reachable(s, ranges)]
    draw = _stretch(p.text, [ranges[s.id] for s in free], [r for s, r in ranges.items()])
    moves = (
        [(s, span) for s in free for span in _moved(s, ranges, p.text, variant)]
        if variant
        else [(s, None) for s in free]
    )
    if len(free) < 3 or draw is None or not moves:
        return None
    first, moved = moves[0]
    gone, noted = [s for s in free if s is not first][:2]
    unused = [c for c in codebook.concepts if c.id not in {s.code for s in shown}]
    return Work(
        p,
        tuple(shown),
        relabel=None if variant else (first, unused[0].id),
        move=(first, moved) if variant and moved else None,
        delete=(gone,),
        draw=(draw, codebook.functions[0].id if variant == 2 else unused[1].id),
        note=None if variant else noted,
    )


def _reachable(s: Suggestion, ranges: Mapping[str, Span]) -> bool:
    """Tell whether a click on its last character means this one: no shorter highlight lies there, none like it."""
    last = Span(ranges[s.id].end - 1, ranges[s.id].end)
    return all(
        other == s.id or not span.overlap(last) or len(span) > len(ranges[s.id]) for other, span in ranges.items()
    )


def _moved(s: Suggestion, ranges: Mapping[str, Span], text: str, variant: int) -> Iterator[Span]:
    """Yield the range with its end (variant 1) or start (2) two characters further out, if a boundary can be put there.

    Not where an astral character stands before it in the same run of text: Label Studio's handles then land as many
    characters too far to the right (it shows and stores the same wrong place, so a coder sees it).
    """
    span, edges = ranges[s.id], {e for id, o in ranges.items() if id != s.id for e in (o.start, o.end)}
    new = Span(span.start, span.end + 2) if variant == 1 else Span(max(0, span.start - 2), span.end)
    if new.end >= len(text) or new.start == 0 or len(new) != len(span) + 2 or edges & {new.start, new.end}:
        return
    ring = text[new.start - 1 : new.end + 1]
    run = max((e for e in edges if e <= (new.start if variant == 2 else span.end)), default=0)
    before = text[max(run, span.end) : new.end] if variant == 1 else text[run : span.start]
    cut = any(_within_sign(text, at) for at in (new.start, new.end))
    if not cut and not any(c.isspace() for c in ring) and not any(c > "\uffff" for c in before):
        yield new


def _stretch(text: str, worked: Iterable[Span], all_: Iterable[Span]) -> Span | None:
    """Return four characters to draw on, astral ones if there are: off the spans worked on, on no highlight's edge."""
    busy = [Span(max(0, s.start - 3), s.end + 3) for s in worked]
    edges = {e for s in all_ for e in (s.start, s.end)}
    fits = [
        Span(i, i + 4)
        for i in range(2, len(text) - 6)
        if not any(c.isspace() for c in text[i - 1 : i + 5])
        and edges.isdisjoint(range(i - 1, i + 6))
        and not any(Span(i, i + 4).overlap(b) for b in busy)
        and not _within_sign(text, i)
        and not _within_sign(text, i + 4)
    ]
    return max(fits, key=lambda s: (sum(c > "\uffff" for c in s.quote(text)), -s.start), default=None)


def _within_sign(text: str, at: int) -> bool:
    """Tell whether `at` lies inside what the screen shows as one sign: no mouse can point there."""
    joined = "\u200d\ufe0f\u0301\U000e0100"
    return any(
        "\U0001f1e6" <= c <= "\U0001f1ff" or "\U0001f3fb" <= c <= "\U0001f3ff" or c in joined
        for c in text[at - 1 : at + 1]
    )


def do(seat: Seat, work: Work, raw: str) -> None:
    """Do the work on one passage in the browser, as a coder does, and submit it."""
    began, window, names = now(), seat.window, seat.study.codebook.codes
    if work.skip:
        window.open_stream(seat.project)
        assert window.text() == work.passage.text, "the stream does not begin with the first passage"
        window.skip()
        seat.times[work.passage.id] = (began, now())
        return
    window.open_task(seat.project, seat.tasks[work.passage.id])
    if work.relabel:
        window.select(work.relabel[0].id)
        window.pick(names[work.relabel[1]].label.zh)
        window.unselect()
    if work.move:
        before, after = drawn_range(work.passage, raw, work.move[0]), work.move[1]
        side, position = ("end", after.end) if after.start == before.start else ("start", after.start)
        window.drag_edge(work.move[0].id, side, position)
        window.unselect()
    for suggestion in work.delete:
        window.delete(suggestion.id)
    if work.note:
        window.select(work.note.id)
        _annotate(window, seat.study.codebook)
        window.unselect()
        window.write("passage_note", PASSAGE_NOTE)
    if work.draw:
        window.pick(names[work.draw[1]].label.zh)
        window.drag(work.draw[0].start, work.draw[0].end)
        window.unselect()
    seat.screens[work.passage.id] = sorted(d.text for d in window.drawn().values())
    window.submit()
    seat.times[work.passage.id] = (began, now())


def _annotate(window: CoderAtDesk, codebook: Codebook) -> None:
    """Give the selected span an attribute of both kinds, a doubt mark and a note."""
    window.choose(next(iter(_attribute(codebook, free=False).values.values())).zh)
    window.choose("存疑")
    window.write(f"attribute_{_attribute(codebook, free=True).id}", HOLDER)
    window.write("note", NOTE)


def _attribute(codebook: Codebook, *, free: bool) -> Any:
    return next(a for a in codebook.attributes if free is not bool(a.values))


def expected(work: Work, codebook: Codebook) -> dict[str, list[tuple[Any, ...]]]:
    """Return what must come back, by what was done: each span as `seen` gives it."""
    at, text = places(work.passage), work.passage.text

    def span(layer: str, code: str, clean: Span, origin: str, of: str | None) -> tuple[Any, ...]:
        start, end = at[clean.start][0], at[clean.end - 1][1]
        return (layer, code, start, end, clean.quote(text), origin, of, {}, "", False)

    out: dict[str, list[tuple[Any, ...]]] = {"relabelled": [], "moved": [], "drawn": [], "given a note": [], "kept": []}
    touched = {s.id for s in work.delete}
    if work.relabel:
        s, code = work.relabel
        out["relabelled"] = [(s.layer, code, s.start, s.end, s.text, "changed", s.id, {}, "", False)]
    if work.move:
        out["moved"] = [span(work.move[0].layer, work.move[0].code, work.move[1], "changed", work.move[0].id)]
    if work.draw:
        clean, code = work.draw
        out["drawn"] = [span(codebook.codes[code].layer, code, clean, "new", None)]
    if work.note:
        s, choice = work.note, _attribute(codebook, free=False)
        given = {choice.id: next(iter(choice.values)), _attribute(codebook, free=True).id: HOLDER}
        out["given a note"] = [(s.layer, s.code, s.start, s.end, s.text, "accepted", s.id, given, NOTE, True)]
    touched |= {row[6] for rows in out.values() for row in rows}
    for s in work.shown if not work.skip else ():
        if s.id not in touched:
            out["kept"].append((s.layer, s.code, s.start, s.end, s.text, "accepted", s.id, {}, "", False))
    return out


def as_row(s: CodedSpan) -> tuple[Any, ...]:
    """Return a coded span as `expected` writes one."""
    given = dict(s.attributes)
    return (s.layer, s.code, s.start, s.end, s.text, s.origin, s.suggestion, given, s.note, s.doubt)
