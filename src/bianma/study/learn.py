"""What a study's codings teach: a fitted model, terms learned and taken back, cues worth having.

Only adjudicated codings teach: what one coder marked must not reach another's suggestions before the supervisor has
settled it, or their codings would no longer be independent.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bianma import jsonl
from bianma.errors import StudyError
from bianma.records import CodedRange, CodeId, DocId, Passage, PassageId, Suggestion
from bianma.study import ledger
from bianma.study.store import Study
from bianma.suggest.article import settings
from bianma.suggest.learning import Learner
from bianma.suggest.memory import Key, Lesson
from bianma.suggest.pipeline import Engine
from bianma.suggest.rescorer import Learned
from bianma.suggest.scan import scan_form
from bianma.suggest.training import Coded, Proposal, coded, proposals, train

MODEL, REVOKED = "learned.jsonl", "revoked.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """A lesson that was taken back: it is learned no more."""

    code: CodeId
    term: str  # in scan form


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What `learn` came to: `missing` says what lacks before there is anything to fit."""

    spans: int
    articles: int
    missing: str = ""
    gain: float = 0.0
    used: bool = False
    new: bool = False


def learn(study: Study, *, now: str, dry_run: bool = False) -> Trained:
    """Fit a model on the adjudicated codings and keep it in annotations/learned.jsonl, with its gain."""
    engine = Engine(study.codebook)
    passages = list(_coded(study, engine))
    spans, articles = sum(len(p.marked) for p in passages), len({p.doc for p in passages})
    model = train(engine, passages)
    if isinstance(model, str):
        return Trained(spans=spans, articles=articles, missing=model)
    new = jsonl.write(study.annotations / MODEL, [model], dry_run=dry_run)
    if new and not dry_run:
        details = {"codebook": model.codebook, "data": model.data, "gain": model.gain}
        ledger.append(study.ledger, at=now, event="learn", actor="bianma", details=details)
    return Trained(spans=spans, articles=articles, gain=model.gain, used=model.helps, new=new)


def model_of(study: Study) -> Learned | None:
    """Return the fitted model; None without one, or if it was fitted with another codebook."""
    path = study.annotations / MODEL
    found = jsonl.read(path, Learned) if path.exists() else []
    return found[0] if found and found[0].codebook == study.codebook.ref else None


def propose(study: Study) -> list[Proposal]:
    """Return terms that the adjudicated codings have and the cues do not find."""
    engine = Engine(study.codebook)
    return proposals(engine, list(_coded(study, engine)))


def lessons(study: Study) -> list[Lesson]:
    """Return the terms that the adjudicated codings taught, in the order in which they did."""
    learner = Learner(Engine(study.codebook), revoked(study))
    for _ in _learning(study, learner):
        pass
    return list(learner.memory.lessons())


def revoked(study: Study) -> list[Key]:
    """Return the lessons that were taken back."""
    path = study.annotations / REVOKED
    return [(r.code, r.term) for r in jsonl.read(path, Revoked)] if path.exists() else []


def revoke(study: Study, code: CodeId, term: str, *, now: str, restore: bool = False) -> bool:
    """Take a lesson back, or let it be learned again; tell whether that changed anything."""
    if code not in study.codebook.codes:
        raise StudyError(f"the codebook has no code {code!r}; `bianma learn --lessons` lists what was learned")
    key = (code, scan_form(term)[0])
    before = revoked(study)
    after = [k for k in before if k != key] if restore else [*before, *([] if key in before else [key])]
    if before == after:
        return False
    jsonl.write(study.annotations / REVOKED, [Revoked(code=c, term=t) for c, t in sorted(after)])
    event = "restore lesson" if restore else "revoke lesson"
    ledger.append(study.ledger, at=now, event=event, actor="bianma", details={"code": code, "term": key[1]})
    return True


def suggestions(study: Study) -> Iterator[Suggestion]:
    """Yield the suggestions on every passage, each with what the passages before it and other articles taught."""
    learner = Learner(Engine(study.codebook, model_of(study)), revoked(study))
    yield from _learning(study, learner)


def _learning(study: Study, learner: Learner) -> Iterator[Suggestion]:
    """Go through all articles, those that are coded first; yield what is shown of each passage, then learn it."""
    ranges = _ranges(study)
    shelf = study.shelf()
    docs = [DocId(doc) for doc in shelf.docs()]
    found: dict[DocId, list[Suggestion]] = {}
    for doc in sorted(docs, key=lambda d: d not in ranges):
        raw, passages = study.text(doc).raw, shelf.of(doc)
        found[doc] = list(_of_article(learner, passages, raw, ranges.get(doc, {})))
    for doc in docs:
        yield from found[doc]


def _of_article(
    learner: Learner, passages: Sequence[Passage], raw: str, ranges: dict[PassageId, list[CodedRange]]
) -> Iterator[Suggestion]:
    for passage, setting in zip(passages, settings(passages), strict=True):
        shown = learner.shown(passage, setting)
        yield from learner.suggest(passage, raw, setting, shown)
        if passage.id in ranges:
            learner.learn(passage, raw, setting, shown, ranges[passage.id])


def _coded(study: Study, engine: Engine) -> Iterator[Coded]:
    shelf = study.shelf()
    for doc, by_passage in _ranges(study).items():
        passages = shelf.of(doc)
        ranges = [r for found in by_passage.values() for r in found]
        kept = {p.text for p in passages if p.id in by_passage}
        yield from (c for c in coded(engine, passages, study.text(doc).raw, ranges) if c.text in kept)


def _ranges(study: Study) -> dict[DocId, dict[PassageId, list[CodedRange]]]:
    """Return what was adjudicated, by article and passage; StudyError if nothing was."""
    found: dict[DocId, dict[PassageId, list[CodedRange]]] = defaultdict(dict)
    for coding in study.adjudicated():
        if coding.status == "done":
            found[coding.doc][coding.passage] = [
                CodedRange(doc=coding.doc, layer=s.layer, code=s.code, start=s.start, end=s.end) for s in coding.spans
            ]
    if not found:
        raise StudyError("annotations/adjudicated/ holds no coding yet: only what was adjudicated teaches")
    return found


def yaml_of(found: Iterable[Proposal]) -> Iterator[str]:
    """Yield proposals as lines of YAML, ready to paste under `cues:` of their codes."""
    code = ""
    for p in sorted(found, key=lambda p: (p.code, -p.precision * p.marked, p.term)):
        if p.code != code:
            code = p.code
            yield f"# {code}"
        yield f"- {p.term}  # precision {p.precision:.2f} ({p.marked}/{p.places}), recall {p.share:.3f} of its code"
