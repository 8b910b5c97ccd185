"""`suggest --read`: what it costs, the question whether to send it, and what came of it."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bianma.cli.shared import bars, exit_on_findings, find_study, now, report, table
from bianma.study.store import Study

if TYPE_CHECKING:
    from bianma.study.reading import Cost, Plan, Read

F = TypeVar("F", bound=Callable[..., Any])


def options(command: F) -> F:
    """Add `--read` and `--yes`."""
    for option in (
        click.option("--yes", is_flag=True, help="With --read: send without asking."),
        click.option(
            "--read",
            is_flag=True,
            help="In a study: also ask the language model that bianma.yaml names under `reader`. Says what it costs, "
            "then asks; --dry-run shows the first request and sends nothing.",
        ),
    ):
        command = option(command)
    return command


def run(place: str, bare: Sequence[object], *, read: bool, yes: bool, dry_run: bool, json: bool) -> None:
    """Ask the reader of the study at `place`, and write what rules and reader propose; exit 1 on findings.

    `bare` holds what was given for bare files: there must be none.
    """
    if any(bare) or not read:
        raise click.UsageError("--read is for a study, not for FILEs and their options; --yes goes with --read")
    study, reading = find_study(place), _room()
    plan: Plan = reading.plan(study)
    if dry_run:
        _show(reading, study, plan, json=json)
        return
    key = reading.key(study) if plan.requests else None
    for line in _price(plan.cost):
        click.echo(line, err=True)
    if plan.requests:
        _agreed(plan.cost, yes=yes)
    with bars("reading") as progress:
        result: Read = reading.read(
            study,
            plan,
            now=now(),
            key=key,
            clock=reading.Clock(time.monotonic, time.sleep),
            progress=progress("passages"),
        )
    report(result, lambda: _came(result), json=json)
    exit_on_findings([result])


def _room() -> ModuleType:
    """Return `study.reading`, imported when it is asked for: it needs httpx, and the rules do not."""
    try:
        from bianma.study import reading
    except ModuleNotFoundError as e:
        if (e.name or "").startswith("bianma"):
            raise
        words = f"`bianma suggest --read` needs {e.name}, which is not installed: pip install 'bianma[reader]'"
        raise click.ClickException(words) from e
    return reading


def _show(reading: ModuleType, study: Study, plan: "Plan", *, json: bool) -> None:
    request: str = reading.dry(study, plan)

    def lines() -> Iterator[str]:
        yield request or "no passage to read"
        yield ""
        yield from _price(plan.cost)
        yield "nothing was sent: dry run"

    report({"cost": asdict(plan.cost), "request": request}, lines, json=json)


def _price(cost: "Cost") -> Iterator[str]:
    yield f"reader {cost.model} at {cost.endpoint}"
    yield f"{cost.passages} passages, {cost.answered} of them answered before"
    price = "price unknown" if cost.price is None else f"price about {cost.price:,.2f}"
    tokens = f"about {cost.tokens_in:,} tokens in and {cost.tokens_out:,} out"
    yield f"to send: {cost.requests} requests, {cost.characters:,} characters of text; {tokens}; {price}"
    if cost.left:
        yield f"left for later runs: {cost.left} requests (bianma.yaml, reader: at_most)"


def _agreed(cost: "Cost", *, yes: bool) -> None:
    """Go on if the user says so; UsageError where nobody can be asked."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("nothing was sent: this is no terminal where one could be asked; add --yes to send")
    click.confirm(f"Send these passages to {cost.endpoint}?", abort=True, err=True)


def _came(result: "Read") -> Iterator[str]:
    told = f", {result.tokens_in:,} tokens in and {result.tokens_out:,} out" if result.tokens_in else ""
    yield f"{result.requests} requests sent, {result.answered} answered{told}"
    yield f"{result.added} suggestions by the reader alone, {result.also} that the rules have too"
    made = result.suggested
    news = "" if made.new else " (nothing new to write)"
    yield f"{made.suggestions} suggestions by codebook {made.codebook} and the reader{news}"
    yield from table(list(made.per_code.items()), head=("code", "suggestions"))
    if result.dropped:
        yield f"dropped: {', '.join(f'{n} {_REASONS[reason]}' for reason, n in result.dropped.items())}"
    yield from result.warnings
    yield from result.findings


_REASONS = {
    "form": "entries that are no code and quote",
    "code": "of unknown codes",
    "quote": "whose quote is not in the passage",
    "repeated": "beyond the times the words stand there",
}
