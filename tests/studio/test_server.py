import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.studio.conftest import free_port

from bianma.errors import StudioError
from bianma.studio import server
from bianma.studio.install import DATABASE, install, installed, last_lines, program, quiet_environment


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "家 home"
    yield folder
    server.down(folder)


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.studio
def test_up_twice_killed_up_again_and_down(home: Path, studio_venv: Path) -> None:
    port = free_port()
    home.mkdir()
    (home / "server.json").write_text(json.dumps({"pid": os.getpid(), "port": port, "version": "1"}), "utf-8")
    assert not server.status(home).running, "a living process that is not Label Studio is not our server"

    first = server.up(home, venv=studio_venv, port=port)
    assert (first.running, first.started, first.url) == (True, True, f"http://127.0.0.1:{port}")
    again = server.up(home, venv=studio_venv, port=port)
    assert (again.started, again.pid) == (False, first.pid)
    assert server.status(home).pid == first.pid
    with pytest.raises(StudioError, match=rf"is up on port {port}, not {port + 1}.*studio down"):
        server.up(home, venv=studio_venv, port=port + 1)

    assert first.pid
    os.kill(first.pid, signal.SIGKILL)
    _until(lambda: not server.status(home).running)
    second = server.up(home, venv=studio_venv, port=port)
    assert second.started
    assert second.pid != first.pid
    assert server.down(home)
    assert not server.status(home).running
    assert not server.down(home)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.studio
def test_the_server_outlives_the_process_that_started_it(home: Path, studio_venv: Path) -> None:
    code = "import sys; from pathlib import Path; from bianma.studio import server; "
    code += "print(server.up(Path(sys.argv[1]), venv=Path(sys.argv[2]), port=int(sys.argv[3])).pid)"
    command = [sys.executable, "-c", code, str(home), str(studio_venv), str(free_port())]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "src"}, check=True)
    assert server.status(home).pid == int(done.stdout)


@pytest.mark.studio
def test_a_taken_port_is_named_and_another_proposed(home: Path, studio_venv: Path, busy: int) -> None:
    with pytest.raises(StudioError, match=rf"port {busy} is taken by another program.*--port \d+"):
        server.up(home, venv=studio_venv, port=busy)
    assert not server.status(home).running


@pytest.mark.studio
@pytest.mark.parametrize("port", [0, -1, 70_000])
def test_no_port(home: Path, studio_venv: Path, port: int) -> None:
    with pytest.raises(StudioError, match=f"{port} is no port"):
        server.up(home, venv=studio_venv, port=port)


@pytest.mark.studio
def test_a_server_that_dies_at_its_start_says_why(home: Path, studio_venv: Path) -> None:
    home.mkdir()
    (home / DATABASE).write_bytes(b"this is no database, and SQLite will say so\n" * 100)
    with pytest.raises(StudioError, match=r"(?s)died at its start.*server\.log.*file is not a database"):
        server.up(home, venv=studio_venv, port=free_port())
    assert not server.status(home).running


@pytest.mark.studio
def test_it_listens_on_loopback_only(studio_server: server.ServerStatus) -> None:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    listening = {r[1].split(":")[0] for r in rows if r[3] == "0A" and int(r[1].split(":")[1], 16) == studio_server.port}
    assert listening == {"0100007F"}


def test_the_environment_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "true")
    monkeypatch.setenv("HOST", "http://example.org")
    environment = quiet_environment(tmp_path / "venv", tmp_path / "home")
    assert not {"DEBUG", "HOST", "PORT", "USERNAME"} & set(environment)
    assert environment["LABEL_STUDIO_COLLECT_ANALYTICS"] == "false"
    assert environment["LABEL_STUDIO_SENTRY_DSN"] == ""
    assert environment["LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK"] == "true"
    assert environment["HTTPS_PROXY"] == "http://127.0.0.1:9"


def test_without_label_studio_up_says_how_to_get_it(home: Path, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match=r"not, or not wholly, installed.*`bianma studio up`"):
        server.up(home, venv=tmp_path / "none")


def test_status_and_down_of_a_home_that_is_not_there(tmp_path: Path) -> None:
    assert server.status(tmp_path / "none") == server.ServerStatus(home=tmp_path / "none", running=False)
    assert not server.down(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.studio
def test_a_complete_environment_is_left_alone(studio_venv: Path) -> None:
    said: list[str] = []
    assert install(studio_venv, say=said.append) is False
    assert said == []


def test_somebody_elses_folder_is_refused_and_untouched(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.docx").write_text("years of work", "utf-8")
    with pytest.raises(StudioError, match="exists and is not bianma's"):
        install(folder)
    assert [p.name for p in folder.iterdir()] == ["thesis.docx"]


@pytest.mark.slow
def test_a_half_made_environment_is_made_anew(tmp_path: Path) -> None:
    venv, nothing = tmp_path / "server", tmp_path / "nothing.txt"
    nothing.write_text("", "utf-8")
    (tmp_path / ".server.unfinished").touch()
    venv.mkdir()
    (venv / "half-unpacked").touch()
    with pytest.raises(StudioError, match="cannot be run"):
        install(venv, requirements=nothing)  # there is no label-studio in it to make the template with
    assert not (venv / "half-unpacked").exists()
    assert program(venv, "python").exists()
    assert not installed(venv)


def test_a_failing_pip_is_quoted(tmp_path: Path) -> None:
    venv, wrong = tmp_path / "server", tmp_path / "wrong.txt"
    wrong.write_text("./no-such-package-here\n", "utf-8")
    with pytest.raises(StudioError, match=r"(?s)installing Label Studio failed.*no-such-package-here"):
        install(venv, requirements=wrong)
    assert (tmp_path / ".server.unfinished").exists()
    assert not installed(venv)


def test_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert last_lines(log) == "    (no log)"
    log.write_text("a\n\nb\nc\n", "utf-8")
    assert last_lines(log, 2) == "    b\n    c"


def _until(done: Callable[[], bool]) -> None:
    for _ in range(400):
        if done():
            return
        subprocess.run([sys.executable, "-c", ""], check=True)
    raise AssertionError("it does not come to pass")
