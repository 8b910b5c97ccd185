"""The steps that make a study's passages and suggestions. Each returns what it did."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bianma import jsonl
from bianma.corpus.cut import passages as cut
from bianma.errors import StudyError
from bianma.records import Passage
from bianma.study import ledger
from bianma.study.store import Study
from bianma.suggest.pipeline import suggest as suggest_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What `ingest` read: `kinds` counts passages by kind; `new` is False where nothing had changed."""

    articles: int
    code_points: int
    passages: int
    kinds: Mapping[str, int]
    new: bool


def ingest(study: Study, *, now: str, dry_run: bool = False) -> Ingested:
    """Read corpus/, clean and cut it, and write annotations/sources.jsonl and passages.jsonl.

    Raises StudyError, and writes nothing, if a passage that was pushed or coded would cease to exist.
    """
    texts = study.texts()
    if not texts:
        raise StudyError("corpus/ holds no articles: put .txt or .md files there, then run `bianma ingest` again")
    passages = [p for doc, text in sorted(texts.items()) for p in cut(doc, text.raw)]
    _refuse_orphans(study, passages)
    sources = [text.source for _, text in sorted(texts.items())]
    new = jsonl.write(study.annotations / "sources.jsonl", sources, dry_run=dry_run)
    new |= jsonl.write(study.annotations / "passages.jsonl", passages, dry_run=dry_run)
    if new and not dry_run:
        details = {"articles": {d: t.source.sha for d, t in sorted(texts.items())}, "passages": len(passages)}
        ledger.append(study.ledger, at=now, event="ingest", actor="bianma", details=details)
    return Ingested(
        articles=len(texts),
        code_points=sum(t.source.length for t in texts.values()),
        passages=len(passages),
        kinds=dict(sorted(Counter(p.kind for p in passages).items())),
        new=new,
    )


def _refuse_orphans(study: Study, passages: Iterable[Passage]) -> None:
    known = {p.id for p in passages}
    used = {c.passage: c.doc for coder in study.coders_on_disk() for c in study.codings(coder)}
    used |= {s.passage: s.doc for coder in study.coders_pushed_to() for s in study.shown(coder).values()}
    used |= {c.passage: c.doc for c in study.adjudicated()}
    lost = Counter(doc for passage, doc in used.items() if passage not in known)
    if lost:
        listed = ", ".join(f"{doc} ({n} passages)" for doc, n in sorted(lost.items()))
        raise StudyError(
            f"passages that were pushed or coded would be lost: {listed}. Their text in corpus/ was changed or "
            "removed; put it back as it was, and add a new version as an article under another name"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What `suggest` made, by code; `codebook` is the version it went by."""

    suggestions: int
    per_code: Mapping[str, int]
    codebook: str
    new: bool


def suggest(study: Study, *, now: str, dry_run: bool = False) -> Suggested:
    """Make suggestions on every passage that coders see, and write annotations/suggestions.jsonl."""
    passages = study.passages()
    raws = {doc: text.raw for doc, text in study.texts_of(passages).items()}
    made = list(suggest_spans(passages, raws, study.codebook))
    new = jsonl.write(study.annotations / "suggestions.jsonl", made, dry_run=dry_run)
    if new and not dry_run:
        details = {"codebook": study.codebook.ref, "suggestions": len(made)}
        ledger.append(study.ledger, at=now, event="suggest", actor="bianma", details=details)
    return Suggested(
        suggestions=len(made),
        per_code=dict(sorted(Counter(s.code for s in made).items())),
        codebook=study.codebook.ref,
        new=new,
    )
