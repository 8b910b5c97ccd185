"""Notes whose mark is a bare number, or whose page ran them together in one paragraph.

A number before a paragraph may count a list as well. It is a note's where the next or the last note that was recognised
counts on from it, or where the text above breaks off in the middle of a sentence, as it does above the foot of a page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bianma.corpus.notes import number_of
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.paragraphs.lines import Line
from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN
from bianma.records import Kind

_NEAR, _NOTE_AT_MOST, _TOO_SHORT = 3, 800, 12  # paragraphs; characters
_NUMBERED = re.compile(rf"(\d{{1,3}})(?:(?P<dot>[.．、])\s*|\s+)(?=\S)(?![{layout.MEASURES}])")
_MISREAD = re.compile(rf"[◎®©♡○@OQ]\s+(?=[{HAN}“《])")
_SIGNED = frozenset("0123456789◎®©♡○@OQ")
_CIRCLED = {
    chr(at + n): first + n
    for at, first, count in ((0x2460, 1, 20), (0x3251, 21, 15), (0x32B1, 36, 15), (0x2776, 1, 10), (0x24EB, 11, 10))
    for n in range(count)
}
_SIGNS = {  # of notes, by what they begin with
    "<": re.compile(r"<sup>[^<\n]{1,16}</sup>"),
    "①": re.compile(rf"[{layout.CIRCLED}]"),
    "[": re.compile(r"[\[［〔]\d{1,3}[\]］〕]"),
    "$": re.compile(r"\$[^$\n]{3,24}\$"),
    "1": re.compile(r"\d{1,3}(?=\s+\S)"),
}
_BEGINNINGS = {
    "<": "<",
    "$": "$",
    **dict.fromkeys("0123456789", "1"),
    **dict.fromkeys("[［〔", "["),
    **dict.fromkeys(_CIRCLED, "①"),
}
_ENDED = re.compile(r"(?:[。！？.!?…][”’」』）)\"]*|\d|[页頁])\s*$")

Lines = Sequence[Line | None]


def parted(found: Lines) -> Lines:
    """Return the lines with those cut in which a second note begins: ① … ② …, counting on."""
    pieces: list[Line | None] = []
    last, sign = 0, _SIGNS["①"]  # the number of the note that the block is in, and what its successors look like
    for line in found:
        if line is None or line.text[0] in "#|>":
            last = 0
        elif line.text[0] in _BEGINNINGS:
            last, sign = _opening(line.text) or (last, sign)
        if line is None or not last or not _may_hold(line.text, last + 1):
            pieces.append(line)
            continue
        cut = list(_cut(line, last, sign))
        last += len(cut) - 1
        pieces += cut
    return pieces if len(pieces) > len(found) else found


def _may_hold(text: str, number: int) -> bool:
    return chr(0x245F + number) in text or any(f"{number}{end}" in text for end in " ]<}")


def _opening(text: str) -> tuple[int, re.Pattern[str]] | None:
    """Return the number of the note that a line begins with, and what the next note's sign looks like."""
    sign = _SIGNS[_BEGINNINGS[text[0]]]
    number = _CIRCLED.get(text[5:6] if text[0] == "<" else text[0])
    if number is None:
        match = sign.match(text)
        digits = number_of(match[0]) if match else ""
        number = int(digits) if digits.isdecimal() else 0
    return (number, sign) if number else None


def _cut(line: Line, last: int, sign: re.Pattern[str]) -> Iterator[Line]:
    """Yield the pieces of a line; each but the first begins with the mark that counts on from `last`."""
    text, start = line.text, 0
    for match in sign.finditer(text, 1):
        if number_of(match[0]) != str(last + 1) or not _ENDED.search(text[start : match.start()]):
            continue
        if not layout.is_citation(text[start : match.start()]) and not layout.is_citation(text[match.end() :]):
            continue
        if match[0].isdecimal() and len(text) - match.start() < _TOO_SHORT:
            last += 1  # 3 Wh, at the end of a wrapped line, would read as a heading
            continue
        yield _piece(line, start, match.start())
        start, last = match.start(), last + 1
    yield _piece(line, start, len(text))


def _piece(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].rstrip()
    at = line.start + start
    return line._replace(start=at, end=at + len(text), indent=line.indent if start == 0 else 0, text=text)


def numbered(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind]) -> list[int]:
    """Return which unknown paragraphs are notes by their bare number, or by a sign that was misread."""
    signed = [n for n, p in enumerate(paragraphs) if p.text and p.text[0] in _SIGNED]
    numbers = {n: m for n in signed if (m := _number(paragraphs[n]))}
    told = {n for n in numbers if known.get(n) in ("note", "citation")}
    found = [n for n in signed if n not in known and _MISREAD.match(paragraphs[n].text)]
    for order in (list(numbers), list(reversed(numbers))):
        for n in order:
            if n not in known and n not in told and _counts_on(numbers, told, n):
                told.add(n)
                found.append(n)
    rest = [n for n in numbers if n not in told and n not in known]
    return [*found, *(n for n in rest if _below_broken(paragraphs, known, numbers[n], n))]


def _number(paragraph: Paragraph) -> re.Match[str] | None:
    text = paragraph.text
    if not text[0].isdecimal() or paragraph.depth or paragraph.row or len(text) > _NOTE_AT_MOST:
        return None
    return None if layout.is_heading(text) or layout.is_furniture(text) else _NUMBERED.match(text)


def _counts_on(numbers: Mapping[int, re.Match[str]], told: set[int], n: int) -> bool:
    """Tell whether a note near paragraph `n` has the number before or after; with a point after it, both must be."""
    number = int(numbers[n][1])
    before = any(m in told and int(numbers[m][1]) == number - 1 for m in range(n - _NEAR, n))
    after = any(m in told and int(numbers[m][1]) == number + 1 for m in range(n + 1, n + _NEAR + 1))
    return before and after if numbers[n]["dot"] else before or after


def _below_broken(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind], number: re.Match[str], n: int) -> bool:
    """Tell whether a numbered sentence stands between a text that breaks off and a page's end."""
    if number["dot"] or n == 0 or n - 1 in known or n + 1 >= len(paragraphs) or known.get(n + 1) != "furniture":
        return False
    above = paragraphs[n - 1].text
    return len(above) >= 40 and not layout.ends(above) and not layout.pauses(above) and layout.ends(paragraphs[n].text)
