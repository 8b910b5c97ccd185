"""What a schema cannot say of patterns, classes and signs: each fault at its line, before anything is compiled."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from bianma.codebook.expressions import check_expression
from bianma.codebook.patterns import Classes, parse, parse_part
from bianma.errors import PatternError, Problem
from bianma.yamlfile import Place, YamlFile, nearest


def class_problems(file: YamlFile) -> Iterator[Problem]:
    """Yield what is wrong with the entries of word classes."""
    for name, entries in file.data.items():
        for i, entry in enumerate(entries):
            if fault := _fault(parse_part, entry, file.data):
                yield file.problem((name, i), f"class {name}: {fault}")


def rule_problems(file: YamlFile, classes: Classes) -> Iterator[Problem]:
    """Yield what is wrong with the patterns of cues and of their conditions."""
    for n, code in enumerate(file.data["codes"]):
        for i, cue in enumerate(code["cues"]):
            if isinstance(cue, str):
                continue
            place: Place = ("codes", n, "cues", i)
            faults_ = [_fault(parse, cue["pattern"], classes)] if "pattern" in cue else []
            faults_ += [_fault(parse_part, part, classes) for part in _conditions(cue)]
            yield from (file.problem(place, f"{code['id']}, cue: {fault}") for fault in faults_ if fault)


def sign_problems(file: YamlFile, functions: Collection[str]) -> Iterator[Problem]:
    """Yield expressions that are none or could try without end, and weights for functions that are none."""
    for i, sign in enumerate(file.data["signs"]):
        try:
            check_expression(sign["expression"]) if "expression" in sign else None
        except PatternError as e:
            yield file.problem(("signs", i), f"sign {sign['id']}: {e}")
    weighed: list[tuple[Place, Mapping[str, float]]] = [(("bias",), file.data["bias"])]
    weighed += [(("signs", i), sign["weights"]) for i, sign in enumerate(file.data["signs"])]
    weighed += [(("words", word), weights) for word, weights in file.data["words"].items()]
    for place, weights in weighed:
        for name in weights:
            if name not in functions:
                yield file.problem(place, f"there is no function {name!r}{nearest(name, functions)}")


def _conditions(cue: Mapping[str, Any]) -> Iterator[str]:
    for kind in ("needs", "never"):
        for patterns in cue.get(kind, {}).values():
            yield from patterns
    for kind in ("not_before", "not_after"):
        yield from cue.get(kind, ())


def _fault(read: Callable[[str, Classes], object], source: str, classes: Classes) -> str:
    try:
        read(source, classes)
    except PatternError as e:
        return str(e)
    return ""
