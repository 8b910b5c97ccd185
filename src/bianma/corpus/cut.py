"""Cut an article into passages: the units that are shown, coded and compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bianma.corpus import layout, lines
from bianma.corpus.classify import heading_level, kinds
from bianma.corpus.clean import Paragraph, paragraph, read_on, running_text
from bianma.corpus.draft import Draft, join, record, trim, write
from bianma.corpus.script import has_han
from bianma.corpus.sentences import sentences
from bianma.records import DocId, Kind, Passage, passage_id

_GOES_ON = re.compile(r"[，、；：。！？,;)）」』”’》]|[a-z]")
_BARE_NUMBER = re.compile(r"(\d{1,3})[.．、\s]")
_CHINESE_COUNT = re.compile(r"[一二三四五六七八九十]\s*[、．.\s]")


@dataclass(frozen=True, slots=True)
class _Part:
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
    paragraphs = [paragraph(raw, block) for block in lines.blocks(raw)]
    found = kinds(paragraphs, lines.running_heads(raw))
    chinese = any(k == "heading" and _CHINESE_COUNT.match(p.text) for k, p in zip(found, paragraphs, strict=True))
    parts = [q for part in _tables(_mended(_parts(paragraphs, found), raw)) for q in _note_parts(part)]
    numbers = frozenset(
        m[1] for p in parts if p.kind in ("note", "citation") and (m := _BARE_NUMBER.match(p.draft.text))
    )
    cleaned = [_Part(p.kind, running_text(p.draft, p.kind, numbers=numbers), p.depth) for p in parts]
    kept = sorted((p for p in cleaned if p.draft.text), key=lambda p: p.draft.starts[0])
    return [_passage(doc, raw, n, p, chinese=chinese) for n, p in enumerate(kept)]


def _passage(doc: DocId, raw: str, index: int, part: _Part, *, chinese: bool) -> Passage:
    text = part.draft.text
    spans, edits = record(part.draft, raw)
    return Passage(
        id=passage_id(doc, text, part.draft.starts[0]),
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
    open_at: int | None = None
    for part in parts:
        if part.kind == "body" and open_at is not None and _goes_on(done[open_at], part):
            before = done[open_at]
            done[open_at] = _Part("body", read_on(raw, before.draft, part.draft), bullet=before.bullet)
            continue
        if part.kind == "body":
            open_at = len(done)
        elif part.kind in ("heading", "title", "abstract", "keywords"):
            open_at = None
        done.append(part)
    return done


def _goes_on(before: _Part, part: _Part) -> bool:
    """Tell whether `part` continues the sentence that `before` left open."""
    text = running_text(before.draft, "body").text
    if part.bullet or not text:
        return False
    if _GOES_ON.match(part.draft.text) and not layout.ends(text):
        return True
    if layout.pauses(text):
        return part.apart and layout.numbering(part.draft.text) is None
    return not layout.ends(text)


def _tables(parts: Iterable[_Part]) -> list[_Part]:
    """Put neighbouring rows together, one a line."""
    done: list[_Part] = []
    for part in parts:
        if part.kind == "table" and done and done[-1].kind == "table":
            at = done[-1].draft.ends[-1]
            done[-1] = _Part("table", join([done[-1].draft, write("\n", (at, at + 1)), part.draft]))
        else:
            done.append(part)
    return done


def _note_parts(part: _Part) -> list[_Part]:
    """Part a footnote that explains something from the references in it."""
    if part.kind != "citation" or not has_han(part.draft.text):
        return [part]
    done: list[_Part] = []
    for span in sentences(part.draft.text):
        piece = part.draft.slice(span.start, span.end)
        kind: Kind = "note" if _explains(piece.text) else "citation"
        if done and (done[-1].kind == kind or len(piece.text) < 8):
            before = done[-1].draft
            whole = part.draft.slice(part.draft.starts.index(before.starts[0]), span.end)
            done[-1] = _Part(done[-1].kind, trim(whole))
        else:
            done.append(_Part(kind, piece))
    return done


def _explains(text: str) -> bool:
    return (
        len(text) >= 20 and text[-1] in "。！？" and has_han(text) and "《" not in text and not layout.is_citation(text)
    )
