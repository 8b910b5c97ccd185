"""Finding concepts beside spaCy's Chinese pipeline with jieba and `span_ruler`, and beside the bare scan, in one run.

    python benchmarks/suggesting.py [FILE...] [--repeats 3] [--characters 60000]

Same text, same literals on all sides; ours also folds, tries the patterns and conditions, scores and settles overlaps.
Without FILEs the sample's own articles are read. Printed: characters a second of processor time, fastest turn; ratios.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from time import process_time

import ahocorasick
import spacy

from bianma.codebook.load import load
from bianma.codebook.model import Codebook
from bianma.corpus import passages, read_article
from bianma.records import CODED_KINDS, DocId
from bianma.suggest.article import settings
from bianma.suggest.pipeline import Engine

Side = Callable[[], object]


def texts_of(files: list[Path], characters: int) -> list[tuple[str, object]]:
    """Return (text, place) of passages that coders see, up to so many characters."""
    found: list[tuple[str, object]] = []
    length = 0
    while length < characters:
        for file in files:
            article = read_article(file)
            cut = passages(DocId(file.stem), article.raw, article.view)
            for passage, setting in zip(cut, settings(cut), strict=True):
                if passage.kind in CODED_KINDS and length < characters:
                    found.append((passage.text, setting.place))
                    length += len(passage.text)
    return found


def spacy_side(book: Codebook, texts: list[str]) -> Side:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    ruler = nlp.add_pipe("span_ruler")
    literals = [(c.id, q.term) for c in book.concepts for q in c.cues if q.kind == "literal"]
    ruler.add_patterns([{"label": code, "pattern": term} for code, term in literals])
    return lambda: [nlp(text) for text in texts]


def bare_side(book: Codebook, texts: list[str]) -> Side:
    automaton = ahocorasick.Automaton()
    for code in book.concepts:
        for cue in code.cues:
            if cue.kind == "literal":
                automaton.add_word(cue.term, code.id)
    automaton.make_automaton()
    return lambda: [list(automaton.iter(text)) for text in texts]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--characters", type=int, default=60_000)
    options = parser.parse_args()
    book = load(Path("codebook"))
    files = options.files or sorted(p for p in Path("corpus").iterdir() if p.suffix in (".txt", ".md"))
    given = texts_of(files, options.characters)
    texts = [text for text, _ in given]
    engine = Engine(book)
    sides: dict[str, Side] = {
        "bianma": lambda: [engine.concepts(text, place) for text, place in given],  # type: ignore[arg-type]
        "spaCy with jieba and span_ruler": spacy_side(book, texts),
        "bare Aho-Corasick": bare_side(book, texts),
    }
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(options.repeats + 1):  # the first turn warms up
        for name, side in sides.items():
            start = process_time()
            side()
            best[name] = min(best[name], process_time() - start)
    total = sum(map(len, texts))
    for name, seconds in best.items():
        print(f"{name:34s}{total / seconds:14,.0f} characters a second")
    print(f"bianma / spaCy {best['spaCy with jieba and span_ruler'] / best['bianma']:.1f}")
    print(f"bianma / bare scan {best['bare Aho-Corasick'] / best['bianma']:.4f}")


if __name__ == "__main__":
    main()
