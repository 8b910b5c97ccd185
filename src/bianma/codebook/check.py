"""Check a codebook beyond its validity: cues that clash or cannot be found, too few examples, the examples as tests.

The engine that finds cues lives in a later room, so the check is handed its function.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bianma.codebook.brackets import Range, show
from bianma.codebook.load import FRONT, Located, load_located
from bianma.codebook.model import Code, Codebook, Cue, Example
from bianma.records import CodeId
from bianma.spans import Span
from bianma.yamlfile import Place

Severity = Literal["error", "warning"]
Found = Iterable[tuple[CodeId, Span]]
Find = Callable[[Codebook, str], Found]  # all concept finds in a text, and the function of the text as one sentence

MIN_POSITIVE, MIN_NEGATIVE = 3, 2
SURROUNDINGS = ("actors.yaml", "voices.yaml")  # read where they are, see `codebook.surroundings`

# Characters that are no longer written so in simplified Chinese, and frequent enough for any sentence to hold some.
_TRADITIONAL = frozenset(
    "國這們來時會對個為過說產種後學發動經與關係機從應無將問題於當間還進開現實業員點總長東車馬見話認論議設"
    "計讓護變戰爭區協約條統領導軍緊張強權脅險衛滿義務責擔負壓歷遠達連選際陣營兩雙邊聯隨貫樣樂處備術級組織"
    "結給縱續維綱網羅聲職聽蘇藝觀覺規視親許評詞試該語誤請調談證識譯讀貝財質費資賴贏趨跡躍輕輪輸轉辦農適遞"
    "遲遺鄰"
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something to mend (error) or to think about (warning) in a codebook that loads."""

    path: str
    line: int
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message}"


def check(folder: Path, *, find: Find) -> list[Finding]:
    """Return all findings on the codebook in `folder`, in the order of files and lines.

    `find` returns the concept finds of a text together with the function of the text taken as one sentence.
    Raises CodebookError where the codebook does not load.
    """
    located = load_located(folder)
    return sorted({*check_located(located, find=find), *_unlisted(folder, located)})


def check_located(located: Located, *, find: Find) -> Iterator[Finding]:
    """Yield the findings on a codebook that is loaded already."""
    for code in located.codebook.codes.values():
        yield from _repeated_cues(code, located)
        yield from _silenced_cues(code, located)
        yield from _idle_everyday(code, located)
        yield from _few_examples(code, located)
        yield from _examples(code, located, find)
        yield from _shadowed(code, located, find) if code.layer == "concept" else ()
    yield from _clashes(located)


def is_traditional(text: str) -> bool:
    """Tell whether `text` holds a character that only traditional Chinese uses (a list of frequent ones, not all)."""
    return not _TRADITIONAL.isdisjoint(text)


def _finding(located: Located, place: Place, severity: Severity, message: str) -> Finding:
    return Finding(*located.places[place], severity, message)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _same_find(cue: Cue) -> tuple[str, Range, str]:
    """Return what two cues that find the same share; conditions part what they find."""
    asked = repr((cue.needs, cue.never, cue.not_before, cue.not_after, cue.languages)) if cue.conditional else ""
    return _plain(cue.term), cue.mark, asked


def _repeated_cues(code: Code, located: Located) -> Iterator[Finding]:
    first: dict[tuple[str, Range, str], int] = {}
    for i, cue in enumerate(code.cues):
        if (n := first.setdefault(_same_find(cue), i)) != i:
            line = located.places[code.id, "cues", n][1]
            message = f"{code.id}: the cue {cue.term!r} stands twice, first in line {line}; delete one"
            yield _finding(located, (code.id, "cues", i), "error", message)


def _clashes(located: Located) -> Iterator[Finding]:
    """A cue of two concepts is an error (a coder would see both); a marker of two functions is a warning."""
    first: dict[tuple[str, str, Range, str], tuple[Code, int]] = {}
    for code in located.codebook.codes.values():
        for i, cue in enumerate(code.cues):
            other, n = first.setdefault((code.layer, *_same_find(cue)), (code, i))
            if other.id != code.id and other.id not in code.beside and code.id not in other.beside:
                path, line = located.places[other.id, "cues", n]
                severity: Severity = "error" if code.layer == "concept" else "warning"
                message = f"{code.id}: {other.id} has the same cue {cue.term!r} ({path}:{line}); leave it to one"
                yield _finding(located, (code.id, "cues", i), severity, message)


def _silenced_cues(code: Code, located: Located) -> Iterator[Finding]:
    for i, cue in enumerate(code.cues):
        if cue.kind != "literal":
            continue
        term, mark = _plain(cue.term), Span(*cue.mark)
        phrase = next((p for p in code.everyday if _covers(term, _plain(p), mark)), None)
        if phrase is not None:
            message = f"{code.id}: the cue {cue.term!r} is never found, for everyday holds {phrase!r}; delete one"
            yield _finding(located, (code.id, "cues", i), "error", message)


