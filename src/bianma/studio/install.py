"""The virtual environment of the local Label Studio: made once, pinned, and remade if it was left half made.

Label Studio and its 150 packages never enter bianma's own environment. Beside them lies a *template*: an empty,
migrated database, so that the first start of a study's server takes seconds instead of most of a minute.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bianma.errors import StudioError
from bianma.jsonl import write_atomic
from bianma.studio.lock import hold

VERSION = "1.23.2"
REQUIREMENTS = Path(__file__).with_name("server-requirements.txt")
INSIDE = Path(__file__).with_name("inside")
DATABASE = "label_studio.sqlite3"
Say = Callable[[str], None]


def program(venv: Path, name: str) -> Path:
    """Return the path of `name` (`python`, `label-studio`) in `venv`."""
    return venv / "Scripts" / f"{name}.exe" if sys.platform == "win32" else venv / "bin" / name


def template(venv: Path) -> Path:
    """Return the path of the empty, migrated database of `venv`."""
    return venv / "share" / "bianma" / DATABASE


def installed(venv: Path) -> bool:
    """Tell whether `venv` is complete and of the pinned versions; reads one small file."""
    try:
        stamp = json.loads(_stamp(venv).read_bytes())
    except (OSError, ValueError):
        return False
    return stamp == _wanted() and template(venv).is_file() and program(venv, "label-studio").is_file()


def install(venv: Path, *, requirements: Path = REQUIREMENTS, say: Say = lambda line: None) -> bool:
    """Make `venv` with the pinned Label Studio and its template; return False if it was complete already.

    Raises StudioError if `venv` is somebody else's folder, or if pip or the migration fails (with its last lines).
    """
    if installed(venv):
        return False
    with hold(_beside(venv, "lock"), doing="installing Label Studio"):
        if not _usable(venv, requirements):
            _make(venv, requirements, say)
        if not template(venv).is_file():
            say("preparing an empty Label Studio database (about half a minute)")
            _make_template(venv)
        write_atomic(_stamp(venv), json.dumps(_wanted()).encode())
    return True


def require(venv: Path) -> None:
    """Raise StudioError, saying what to type, unless Label Studio stands complete in `venv`."""
    if not installed(venv):
        raise StudioError(f"Label Studio is not, or not wholly, installed in {venv}; `bianma studio up` installs it")


def quiet_environment(venv: Path, home: Path) -> dict[str, str]:
    """Return the whole environment of the server: nothing of the caller's, no outbound call, sign-up closed.

    Label Studio reads names like HOST, DEBUG or PORT from the environment, hence the clean one. The proxy leads nowhere
    on purpose: one page of the server would otherwise fetch a file from the web, and there is no switch for it.
    """
    return {
        "PATH": os.pathsep.join([str(program(venv, "python").parent), os.defpath]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(INSIDE),
        "DJANGO_SETTINGS_MODULE": "desk_settings",
        "LABEL_STUDIO_BASE_DATA_DIR": str(home),
        "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
        "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_SENTRY_DSN": "",
        "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "NO_PROXY": "127.0.0.1,localhost",
    }


def last_lines(log: Path, count: int = 8) -> str:
    """Return the last `count` lines of `log` that say something, indented, for an error message."""
    try:
        lines = log.read_text("utf-8", "replace").splitlines()
    except OSError:
        return "    (no log)"
    return "\n".join(f"    {line}" for line in [x for x in lines if x.strip()][-count:]) or "    (the log is empty)"


def _stamp(venv: Path) -> Path:
    return venv / "bianma.json"


def _beside(venv: Path, what: str) -> Path:
    return venv.with_name(f".{venv.name}.{what}")


def _wanted() -> dict[str, str]:
    return {"label-studio": VERSION, "requirements": hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()}


def _usable(venv: Path, requirements: Path) -> bool:
    """Tell whether `venv` was finished by pip (here, or by hand) and holds just what is pinned."""
    if _beside(venv, "unfinished").exists() or not program(venv, "label-studio").is_file():
        return False
    have = _run([program(venv, "python"), "-I", "-m", "pip", "freeze"], log=_beside(venv, "log")).lower().split()
    return set(requirements.read_text("utf-8").lower().split()) <= set(have)


def _make(venv: Path, requirements: Path, say: Say) -> None:
    """Fill `venv` from nothing; the mark beside it stays until pip is done, and tells a later run to begin anew."""
    unfinished = _beside(venv, "unfinished")
    if venv.exists() and any(venv.iterdir()) and not (_stamp(venv).exists() or unfinished.exists()):
        raise StudioError(
            f"{venv} exists and is not bianma's: it lacks the pinned label-studio=={VERSION}. "
            "Name another folder for the server, or delete this one"
        )
    unfinished.touch()
    shutil.rmtree(venv, ignore_errors=True)
    log = _beside(venv, "log")
    say(f"making a virtual environment for Label Studio {VERSION} in {venv}")
    _run([Path(sys.executable), "-I", "-m", "venv", venv], log=log)
    say(f"installing Label Studio {VERSION} (about 160 packages, 1 GB, a few minutes)")
    _run([program(venv, "python"), "-I", "-m", "pip", "install", "--no-input", "-r", requirements], log=log)
    unfinished.unlink()
    log.unlink(missing_ok=True)


def _make_template(venv: Path) -> None:
    """Migrate an empty database aside and move it into place in one step."""
    target = template(venv)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".template.") as folder:
        home = Path(folder)
        start: list[Path | str] = [program(venv, "label-studio"), "version", "--no-browser", "--data-dir", home]
        _run(start, log=_beside(venv, "log"), env=quiet_environment(venv, home))
        (home / DATABASE).replace(target)


def _run(command: Sequence[Path | str], *, log: Path, env: dict[str, str] | None = None) -> str:
    """Run `command` to its end and return what it printed; StudioError with the last lines of `log` if it fails."""
    words = list(map(str, command))
    try:
        done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", env=env, check=False)
    except OSError as e:
        raise StudioError(f"{command[0]} cannot be run: {e}") from e
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(done.stdout + done.stderr, "utf-8")
    if done.returncode:
        raise StudioError(f"installing Label Studio failed; the last lines of {log}:\n{last_lines(log)}")
    return done.stdout
