"""The sidecar: `corpus/DOC.yaml` beside `corpus/DOC.txt`, where a person writes what the article does not tell rightly.

Every field may be left out. A text is given plainly (then it is Chinese if Han stands in it, else English) or by
language, `{zh: …, en: …}`. A field that is given replaces what was found; a text given in one language leaves the other
language as it was found.
"""

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

from bianma.corpus.about.frontmatter import key_of
from bianma.corpus.about.imprint import find_doi
from bianma.errors import ConfigError, Problem
from bianma.records import Metadata
from bianma.yamlfile import YamlFile, load_yaml, validate

ENDING = ".yaml"
_TEXT = ("title", "journal")
_TEXTS = ("authors", "affiliations", "keywords")
_PLAIN = ("year", "volume", "issue", "pages", "doi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """What a person wrote: `encoding` of the source file or None, and the `fields` of Metadata that are given."""

    encoding: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def sidecar_of(path: Path) -> Path:
    """Return where the sidecar of the article at `path` would stand.

    >>> sidecar_of(Path("corpus/安全机制.2019.txt")).as_posix()
    'corpus/安全机制.2019.yaml'
    """
    return path.with_name(f"{path.stem}{ENDING}")


def load(path: Path) -> Sidecar:
    """Read and check the sidecar at `path`; ConfigError with every problem at its line. Comments alone say nothing."""
    file = load_yaml(path, shown_as=path.as_posix())
    if problems := [*validate(file, schema()), *_unknown_encoding(file)]:
        raise ConfigError(problems)
    given = file.data or {}
    fields = {name: _field(name, value) for name, value in given.items() if name != "encoding"}
    return Sidecar(encoding=given.get("encoding"), fields=fields)


def apply(found: Metadata, sidecar: Sidecar) -> Metadata:
    """Return `found` with what the sidecar gives in its place; `told` names those fields, in the record's order."""
    merged: dict[str, Any] = {
        name: {**getattr(found, name), **value} if name in (*_TEXT, *_TEXTS) else value
        for name, value in sidecar.fields.items()
    }
    order = (*_TEXT[:1], *_TEXTS[:2], *_TEXT[1:], *_PLAIN, *_TEXTS[2:])
    return replace(found, **merged, told=tuple(name for name in order if name in merged))


def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a sidecar."""
    text = resources.files("bianma.corpus.about").joinpath("sidecar.schema.json").read_text(encoding="utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


def _field(name: str, value: Any) -> Any:
    if name in _TEXT:
        return {key_of(value): value.strip()} if isinstance(value, str) else {k: v.strip() for k, v in value.items()}
    if name in _TEXTS:
        return _by_language(value)
    if name == "doi":
        return find_doi([value]) or value
    return value if name == "year" else str(value).strip()


def _by_language(value: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(value, dict):
        return {key: _texts(entries) for key, entries in value.items()}
    found: dict[str, tuple[str, ...]] = {}
    for text in _texts(value):
        found[key_of(text)] = (*found.get(key_of(text), ()), text)
    return found


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return tuple(text.strip() for text in ([value] if isinstance(value, str) else value))


def _unknown_encoding(file: YamlFile) -> Iterator[Problem]:
    name = file.data.get("encoding") if isinstance(file.data, dict) else None
    if not isinstance(name, str) or not name:
        return
    try:
        known = codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        known = False
    if not known:
        yield file.problem(
            ("encoding",), f"encoding: {name!r} is no encoding known here; write utf-8, gb18030, big5 or utf-16"
        )
