"""The coders' desk: `studio install|up|down|status`, `push` and `pull`."""

from collections.abc import Iterator

import click

from bianma.cli.shared import as_json, bars, dry_run, exit_on_findings, in_study, now, report, table
from bianma.records import CoderId
from bianma.studio import install as installing
from bianma.studio import server
from bianma.studio.accounts import Account, read_accounts
from bianma.study import desk
from bianma.study.store import Study

coder_option = click.option(
    "--coder", "coders", multiple=True, metavar="ID", help="Only this coder; may be given several times."
)


def say(line: str) -> None:
    """Tell on the error stream what is going on."""
    click.echo(line, err=True)


@click.group()
def studio() -> None:
    """Run the study's own Label Studio: pinned, on loopback, without outbound calls."""


@studio.command()
def install() -> None:
    """Install Label Studio into an environment of its own, once for all studies.

    \b
    Example:
      bianma studio install
    """
    venv = desk.studio_venv()
    made = installing.install(venv, say=say)
    say(f"Label Studio {installing.VERSION} {'is installed' if made else 'was installed already'} in {venv}")


@studio.command()
@in_study
@as_json
@click.option("--port", type=click.IntRange(1024, 65535), help="Another port than bianma.yaml's.")
def up(study: Study, port: int | None, json_: bool) -> None:
    """Start the server and make each coder's account. It stays up until `bianma studio down`.

    \b
    Example:
      bianma studio up
    """
    status = desk.up(study, say=say, port=port)
    known = desk.logins(study, status, say=say)

    def lines() -> Iterator[str]:
        yield f"Label Studio {status.version} {'started' if status.started else 'is up already'} at {status.url}"
        yield from login_table(known)

    report(status, lines, json=json_)


@studio.command()
@in_study
@as_json
def down(study: Study, json_: bool) -> None:
    """Stop the server. Nothing is lost: `bianma studio up` goes on from there.

    \b
    Example:
      bianma studio down
    """
    stopped = desk.down(study)
    report({"stopped": stopped}, lambda: iter(["stopped" if stopped else "it was not running"]), json=json_)


@studio.command()
@in_study
@as_json
@click.pass_context
def status(context: click.Context, study: Study, json_: bool) -> None:
    """Say whether the server runs, where, and who logs in how. Exit 1 if it is down.

    \b
    Example:
      bianma studio status
    """
    state = server.status(desk.home(study))
    coders = {coder.id for coder in study.settings.coders}
    known = [a for a in read_accounts(desk.home(study) / "accounts.json").values() if a.coder in coders]

    def lines() -> Iterator[str]:
        if state.running:
            yield f"up at {state.url}, Label Studio {state.version}, log {state.log}"
        elif state.stale:
            yield f"its folder was moved or deleted while it ran (process {state.pid}, port {state.port});"
            yield "`bianma studio up` starts it anew, `bianma studio down` ends it"
        else:
            yield "down; `bianma studio up` starts it"
        yield from login_table(known)

    report(state, lines, json=json_)
    if not state.running:
        context.exit(1)


def login_table(accounts: list[Account]) -> Iterator[str]:
    """Yield who logs in with what; the passwords are this machine's own (.bianma/, readable by its owner only)."""
    if accounts:
        yield from table([(a.coder, a.email, a.password) for a in accounts], head=("coder", "log in as", "password"))


@click.command()
@in_study
@as_json
@dry_run
@coder_option
def push(study: Study, coders: tuple[str, ...], dry_run: bool, json_: bool) -> None:
    """Bring every passage with its suggestions to every coder's own project, once. Exit 1 on findings.

    \b
    Example:
      bianma push
    """
    with bars("pushing") as progress:
        result = desk.push(
            study, now=now(), progress=progress, say=say, only=[CoderId(c) for c in coders], dry_run=dry_run
        )

    def lines() -> Iterator[str]:
        for r in result:
            verb = "would be sent" if dry_run else "sent"
            yield f"{r.coder}: {r.sent} tasks {verb}, {r.present} there already {r.url}".rstrip()
            yield from (f"  {f}" for f in r.findings)

    report(result, lines, json=json_)
    exit_on_findings(result)


@click.command()
@in_study
@as_json
@dry_run
@coder_option
def pull(study: Study, coders: tuple[str, ...], dry_run: bool, json_: bool) -> None:
    """Fetch every coder's codings into annotations/codings; nothing here is ever deleted. Exit 1 on findings.

    \b
    Example:
      bianma pull
    """
    result = desk.pull(study, now=now(), say=say, only=[CoderId(c) for c in coders], dry_run=dry_run)

    def lines() -> Iterator[str]:
        for r in result:
            verb = "would be written" if dry_run else "new or changed"
            seen = f"{r.done} of {r.tasks} passages coded, {r.skipped} skipped, {r.drafts} drafts"
            yield f"{r.coder}: {seen}; {r.changed} {verb}"
            yield from (f"  {f}" for f in r.findings)

    report(result, lines, json=json_)
    exit_on_findings(result)
