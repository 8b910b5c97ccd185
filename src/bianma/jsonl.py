"""Typed records in JSONL files: one record a line, keys sorted, UTF-8, so that a diff shows what changed."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bianma.errors import RecordError

T = TypeVar("T")


def read(path: Path, record: type[T]) -> list[T]:
    """Return the records of `path`, each decoded and checked as `record`.

    Raises RecordError that names file, line and field for the first line that is no such record.
    """
    decoder = msgspec.json.Decoder(record)
    return [_decode(decoder, line, path, n) for n, line in enumerate(path.read_bytes().split(b"\n"), 1) if line.strip()]


def write(path: Path, records: Iterable[Any], *, dry_run: bool = False) -> bool:
    """Replace `path` by `records`, atomically; return False, and touch nothing, where it holds them already.

    With `dry_run` nothing is touched, and the answer is what it would be.
    """
    data = dump(records)
    if path.exists() and path.read_bytes() == data:
        return False
    if not dry_run:
        write_atomic(path, data)
    return True


def dump(records: Iterable[Any]) -> bytes:
    """Return `records` as the bytes of a JSONL file."""
    return b"".join(msgspec.json.encode(r, order="sorted") + b"\n" for r in records)


def write_atomic(path: Path, data: bytes) -> None:
    """Replace `path` by `data` so that a reader, or a run after a crash, sees the old file or the new one, whole.

    Raises OSError that names `path`, and leaves no other file behind, where it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException as e:
        Path(name).unlink(missing_ok=True)
        if isinstance(e, OSError):
            e.filename = str(path)
        raise


def _decode(decoder: msgspec.json.Decoder[T], line: bytes, path: Path, number: int) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise RecordError(f"{path}:{number}: {e}") from e
