"""`suggest --engine dask`: the bytes of the single process, whatever happens to the workers."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytest.importorskip("distributed")
from bianma.codebook import load
from bianma.codebook.shipped import shipped_codebook
from bianma.errors import BianmaError
from bianma.study import parts, scale, steps
from bianma.study.store import Study

NOW = "2026-01-02T03:04:05Z"
TEXT = (
    "# 论同盟困境之{n}\n\n"
    + "弱国一面害怕被抛弃，一面害怕受牵连。\n安全机制取决于各国的预期，因此它们主张自主。\n\n" * 40
)
SHELL = "from bianma.cli import main\nfrom bianma.study import scale\nif __name__ == '__main__':\n    scale.PART = 3000\n    main()\n"


@pytest.fixture
def folder(tmp_path):
    """Eight articles, of which one is empty, one in GB18030 and one called like another."""
    for n in range(8):
        (tmp_path / f"文{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "文3.txt").write_bytes(TEXT.format(n=3).encode("gb18030"))
    (tmp_path / "又").mkdir()
    (tmp_path / "又" / "文1.txt").write_text("别的。", encoding="utf-8")
    return tmp_path


def names(folder):
    return [*sorted(p.name for p in folder.glob("*.txt")), "又/文1.txt"]


def run(folder, *args):
    command = [sys.executable, "run.py", "suggest", *names(folder), *args]
    (folder / "run.py").write_text(SHELL, encoding="utf-8")
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)


def test_articles_are_grouped_and_never_parted(monkeypatch):
    monkeypatch.setattr(scale, "PART", 10)
    assert list(scale.grouped([4, 6, 1, 30, 2, 2], lambda n: n)) == [[4, 6], [1], [30], [2, 2]]
    assert list(scale.grouped([], lambda n: n)) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scheduler", "tcp://x:1"], "goes with --engine dask"),
        (["--engine", "dask"], "needs -o"),
        (["--engine", "dask", "--dry-run"], "do not go with"),
        (["--engine", "dask", "-o", "none/out"], "there is no folder"),
    ],
)
def test_options_that_do_not_fit(folder, options, said):
    process = run(folder, *options)
    _, err = process.communicate()
    assert (process.returncode, said in err) == (2, True), err


def test_a_scheduler_that_is_not_there(monkeypatch):
    monkeypatch.setattr(scale, "WAIT", "1s")
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(BianmaError, match="no Dask scheduler answers"), scale.workers(address):
            pass


@pytest.mark.slow
def test_the_bytes_are_those_of_the_single_process(folder):
    runs = {}
    for name, options in (("single", []), ("dask", ["--engine", "dask"])):
        process = run(folder, "-o", f"{name}.jsonl", "--texts", f"{name}-raw", *options)
        _, err = process.communicate()
        told = [line for line in err.splitlines() if line.startswith("bianma")]
        texts = {p.name: p.read_bytes() for p in (folder / f"{name}-raw").iterdir()}
        runs[name] = (process.returncode, (folder / f"{name}.jsonl").read_bytes(), told, texts)
    assert runs["single"] == runs["dask"]
    assert runs["dask"][0] == 1  # the empty file and the second of one name
    assert len(list((folder / "dask.jsonl.parts").glob("*.made.parquet"))) > 3  # they wait for a mended file
    for name in ("空.txt", "又/文1.txt"):
        (folder / name).unlink()
    files = [p.relative_to(folder) for p in folder.glob("*.txt")]
    process = subprocess.run(
        [sys.executable, "run.py", "suggest", *map(str, files), "--engine", "dask", "-o", "dask.jsonl"],
        cwd=folder, check=False,
    )  # fmt: skip
    assert process.returncode == 0
    assert not (folder / "dask.jsonl.parts").exists()


@pytest.mark.slow
def test_a_lost_worker_is_made_good(folder, monkeypatch):
    monkeypatch.setattr(scale, "PART", 3000)
    files = [folder / f"文{n}.txt" for n in range(8) if n != 3]
    book = load(shipped_codebook())
    with scale.workers(number=2) as client:
        pids = client.run(os.getpid)
        killed = []

        def kill_one(done, total):
            if not killed:
                killed.append(next(iter(pids.values())))
                os.kill(killed[0], signal.SIGKILL)

        with scale.suggesting(client, files, book, folder=folder / "work", progress=kill_one) as results:
            made = [line for result in results for _, line in result.records]
    assert killed
    with scale.workers(number=1) as client, scale.suggesting(client, files, book, folder=folder / "again") as results:
        assert made == [line for result in results for _, line in result.records]


@pytest.mark.slow
def test_a_killed_run_goes_on(folder):
    single = run(folder, "-o", "single.jsonl")
    single.communicate()
    first = run(folder, "--engine", "dask", "-o", "dask.jsonl")
    work = folder / "dask.jsonl.parts"
    end = time.monotonic() + 60
    while not (found := list(work.glob("*.made.parquet"))) and time.monotonic() < end:
        time.sleep(0.02)
    first.kill()
    first.communicate()
    assert not (folder / "dask.jsonl").exists()
    before = {path: path.stat().st_mtime_ns for path in found}
    again = run(folder, "--engine", "dask", "-o", "dask.jsonl")
    again.communicate()
    assert before == {path: path.stat().st_mtime_ns for path in before}  # kept, since a FILE could not be read
    assert (folder / "dask.jsonl").read_bytes() == (folder / "single.jsonl").read_bytes()


@pytest.mark.slow
def test_in_a_study(folder, tmp_path_factory, monkeypatch):
    monkeypatch.setattr(scale, "PART", 3000)
    from bianma.study import make

    study = Study(tmp_path_factory.mktemp("s") / "study")
    make.init(study.root)
    for n in range(4):
        (study.corpus_dir / f"文{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    steps.ingest(study, now=NOW)
    single = steps.suggest(study, now=NOW)
    out = study.annotations / "suggestions.jsonl"
    wanted = out.read_bytes()
    out.unlink()
    with scale.workers(number=2) as client:
        assert scale.suggest(client, study, now=NOW) == single
        assert out.read_bytes() == wanted
        assert not (study.state / "scale").exists()
        assert not scale.suggest(client, study, now=NOW).new
        (study.corpus_dir / "文2.txt").write_text("改了。", encoding="utf-8")
        with pytest.raises(BianmaError, match="was changed since"):
            scale.suggest(client, study, now=NOW)
    assert out.read_bytes() == wanted


@pytest.mark.slow
def test_what_cannot_be_done_is_told(folder, monkeypatch):
    book = load(shipped_codebook())
    monkeypatch.setattr(parts, "program", lambda: "0" * 12)
    with (
        scale.workers(number=1) as client,
        pytest.raises(BianmaError, match="has another bianma"),
        scale.suggesting(client, [folder / "文1.txt"], book, folder=folder / "w") as results,
    ):
        list(results)
