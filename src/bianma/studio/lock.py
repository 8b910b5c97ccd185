"""One process at a time: a lock file that the operating system lets go of when its holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bianma.errors import StudioError


@contextmanager
def hold(path: Path, *, doing: str) -> Iterator[None]:
    """Hold `path` while the block runs; it names the holder's process id.

    A lock left behind by a killed process does not count: the system released it with the process. Raises StudioError,
    naming the process, if another one is `doing` the same; on a shared disk it sees the processes of this machine only.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _take(handle):
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            raise StudioError(f"process {holder} is {doing} already; wait until it has ended, then try again ({path})")
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        """Lock a byte far beyond the process id, which others must be able to read."""
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