def _shadowed(code: Code, located: Located, find: Find) -> Iterator[Finding]:
    """A literal that is not found in its own text never can be, or another cue always takes its place."""
    for i, cue in enumerate(code.cues):
        if cue.kind != "literal" or cue.conditional:
            continue
        found = [(c, span) for c, span in find(located.codebook, cue.term) if "." in c]
        if (code.id, Span(*cue.mark)) not in found:
            others = ", ".join(f"{c} [[{span.quote(cue.term)}]]" for c, span in found) or "nothing"
            message = f"{code.id}: the cue {cue.term!r} is not found where it stands alone; found is {others}"
            yield _finding(located, (code.id, "cues", i), "warning", message)


def _covers(term: str, phrase: str, mark: Span) -> bool:
    at = term.find(phrase)
    while at >= 0:
        if Span(at, at + len(phrase)).contains(mark):
            return True
        at = term.find(phrase, at + 1)
    return False


def _idle_everyday(code: Code, located: Located) -> Iterator[Finding]:
    if any(cue.kind == "pattern" for cue in code.cues):
        return  # what a pattern may find in a phrase depends on what stands around it
    parts = [_plain(cue.term[slice(*cue.mark)]) for cue in code.cues]
    for i, phrase in enumerate(code.everyday):
        if not any(part in _plain(phrase) for part in parts):
            message = f"{code.id}: the everyday phrase {phrase!r} holds no cue of this code, so it does nothing"
            yield _finding(located, (code.id, "everyday", i), "warning", message)


def _few_examples(code: Code, located: Located) -> Iterator[Finding]:
    counts = (("positive", len(code.positive), MIN_POSITIVE), ("negative", len(code.negative), MIN_NEGATIVE))
    for kind, n, least in counts:
        if n < least:
            message = f"{code.id}: at least {least} {kind} examples are needed, there {'is' if n == 1 else 'are'} {n}"
            yield _finding(located, (code.id,), "error", message)
    if not any(map(is_traditional, [*(e.text for e in code.positive), *code.negative])):
        yield _finding(located, (code.id,), "warning", f"{code.id}: no example is written in traditional characters")


def _unlisted(folder: Path, located: Located) -> Iterator[Finding]:
    listed = {path for path, _ in located.places.values()}
    listed |= {(folder / name).as_posix() for name in (FRONT, *SURROUNDINGS, *located.parts)}
    for path in sorted(folder.glob("*.y*ml")):
        if path.as_posix() not in listed:
            message = f"no part of the codebook: {FRONT} does not name it"
            yield Finding(path.as_posix(), 1, "warning", message)


def _examples(code: Code, located: Located, find: Find) -> Iterator[Finding]:
    """Run the examples of `code`: each must be found as it is marked, and the negative ones not at all."""
    book = located.codebook
    outcome = _concept_fault if code.layer == "concept" else _function_fault
    for i, example in enumerate(code.positive):
        found = list(find(book, example.text))
        fault = outcome(code, example, found)
        if fault and not example.beyond_cues:
            message = f"{code.id}, positive example {i + 1}: {fault}"
            yield _finding(located, (code.id, "positive", i), "error", message)
        if not fault and example.beyond_cues:
            message = f"{code.id}, positive example {i + 1}: now found as marked; drop beyond_cues"
            yield _finding(located, (code.id, "positive", i), "warning", message)
    for i, text in enumerate(code.negative):
        spans = _spans(code, find(book, text))
        if spans:
            message = f"{code.id}, negative example {i + 1}: must not be found, but is: {show(text, spans)}"
            yield _finding(located, (code.id, "negative", i), "error", message)


def _spans(code: Code, found: Found) -> list[Range]:
    return sorted({(span.start, span.end) for c, span in found if c == code.id})


def _concept_fault(code: Code, example: Example, found: Found) -> str:
    spans = _spans(code, found)
    if spans == sorted(example.marks):
        return ""
    fault = f"expected {show(example.text, example.marks)}, found {show(example.text, spans) if spans else 'nothing'}"
    rivals = defaultdict(list)
    for other, span in found:
        if other != code.id and any(span.overlap(Span(*mark)) for mark in example.marks):
            rivals[f"[[{span.quote(example.text)}]]"].append(other)
    whole = f"[[{example.text}]]"  # the sentence's function
    taken = "; ".join(f"{quote} is {', '.join(codes)}" for quote, codes in rivals.items() if quote != whole)
    return f"{fault} ({taken})" if taken else fault


def _function_fault(code: Code, example: Example, found: Found) -> str:
    whole = Span(0, len(example.text))
    functions = [c for c, span in found if span == whole and "." not in c]
    if code.id in functions:
        return ""
    return f"expected this function, found {', '.join(functions) or 'none'}: {example.text}"
