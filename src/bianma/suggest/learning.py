"""Suggest and learn by turns, as a coder lives with it: what a passage is coded as improves the next ones.

`Learner` holds what was learned so far. `simulate` plays a coder who leaves the reference coding behind: for each
passage in reading order it yields the suggestions that would be shown, *then* learns that passage's reference spans.
"""

from collections.abc import Iterable, Iterator, Sequence

from bianma.corpus.offsets import OffsetMap, passage_map
from bianma.records import CODED_KINDS, FUNCTION_KINDS, CodedRange, Passage, Suggestion
from bianma.spans import Span
from bianma.suggest.article import Setting, settings
from bianma.suggest.lexicon import Find
from bianma.suggest.memory import Key, Marked, Memory
from bianma.suggest.pipeline import Engine, sentences_of
from bianma.suggest.tuned import Tuned

SAME_SENTENCE = 0.5  # intersection over union of a coded sentence with one of ours


class Learner:
    """An engine with a memory. `revoked`: lessons that somebody took back."""

    def __init__(self, engine: Engine, revoked: Iterable[Key] = ()) -> None:
        self.engine = engine
        self.memory = Memory(revoked)
        self.tuned = Tuned(code.id for code in engine.codebook.functions)

    def shown(self, passage: Passage, setting: Setting) -> list[Find]:
        """Return the finds that would be shown in a passage now."""
        return self.engine.concepts(passage.text, setting.place, memory=self.memory, doc=passage.doc)

    def suggest(self, passage: Passage, raw: str, setting: Setting, shown: Sequence[Find]) -> Iterator[Suggestion]:
        """Yield what is shown in a passage, and the functions of its sentences, as suggestions on the raw text."""
        return self.engine.suggestions(passage, raw, setting, shown, self.tuned)

    def learn(
        self, passage: Passage, raw: str, setting: Setting, shown: Sequence[Find], coded: Iterable[CodedRange]
    ) -> None:
        """Learn from one passage what it was coded as."""
        offsets = passage_map(passage, raw)
        ranges = [(c.layer, c.code, at) for c in coded if (at := inside(offsets, c.span))]
        marked: list[Marked] = [(code, at) for layer, code, at in ranges if layer == "concept"]
        self.memory.learn(passage.text, shown, marked, passage.doc)
        functions = [(code, at) for layer, code, at in ranges if layer == "function"]
        if passage.kind not in FUNCTION_KINDS or not functions:
            return
        for span, sentence in sentences_of(passage, setting, shown):
            code, at = max(functions, key=lambda f: f[1].iou(span))
            if at.iou(span) >= SAME_SENTENCE:
                self.engine.functions.learn(sentence, code, self.tuned)


def simulate(
    learner: Learner, article: Sequence[Passage], raw: str, reference: Sequence[CodedRange]
) -> Iterator[Suggestion]:
    """Yield, passage by passage, what would be shown of one article to a coder who codes it as the reference does."""
    for passage, setting in zip(article, settings(article), strict=True):
        if passage.kind not in CODED_KINDS:
            continue
        shown = learner.shown(passage, setting)
        yield from learner.suggest(passage, raw, setting, shown)
        start, end = passage.spans[0][0], max(b for _, b in passage.spans)
        here = [c for c in reference if c.span.start < end and start < c.span.end]
        learner.learn(passage, raw, setting, shown, here)


def inside(offsets: OffsetMap, span: Span) -> Span | None:
    """Return the range in the passage's text of a raw range that begins or ends in it; None for any other."""
    at = offsets.to_derived(span)
    if at is None:
        return None
    back = offsets.to_original(at)
    return at if back.start == span.start or back.end == span.end else None
