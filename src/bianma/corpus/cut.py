"""Cut an article into passages: the units that are shown, coded and compared."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from bianma.corpus.draft import EMPTY, Draft, Range, join, record, through, trim, without, write
from bianma.corpus.kinds.classify import heading_level, kinds
from bianma.corpus.kinds.overleaf import breaks_off
from bianma.corpus.language import language_of, main_language, stretches
from bianma.corpus.notes import Note, counted, mark_places
from bianma.corpus.paragraphs import lines
from bianma.corpus.paragraphs.clean import Paragraph, mended, paragraph, running_text
from bianma.corpus.paragraphs.footnotes import parted
from bianma.corpus.paragraphs.grids import with_rows
from bianma.corpus.paragraphs.listed import with_notes
from bianma.corpus.paragraphs.pageheads import with_heads
from bianma.corpus.paragraphs.preamble import parted as preamble_parted
from bianma.corpus.patterns import layout
from bianma.corpus.patterns.marks import printed
from bianma.corpus.script import HAN, has_han
from bianma.corpus.sentences import sentences
from bianma.records import DocId, Kind, Language, Passage, passage_id

_GOES_ON = re.compile(r"[，、；：。！？,;)）」』”’》]|[a-z]")
_OPENING_SIGN = re.compile(r"(\d{1,3}|[◎®©♡○@OQ](?=\s))(?:[.．、]\s*|\s+)|([（(]\d{1,3}[）)])\s*")
_TIGHT = re.compile(
    rf"\d{{1,3}}(?=[{HAN}《〈「『“A-Z])(?![{layout.MEASURES}])"
)  # a note's number with no blank after it
_TIGHT_AT_LEAST = 2  # notes
_TAIL = 80  # characters, of which it is told whether a text goes on
_PAGE_BREAK = re.compile("\f")
_NOTES: frozenset[Kind] = frozenset({"note", "citation"})
_SAMPLE = 3000  # characters, of which it is told what language an article is in
_CHINESE_COUNT = re.compile(r"[一二三四五六七八九十]\s*[、．.\s]")


class _Part(NamedTuple):
    kind: Kind
    draft: Draft
    depth: int = 0
    sign: Draft = EMPTY  # of a note: the mark it began with
    apart: bool = False  # a page break, note or table stands before it
    bullet: bool = False


class _Whole(NamedTuple):
    """What all passages of an article share; `breaks`: where its pages end, `chinese`: its parts count 一、二、."""

    doc: DocId
    raw: str
    breaks: Sequence[int]
    chinese: bool
    language: Language


def passages(doc: DocId, raw: str, view: Draft | None = None) -> list[Passage]:
    """Return the passages of the article `raw`, in order of where they begin.

    The file's ending does not matter: plain text that came out of a PDF holds Markdown as often as not. `view` is what
    of `raw` is to be read, where that is less than all. Every character of a passage was copied from `raw` or is
    recorded as an edit: `offsets.derive(raw, p.spans, p.edits)` spells `p.text`.
    """
    text = view.text if view else raw
    parts = _cleaned(text)
    if view:
        parts = [p for p in parts if _stands_for_text(through(p.draft, view))]
    marks = _marks(text, parts)
    if view:
        parts = [part._replace(draft=_without_signs(through(part.draft, view))) for part in parts]
        marks = {n: (view.original(a)[0], view.original(b - 1)[1]) for n, (a, b) in marks.items()}
    whole = _Whole(
        doc=doc,
        raw=raw,
        breaks=[m.start() for m in _PAGE_BREAK.finditer(raw)] if "\f" in raw else [],
        chinese=any(p.kind == "heading" and _CHINESE_COUNT.match(p.draft.text) for p in parts),
        language=language_of("".join([p.draft.text for p in parts if p.kind == "body"])[:_SAMPLE]),
    )
    return [_passage(whole, n, part, marks.get(n)) for n, part in enumerate(parts)]


def _stands_for_text(draft: Draft) -> bool:
    return any(run.start < run.end for run in draft.runs)


def _without_signs(draft: Draft) -> Draft:
    """Leave out the signs of Markdown that a view's maker inserted and cleaning left: they stand for nothing."""
    ends = [run.at for run in draft.runs[1:]]
    pieces = zip(draft.runs, [*ends, len(draft.text)], strict=True)
    signs = [(r.at, end) for r, end in pieces if r.start == r.end and not draft.text[r.at : end].isspace()]
    return trim(without(draft, signs)) if signs else draft


