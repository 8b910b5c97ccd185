"""The steps that make a study's passages and suggestions. Each returns what it did."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bianma import jsonl
from bianma.records import DocId, Passage, Suggestion
from bianma.study import learn, ledger
from bianma.study.ingest import Ingested, ingest
from bianma.study.store import Study
from bianma.suggest.pipeline import suggest as suggest_spans

__all__ = ["Ingested", "Suggested", "ingest", "suggest"]

Join = Callable[[Sequence[Passage], str, Iterable[Suggestion]], Iterable[Suggestion]]  # passages, raw, what rules found


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What `suggest` made, by code; `codebook` is the version it went by."""

    suggestions: int
    per_code: Mapping[str, int]
    codebook: str
    new: bool


def suggest(
    study: Study, *, now: str, dry_run: bool = False, join: Join | None = None, learned: bool = False
) -> Suggested:
    """Make suggestions on every passage that coders see, and write annotations/suggestions.jsonl.

    One article is held at a time; `join` adds to what the rules find in it; with `learned` what the adjudicated
    codings teach counts in. Raises StudyError, and writes nothing, if an article is not as it was ingested.
    """
    per_code: Counter[str] = Counter()
    made = _counted(learn.suggestions(study) if learned else _suggestions(study, join), per_code)
    return written(study, made, per_code, now=now, dry_run=dry_run)


def written(
    study: Study, made: Iterable[object], per_code: Mapping[str, int], *, now: str, dry_run: bool = False
) -> Suggested:
    """Write the suggestions `made` and an entry in the ledger; `per_code` has counted them once they are taken."""
    new = jsonl.write(study.annotations / "suggestions.jsonl", made, dry_run=dry_run)
    total = sum(per_code.values())
    if new and not dry_run:
        details = {"codebook": study.codebook.ref, "suggestions": total}
        ledger.append(study.ledger, at=now, event="suggest", actor="bianma", details=details)
    return Suggested(
        suggestions=total,
        per_code=dict(sorted(per_code.items())),
        codebook=study.codebook.ref,
        new=new,
    )


def _suggestions(study: Study, join: Join | None) -> Iterator[Suggestion]:
    shelf = study.shelf()
    texts = study.texts_of(DocId(doc) for doc in shelf.docs())
    for doc, text in texts.items():
        passages = shelf.of(doc)
        made = suggest_spans(passages, {doc: text.raw}, study.codebook)
        yield from join(passages, text.raw, made) if join else made


def _counted(made: Iterator[Suggestion], per_code: Counter[str]) -> Iterator[Suggestion]:
    for suggestion in made:
        per_code[suggestion.code] += 1
        yield suggestion
