"""Desk: the client of one coder's organisation. It sees that coder's projects and nobody else's.

Projects are handled by label-studio-sdk's typed client; tasks go through /import and /export directly, because that is
where speed and certainty count. Nothing that writes is ever sent twice by itself: an answer that got lost
(LostAnswerError) leaves open whether the server did it, and only `sync` knows how to find out. Reading is tried again.
"""

import json
import re
from collections.abc import Generator, Iterator, Mapping
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

import httpx
import msgspec

from bianma.errors import StudioError

if TYPE_CHECKING:
    from label_studio_sdk.base_client import LabelStudioBase

TOKEN_SECONDS = 240  # an access token lives for 300
PAGE = 1000
_GATEWAY = (502, 503, 504)  # said by a proxy: the server behind it may still be at work
Json = dict[str, Any]


class LostAnswerError(StudioError):
    """The connection broke after the request was sent: the server may have done it, or may do it yet."""


class Login(Protocol):
    """What a Desk needs of an account."""

    @property
    def coder(self) -> str:
        """Whose desk it is."""

    @property
    def token(self) -> str:
        """A personal access token of somebody in the coder's organisation."""


class Desk:
    """The client of `account`'s organisation on the server at `url`. Every failure is a StudioError of one sentence."""

    def __init__(self, url: str, account: Login, *, timeout: float = 600) -> None:
        self.url = url.rstrip("/")
        self.account = account
        self.coder = account.coder
        self._http = httpx.Client(
            base_url=self.url,
            auth=_Token(account.token, self.coder, self.url),
            transport=_Wire(self.url),
            timeout=httpx.Timeout(timeout, connect=10),
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @cached_property
    def sdk(self) -> "LabelStudioBase":
        """The typed client of label-studio-sdk on this desk's connection, its repeating of requests switched off.

        The base client, without the extensions that load pandas and OpenCV for a second and a half.
        """
        try:
            from label_studio_sdk.base_client import LabelStudioBase
        except ImportError as e:
            raise StudioError("label-studio-sdk is not installed; `pip install 'bianma[studio]'` brings it") from e
        return LabelStudioBase(base_url=self.url, api_key="sent by this desk", httpx_client=self._http, max_retries=0)

    def get(self, path: str, **params: str | int) -> Any:
        """Return the JSON answer to a GET of `path`."""
        return _decode(self._http.get(path, params=params), self.url)

    def post(self, path: str, body: object, **params: str | int) -> Any:
        """Send `body` once and return the JSON answer. Raises LostAnswerError if it is open whether it arrived."""
        headers, data = {"Content-Type": "application/json"}, msgspec.json.encode(body)
        return _decode(self._http.post(path, content=data, params=params, headers=headers), self.url)

    def project(self, project: int) -> Json:
        """Return the project's settings and counters."""
        return dict(self.get(f"/api/projects/{project}/"))

    def projects(self) -> list[Json]:
        """Return all projects of the organisation: id, title, description and task_number of each."""
        wanted = "id,title,description,task_number"
        first = self.sdk.projects.list(include=wanted, page_size=PAGE)  # its pager walks on until a 404
        return [p.dict() for p in first.items or []]

    def create_project(self, settings: Mapping[str, Any]) -> int:
        """Create a project and return its id."""
        made = self.sdk.projects.create(**settings)
        if made.id is None:
            raise StudioError(f"Label Studio at {self.url} made a project without an id")
        return int(made.id)

    def update_project(self, project: int, settings: Mapping[str, Any]) -> None:
        """Change the settings of a project."""
        self.sdk.projects.update(project, **settings)

    def delete_project(self, project: int) -> None:
        """Delete a project and all that is in it."""
        self.sdk.projects.delete(project)

    def import_tasks(self, project: int, tasks: list[Json]) -> list[int]:
        """Import `tasks` in one request and return their ids in the same order. All are stored, or none."""
        answer = self.post(f"/api/projects/{project}/import", tasks, return_task_ids="true")
        return list(answer.get("task_ids", []))

    def inventory(self, project: int) -> Iterator[Json]:
        """Yield id and data of every task of the project, page by page."""
        seen, total = 0, 1
        page = 1
        while seen < total:
            answer = self.get("/api/tasks", project=project, include="id,data", page_size=PAGE, page=page)
            yield from answer["tasks"]
            total, seen, page = answer["total"], seen + len(answer["tasks"]), page + 1
            if not answer["tasks"]:
                return

    def sees(self, project: int) -> bool:
        """Tell whether the server shows this coder the tasks of `project`."""
        try:
            self.get("/api/tasks", project=project, include="id", page_size=1)
        except LostAnswerError:
            raise
        except StudioError:
            return False
        return True

    def export(self, project: int) -> list[Json]:
        """Return every task of the project with everybody's annotations and drafts, in one request."""
        path = f"/api/projects/{project}/export"
        return list(self.get(path, exportType="JSON", download_all_tasks="true", download_resources="false"))

    def delete_tasks(self, project: int, tasks: list[int]) -> None:
        """Delete `tasks` with all that is in them."""
        if tasks:  # an empty selection means all tasks to the server
            chosen = {"all": False, "included": tasks}
            self.post("/api/dm/actions", {"selectedItems": chosen}, id="delete_tasks", project=project)


def token_works(url: str, token: str) -> bool:
    """Tell whether the server at `url` accepts a personal access token. StudioError if there is no server."""
    with httpx.Client(base_url=url, transport=_Wire(url), timeout=30, trust_env=False) as http:
        return http.post("/api/token/refresh/", json={"refresh": token}).status_code == 200


class _Token(httpx.Auth):
    """Exchanges the personal access token for short-lived ones, in time or when the server asks for it."""

    requires_response_body = True

    def __init__(self, token: str, coder: str, url: str) -> None:
        self.token, self.coder, self.url = token, coder, url
        self.access, self.until = "", 0.0

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if monotonic() > self.until:
            yield from self._refresh(request)
        request.headers["Authorization"] = f"Bearer {self.access}"
        response = yield request
        if response.status_code == 401:  # not done, so it may be sent again
            yield from self._refresh(request)
            request.headers["Authorization"] = f"Bearer {self.access}"
            response = yield request
            if response.status_code == 401:
                raise self._refused()

    def _refresh(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        answer = yield httpx.Request(
            "POST", f"{self.url}/api/token/refresh/", json={"refresh": self.token}, extensions=request.extensions
        )
        if answer.status_code != 200:
            raise self._refused()
        self.access, self.until = str(_decode(answer, self.url)["access"]), monotonic() + TOKEN_SECONDS

    def _refused(self) -> StudioError:
        return StudioError(
            f"Label Studio at {self.url} refuses the token of coder {self.coder}; `bianma studio up` makes a new one "
            "(on a server that bianma does not manage: write a new Personal Access Token into accounts.json)"
        )


class _Wire(httpx.BaseTransport):
    """The connection itself: speaks of every failure in one sentence, and repeats what only reads."""

    def __init__(self, url: str, *, tries: int = 3) -> None:
        self.url, self.tries = url, tries
        self.inner = httpx.HTTPTransport(trust_env=False, limits=httpx.Limits(keepalive_expiry=2))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for left in reversed(range(self.tries if request.method == "GET" else 1)):
            try:
                return self._once(request)
            except LostAnswerError:
                if not left:
                    raise
        raise AssertionError("unreachable")

    def _once(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self.inner.handle_request(request)
            response.read()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as e:
            raise StudioError(f"no Label Studio answers at {self.url}; start it with `bianma studio up`") from e
        except httpx.TransportError as e:
            raise self._lost(request, type(e).__name__) from e
        if response.status_code in _GATEWAY:
            raise self._lost(request, f"status {response.status_code}")
        if response.status_code >= 400 and response.status_code != 401 and "/token/" not in request.url.path:
            raise StudioError(_refusal(response, request.url.path, self.url))
        return response

    def _lost(self, request: httpx.Request, how: str) -> LostAnswerError:
        return LostAnswerError(
            f"Label Studio at {self.url} broke off while answering {request.url.path} ({how}); see that it is up "
            "(`bianma studio status`) and run the command again: it continues where it was"
        )

    def close(self) -> None:
        self.inner.close()


def _decode(response: httpx.Response, url: str) -> Any:
    try:
        return msgspec.json.decode(response.content) if response.content else {}
    except msgspec.DecodeError as e:
        raise StudioError(
            f"{url} answered with {_kind(response)} instead of data; is it a Label Studio, at the right address?"
        ) from e


def _kind(response: httpx.Response) -> str:
    return "a web page" if "html" in response.headers.get("content-type", "") else "something unreadable"


def _refusal(response: httpx.Response, path: str, url: str) -> str:
    """Say what a status of 400 and above means, in a sentence a user can act on."""
    said = _said(response)
    if re.search(r"disk is full|No space left|disk I/O error", response.text):
        return f"the disk of the Label Studio server at {url} is full; free some space there, then run this again"
    if response.status_code == 404:
        return f"Label Studio at {url} has no {path} for this coder: it was deleted, or belongs to somebody else"
    if response.status_code == 403:
        return f"Label Studio at {url} forbids {path}{said}"
    if response.status_code >= 500:
        return f"Label Studio at {url} failed at {path} with status {response.status_code}{said}; its log says more"
    return f"Label Studio at {url} rejects {path} with status {response.status_code}{said}"


def _said(response: httpx.Response) -> str:
    """Return what the server itself said, shortened, if it said it in JSON."""
    try:
        body = json.loads(response.content)
    except ValueError:
        return f" (it answered with {_kind(response)})"
    if isinstance(body, dict):
        body = body.get("validation_errors") or body.get("detail") or body
    words = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return f": {words[:400]}"
