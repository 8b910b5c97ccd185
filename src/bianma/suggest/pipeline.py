"""From passages to suggestions: concepts by their cues, sentences by their markers, both as ranges of the raw text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from bianma.codebook.model import Code, Codebook
from bianma.corpus.offsets import OffsetMap, passage_map
from bianma.corpus.sentences import sentences
from bianma.errors import SpanError
from bianma.records import (
    CODED_KINDS,
    FUNCTION_KINDS,
    CodeId,
    DocId,
    Layer,
    Passage,
    Suggestion,
    suggestion_id,
    text_sha,
)
from bianma.spans import Span
from bianma.suggest.article import Setting, articles, settings
from bianma.suggest.attributes import Attributes
from bianma.suggest.functions import Functions, Label, Sentence
from bianma.suggest.lexicon import Find, Lexicon, standing
from bianma.suggest.memory import Memory
from bianma.suggest.rescorer import Learned
from bianma.suggest.rules import Place
from bianma.suggest.scores import as_written, probability
from bianma.suggest.tuned import Tuned

FLOOR = 0.4  # what is less likely is not suggested: below this a suggestion costs more than it brings
NO_DOC = DocId("")


class Engine:
    """A codebook with its compiled lexicons. Building one costs more than reading an article: keep it.

    `learned` scores what the rules find anew, if it was found to help.
    """

    def __init__(self, codebook: Codebook, learned: Learned | None = None) -> None:
        self.codebook = codebook
        self._learned = learned if learned is not None and learned.helps else None
        self._concepts = Lexicon(codebook.concepts, codebook.classes)
        self._functions = Functions(codebook)
        self._attributes = Attributes(codebook.surroundings)
        self._scores: dict[int, float] = {}  # by identity of the cue: each is asked for a thousand times

    def concepts(
        self, text: str, place: Place | None = None, *, memory: Memory | None = None, doc: DocId = NO_DOC
    ) -> list[Find]:
        """Return the concept finds in `text` that are likely enough, in order of position.

        With a `memory` what was learned counts in, most of all in the article `doc`.
        """
        finds = self.candidates(text, place)
        if self._learned is not None:
            finds = [replace(f, score=self._learned.score(f, text)) for f in finds]
        if memory is not None:
            finds = memory.weigh(text, finds, doc)
        likely = [f for f in finds if f.score >= FLOOR]
        return standing(likely, self._concepts.beside, by="length" if memory is None else "worth")

    def candidates(self, text: str, place: Place | None = None) -> list[Find]:
        """Return all that could stand in `text`, scored by the record of the cues."""
        return [self._rated(f) for f in self._concepts.candidates(text, place)]

    @property
    def beside(self) -> Mapping[CodeId, frozenset[CodeId]]:
        """The codes whose spans may overlap, by code."""
        return self._concepts.beside

    def _rated(self, find: Find) -> Find:
        score = self._scores.get(id(find.cue))
        if score is None:
            score = self._scores[id(find.cue)] = probability(self.codebook.record, find.code, find.cue)
        return replace(find, score=score)

    @property
    def functions(self) -> Functions:
        """The functions of sentences, compiled."""
        return self._functions

    def function(self, sentence: Sentence, tuned: Tuned | None = None) -> Label:
        """Return the function of one sentence."""
        return self._functions.label(sentence, tuned)

    def suggest(
        self, passage: Passage, raw: str, setting: Setting | None = None, memory: Memory | None = None
    ) -> Iterator[Suggestion]:
        """Yield the suggestions on one passage: concepts first, then functions, each in order of position.

        Without a setting the passage is taken for the whole article. Raises SpanError where `raw` no longer spells the
        passage's text.
        """
        if passage.kind not in CODED_KINDS:
            return
        setting = setting or settings([passage])[0]
        finds = self.concepts(passage.text, setting.place, memory=memory, doc=passage.doc)
        yield from self.suggestions(passage, raw, setting, finds)

    def suggestions(
        self, passage: Passage, raw: str, setting: Setting, finds: Sequence[Find], tuned: Tuned | None = None
    ) -> Iterator[Suggestion]:
        """Yield the finds in a passage, and the functions of its sentences, as suggestions on the raw text."""
        offsets = passage_map(passage, raw)
        told = self._attributes.of_all(passage.text, [(f.span, f.code) for f in finds])
        for find, attributes in zip(finds, told, strict=True):
            why = self._why(find, passage.text)
            made = self._made(passage, raw, offsets, "concept", find.code, find.span, round(find.score, 4), why)
            yield from (replace(suggestion, attributes=attributes) for suggestion in made)
        for span, sentence in sentences_of(passage, setting, finds) if passage.kind in FUNCTION_KINDS else ():
            found = self.function(sentence, tuned)
            why = {"cue": "、".join(found.markers), "clause": self._clause(found.function)}
            yield from self._made(passage, raw, offsets, "function", found.function, span, found.score, why)

    def _why(self, find: Find, text: str) -> dict[str, str]:
        """Return the cue, its id, the clause, the context that had to stand there, and what nearly spoke against it."""
        cue = find.cue
        why = {"cue": as_written(cue), "clause": self._clause(find.code)}
        if cue.id:
            why["id"] = cue.id
        if find.term != find.span:
            why["context"] = find.term.quote(text)
        if cue.needs:
            why["confirmed"] = "; ".join(f"{scope}: {'|'.join(patterns)}" for scope, patterns in cue.needs.items())
        if cue.never:
            why["excluded_by"] = "; ".join(f"{scope}: {'|'.join(patterns)}" for scope, patterns in cue.never.items())
        return why

    def _clause(self, code: CodeId) -> str:
        return _first_sentence(self.codebook.codes[code])

    def _made(
        self,
        passage: Passage,
        raw: str,
        offsets: OffsetMap,
        layer: Layer,
        code: CodeId,
        span: Span,
        score: float,
        why: Mapping[str, str],
    ) -> Iterator[Suggestion]:
        at = _in_raw(offsets, span)
        if at is None:
            return
        yield Suggestion(
            id=suggestion_id(passage.id, layer, code, at.start, at.end),
            doc=passage.doc,
            passage=passage.id,
            layer=layer,
            code=code,
            start=at.start,
            end=at.end,
            quote=at.quote(raw),
            text=span.quote(passage.text),
            score=score,
            why=why,
            codebook=self.codebook.ref,
            text_sha=text_sha(passage.text),
        )


def suggest(passages: Iterable[Passage], raws: Mapping[DocId, str], codebook: Codebook) -> Iterator[Suggestion]:
    """Yield the suggestions of `codebook` on `passages`; `raws` holds the raw source text of each article."""
    engine = _engine(codebook)
    for article in articles(passages):
        for passage, setting in zip(article, settings(article), strict=True):
            yield from engine.suggest(passage, raws[passage.doc], setting)


def find(codebook: Codebook, text: str) -> list[tuple[CodeId, Span]]:
    """Return the concept finds in `text`, then its function as that of one sentence: what `codebook.check` asks for."""
    engine = _engine(codebook)
    finds = engine.concepts(text)
    sentence = Sentence(text, codes=tuple(f.code for f in finds))
    whole = [(engine.function(sentence).function, Span(0, len(text)))] if text else []
    return [(f.code, f.span) for f in finds] + whole


_engine = lru_cache(maxsize=2)(Engine)


def sentences_of(passage: Passage, setting: Setting, finds: Sequence[Find]) -> Iterator[tuple[Span, Sentence]]:
    """Yield the sentences of a passage with what is known of them."""
    spans = sentences(passage.text)
    for n, span in enumerate(spans):
        yield (
            span,
            Sentence(
                text=span.quote(passage.text),
                before=passage.text[: span.start],
                index=n,
                count=len(spans),
                kind=passage.kind,
                position=setting.position,
                heading=setting.heading,
                codes=tuple(f.code for f in finds if span.contains(f.span)),
            ),
        )


def _first_sentence(code: Code) -> str:
    sentence, stop, _ = code.definition.zh.partition("。")
    return sentence + stop


def _in_raw(offsets: OffsetMap, span: Span) -> Span | None:
    """Return the raw range of `span`; None where cleaning wrote all of it and nothing in the source stands for it."""
    try:
        return offsets.to_original(span)
    except SpanError:
        return None
