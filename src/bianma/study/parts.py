"""Parts: some articles as a Parquet file, and what is suggested on them as another; each file whole, or not there.

A part's name is a hash of all that its suggestions depend on: the articles, the codebook, the program. So a part that a
broken-off run finished is known by its name, and one whose source was changed since is not taken for it.

    NAME.articles.parquet     doc, path, fault, missing, raw, passages (a JSON list): a row an article
    NAME.made.parquet         article (number of the row), doc, code, record (a line of JSON): a row a suggestion
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from bianma import jsonl
from bianma.codebook.model import Codebook
from bianma.corpus.about.sidecar import sidecar_of
from bianma.corpus.cut import passages as cut
from bianma.corpus.read import doc_id, read_article
from bianma.errors import BianmaError
from bianma.records import DocId, Passage, content_hash
from bianma.study.ingest import sidecar_beside
from bianma.study.store import file_sha
from bianma.suggest.pipeline import suggest

ROWS = 10_000  # suggestions that are held at a time
_TEXT = pa.large_string()  # one article may hold more than the 2 GB that a column of plain strings can
_SAID = ("doc", "path", "fault", "missing")
_ARTICLES = pa.schema([*((name, pa.string()) for name in _SAID), ("raw", _TEXT), ("passages", pa.large_binary())])
_MADE = pa.schema([("article", pa.int32()), ("doc", pa.string()), ("code", pa.string()), ("record", pa.binary())])


@dataclass(frozen=True, slots=True)
class File:
    """A bare file: `path` as the user gave it, `place` from anywhere, `encoding` where the user named one."""

    path: str
    place: str
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article of a part; `fault` says why it could not be read, `missing` what of it could not."""

    doc: DocId
    path: str = ""
    fault: str = ""
    missing: str = ""
    raw: str = ""
    passages: Sequence[Passage] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part `name` in `folder`; `files` is empty where its articles are there already."""

    folder: Path
    name: str
    files: tuple[File, ...] = ()

    @property
    def articles(self) -> Path:
        """What the suggestions are made on."""
        return self.folder / f"{self.name}.articles.parquet"

    @property
    def made(self) -> Path:
        """The suggestions."""
        return self.folder / f"{self.name}.made.parquet"

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do for it."""
        return self.articles.is_file() and self.made.is_file()


@dataclass(frozen=True, slots=True)
class Result:
    """One article of a finished part; `records` are (code, line of JSON), to be taken before the next article is."""

    row: Row
    records: Iterator[tuple[str, bytes]]


def make(part: Part, codebook: Path) -> None:
    """Do one part with the codebook in the file `codebook`: the whole of a worker's work. Nothing is done twice."""
    if part.finished:
        return
    if not part.articles.is_file():
        write_articles(part.articles, map(_read, part.files))
    book = read_codebook(codebook)
    with _whole(part.made, _MADE) as writer:
        made = (
            {"article": n, "doc": s.doc, "code": s.code, "record": jsonl.dump([s])[:-1]}
            for n, row in enumerate(_rows(part.articles))
            for s in suggest(row.passages, {row.doc: row.raw}, book)
        )
        while batch := list(islice(made, ROWS)):
            writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=_MADE))


def write_articles(path: Path, rows: Iterable[Row]) -> None:
    """Write the articles of a part, one at a time."""
    with _whole(path, _ARTICLES) as writer:
        for row in rows:
            values = {name: getattr(row, name) for name in (*_SAID, "raw")}
            passages = msgspec.json.encode(row.passages)
            writer.write_batch(pa.RecordBatch.from_pylist([{**values, "passages": passages}], schema=_ARTICLES))


def results(part: Part, *, raw: bool = False) -> Iterator[Result]:
    """Yield the articles of a finished part with their suggestions, in order; `raw`: with their text."""
    columns = [*_SAID, *(["raw"] if raw else [])]
    records = _Records(part.made)
    for n, values in enumerate(_values(part.articles, columns)):
        yield Result(Row(**values), records.of(n))


def write_codebook(folder: Path, codebook: Codebook) -> Path:
    """Write a codebook as JSON, for workers to read; return the file, which bears its hash."""
    path = folder / f"codebook-{codebook.hash}.json"
    jsonl.write_atomic(path, msgspec.json.encode(codebook))
    return path


@lru_cache(maxsize=2)
def read_codebook(path: Path) -> Codebook:
    """Return a codebook that `write_codebook` wrote."""
    return msgspec.json.decode(path.read_bytes(), type=Codebook)


def name_of(codebook: Codebook, *content: str) -> str:
    """Return the name of a part that holds `content` and is done with `codebook` by this program."""
    return content_hash(program(), codebook.ref, *content)


def content_of(file: File) -> str:
    """Return a hash of all that is read of a bare file: its bytes, its sidecar's, how it is called and read."""
    place = Path(file.place)
    found = [p for p in (place, sidecar_of(place)) if p.is_file()]
    return content_hash(file.path, file.encoding or "", *map(file_sha, found))


@cache
def program() -> str:
    """Return a hash of the program's own text: another one may suggest something else."""
    root = Path(__file__).parents[1]
    return content_hash(*(file_sha(p) for p in sorted(root.rglob("*.py"))))


def clear(folder: Path) -> None:
    """Remove what parts left in `folder`, and the folder if nothing else is in it."""
    for pattern in ("*.articles.parquet*", "*.made.parquet*", "codebook-*.json*"):
        for path in [*folder.glob(pattern), *folder.glob(f".{pattern}")]:
            path.unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _read(file: File) -> Row:
    path, doc = Path(file.place), doc_id(Path(file.path))
    try:
        article = read_article(path, encoding=file.encoding or sidecar_beside(path).encoding)
        found = cut(doc, article.raw, article.view)
    except BianmaError as e:
        return Row(doc=doc, path=file.path, fault=str(e).replace(file.place, file.path))
    return Row(doc=doc, path=file.path, missing=article.missing, raw=article.raw, passages=found)


def _rows(path: Path) -> Iterator[Row]:
    decoder = msgspec.json.Decoder(list[Passage])
    for values in _values(path, _ARTICLES.names):
        yield Row(**{**values, "passages": decoder.decode(values["passages"])})


def _values(path: Path, columns: Sequence[str], *, rows: int = 1) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=rows, columns=list(columns)):
            yield from batch.to_pylist()


class _Records:
    """The suggestions of a part, read once from front to back."""

    def __init__(self, path: Path) -> None:
        self._rows = _values(path, ("article", "code", "record"), rows=ROWS)
        self._next = next(self._rows, None)

    def of(self, article: int) -> Iterator[tuple[str, bytes]]:
        """Yield those on an article; those on articles before it, if not taken, are passed over."""
        while self._next and self._next["article"] <= article:
            row, self._next = self._next, next(self._rows, None)
            if row["article"] == article:
                yield row["code"], row["record"]


@contextmanager
def _whole(path: Path, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    """Write a Parquet file under another name, and give it its own when it is whole and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as f:
            with pq.ParquetWriter(f, schema) as writer:
                yield writer
            f.flush()
            os.fsync(f.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
