"""Passages and suggestions to Label Studio's tasks, annotations back to codings: the only place that converts offsets.

Label Studio counts code points of the text it was given, which is the passage's cleaned text; records count code points
of the raw source. Here the one becomes the other, and nowhere else.

What a coder did is told by comparing with `Shown`, our own record of what was pushed; the server's `origin` is not
asked (it calls a span untouched although the coder gave it an attribute, and is absent at times):

- *accepted*: layer, code and range are those of a shown suggestion, whatever region holds them; one that was deleted
  and drawn again counts as accepted. Attributes, doubt and note are no part of a suggestion: to add them changes
  nothing here.
- *changed*: the region is a suggestion's, code or range is not.
- *new*: everything else. *Rejected*: shown suggestions that no span accepted or changed.

What Label Studio writes into `value.text` is never compared: it holds newlines as two characters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, cast

from bianma.corpus.offsets import OffsetMap, passage_map
from bianma.errors import SpanError
from bianma.records import (
    LAYERS,
    CodedSpan,
    CodedSpanId,
    CodeId,
    CoderId,
    Coding,
    Layer,
    Passage,
    Relation,
    Shown,
    Suggestion,
    SuggestionId,
    coded_span_id,
    text_sha,
)
from bianma.spans import Span, check_quote
from bianma.studio.config import DOUBT, NOTE, PASSAGE_NOTE, TEXT, LabellingConfig, relation_id
from bianma.studio.regions import Baseline, Json, Regions, Report, directed, drawn, stripped, why

ORIGIN = "label-studio"  # of every coding made here


def to_task(
    passage: Passage,
    raw: str,
    suggestions: Sequence[Suggestion],
    config: LabellingConfig,
    *,
    model_version: str,
    title: str | None = None,
) -> Json:
    """Return the task of `passage` with `suggestions` as one prediction; none of them: a task without prediction.

    `raw` is the whole source text. `title` stands above the text (doc, kind and index, if not given). Raises
    StudioError that lists every suggestion which does not fit: of another text, an unknown code, or nothing of it in
    the cleaned text.
    """
    offsets = passage_map(passage, raw)
    report = Report(f"passage {passage.id} cannot be pushed")
    _check_text(passage, report)
    report.raise_if_any()
    _check_made_for(passage, suggestions, report)
    result = [_region(s, passage, raw, offsets, config, report) for s in {s.id: s for s in suggestions}.values()]
    report.raise_if_any()
    data = {
        "uid": passage.id,
        "sha": text_sha(passage.text),
        "title": title or f"{passage.doc} · {passage.kind} · {passage.index}",
        TEXT: passage.text,
    }
    if not result:
        return {"data": data}
    score = round(sum(r["score"] for r in result) / len(result), 4)
    return {"data": data, "predictions": [{"model_version": model_version, "score": score, "result": result}]}


def to_coding(
    passage: Passage,
    raw: str,
    shown: Shown,
    config: LabellingConfig,
    *,
    coder: CoderId,
    annotation: Mapping[str, Any],
    task_data: Mapping[str, Any],
) -> Coding:
    """Return the coding that `annotation` (as the API gives it) is, its ranges in the raw source.

    Spans are in order of position. White space at the ends of a drawn span is left out of it. Raises StudioError,
    naming coder and passage, with every problem of the annotation: an unknown label, a range outside the text, a text
    that is no longer the passage's. Nothing is dropped. Raises SpanError if the source no longer spells the passage.
    """
    report = Report(f"the coding of passage {passage.id} by {coder} cannot be read")
    _check_pushed(passage, shown, task_data, report)
    report.raise_if_any()
    skipped = bool(annotation.get("was_cancelled"))
    reader = _Reader(passage, raw, passage_map(passage, raw), shown, config, coder, report)
    regions = Regions.of(() if skipped else _results(annotation, report), report)
    spans, by_region = reader.spans(regions)
    coding = Coding(
        coder=coder,
        doc=passage.doc,
        passage=passage.id,
        status="skipped" if skipped else "done",
        at=_utc(annotation.get("updated_at"), report),
        codebook=shown.codebook,
        text_sha=shown.text_sha,
        spans=spans,
        rejected=() if skipped else _rejected(shown, spans),
        relations=reader.relations(regions, by_region),
        seconds=annotation.get("lead_time"),
        note=reader.text(regions.passage.get(PASSAGE_NOTE)),
        origin=ORIGIN,
    )
    report.raise_if_any()
    return coding


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is needed to read one coder's annotation of one passage."""

    passage: Passage
    raw: str
    offsets: OffsetMap
    shown: Shown
    config: LabellingConfig
    coder: CoderId
    report: Report

    def spans(self, regions: Regions) -> tuple[tuple[CodedSpan, ...], dict[str, CodedSpanId]]:
        """Return the coded spans in order of position, and for each region the id a relation to it means."""
        known = Baseline(self.passage, self.offsets, self.shown.suggestions)
        found: dict[CodedSpanId, CodedSpan] = {}
        by_region: dict[str, CodedSpanId] = {}
        for region, results in regions.labels.items():
            given = self._given(region, regions.controls.get(region, {}), results)
            for layer, code, span in self._labelled(region, results):
                coded = self._coded(region, layer, code, span, known)
                if coded is not None:
                    found[coded.id] = _merged(found.get(coded.id), replace(coded, **given))
                    by_region.setdefault(region, coded.id)
        return tuple(sorted(found.values(), key=lambda s: (s.start, s.end, s.layer, s.code))), by_region

    def relations(self, regions: Regions, by_region: Mapping[str, CodedSpanId]) -> tuple[Relation, ...]:
        """Return the relations; one without a name is kept, its label empty."""
        found: set[tuple[str, str, str]] = set()
        for r in regions.relations:
            ends = [str(r.get("from_id")), str(r.get("to_id"))]
            for end in ends:
                if end not in by_region:
                    self.report.add(f"region {end}", "a relation leads to it, but no code stands there")
            for name in r.get("labels") or [""]:
                label = self._known_name(relation_id(name), self.config.relations, "relation", ends[0])
                found.update((a, b, label) for a, b in directed(ends[0], ends[1], r.get("direction")))
        ties = (
            Relation(source=by_region[a], target=by_region[b], label=n)
            for a, b, n in found
            if {a, b} <= by_region.keys()
        )
        return tuple(sorted(ties, key=lambda t: (t.source, t.target, t.label)))

    def text(self, result: Json | None) -> str:
        """Return what was typed into a free-text control."""
        typed = result["value"].get("text", "") if result else ""
        return "\n".join([typed] if isinstance(typed, str) else map(str, typed)).strip()

    def _labelled(self, region: str, results: Iterable[Json]) -> Iterator[tuple[Layer, CodeId, Span]]:
        """Yield layer, code and cleaned range of every label; a region's concept before its function."""
        for r in sorted(results, key=lambda r: LAYERS.index(r["from_name"])):
            layer = cast(Layer, r["from_name"])
            span = self._range(region, r.get("value") or {})
            for name in (r.get("value") or {}).get("labels") or [""]:
                code = self._known_name(name, self.config.codes[layer], f"{layer} code", region)
                if span is not None and code:
                    yield layer, CodeId(code), span

    def _range(self, region: str, value: Json) -> Span | None:
        """Return the cleaned range of a region without white space at its ends, or report what is wrong with it."""
        text, start, end = self.passage.text, value.get("start"), value.get("end")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            self.report.add(f"region {region}", f"[{start}, {end}) is no range in the text of {len(text)} characters")
            return None
        span = stripped(text, Span(start, end))
        if span is None:
            self.report.add(f"region {region}", f"[{start}, {end}) holds white space only; delete it or draw it anew")
        return span

    def _coded(self, region: str, layer: Layer, code: CodeId, span: Span, known: Baseline) -> CodedSpan | None:
        same, kept = known.same(region, layer, code, span), known.by_region.get(region)
        before = same or (kept if kept and kept.layer == layer else None)
        try:
            original = self._checked(same) if same else self.offsets.to_original(span)
        except SpanError as e:
            self.report.add(f"region {region}", str(e))
            return None
        return CodedSpan(
            id=coded_span_id(self.coder, self.passage.id, layer, code, original.start, original.end),
            layer=layer,
            code=code,
            start=original.start,
            end=original.end,
            quote=original.quote(self.raw),
            text=span.quote(self.passage.text),
            origin="accepted" if same else "changed" if before else "new",
            suggestion=before.id if before else None,
        )

    def _checked(self, suggestion: Suggestion) -> Span:
        check_quote(self.raw, suggestion.span, suggestion.quote, where=f"suggestion {suggestion.id}")
        return suggestion.span

    def _given(self, region: str, controls: Mapping[str, Json], results: Sequence[Json]) -> Json:
        """Return what a coder gave to a region beside its code, as fields of CodedSpan."""
        values = {name: self._value(region, name, r) for name, r in controls.items()}
        attributes = {self.config.attributes[n]: v for n, v in values.items() if n in self.config.attributes and v}
        notes = [values.get(NOTE, ""), self._meta(region, results[0])]
        return {"attributes": attributes, "doubt": bool(values.get(DOUBT)), "note": "\n".join(n for n in notes if n)}

    def _value(self, region: str, name: str, result: Json) -> str:
        if name in self.config.texts:
            return self.text(result)
        if name not in self.config.choices:
            self.report.add(f"region {region}", f"{name!r} is no control of this codebook")
            return ""
        chosen = result["value"].get("choices") or []
        if len(chosen) > 1:
            self.report.add(f"region {region}", f"{name} has {len(chosen)} values, {', '.join(chosen)}; one is allowed")
        return "".join(self._known_name(c, self.config.choices[name], f"value of {name}", region) for c in chosen[:1])

    def _meta(self, region: str, result: Json) -> str:
        """Return what the coder typed into Label Studio's own note on the region, which holds our reason at first."""
        typed = (result.get("meta") or {}).get("text") or []
        lines = [typed] if isinstance(typed, str) else [str(line) for line in typed]
        ours = {why(s) for s in self.shown.suggestions if s.id == region}
        return "\n".join(line for line in lines if line not in ours)

    def _known_name(self, name: str, allowed: Iterable[str], what: str, region: str) -> str:
        """Return `name` if it is allowed, or "" after reporting that it is not; "" passes for a relation only."""
        if name in allowed or (not name and what == "relation"):
            return name
        near = get_close_matches(name, list(allowed), 1, 0)
        self.report.add(
            f"region {region}", f"unknown {what} {name!r}" + (f"; the nearest is {near[0]!r}" if near else "")
        )
        return ""


