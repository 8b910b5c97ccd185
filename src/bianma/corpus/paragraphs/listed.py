"""Notes in a list that a browser or Word copied with tabs: 1<TAB>text. A table's rows look alike.

Such a line is a note where its list stands right below the heading of notes or references and counts from one, or where
half of its list says where something stands.
"""

import re
from collections.abc import Iterator, Sequence

from bianma.corpus.notes import number_of
from bianma.corpus.paragraphs.lines import Line
from bianma.corpus.patterns import layout, marks

_NOTE = re.compile(
    rf"(?P<sign>\d{{1,3}}[.．、)）]?|[{layout.CIRCLED}]|[\[［〔]\d{{1,3}}[\]］〕]|{marks.ROMAN}|{marks.WORD_AND_NUMBER})"
    r" ?\t[\t ]*(?P<text>[^\t]{6,})"
)

Lines = Sequence[Line | None]


def with_notes(found: Lines, raw: str) -> Lines:
    """Return the lines with those marked `note` that are notes though a tab stands in them."""
    if "\t" not in raw:
        return found
    signed = {n: m for n, line in enumerate(found) if line and "\t" in line.text and (m := _NOTE.fullmatch(line.text))}
    notes = {n for run in _runs(found, signed) if _is_list(found, signed, run) for n in run}
    return [line._replace(note=True) if line and n in notes else line for n, line in enumerate(found)]


def _runs(found: Lines, signed: dict[int, re.Match[str]]) -> Iterator[list[int]]:
    """Yield the numbers of lines that count on; wrapped lines and blank ones may stand between, rows may not."""
    run: list[int] = []
    for n in signed:
        counts = run and number_of(signed[n]["sign"]) == str(int(number_of(signed[run[-1]]["sign"]) or 0) + 1)
        if run and not (counts and not any(_is_row(found[m]) for m in range(run[-1] + 1, n))):
            yield run
            run = []
        run.append(n)
    if run:
        yield run


def _is_row(line: Line | None) -> bool:
    return line is not None and line.is_table_row


def _is_list(found: Lines, signed: dict[int, re.Match[str]], run: Sequence[int]) -> bool:
    above = next((line for n in range(run[0] - 1, -1, -1) if (line := found[n])), None)
    if above and number_of(signed[run[0]]["sign"]) == "1" and layout.REFERENCES.fullmatch(above.text.strip("*# ")):
        return True
    if above and (above.is_table_row or layout.CAPTION.match(above.text)):
        return False
    return 2 * sum(layout.is_citation(signed[n]["text"]) for n in run) >= len(run)
