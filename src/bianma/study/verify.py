"""Does what lies in annotations/ still stand on its sources? The One Rule, checked over a whole study."""

from collections.abc import Callable, Iterator, Mapping

from bianma.corpus.offsets import passage_map
from bianma.errors import BianmaError
from bianma.export import Article
from bianma.records import Coding, DocId, text_sha
from bianma.spans import check_quote
from bianma.study import ledger
from bianma.study.output import load_articles
from bianma.study.store import Study


def verify(study: Study) -> list[str]:
    """Return what does not stand: passages off their source, quotes not in place, codes unknown, a broken ledger."""
    articles = load_articles(study) if (study.annotations / "passages.jsonl").exists() else {}
    findings: list[str] = []
    for article in articles.values():
        for passage in article.passages.values():
            findings += _complaint(passage_map, passage, article.raw)
    for coding in _all_codings(study):
        findings += _coding_findings(coding, articles, study)
    return findings + _complaint(ledger.verify, study.ledger)


def _all_codings(study: Study) -> Iterator[Coding]:
    for coder in study.coders_on_disk():
        yield from study.codings(coder)
    yield from study.adjudicated()


def _coding_findings(coding: Coding, articles: Mapping[DocId, Article], study: Study) -> Iterator[str]:
    where = f"{coding.doc}, passage {coding.passage}, coder {coding.coder}"
    article = articles.get(coding.doc)
    passage = article.passages.get(coding.passage) if article else None
    if article is None or passage is None:
        yield f"{where}: coded, but no such passage was ingested; restore the source and run `bianma ingest`"
        return
    if coding.text_sha != text_sha(passage.text):
        yield f"{where}: the passage was coded in another wording than the one ingested; restore its source"
    for span in coding.spans:
        yield from _complaint(check_quote, article.raw, span.span, span.quote, where=f"{where}, {span.code}")
        if span.code not in study.codebook.codes:
            yield f"{where}: {span.code} is not in codebook {study.codebook.ref}"


def _complaint(check: Callable[..., object], *args: object, **options: object) -> list[str]:
    try:
        check(*args, **options)
    except BianmaError as e:
        return [str(e)]
    return []
