"""Typed records in JSONL files: one record a line, keys sorted, UTF-8, so that a diff shows what changed."""

import os
import tempfile
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from bianma.errors import RecordError

T = TypeVar("T")
_CHUNK = 1 << 20  # bytes


def read(path: Path, record: type[T]) -> list[T]:
    """Return the records of `path`, each decoded and checked as `record`.

    Raises RecordError that names file, line and field for the first line that is no such record.
    """
    return list(stream(path, record))


def stream(path: Path, record: type[T]) -> Iterator[T]:
    """Yield the records of `path` one by one, so that a large file need not fit into memory; errors as in `read`."""
    decoder = msgspec.json.Decoder(record)
    with path.open("rb") as f:
        for number, line in enumerate(f, 1):
            if line.strip():
                yield _decode(decoder, line, path, number)


class Shelf(Generic[T]):
    """The records of a file by their field `doc`, each article's read when asked for; the file must not change.

    Raises RecordError where a line has no such field, and, when an article is read, as `read` does.
    """

    def __init__(self, path: Path, record: type[T]) -> None:
        self._path, self._decoder = path, msgspec.json.Decoder(record)
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)  # (line number, byte offset)
        keys, at = msgspec.json.Decoder(_Keyed), 0
        with path.open("rb") as f:
            for number, line in enumerate(f, 1):
                if line.strip():
                    self._places[_decode(keys, line, path, number).doc].append((number, at))
                at += len(line)

    def docs(self) -> list[str]:
        """Return the articles, in the order in which the file first names them."""
        return list(self._places)

    def of(self, doc: str) -> list[T]:
        """Return an article's records in the order of the file; none for an article that is not there."""
        places = self._places.get(doc, [])
        if not places:
            return []
        found: list[T] = []
        with self._path.open("rb") as f:
            for number, at in places:
                f.seek(at)
                found.append(_decode(self._decoder, f.readline(), self._path, number))
        return found


class _Keyed(msgspec.Struct):
    doc: str


def write(path: Path, records: Iterable[Any], *, dry_run: bool = False) -> bool:
    """Replace `path` by `records`, atomically; return False, and touch nothing, where it holds them already.

    The records are taken one by one and never held together. With `dry_run` nothing is touched, the records are gone
    through all the same, and the answer is what it would be.
    """
    lines = map(_line, records)
    same, first = _common(path, lines)
    if first is None and path.is_file() and path.stat().st_size == same:
        return False
    if dry_run:
        deque(lines, maxlen=0)
    else:
        _replace(path, _changed(path, same, first, lines))
    return True


def dump(records: Iterable[Any]) -> bytes:
    """Return `records` as the bytes of a JSONL file."""
    return b"".join(map(_line, records))


def write_atomic(path: Path, data: bytes) -> None:
    """Replace `path` by `data` so that a reader, or a run after a crash, sees the old file or the new one, whole.

    Raises OSError that names `path`, and leaves no other file behind, where it cannot be written.
    """
    _replace(path, [data])


def _line(record: Any) -> bytes:
    return msgspec.json.encode(record, order="sorted") + b"\n"


def _common(path: Path, lines: Iterator[bytes]) -> tuple[int, bytes | None]:
    """Return how many bytes of `path` the lines repeat, and the first line that differs; None if none does."""
    if not path.is_file():
        return 0, next(lines, None)
    at = 0
    with path.open("rb") as f:
        for line in lines:
            if f.read(len(line)) != line:
                return at, line
            at += len(line)
    return at, None


def _changed(path: Path, same: int, first: bytes | None, lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the first `same` bytes of `path`, then the lines."""
    if same:
        with path.open("rb") as f:
            while same and (data := f.read(min(same, _CHUNK))):
                same -= len(data)
                yield data
    if first is not None:
        yield first
        yield from lines


def _replace(path: Path, parts: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as f:
            f.writelines(parts)
            f.flush()
            os.fsync(f.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException as e:
        Path(name).unlink(missing_ok=True)
        if isinstance(e, OSError) and e.filename in (None, name):
            e.filename = str(path)
        raise


def _decode(decoder: msgspec.json.Decoder[T], line: bytes, path: Path, number: int) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise RecordError(f"{path}:{number}: {e}") from e
