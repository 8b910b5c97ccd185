"""A proxy between client and server that can do harm at an exact point: it sees every request, whole, before the server.

`before(request)` runs when a request has come in and the server does not know of it, `during(request)` when the server has
it and is at work, `after(request)` when the server's answer is here and the client does not know of it. A hook that raises
`Swallow` breaks the connection to the client.
"""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Swallow(Exception):  # noqa: N818
    """Break the connection to the client; what happened to the server stays as it is."""


@dataclass(frozen=True)
class Request:
    number: int
    method: str
    path: str

    @property
    def is_import(self) -> bool:
        return "/import" in self.path


Hook = Callable[[Request], None]


def nothing(request: Request) -> None:
    pass


@contextmanager
def proxy(port: int, *, before: Hook = nothing, during: Hook = nothing, after: Hook = nothing) -> Iterator[Any]:
    """Yield the proxy to the server on `port`; `.url` is its address, `.seen` the requests so far."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                request = Request(len(listener.seen) + 1, self.command, self.path)
                listener.seen.append(request)
            try:
                self.pass_on(request, body)
            except (Swallow, OSError, http.client.HTTPException):
                self.close_connection = True

        def pass_on(self, request: Request, body: bytes) -> None:
            before(request)
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            headers = {k: v for k, v in self.headers.items() if k.lower() not in ("connection", "accept-encoding")}
            link.request(request.method, request.path, body=body or None, headers=headers)
            during(request)
            answer = link.getresponse()
            data = answer.read()
            link.close()
            after(request)
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "connection", "transfer-encoding", "server", "date"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = handle_any  # noqa: N815

        def log_message(self, *words: object) -> None:
            pass

    class Listener(ThreadingHTTPServer):
        daemon_threads = True
        seen: list[Request] = []  # noqa: RUF012

        def handle_error(self, *words: object) -> None:
            pass

    listener = Listener(("127.0.0.1", 0), Handler)
    listener.seen = []
    listener.url = f"http://127.0.0.1:{listener.server_port}"  # type: ignore[attr-defined]
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.shutdown()
        listener.server_close()
