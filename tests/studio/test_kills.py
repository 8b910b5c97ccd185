"""kill -9 of the client and of the server at exact points of push and pull: a second run completes, nothing is lost or twice.

A push of ten tasks in chunks of four makes these requests:
    1 token  2 list  3 create  4 inventory  5 settings  6 7 8 import  9 count  10 settings
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.studio.conftest import free_port
from tests.studio.material import CONFIG, annotate, make_tasks, uids
from tests.studio.proxy import Request, Swallow, proxy

from bianma.errors import StudioError
from bianma.studio import accounts, server, sync
from bianma.studio import intent as intent_module
from bianma.studio.client import Desk
from bianma.studio.project import mark_of
from bianma.studio.sync import pull, push

pytestmark = [pytest.mark.studio, pytest.mark.slow]

COUNT = 10
CLIENT_POINTS = [(n, "after") for n in range(1, 11)] + [
    (n, when) for n in (3, 6, 7, 8) for when in ("before", "during")
]
SERVER_POINTS = [
    (3, "during"),
    (3, "after"),
    (4, "before"),
    *((n, w) for n in (6, 8) for w in ("before", "during", "after")),
    (9, "after"),
]


@pytest.fixture(autouse=True)
def small_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "CHUNK", 4)
    monkeypatch.setattr(intent_module, "QUIET", 1.0)
    monkeypatch.setattr("bianma.studio.project.QUIET", 1.0)


@pytest.fixture(scope="module")
def mortal(studio_venv: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.ServerStatus]:
    """A server that may be killed; the session's own serves other tests."""
    home = tmp_path_factory.mktemp("mortal") / "home"
    yield server.up(home, venv=studio_venv, port=free_port())
    server.down(home)


@pytest.fixture(scope="module")
def mortal_desk(mortal: server.ServerStatus, studio_venv: Path) -> Iterator[Desk]:
    account = accounts.ensure(mortal.home, ["kill"], venv=studio_venv, url=mortal.url)[0]
    with Desk(mortal.url, account) as desk:
        yield desk


def check(desk: Desk, title: str, tmp_path: Path) -> None:
    """Push again, undisturbed: everything lies there once, in one project; a third push has nothing to do."""
    report = push(desk, title, CONFIG, make_tasks(COUNT), intent=tmp_path / "intent.json")
    assert uids(desk, report.project) == Counter(t["data"]["uid"] for t in make_tasks(COUNT))
    assert [p["id"] for p in desk.projects() if mark_of(title) in (p["description"] or "")] == [report.project]
    assert desk.project(report.project)["total_predictions_number"] == COUNT
    again = push(desk, title, CONFIG, make_tasks(COUNT), intent=tmp_path / "intent.json")
    assert (again.sent, again.removed, again.present) == (0, 0, COUNT)
    assert not (tmp_path / "intent.json").exists()


def at(point: int, act: Callable[[], None]) -> Callable[[Request], None]:
    def hook(request: Request) -> None:
        if request.number == point:
            act()

    return hook


def run_client(verb: str, desk: Desk, port: int, title: str, tmp_path: Path, when: str, point: int) -> list[Request]:
    """Run a client of its own through the proxy and kill -9 it at the point; return the requests it made."""
    holder: list[subprocess.Popen[bytes]] = []

    def kill() -> None:
        holder[0].kill()
        holder[0].wait()
        if when == "before":
            raise Swallow

    with proxy(port, **{when: at(point, kill)}) as between:
        words = [verb, between.url, desk.account.token, title, str(COUNT), str(tmp_path / "intent.json")]
        command = [sys.executable, "-m", "tests.studio.material", *words]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])}
        holder.append(subprocess.Popen(command, cwd=Path(__file__).parents[2], env=environment, stderr=subprocess.PIPE))
        error = holder[0].communicate(timeout=120)[1].decode()
        assert holder[0].returncode == -signal.SIGKILL, f"not killed at request {point} of {between.seen}\n{error}"
        return list(between.seen)


@pytest.mark.parametrize(("point", "when"), CLIENT_POINTS)
def test_client_killed_while_pushing(
    desk_factory: Callable[[str], Desk], studio_server: server.ServerStatus, tmp_path: Path, point: int, when: str
) -> None:
    desk, title = desk_factory("kill"), f"push {point} {when}"
    seen = run_client("push", desk, studio_server.port or 0, title, tmp_path, when, point)
    assert seen[-1].is_import == (point in (6, 7, 8)), "the points no longer are what the table above says"
    check(desk, title, tmp_path)


def test_client_killed_while_pulling(
    desk_factory: Callable[[str], Desk], studio_server: server.ServerStatus, tmp_path: Path
) -> None:
    desk = desk_factory("kill")
    push(desk, "pull", CONFIG, make_tasks(COUNT), intent=tmp_path / "intent.json")
    first = pull(desk, "pull")
    annotate(desk, next(iter(desk.inventory(first.project)))["id"])
    for point, when in ((2, "after"), (3, "before"), (3, "during"), (3, "after")):
        run_client("pull", desk, studio_server.port or 0, "pull", tmp_path, when, point)
    assert len(pull(desk, "pull").annotated) == 1
    check(desk, "pull", tmp_path)


@pytest.mark.parametrize(("point", "when"), SERVER_POINTS)
def test_server_killed_while_pushing(
    mortal_desk: Desk, mortal: server.ServerStatus, studio_venv: Path, tmp_path: Path, point: int, when: str
) -> None:
    title = f"server {point} {when}"
    with broken_by_kill(mortal, mortal_desk, when, point) as through, pytest.raises(StudioError):
        push(through, title, CONFIG, make_tasks(COUNT), intent=tmp_path / "intent.json")
    assert server.up(mortal.home, venv=studio_venv, port=mortal.port or 0).started
    check(mortal_desk, title, tmp_path)


@pytest.mark.parametrize("when", ["before", "during", "after"])
def test_server_killed_while_pulling(
    mortal_desk: Desk, mortal: server.ServerStatus, studio_venv: Path, tmp_path: Path, when: str
) -> None:
    report = push(mortal_desk, "pulled", CONFIG, make_tasks(COUNT), intent=tmp_path / "intent.json")
    coded = {int(t["id"]) for t in list(mortal_desk.inventory(report.project))[:3]}
    for task in coded:
        annotate(mortal_desk, task)
    before = pull(mortal_desk, "pulled")
    with broken_by_kill(mortal, mortal_desk, when, 3) as through, pytest.raises(StudioError):
        pull(through, "pulled")
    assert server.up(mortal.home, venv=studio_venv, port=mortal.port or 0).started
    assert pull(mortal_desk, "pulled") == before
    assert {t.task for t in before.annotated} == coded


class broken_by_kill:  # noqa: N801
    """A desk through a proxy that kills -9 the server at a request; from then on nothing is answered."""

    def __init__(self, mortal: server.ServerStatus, desk: Desk, when: str, point: int) -> None:
        dead: list[bool] = []

        def kill() -> None:
            os.kill(server.status(mortal.home).pid or 0, signal.SIGKILL)
            dead.append(True)
            raise Swallow

        self.between = proxy(mortal.port or 0, **{when: at(point, kill)})
        self.account = desk.account

    def __enter__(self) -> Desk:
        self.desk = Desk(self.between.__enter__().url, self.account)
        return self.desk

    def __exit__(self, *exc: object) -> None:
        self.desk.close()
        self.between.__exit__(None, None, None)
