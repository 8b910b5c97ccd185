"""Does what lies in annotations/ still stand on its sources? The One Rule, checked over a whole study."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bianma.corpus.offsets import passage_map
from bianma.corpus.read import doc_id, read_article
from bianma.errors import BianmaError
from bianma.records import Coding, DocId, Passage, PassageId, Source, text_sha
from bianma.spans import check_quote
from bianma.study import ledger
from bianma.study.ingest import sidecar_beside
from bianma.study.store import Study, file_sha


def verify(study: Study) -> Iterator[str]:
    """Yield what does not stand: unreadable sources, passages off theirs, quotes not in place, unknown codes."""
    known = study.sources()
    try:
        paths = study.source_paths()
    except BianmaError as e:
        yield str(e)
        paths = []
    for path in paths:
        if doc_id(path) not in known:
            yield from (line.removeprefix(f"{study.root}/") for line in _complaint(_readable, path))
    shelf = study.shelf() if (study.annotations / "passages.jsonl").exists() else None
    codings = _codings_by_doc(study)
    docs = {*known, *codings, *(DocId(doc) for doc in (shelf.docs() if shelf else ()))}
    for doc in sorted(docs):
        passages = shelf.of(doc) if shelf else []
        yield from _article_findings(study, doc, known.get(doc), passages, codings.get(doc, []))
    yield from _complaint(ledger.verify, study.ledger)


def _readable(path: Path) -> None:
    read_article(path, encoding=sidecar_beside(path).encoding)


def _article_findings(
    study: Study, doc: DocId, source: Source | None, passages: Sequence[Passage], codings: Sequence[Coding]
) -> Iterator[str]:
    raw = None
    if source is None:
        yield f"{doc}: annotations/sources.jsonl does not know it; run `bianma ingest`"
    elif not (study.root / source.path).is_file():
        yield f"{doc}: its source is gone from corpus/; put it back, or run `bianma ingest` if nobody was sent it"
    else:
        try:
            raw = study.raw(source)
        except BianmaError as e:
            yield str(e)
    if raw is not None and source is not None:
        yield from _source_findings(study, source, raw, passages)
    by_id = {p.id: p for p in passages}
    for coding in codings:
        yield from _coding_findings(coding, by_id, raw, study)


def _source_findings(study: Study, source: Source, raw: str, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield one sentence if the article is no longer what its passages were cut from."""
    off = sum(bool(_complaint(passage_map, p, raw)) for p in passages)
    if (sha := text_sha(raw)) != source.sha:
        yield (
            f"{source.doc}: {off} of {len(passages)} passages no longer stand in the source, which was changed since "
            f"`bianma ingest` ({source.sha[:8]} → {sha[:8]}); put it back as it was, or ingest anew if nobody was "
            "sent it"
        )
    elif off:
        yield (
            f"{source.doc}: {off} of {len(passages)} passages are not what the source spells: "
            "annotations/passages.jsonl was changed; restore it"
        )
    elif source.file_sha and file_sha(study.root / source.path) != source.file_sha:
        yield f"{source.doc}: {source.path} was changed since `bianma ingest`; run that again to see in what"


def _codings_by_doc(study: Study) -> dict[DocId, list[Coding]]:
    found: dict[DocId, list[Coding]] = defaultdict(list)
    for coding in (*(c for coder in study.coders_on_disk() for c in study.codings(coder)), *study.adjudicated()):
        found[coding.doc].append(coding)
    return found


def _coding_findings(
    coding: Coding, passages: Mapping[PassageId, Passage], raw: str | None, study: Study
) -> Iterator[str]:
    where = f"{coding.doc}, passage {coding.passage}, coder {coding.coder}"
    passage = passages.get(coding.passage)
    if passage is None:
        yield f"{where}: coded, but no such passage was ingested; restore the source and run `bianma ingest`"
        return
    if coding.text_sha != text_sha(passage.text):
        yield f"{where}: coded in another wording than the one ingested; restore the source"
    for span in coding.spans:
        if raw is not None:
            yield from _complaint(check_quote, raw, span.span, span.quote, where=f"{where}, {span.code}")
        if span.code not in study.codebook.codes:
            yield f"{where}: {span.code} is not in codebook {study.codebook.ref}"


def _complaint(check: Callable[..., object], *args: object, **options: object) -> list[str]:
    try:
        check(*args, **options)
    except BianmaError as e:
        return [str(e)]
    return []
