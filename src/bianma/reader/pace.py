"""When a request may go out: evenly, not above a rate, not above a number, and not while the server asks to wait."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from bianma.errors import ReaderError

_SLICE = 0.5  # seconds slept at once, so that an interrupted run ends soon


class SpentError(ReaderError):
    """All the requests that a run may send have been sent."""


class StoppedError(ReaderError):
    """The run was broken off while a request waited."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds that only go forward, and a way to let them pass."""

    now: Callable[[], float]
    sleep: Callable[[float], None]


class Pace:
    """The turns of one run, shared by its threads. Every request counts, also one that is sent again."""

    def __init__(self, clock: Clock, *, per_minute: float, at_most: int) -> None:
        self._clock, self._apart, self._at_most = clock, 60 / per_minute, at_most
        self._next = self._held = clock.now()
        self._lock, self._stopped = threading.Lock(), threading.Event()
        self.sent = 0

    def turn(self) -> None:
        """Wait until the next request may go out; SpentError if none may any more, StoppedError once stopped."""
        with self._lock:
            if self.sent >= self._at_most:
                raise SpentError(f"the run may send {self._at_most} requests (bianma.yaml, reader: at_most)")
            self.sent += 1
            at = max(self._clock.now(), self._next)
            self._next = at + self._apart
        while not self._stopped.is_set() and (rest := max(at, self._held) - self._clock.now()) > 0:
            self._clock.sleep(min(rest, _SLICE))
        if self._stopped.is_set():
            self.unsent()
            raise StoppedError("the run was broken off")

    def unsent(self) -> None:
        """Take back the last turn: its request did not go out."""
        with self._lock:
            self.sent -= 1

    def hold(self, seconds: float) -> None:
        """Let no request out for `seconds` from now."""
        with self._lock:
            self._held = max(self._held, self._clock.now() + seconds)

    def stop(self) -> None:
        """Let no request out any more, also none that waits."""
        self._stopped.set()
