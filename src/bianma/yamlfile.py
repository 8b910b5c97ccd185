"""YAML with positions: plain data, the line of every entry, and every problem at its line.

Read is a plain part of YAML 1.2: mappings, lists, texts, whole and decimal numbers, true, false, null. `no`, `on`,
`010` and `2024-01-01` are texts. Anchors, aliases, tags, duplicate keys and a second document are refused, so nothing
explodes and nothing is lost in silence.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from bianma import yamltext
from bianma.errors import ConfigError, Problem

Place = tuple[str | int, ...]  # keys and positions from the top: ("codes", 3, "label", "zh")

MAX_DEPTH = 30

_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster; the other one's errors say more
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?")
_WORDS: Mapping[str, bool | None] = {"": None, "~": None} | {
    form: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for form in (word, word.title(), word.upper())
}
_KINDS = {
    "object": 'entries "key: value"',
    "array": 'a list ("- …" on lines of their own)',
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What a YAML file says: plain `data`, and `lines`, the 1-based line of each place in it.

    `written` holds what stands in the file for each unquoted number, true, false or null.
    """

    shown_as: str
    data: Any
    lines: Mapping[Place, int]
    written: Mapping[Place, str]

    def line_of(self, place: Place) -> int:
        """Return the line of `place`, or of the nearest thing around it that is there."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, message: str) -> Problem:
        """Return a problem at `place`."""
        return Problem(self.shown_as, self.line_of(place), message)


def load_yaml(path: Path, *, shown_as: str, named_by: str = "") -> YamlFile:
    """Read the YAML file at `path`, called `shown_as` in messages; `named_by` tells who refers to it (file:line).

    Raises ConfigError with every problem that can be told apart; a syntax error hides what follows it.
    """
    try:
        data = path.read_bytes()
    except OSError as e:
        raise ConfigError([Problem(shown_as, 0, _unreadable(path, e, named_by))]) from e
    return parse_yaml(yamltext.decode(data, shown_as=shown_as), shown_as=shown_as)


def parse_yaml(text: str, *, shown_as: str) -> YamlFile:
    """Read YAML from `text`; ConfigError as in `load_yaml`.

    >>> parse_yaml("label: {zh: 规范, en: no}", shown_as="a.yaml").data
    {'label': {'zh': '规范', 'en': 'no'}}
    """
    if problems := yamltext.layout_problems(text, shown_as=shown_as):
        raise ConfigError(problems)
    try:
        reader, data = _read(text, _FAST, shown_as)
    except yaml.YAMLError:
        try:
            reader, data = _read(text, yaml.SafeLoader, shown_as)
        except yaml.YAMLError as e:
            raise ConfigError([yamltext.syntax_problem(e, text, shown_as=shown_as)]) from e
    if reader.problems:
        raise ConfigError(reader.problems)
    return YamlFile(shown_as, data, reader.lines, reader.written)


def validate(file: YamlFile, schema: Mapping[str, Any]) -> list[Problem]:
    """Return every way in which `file` differs from a JSON Schema (Draft 2020-12), each at its line.

    A `description` in the schema tells the user what a malformed text should look like.
    """
    validator = jsonschema.Draft202012Validator(dict(schema))
    return sorted({p for e in validator.iter_errors(file.data) for p in _problems(file, e)})


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `, did you mean 'x'?` for the known name most like `name`, or nothing.

    >>> nearest("lable", ["label", "colour"])
    ", did you mean 'label'?"
    """
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f", did you mean {close[0]!r}?" if close else ""


def _unreadable(path: Path, error: OSError, named_by: str) -> str:
    asked = f"; {named_by} names it" if named_by else ""
    if isinstance(error, FileNotFoundError):
        return f"there is no such file{asked}"
    what = "it is a folder" if path.is_dir() else (error.strerror or str(error))
    return f"the file cannot be read: {what}{asked}"


