"""The steps that make a study's passages and suggestions. Each returns what it did."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bianma import jsonl
from bianma.records import DocId, Suggestion
from bianma.study import ledger
from bianma.study.ingest import Ingested, ingest
from bianma.study.store import Study
from bianma.suggest.pipeline import suggest as suggest_spans

__all__ = ["Ingested", "Suggested", "ingest", "suggest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What `suggest` made, by code; `codebook` is the version it went by."""

    suggestions: int
    per_code: Mapping[str, int]
    codebook: str
    new: bool


def suggest(study: Study, *, now: str, dry_run: bool = False) -> Suggested:
    """Make suggestions on every passage that coders see, and write annotations/suggestions.jsonl.

    One article is held at a time. Raises StudyError, and writes nothing, if one is not as it was ingested.
    """
    per_code: Counter[str] = Counter()
    made = _counted(_suggestions(study), per_code)
    new = jsonl.write(study.annotations / "suggestions.jsonl", made, dry_run=dry_run)
    if new and not dry_run:
        details = {"codebook": study.codebook.ref, "suggestions": per_code.total()}
        ledger.append(study.ledger, at=now, event="suggest", actor="bianma", details=details)
    return Suggested(
        suggestions=per_code.total(),
        per_code=dict(sorted(per_code.items())),
        codebook=study.codebook.ref,
        new=new,
    )


def _suggestions(study: Study) -> Iterator[Suggestion]:
    shelf = study.shelf()
    texts = study.texts_of(DocId(doc) for doc in shelf.docs())
    for doc, text in texts.items():
        yield from suggest_spans(shelf.of(doc), {doc: text.raw}, study.codebook)


def _counted(made: Iterator[Suggestion], per_code: Counter[str]) -> Iterator[Suggestion]:
    for suggestion in made:
        per_code[suggestion.code] += 1
        yield suggestion
