"""The ledger: what was done to a study, in order. Lines are only ever added, each bound to the last by its hash."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bianma.errors import RecordError
from bianma.records import text_sha

GENESIS = "0" * 64


def append(path: Path, *, at: str, event: str, actor: str, details: Mapping[str, Any]) -> None:
    """Add one line, synced to disk: time (ISO 8601, UTC), event, who, details, the hash of the line before.

    A line that a crash left half written is set aside in `<name>.torn`, never mixed with the next.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = _whole_lines(path)
    entry = {
        "at": at,
        "event": event,
        "actor": actor,
        "details": details,
        "prev": _hash(lines[-1]) if lines else GENESIS,
    }
    with path.open("ab") as f:
        f.write((json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n").encode())
        f.flush()
        os.fsync(f.fileno())


def verify(path: Path) -> int:
    """Return the number of entries; RecordError that names the first line which is not what was written."""
    prev = GENESIS
    lines = path.read_bytes().splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
        except ValueError as e:
            raise RecordError(f"{path}:{number}: not a whole ledger entry: {e}") from e
        if entry.get("prev") != prev:
            raise RecordError(f"{path}:{number}: the chain is broken: line {number - 1} was changed, added or removed")
        prev = _hash(line)
    return len(lines)


def _hash(line: bytes) -> str:
    return text_sha(line.decode())


def _whole_lines(path: Path) -> list[bytes]:
    if not path.exists():
        return []
    data = path.read_bytes()
    whole, newline, torn = data.rpartition(b"\n")
    if torn:
        with path.with_suffix(".torn").open("ab") as f:
            f.write(torn + b"\n")
        with path.open("r+b") as f:
            f.truncate(len(whole) + len(newline))
    return whole.splitlines()
