"""`suggest` on many processes or machines: Dask hands out parts (`study.parts`); their results are put in order.

A worker needs this very program and the same file system, nothing else; what it does is done once it stands on the
disk. So Dask may give a part to a second worker when it loses the first, and a run that was broken off goes on.
"""

import gc
import logging
import os
import shutil
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
from dask.system import CPU_COUNT
from distributed import Client, Future, LocalCluster
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from bianma.codebook.model import Codebook
from bianma.errors import BianmaError
from bianma.records import DocId, content_hash
from bianma.study import parts, steps
from bianma.study.parts import File, Part, Result, Row
from bianma.study.store import Study, file_sha

T = TypeVar("T")
Progress = Callable[[int, int], None]
PART = 2_000_000  # characters
BYTES = 3  # of a character in a file that was not read yet: Chinese in UTF-8
WAIT = "20s"  # for a scheduler to answer
LOOPBACK = "127.0.0.1"


@contextmanager
def workers(scheduler: str | None = None, *, number: int = CPU_COUNT) -> Iterator[Client]:
    """Yield a client of the scheduler at that address; without one, of `number` processes on this machine."""
    if scheduler is None:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Port 8787 is already in use")  # the dashboard's, which is off
            cluster = LocalCluster(
                n_workers=number,
                threads_per_worker=1,
                processes=True,
                host=LOOPBACK,
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
        with cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(scheduler, timeout=WAIT)
    except (OSError, ValueError) as e:
        raise BianmaError(
            f"no Dask scheduler answers at {scheduler}: start one (`dask scheduler`), or name it as tcp://HOST:8786"
        ) from e
    with client:
        yield client


@contextmanager
def suggesting(
    client: Client,
    files: Sequence[Path],
    codebook: Codebook,
    *,
    folder: Path,
    encoding: str | None = None,
    raw: bool = False,
    progress: Progress | None = None,
) -> Iterator[Iterator[Result]]:
    """Yield the articles of bare files with their suggestions, in order; `raw`: with their text.

    The parts stand in `folder` until all went well, so that what is run again goes on.
    """
    book = parts.write_codebook(folder.absolute(), codebook)
    planned = [
        Part(folder.absolute(), parts.name_of(codebook, *map(parts.content_of, group)), tuple(group))
        for group in grouped(_files(files, encoding), _characters)
    ]
    yield (result for part in finished(client, planned, book, progress) for result in parts.results(part, raw=raw))
    parts.clear(folder)


def suggest(client: Client, study: Study, *, now: str, progress: Progress | None = None) -> steps.Suggested:
    """Make suggestions in a study: the same bytes, and the same report, as `steps.suggest`."""
    made_from = (file_sha(study.annotations / name) for name in ("passages.jsonl", "sources.jsonl"))
    shelf_docs = [DocId(doc) for doc in study.shelf().docs()]  # says first what is missing
    folder = study.state.absolute() / "scale" / content_hash(parts.program(), study.codebook.ref, *made_from)
    book = parts.write_codebook(folder, study.codebook)
    per_code: Counter[str] = Counter()

    def made() -> Iterator[msgspec.Raw]:
        for part in finished(client, _parts_of(study, shelf_docs, folder), book, progress):
            for result in parts.results(part):
                for code, record in result.records:
                    per_code[code] += 1
                    yield msgspec.Raw(record)

    result = steps.written(study, made(), per_code, now=now)
    shutil.rmtree(study.state / "scale", ignore_errors=True)
    return result


def finished(client: Client, planned: Iterable[Part], book: Path, progress: Progress | None = None) -> Iterator[Part]:
    """Yield the parts in order, each once it is finished; all are handed out before the first is waited for.

    Raises what suggesting on a part raises, and BianmaError where workers or scheduler are lost for good.
    """
    waiting = deque((part, None if part.finished else _submit(client, part, book)) for part in planned)
    total = len(waiting)
    while waiting:
        part, future = waiting.popleft()
        if future is not None:
            _wait(part, future)
        if progress:
            progress(total - len(waiting), total)
        yield part


def grouped(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield neighbours together until they have the size of a part; an article is never parted."""
    held: list[T] = []
    total = 0
    for item in items:
        if held and total + size(item) > PART:
            yield held
            held, total = [], 0
        held.append(item)
        total += size(item)
    if held:
        yield held


def _submit(client: Client, part: Part, book: Path) -> "Future[None]":
    key = f"bianma-{content_hash(str(part.folder), part.name)}"
    return client.submit(_work, part, book, parts.program(), key=key, retries=2)


def _work(part: Part, book: Path, program: str) -> None:
    if parts.program() != program:
        raise BianmaError(
            f"the worker on {os.uname().nodename} has another bianma than this one: install the same on all machines"
        )
    gc.set_threshold(200_000, 20, 50)  # as in the commands: a part makes records by the thousand, and few circles
    parts.make(part, book)


def _wait(part: Part, future: "Future[None]") -> None:
    try:
        future.result()
    except KilledWorker as e:
        raise BianmaError(
            f"{part.name} ended every worker that began it, most likely for want of memory: take out the largest of "
            f"its files, or use fewer workers. Its articles: {', '.join(f.path for f in part.files) or part.articles}"
        ) from e
    except FutureCancelledError as e:
        raise BianmaError("the Dask scheduler went away; run the same command again to go on") from e
    if not part.finished:
        raise BianmaError(
            f"a worker finished {part.name}, and it is not in {part.folder}: scheduler, workers and this command need "
            "one file system, with the same paths"
        )


def _files(files: Sequence[Path], encoding: str | None) -> Iterator[File]:
    for path in files:
        yield File(str(path), str(path.absolute()), encoding)


def _characters(file: File) -> int:
    place = Path(file.place)
    return place.stat().st_size // BYTES if place.is_file() else 0


def _parts_of(study: Study, docs: Sequence[DocId], folder: Path) -> Iterator[Part]:
    """Write and yield the parts of a study; StudyError if an article is not as it was ingested."""
    known, shelf, texts = study.sources(), study.shelf(), study.texts_of(docs)
    lengths = {doc: source.length for doc, source in known.items()}
    for group in grouped(texts, lambda doc: lengths.get(doc, 0)):
        part = Part(folder, parts.name_of(study.codebook, *group))
        rows = (Row(doc=doc, raw=texts[doc].raw, passages=shelf.of(doc)) for doc in group)
        if part.articles.is_file():
            deque((texts[doc] for doc in group), maxlen=0)  # whether each is still as it was ingested
        else:
            parts.write_articles(part.articles, rows)
        yield part
