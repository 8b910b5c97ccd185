"""From passages to suggestions by way of a language model: what to ask, asking it, and what the answers amount to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from typing import Protocol

from bianma.codebook.model import Codebook
from bianma.corpus.offsets import passage_map
from bianma.errors import SpanError
from bianma.reader.answers import Answer, Drop, Item, parse
from bianma.reader.cache import Cache
from bianma.reader.client import RefusedError
from bianma.reader.pace import SpentError
from bianma.reader.prompt import Request, first_sentence
from bianma.records import Passage, Suggestion, suggestion_id, text_sha

WORKERS = 4  # requests under way at once
REFUSALS = 3  # in a row, before any answer: then it is not the passages
Progress = Callable[[int, int], None]


class Asked(Protocol):
    """Who is asked: an `Endpoint`, or whatever answers like one."""

    def ask(self, request: Request) -> Answer:
        """Return the answer; RefusedError, SpentError, or a ReaderError that ends the run."""
        ...

    def stop(self) -> None:
        """Let no request out any more."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What became of some requests: `refused` by key, with what was said; `left` were not sent."""

    answered: int
    refused: Mapping[str, str]
    left: int


def ask(
    requests: Sequence[Request],
    endpoint: Asked,
    cache: Cache,
    *,
    workers: int = WORKERS,
    progress: Progress | None = None,
) -> Round:
    """Ask all `requests`, several at once, and store each answer as it comes.

    Raises ReaderError when nothing more can be asked; the answers that came are stored.
    """
    with ThreadPoolExecutor(workers) as pool:
        waiting = {pool.submit(_one, request, endpoint, cache): request for request in requests}
        try:
            return _gathered(waiting, progress)
        except BaseException:
            endpoint.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _one(request: Request, endpoint: Asked, cache: Cache) -> None:
    cache.put(request.key, endpoint.ask(request))


def _gathered(waiting: Mapping[Future[None], Request], progress: Progress | None) -> Round:
    answered, left, refused = 0, 0, dict[str, str]()
    for n, done in enumerate(as_completed(waiting), 1):
        try:
            done.result()
            answered += 1
        except SpentError:
            left += 1
        except RefusedError as e:
            refused[waiting[done].key] = str(e)
            if not answered and len(refused) >= REFUSALS:
                raise
        if progress:
            progress(n, len(waiting))
    return Round(answered=answered, refused=refused, left=left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an answer amounts to on one passage: its suggestions, what was dropped, whether it held a list."""

    suggestions: tuple[Suggestion, ...]
    dropped: Mapping[Drop, int]
    listed: bool


def reading(passage: Passage, raw: str, answer: Answer, codebook: Codebook, *, model: str, prior: float) -> Reading:
    """Return the suggestions that `model` made on a passage, in order of position, each with the score `prior`.

    Raises SpanError where `raw` no longer spells the passage's text.
    """
    parsed = parse(answer.content, passage.text, {code.id for code in codebook.concepts})
    offsets = passage_map(passage, raw)
    made: dict[str, Suggestion] = {}
    dropped = dict(parsed.dropped)
    for item in parsed.items:
        try:
            at = offsets.to_original(item.span)
        except SpanError:  # cleaning wrote it: nothing in the source stands for it
            dropped["quote"] = dropped.get("quote", 0) + 1
            continue
        id_ = suggestion_id(passage.id, "concept", item.code, at.start, at.end)
        made[id_] = Suggestion(
            id=id_,
            doc=passage.doc,
            passage=passage.id,
            layer="concept",
            code=item.code,
            start=at.start,
            end=at.end,
            quote=at.quote(raw),
            text=item.span.quote(passage.text),
            score=prior,
            why=_why(item, codebook, model),
            codebook=codebook.ref,
            text_sha=text_sha(passage.text),
        )
    return Reading(suggestions=tuple(sorted(made.values(), key=_place)), dropped=dropped, listed=parsed.listed)


def joined(rules: Iterable[Suggestion], read: Iterable[Suggestion]) -> list[Suggestion]:
    """Return the suggestions on one passage, the rules' and the reader's: concepts by position, then functions.

    What both have keeps the rules' record, and its `why` says who has it also.
    """
    theirs = {s.id: s for s in read}
    both = [replace(s, why={**s.why, "also": theirs.pop(s.id).why["cue"]}) if s.id in theirs else s for s in rules]
    concepts = [s for s in both if s.layer == "concept"]
    return sorted([*concepts, *theirs.values()], key=_place) + [s for s in both if s.layer != "concept"]


def _why(item: Item, codebook: Codebook, model: str) -> Mapping[str, str]:
    clause = first_sentence(codebook.codes[item.code].definition)
    return {"cue": f"reader:{model}", "clause": clause, "quote": item.quote}


def _place(s: Suggestion) -> tuple[int, int, str]:
    return s.start, s.end, s.code
