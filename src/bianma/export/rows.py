"""The coded data set as flat rows: one a span, and one a coding ('saw it, marked nothing' is data)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bianma.codebook.model import Codebook
from bianma.errors import SpanError
from bianma.records import CodedSpan, Coding, DocId, Passage, PassageId
from bianma.spans import check_quote

CONTEXT = 30  # code points of raw text on either side of a span
Stage = Literal["coding", "adjudicated"]
ATTRIBUTES = ("polarity", "voice", "holder", "actor")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """One coded span: `quote` stands at `[start, end)` of the raw source, in code points."""

    id: str
    doc: str
    passage: str
    kind: str
    coder: str
    stage: Stage
    layer: str
    code: str
    code_zh: str
    code_en: str
    start: int
    end: int
    offset_unit: str
    quote: str
    text: str
    before: str
    after: str
    origin: str
    suggestion: str
    polarity: str
    voice: str
    holder: str
    actor: str
    note: str
    doubt: bool
    at: str
    codebook: str
    source_sha: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingRow:
    """One coder's work on one passage: `spans` counts what was marked, zero included."""

    doc: str
    passage: str
    kind: str
    coder: str
    stage: Stage
    status: str
    spans: int
    rejected: int
    seconds: float | None
    at: str
    note: str
    codebook: str


@dataclass(frozen=True, slots=True)
class Article:
    """The raw text of an article, its hash, and its passages by id."""

    raw: str
    sha: str
    passages: Mapping[PassageId, Passage]


def span_rows(
    codings: Iterable[Coding],
    articles: Mapping[DocId, Article],
    codebook: Codebook,
    *,
    stage: Stage,
) -> Iterator[SpanRow]:
    """Yield a row for each span, in the codings' order.

    Raises SpanError where a quote does not stand in its source any more, and where the codebook lacks a span's code.
    """
    for coding in codings:
        article = articles[coding.doc]
        for span in coding.spans:
            where = f"{coding.doc}, passage {coding.passage}, coder {coding.coder}, {span.code}"
            check_quote(article.raw, span.span, span.quote, where=where)
            yield _span_row(coding, span, article, codebook, stage)


def coding_rows(codings: Iterable[Coding], articles: Mapping[DocId, Article], *, stage: Stage) -> Iterator[CodingRow]:
    """Yield a row for each coding, in the codings' order."""
    for c in codings:
        yield CodingRow(
            doc=c.doc,
            passage=c.passage,
            kind=articles[c.doc].passages[c.passage].kind,
            coder=c.coder,
            stage=stage,
            status=c.status,
            spans=len(c.spans),
            rejected=len(c.rejected),
            seconds=c.seconds,
            at=c.at,
            note=c.note,
            codebook=c.codebook,
        )


def _span_row(coding: Coding, span: CodedSpan, article: Article, codebook: Codebook, stage: Stage) -> SpanRow:
    code = codebook.codes.get(span.code)
    if code is None:
        raise SpanError(
            f"{coding.doc}: coder {coding.coder} gave {span.code}, which codebook {codebook.ref} does not have"
        )
    return SpanRow(
        id=span.id,
        doc=coding.doc,
        passage=coding.passage,
        kind=article.passages[coding.passage].kind,
        coder=coding.coder,
        stage=stage,
        layer=span.layer,
        code=span.code,
        code_zh=code.label.zh,
        code_en=code.label.en,
        start=span.start,
        end=span.end,
        offset_unit="code point",
        quote=span.quote,
        text=span.text,
        before=article.raw[max(0, span.start - CONTEXT) : span.start],
        after=article.raw[span.end : span.end + CONTEXT],
        origin=span.origin,
        suggestion=span.suggestion or "",
        **{name: span.attributes.get(name, "") for name in ATTRIBUTES},
        note=span.note,
        doubt=span.doubt,
        at=coding.at,
        codebook=coding.codebook,
        source_sha=article.sha,
    )
