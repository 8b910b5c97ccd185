"""Does what lies in annotations/ still stand on its sources? The One Rule, checked over a whole study."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from bianma.corpus.offsets import passage_map
from bianma.errors import BianmaError
from bianma.records import Coding, DocId, Passage, PassageId, text_sha
from bianma.spans import check_quote
from bianma.study import ledger
from bianma.study.store import Study


def verify(study: Study) -> Iterator[str]:
    """Yield what does not stand: unreadable sources, passages off theirs, quotes not in place, unknown codes."""
    try:
        raws = {doc: text.raw for doc, text in study.texts().items()}
    except BianmaError as e:
        yield from str(e).splitlines()
        return
    passages = {p.id: p for p in study.passages()} if (study.annotations / "passages.jsonl").exists() else {}
    yield from _passage_findings(passages, raws)
    for coding in _all_codings(study):
        yield from _coding_findings(coding, passages, raws, study)
    yield from _complaint(ledger.verify, study.ledger)


def _passage_findings(passages: Mapping[PassageId, Passage], raws: Mapping[DocId, str]) -> Iterator[str]:
    """Yield one sentence for each article that is gone, or no longer what its passages were cut from."""
    of = Counter(p.doc for p in passages.values())
    off = Counter(p.doc for p in passages.values() if p.doc in raws and _complaint(passage_map, p, raws[p.doc]))
    for doc in sorted(of.keys() - raws.keys()):
        yield f"{doc}: its source is gone from corpus/; put it back, or run `bianma ingest` if nobody was sent it"
    for doc, n in sorted(off.items()):
        yield (
            f"{doc}: {n} of {of[doc]} passages no longer stand in the source, which was changed since `bianma ingest`; "
            "put it back as it was, or ingest anew if nobody was sent it"
        )


def _all_codings(study: Study) -> Iterator[Coding]:
    for coder in study.coders_on_disk():
        yield from study.codings(coder)
    yield from study.adjudicated()


def _coding_findings(
    coding: Coding, passages: Mapping[PassageId, Passage], raws: Mapping[DocId, str], study: Study
) -> Iterator[str]:
    where = f"{coding.doc}, passage {coding.passage}, coder {coding.coder}"
    passage = passages.get(coding.passage)
    if passage is None:
        yield f"{where}: coded, but no such passage was ingested; restore the source and run `bianma ingest`"
        return
    if coding.text_sha != text_sha(passage.text):
        yield f"{where}: coded in another wording than the one ingested; restore the source"
    for span in coding.spans:
        if coding.doc in raws:
            yield from _complaint(check_quote, raws[coding.doc], span.span, span.quote, where=f"{where}, {span.code}")
        if span.code not in study.codebook.codes:
            yield f"{where}: {span.code} is not in codebook {study.codebook.ref}"


def _complaint(check: Callable[..., object], *args: object, **options: object) -> list[str]:
    try:
        check(*args, **options)
    except BianmaError as e:
        return [str(e)]
    return []
