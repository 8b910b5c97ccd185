"""`bianma suggest` by two workers beside one, in one run; and the memory of the single process.

    python benchmarks/scale.py [--characters 1200000] [--repeats 2] [--memory MB]... [--no-ratio]

The text is generated, as in benchmarks/reading.py. For the ratio it is parted into articles of 10 000 characters; both
sides are Dask clusters of processes on this machine, started before the clock, and take turns; the figures are the wall
clock of the fastest turn, from the files to the finished JSONL. The single process, without Dask, stands beside them.

What two workers could gain at all depends on what else the machine does. So in each turn both clusters also count, in
plain Python, about as long: that ratio is the ceiling.

The memory is the peak RSS (Linux only) of `bianma suggest` as a whole process, on MB megabytes of UTF-8: as one file,
and as files of one megabyte.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import msgspec
from reading import generated, noisy

from bianma import jsonl
from bianma.cli import calm_collector
from bianma.codebook import load
from bianma.codebook.shipped import shipped_codebook
from bianma.corpus import passages, read_article
from bianma.study import scale
from bianma.suggest import suggest

ARTICLE = 10_000  # characters
COUNTS = 100  # in the time of a character
PARTS = 16  # so that no worker waits long for the other's last one
MEGABYTE = 1_000_000
PROGRAM = """
import sys
from pathlib import Path
from bianma.cli import main
try:
    main()
finally:  # not getrusage: its figure begins with the parent's
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(status["VmHWM"].split()[0], file=sys.stderr)
"""


def files_of(folder: Path, characters: int, article: int) -> list[Path]:
    """Write generated text into files of `article` characters; return them."""
    folder.mkdir()
    files = []
    for n in range(max(1, characters // article)):
        files.append(folder / f"{n:04d}.txt")
        files[-1].write_text("\n\n".join(noisy(generated(article, seed=n))), encoding="utf-8")
    return files


def by_workers(client, files, book, out: Path) -> float:
    """Return the seconds that the workers of `client` take."""
    start = perf_counter()
    with scale.suggesting(client, files, book, folder=out.with_suffix(".parts")) as results:
        jsonl.write(out, (msgspec.Raw(line) for result in results for _, line in result.records))
    return perf_counter() - start


def counting(client, number: int) -> float:
    """Return the seconds that the workers take to count, in eight shares."""
    start = perf_counter()
    client.gather([client.submit(count, number // 8, pure=False) for _ in range(8)])
    return perf_counter() - start


def count(number: int) -> int:
    total = 0
    for n in range(number):
        total += n % 7
    return total


def alone(files, book, out: Path) -> float:
    """Return the seconds that this process takes."""
    start = perf_counter()

    def made():
        for file in files:
            article = read_article(file)
            doc = article.source.doc
            yield from suggest(passages(doc, article.raw), {doc: article.raw}, book)

    jsonl.write(out, made())
    return perf_counter() - start


def ratio(folder: Path, characters: int, repeats: int) -> None:
    """Print how much faster two workers are than one."""
    files = files_of(folder / "articles", characters, ARTICLE)
    scale.PART = characters // PARTS
    book = load(shipped_codebook())
    best = dict.fromkeys(("one", "two", "alone"), float("inf"))
    pairs: list[tuple[float, float]] = []
    outs = {name: folder / f"{name}.jsonl" for name in best}
    with scale.workers(number=1) as one, scale.workers(number=2) as two:
        for n in range(repeats + 1):  # the first turn warms up: workers import, and compile the codebook
            turn, counted = {}, {}
            for name, client in (("one", one), ("two", two)):
                outs[name].unlink(missing_ok=True)
                turn[name] = by_workers(client, files, book, outs[name])
                best[name] = min(best[name], turn[name] if n else float("inf"))
                counted[name] = counting(client, characters * COUNTS)
            pairs += [(turn["one"] / turn["two"], counted["one"] / counted["two"])] if n else []
    for _ in range(repeats):
        outs["alone"].unlink(missing_ok=True)
        best["alone"] = min(best["alone"], alone(files, book, outs["alone"]))
    assert len({out.read_bytes() for out in outs.values()}) == 1
    print(f"{characters} characters in {len(files)} articles, {PARTS} parts")
    for name, seconds in best.items():
        print(f"  {name:6s}{seconds:8.1f} s  {characters / seconds / 1e6:.3f} million characters a second")
    print(
        f"  turn by turn: {', '.join(f'{pair:.2f} of {top:.2f}' for pair, top in pairs)}; load {os.getloadavg()[0]:.1f}"
    )
    print(f"  two workers / one worker: {best['one'] / best['two']:.2f};  / alone: {best['alone'] / best['two']:.2f}")


def memory(folder: Path, megabytes: int, each: int) -> None:
    """Print the peak memory of the command on files of `each` megabytes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    text = "\n\n".join(noisy(generated(300_000)))  # a little less than a megabyte
    times = each * MEGABYTE // len(text.encode()) + 1
    files = [folder / f"{n}.txt" for n in range(megabytes // each)]
    for file in files:
        with file.open("wb") as f:
            for _ in range(times):
                f.write(text.encode() + b"\n\n")
            f.truncate((each * MEGABYTE) // 3 * 3)
            f.truncate(len(file.read_bytes().decode(errors="ignore").encode()))
    start = perf_counter()
    command = [sys.executable, "-c", PROGRAM, "suggest", *map(str, files), "-o", str(folder / "out.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    peak = int(done.stderr.split()[-1]) / 1024
    print(f"{megabytes} MB in {len(files)} files: peak {peak:.0f} MB, {perf_counter() - start:.0f} s", flush=True)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=1_200_000)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--memory", type=int, action="append", metavar="MB", help="default: 5 and 20")
    parser.add_argument("--no-ratio", action="store_true")
    options = parser.parse_args()
    calm_collector()  # as in the command
    with tempfile.TemporaryDirectory() as name:
        if not options.no_ratio:
            ratio(Path(name), options.characters, options.repeats)
        for megabytes in options.memory or (5, 20):
            for each in sorted({1, megabytes}):
                memory(Path(name) / "memory", megabytes, each)


if __name__ == "__main__":
    main()
