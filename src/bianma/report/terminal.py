"""An article in a terminal: each passage with its kind and place, what was left out struck or in marks."""

from collections.abc import Collection, Iterator

from bianma.records import Kind, Language, Passage
from bianma.report import signs, summary
from bianma.report.align import Row, extent, rows, shares
from bianma.report.article import Reading
from bianma.report.words import KINDS, LANGUAGES, WARNINGS, UiLanguage, say

_DIM, _STRUCK, _BOLD, _NEW, _END = "\x1b[2m", "\x1b[2;9m", "\x1b[1m", "\x1b[32m", "\x1b[0m"
_FOLDED = 200  # characters in no passage that are shown


def listing(reading: Reading, *, ui: UiLanguage, kinds: Collection[Kind] = (), colour: bool) -> Iterator[str]:
    """Yield the lines of the article: a summary, then its passages of `kinds` (none: all) as they stand in the source.

    What cleaning left out is struck, or, without `colour`, between [- and -]; what it wrote is green, or between {+
    and +}. Characters that cannot be seen are shown by a sign where they were left out, and escape sequences always.
    """
    yield from _head(reading, ui, colour=colour)
    for row in rows(reading.runs):
        passage = reading.passages[row.owner] if row.owner is not None else None
        if kinds and (passage is None or passage.kind not in kinds):
            continue
        text = _text(row, reading, colour=colour)
        if passage is None:
            yield from ("", *_unowned(text, ui, colour=colour)) if text.strip() else ()
            continue
        yield ""
        yield _styled(_label(passage, row, reading.language, ui), _BOLD, colour=colour)
        yield from text.splitlines()


def _head(reading: Reading, ui: UiLanguage, *, colour: bool) -> Iterator[str]:
    yield _styled(_safe(summary.name(reading.source, reading.about)), _BOLD, colour=colour)
    for label, values, told in summary.facts(reading.about, ui):
        hand = f" ({say('by_hand', ui)})" if told else ""
        yield _safe(f"{label}{hand}: {' / '.join(values)}")
    for label, value in summary.technical(reading.source, reading.passages, ui):
        yield _safe(f"{label}: {value}")
    tagged = reading.source.reader.startswith("html")
    counted = shares(reading.raw, reading.passages, reading.runs, tagged=tagged)
    found = [f"{label} {summary.percent(n, counted.total)}" for _, label, n in summary.parts(counted, ui) if n]
    yield f"{say('became', ui)} ({say('not_space', ui)}): {' · '.join(found)}"
    yield from (f"! {WARNINGS[odd][ui]}" for odd in counted.odd())


def _label(passage: Passage, row: Row, usual: Language, ui: UiLanguage) -> str:
    number = (row.owner or 0) + 1
    said = [f"[{number}]", KINDS[passage.kind][ui]]
    if not row.first:
        return f"{said[0]} {said[1]} · {say('goes_on', ui, number)}"
    said += [f"· {say('level', ui, passage.level)}"] if passage.level else []
    if passage.pages:
        first, last = passage.pages
        said.append(f"· {say('page', ui, first if first == last else f'{first}–{last}')}")
    said += [f"· {LANGUAGES[passage.language][ui]}"] if passage.language not in (usual, "und") else []
    said += [f"· {_safe(say('note_of', ui, passage.mark))}"] if passage.mark else []
    start, end = extent(passage)
    return " ".join([*said, f"· {start}–{end}"])


def _unowned(text: str, ui: UiLanguage, *, colour: bool) -> Iterator[str]:
    yield _styled(say("left_out", ui), _DIM, colour=colour)
    yield from (text if len(text) <= _FOLDED else f"{text[:_FOLDED]}… ({len(text)})").splitlines()


def _text(row: Row, reading: Reading, *, colour: bool) -> str:
    """Return the row's raw text with its edits."""
    passage = reading.passages[row.owner] if row.owner is not None else None
    written = {a: text for a, _, text in passage.edits} if passage else {}
    parts: list[str] = []
    for run in row.runs:
        text = reading.raw[run.start : run.end]
        if run.kept:
            parts.append(_safe(text))
        elif run is not row.runs[-1] or not text.isspace():
            parts.append(_styled(_signs(text), _STRUCK, colour=colour, marks="[--]"))
        if new := written.get(run.start):
            parts.append(_styled(_safe(new), _NEW, colour=colour, marks="{++}"))
    return "".join(parts)


def _safe(text: str) -> str:
    """Return `text` without anything that a terminal takes for a command; line ends stay."""
    return "".join(c if c in "\n \u3000" or not (c.isspace() or signs.sign(c)) else signs.sign(c) for c in text)


def _signs(text: str) -> str:
    return signs.named(text).replace("↵", "↵\n") if text.count("\n") == 1 else signs.named(text)


def _styled(text: str, style: str, *, colour: bool, marks: str = "") -> str:
    """Return `text` in a style, each line by itself as pagers want it; without `colour`, between `marks`."""
    if not colour:
        half = len(marks) // 2
        return f"{marks[:half]}{text}{marks[half:]}"
    return "\n".join(f"{style}{line}{_END}" if line else line for line in text.split("\n"))