def _check_made_for(passage: Passage, suggestions: Iterable[Suggestion], report: Report) -> None:
    sha = text_sha(passage.text)
    for s in suggestions:
        if s.passage != passage.id or s.text_sha != sha:
            report.add(_named(s), f"was made for the text of {s.passage} as it was then; run `bianma suggest` again")


def _named(s: Suggestion) -> str:
    return f"suggestion {s.id} ({s.code}, {s.text!r})"


def _region(
    s: Suggestion, passage: Passage, raw: str, offsets: OffsetMap, config: LabellingConfig, report: Report
) -> Json:
    """Return a suggestion as a label result, or report why it cannot be one."""
    span = drawn(s, passage, offsets)
    if raw[s.start : s.end] != s.quote:
        report.add(_named(s), f"its quote is not at [{s.start}, {s.end}) of the source; run `bianma suggest` again")
    if s.code not in config.codes.get(s.layer, ()):
        report.add(_named(s), f"the codebook has no {s.layer} code {s.code!r}; run `bianma suggest` again")
    if span is None:
        report.add(_named(s), "nothing of it stands in the cleaned text of the passage")
    value = {"start": span.start, "end": span.end, "labels": [s.code]} if span else {}
    names = {"from_name": s.layer, "to_name": TEXT, "type": "labels"}
    return {"id": s.id, **names, "score": round(s.score, 4), "value": value, "meta": {"text": [why(s)]}}


