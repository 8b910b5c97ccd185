"""The client of an OpenAI-compatible endpoint: POST BASE/chat/completions, and nothing else.

What passes (too many requests, a server's own failure, no answer in time, a broken connection) is asked again, at most
three times, after a wait that doubles or that the server names. What does not pass (nobody there, a wrong key, a page
that is no completion) is a ReaderError at once. No proxy, certificate or password is taken from the environment.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bianma.errors import ReaderError
from bianma.reader.answers import Answer
from bianma.reader.pace import Clock, Pace
from bianma.reader.prompt import Request

AGAIN = 3  # times that a request is sent anew
PATIENCE = 120  # seconds that a server may ask to wait
SIZE = 4_000_000  # bytes of an answer, at most
_SHOWN = 200  # characters of what a server said
_UNFIT = (400, 413, 422)
EXAMPLE = "http://127.0.0.1:11434/v1"


class RefusedError(ReaderError):
    """The endpoint refuses this one request: too long, perhaps, or filtered."""


class _PassingError(Exception):
    """What may be gone a moment later; `wait` is what the server asks for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Endpoint:
    """The endpoint at `base`. `key` goes into the header Authorization and nowhere else; `timeout` in seconds."""

    def __init__(self, base: str, *, key: str | None, timeout: float, pace: Pace, clock: Clock) -> None:
        self.url, self._pace = completions(base), pace
        self._key, self._timeout, self._clock = key, timeout, clock
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        self._http = httpx.Client(
            headers=headers | ({"Authorization": f"Bearer {key}"} if key else {}),
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10)),
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def stop(self) -> None:
        """Let no request out any more."""
        self._pace.stop()

    def ask(self, request: Request) -> Answer:
        """Send `request` and return the answer.

        Raises RefusedError if this request is not accepted, another ReaderError if no request would be.
        """
        body, last = request.body(), ""
        for n in range(AGAIN + 1):
            self._pace.turn()
            try:
                return self._once(body)
            except _PassingError as e:
                last, wait = str(e), 2.0**n if e.wait is None else e.wait
            if wait > PATIENCE:
                raise ReaderError(f"{self.url}: {last}; it asks to wait {wait:.0f} s: run the same command after that")
            self._pace.hold(wait)
        raise ReaderError(f"{self.url}: {last}; sent {AGAIN + 1} times in vain: run the same command later to go on")

    def _once(self, body: bytes) -> Answer:
        begun = self._clock.now()
        with self._failures(), self._http.stream("POST", self.url, content=body) as response:
            data = self._whole(response, begun)
            if response.is_success:
                return self._answer(response, data)
            raise self._refusal(response, data)

    def _whole(self, response: httpx.Response, begun: float) -> bytes:
        """Return the body; it may neither trickle in until long after `begun` nor be larger than any answer is."""
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > SIZE:
                raise ReaderError(f"{self.url} answers with more than {SIZE:,} bytes: this is no chat completion")
            if self._clock.now() - begun > 2 * self._timeout:
                raise httpx.ReadTimeout("trickling")
        return bytes(data)

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Turn the library's exceptions into ours."""
        try:
            yield
        except httpx.TimeoutException:
            raise _PassingError(f"no answer within {self._timeout:g} s (bianma.yaml, reader: timeout)") from None
        except httpx.ConnectError as e:
            self._pace.unsent()
            raise ReaderError(
                f"nobody answers at {self.url} ({e}): is the server running, and the address right?"
            ) from e
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as e:
            self._pace.unsent()
            raise ReaderError(f"{self.url} is no address ({e}); bianma.yaml, reader: endpoint, e.g. {EXAMPLE}") from e
        except httpx.HTTPError as e:
            raise _PassingError(f"the connection broke ({e})") from e

    def _refusal(self, response: httpx.Response, data: bytes) -> Exception:
        status = response.status_code
        said = f"{status} {response.reason_phrase}{self._said(data)}"
        if status == 429 or status >= 500:
            return _PassingError(said, retry_after(response.headers))
        if status in _UNFIT:
            return RefusedError(f"{self.url} refuses the request: {said}")
        if status in (401, 403):
            return ReaderError(f"{self.url} refuses the key: {said} (bianma.yaml, reader: key_env names its variable)")
        if status == 404:
            return ReaderError(f"{self.url} is not there, or the model is not: {said} (reader: endpoint, model)")
        if response.is_redirect:
            return ReaderError(f"{self.url} sends on to {response.headers.get('location')}; name that as the endpoint")
        return ReaderError(f"{self.url} answers {said}")

    def _answer(self, response: httpx.Response, data: bytes) -> Answer:
        reply = _decoded(data)
        match reply:
            case {"choices": [{"message": {"content": content}}, *_]}:
                usage = reply.get("usage")
                usage = usage if isinstance(usage, dict) else {}
                spent = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
                return Answer(content=_text(content), tokens_in=spent[0], tokens_out=spent[1])
            case {"error": error} if error:
                raise _PassingError(f"an error{self._said(data)}", retry_after(response.headers))
        raise ReaderError(
            f"{self.url} answers what is no chat completion{self._said(data)}; the endpoint must be the base of an "
            f"OpenAI-compatible API, such as {EXAMPLE}"
        )

    def _said(self, data: bytes) -> str:
        """Return what the server said, shortened, in quotes, and never with the key in it."""
        match _decoded(data):
            case (
                {"error": {"message": str(said)}}
                | {"error": str(said)}
                | {"message": str(said)}
                | {"detail": str(said)}
            ):
                pass
            case _:
                said = re.sub(r"<[^>]*>", " ", data[: 20 * _SHOWN].decode(errors="replace"))
        said = " ".join(said.split())
        said = said.replace(self._key, "…") if self._key else said
        said = "".join(c for c in said if c.isprintable())
        return f": “{said[:_SHOWN]}{'…' if len(said) > _SHOWN else ''}”" if said else ""


def completions(base: str) -> str:
    """Return where requests go.

    >>> completions("http://127.0.0.1:11434/v1/")
    'http://127.0.0.1:11434/v1/chat/completions'
    """
    return f"{base.rstrip('/')}/chat/completions"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server asks to wait, 0 or more; None if it does not say so in a way that counts.

    A time of day is taken relative to the server's own.

    >>> retry_after({"retry-after": "7"}), retry_after({"retry-after": "soon"})
    (7.0, None)
    """
    said = headers.get("retry-after", "")
    try:
        wait = float(said)
    except ValueError:
        try:
            wait = (parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, wait) if math.isfinite(wait) else None


def _decoded(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _text(content: Any) -> str:
    """Return the text of a message, which some servers give in parts; nothing where there is none."""
    parts = content if isinstance(content, list) else [content]
    texts = [p.get("text") if isinstance(p, dict) else p for p in parts]
    return "".join(t for t in texts if isinstance(t, str)).encode(errors="replace").decode()


def _count(said: Any) -> int | None:
    return said if type(said) is int and 0 <= said < 2**53 else None
