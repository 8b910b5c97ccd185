"""One article as a page: the raw text left, the clean passages right; one file that needs no network."""

import hashlib
from base64 import b64encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib import resources
from string import Template

from bianma.records import Kind, Language, Metadata, Passage, Source
from bianma.report import signs, summary
from bianma.report.align import CleanRun, RawRun, Row, clean_runs, extent, raw_runs, rows
from bianma.report.words import KINDS, LANGUAGES, UiLanguage, say

_FOLDED = 600  # characters in no passage, from which on they are folded away


Range = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """An article as it was read and cut: `passages` in order, `about` what is known of it as a publication."""

    source: Source
    raw: str
    passages: Sequence[Passage]
    about: Metadata | None = None

    @cached_property
    def runs(self) -> list[RawRun]:
        """The raw text in runs; see `align.raw_runs`."""
        return raw_runs(self.raw, self.passages)

    @cached_property
    def language(self) -> Language:
        """The language of most of the passages' text: it is named only where another one stands."""
        sizes: Counter[Language] = Counter()
        for passage in self.passages:
            sizes[passage.language] += len(passage.text)
        return max(sizes, key=lambda language: sizes[language], default="und")

    @cached_property
    def marks(self) -> Mapping[int | None, Mapping[Range, int]]:
        """The note marks, by the place of the passage they stand in: the raw range of each and its (first) note."""
        found: dict[int | None, dict[Range, int]] = {}
        starts = [run.start for run in self.runs]
        for n, note in enumerate(self.passages):
            if note.mark_at is not None and note.mark_at[0] < len(self.raw):
                owner = self.runs[bisect_right(starts, note.mark_at[0]) - 1].owner
                found.setdefault(owner, {}).setdefault(note.mark_at, n)
        return found


def page(reading: Reading, *, ui: UiLanguage, kinds: Collection[Kind] = ()) -> str:
    """Return the article as an HTML page in the interface language `ui`; of `kinds` are shown at first (none: all).

    The text of the elements of class `raw`, joined, is the raw text; that of the `clean` ones, joined by passage, the
    passage's text. All signs around them are attributes, drawn by the style sheet.
    """
    script = _part("article.js")
    return Template(_part("article.html")).substitute(
        ui={"zh": "zh-Hans", "en": "en"}[ui],
        title=escape(summary.name(reading.source, reading.about)),
        style=_part("article.css"),
        script=script,
        digest=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        summary="".join(summary.head(reading.source, reading.raw, reading.passages, reading.runs, reading.about, ui)),
        filters="".join(_filters(reading.passages, ui, kinds)),
        legend=_legend(ui),
        raw=say("raw", ui),
        clean=say("clean", ui),
        rows="\n".join(_row(row, reading, ui) for row in rows(reading.runs)),
        keys=say("keys", ui),
        made_by=say("made_by", ui),
    )


def _part(name: str) -> str:
    return resources.files("bianma.report").joinpath(name).read_text(encoding="utf-8")


def _filters(passages: Iterable[Passage], ui: UiLanguage, shown: Collection[Kind]) -> Iterator[str]:
    """Yield a box to tick for each kind; the style sheet hides what is not ticked, without a script."""
    there = [p.kind for p in passages]
    for kind, names in KINDS.items():
        if kind in there:
            ticked = " checked" if not shown or kind in shown else ""
            yield (
                f'<label class="k-{kind}"><input type="checkbox" id="f-{kind}"{ticked}>'
                f"<span>{names[ui]} <b>{there.count(kind)}</b></span></label>"
            )
    ticked = " checked" if not shown else ""
    yield f'<label class="k-none"><input type="checkbox" id="f-none"{ticked}><span>{say("left_out", ui)}</span></label>'


def _legend(ui: UiLanguage) -> str:
    return f"<del>{say('struck', ui)}</del> <ins>{say('marked', ui)}</ins>"


def _row(row: Row, reading: Reading, ui: UiLanguage) -> str:
    raw = "".join(_raw(row, reading, ui))
    if row.owner is None:
        return _unowned(reading.raw[row.runs[0].start : row.runs[-1].end], raw, ui)
    passage, n = reading.passages[row.owner], row.owner
    if not row.first:
        goes_on = escape(say("goes_on", ui, n + 1))
        side = f'<a class="goes-on" href="#p{n}" data-v="↑ {goes_on}" aria-label="{goes_on}"></a>'
        return (
            f'<section class="row cont k-{passage.kind}"><header></header><div class="raw">{raw}</div>{side}</section>'
        )
    clean = "".join(_clean(passage, n, reading, ui))
    return (
        f'<section class="row k-{passage.kind}" id="p{n}" tabindex="-1">{_label(passage, n, reading.language, ui)}'
        f'<div class="raw">{raw}</div><div class="clean" lang="{passage.language}" data-level="{passage.level or ""}">'
        f"{clean}</div></section>"
    )