def _merged(first: CodedSpan | None, second: CodedSpan) -> CodedSpan:
    """Return one coded span of two regions with the same code on the same range; the first one's attributes stand."""
    if first is None:
        return second
    notes = dict.fromkeys(n for n in (first.note, second.note) if n)
    attributes = {**second.attributes, **first.attributes}
    return replace(first, attributes=attributes, note="\n".join(notes), doubt=first.doubt or second.doubt)


def _rejected(shown: Shown, spans: Iterable[CodedSpan]) -> tuple[SuggestionId, ...]:
    used = {s.suggestion for s in spans}
    return tuple(s.id for s in shown.suggestions if s.id not in used)


def _check_text(passage: Passage, report: Report) -> None:
    """Report what Label Studio cannot hold: one lone surrogate and its lists and exports fail for the whole project."""
    bad = next((i for i, c in enumerate(passage.text) if c == "\0" or "\ud800" <= c <= "\udfff"), None)
    if bad is not None:
        report.add(f"character {bad}", f"U+{ord(passage.text[bad]):04X} cannot be shown; remove it from the source")
    elif not passage.text.strip():
        report.add("text", "there is nothing to code in it")


def _check_pushed(passage: Passage, shown: Shown, data: Mapping[str, Any], report: Report) -> None:
    sha = text_sha(passage.text)
    if shown.passage != passage.id or shown.text_sha != sha:
        report.add("our record", f"what was shown belongs to another text (passage {shown.passage})")
    if data.get("uid") != passage.id:
        report.add("task", f"it is the task of passage {data.get('uid')!r}")
    elif data.get("sha") != sha or data.get(TEXT) != passage.text:
        report.add(
            "task", "its text is not the passage's; it was changed on the server, or ingested anew since the push"
        )


def _results(annotation: Mapping[str, Any], report: Report) -> list[Json]:
    result = annotation.get("result")
    if not isinstance(result, list) or not all(isinstance(r, dict) for r in result):
        report.add("annotation", "its result is no list of regions")
        return []
    return result


def _utc(stamp: object, report: Report) -> str:
    """Return Label Studio's time in UTC as ISO 8601 with microseconds and Z."""
    try:
        moment = datetime.fromisoformat(str(stamp))
    except ValueError:
        report.add("annotation", f"updated_at {stamp!r} is no time")
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
