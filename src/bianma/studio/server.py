"""A local Label Studio, managed: one server per study, on loopback, in its own folder.

`up` leaves the server running when the command ends; `home/server.json` says where it is and `home/server.log` what it
said. Asked for a busy port Label Studio would move silently to the next one, so the port is checked before and after.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bianma.errors import StudioError
from bianma.jsonl import write_atomic
from bianma.studio.install import DATABASE, VERSION, last_lines, program, quiet_environment, require, template
from bianma.studio.lock import hold

HOST = "127.0.0.1"
PORT = 8080
LOG_LIMIT = 10_000_000  # bytes; at the next start the log is put aside


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStatus:
    """Whether the server of `home` runs and where. `started` tells that this very call started it."""

    home: Path
    running: bool
    pid: int | None = None
    port: int | None = None
    version: str = ""
    started: bool = False

    @property
    def url(self) -> str:
        """The address to open in a browser; empty if the server is down."""
        return f"http://{HOST}:{self.port}" if self.running else ""

    @property
    def log(self) -> Path:
        """The file of what the server said."""
        return self.home / "server.log"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """What `home/server.json` holds."""

    pid: int
    port: int
    version: str


def status(home: Path) -> ServerStatus:
    """Return whether the server of `home` runs; a note left by a server that died counts as down."""
    note = _read(home)
    if note is None or not _is_ours(note.pid, home):
        return ServerStatus(home=home, running=False)
    return ServerStatus(home=home, running=True, pid=note.pid, port=note.port, version=note.version)


def up(home: Path, *, venv: Path, port: int = PORT, patience: float = 180) -> ServerStatus:
    """Start the server of `home` on `port` and return once it answers; does nothing if it is up already.

    `patience` is in seconds. Raises StudioError if Label Studio is not installed in `venv`, if the port is taken, or if
    the server dies or does not answer (with the last lines of its log).
    """
    home = home.resolve()
    require(venv)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold(home / "server.lock", doing="starting or stopping the server"):
        now = status(home)
        if now.running and now.port == port:
            return _wait(home, _Note(pid=now.pid or 0, port=port, version=VERSION), patience, started=False)
        if now.running:
            raise StudioError(
                f"the server of {home} is up on port {now.port}, not {port}; stop it first with `bianma studio down`"
            )
        _await_port(port, patience=5 if _read(home) else 0)
        _furnish(home, venv)
        note = _Note(pid=_launch(home, venv, port), port=port, version=VERSION)
        write_atomic(home / "server.json", msgspec.json.encode(note))
        return _wait(home, note, patience, started=True)


def down(home: Path, *, patience: float = 15) -> bool:
    """Stop the server of `home`; return False if it was not running. Kill it if it takes over `patience` seconds."""
    home = home.resolve()
    if not home.is_dir():
        return False
    with hold(home / "server.lock", doing="starting or stopping the server"):
        now = status(home)
        if now.running and now.pid:
            _stop(now.pid, home, now.port or 0, patience)
        (home / "server.json").unlink(missing_ok=True)
        return now.running


def clear_exports(home: Path) -> int:
    """Delete the copies that the server keeps of everything it ever exported; return how many.

    Every pull leaves one behind, as large as the project; nothing reads them, and in time they would fill the disk.
    """
    copies = list((home / "export").glob("project-*-at-*.json"))
    for copy in copies:
        copy.unlink(missing_ok=True)
    return len(copies)


def _stop(pid: int, home: Path, port: int, patience: float) -> None:
    """End the server and return once its port is free as well, which comes a moment later."""
    for sign in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if not _is_ours(pid, home) and not _healthy(port):
                return
            time.sleep(0.05)
    raise StudioError(f"the server (process {pid}) does not end; stop it by hand")


def _read(home: Path) -> _Note | None:
    try:
        return msgspec.json.decode((home / "server.json").read_bytes(), type=_Note)
    except (OSError, msgspec.DecodeError):
        return None


def _furnish(home: Path, venv: Path) -> None:
    """Give a new home the migrated empty database, and put an overlong log aside."""
    if not (home / DATABASE).exists():
        part = home / f"{DATABASE}.part"
        shutil.copyfile(template(venv), part)
        part.replace(home / DATABASE)
    clear_exports(home)
    log = home / "server.log"
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(home / "server.log.1")


def _launch(home: Path, venv: Path, port: int) -> int:
    """Start the server in a session of its own, so that it outlives this process and its terminal; return its id."""
    command = [program(venv, "python"), program(venv, "label-studio"), "start", "--no-browser", "--data-dir", home]
    command += ["--internal-host", HOST, "--port", str(port)]
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=home,
            env=quiet_environment(venv, home),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    process.returncode = 0  # it is meant to outlive this object, which would otherwise complain
    return process.pid


def _wait(home: Path, note: _Note, patience: float, *, started: bool) -> ServerStatus:
    """Return once the server answers on its port; StudioError if it died, moved to another port, or takes too long."""
    log = home / "server.log"
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if not _is_ours(note.pid, home):
            (home / "server.json").unlink(missing_ok=True)
            raise StudioError(f"Label Studio died at its start; the last lines of {log}:\n{last_lines(log)}")
        if _healthy(note.port):
            if _listens(note.pid, note.port):
                return ServerStatus(
                    home=home, running=True, pid=note.pid, port=note.port, version=note.version, started=started
                )
            _stop(note.pid, home, 0, 15)
            (home / "server.json").unlink(missing_ok=True)
            raise _taken(note.port)
        time.sleep(0.1)
    raise StudioError(f"Label Studio does not answer in {patience:.0f} s; the last lines of {log}:\n{last_lines(log)}")


def _await_port(port: int, *, patience: float) -> None:
    """Raise StudioError unless `port` is free, or becomes so: a killed server keeps it for a moment after its end."""
    end = time.monotonic() + patience
    while True:
        try:
            return _check_port(port)
        except StudioError:
            if time.monotonic() >= end:
                raise
        time.sleep(0.1)


def _check_port(port: int) -> None:
    """Raise StudioError unless `port` of the loopback address is free."""
    if not 1 <= port <= 65535:
        raise StudioError(f"{port} is no port; a port is a number from 1024 to 65535")
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as e:
            raise StudioError(f"port {port} is reserved by the system; choose one from 1024 to 65535") from e
        except OSError as e:
            raise _taken(port) from e
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise _taken(port)


def _taken(port: int) -> StudioError:
    other = port + 1 if port < 65535 else 8080
    return StudioError(
        f"port {port} is taken by another program; choose another with `bianma studio up --port {other}`, "
        "or set it in bianma.yaml"
    )


def _healthy(port: int) -> bool:
    """Tell whether a Label Studio answers /health on `port`; sees no proxy, because it asks by itself."""
    try:
        with socket.create_connection((HOST, port), timeout=2) as link:
            link.sendall(f"GET /health HTTP/1.0\r\nHost: {HOST}:{port}\r\n\r\n".encode())
            answer = link.recv(4096)
            while (more := link.recv(4096)) and len(answer) < 16_384:
                answer += more
    except OSError:
        return False
    return b" 200 " in answer.split(b"\r\n", 1)[0] and b"UP" in answer


def _is_ours(pid: int, home: Path) -> bool:
    """Tell whether `pid` is alive and is the Label Studio of `home`, not some later process with the same number."""
    command = f" {_command(pid)} "
    return "label-studio" in command and f" {home.resolve()} " in command


def _command(pid: int) -> str:
    """Return the command line of `pid`, its words separated by spaces; empty for a process that has ended."""
    proc = Path("/proc")
    if (proc / "self").exists():
        try:
            return (proc / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace").replace("\x00", " ").strip()
        except OSError:
            return ""
    ps = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return ps.stdout.strip()


def _listens(pid: int, port: int) -> bool:
    """Tell whether the socket that listens on `port` is held by `pid`; believe so where the system does not show it."""
    try:
        table = Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
        rows = [line.split() for line in table]
        sockets = {f"socket:[{row[9]}]" for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}
        return any(str(handle.readlink()) in sockets for handle in Path(f"/proc/{pid}/fd").iterdir())
    except (OSError, IndexError, ValueError):
        return True
