"""One organisation per coder, with the coder's own login and a token for bianma: only so is a coder blind to others.

They are kept in `home/accounts.json`, readable by its owner only. Lost, it is made again: passwords are reset and
tokens reissued, the work on the server stays. For a server that bianma does not manage, the file is written by hand.
"""

import json
import os
import re
import secrets
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bianma.errors import StudioError
from bianma.jsonl import write_atomic
from bianma.records import CoderId, content_hash
from bianma.studio.client import token_works
from bianma.studio.inside import make_desks
from bianma.studio.install import DATABASE, Say, program, quiet_environment, require
from bianma.studio.lock import hold

FILE = "accounts.json"
SCRIPT = Path(make_desks.__file__)
EXAMPLE = '{"coder": "lin", "email": "lin@example.org", "password": "", "token": "eyJ...", "organisation": 3}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A coder's place on the server: `email` and `password` are for the browser, `token` for bianma."""

    coder: CoderId
    email: str
    password: str
    token: str
    organisation: int

    def __repr__(self) -> str:
        return f"Account(coder={self.coder!r}, email={self.email!r}, organisation={self.organisation})"


def read_accounts(path: Path) -> dict[CoderId, Account]:
    """Return the accounts in `path` by coder; none if there is no file. StudioError if it is no such file."""
    try:
        data = path.read_bytes()
        accounts = msgspec.json.decode(data, type=list[Account]) if data.strip() else []
    except FileNotFoundError:
        return {}
    except (msgspec.DecodeError, OSError, UnicodeDecodeError) as e:
        raise StudioError(f"{path}: {e}. It should hold a list of accounts like {EXAMPLE}") from e
    return {account.coder: account for account in accounts}


def require_accounts(path: Path, coders: Sequence[CoderId]) -> list[Account]:
    """Return the accounts of `coders` from `path`, for a server that bianma does not manage.

    Raises StudioError, saying what its administrator must make and write down, if one is missing.
    """
    accounts = read_accounts(path)
    missing = [coder for coder in coders if coder not in accounts]
    if missing:
        raise StudioError(
            f"{path} has no account for {', '.join(missing)}. This Label Studio is not managed by bianma: have an "
            "organisation made for each coder (members of one see each other's work), log in there, copy the Personal "
            f"Access Token from Account & Settings, and write an entry like {EXAMPLE} into the list in this file"
        )
    return [accounts[coder] for coder in coders]


def ensure(home: Path, coders: Sequence[str], *, venv: Path, url: str, say: Say = lambda line: None) -> list[Account]:
    """Return the accounts of `coders` on the server of `home`, which is up at `url`; makes what is missing or refused.

    Nothing is written, and no account touched, if all tokens work. A coder whose password was lost with the file gets
    another, which `say` is told. Raises StudioError if the server's script fails.
    """
    ids = [CoderId(coder) for coder in coders]
    with hold(home / "accounts.lock", doing="making accounts"):
        known = _forgiving(home / FILE)
        broken = [c for c in dict.fromkeys(ids) if c not in known or not token_works(url, known[c].token)]
        if broken:
            lost = _logins(home, [c for c in broken if c not in known])
            known |= _make(home, venv, [(c, known.get(c)) for c in broken])
            _write(home / FILE, known)
            if lost:
                say(
                    f"{home / FILE} was lost or damaged: new passwords were made for {', '.join(lost)}, and the old "
                    "ones no longer work; hand the new ones out (`bianma studio status` shows them)"
                )
    return [known[coder] for coder in ids]


def email_of(coder: str) -> str:
    """Return the coder's login: lower case, because Label Studio lowers what is typed, and unlike any other coder's.

    >>> email_of("lin"), email_of("Lin")
    ('lin@bianma.local', 'lin-021f5e@bianma.local')
    """
    name = re.sub(r"[^a-z0-9._-]+", "-", coder.lower()).strip("-._") or "coder"
    plain = name == coder and len(name) <= 40
    return f"{name if plain else f'{name[:40]}-{content_hash(coder)[:6]}'}@bianma.local"


def _forgiving(path: Path) -> dict[CoderId, Account]:
    """A damaged file counts as lost: everything in it can be made again."""
    try:
        return read_accounts(path)
    except StudioError:
        return {}


def _logins(home: Path, coders: Sequence[CoderId]) -> list[CoderId]:
    """Return those of `coders` who have a login on the server already, as its database says."""
    with closing(sqlite3.connect(f"{(home.resolve() / DATABASE).as_uri()}?mode=ro", uri=True)) as database:
        logins = {email for (email,) in database.execute("SELECT email FROM htx_user")}
    return [coder for coder in coders if email_of(coder) in logins]


def _make(home: Path, venv: Path, wanted: Sequence[tuple[CoderId, Account | None]]) -> dict[CoderId, Account]:
    """Run the server's script for `wanted`; a password that is still known stays as it is."""
    logins = {
        coder: {
            "coder": coder,
            "email": email_of(coder),
            "password": old.password if old and old.password else secrets.token_urlsafe(12),
            "service": f"client.{content_hash(coder)}@bianma.local",
        }
        for coder, old in wanted
    }
    made = _run_script(home, venv, list(logins.values()))
    return {
        c: Account(coder=c, email=x["email"], password=x["password"], token=made[c][0], organisation=made[c][1])
        for c, x in logins.items()
    }


def _run_script(home: Path, venv: Path, logins: Sequence[Mapping[str, str]]) -> dict[str, tuple[str, int]]:
    """Return (token, organisation) by coder, as the server's own Python made them."""
    require(venv)
    command = [str(program(venv, "python")), str(SCRIPT)]
    env, words = quiet_environment(venv, home.resolve()), json.dumps(logins)
    done = subprocess.run(command, input=words, capture_output=True, text=True, encoding="utf-8", env=env, check=False)
    marked = [line for line in done.stdout.splitlines() if line.startswith(make_desks.MARK)]
    if done.returncode or not marked:
        words = "\n".join(f"    {line}" for line in (done.stderr or done.stdout).splitlines()[-6:])
        raise StudioError(f"the coders' accounts could not be made on the server of {home}; it said:\n{words}")
    return {row["coder"]: (row["token"], row["organisation"]) for row in json.loads(marked[-1][len(make_desks.MARK) :])}


def _write(path: Path, accounts: Mapping[CoderId, Account]) -> None:
    """Write `path` so that no other user of the machine can read it, at no moment."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    path.chmod(0o600)
    data = msgspec.json.encode(sorted(accounts.values(), key=lambda a: a.coder))
    write_atomic(path, msgspec.json.format(data) + b"\n")
