"""Throw random input at the whole of reading: `python -m tests.corpus.fuzz [--runs 100000] [--seed 1]`.

What may happen: the input is refused as one that cannot be read, or it is read, and then every passage is spelt by its
record, every span, mark and stretch fits, and folding leads back. Anything else is printed with the seed that made it.
`tests/corpus/test_fuzz.py` runs a small share of it with every test run.
"""

import argparse
import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.corpus import articles, texts

from bianma.corpus import Article, derive, fold, passages, read_article, sentences
from bianma.corpus.about.frontmatter import metadata
from bianma.corpus.language import stretches
from bianma.errors import SourceError
from bianma.records import CODED_KINDS, Passage
from bianma.spans import Span

PIECES = [*texts.HARD, *texts.BREAKS, *texts.MARKUP, *texts.MORE_MARKUP, *texts.WORDS, *texts.NOTES]
TAGS = """
<p>|</p>|<div class=nav>|</div>|<h1>|</h1>|<sup>|</sup>|<a href=#fn1>|</a>|<li id=fn1>|<table>|<td>|<br/>|&amp;|&#x4e2d;|&#xD800;|&bogus;
<!--|-->|<![CDATA[|]]>|<script>|</script>|<|>|<ruby>|<rt>|<p title="|<body|&#
""".replace("\n", "|").split("|")
WHOLE = [value for name, value in vars(articles).items() if name.isupper()]


def characters(rng: random.Random) -> str:
    """Any code points, surrogates left out, most of them from where text lives."""
    ranges = [
        (0x20, 0x7F),
        (0x3000, 0x3100),
        (0x4E00, 0x9FFF),
        (0x0, 0x20),
        (0x80, 0x2FFF),
        (0xA000, 0xD7FF),
        (0xE000, 0x10FFFF),
    ]
    return "".join(
        chr(rng.randint(*rng.choices(ranges, weights=[4, 2, 6, 1, 2, 1, 2])[0])) for _ in range(rng.randint(0, 120))
    )


def pieces(rng: random.Random) -> str:
    """The pieces that break naive offsets, in any order."""
    return "".join(rng.choices(PIECES, k=rng.randint(0, 60)))


def mangled(rng: random.Random) -> str:
    """A whole article, cut, shuffled and strewn with pieces."""
    text = rng.choice(WHOLE)
    start = rng.randrange(len(text))
    rows = text[start : start + rng.randint(1, 1500)].splitlines(keepends=True)
    if rng.random() < 0.3:
        rng.shuffle(rows)
    chars = list("".join(rows))
    for _ in range(rng.randint(0, 12)):
        chars.insert(rng.randint(0, len(chars)), rng.choice(PIECES))
    return "".join(chars)


def tags(rng: random.Random) -> str:
    """A web page, or what is left of one."""
    return "".join(rng.choice(TAGS if rng.random() < 0.5 else PIECES) for _ in range(rng.randint(0, 60)))


def rubbish(rng: random.Random) -> bytes:
    """Bytes: any, or a text in some encoding with a few of them changed."""
    if rng.random() < 0.3:
        return rng.randbytes(rng.randint(0, 200))
    encoding = rng.choice(["utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "shift_jis", "euc_kr"])
    data = bytearray(mangled(rng).encode(encoding, "ignore"))
    for _ in range(rng.choice([0, 0, 1, 5])):
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


MAKERS: list[tuple[str, Callable[[random.Random], str | bytes]]] = [
    (".txt", characters),
    (".txt", pieces),
    (".md", mangled),
    (".html", tags),
    (".txt", rubbish),
    (".html", rubbish),
]


def check(article: Article) -> None:
    """Raise AssertionError where a passage of the article breaks a promise."""
    raw = article.raw
    found = passages(article.source.doc, raw, article.view)
    for passage in found:
        _check_passage(passage, raw)
    metadata(article.source.doc, found, article.said)


def _check_passage(passage: Passage, raw: str) -> None:
    text, offsets = derive(raw, passage.spans, passage.edits)
    assert text == passage.text
    parts = stretches(text)
    assert [i for a, b, _ in parts for i in range(a, b)] == list(range(len(text)))
    folded, back = fold(text)
    assert len(folded) == len(back)
    for span in sentences(text) if passage.kind in CODED_KINDS else ():
        original = offsets.to_original(span)
        assert 0 <= original.start < original.end <= len(raw)
    if folded:
        whole = back.after(offsets).to_original(Span(0, len(folded)))
        assert raw[whole.start : whole.end]
    if passage.mark_at:
        assert 0 <= passage.mark_at[0] < passage.mark_at[1] <= len(raw)


def run_once(seed: int, folder: Path) -> str:
    """Make the input of `seed`, read it, and return what came of it: read or refused."""
    rng = random.Random(seed)
    ending, maker = rng.choice(MAKERS)
    made = maker(rng)
    path = folder / f"x{ending}"
    path.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass"))
    try:
        article = read_article(path)
    except SourceError:
        return "refused"
    check(article)
    return "read"


def main() -> None:
    """Run it, print what came of it, and end with 1 where something else happened than what may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    came: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seed, options.seed + options.runs):
            try:
                came[run_once(seed, Path(folder))] += 1
            except Exception:  # this is what is looked for: say it and go on
                came["FAULT"] += 1
                print(f"seed {seed}:", traceback.format_exc(limit=-3), file=sys.stderr)
    print(dict(came))
    sys.exit(came["FAULT"] > 0)


if __name__ == "__main__":
    main()
