"""The frozen records that steps hand on. A record that left a step never changes: a later step writes its own.

`start` and `end` are half-open code-point ranges in the *raw* source text, and `quote` is exactly what stands there,
line breaks and page noise included; `text` is the same stretch as a reader sees it after cleaning. Ids are made from
content, so that a second run writes the same files.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType, get_args

from bianma.spans import Span

DocId = NewType("DocId", str)  # the name of the source file without its ending
PassageId = NewType("PassageId", str)
CoderId = NewType("CoderId", str)
CodeId = NewType("CodeId", str)  # concept: family.code; function: its bare id
SuggestionId = NewType("SuggestionId", str)
CodedSpanId = NewType("CodedSpanId", str)
CodebookRef = NewType("CodebookRef", str)  # name@version+hash

Layer = Literal["concept", "function"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
Kind = Literal[
    "title", "author", "abstract", "keywords", "heading", "body", "note", "citation", "table", "foreign", "furniture"
]
CODED_KINDS: frozenset[Kind] = frozenset({"title", "abstract", "keywords", "heading", "body", "note"})
FUNCTION_KINDS: frozenset[Kind] = frozenset({"abstract", "body", "note"})
Origin = Literal["accepted", "changed", "new"]
Language = Literal["zh-Hans", "zh-Hant", "ja", "ko", "en", "und"]  # und: no letters, or none of these


def content_hash(*parts: str | int) -> str:
    """Return 12 hexadecimal digits of the SHA-256 of `parts`, unambiguous as to where one part ends."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


def text_sha(text: str) -> str:
    """Return the full SHA-256 of `text` in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source as it was read: `length` in code points, `sha` of the whole raw text, `file_sha` of the file's bytes.

    `reader` names what made text of the file, with its version where a library did; `encoding` is the one the bytes
    were read in, empty for formats that have none of their own (docx, pdf).
    """

    doc: DocId
    path: str
    sha: str
    length: int
    file_sha: str = ""
    reader: str = "text"
    encoding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A cleaned stretch of one article: the unit that is shown, coded and compared.

    `spans` are the raw ranges that were copied unchanged, in order; `edits` are `(raw_start, raw_end, written)`: what
    cleaning wrote in place of a raw range (an empty range where it only inserted). Every other raw character between
    the first and the last was left out. Together they spell `text` (`corpus.offsets` reads them).
    """

    id: PassageId
    doc: DocId
    index: int  # position in the article, from 0
    kind: Kind
    text: str
    spans: tuple[tuple[int, int], ...]
    edits: tuple[tuple[int, int, str], ...] = ()
    level: int | None = None  # of a heading, 1 = highest
    number: str | None = None  # of a heading, as printed, without the marks around it: 一, 2.1
    pages: tuple[int, int] | None = None  # first and last page, from 1, of a source that has pages
    mark: str | None = None  # of a note: its sign as printed
    mark_at: tuple[int, int] | None = None  # of a note: the raw range of its mark in the running text
    language: Language = "und"  # of most of its letters
    stretches: tuple[tuple[int, int, Language], ...] = ()  # half-open ranges of `text`; empty where all is `language`


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of an article as a publication. Texts are by language, "zh" and "en", where given in both.

    `told` names the fields that a person wrote in the sidecar file; all others were found in the article.
    """

    doc: DocId
    title: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    affiliations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    journal: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A span proposed by the codebook; `why` names the cue and the clause behind it."""

    id: SuggestionId
    doc: DocId
    passage: PassageId
    layer: Layer
    code: CodeId
    start: int
    end: int
    quote: str
    text: str
    score: float
    why: Mapping[str, str]
    codebook: CodebookRef
    text_sha: str  # of the passage's text
    attributes: Mapping[str, str] = field(default_factory=dict)  # polarity, voice, holder, actor of a concept span

    @property
    def span(self) -> Span:
        """The raw range."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a coder was shown with one passage: our own record, announced before the task is pushed, never changed.

    What the coder accepted, changed or rejected is told by comparing with it, not by what the server remembers.
    """

    coder: CoderId
    doc: DocId
    passage: PassageId
    text_sha: str
    codebook: CodebookRef
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedSpan:
    """One span in one coder's coding of one passage.

    `origin`: accepted as suggested, changed (the code or range of a suggestion), or new; `suggestion` names the one it
    came from. `attributes` holds polarity, voice, holder (whose voice) and actor where the coder gave them.
    """

    id: CodedSpanId
    layer: Layer
    code: CodeId
    start: int
    end: int
    quote: str
    text: str
    origin: Origin
    suggestion: SuggestionId | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    doubt: bool = False

    @property
    def span(self) -> Span:
        """The raw range."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedRange:
    """A code on a raw range of an article and nothing else: what a reference coding in a bare file says."""

    doc: DocId
    layer: Layer
    code: CodeId
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The raw range."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A directed, named tie between two coded spans of one coding."""

    source: CodedSpanId
    target: CodedSpanId
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What one coder made of one passage. Saw it and marked nothing: status `done` without spans.

    `rejected` are the suggestions that the coder was shown and removed; `at` is the time of the last edit (ISO 8601,
    UTC), `seconds` the editing time that Label Studio counted (indicative); `origin` says where the coding was made.
    """

    coder: CoderId
    doc: DocId
    passage: PassageId
    status: Literal["done", "skipped"]
    at: str
    codebook: CodebookRef
    text_sha: str
    spans: tuple[CodedSpan, ...] = ()
    rejected: tuple[SuggestionId, ...] = ()
    relations: tuple[Relation, ...] = ()
    seconds: float | None = None
    note: str = ""
    origin: str = ""


def passage_id(doc: DocId, text: str, start: int) -> PassageId:
    """Return the id of the passage of `doc` that reads `text` and begins at raw offset `start`."""
    return PassageId(f"{doc}-{content_hash(doc, start, text)}")


def suggestion_id(passage: PassageId, layer: Layer, code: CodeId, start: int, end: int) -> SuggestionId:
    """Return the id of a suggestion: equal content, equal id, whatever run it came from."""
    return SuggestionId(f"s{content_hash(passage, layer, code, start, end)}")


def coded_span_id(coder: CoderId, passage: PassageId, layer: Layer, code: CodeId, start: int, end: int) -> CodedSpanId:
    """Return the id of a coded span: equal content, equal id, whatever region Label Studio kept it in."""
    return CodedSpanId(f"c{content_hash(coder, passage, layer, code, start, end)}")
