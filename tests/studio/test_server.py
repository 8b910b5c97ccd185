import os
import re
import resource
import shutil
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


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Path]:
    """A study's folder, which a test may move or empty; whatever server was started for it is ended."""
    folder = tmp_path / "研究 study"
    yield folder
    for pid, _ in running(folder):
        os.kill(pid, signal.SIGKILL)


def home_of(study: Path) -> Path:
    return study / ".bianma" / "studio"


def running(folder: Path) -> list[tuple[int, str]]:
    """Return the (id, command) of what was started below `folder`, asked of the system and not of bianma."""
    listed = subprocess.run(["ps", "-axww", "-o", "pid=,command="], capture_output=True, check=True)
    rows = [line.split(maxsplit=1) for line in os.fsdecode(listed.stdout).splitlines()]
    return [(int(pid), command) for pid, command in rows if f"--data-dir {folder}" in command]


@pytest.mark.studio
def test_a_start_is_not_judged_by_the_command_line(
    home: Path, studio_venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a process becomes another program, its command line is empty for an instant."""
    with monkeypatch.context() as m:
        m.setattr(server, "_command", lambda pid: "", raising=False)
        m.setattr(server, "_commands", lambda: iter(()), raising=False)
        started = server.up(home, venv=studio_venv, port=free_port())
    assert server.status(home).pid == started.pid


@pytest.mark.studio
def test_a_start_that_is_given_up_leaves_no_process(study: Path, studio_venv: Path) -> None:
    with pytest.raises(StudioError, match="does not answer"):
        server.up(home_of(study), venv=studio_venv, port=free_port(), patience=0)
    assert running(study) == []


@pytest.mark.studio
def test_a_start_that_is_interrupted_leaves_no_process(
    study: Path, studio_venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(port: int) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(server, "_healthy", interrupt)
    with pytest.raises(KeyboardInterrupt):
        server.up(home_of(study), venv=studio_venv, port=free_port())
    assert running(study) == []


@pytest.mark.studio
@pytest.mark.parametrize(
    "what", ["study renamed", "state deleted", "home emptied", "study renamed, another in its place"]
)
def test_a_server_whose_folder_went_away_is_found(study: Path, studio_venv: Path, what: str) -> None:
    port = free_port()
    first = server.up(home_of(study), venv=studio_venv, port=port)
    now = study
    if "renamed" in what:
        now = study.rename(study.with_name("新 name"))
    elif "deleted" in what:
        shutil.rmtree(study / ".bianma")
    else:
        shutil.rmtree(home_of(study))
        home_of(study).mkdir()
    if "another" in what:
        home_of(study).mkdir(parents=True)
        assert server.status(home_of(study)).stale, "it would write into the files of the study that is there now"
    state = server.status(home_of(now))
    assert (state.running, state.stale, state.pid, state.port, state.url) == (False, True, first.pid, port, "")

    second = server.up(home_of(now), venv=studio_venv, port=port)
    assert second.started
    assert [pid for pid, _ in running(study.parent)] == [second.pid]
    shutil.rmtree(now / ".bianma")
    assert server.down(home_of(now))
    assert running(study.parent) == []
    assert not server.down(home_of(now))


@pytest.mark.studio
def test_a_port_held_by_another_study_names_it(study: Path, studio_venv: Path) -> None:
    """The other is a copy of the study, with all its files, made while the server was up."""
    port = free_port()
    first = server.up(home_of(study), venv=studio_venv, port=port)
    copy = study.with_name("copy")
    shutil.copytree(study, copy)
    assert not server.status(home_of(copy)).pid
    assert not server.down(home_of(copy))
    words = f"taken by the Label Studio of another study, in {study}; type `bianma studio down` there, or choose"
    with pytest.raises(StudioError, match=re.escape(words)):
        server.up(home_of(copy), venv=studio_venv, port=port)
    study.rename(study.with_name("elsewhere"))
    with pytest.raises(StudioError, match=f"moved or deleted since; end process {first.pid}, or choose"):
        server.up(home_of(copy), venv=studio_venv, port=port)
    assert [pid for pid, _ in running(study)] == [first.pid]


@pytest.mark.studio
def test_a_living_process_that_is_no_label_studio_is_not_ours(home: Path) -> None:
    home.mkdir()
    words = [sys.executable, "-c", "import time; time.sleep(60)", "start", "--data-dir", str(home), "--port", "8080"]
    with subprocess.Popen(words, cwd=home) as other:
        assert server.status(home) == server.ServerStatus(home=home, running=False)
        other.kill()


@pytest.mark.studio
def test_a_full_disk_is_named_and_leaves_nothing_half_written(home: Path, studio_venv: Path) -> None:
    home.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StudioError, match=f"^{re.escape(str(home / DATABASE))} cannot be written: File too large"):
            server.up(home, venv=studio_venv, port=free_port())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [p.name for p in home.iterdir()] == ["server.lock"]


@pytest.mark.studio
def test_the_server_signs_with_our_key_and_draws_none(studio_server: server.ServerStatus) -> None:
    """One of its own may begin with "$": read back, that is another variable's name, and every token is refused."""
    assert re.fullmatch(r"\s*SECRET_KEY=[0-9a-f]{64}\s*", (studio_server.home / ".env").read_text("ascii"))


def test_a_new_home_gets_a_key_of_its_own_that_stays(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    server._provide_key(env)
    key = env.read_bytes()
    assert re.fullmatch(rb"\nSECRET_KEY=[0-9a-f]{64}\n", key)
    assert env.stat().st_mode & 0o077 == 0
    server._provide_key(env)
    assert env.read_bytes() == key
    env.write_text("SECRET_KEY=$)+7$$torn0\n", "ascii")
    server._provide_key(env)
    assert re.search(rb"^SECRET_KEY=[0-9a-f]{64}$", env.read_bytes().splitlines()[-1])


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
