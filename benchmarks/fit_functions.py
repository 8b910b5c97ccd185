"""Fit the weights of the signs that tell a sentence's function, and say how well they do on articles left out.

    python benchmarks/fit_functions.py --spans REFERENCE.jsonl FILE... [--write codebook/signs.yaml] [--strength 0.1]

FILEs are articles, REFERENCE.jsonl their coding (contract of `bianma suggest`: doc, layer, code, start, end; several
may be given). A logistic regression over what `suggest.functions` sees of each sentence, and over words that several
articles have. Each article is judged by weights fitted on the others. `--write` puts the weights, rounded, into the
signs file; its expressions stay. Nothing of a text is written but single words of at most four characters.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jieba
import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bianma import jsonl
from bianma.codebook.load import load
from bianma.codebook.model import Codebook
from bianma.corpus import passages, read_article
from bianma.corpus.offsets import passage_map
from bianma.records import FUNCTION_KINDS, DocId
from bianma.spans import Span
from bianma.suggest.article import settings
from bianma.suggest.functions import Functions, Sentence
from bianma.suggest.pipeline import Engine, sentences_of
from bianma.suggest.scan import scan_form

WORD = re.compile("[\u4e00-\u9fff]{1,4}")
EXAMPLES, OF_AN_EXAMPLE = "the codebook", 5.0  # what one weighs
IN_ARTICLES, OFTEN = 4, 8  # a word must stand in so many articles and sentences


def rows(
    files: Sequence[Path], gold: dict[str, list[dict[str, Any]]], engine: Engine
) -> Iterator[tuple[str, Any, str]]:
    """Yield (article, sentence, function) for each sentence that the reference has."""
    for file in files:
        article = read_article(file)
        cut = passages(DocId(file.stem), article.raw, article.view)
        for passage, setting in zip(cut, settings(cut), strict=True):
            if passage.kind not in FUNCTION_KINDS:
                continue
            offsets = passage_map(passage, article.raw)
            for span, sentence in sentences_of(passage, setting, engine.concepts(passage.text, setting.place)):
                at = offsets.to_original(span)
                near = max(gold[file.stem], key=lambda g: Span(g["start"], g["end"]).iou(at), default=None)
                if near and Span(near["start"], near["end"]).iou(at) > 0.3:
                    yield file.stem, sentence, near["code"]


def main() -> None:
    """Print the accuracy on articles left out, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--spans", nargs="+", type=Path, required=True)
    parser.add_argument("--codebook", type=Path, default=Path("codebook"))
    parser.add_argument("--strength", type=float, default=0.1)
    parser.add_argument("--judge", nargs="*", default=None, help="articles to judge (default: all)")
    parser.add_argument("--without", nargs="*", default=[], help="articles that --write leaves out")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    book = load(options.codebook)
    gold: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in options.spans:
        for line in path.read_text(encoding="utf-8").splitlines():
            span = json.loads(line)
            if span["layer"] == "function":
                gold[span["doc"]].append(span)
    engine, functions = Engine(book), Functions(book)
    data = [*rows(options.files, gold, engine), *examples(book, engine)]
    words = frequent([(doc, sentence.text) for doc, sentence, _ in data])
    seen = [functions.seen(sentence) | standing(sentence.text, words) for _, sentence, _ in data]
    vectorizer = DictVectorizer()
    matrix, wanted = vectorizer.fit_transform(seen), np.array([f for *_, f in data])
    docs = np.array([doc for doc, *_ in data])
    weights = np.where(docs == EXAMPLES, OF_AN_EXAMPLE, 1.0)
    judged(matrix, wanted, docs, weights, options.judge or sorted(set(docs) - {EXAMPLES}), options.strength)
    if options.write:
        inside = ~np.isin(docs, options.without)
        model = fitted(matrix[inside], wanted[inside], weights[inside], options.strength)
        write(options.write, model, vectorizer.get_feature_names_out())


def examples(book: Codebook, engine: Engine) -> Iterator[tuple[str, Sentence, str]]:
    """Yield the examples of the codebook, which say what a function is meant to be."""
    for code in book.functions:
        for example in code.positive:
            codes = tuple(f.code for f in engine.concepts(example.text))
            yield EXAMPLES, Sentence(example.text, codes=codes), code.id


def frequent(texts: Sequence[tuple[str, str]]) -> list[str]:
    """Return the words that stand often enough, in enough articles."""
    where: dict[str, Counter[str]] = defaultdict(Counter)
    for doc, text in texts:
        for word in set(jieba.cut(scan_form(text)[0])):
            if WORD.fullmatch(word):
                where[word][doc] += 1
    return sorted(w for w, docs in where.items() if len(docs) >= IN_ARTICLES and docs.total() >= OFTEN)


def standing(text: str, words: Sequence[str]) -> dict[str, float]:
    form = scan_form(text)[0]
    return {f"word:{word}": 1.0 for word in words if word in form}


def fitted(matrix: Any, wanted: Any, weights: Any, strength: float) -> Any:
    return LogisticRegression(C=strength, max_iter=1000).fit(matrix, wanted, sample_weight=weights)


def judged(matrix: Any, wanted: Any, docs: Any, weights: Any, judge: Sequence[str], strength: float) -> None:
    right = total = 0
    for doc in judge:
        inside = docs == doc
        model = fitted(matrix[~inside], wanted[~inside], weights[~inside], strength)
        hits = int((model.predict(matrix[inside]) == wanted[inside]).sum())
        right, total = right + hits, total + int(inside.sum())
        print(f"{doc:30s} left out: {hits}/{inside.sum()} = {hits / inside.sum():.3f}")
    print(f"{'all':30s} left out: {right}/{total} = {right / total:.3f}")


def write(path: Path, model: Any, names: Sequence[str]) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    expressions = {sign["id"]: sign["expression"] for sign in data["signs"] if "expression" in sign}
    weights = {
        name: {f: round(float(w), 2) for f, w in zip(model.classes_, column, strict=True) if abs(w) >= 0.05}
        for name, column in zip(names, model.coef_.T, strict=True)
    }
    signs = [name for name in weights if not name.startswith("word:")]
    lines = [
        *HEAD,
        f"bias: {flow({f: round(float(b), 2) for f, b in zip(model.classes_, model.intercept_, strict=True)})}",
        "signs:",
    ]
    for name in sorted({*signs, *expressions}):
        expression = f", expression: {json.dumps(expressions[name], ensure_ascii=False)}" if name in expressions else ""
        lines.append(f'  - {{id: "{name}"{expression}, weights: {flow(weights.get(name, {}))}}}')
    lines.append("words:")
    lines += [f"  {name[5:]}: {flow(w)}" for name, w in weights.items() if name.startswith("word:") and w]
    jsonl.write_atomic(path, ("\n".join(lines) + "\n").encode())


HEAD = (
    "# yaml-language-server: $schema=../src/bianma/codebook/schemas/signs.schema.json",
    "# What speaks for and against each function of a sentence, in log odds. The expressions are written by hand, the",
    "# weights fitted on coded articles by benchmarks/fit_functions.py (see docs/measured.md).",
)


def flow(weights: dict[str, float]) -> str:
    return "{" + ", ".join(f"{k}: {v}" for k, v in weights.items()) + "}"


if __name__ == "__main__":
    main()
