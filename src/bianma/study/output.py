"""What leaves a study: agreement of its coders, and the exported tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import get_args

from bianma import jsonl
from bianma.agreement import PairAgreement, span_f1
from bianma.agreement.f1 import Match
from bianma.analysis import CodeCount, code_counts
from bianma.errors import StudyError
from bianma.export import FORMATS, Article, CodingRow, SpanRow, Stage, coding_rows, span_rows
from bianma.records import LAYERS, Coding, DocId
from bianma.study.store import ByArticle, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Span F1 of every pair of coders, on each layer."""

    pairs: tuple[PairAgreement, ...]


MATCHES: tuple[Match, ...] = get_args(Match)


def agree(study: Study) -> Agreement:
    """Compare every two coders with finished codings; StudyError if there are fewer than two."""
    codings = {coder: study.codings(coder) for coder in study.coders_on_disk()}
    coders = [coder for coder, rows in codings.items() if any(c.status == "done" for c in rows)]
    if len(coders) < 2:
        raise StudyError(
            f"agreement needs finished codings of two coders; annotations/codings holds those of {len(coders)}: "
            "run `bianma pull` when they have coded"
        )
    return Agreement(
        pairs=tuple(
            span_f1(codings[a], codings[b], layer=layer, match=match)
            for a, b in combinations(coders, 2)
            for layer in LAYERS
            for match in MATCHES
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Rows written per table, and the files, relative to the study."""

    spans: int
    codings: int
    counts: int
    files: tuple[str, ...]


def export(study: Study, formats: Sequence[str], *, dry_run: bool = False) -> Exported:
    """Write spans, codings and code × article counts of all coders, and of the adjudication, to exports/.

    Every quote is checked against its source first; nothing is written if one does not stand there.
    """
    articles = load_articles(study)
    codings = [c for coder in study.coders_on_disk() for c in study.codings(coder)]
    stages: tuple[tuple[Stage, list[Coding]], ...] = (("coding", codings), ("adjudicated", study.adjudicated()))
    spans = [r for stage, made in stages for r in span_rows(made, articles, study.codebook, stage=stage)]
    rows = [r for stage, made in stages for r in coding_rows(made, articles, stage=stage)]
    counts = code_counts([c for _, made in stages for c in made], study.passages())
    tables: tuple[tuple[str, Sequence[object], type], ...] = (
        ("spans", spans, SpanRow),
        ("codings", rows, CodingRow),
        ("counts", counts, CodeCount),
    )
    files = {f"{name}.{ending}": FORMATS[ending](table, row) for name, table, row in tables for ending in formats}
    if not dry_run:
        for name, data in files.items():
            jsonl.write_atomic(study.exports / name, data)
    return Exported(
        spans=len(spans), codings=len(rows), counts=len(counts), files=tuple(f"exports/{name}" for name in files)
    )


def load_articles(study: Study) -> ByArticle[Article]:
    """Return each article with its passages, read when it is asked for; StudyError at once if one is gone."""
    shelf = study.shelf()
    docs = [DocId(doc) for doc in shelf.docs()]
    texts = study.texts_of(docs)

    def load(doc: DocId) -> Article:
        text = texts[doc]
        return Article(text.raw, text.source.sha, {p.id: p for p in shelf.of(doc)})

    return ByArticle(docs, load)
