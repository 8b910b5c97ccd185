"""bianma.yaml: a study's settings, checked, with every problem at its line."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from bianma.errors import ConfigError, Problem
from bianma.records import CoderId
from bianma.yamlfile import Place, YamlFile, load_yaml, validate

FILE = "bianma.yaml"
DEFAULT_PORT = 8080


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A coder or the supervisor; the id names files and accounts, the name is printed."""

    id: CoderId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A language model that may be asked: prices a million tokens, `timeout` in seconds, `at_most` requests a run."""

    endpoint: str
    model: str
    key_env: str | None = None
    price_in: float | None = None
    price_out: float | None = None
    per_minute: int = 60
    timeout: float = 120
    at_most: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a study is set to. `url` is None where bianma runs the Label Studio server itself.

    `reader` is None where no language model may be asked.
    """

    name: str
    coders: tuple[Person, ...]
    supervisor: Person | None
    port: int = DEFAULT_PORT
    url: str | None = None
    reader: Reader | None = None


def load_settings(path: Path) -> Settings:
    """Read and check the settings; ConfigError with all problems."""
    file = load_yaml(path, shown_as=path.name)
    problems = validate(file, schema()) or [*_twice(file), *_half_told(file)]
    if problems:
        raise ConfigError(problems)
    studio = file.data.get("studio", {})
    return Settings(
        name=file.data["name"],
        coders=tuple(map(_person, file.data["coders"])),
        supervisor=_person(file.data["supervisor"]) if "supervisor" in file.data else None,
        port=studio.get("port", DEFAULT_PORT),
        url=studio.get("url"),
        reader=Reader(**file.data["reader"]) if "reader" in file.data else None,
    )


def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of bianma.yaml."""
    text = resources.files("bianma.study").joinpath("settings.schema.json").read_text(encoding="utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


def _person(entry: Mapping[str, str]) -> Person:
    return Person(id=CoderId(entry["id"]), name=entry.get("name", entry["id"]))


def _twice(file: YamlFile) -> Iterator[Problem]:
    people: list[tuple[Place, Any]] = [(("coders", n), coder) for n, coder in enumerate(file.data["coders"])]
    people += [(("supervisor",), file.data["supervisor"])] if "supervisor" in file.data else []
    first: dict[str, int] = {}
    for place, person in people:
        id_, line = person["id"], file.line_of((*place, "id"))
        if id_ in first:
            yield file.problem((*place, "id"), f"the id {id_!r} is taken in line {first[id_]}; give each person one")
        first.setdefault(id_, line)


def _half_told(file: YamlFile) -> Iterator[Problem]:
    reader = file.data.get("reader", {})
    for price, other in (("price_in", "price_out"), ("price_out", "price_in")):
        if price in reader and other not in reader:
            yield file.problem(("reader", price), f"reader.{price} stands without {other}; give both, or neither")
    if (end := "/chat/completions") in reader.get("endpoint", ""):
        message = f"reader.endpoint: leave out {end}, which bianma adds, and what follows it"
        yield file.problem(("reader", "endpoint"), message)
