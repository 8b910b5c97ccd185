"""Count how often each cue is right on coded articles, and say how far the scores made from that are probabilities.

    python benchmarks/fit_record.py --spans REFERENCE.jsonl FILE... [--write codebook/record.yaml] [--plot FILE.svg]

A find is right if the reference has its code on a range of at least half the union, one to one. Each article's finds
are scored by the record of the others: of those scored 0.8, are 0.8 right? Printed: ten bins with the mean score, the
share that was right and a bar; the expected calibration error (the bins' gaps, weighed by their finds).
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bianma import jsonl
from bianma.codebook.load import load
from bianma.codebook.model import Cue, Record
from bianma.corpus import passages, read_article
from bianma.corpus.offsets import passage_map
from bianma.errors import SpanError
from bianma.records import CODED_KINDS, CodedRange, CodeId, DocId
from bianma.spans import Span
from bianma.suggest.article import settings
from bianma.suggest.lexicon import Lexicon
from bianma.suggest.scores import made, probability

Judged = tuple[CodeId, Cue, bool]
BINS = 10


def judged(file: Path, gold: Sequence[CodedRange], lexicon: Lexicon) -> Iterator[Judged]:
    """Yield each find that stands in an article, and whether the reference has it."""
    article = read_article(file)
    cut = passages(DocId(file.stem), article.raw, article.view)
    finds: list[tuple[CodeId, Cue, Span]] = []
    for passage, setting in zip(cut, settings(cut), strict=True):
        if passage.kind in CODED_KINDS:
            offsets = passage_map(passage, article.raw)
            for find in lexicon.finds(passage.text, setting.place):
                try:
                    finds.append((find.code, find.cue, offsets.to_original(find.span)))
                except SpanError:
                    continue  # written by cleaning, nothing in the source
    right = _matched([(code, span) for code, _, span in finds], gold)
    yield from ((code, cue, n in right) for n, (code, cue, _) in enumerate(finds))


def _matched(finds: Sequence[tuple[CodeId, Span]], gold: Sequence[CodedRange]) -> set[int]:
    by_code = defaultdict(list)
    for n, g in enumerate(gold):
        by_code[g.code].append((n, g.span))
    pairs = sorted(
        ((-span.iou(g), n, m) for n, (code, span) in enumerate(finds) for m, g in by_code[code] if span.iou(g) >= 0.5)
    )
    right: set[int] = set()
    taken: set[int] = set()
    for _, n, m in pairs:
        if n not in right and m not in taken:
            right.add(n)
            taken.add(m)
    return right


def left_out(found: Mapping[str, Sequence[Judged]]) -> Iterator[tuple[str, float, bool]]:
    """Yield (article, score by the others' record, right) for each find."""
    for doc, finds in found.items():
        others = made(j for other, js in found.items() if other != doc for j in js)
        yield from ((doc, probability(others, code, cue), right) for code, cue, right in finds)


def calibration(scored: Sequence[tuple[float, bool]]) -> tuple[list[tuple[int, float, float]], float]:
    """Return the bins (finds, mean score, share right), and the expected calibration error."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, right in scored:
        bins[min(BINS - 1, int(score * BINS))].append((score, right))
    rows = [
        (len(b), sum(s for s, _ in b) / len(b), sum(r for _, r in b) / len(b)) if b else (0, 0.0, 0.0) for b in bins
    ]
    return rows, sum(n * abs(mean - share) for n, mean, share in rows) / max(1, len(scored))


def write(path: Path, record: Record) -> None:
    lines = [
        "# yaml-language-server: $schema=../src/bianma/codebook/schemas/record.schema.json",
        "# How often each cue was right and wrong on coded articles: what the scores of suggestions are made from.",
        "# Made by benchmarks/fit_record.py; docs/measured.md says on which articles, and how good the scores are.",
        "kinds:",
        *(f"  {kind}: [{a}, {b}]" for kind, (a, b) in record.kinds.items()),
    ]
    for name, counts in (("codes", record.codes), ("cues", record.cues)):
        lines.append(f"{name}:")
        held = ""
        for name_, (a, b) in counts.items():
            code, key = name_.split("\t", 1)
            if code != held:
                lines.append(f"  {code}:")
                held = code
            lines.append(f"    {json.dumps(key, ensure_ascii=False)}: [{a}, {b}]")
    jsonl.write_atomic(path, ("\n".join(lines) + "\n").encode())


def plot(rows: Iterable[tuple[int, float, float]], error: float) -> str:
    """Return the reliability diagram as SVG: share right over mean score, the area of a dot by its finds."""
    dots = "".join(
        f'<circle cx="{40 + 300 * mean:.1f}" cy="{320 - 300 * share:.1f}" r="{2 + n**0.5 / 3:.1f}" fill="#0072B2" '
        f'fill-opacity="0.7"><title>{n} finds: score {mean:.2f}, right {share:.2f}</title></circle>'
        for n, mean, share in rows
        if n
    )
    ticks = "".join(
        f'<text x="{40 + 300 * t:.0f}" y="338" text-anchor="middle">{t:g}</text>'
        f'<text x="34" y="{324 - 300 * t:.0f}" text-anchor="end">{t:g}</text>'
        for t in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 370" font-family="sans-serif" font-size="11">'
        '<rect width="360" height="370" fill="#fff"/>'
        '<rect x="40" y="20" width="300" height="300" fill="none" stroke="#888"/>'
        f'<line x1="40" y1="320" x2="340" y2="20" stroke="#888" stroke-dasharray="4"/>{ticks}{dots}'
        f'<text x="190" y="358" text-anchor="middle">score 分数 (calibration error 校准误差 {error:.3f})</text>'
        '<text x="12" y="170" text-anchor="middle" transform="rotate(-90 12 170)">share right 正确比例</text></svg>\n'
    )


def main() -> None:
    """Print the table; write the record and the diagram if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--spans", nargs="+", type=Path, required=True)
    parser.add_argument("--codebook", type=Path, default=Path("codebook"))
    parser.add_argument("--without", nargs="*", default=[], help="articles that --write leaves out")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    book = load(options.codebook)
    lexicon = Lexicon(book.concepts, book.classes)
    gold: dict[str, list[CodedRange]] = defaultdict(list)
    for path in options.spans:
        for coded in jsonl.read(path, CodedRange):
            if coded.layer == "concept":
                gold[coded.doc].append(coded)
    found = {file.stem: list(judged(file, gold[file.stem], lexicon)) for file in options.files}
    scored = [(score, right) for _, score, right in left_out(found)]
    rows, error = calibration(scored)
    for n, mean, share in rows:
        if n:
            print(f"{n:5d} finds  score {mean:.3f}  right {share:.3f}  {'█' * round(30 * share)}")
    print(f"expected calibration error {error:.4f} over {len(scored)} finds, each article by the record of the others")
    if options.write:
        write(options.write, made(j for doc, js in found.items() if doc not in options.without for j in js))
    if options.plot:
        jsonl.write_atomic(options.plot, plot(rows, error).encode())


if __name__ == "__main__":
    main()
