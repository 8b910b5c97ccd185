"""What must hold of a task before it is sent, because the server checks nothing and the browser then fails in silence.

A span that begins with a line break is not drawn; of two spans with one id the second is lost; a relation to a missing
id takes the Submit button away; a lone surrogate breaks the whole project's list and export.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from bianma.errors import StudioError

Json = Mapping[str, Any]
_VALUES = {"labels": "Label", "choices": "Choice", "textarea": ""}  # control → the tag of its values
_SHOWN = 10  # problems named in one message


@dataclass(frozen=True, slots=True)
class Control:
    """A control of a labelling config: the type its results bear, what they point at, the values they may carry."""

    kind: str
    to_name: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Controls:
    """What a labelling config allows: controls by name, the data key behind each text, the names of relations."""

    controls: Mapping[str, Control]
    texts: Mapping[str, str]
    relations: frozenset[str]


def read_controls(config: str) -> Controls:
    """Read a labelling config. StudioError if it is no XML, or shows no text."""
    try:
        root = ET.fromstring(config)
    except ET.ParseError as e:
        raise StudioError(f"the labelling config is not well-formed XML: {e}") from e
    controls = {tag.get("name", ""): _control(tag) for tag in root.iter() if tag.get("toName") and tag.get("name")}
    texts = {tag.get("name", ""): tag.get("value", "")[1:] for tag in root.iter("Text")}
    if not texts:
        raise StudioError('the labelling config shows no text: it needs a <Text name="text" value="$text"/>')
    return Controls(controls, texts, frozenset(tag.get("value", "") for tag in root.iter("Relation")))


def check_tasks(config: str, tasks: Sequence[Json]) -> None:
    """Raise StudioError, naming task and region, unless every one of `tasks` can be shown and coded as it is meant.

    Each task needs a `data.uid` of its own and a `data.sha`, and predictions that fit `config` and the text.
    """
    allowed = read_controls(config)
    problems = [*_double_uids(tasks), *(problem for task in tasks for problem in _task_problems(task, allowed))]
    if problems:
        more = f"\n(and {len(problems) - _SHOWN} more)" if len(problems) > _SHOWN else ""
        listed = "\n".join(problems[:_SHOWN])
        raise StudioError(f"nothing was sent, because Label Studio would not show this:\n{listed}{more}")


def _control(tag: ET.Element) -> Control:
    """A value with an alias is known by the alias in every result."""
    inner = tag.iter(_VALUES.get(tag.tag.lower()) or "-")
    values = frozenset(str(v.get("alias") or v.get("value", "")) for v in inner)
    return Control(tag.tag.lower(), tag.get("toName", ""), values)


def _double_uids(tasks: Sequence[Json]) -> Iterator[str]:
    seen: set[object] = set()
    for task in tasks:
        uid = task.get("data", {}).get("uid")
        if uid in seen:
            yield f"task {uid}: this uid occurs twice"
        seen.add(uid)


def _task_problems(task: Json, allowed: Controls) -> Iterator[str]:
    data = task.get("data", {})
    uid = data.get("uid")
    if not isinstance(uid, str) or not uid or not isinstance(data.get("sha"), str):
        yield f"a task without data.uid or data.sha: {str(data)[:80]}"
        return
    flaw = _unsendable(task)
    if flaw:
        yield f"task {uid}: {flaw}"
        return
    for key in allowed.texts.values():
        if not isinstance(data.get(key), str) or not data[key].strip():
            yield f"task {uid}: data.{key} is empty or missing"
            return
    for prediction in task.get("predictions", []):
        yield from (f"task {uid}, {problem}" for problem in _prediction_problems(prediction, data, allowed))


def _unsendable(task: Json) -> str:
    """Name the character for which the whole project would fail: a lone surrogate or NUL, anywhere in the task."""
    try:
        msgspec.json.encode(task)
    except (UnicodeEncodeError, TypeError) as e:
        return f"it cannot be written as JSON in UTF-8 ({e}); a lone surrogate in the text must go before ingesting"
    nul = [key for key, value in task.get("data", {}).items() if isinstance(value, str) and "\x00" in value]
    return f"data.{nul[0]} holds a NUL character, which browsers drop" if nul else ""


def _prediction_problems(prediction: Json, data: Json, allowed: Controls) -> Iterator[str]:
    result = prediction.get("result")
    if not isinstance(result, list) or not all(isinstance(region, dict) for region in result):
        yield "prediction: `result` must be a list of regions"
        return
    spans: dict[str, tuple[int, int]] = {}
    for region in result:
        if region.get("type") == "labels":
            yield from _span_problems(region, data, allowed, spans)
    for region in result:
        if region.get("type") == "relation":
            yield from _relation_problems(region, spans, allowed)
        elif region.get("type") != "labels":
            yield from _detail_problems(region, spans, allowed)


def _span_problems(region: Json, data: Json, allowed: Controls, spans: dict[str, tuple[int, int]]) -> Iterator[str]:
    """Check one labelled span and enter it into `spans`."""
    where, value = f"region {region.get('id')!r}", region.get("value", {})
    control = allowed.controls.get(region.get("from_name", ""))
    problem = _control_problem(region, control, "labels")
    if problem or control is None:
        yield f"{where}: {problem}"
        return
    if not isinstance(region.get("id"), str) or region["id"] in spans:
        yield f"{where}: every span needs an id of its own"
    start, end, text = value.get("start"), value.get("end"), data[allowed.texts[control.to_name]]
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        yield f"{where}: [{start}, {end}) does not fit the text of {len(text)} code points"
    elif text[start] == "\n":
        yield f"{where}: the span begins with a line break, which the browser does not draw"
    else:
        spans[str(region.get("id"))] = (start, end)


def _relation_problems(region: Json, spans: Mapping[str, object], allowed: Controls) -> Iterator[str]:
    for end in ("from_id", "to_id"):
        if region.get(end) not in spans:
            yield f"relation: {end} {region.get(end)!r} is no span of this prediction"
    if unknown := set(region.get("labels", [])) - allowed.relations:
        yield f"relation: the config has no {_names(unknown)}; it has {_names(allowed.relations)}"


def _detail_problems(region: Json, spans: Mapping[str, tuple[int, int]], allowed: Controls) -> Iterator[str]:
    """Check a choice or a note: of the whole passage (no range), or of the span whose id and range it repeats."""
    where, value = f"region {region.get('id')!r}", region.get("value", {})
    problem = _control_problem(region, allowed.controls.get(region.get("from_name", "")), str(region.get("type")))
    if problem:
        yield f"{where}: {problem}"
    elif "start" in value and spans.get(str(region.get("id"))) != (value["start"], value.get("end")):
        yield f"{where}: {region['from_name']} must repeat id and range of the span it belongs to"


def _control_problem(region: Json, control: Control | None, kind: str) -> str:
    """Say what does not fit between a result and the control that it names; empty if all does."""
    if control is None:
        return f"the config has no control {region.get('from_name')!r}"
    if control.kind != kind or control.kind not in _VALUES:
        return f"type {region.get('type')!r} does not fit the control {region['from_name']!r}, a {control.kind!r}"
    if region.get("to_name") != control.to_name:
        return f"to_name is {region.get('to_name')!r}, it must be {control.to_name!r}"
    values = region.get("value", {}).get("text" if kind == "textarea" else kind)
    if not isinstance(values, list) or not values or not all(isinstance(v, str) for v in values):
        return f"its value must hold a list of words under {'text' if kind == 'textarea' else kind!r}"
    unknown = set(values) - control.values if control.values else set()
    return f"{region['from_name']!r} has no value {_names(unknown)}" if unknown else ""


def _names(words: Iterable[str]) -> str:
    return ", ".join(repr(word) for word in sorted(words)) or "none"
