"""What stands between tasks and codings: an annotation's regions, where suggestions are drawn, what was shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bianma.corpus.offsets import OffsetMap
from bianma.errors import StudioError
from bianma.records import LAYERS, CodeId, Layer, Passage, Suggestion
from bianma.spans import Span
from bianma.studio.config import PASSAGE_NOTE

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """Collects what is wrong, so that one message says it all."""

    what: str
    problems: list[str] = field(default_factory=list)

    def add(self, where: str, problem: str) -> None:
        """Note a problem; go on."""
        self.problems.append(f"{where}: {problem}")

    def raise_if_any(self) -> None:
        """Raise StudioError with all problems, if there are any."""
        if self.problems:
            raise StudioError("\n  ".join([f"{self.what}:", *self.problems]))


@dataclass(frozen=True, slots=True)
class Regions:
    """An annotation's results by region: label results, per-region controls, and what concerns the whole passage."""

    labels: dict[str, list[Json]]
    controls: dict[str, dict[str, Json]]
    passage: dict[str, Json]
    relations: list[Json]

    @classmethod
    def of(cls, results: Iterable[Json], report: Report) -> "Regions":
        """Sort results by region. Reports a region that has attributes and no code."""
        found = cls({}, defaultdict(dict), {}, [])
        for r in results:
            name, region = str(r.get("from_name", "")), str(r.get("id", ""))
            if r.get("type") == "relation":
                found.relations.append(r)
            elif name in LAYERS:
                found.labels.setdefault(region, []).append(r)
            elif name == PASSAGE_NOTE:
                found.passage[name] = r
            else:
                found.controls[region][name] = r
        for region in found.controls.keys() - found.labels.keys():
            report.add(
                f"region {region}", f"carries {', '.join(found.controls[region])}, but no code; code it or delete it"
            )
        return found


class Baseline:
    """The shown suggestions by region, and by layer, code and the cleaned range they were drawn on."""

    def __init__(self, passage: Passage, offsets: OffsetMap, suggestions: Sequence[Suggestion]) -> None:
        self.by_region = {str(s.id): s for s in suggestions}
        self._content = {s.id: (s.layer, s.code, drawn(s, passage, offsets)) for s in suggestions}
        self._by_content = {content: s for s in reversed(suggestions) if (content := self._content[s.id])[2]}

    def same(self, region: str, layer: Layer, code: CodeId, span: Span) -> Suggestion | None:
        """Return the suggestion with just this content: the region's own rather than another one's."""
        own = self.by_region.get(region)
        content = (layer, code, span)
        return own if own and self._content[own.id] == content else self._by_content.get(content)


def drawn(s: Suggestion, passage: Passage, offsets: OffsetMap) -> Span | None:
    """Return the cleaned range on which `s` is drawn: Label Studio does not draw a span that begins with a newline."""
    span = offsets.to_derived(s.span)
    return stripped(passage.text, span) if span else None


def stripped(text: str, span: Span) -> Span | None:
    """Return the span without white space at its ends; None if it holds nothing else."""
    quote = span.quote(text)
    start = span.start + len(quote) - len(quote.lstrip())
    end = span.end - (len(quote) - len(quote.rstrip()))
    return Span(start, end) if start < end else None


def why(s: Suggestion) -> str:
    """Return the reason of a suggestion as the region panel shows it."""
    return " · ".join(f"{key}: {value}" for key, value in s.why.items())


def directed(source: str, target: str, direction: object) -> list[tuple[str, str]]:
    """Return a relation as Label Studio draws it (its arrow can be turned: right, left, bi) as source and target."""
    ways = {"left": [(target, source)], "bi": [(source, target), (target, source)]}
    return ways.get(str(direction), [(source, target)])
