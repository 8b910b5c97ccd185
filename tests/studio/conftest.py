"""One real Label Studio for the whole session. It is pinned and loopback only; nothing is faked.

Fixtures
    studio_server   the running server (`url`, `home`, `port`, ...), started once from the template
    desk_factory    desk_factory("coder") -> Desk of that coder's own organisation (made on first use);
                    `.account` has the coder's e-mail and password for a browser
"""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bianma.studio import accounts, server
from bianma.studio.client import Desk


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def studio_server(studio_venv: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.ServerStatus]:
    home = tmp_path_factory.mktemp("标注") / "label studio"
    yield server.up(home, venv=studio_venv, port=free_port())
    server.down(home)


@pytest.fixture(scope="session")
def desk_factory(studio_server: server.ServerStatus, studio_venv: Path) -> Iterator[Callable[[str], Desk]]:
    desks: dict[str, Desk] = {}

    def desk(coder: str) -> Desk:
        if coder not in desks:
            made = accounts.ensure(studio_server.home, [coder], venv=studio_venv, url=studio_server.url)
            desks[coder] = Desk(studio_server.url, made[0])
        return desks[coder]

    yield desk
    for opened in desks.values():
        opened.close()
