"""What the client was about to do, written down before it did it.

The server goes on with a request whose client was killed, so a second run must know of it: it waits until the
unfinished import is either stored or can no longer be, and only then counts what is missing.
"""

from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import msgspec

from bianma.errors import StudioError
from bianma.jsonl import write_atomic
from bianma.studio.client import Desk, LostAnswerError

QUIET = 4.0  # seconds without a new task after which an import of unknown speed is given up
POLL = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """An import under way: `count` tasks into `project`, which held `before`; `seconds`: the slowest chunk so far.

    Project 0 stands for the creation of the project itself.
    """

    project: int
    before: int
    count: int
    seconds: float = 0.0


def write_intent(path: Path, intent: Intent) -> None:
    """Write `intent` down before acting on it."""
    write_atomic(path, msgspec.json.encode(intent))


def read_intent(path: Path) -> Intent | None:
    """Return what an earlier run left unfinished; None if nothing, or if the file is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Intent)
    except (OSError, msgspec.DecodeError):
        return None


def wait_out(desk: Desk, intent: Intent) -> None:
    """Return when the import of `intent` is stored, or when the project has stood still for twice a slow chunk's time.

    Should the import be stored later still, the check at the end of the push finds its doubles.
    """
    quiet = max(QUIET, 2 * intent.seconds)
    last, since = -1, monotonic()
    while monotonic() - since < quiet:
        try:
            count = int(desk.project(intent.project)["task_number"])
        except LostAnswerError:
            count = last
        if count >= intent.before + intent.count:
            return
        if count != last:
            last, since = count, monotonic()
        sleep(POLL)


def clear_intent(path: Path) -> None:
    """Forget the intent: what it announced is done and counted."""
    try:
        path.unlink(missing_ok=True)
    except OSError as e:
        raise StudioError(f"{path} cannot be removed: {e}") from e
