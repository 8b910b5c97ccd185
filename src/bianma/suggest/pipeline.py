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
from bianma.suggest.functions import Functions, Label, Sentence
from bianma.suggest.lexicon import Find, Lexicon, standing
from bianma.suggest.memory import Memory
from bianma.suggest.rules import Place
from bianma.suggest.scores import as_written, probability

FLOOR = 0.4  # what is less likely is not suggested: below this a suggestion costs more than it brings
NO_DOC = DocId("")


class Engine:
    """A codebook with its compiled lexicons. Building one costs more than reading an article: keep it."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._concepts = Lexicon(codebook.concepts, codebook.classes)
        self._functions = Functions(codebook)
        self._scores: dict[int, float] = {}  # by identity of the cue: each is asked for a thousand times

    def concepts(
        self, text: str, place: Place | None = None, *, memory: Memory | None = None, doc: DocId = NO_DOC
    ) -> list[Find]:
        """Return the concept finds in `text` that are likely enough, in order of position.

        With a `memory` what was learned counts in, most of all in the article `doc`.
        """
        finds = [self._rated(f) for f in self._concepts.candidates(text, place)]
        if memory is not None:
            finds = memory.weigh(text, finds, doc)
        likely = [f for f in finds if f.score >= FLOOR]
        return standing(likely, self._concepts.beside, by="length" if memory is None else "worth")

    def _rated(self, find: Find) -> Find:
        score = self._scores.get(id(find.cue))
        if score is None:
            score = self._scores[id(find.cue)] = probability(self.codebook.record, find.code, find.cue)
        return replace(find, score=score)

    def function(self, sentence: Sentence) -> Label:
        """Return the function of one sentence."""
        return self._functions.label(sentence)

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

    def suggestions(self, passage: Passage, raw: str, setting: Setting, finds: Sequence[Find]) -> Iterator[Suggestion]:
        """Yield the finds in a passage, and the functions of its sentences, as suggestions on the raw text."""
        offsets = passage_map(passage, raw)
        for find in finds:
            why = {"cue": as_written(find.cue), "clause": self._clause(find.code)}
            yield from self._made(passage, raw, offsets, "concept", find.code, find.span, round(find.score, 4), why)
        for span, sentence in sentences_of(passage, setting, finds) if passage.kind in FUNCTION_KINDS else ():
            found = self.function(sentence)
            why = {"cue": "、".join(found.markers), "clause": self._clause(found.function)}
            yield from self._made(passage, raw, offsets, "function", found.function, span, found.score, why)

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
