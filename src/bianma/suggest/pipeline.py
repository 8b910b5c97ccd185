"""From passages to suggestions: concepts by their cues, sentences by their markers, both as ranges of the raw text."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bianma.codebook.brackets import show
from bianma.codebook.model import Code, Codebook, Cue
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
from bianma.suggest.functions import Label, label
from bianma.suggest.lexicon import Find, Lexicon


class Engine:
    """A codebook with its compiled lexicons. Building one costs more than reading an article: keep it."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._concepts = Lexicon(codebook.concepts)
        self._functions = Lexicon(codebook.functions)

    def concepts(self, text: str) -> list[Find]:
        """Return the concept finds in `text`, in order of position."""
        return self._concepts.finds(text)

    def function(self, sentence: str) -> Label:
        """Return the function of one sentence."""
        book = self.codebook
        return label(sentence, lexicon=self._functions, functions=book.functions, default=book.default_function)

    def suggest(self, passage: Passage, raw: str) -> Iterator[Suggestion]:
        """Yield the suggestions on one passage: concepts first, then functions, each in order of position.

        Raises SpanError where `raw` no longer spells the passage's text.
        """
        if passage.kind not in CODED_KINDS:
            return
        offsets = passage_map(passage, raw)
        for find in self.concepts(passage.text):
            why = {"cue": _as_written(find.cue), "clause": self._clause(find.code)}
            yield from self._made(passage, raw, offsets, "concept", find.code, find.span, concept_score(find.cue), why)
        for span in sentences(passage.text) if passage.kind in FUNCTION_KINDS else ():
            found = self.function(span.quote(passage.text))
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
    for passage in passages:
        yield from engine.suggest(passage, raws[passage.doc])


def find(codebook: Codebook, text: str) -> list[tuple[CodeId, Span]]:
    """Return the concept finds in `text`, then its function as that of one sentence: what `codebook.check` asks for."""
    engine = _engine(codebook)
    whole = [(engine.function(text).function, Span(0, len(text)))] if text else []
    return [(f.code, f.span) for f in engine.concepts(text)] + whole


def concept_score(cue: Cue) -> float:
    """Return n / (n + 1) for a cue of n Han characters or Latin words, context included: the longer, the surer.

    It orders suggestions, and is no probability.

    >>> concept_score(Cue("安全机制", (0, 4))), concept_score(Cue("security regime", (0, 15)))
    (0.8, 0.6667)
    """
    latin = sum(word[0].isascii() for word in cue.term.split())
    n = latin + sum(not c.isascii() for c in cue.term)
    return round(n / (n + 1), 4)


_engine = lru_cache(maxsize=2)(Engine)


def _as_written(cue: Cue) -> str:
    return cue.term if cue.mark == (0, len(cue.term)) else show(cue.term, [cue.mark])


def _first_sentence(code: Code) -> str:
    sentence, stop, _ = code.definition.zh.partition("。")
    return sentence + stop


def _in_raw(offsets: OffsetMap, span: Span) -> Span | None:
    """Return the raw range of `span`; None where cleaning wrote all of it and nothing in the source stands for it."""
    try:
        return offsets.to_original(span)
    except SpanError:
        return None
