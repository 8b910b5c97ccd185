"""A local Label Studio, managed: one server per study, on loopback, in its own folder.

`up` leaves the server running when the command ends; `home/server.log` has what it said. No file says where it runs:
its own command line does, for as long as it lives, whatever becomes of the folder. Asked for a busy port Label Studio
would move silently to the next one, so the port is checked before and after.
"""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bianma.errors import StudioError
from bianma.jsonl import write_atomic
from bianma.studio.install import DATABASE, VERSION, last_lines, program, quiet_environment, require, template
from bianma.studio.lock import hold

HOST = "127.0.0.1"
PORT = 8080
LOG_LIMIT = 10_000_000  # bytes; at the next start the log is put aside
_COMMAND = re.compile(
    r"-X bianma=(?P<version>\S+)@(?P<mark>\d+-\d+) .+ start --no-browser "
    r"--data-dir (?P<folder>.+) --internal-host \S+ --port (?P<port>\d+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStatus:
    """Whether the server of `home` runs and where. `started` tells that this very call started it.

    `stale`: it does run, as `pid` on `port`, but its folder was moved or deleted under it, so that it no longer reaches
    its database and does not count as running. `up` starts it anew, `down` ends it.
    """

    home: Path
    running: bool
    pid: int | None = None
    port: int | None = None
    version: str = ""
    started: bool = False
    stale: bool = False

    @property
    def url(self) -> str:
        """The address to open in a browser; empty if the server is down."""
        return f"http://{HOST}:{self.port}" if self.running else ""

    @property
    def log(self) -> Path:
        """The file of what the server said."""
        return self.home / "server.log"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Process:
    """A Label Studio that bianma started on this machine, for whichever study: what its command line says."""

    pid: int
    port: int
    version: str
    folder: Path  # where its home was when it started
    mark: str  # what that folder keeps if it is renamed, and no copy of it has

    def serves(self, home: Path) -> bool:
        """Tell whether it was started for `home`, by the folder itself or, if that was deleted, by its path."""
        return self.folder == home or self.mark == _mark(home)

    def stale(self, home: Path) -> bool:
        """Tell whether `home` is not the folder, or not at the path, that it was started with."""
        return self.folder != home or self.mark != _mark(home)


def status(home: Path) -> ServerStatus:
    """Return whether the server of `home` runs; one whose folder was moved or deleted is stale."""
    place = home.resolve()
    found = sorted(_processes(place), key=lambda p: p.stale(place))
    if not found:
        return ServerStatus(home=home, running=False)
    one, stale = found[0], found[0].stale(place)
    return ServerStatus(home=home, running=not stale, stale=stale, pid=one.pid, port=one.port, version=one.version)


def up(home: Path, *, venv: Path, port: int = PORT, patience: float = 180) -> ServerStatus:
    """Start the server of `home` on `port` and return once it answers; does nothing if it is up already.

    `patience` is in seconds. Raises StudioError if Label Studio is not installed in `venv`, if the port is taken, or if
    the server dies or does not answer (with the last lines of its log); what this call started is ended then.
    """
    home = home.resolve()
    require(venv)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold(home / "server.lock", doing="starting or stopping the server"):
        now = status(home)
        if now.running and now.port == port:
            return _wait(now, lambda: status(home).pid != now.pid, patience)
        if now.running:
            raise StudioError(
                f"the server of {home} is up on port {now.port}, not {port}; stop it first with `bianma studio down`"
            )
        _stop_all(home, patience=15)
        _await_port(port, patience=5 if (home / DATABASE).exists() else 0)
        _furnish(home, venv)
        return _start(home, venv, port, patience)


def down(home: Path, *, patience: float = 15) -> bool:
    """Stop the server of `home`; return False if it was not running. Kill it if it takes over `patience` seconds."""
    home = home.resolve()
    if not home.is_dir() and not _processes(home):
        return False
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold(home / "server.lock", doing="starting or stopping the server"):
        return _stop_all(home, patience)


def clear_exports(home: Path) -> int:
    """Delete the copies that the server keeps of everything it ever exported; return how many.

    Every pull leaves one behind, as large as the project; nothing reads them, and in time they would fill the disk.
    """
    copies = list((home / "export").glob("project-*-at-*.json"))
    for copy in copies:
        copy.unlink(missing_ok=True)
    return len(copies)


def _stop_all(home: Path, patience: float) -> bool:
    """End every server of `home`, stale ones too; return False if there is none."""
    found = _processes(home)
    for process in found:
        _stop(process, patience)
    return bool(found)


def _stop(process: _Process, patience: float) -> None:
    """End the server and return once its port is free as well, which comes a moment later."""
    for sign in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        try:
            os.kill(process.pid, sign)
        except ProcessLookupError:
            return
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if process not in _processes() and not _healthy(process.port):
                return
            time.sleep(0.05)
    raise StudioError(f"the server (process {process.pid}) does not end; stop it by hand")


def _furnish(home: Path, venv: Path) -> None:
    """Give a new home the migrated empty database, and put an overlong log aside."""
    if not (home / DATABASE).exists():
        empty = template(venv).read_bytes()
        with _naming(home / DATABASE):
            write_atomic(home / DATABASE, empty)
    with _naming(home / ".env"):
        _provide_key(home / ".env")
    clear_exports(home)
    log = home / "server.log"
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(home / "server.log.1")


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Name `path` in the error of a write: the system's own, as of a full disk, names no file or a temporary one."""
    try:
        yield
    except OSError as e:
        raise StudioError(f"{path} cannot be written: {e.strerror}") from e


def _provide_key(env: Path) -> None:
    """Write the server's signing key, unless `env` holds one that can be read back.

    Left to itself Label Studio draws one that begins with "$" once in fifty times. Read back, that is the name of
    another variable: the accounts' script then signs with a second key, and the server refuses every token.
    """
    if env.exists() and re.search(rb"^SECRET_KEY=[^$\s]", env.read_bytes(), re.MULTILINE):
        return
    handle = os.open(env, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as f:
        f.write(f"\nSECRET_KEY={secrets.token_hex(32)}\n")


def _start(home: Path, venv: Path, port: int, patience: float) -> ServerStatus:
    """Start the server and return once it answers; given up, for whatever reason, it leaves no process behind."""
    process = _launch(home, venv, port)
    server = ServerStatus(home=home, running=True, pid=process.pid, port=port, version=VERSION, started=True)
    try:
        _wait(server, lambda: process.poll() is not None, patience)
    except BaseException:
        _end(process)
        raise
    process.returncode = 0  # it is meant to outlive this object, which would otherwise complain
    return server


def _launch(home: Path, venv: Path, port: int) -> "subprocess.Popen[bytes]":
    """Start the server in a session of its own, so that it outlives this process and its terminal."""
    sign = f"bianma={VERSION}@{_mark(home)}"  # to Python an option of no meaning; to us, whose server it is
    command = [program(venv, "python"), "-X", sign, program(venv, "label-studio"), "start", "--no-browser"]
    command += ["--data-dir", home, "--internal-host", HOST, "--port", str(port)]
    with (home / "server.log").open("ab") as log:
        return subprocess.Popen(
            list(map(str, command)),
            cwd=home,
            env=quiet_environment(venv, home),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process that was started here, and wait for it."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(server: ServerStatus, gone: Callable[[], bool], patience: float) -> ServerStatus:
    """Return once the server answers on its port; StudioError if it died, moved to another port, or takes too long."""
    log, pid, port = server.log, server.pid or 0, server.port or 0
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if gone():
            raise StudioError(f"Label Studio died at its start; the last lines of {log}:\n{last_lines(log)}")
        if _healthy(port):
            if _listens(pid, port):
                return server
            raise _taken(port)
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
    choice = f"choose another with `bianma studio up --port {other}`, or set it in bianma.yaml"
    holder = next((p for p in _processes() if p.port == port), None)
    if holder is None:
        return StudioError(f"port {port} is taken by another program; {choice}")
    study = holder.folder.parent.parent if holder.folder.parent.name == ".bianma" else holder.folder
    if holder.stale(holder.folder):
        end = f"whose folder {study} was moved or deleted since; end process {holder.pid}"
    else:
        end = f"in {study}; type `bianma studio down` there"
    return StudioError(f"port {port} is taken by the Label Studio of another study, {end}, or {choice}")


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


def _mark(home: Path) -> str:
    """Return what tells the folder `home` from any other, also after a rename; empty if it is not there.

    A server works in its folder, and the system gives the number of a folder in use to no other, even once deleted.
    """
    try:
        found = home.stat()
    except OSError:
        return ""
    return f"{found.st_dev}-{found.st_ino}"


def _processes(home: Path | None = None) -> list[_Process]:
    """Return the Label Studios that bianma started and that live, all of this machine or those of `home`."""
    matches = [(pid, _COMMAND.search(command)) for pid, command in _commands()]
    found = [
        _Process(pid=pid, port=int(m["port"]), version=m["version"], folder=Path(m["folder"]), mark=m["mark"])
        for pid, m in matches
        if m
    ]
    return [p for p in found if home is None or p.serves(home)]


def _commands() -> Iterator[tuple[int, str]]:
    """Yield each process's id and command line, its words separated by spaces; one that has ended has no words."""
    proc = Path("/proc")
    if (proc / "self").exists():
        for folder in proc.glob("[0-9]*"):
            with suppress(OSError):
                yield int(folder.name), os.fsdecode((folder / "cmdline").read_bytes().replace(b"\0", b" ").strip())
        return
    ps = subprocess.run(["ps", "-axww", "-o", "pid=,command="], capture_output=True, check=False)
    for line in os.fsdecode(ps.stdout).splitlines():
        pid, _, command = line.strip().partition(" ")
        yield int(pid), command


def _listens(pid: int, port: int) -> bool:
    """Tell whether the socket that listens on `port` is held by `pid`; believe so where the system does not show it."""
    try:
        table = Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
        rows = [line.split() for line in table]
        sockets = {f"socket:[{row[9]}]" for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}
        return any(str(handle.readlink()) in sockets for handle in Path(f"/proc/{pid}/fd").iterdir())
    except (OSError, IndexError, ValueError):
        return True
