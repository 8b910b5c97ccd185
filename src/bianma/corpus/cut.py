"""Cut an article into passages: the units that are shown, coded and compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bianma.corpus import layout, lines
from bianma.corpus.classify import heading_level, kinds
from bianma.corpus.clean import Paragraph, mended, paragraph, running_text
from bianma.corpus.draft import Draft, join, record, write
from bianma.corpus.script import has_han
from bianma.corpus.sentences import sentences
from bianma.records import DocId, Kind, Passage, passage_id

_GOES_ON = re.compile(r"[，、；：。！？,;)）」』”’》]|[a-z]")
_BARE_NUMBER = re.compile(r"(\d{1,3})[.．、\s]")
_TAIL = 80  # characters, of which it is told whether a text goes on
_CHINESE_COUNT = re.compile(r"[一二三四五六七八九十]\s*[、．.\s]")


class _Part(NamedTuple):
    kind: Kind
    draft: Draft
    depth: int = 0
    apart: bool = False  # a page break, note or table stands before it
    bullet: bool = False


def passages(doc: DocId, raw: str) -> list[Passage]:
    """Return the passages of the article `raw`, in order of where they begin.

    The file's ending does not matter: plain text that came out of a PDF holds Markdown as often as not. Every
    character of a passage was copied from `raw` or is recorded as an edit: `offsets.derive(raw, p.spans, p.edits)`
    spells `p.text`.
    """
    found_lines = lines.lines(raw)
    heads = lines.running_heads(found_lines)
    paragraphs = [paragraph(raw, block) for block in lines.blocks(found_lines, heads)]
    found = kinds(paragraphs, heads)
    chinese = any(k == "heading" and _CHINESE_COUNT.match(p.text) for k, p in zip(found, paragraphs, strict=True))
    parts = [q for part in _tables(_mended(_parts(paragraphs, found), raw)) for q in _note_parts(part)]
    numbers = frozenset(
        m[1] for p in parts if p.kind in ("note", "citation") and (m := _BARE_NUMBER.match(p.draft.text))
    )
    cleaned = [_Part(p.kind, running_text(p.draft, p.kind, numbers=numbers), p.depth) for p in parts]
    kept = sorted((p for p in cleaned if p.draft.text), key=lambda p: p.draft.start)
    return [_passage(doc, raw, n, p, chinese=chinese) for n, p in enumerate(kept)]


def _passage(doc: DocId, raw: str, index: int, part: _Part, *, chinese: bool) -> Passage:
    text = part.draft.text
    spans, edits = record(part.draft, raw)
    return Passage(
        id=passage_id(doc, text, part.draft.start),
        doc=doc,
        index=index,
        kind=part.kind,
        text=text,
        spans=spans,
        edits=edits,
        level=heading_level(text, part.depth, chinese=chinese) if part.kind == "heading" else None,
    )


def _parts(paragraphs: Sequence[Paragraph], found: Sequence[Kind]) -> Iterator[_Part]:
    apart = False
    for p, kind in zip(paragraphs, found, strict=True):
        if kind == "body":
            yield _Part(kind, join([p.sign, p.draft]), apart=apart, bullet=p.bullet or bool(p.sign.text))
            apart = False
        else:
            apart = kind != "heading"
            if p.text:
                yield _Part(kind, p.draft, p.depth)


def _mended(parts: Iterable[_Part], raw: str) -> list[_Part]:
    """Join what a page break, a footnote or a table cut in two: the text goes on where it had not ended."""
    done: list[_Part] = []
    pieces: dict[int, list[Draft]] = {}  # of each body part, so that a thousand pieces are put together once
    open_at: int | None = None
    for part in parts:
        if part.kind == "body" and open_at is not None and _goes_on(pieces[open_at], part):
            pieces[open_at][-1:] = [*mended(raw, pieces[open_at][-1], part.draft), part.draft]
            continue
        if part.kind == "body":
            open_at = len(done)
            pieces[open_at] = [part.draft]
        elif part.kind in ("heading", "title", "abstract", "keywords"):
            open_at = None
        done.append(part)
    return [p._replace(draft=join(pieces[n])) if n in pieces else p for n, p in enumerate(done)]


def _goes_on(pieces: Sequence[Draft], part: _Part) -> bool:
    """Tell whether `part` continues the sentence that `pieces` left open."""
    if part.bullet:
        return False
    tail = join(pieces[-3:])
    text = running_text(tail.slice(len(tail.text) - _TAIL, len(tail.text)), "body").text
    if not text:
        return False
    if _GOES_ON.match(part.draft.text) and not layout.ends(text):
        return True
    if layout.pauses(text):
        return part.apart and layout.numbering(part.draft.text) is None
    return not layout.ends(text)


def _tables(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Put neighbouring rows together, one a line."""
    for kind, group in groupby(parts, key=lambda part: part.kind):
        if kind != "table":
            yield from group
            continue
        rows = [part.draft for part in group]
        ends = [row.end for row in rows[:-1]]
        breaks = [write("\n", (at, at + 1)) for at in ends]
        yield _Part("table", join([*(d for pair in zip(rows, breaks, strict=False) for d in pair), rows[-1]]))


def _note_parts(part: _Part) -> list[_Part]:
    """Part a footnote that explains something from the references in it."""
    text = part.draft.text
    if part.kind != "citation" or not has_han(text):
        return [part]
    done: list[tuple[Kind, int, int]] = []
    for span in sentences(text):
        piece = span.quote(text)
        kind: Kind = "note" if _explains(piece) else "citation"
        if done and (done[-1][0] == kind or len(piece) < 8):
            done[-1] = (*done[-1][:2], span.end)
        else:
            done.append((kind, span.start, span.end))
    return [_Part(kind, part.draft.slice(start, end)) for kind, start, end in done]


def _explains(text: str) -> bool:
    return (
        len(text) >= 20 and text[-1] in "。！？" and has_han(text) and "《" not in text and not layout.is_citation(text)
    )
