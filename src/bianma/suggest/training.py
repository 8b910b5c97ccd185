"""From coded passages to a fitted model, judged article by article, and to new cues worth having."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bianma.corpus.offsets import passage_map
from bianma.records import CODED_KINDS, CodedRange, CodeId, DocId, Passage, content_hash
from bianma.spans import Span
from bianma.suggest.article import settings
from bianma.suggest.learning import inside
from bianma.suggest.lexicon import Find, standing
from bianma.suggest.pipeline import FLOOR, Engine
from bianma.suggest.rescorer import Learned, features, fit, missing
from bianma.suggest.scan import scan_form, whole_word

OVERLAP = 0.5  # intersection over union, from which a find counts as right
OFTEN = 2  # places in which a term must be marked before it is proposed


@dataclass(frozen=True, slots=True)
class Coded:
    """A passage with all its candidates, rated by the record, and the concepts that were marked in its text."""

    doc: DocId
    text: str
    candidates: tuple[Find, ...]
    marked: tuple[tuple[CodeId, Span], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A term worth a cue: `marked` places of it were coded, it stands in `places`; `share` of its code's spans."""

    code: CodeId
    term: str
    marked: int
    places: int
    share: float

    @property
    def precision(self) -> float:
        """The share of its places that were coded."""
        return self.marked / self.places


def coded(engine: Engine, article: Sequence[Passage], raw: str, ranges: Sequence[CodedRange]) -> Iterator[Coded]:
    """Yield the passages of an article with what was marked in them."""
    for passage, setting in zip(article, settings(article), strict=True):
        if passage.kind not in CODED_KINDS:
            continue
        offsets = passage_map(passage, raw)
        marked = [(c.code, at) for c in ranges if c.layer == "concept" and (at := inside(offsets, c.span))]
        yield Coded(passage.doc, passage.text, tuple(engine.candidates(passage.text, setting.place)), tuple(marked))


def train(engine: Engine, passages: Sequence[Coded]) -> Learned | str:
    """Return the model fitted on all passages, with its gain on articles left out; or a sentence on what is missing."""
    docs = sorted({p.doc for p in passages})
    spans = sum(len(p.marked) for p in passages)
    if lacking := missing(spans, len(docs)):
        return lacking
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for doc in docs:
        weights, bias = fit(_rows([p for p in passages if p.doc != doc]))
        model = _learned(engine, weights, bias, passages, gain=0.0)
        for passage in passages:
            if passage.doc == doc:
                before += _hits(engine, passage, passage.candidates)
                after += _hits(engine, passage, rescored(passage.candidates, passage.text, model))
    weights, bias = fit(_rows(passages))
    return _learned(engine, weights, bias, passages, gain=round(_f1(after) - _f1(before), 4))


def rescored(finds: Sequence[Find], text: str, model: Learned) -> list[Find]:
    """Return the finds with the scores that the model gives them."""
    return [replace(find, score=model.score(find, text)) for find in finds]


def proposals(engine: Engine, passages: Sequence[Coded]) -> list[Proposal]:
    """Return terms that were marked where no cue found them, the most useful first."""
    missed: Counter[tuple[CodeId, str]] = Counter()
    spans: Counter[CodeId] = Counter()
    forms = [(scan_form(p.text), p) for p in passages]
    for (form, offsets), p in forms:
        found = {(f.code, f.span) for f in standing(p.candidates, engine.beside)}
        for code, span in p.marked:
            spans[code] += 1
            if (code, span) not in found and (at := offsets.to_derived(span)):
                missed[code, at.quote(form)] += 1
    everywhere = {term: _count([form for (form, _), _ in forms], term) for _, term in missed}
    found_ = [
        Proposal(code=code, term=term, marked=n, places=max(n, everywhere[term]), share=n / spans[code])
        for (code, term), n in missed.items()
        if n >= OFTEN
    ]
    return sorted(found_, key=lambda p: (-p.precision * p.marked, p.code, p.term))


def _rows(passages: Sequence[Coded]) -> list[tuple[Mapping[str, float], bool]]:
    return [(features(f, p.text), _is_right(f, p.marked)) for p in passages for f in p.candidates]


def _is_right(find: Find, marked: Sequence[tuple[CodeId, Span]]) -> bool:
    return any(code == find.code and span.iou(find.span) >= OVERLAP for code, span in marked)


def _hits(engine: Engine, passage: Coded, finds: Sequence[Find]) -> Counter[str]:
    shown = standing([f for f in finds if f.score >= FLOOR], engine.beside)
    hits = sum(_is_right(find, passage.marked) for find in shown)
    return Counter(hits=hits, shown=len(shown), marked=len(passage.marked))


def _f1(counts: Counter[str]) -> float:
    return 2 * counts["hits"] / max(1, counts["shown"] + counts["marked"])


def _learned(
    engine: Engine, weights: Mapping[str, float], bias: float, passages: Sequence[Coded], *, gain: float
) -> Learned:
    codings = content_hash(*(f"{p.doc}{p.text}{p.marked}" for p in passages))
    return Learned(
        weights=weights,
        bias=bias,
        codebook=engine.codebook.ref,
        data=codings,
        spans=sum(len(p.marked) for p in passages),
        articles=len({p.doc for p in passages}),
        gain=gain,
    )


def _count(forms: Sequence[str], term: str) -> int:
    places: dict[str, int] = defaultdict(int)
    for form in forms:
        at = form.find(term)
        while at >= 0:
            places[term] += whole_word(form, at, at + len(term))
            at = form.find(term, at + 1)
    return places[term]