def _passage(whole: _Whole, index: int, part: _Part, mark_at: Range | None) -> Passage:
    draft, breaks, heading = part.draft, whole.breaks, part.kind == "heading"
    spans, edits = record(draft, whole.raw)
    languages = stretches(draft.text, otherwise=whole.language)
    return Passage(
        id=passage_id(whole.doc, draft.text, draft.start),
        doc=whole.doc,
        index=index,
        kind=part.kind,
        text=draft.text,
        spans=spans,
        edits=edits,
        level=heading_level(draft.text, part.depth, chinese=whole.chinese) if heading else None,
        number=layout.number_of(draft.text) if heading else None,
        pages=(bisect_left(breaks, draft.start) + 1, bisect_left(breaks, draft.end) + 1) if breaks else None,
        mark=_sign_of(part) or None,
        mark_at=mark_at,
        language=main_language(languages) if languages[1:] else languages[0][2],
        stretches=languages if languages[1:] else (),
    )


def _marks(text: str, parts: Sequence[_Part]) -> dict[int, Range]:
    """Return, by number of the part, where in `text` the marks of the notes stand."""
    starts = {n: (p.sign if p.sign.text else p.draft).start for n, p in enumerate(parts) if _sign_of(p)}
    if not starts:
        return {}
    firsts = [n for n in range(len(parts)) if starts.get(n) is None or starts.get(n) != starts.get(n - 1)]
    signs = dict(zip(firsts, counted([_sign_of(parts[n]) for n in firsts], text), strict=True))
    # Halves of one note begin at one place.
    notes = {starts[n]: Note(signs[n], starts[n]) for n in firsts if n in starts}
    kept = sorted((run.start, run.end) for part in parts for run in part.draft.runs)
    places = dict(zip(notes, mark_places(text, list(notes.values()), kept), strict=True))
    return {n: place for n, start in starts.items() if (place := places[start])}


def _sign_of(part: _Part) -> str:
    """Return the sign or bare number that a note began with; empty if there is none."""
    return printed(part.sign.text) if part.kind in _NOTES else ""


def _cleaned(text: str) -> list[_Part]:
    """Return the parts of `text`, in order of where they begin, each cleaned as its kind asks for."""
    preamble, rest = preamble_parted(parted(lines.lines(text)), text)
    found_lines = with_heads(with_rows(with_notes(rest, text), text), text)
    heads = lines.running_heads(found_lines, text)
    paragraphs = [paragraph(text, block) for block in lines.blocks([*preamble, *found_lines], heads)]
    found = _with_tight_signs(list(_parts(paragraphs, kinds(paragraphs, heads))))
    parts = [q for p in _tables(_mended(_overleaf(found), text)) for q in _note_parts(p)]
    signs = frozenset(p.sign.text for p in parts if p.kind in _NOTES and p.sign.text)
    numbers = frozenset(map(_counted_by, signs)) - {""}
    cleaned = (p._replace(draft=running_text(p.draft, p.kind, numbers=numbers, signs=signs - numbers)) for p in parts)
    return sorted((p for p in cleaned if p.draft.text), key=lambda p: p.draft.start)


def _counted_by(sign: str) -> str:
    """Return the number of a note that its mark in the text may be known by, or by nothing else: 1, (1); or empty."""
    if sign[:1] in ("(", "（"):
        return f"({sign[1:-1]})"
    return sign if sign.isdecimal() or sign in ("O", "Q") else ""


def _parts(paragraphs: Sequence[Paragraph], found: Sequence[Kind]) -> Iterator[_Part]:
    apart = False
    for p, kind in zip(paragraphs, found, strict=True):
        if kind == "body":
            yield _Part(kind, join([p.sign, p.draft]), apart=apart, bullet=p.bullet or bool(p.sign.text))
            apart = False
        else:
            apart = kind != "heading"
            if p.text:
                yield _signed(_Part(kind, p.draft, p.depth, p.sign))


def _signed(part: _Part) -> _Part:
    """Return a note with the bare number that it begins with, or a sign that was misread, as its sign."""
    number = _OPENING_SIGN.match(part.draft.text) if part.kind in _NOTES and not part.sign.text else None
    if number is None or number.end() == len(part.draft.text):
        return part
    draft = part.draft.slice(number.end(), len(part.draft.text))
    return part._replace(sign=part.draft.slice(0, number.end(number.lastindex or 0)), draft=draft)


def _mended(parts: Iterable[_Part], raw: str) -> list[_Part]:
    """Join what a page break, a footnote or a table cut in two: the text goes on where it had not ended."""
    done: list[_Part] = []
    pieces: dict[int, list[Draft]] = {}  # of each text, so that a thousand pieces are put together once
    open_at: int | None = None
    for part in parts:
        if open_at is not None and part.kind == done[open_at].kind and _goes_on(pieces[open_at], part):
            pieces[open_at][-1:] = [*mended(raw, pieces[open_at][-1], part.draft), part.draft]
            continue
        if part.kind == "title" and done and _is_second_line(done[-1], part, raw):
            left, seam = mended(raw, done[-1].draft, part.draft)
            done[-1] = done[-1]._replace(draft=join([left, seam, part.draft]))
            continue
        if part.kind in ("body", "abstract"):
            open_at = len(done)
            pieces[open_at] = [part.draft]
        elif part.kind in ("heading", "title", "keywords") or _is_formula(part.draft, raw):
            open_at = None
        done.append(part)
    return [p._replace(draft=join(pieces[n])) if n in pieces else p for n, p in enumerate(done)]