class _Reader:
    """Builds plain data from the parser's events, one file at a time."""

    def __init__(self, events: Iterator[Any], shown_as: str) -> None:
        self.events = events
        self.shown_as = shown_as
        self.problems: list[Problem] = []
        self.lines: dict[Place, int] = {}
        self.written: dict[Place, str] = {}

    def node(self, event: Any, place: Place) -> Any:
        self.lines.setdefault(place, event.start_mark.line + 1)
        if len(place) > MAX_DEPTH:
            self.note(event, f"entries are nested more than {MAX_DEPTH} deep; the limit is {MAX_DEPTH}")
            raise ConfigError(self.problems)
        self._refuse_signs(event)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, place)
            case yaml.SequenceStartEvent():
                return self._sequence(place)
            case yaml.MappingStartEvent():
                return self._mapping(place)
        return None

    def _scalar(self, event: Any, place: Place) -> Any:
        if event.style or event.tag:
            return event.value
        value = _plain(event.value)
        if not isinstance(value, str):
            self.written[place] = event.value
        return value

    def _sequence(self, place: Place) -> list[Any]:
        out: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            out.append(self.node(event, (*place, len(out))))
        return out

    def _mapping(self, place: Place) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, place)
            if key in out:
                first = self.lines[(*place, key)]
                self.note(event, f"the key {key!r} stands twice in one mapping, in line {first} and here; keep one")
            self.lines.setdefault((*place, key), event.start_mark.line + 1)
            out[key] = self.node(next(self.events), (*place, key))
        return out

    def _key(self, event: Any, place: Place) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_signs(event)
            return str(event.value)
        self.note(event, "a key must be a plain word; here it is a list, a mapping or an alias")
        self.node(event, (*place, "?"))
        return "?"

    def _refuse_signs(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.note(event, yamltext.refused_sign("*"))
        elif event.anchor:
            self.note(event, yamltext.refused_sign("&"))
        elif event.tag:
            self.note(event, yamltext.refused_sign("!"))

    def note(self, event: Any, message: str) -> None:
        self.problems.append(Problem(self.shown_as, event.start_mark.line + 1, message))


def _read(text: str, loader: Any, shown_as: str) -> tuple[_Reader, Any]:
    events: Iterator[Any] = iter(yaml.parse(text, Loader=loader))
    reader = _Reader(events, shown_as)
    data, documents = None, 0
    for event in events:
        if not isinstance(event, yaml.DocumentStartEvent):
            continue
        documents += 1
        if documents > 1:
            reader.note(event, 'a second document begins here ("---"); a file holds one')
            break
        data = reader.node(next(events), ())
    if not documents:
        reader.problems.append(Problem(shown_as, 0, "the file holds nothing but comments"))
    return reader, data


def _plain(written: str) -> Any:
    if written in _WORDS:
        return _WORDS[written]
    number = _NUMBER.fullmatch(written)
    if not number or len(written) > 18:
        return written
    return float(written) if number["fraction"] else int(written)


def _problems(file: YamlFile, error: Any) -> Iterator[Problem]:
    place: Place = tuple(error.absolute_path)
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(file, place, error)
        case "required":
            yield from (_missing(file, place, key) for key in _absent(error))
        case "anyOf" | "oneOf":
            inner = jsonschema.exceptions.best_match(error.context or [])
            yield from _problems(file, inner) if inner else ()
        case "type":
            yield file.problem(place, f"{_name(file, place)}{_wrong_type(file, place, error)}")
        case _:
            yield file.problem(place, f"{_name(file, place)}{_wrong_value(error)}")


def _absent(error: Any) -> list[str]:
    # jsonschema raises one error per missing key; its message begins with the key's repr
    return [key for key in error.validator_value if error.message.startswith(repr(key))]


def _missing(file: YamlFile, place: Place, key: str) -> Problem:
    here = _name(file, place).rstrip(": ") or "the file"
    return file.problem(place, f"{here} lacks the key {key!r}")


def _unknown_keys(file: YamlFile, place: Place, error: Any) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            slip = yamltext.wide_slip(key)
            valid = f": {slip}" if slip else nearest(key, known) or f"; the keys here are {', '.join(known)}"
            yield file.problem((*place, key), f"{_name(file, place)}unknown key {key!r}{valid}")


def _wrong_type(file: YamlFile, place: Place, error: Any) -> str:
    types = error.validator_value
    wanted = [types] if isinstance(types, str) else list(types)
    valid = " or ".join(_KINDS[t] for t in wanted)
    value = error.instance
    if place in file.written and "string" in wanted and value is not None:
        return f'{file.written[place]} is read as {_kind(value)}; put it in quotes: "{file.written[place]}"'
    if value is None:
        return f"nothing stands here; {valid} is expected (a value that begins with # must be in quotes)"
    if isinstance(value, str):
        slip = yamltext.wide_slip(value) or yamltext.wide_slip(f"x: {value}")
        return f"the text {_short(value)} stands where {valid} should be{f': {slip}' if slip else ''}"
    begins = "; a text that begins with [ or { must be in quotes" if "string" in wanted else ""
    return f"{_kind(value)} stands where {valid} should be{begins}"


def _wrong_value(error: Any) -> str:
    value, limit = error.instance, error.validator_value
    wanted = error.schema.get("description", "")
    match error.validator:
        case "enum":
            return f"{_short(value)} is none of {', '.join(map(str, limit))}{nearest(str(value), map(str, limit))}"
        case "pattern":
            return f"{_short(value)} is not well formed; expected: {wanted or limit}"
        case "minLength":
            return f"the text is empty; expected: {wanted or 'a text'}"
        case "minItems" | "minProperties":
            return f"at least {limit} must stand here, found {len(value)}"
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            return f"{value} is out of range; expected: {wanted or limit}"
        case "uniqueItems":
            return f"an entry stands twice: {_short(next(v for i, v in enumerate(value) if v in value[:i]))}"
    return f"{error.message}{f'; expected: {wanted}' if wanted else ''}"


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a mapping"
    return "a text"


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:56]}…{shown[-1]}"


def _name(file: YamlFile, place: Place) -> str:
    """Return `codes[balancer].label.en: `, list entries by their id or else by number from 1."""
    out, node = "", file.data
    for step in place:
        node = node[step]
        if isinstance(step, int):
            known = node.get("id") if isinstance(node, dict) else None
            out += f"[{known if isinstance(known, str) else step + 1}]"
        else:
            out += f".{step}" if out else step
    return f"{out}: " if out else ""
