"""bianma.yaml: a study's settings, checked, with every problem at its line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from bianma.errors import ConfigError, Problem
from bianma.records import CoderId
from bianma.yamlfile import load_yaml, validate

FILE = "bianma.yaml"
DEFAULT_PORT = 8080


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A coder or the supervisor; the id names files and accounts, the name is printed."""

    id: CoderId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a study is set to. `url` is None where bianma runs the Label Studio server itself."""

    name: str
    coders: tuple[Person, ...]
    supervisor: Person | None
    port: int = DEFAULT_PORT
    url: str | None = None


def load_settings(path: Path) -> Settings:
    """Read and check the settings; ConfigError with all problems."""
    file = load_yaml(path, shown_as=path.name)
    problems = validate(file, schema()) or _twice(file.data, path.name)
    if problems:
        raise ConfigError(problems)
    studio = file.data.get("studio", {})
    return Settings(
        name=file.data["name"],
        coders=tuple(map(_person, file.data["coders"])),
        supervisor=_person(file.data["supervisor"]) if "supervisor" in file.data else None,
        port=studio.get("port", DEFAULT_PORT),
        url=studio.get("url"),
    )


def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of bianma.yaml."""
    text = resources.files("bianma.study").joinpath("settings.schema.json").read_text(encoding="utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


def _person(entry: Mapping[str, str]) -> Person:
    return Person(id=CoderId(entry["id"]), name=entry.get("name", entry["id"]))


def _twice(data: Mapping[str, Any], shown_as: str) -> list[Problem]:
    ids = [p["id"] for p in [*data["coders"], *([data["supervisor"]] if "supervisor" in data else [])]]
    return [
        Problem(shown_as, 0, f"the id {id_!r} is given to {ids.count(id_)} people: each needs one of their own")
        for id_ in sorted(set(ids))
        if ids.count(id_) > 1
    ]
