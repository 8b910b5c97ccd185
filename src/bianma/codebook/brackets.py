"""The [[ ]] of cues and examples: read, written back, and what can be wrong with them."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

_SIGN = re.compile(r"\[\[|\]\]")
_EDGE = re.compile(r"^[\s\-‐-―−]|[\s\-‐-―−]$")

Range = tuple[int, int]


def marked(text: str) -> tuple[str, tuple[Range, ...]]:
    """Return `text` without its [[brackets]], and the ranges that stood in them.

    Raises ValueError where brackets are unbalanced, nested, empty, or hold blanks at an edge.

    >>> marked("充当[[砝码]]")
    ('充当砝码', ((2, 4),))
    """
    plain, opened, at = "", -1, 0
    marks: list[Range] = []
    for sign in _SIGN.finditer(text):
        plain += text[at : sign.start()]
        at = sign.end()
        if (sign[0] == "[[") == (opened >= 0):
            raise ValueError(f"[[ and ]] are not balanced in {text!r}: they come in turn, without nesting")
        if sign[0] == "[[":
            opened = len(plain)
            continue
        inside = plain[opened:]
        if not inside or inside != inside.strip():
            raise ValueError(f"[[{inside}]] must hold a text without blanks at its edges")
        marks.append((opened, len(plain)))
        opened = -1
    if opened >= 0:
        raise ValueError(f"[[ and ]] are not balanced in {text!r}: a [[ is never closed")
    return plain + text[at:], tuple(marks)


def show(text: str, marks: Iterable[Range]) -> str:
    """Return `text` with [[ ]] around `marks` (which may touch, but not overlap).

    >>> show("充当砝码", [(2, 4)])
    '充当[[砝码]]'
    """
    out, at = "", 0
    for start, end in sorted(marks):
        out += f"{text[at:start]}[[{text[start:end]}]]"
        at = end
    return out + text[at:]


def faults(text: str, *, marks: Literal["none", "one at most", "some"]) -> Iterator[str]:
    """Yield what is wrong with the brackets of `text`, where so many `marks` are expected."""
    try:
        _, found = marked(text)
    except ValueError as e:
        yield str(e)
        return
    if marks == "none" and found:
        yield "no [[ ]] belong here; write the text without them"
    if marks == "some" and not found:
        yield "nothing is marked; put every span of this code in [[ ]]"
    if marks == "one at most" and len(found) > 1:
        yield f"{len(found)} parts are marked; only one part of a cue can be the span"


def edge_faults(term: str) -> Iterator[str]:
    """Yield a fault where a cue begins or ends with a blank or a dash.

    The scan reads a run of blanks and dashes between Latin letters as one sign, which a cue's edge cannot know of.
    """
    if _EDGE.search(_SIGN.sub("", term)):
        yield "a cue must not begin or end with a blank or a dash"
