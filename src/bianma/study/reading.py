"""A study and its reader of meaning: what it would be asked and at what price, asking it, and what came of it."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bianma.corpus.offsets import passage_map
from bianma.errors import ReaderError, StudyError
from bianma.reader.cache import Cache
from bianma.reader.client import Endpoint, completions
from bianma.reader.pace import Clock, Pace
from bianma.reader.prompt import ANSWER_TOKENS, Request, instructions
from bianma.reader.read import Progress, Round, ask, joined, reading
from bianma.records import CODED_KINDS, DocId, Passage, PassageId, Suggestion
from bianma.study import ledger, steps
from bianma.study.settings import Reader
from bianma.study.store import Study

PRIOR = 0.5  # the score of what a reader proposes: below a cue of two characters and more, above a bare sentence
FOLDER = "reader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run would send: of `passages`, those that have no answer yet, each wording once.

    `requests` are sent in this run, `left` in later ones (bianma.yaml, reader: at_most). Characters are those of the
    passages; tokens are estimated, with the codebook that goes with every request; `price` is None where none is known.
    """

    model: str
    endpoint: str
    passages: int
    answered: int
    requests: int
    left: int
    characters: int
    tokens_in: int
    tokens_out: int
    price: float | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The cost, the requests to be sent, and that of the first passage, whether it is to be sent or not."""

    cost: Cost
    requests: tuple[Request, ...]
    first: Request | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What came of a run. `requests` counts all that were sent, tokens those that the endpoint told.

    Over all answers there are, old ones too: `added` suggestions are the reader's alone, `also` the rules' as well,
    `dropped` entries by reason, `without_list` the passages whose answers held no list.
    """

    cost: Cost
    requests: int
    answered: int
    tokens_in: int
    tokens_out: int
    added: int
    also: int
    dropped: dict[str, int]
    suggested: steps.Suggested
    warnings: tuple[str, ...]
    findings: tuple[str, ...]


def plan(study: Study) -> Plan:
    """Return what the study's reader would be asked; StudyError if there is none, or an article has changed."""
    reader = _reader(study)
    cache, texts, first = _cache(study), instructions(study.codebook), None
    passages, answered = 0, 0
    pending: dict[str, Request] = {}
    for passage in _passages(study):
        request = Request(reader.model, texts, passage.text)
        first = first or request
        passages += 1
        if request.key in cache:
            answered += 1
        else:
            pending.setdefault(request.key, request)
    requests = tuple(pending.values())
    return Plan(_cost(reader, passages, answered, requests), requests, first)


def key(study: Study) -> str | None:
    """Return the key that the endpoint asks for, None if it asks for none; StudyError if its variable is not set."""
    name = _reader(study).key_env
    if name is None:
        return None
    value = os.environ.get(name, "").strip()
    if not value:
        raise StudyError(f"the environment variable {name}, which bianma.yaml (reader: key_env) names, is not set")
    if not (value.isascii() and value.isprintable()):
        raise StudyError(f"the environment variable {name} holds signs that no key has: set it to the key alone")
    return value


def dry(study: Study, found: Plan) -> str:
    """Return the request of the first passage, exactly as it would be sent, but for the key; empty if there is none."""
    reader = _reader(study)
    if found.first is None:
        return ""
    head = [f"POST {completions(reader.endpoint)}", "Content-Type: application/json"]
    head += [f"Authorization: Bearer ${reader.key_env}"] if reader.key_env else []
    return "\n".join([*head, "", found.first.body().decode()])


def read(
    study: Study, found: Plan, *, now: str, key: str | None, clock: Clock, progress: Progress | None = None
) -> Read:
    """Ask what is planned, then write annotations/suggestions.jsonl with all that rules and reader propose.

    Raises ReaderError if the reader fails: the answers that came are kept, and the suggestions left as they were.
    """
    reader = _reader(study)
    pace = Pace(clock, per_minute=reader.per_minute, at_most=reader.at_most)
    went = Round(answered=0, refused={}, left=0)
    if found.requests:
        try:
            went = _ask(study, reader, found.requests, pace, key, clock, progress)
        finally:
            if pace.sent:
                details = {"model": reader.model, "endpoint": reader.endpoint, "requests": pace.sent}
                ledger.append(study.ledger, at=now, event="read", actor="bianma", details=details)
    gathered = _Gathered(study, reader)
    suggested = steps.suggest(study, now=now, join=gathered.join)
    answers = [a for r in found.requests if (a := gathered.cache.get(r.key))]
    return Read(
        cost=found.cost,
        requests=pace.sent,
        answered=went.answered,
        tokens_in=sum(a.tokens_in or 0 for a in answers),
        tokens_out=sum(a.tokens_out or 0 for a in answers),
        added=gathered.added,
        also=gathered.also,
        dropped=dict(sorted(gathered.dropped.items())),
        suggested=suggested,
        warnings=tuple(gathered.warnings()),
        findings=tuple(gathered.findings(went)),
    )


