"""What every command shares: its options, the clock, how a report is printed and progress shown."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click
import msgspec

from bianma.study.store import Study

F = TypeVar("F", bound=Callable[..., Any])
Advance = Callable[[int, int], None]


def in_study(command: F) -> F:
    """Add `--study` (default: the folder one is in) and hand the command its Study."""
    return click.option(
        "-C",
        "--study",
        "study",
        default=".",
        metavar="DIR",
        help="The study, or a folder in it (default: here).",
        callback=lambda _context, _option, value: value if isinstance(value, Study) else find_study(value),
    )(command)


def find_study(place: str) -> Study:
    """Return the study that `place` lies in; StudyError if there is none."""
    return Study.find(Path(place))


def as_json(command: F) -> F:
    """Add `--json`."""
    return click.option("--json", "json_", is_flag=True, help="Print the report as JSON.")(command)


def dry_run(command: F) -> F:
    """Add `--dry-run`."""
    return click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")(command)


def now() -> str:
    """Return the time, UTC, to the second, in ISO 8601."""
    return datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def report(value: object, lines: Callable[[], Iterator[str]], *, json: bool) -> None:
    """Print a step's result: as JSON, or as the lines a person reads."""
    if json:
        data = msgspec.json.format(msgspec.json.encode(value, order="sorted", enc_hook=str), indent=2)
        click.echo(data.decode())
    else:
        for line in lines():
            click.echo(line)


class Found(Protocol):
    """A report that may hold findings."""

    @property
    def findings(self) -> Sequence[str]:
        """What needs a human, a sentence each."""
        ...


def exit_on_findings(reports: Sequence[Found]) -> None:
    """End the command with exit code 1 if a report holds findings."""
    if any(r.findings for r in reports):
        click.get_current_context().exit(1)


def table(rows: list[tuple[object, ...]], *, head: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a plain table; columns that hold figures are set flush right, wide characters count double."""
    cells = [tuple(map(str, row)) for row in (head, *rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    figures = [all(isinstance(row[i], int | float) or row[i] in ("", "–") for row in rows) for i in range(len(head))]
    for row in cells:
        padded = (
            " " * (w - _width(c)) + c if right else c + " " * (w - _width(c))
            for c, w, right in zip(row, widths, figures, strict=True)
        )
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if c >= "\u1100" and c not in "–—’“”…" else 1 for c in text)


@contextmanager
def bars(label: str) -> Iterator[Callable[[str], Advance]]:
    """Yield what makes a progress callback `(done, total)` for a name: a bar on a terminal, elsewhere a plain line."""
    with ExitStack() as stack:

        def start(name: str) -> Advance:
            shown: list[Any] = []

            def advance(done: int, total: int) -> None:
                if not shown:
                    shown.append(_bar(f"{label} {name}", total, stack))
                if shown[0] is not None:
                    shown[0].update(done - shown[0].pos)

            return advance

        yield start


def _bar(label: str, total: int, stack: ExitStack) -> Any:
    if not sys.stderr.isatty():
        click.echo(f"{label} ({total}) …", err=True)
        return None
    return stack.enter_context(click.progressbar(length=total, label=label, file=sys.stderr))
