"""What stands around a concept, as data: who may act (`actors.yaml`), how a text denies and reports (`voices.yaml`).

Both files are optional: without one, nothing is said of what it would tell.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from bianma.errors import CodebookError, ConfigError, Problem
from bianma.records import CodeId
from bianma.yamlfile import Place, YamlFile, load_yaml, nearest, validate

ACTORS, VOICES = "actors.yaml", "voices.yaml"
DOTS = "…"  # in a frame, where the holder stands; in a split, what lies between its parts


@dataclass(frozen=True, slots=True)
class Actors:
    """Who may act: canonical names with their aliases, and the words that tell actors from things and objects."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    not_names: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()
    joined_strong: tuple[str, ...] = ()
    joined_weak: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    fear_words: tuple[str, ...] = ()
    fear_codes: frozenset[CodeId] = frozenset()


@dataclass(frozen=True, slots=True)
class Voices:
    """How a text denies and reports: the words of each kind, by the names that `voices.yaml` gives them.

    `not_for` names for a negator the codes that it denies nothing of.
    """

    negation: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_for: Mapping[str, frozenset[CodeId]] = field(default_factory=dict)
    reports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that attributes are told by."""

    actors: Actors = field(default_factory=Actors)
    voices: Voices = field(default_factory=Voices)


def load_surroundings(folder: Path) -> Surroundings:
    """Return what `folder` says about actors and voices; a missing file says nothing.

    Raises CodebookError with every problem of both files, each at its line.
    """
    problems: list[Problem] = []
    actors = _read(folder / ACTORS, "actors", problems)
    voices = _read(folder / VOICES, "voices", problems)
    problems += _actor_problems(actors) if actors else ()
    problems += _voice_problems(voices) if voices else ()
    if problems:
        raise CodebookError(problems)
    return Surroundings(
        actors=_actors(actors.data) if actors else Actors(), voices=_voices(voices.data) if voices else Voices()
    )


@cache
def surroundings_schema(name: Literal["actors", "voices"]) -> Mapping[str, Any]:
    """Return the published JSON Schema of one of the two files."""
    text = (files("bianma.codebook") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _read(path: Path, name: Literal["actors", "voices"], problems: list[Problem]) -> YamlFile | None:
    """Return the file if it is there and keeps to its schema; note its problems otherwise."""
    if not path.exists():
        return None
    try:
        file = load_yaml(path, shown_as=path.as_posix())
    except ConfigError as e:
        problems.extend(e.problems)
        return None
    found = validate(file, surroundings_schema(name))
    problems.extend(found)
    return None if found else file


def _actor_problems(file: YamlFile) -> Iterator[Problem]:
    """Yield names that two actors bear, and short names of nobody."""
    names: Mapping[str, Sequence[str]] = file.data["names"]
    seen: dict[str, Place] = {}
    for place, name in _named(names):
        if name in seen:
            first = f"{seen[name][1]}, line {file.line_of(seen[name])}"
            yield file.problem(place, f"the name {name!r} stands twice, first for {first}; one name means one actor")
        seen.setdefault(name, place)
    for short, name in file.data.get("short", {}).items():
        if name not in names:
            message = f"short[{short}]: there is no actor {name!r}{nearest(name, names) or '; add it to names'}"
            yield file.problem(("short", short), message)


def _named(names: Mapping[str, Sequence[str]]) -> Iterator[tuple[Place, str]]:
    for name, aliases in names.items():
        yield ("names", name), name
        yield from ((("names", name, i), alias) for i, alias in enumerate(aliases))


def _voice_problems(file: YamlFile) -> Iterator[Problem]:
    """Yield words that are said to negate and not to, to report and not to, and patterns without their dots."""
    data = file.data
    for part, kinds, opposite in (
        ("negation", ("forward", "lacking", "backward"), "no_negation"),
        ("reports", ("verbs", "showing"), "no_report"),
    ):
        against = data.get(part, {}).get(opposite, [])
        for kind in kinds:
            for i, entry in enumerate(data.get(part, {}).get(kind, ())):
                if _term(entry) in against:
                    line = file.line_of((part, opposite, against.index(_term(entry))))
                    message = f"{part}.{kind}: {_term(entry)!r} stands under {opposite} too, in line {line}; keep one"
                    yield file.problem((part, kind, i), message)
    verbs = data.get("reports", {}).get("verbs", ())
    for i, word in enumerate(data.get("reports", {}).get("naming", ())):
        if word not in verbs:
            message = f"reports.naming: {word!r} is none of verbs{nearest(word, verbs) or '; add it there'}"
            yield file.problem(("reports", "naming", i), message)
    yield from _twice(file)


def _twice(file: YamlFile) -> Iterator[Problem]:
    """Yield negators that stand twice, once plain and once with conditions (the schema sees the other cases)."""
    for kind in ("forward", "lacking", "backward"):
        terms = [_term(entry) for entry in file.data.get("negation", {}).get(kind, ())]
        for i, term in enumerate(terms):
            if term in terms[:i]:
                line = file.line_of(("negation", kind, terms.index(term)))
                message = f"negation.{kind}: {term!r} stands twice, first in line {line}; keep one"
                yield file.problem(("negation", kind, i), message)


def _term(entry: str | Mapping[str, Any]) -> str:
    return entry if isinstance(entry, str) else str(entry["term"])


def _actors(data: Mapping[str, Any]) -> Actors:
    joined, fears = data.get("joined_by", {}), data.get("fears", {})
    return Actors(
        names={name: tuple(aliases) for name, aliases in data["names"].items()},
        short=dict(data.get("short", {})),
        not_names=tuple(data.get("not_names", ())),
        things=tuple(data.get("things", ())),
        objects_of=tuple(data.get("objects_of", ())),
        joined_strong=tuple(joined.get("strong", ())),
        joined_weak=tuple(joined.get("weak", ())),
        together=tuple(data.get("together", ())),
        agents=tuple(data.get("agents", ())),
        fear_words=tuple(fears.get("words", ())),
        fear_codes=frozenset(map(CodeId, fears.get("codes", ()))),
    )


def _voices(data: Mapping[str, Any]) -> Voices:
    negation = data.get("negation", {})
    return Voices(
        negation={kind: tuple(map(_term, entries)) for kind, entries in negation.items()},
        not_for={
            entry["term"]: frozenset(map(CodeId, entry["not_for"]))
            for entries in negation.values()
            for entry in entries
            if not isinstance(entry, str)
        },
        reports={kind: tuple(words) for kind, words in data.get("reports", {}).items()},
    )