def _ask(
    study: Study,
    reader: Reader,
    requests: Sequence[Request],
    pace: Pace,
    key: str | None,
    clock: Clock,
    progress: Progress | None,
) -> Round:
    cache = _cache(study)
    endpoint = Endpoint(reader.endpoint, key=key, timeout=reader.timeout, pace=pace, clock=clock)
    try:
        return ask(requests, endpoint, cache, progress=progress)
    except ReaderError as e:
        kept = sum(r.key in cache for r in requests)
        if not kept:
            raise
        raise ReaderError(f"{e}\n{kept} answers came and are kept; the same command asks for the rest only") from e
    finally:
        endpoint.close()


@dataclass
class _Gathered:
    """What the answers amount to, gathered article by article while the suggestions are written."""

    study: Study
    reader: Reader
    added: int = 0
    also: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    unlisted: list[str] = field(default_factory=list)  # the answers' files
    missing: dict[str, list[PassageId]] = field(default_factory=lambda: defaultdict(list))  # by key

    def __post_init__(self) -> None:
        self.cache = _cache(self.study)
        self._instructions = instructions(self.study.codebook)

    def join(self, passages: Sequence[Passage], raw: str, rules: Iterable[Suggestion]) -> Iterator[Suggestion]:
        """Yield what the rules propose on an article and what the reader does, in one order."""
        by_passage: dict[PassageId, list[Suggestion]] = defaultdict(list)
        for suggestion in rules:
            by_passage[suggestion.passage].append(suggestion)
        for passage in passages:
            read = self._read(passage, raw) if passage.kind in CODED_KINDS else ()
            both = joined(by_passage[passage.id], read)
            new = len(both) - len(by_passage[passage.id])
            self.added, self.also = self.added + new, self.also + len(read) - new
            yield from both

    def _read(self, passage: Passage, raw: str) -> tuple[Suggestion, ...]:
        request = Request(self.reader.model, self._instructions, passage.text)
        answer = self.cache.get(request.key)
        if answer is None:
            self.missing[request.key].append(passage.id)
            return ()
        made = reading(passage, raw, answer, self.study.codebook, model=self.reader.model, prior=PRIOR)
        self.dropped.update(made.dropped)
        if not made.listed:
            self.unlisted.append(f"{passage.id}: annotations/{FOLDER}/{self.cache.path(request.key).name}")
        return made.suggestions

    def warnings(self) -> Iterator[str]:
        """Yield which answers held no list."""
        for where in self.unlisted:
            yield f"{where} holds no list of codes and quotes; delete it to have the passage asked anew"

    def findings(self, went: Round) -> Iterator[str]:
        """Yield which passages have no answer, and why."""
        for key, said in went.refused.items():
            yield f"{', '.join(self.missing.get(key, []))}: {said}"
        rest = sum(len(ids) for key, ids in self.missing.items() if key not in went.refused)
        if rest:
            yield f"{rest} passages have no answer yet (bianma.yaml, reader: at_most); run the same command again"


def _cost(reader: Reader, passages: int, answered: int, requests: Sequence[Request]) -> Cost:
    now = requests[: reader.at_most]
    tokens_in, tokens_out = sum(r.tokens for r in now), ANSWER_TOKENS * len(now)
    price = None
    if reader.price_in is not None and reader.price_out is not None:
        price = round((tokens_in * reader.price_in + tokens_out * reader.price_out) / 1e6, 4)
    return Cost(
        model=reader.model,
        endpoint=reader.endpoint,
        passages=passages,
        answered=answered,
        requests=len(now),
        left=len(requests) - len(now),
        characters=sum(len(r.text) for r in now),
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        price=price,
    )


def _passages(study: Study) -> Iterator[Passage]:
    """Yield the passages that coders see; StudyError or SpanError if an article is not as it was ingested."""
    shelf = study.shelf()
    for doc, text in study.texts_of(DocId(doc) for doc in shelf.docs()).items():
        for passage in shelf.of(doc):
            if passage.kind in CODED_KINDS:
                passage_map(passage, text.raw)
                yield passage


def _reader(study: Study) -> Reader:
    reader = study.settings.reader
    if reader is None:
        raise StudyError(
            "bianma.yaml names no reader, so nobody is asked; add `reader:` with `endpoint:` (such as "
            "http://127.0.0.1:11434/v1) and `model:`"
        )
    return reader


def _cache(study: Study) -> Cache:
    return Cache(study.annotations / FOLDER)
