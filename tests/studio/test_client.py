import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.studio.conftest import free_port
from tests.studio.proxy import Request, Swallow, proxy

from bianma.errors import StudioError
from bianma.studio import client
from bianma.studio.client import Desk, LostAnswerError
from bianma.studio.server import ServerStatus

pytestmark = pytest.mark.studio


@dataclass(frozen=True)
class Anybody:
    coder: str = "lin"
    token: str = "eyJ"


@pytest.fixture
def answering() -> Iterator[Callable[[int, str, str], str]]:
    """Return a function that starts a server which accepts every token and gives one answer to everything else."""
    started: list[ThreadingHTTPServer] = []

    def start(status: int, kind: str, body: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                token = "/token/refresh" in self.path
                self.send_response(200 if token else status)
                self.send_header("Content-Type", "application/json" if token else kind)
                self.end_headers()
                self.wfile.write(b'{"access": "x"}' if token else body.encode())

            do_GET = do_POST  # noqa: N815

            def log_message(self, *words: object) -> None:
                pass

        listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        started.append(listener)
        threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{listener.server_port}"

    yield start
    for listener in started:
        listener.shutdown()
        listener.server_close()


@pytest.mark.parametrize(
    ("status", "kind", "body", "said"),
    [
        (200, "text/html", "<html>hello</html>", "answered with a web page instead of data; is it a Label Studio"),
        (200, "application/json", "{", "answered with something unreadable"),
        (404, "text/html", "<html>", "has no /api/projects/7/ for this coder"),
        (403, "application/json", '{"detail": "no"}', "forbids /api/projects/7/: no"),
        (
            400,
            "application/json",
            '{"detail": "x", "validation_errors": {"title": ["too long"]}}',
            "status 400.*too long",
        ),
        (
            500,
            "application/json",
            '{"detail": "database or disk is full"}',
            "the disk of the Label Studio server .* is full",
        ),
        (
            500,
            "text/html",
            "<h1>Server Error</h1>",
            r"failed at /api/projects/7/ with status 500 \(it answered with a web",
        ),
    ],
)
def test_every_refusal_is_one_sentence(
    answering: Callable[[int, str, str], str], status: int, kind: str, body: str, said: str
) -> None:
    with Desk(answering(status, kind, body), Anybody()) as desk, pytest.raises(StudioError, match=said) as caught:
        desk.project(7)
    assert "\n" not in str(caught.value)
    assert not isinstance(caught.value, LostAnswerError)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_what_a_gateway_says_leaves_open_whether_it_was_done(
    answering: Callable[[int, str, str], str], status: int
) -> None:
    with Desk(answering(status, "text/html", "<html>"), Anybody()) as desk, pytest.raises(LostAnswerError):
        desk.import_tasks(7, [])


def test_server_down() -> None:
    with Desk(f"http://127.0.0.1:{free_port()}", Anybody()) as desk:
        with pytest.raises(StudioError, match="start it with `bianma studio up`"):
            desk.project(1)
        with pytest.raises(StudioError, match="start it with `bianma studio up`"):
            desk.projects()  # by way of the SDK


def test_wrong_token(desk_factory: Callable[[str], Desk]) -> None:
    good = desk_factory("林")
    for token in ("", "eyJ", "0123456789abcdef"):
        bad: Any = replace(good.account, token=token)  # type: ignore[type-var]
        with (
            Desk(good.url, bad) as desk,
            pytest.raises(StudioError, match="refuses the token of coder 林; `bianma studio up`"),
        ):
            desk.projects()


def test_an_expired_access_token_is_renewed(
    desk_factory: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk((good := desk_factory("林")).url, good.account) as desk:
        desk.projects()
        auth: Any = desk._http.auth
        auth.access = "expired"
        desk.projects()
        assert auth.access != "expired"
        monkeypatch.setattr(client, "monotonic", lambda: auth.until + 1)
        before = auth.access
        desk.projects()
        assert auth.until > client.monotonic() - 10
        assert before


def test_reading_is_tried_again_and_writing_is_not(
    desk_factory: Callable[[str], Desk], studio_server: ServerStatus
) -> None:
    swallowed: list[Request] = []

    def swallow(request: Request) -> None:
        if "/token/" not in request.path and len(swallowed) < 2:
            swallowed.append(request)
            raise Swallow

    account = desk_factory("林").account
    with proxy(studio_server.port or 0, before=swallow) as between, Desk(between.url, account) as desk:
        desk.projects()
        assert [r.method for r in swallowed] == ["GET", "GET"]
        swallowed.clear()
        with pytest.raises(LostAnswerError, match="run the command again"):
            desk.create_project({"title": "once"})
        assert [r.method for r in swallowed] == ["POST"]


def test_an_empty_selection_deletes_nothing(desk_factory: Callable[[str], Desk]) -> None:
    desk = desk_factory("林")
    project = desk.create_project({"title": "kept", "label_config": '<View><Text name="t" value="$text"/></View>'})
    desk.import_tasks(project, [{"data": {"text": "留"}}])
    desk.delete_tasks(project, [])
    assert desk.project(project)["task_number"] == 1


def test_an_inventory_of_several_pages(desk_factory: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PAGE", 2)
    desk = desk_factory("林")
    project = desk.create_project({"title": "pages", "label_config": '<View><Text name="t" value="$text"/></View>'})
    assert list(desk.inventory(project)) == []
    ids = desk.import_tasks(project, [{"data": {"text": str(n)}} for n in range(5)])
    assert [t["id"] for t in desk.inventory(project)] == ids