def _unowned(text: str, raw: str, ui: UiLanguage) -> str:
    body = f'<div class="raw">{raw}</div>'
    if len(text) > _FOLDED:
        fold = escape(say("hidden", ui, f"{len(text):,}"))
        body = f'<details><summary data-v="{fold}" aria-label="{fold}"></summary>{body}</details>'
    blank = " blank" if text.isspace() else ""
    return f'<section class="row k-none{blank}"><header>{say("left_out", ui)}</header>{body}<div></div></section>'


def _label(passage: Passage, n: int, usual: Language, ui: UiLanguage) -> str:
    """Return what is known of a passage, as the row's head."""
    start, end = extent(passage)
    place = f'<a href="#p{n}">{n + 1}</a> <a class="at" href="#{start}-{end}">{start}–{end}</a>'
    said = [f'<b class="kind">{KINDS[passage.kind][ui]}</b>', place]
    if passage.level:
        number = f" · {passage.number}" if passage.number else ""
        said.append(escape(say("level", ui, passage.level) + number))
    if passage.pages:
        first, last = passage.pages
        said.append(say("page", ui, first if first == last else f"{first}–{last}"))
    said += [LANGUAGES[passage.language][ui]] if passage.language not in (usual, "und") else []
    if passage.mark:
        where = escape(say("note_of", ui, passage.mark))
        back = escape(say("to_mark", ui, passage.mark))
        said.append(
            f'<a href="#m{passage.mark_at[0]}" title="{back}" aria-label="{back}">{where} ↩</a>'
            if passage.mark_at
            else where
        )
    return f"<header>{' '.join(f'<span>{s}</span>' for s in said if s)}</header>"


def _raw(row: Row, reading: Reading, ui: UiLanguage) -> Iterator[str]:
    """Yield the raw side of a row, with the note marks in it as links to their notes."""
    marks = reading.marks.get(row.owner, {})
    written = {a: text for a, _, text in reading.passages[row.owner].edits} if row.owner is not None else {}
    for i, run in enumerate(row.runs):
        for start, end, note in _parted(run, marks):
            text = reading.raw[start:end]
            tail = i == len(row.runs) - 1 and not run.kept and text.isspace()
            shown = signs.kept(text) if run.kept else signs.struck(text, tail=tail)
            to = f' title="→ {escape(signs.named(written[start]))}"' if not run.kept and start in written else ""
            kind = ' class="tail"' if tail else ""
            inner = f'<{(tag := "span" if run.kept else "del")}{kind} data-a="{start}"{to}>{shown}</{tag}>'
            if note is not None:
                what = escape(say("to_note", ui, reading.passages[note].mark or ""))
                place = f' id="m{start}"' if start in {a for a, _ in marks} else ""
                inner = f'<a class="mark"{place} href="#p{note}" title="{what}" aria-label="{what}">{inner}</a>'
            yield inner


def _parted(run: RawRun, marks: Mapping[Range, int]) -> Iterator[tuple[int, int, int | None]]:
    """Yield the parts of a run, those that are note marks with the note's place."""
    at = run.start
    for mark, note in sorted(marks.items()):
        start, end = max(mark[0], at), min(mark[1], run.end)
        if start < end:
            if at < start:
                yield at, start, None
            yield start, end, note
            at = end
    if at < run.end:
        yield at, run.end, None


def _clean(passage: Passage, n: int, reading: Reading, ui: UiLanguage) -> Iterator[str]:
    """Yield the clean side of a passage, with a link where the mark of a note stood."""
    waiting = sorted(reading.marks.get(n, {}).items())
    for run in clean_runs(reading.raw, passage):
        while waiting and waiting[0][0][0] <= run.start:
            place = waiting.pop(0)[1]
            yield _note_sign(reading.passages[place], place, ui)
        yield _clean_run(run, reading.raw, ui)
    yield from (_note_sign(reading.passages[place], place, ui) for _, place in waiting)


def _note_sign(note: Passage, n: int, ui: UiLanguage) -> str:
    mark = note.mark or "*"
    what = escape(say("to_note", ui, mark))
    return f'<a class="fn" href="#p{n}" data-v="{escape(mark)}" title="{what}" aria-label="{what}"></a>'


def _clean_run(run: CleanRun, raw: str, ui: UiLanguage) -> str:
    if not run.written:
        return f'<span data-a="{run.start}">{signs.kept(run.text)}</span>'
    source = signs.named(raw[run.start : run.end])
    what = escape(say("written", ui, run.start, run.end, source) if source else say("inserted", ui, run.start))
    return f'<ins data-a="{run.start}" title="{what}" aria-label="{what}">{signs.kept(run.text)}</ins>'
