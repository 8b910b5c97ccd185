"""A stand-in for an OpenAI-compatible server: real sockets, and a count of what was asked.

`reply(n, body)` says what the n-th request (from 0) gets: a text (the content of a completion), `Raw` for anything else,
or HOLD, which keeps the connection open, unanswered, until the stand-in closes.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOLD = object()


@dataclass(frozen=True)
class Raw:
    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Reply = Callable[[int, dict[str, Any]], Any]


@dataclass
class StandIn:
    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)  # a request is being held
    let_go: threading.Event = field(default_factory=threading.Event)


def passage_in(body: dict[str, Any]) -> str:
    """The passage that a request asks about."""
    return body["messages"][-1]["content"].removeprefix("<段落>\n").removesuffix("\n</段落>")


def completion(content: Any, **more: Any) -> str:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}], **more})


@contextmanager
def stand_in(reply: Reply) -> Iterator[StandIn]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                n = len(it.requests)
                it.requests.append(body)
                it.headers.append(dict(self.headers))
            said = reply(n, body) if self.path == "/v1/chat/completions" else Raw(404, "no such path")
            if said is HOLD:
                it.held.set()
                it.let_go.wait(60)
                return
            if isinstance(said, str):
                said = Raw(200, completion(said, usage={"prompt_tokens": 100, "completion_tokens": 10}))
            data = said.body.encode()
            self.send_response(said.status)
            for name, value in ({"Content-Length": str(len(data))} | dict(said.headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    it = StandIn(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield it
    finally:
        it.let_go.set()
        server.shutdown()
        server.server_close()


class FakeClock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.time += seconds
            self.slept += seconds