def _is_second_line(first: _Part, second: _Part, raw: str) -> bool:
    """Tell whether a title goes on in the next line: no blank line, mark-up or other script between the two."""
    if first.kind != "title" or first.depth or second.depth or has_han(first.draft.text) != has_han(second.draft.text):
        return False
    if second.draft.text[0] in "—–―─-（(":  # a subtitle
        return False
    between = raw[first.draft.end : second.draft.start]
    return between.count("\n") == 1 and not between.strip()


def _with_tight_signs(parts: list[_Part]) -> list[_Part]:
    """Give the notes their numbers that stand without a blank before the text, 1參見 2這裏, where they count on."""
    notes = [n for n, p in enumerate(parts) if p.kind in _NOTES and not p.sign.text]
    tight = {n: m for n in notes if (m := _TIGHT.match(parts[n].draft.text))}
    if len(tight) < _TIGHT_AT_LEAST:
        return parts
    numbers = [int(tight[n][0]) if n in tight else 0 for n in notes]
    for before, n, number, after in zip([0, *numbers], notes, numbers, [*numbers[1:], 0], strict=False):
        if number and (before == number - 1 > 0 or after == number + 1):
            end, draft = tight[n].end(), parts[n].draft
            parts[n] = parts[n]._replace(sign=draft.slice(0, end), draft=draft.slice(end, len(draft.text)))
    return parts


def _overleaf(parts: Iterable[_Part]) -> list[_Part]:
    """Join to a note that breaks off the next one without a mark, below a text that stands between."""
    done: list[_Part] = []
    open_at: int | None = None
    for part in parts:
        if part.kind == "note" and not part.sign.text and open_at is not None and open_at < len(done) - 1:
            whole = join([done[open_at].draft, part.draft])
            done[open_at] = done[open_at]._replace(draft=whole)
            open_at = None
            continue
        done.append(part)
        if part.kind in _NOTES:
            open_at = len(done) - 1 if part.kind == "note" and breaks_off(part.draft.text) else None
    return done


def _is_formula(draft: Draft, raw: str) -> bool:
    """Tell whether a part is a formula on a line of its own: the text around it stays in two paragraphs."""
    return draft.text.startswith("$$") or raw[max(0, draft.start - 1) : draft.start + 1] == "\\["


def _goes_on(pieces: Sequence[Draft], part: _Part) -> bool:
    """Tell whether `part` continues the sentence that `pieces` left open."""
    if part.bullet or layout.ends(pieces[-1].text) or layout.ends_numbered(pieces[-1].text, part.draft.text):
        return False
    if part.kind == "abstract" and layout.label_of(part.draft.text):
        return False
    tail = join(pieces[-3:])
    text = running_text(tail.slice(len(tail.text) - _TAIL, len(tail.text)), "body").text
    if not text or layout.ends(text):
        return False
    if layout.pauses(text) and not _GOES_ON.match(part.draft.text):
        return part.apart and layout.numbering(part.draft.text) is None
    return True


def _tables(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Put neighbouring rows together, one a line."""
    for kind, group in groupby(parts, key=lambda part: part.kind):
        if kind != "table":
            yield from group
            continue
        rows = [part.draft for part in group]
        breaks = [write("\n", (row.end, min(row.end + 1, below.start))) for row, below in pairwise(rows)]
        yield _Part("table", join([*(d for pair in zip(rows, breaks, strict=False) for d in pair), rows[-1]]))


def _note_parts(part: _Part) -> list[_Part]:
    """Part a footnote that explains something from the references in it."""
    text = part.draft.text
    if part.kind not in _NOTES or not has_han(text) or (part.kind == "note" and not _cites_first(text)):
        return [part]
    done: list[tuple[Kind, int, int]] = []
    for span in sentences(text):
        piece = span.quote(text)
        kind: Kind = "note" if _explains(piece) else "citation"
        if done and (done[-1][0] == kind or len(piece) < 8):
            done[-1] = (*done[-1][:2], span.end)
        else:
            done.append((kind, span.start, span.end))
    return [part._replace(kind=kind, draft=part.draft.slice(start, end)) for kind, start, end in done]


def _cites_first(text: str) -> bool:
    """Tell whether the first sentence of a note only says where something stands, though the whole says more."""
    first = sentences(text)[:1]
    return bool(first) and first[0].end < len(text) and layout.is_citation(first[0].quote(text))


def _explains(text: str) -> bool:
    return (
        len(text) >= 20 and text[-1] in "。！？" and has_han(text) and "《" not in text and not layout.is_citation(text)
    )
