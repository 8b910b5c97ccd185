"""Reading and cutting articles beside two cleaners that do less, in one run; and the memory of many articles.

    python benchmarks/reading.py [FILE...] [--repeats 15]

The text is generated (it belongs to nobody): long paragraphs with a line each, the same wrapped at 38 characters, and
the same with the noise of a converter (note marks, footnotes between pages, page heads). FILEs are measured too. The
other side is `ftfy.fix_text`, which mends what a wrong encoding did, and `cleantext.clean`, which also evens out white
space; neither parts an article, keeps offsets or knows a footnote. All take turns; the figures are of the fastest turn,
in processor time of one core. The memory is that of `bianma passages` as a whole process, for 20 files and for 200.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import cleantext
import ftfy

from bianma.cli import calm_collector
from bianma.corpus import passages, read_article
from bianma.records import DocId

CHARACTERS = 400_000
WRAP = 38
WORDS = """
安全困境 海上机制 承诺 猜疑 同盟 平衡 利益 角色 国家 地区 大国 小国 声誉 成本 信任 威慑 对话
磋商 危机 管控 观念 规范 身份 制度 合作 竞争 战略 取决于 意味着 推动 限制 塑造 反映 回应
依赖 影响 强调 因此 然而 同时 在这个意义上 就此而言 长期以来
""".split()  # noqa: SIM905


def generated(characters: int, *, seed: int = 1) -> list[str]:
    """Return paragraphs of about 70 to 450 characters, a heading before every eighth."""
    rng = random.Random(seed)
    found: list[str] = []
    length = 0
    while length < characters:
        if len(found) % 9 == 0:
            found.append(f"{rng.choice('一二三四五六七八九')}、{''.join(rng.choices(WORDS, k=3))}")
        clauses = ("".join(rng.choices(WORDS, k=rng.randint(4, 9))) for _ in range(rng.randint(6, 24)))
        found.append("".join(clause + rng.choice("，，。") for clause in clauses) + "由此可见。")
        length += len(found[-1])
    return found


def noisy(paragraphs: list[str]) -> Iterator[str]:
    """Yield the paragraphs with marks, a footnote in the middle of every fourth and a page head after every tenth."""
    for n, text in enumerate(paragraphs):
        if n % 4 == 3 and len(text) > 60:
            half = len(text) // 2
            yield f"{text[:half]}<sup>①</sup>"
            yield f"① 王某：《承诺与声誉》，某某出版社2015年版，第{n}页。"
            yield text[half:]
        else:
            yield text
        if n % 10 == 9:
            yield f"世界政治评论 2021年第3期\n\n· {n} ·"


def wrapped(paragraphs: list[str]) -> Iterator[str]:
    """Yield lines of at most WRAP characters, each paragraph indented by two."""
    for text in paragraphs:
        indented = text if text[1] == "、" else f"　　{text}"
        yield from (indented[i : i + WRAP] for i in range(0, len(indented), WRAP))


def ours(raw: str) -> None:
    passages(DocId("a"), raw)


SIDES: dict[str, Callable[[str], object]] = {
    "bianma": ours,
    "ftfy": ftfy.fix_text,
    "clean-text": lambda raw: cleantext.clean(raw, lower=False, to_ascii=False),
}


def fastest(raw: str, repeats: int) -> dict[str, float]:
    """Return the seconds of each side's fastest turn."""
    best = dict.fromkeys(SIDES, float("inf"))
    for _ in range(repeats):
        for name, side in SIDES.items():
            start = process_time()
            side(raw)
            best[name] = min(best[name], process_time() - start)
    return best


def memory(folder: Path, count: int, text: str) -> float:
    """Return the megabytes at most that `bianma passages` held while it read `count` files."""
    files = [folder / f"{n}.txt" for n in range(count)]
    for file in files:
        file.write_text(text, encoding="utf-8")
    program = (
        "import resource, sys\nfrom bianma.cli import main\n"
        "try:\n    main()\nfinally:\n    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "passages", *map(str, files), "-o", str(folder / "out.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-1]) / (1024 if sys.platform == "linux" else 1024**2)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    calm_collector()  # as in the command, and for all sides
    paragraphs = generated(CHARACTERS)
    texts = {
        "plain": "\n".join(paragraphs),
        "wrapped": "\n".join(wrapped(paragraphs)),
        "noisy": "\n\n".join(noisy(paragraphs)),
        **{file.name: read_article(file).raw for file in options.files},
    }
    print(f"{'millions of characters a second':34s}" + "".join(f"{name:>16s}" for name in SIDES) + "   bianma / ftfy")
    for name, raw in texts.items():
        best = fastest(raw, options.repeats)
        speeds = "".join(f"{len(raw) / best[side] / 1e6:16.2f}" for side in SIDES)
        print(f"{name:26s}{len(raw):8d}{speeds}   {best['ftfy'] / best['bianma']:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        few, many = (memory(Path(folder), count, texts["noisy"][:40_000]) for count in (20, 200))
    print(f"memory of `bianma passages`: 20 files {few:.0f} MB, 200 files {many:.0f} MB, ratio {many / few:.2f}")


if __name__ == "__main__":
    main()
