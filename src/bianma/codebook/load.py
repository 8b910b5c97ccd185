"""Load a codebook folder: every problem of every file at once, each with file and line.

The hash covers what the codebook says. How it is laid out in files, the order of keys, and comments don't change it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

from bianma import yamltext
from bianma.codebook.brackets import edge_faults, faults, marked
from bianma.codebook.model import (
    SCOPES,
    Attribute,
    Bilingual,
    Code,
    Codebook,
    Cue,
    Example,
    Family,
    Record,
    Scope,
    Sign,
    Signs,
    Work,
)
from bianma.codebook.patterns import Classes
from bianma.codebook.refusals import class_problems, rule_problems, sign_problems
from bianma.codebook.surroundings import Surroundings, load_surroundings
from bianma.errors import CodebookError, ConfigError, Problem
from bianma.records import CodeId, Layer, content_hash
from bianma.yamlfile import Place, YamlFile, load_yaml, nearest, parse_yaml, validate

SchemaName = Literal["codebook", "family", "functions", "classes", "signs", "record"]
Position = tuple[str, int]  # file as shown, 1-based line

FRONT = "codebook.yaml"


@dataclass(frozen=True, slots=True)
class Located:
    """A codebook and where its parts stand.

    A place is `(code id,)`, or `(code id, part, i)` with a part of "cues", "everyday", "positive", "negative".
    """

    codebook: Codebook
    places: Mapping[Place, Position]
    parts: frozenset[str] = frozenset()  # the names of the other files that the front page lists


def load(folder: Path) -> Codebook:
    """Return the codebook in `folder`; CodebookError with all its problems where it has any."""
    return load_located(folder).codebook


def load_located(folder: Path) -> Located:
    """Return the codebook in `folder` with the file and line of its parts; CodebookError with all problems."""
    problems: list[Problem] = []
    front = _read(folder / FRONT, "codebook", problems, named_by="")
    if front is None:
        raise CodebookError(problems)
    named = _part(folder, front, ("classes",), "classes", problems) if "classes" in front.data else None
    signs = _part(folder, front, ("signs",), "signs", problems) if "signs" in front.data else None
    record = _part(folder, front, ("record",), "record", problems) if "record" in front.data else None
    families = _families(folder, front, problems)
    functions = _part(folder, front, ("functions",), "functions", problems)
    parts = [*families, *([functions] if functions else [])]
    problems += _twice(parts)
    problems += _unknown_codes(families)
    if functions:
        problems += _default_unknown(functions)
        problems += sign_problems(signs, {code["id"] for code in functions.data["codes"]}) if signs else ()
    classes = Classes(named.data if named else {})
    if named or "classes" not in front.data:
        problems += [
            *(class_problems(named) if named else ()),
            *(p for x in parts for p in rule_problems(x, classes)),
        ]
    surroundings = _surroundings(folder, problems)
    if problems or functions is None:
        raise CodebookError(problems)
    places = {k: v for file in (*families, functions) for k, v in _places(file)}
    book = replace(
        _codebook(front.data, [f.data for f in families], functions.data),
        classes={name: tuple(entries) for name, entries in classes.items()},
        signs=_signs(signs.data) if signs else None,
        record=_record(record.data) if record else Record(),
        surroundings=surroundings,
    )
    listed = frozenset(str(front.data[name]) for name in ("classes", "signs", "record") if name in front.data)
    return Located(replace(book, hash=_hash(book)), places, listed)


@cache
def schema(name: SchemaName) -> Mapping[str, Any]:
    """Return the published JSON Schema of one kind of codebook file."""
    text = (files("bianma.codebook") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _read(path: Path, name: SchemaName, problems: list[Problem], *, named_by: str) -> YamlFile | None:
    """Return the file if it can be read and keeps to its schema; note its problems otherwise."""
    try:
        known = _valid(path.read_bytes(), name)
    except (OSError, ConfigError):
        known = None
    if known:
        return replace(known, shown_as=path.as_posix())
    file, found = _checked(path, name, named_by)
    problems.extend(found)
    return file


@lru_cache(maxsize=32)
def _valid(content: bytes, name: SchemaName) -> YamlFile | None:
    """Return what a file says, None where it has problems; kept, for reading one takes half a second."""
    file = parse_yaml(yamltext.decode(content, shown_as=""), shown_as="")
    return None if validate(file, schema(name)) or any(_own_problems(file, name)) else file


def _checked(path: Path, name: SchemaName, named_by: str) -> tuple[YamlFile | None, tuple[Problem, ...]]:
    try:
        file = load_yaml(path, shown_as=path.as_posix(), named_by=named_by)
    except ConfigError as e:
        return None, tuple(e.problems)
    if found := validate(file, schema(name)):
        return None, tuple(found)
    return file, tuple(_own_problems(file, name))


def _own_problems(file: YamlFile, name: SchemaName) -> Iterator[Problem]:
    if name in ("family", "functions"):
        for i in range(len(file.data["codes"])):
            yield from _code_problems(file, i)


def _surroundings(folder: Path, problems: list[Problem]) -> Surroundings:
    try:
        return load_surroundings(folder)
    except CodebookError as e:
        problems.extend(e.problems)
        return Surroundings()


def _families(folder: Path, front: YamlFile, problems: list[Problem]) -> list[YamlFile]:
    names, out = front.data["families"], []
    for i, name in enumerate(names):
        place = ("families", i)
        if name in names[:i]:
            first = front.line_of(("families", names.index(name)))
            problems.append(front.problem(place, f"{name} is listed twice, first in line {first}; keep one"))
        elif file := _part(folder, front, place, "family", problems):
            out.append(file)
    return out


def _part(folder: Path, front: YamlFile, place: Place, name: SchemaName, problems: list[Problem]) -> YamlFile | None:
    """Read a file that the front page names; a missing one is a problem of the line that names it."""
    listed = front.data["families"][place[1]] if len(place) > 1 else front.data[place[0]]
    if not (folder / listed).exists():
        known = nearest(listed, sorted(p.name for p in folder.glob("*.y*ml") if p.name != FRONT))
        message = f"there is no file {listed} in {folder.as_posix()}{known or '; make it, or take the name out'}"
        problems.append(front.problem(place, message))
        return None
    return _read(folder / listed, name, problems, named_by=f"{front.shown_as}:{front.line_of(place)}")


def _code_problems(file: YamlFile, index: int) -> Iterator[Problem]:
    """Yield what a schema cannot say of a code: the brackets of its examples and cues."""
    code, function = file.data["codes"][index], "default" in file.data
    for part, place, text in _texts(code, ("codes", index)):
        wanted = _WANTED[part] if not function else "none"
        for fault in faults(text, marks=wanted):
            yield file.problem(place, f"{code['id']}, {_PARTS[part]}: {fault}")
        for fault in edge_faults(text) if part in ("cues", "everyday") else ():
            yield file.problem(place, f"{code['id']}, {_PARTS[part]} {text!r}: {fault}")
    for i, cue in enumerate(code["cues"]):
        if not isinstance(cue, str) and ("term" in cue) == ("pattern" in cue):
            message = f"{code['id']}, cue: it needs a term (a literal) or a pattern, and not both"
            yield file.problem(("codes", index, "cues", i), message)


def _unknown_codes(families: Iterable[YamlFile]) -> Iterator[Problem]:
    """Yield the codes that `beside` names and no family has."""
    known = {_full_id(file.data["id"], code["id"]) for file in families for code in file.data["codes"]}
    for file in families:
        for n, code in enumerate(file.data["codes"]):
            for i, other in enumerate(code.get("beside", ())):
                if other not in known:
                    message = f"{code['id']}, beside: there is no code {other!r}{nearest(other, known)}"
                    yield file.problem(("codes", n, "beside", i), message)


_PARTS = {"positive": "positive example", "negative": "negative example", "cues": "cue", "everyday": "everyday phrase"}
_WANTED: Mapping[str, Literal["none", "one at most", "some"]] = {
    "positive": "some",
    "negative": "none",
    "cues": "one at most",
    "everyday": "none",
}


def _texts(code: Mapping[str, Any], at: Place) -> Iterator[tuple[str, Place, str]]:
    """Yield (part, place in the file, text) for all examples, cues and everyday phrases of a code."""
    parts = {**code["examples"], "cues": code["cues"], "everyday": code.get("everyday", [])}
    for part, entries in parts.items():
        inner = ("examples",) if part in code["examples"] else ()
        for i, entry in enumerate(entries):
            text = entry if isinstance(entry, str) else entry.get("text", entry.get("term"))
            if text is not None:  # a pattern has signs of its own, and is read by `patterns`
                yield part, (*at, *inner, part, i), text


def _twice(parts: Iterable[YamlFile]) -> Iterator[Problem]:
    """Yield ids and hotkeys that stand twice in the codebook."""
    seen: dict[tuple[str, str], Position] = {}
    for file in parts:
        for what, name, place in _names(file):
            if (what, name) in seen:
                path, line = seen[what, name]
                yield file.problem(place, f"the {what} {name!r} stands twice, first at {path}:{line}; make it unique")
            seen.setdefault((what, name), (file.shown_as, file.line_of(place)))


def _names(file: YamlFile) -> Iterator[tuple[str, str, Place]]:
    family = file.data.get("id")
    if family:
        yield "family id", family, ("id",)
    for i, code in enumerate(file.data["codes"]):
        yield "code id", _full_id(family, code["id"]), ("codes", i, "id")
        if "hotkey" in code:
            yield "hotkey", code["hotkey"], ("codes", i, "hotkey")


def _default_unknown(functions: YamlFile) -> Iterator[Problem]:
    known = [code["id"] for code in functions.data["codes"]]
    default = functions.data["default"]
    if default not in known:
        valid = nearest(default, known) or f"; the functions are {', '.join(known)}"
        yield functions.problem(("default",), f"default: there is no function {default!r}{valid}")


def _places(file: YamlFile) -> Iterator[tuple[Place, Position]]:
    for i, code in enumerate(file.data["codes"]):
        code_id = _full_id(file.data.get("id"), code["id"])
        yield (code_id,), (file.shown_as, file.line_of(("codes", i)))
        for part, place, _ in _texts(code, ("codes", i)):
            yield (code_id, part, int(place[-1])), (file.shown_as, file.line_of(place))
        for n in range(len(code["cues"])):
            yield (code_id, "cues", n), (file.shown_as, file.line_of(("codes", i, "cues", n)))


def _full_id(family: str | None, code: str) -> CodeId:
    return CodeId(f"{family}.{code}" if family else code)


def _codebook(front: Mapping[str, Any], families: list[Mapping[str, Any]], functions: Mapping[str, Any]) -> Codebook:
    return Codebook(
        name=front["name"],
        version=front["version"],
        title=Bilingual(**front["title"]),
        families=tuple(_family(f) for f in families),
        functions=tuple(_code(c, None, "function") for c in functions["codes"]),
        default_function=CodeId(functions["default"]),
        attributes=tuple(_attribute(k, v) for k, v in front.get("attributes", {}).items()),
        relations={k: Bilingual(**v) for k, v in front.get("relations", {}).items()},
        hash="",
    )


def _record(data: Mapping[str, Any]) -> Record:
    return Record(
        cues={f"{code}\t{cue}": tuple(t) for code, cues in data["cues"].items() for cue, t in cues.items()},
        codes={f"{code}\t{kind}": tuple(t) for code, kinds in data["codes"].items() for kind, t in kinds.items()},
        kinds={kind: tuple(t) for kind, t in data["kinds"].items()},
    )


def _signs(data: Mapping[str, Any]) -> Signs:
    return Signs(
        bias=data["bias"],
        signs=tuple(Sign(s["id"], s["weights"], s.get("expression", "")) for s in data["signs"]),
        words=data["words"],
    )


def _hash(codebook: Codebook) -> str:
    content = msgspec.to_builtins(replace(codebook, record=Record()))
    content["attributes"] = {a.pop("id"): a for a in content["attributes"]}
    for words in (
        content["surroundings"]["actors"]["fear_codes"],
        *content["surroundings"]["voices"]["not_for"].values(),
    ):
        words.sort()  # they were sets
    content["record"] = sorted(map(str, codebook.record.cues.items()))
    return content_hash(json.dumps(content, ensure_ascii=False, sort_keys=True))


def _family(data: Mapping[str, Any]) -> Family:
    return Family(
        id=data["id"],
        label=Bilingual(**data["label"]),
        definition=Bilingual(**data["definition"]),
        colour=data["colour"].upper(),
        codes=tuple(_code(c, data["id"], "concept") for c in data["codes"]),
    )


def _code(data: Mapping[str, Any], family: str | None, layer: Layer) -> Code:
    return Code(
        id=_full_id(family, data["id"]),
        layer=layer,
        label=Bilingual(**data["label"]),
        definition=Bilingual(**data["definition"]),
        theorist=data["theorist"],
        source=Work(**data["source"]),
        include=tuple(Bilingual(**rule) for rule in data["include"]),
        exclude=tuple(Bilingual(**rule) for rule in data["exclude"]),
        positive=tuple(map(_example, data["examples"]["positive"])),
        negative=tuple(data["examples"]["negative"]),
        cues=tuple(map(_cue, data["cues"])),
        everyday=tuple(data.get("everyday", ())),
        beside=tuple(map(CodeId, data.get("beside", ()))),
        hotkey=data.get("hotkey"),
    )


def _example(entry: str | Mapping[str, Any]) -> Example:
    given: Mapping[str, Any] = {"text": entry} if isinstance(entry, str) else entry
    text, marks = marked(given["text"])
    return Example(text=text, marks=marks, beyond_cues=given.get("beyond_cues", False))


def _cue(entry: str | Mapping[str, Any]) -> Cue:
    given: Mapping[str, Any] = {"term": entry} if isinstance(entry, str) else entry
    literal = "term" in given
    term, marks = marked(given["term"]) if literal else (given["pattern"], ())
    return Cue(
        term=term,
        mark=(marks[0] if marks else (0, len(term))) if literal else (0, 0),
        weight=float(given.get("weight", 1)),
        kind="literal" if literal else "pattern",
        id=given.get("id", ""),
        needs=_scopes(given.get("needs", {})),
        never=_scopes(given.get("never", {})),
        not_before=tuple(given.get("not_before", ())),
        not_after=tuple(given.get("not_after", ())),
        languages=tuple(given.get("languages", ())),
    )


def _scopes(given: Mapping[str, Any]) -> Mapping[Scope, tuple[str, ...]]:
    return {scope: tuple(given[scope]) for scope in SCOPES if scope in given}


def _attribute(name: str, data: Mapping[str, Any]) -> Attribute:
    values = {k: Bilingual(**v) for k, v in data.get("values", {}).items()}
    return Attribute(id=name, label=Bilingual(**data["label"]), help=Bilingual(**data["help"]), values=values)
