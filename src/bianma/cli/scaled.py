"""`suggest --engine dask`. This module is imported only when that is asked for: it needs the extra `scale`."""

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from bianma.cli import bare
from bianma.cli.shared import bars, now
from bianma.codebook.load import load
from bianma.study import scale, steps
from bianma.study.parts import Result
from bianma.study.store import Study


def on_files(given: bare.Given, out: Path | None, codebook: Path, scheduler: str | None) -> None:
    """Write suggestions on bare files, as `bare.suggest` does."""
    if out is None:
        raise click.UsageError("--engine dask needs -o: its parts are kept beside OUT until all are done")
    bare.refuse(given, out)
    book = load(codebook)
    with (
        bars("suggesting") as progress,
        scale.workers(scheduler) as client,
        scale.suggesting(
            client,
            given.files,
            book,
            folder=out.with_name(f"{out.name}.parts"),
            encoding=given.encoding,
            raw=given.texts is not None,
            progress=progress("parts"),
        ) as results,
    ):
        bare.write(_records(given, results), given, out)


def _records(given: bare.Given, results: Iterator[Result]) -> Iterator[msgspec.Raw]:
    for result in results:
        row = result.row
        if row.fault:
            given.faults.append(row.fault)
        elif given.takes(Path(row.path), row.doc, row.missing, row.raw):
            yield from (msgspec.Raw(record) for _, record in result.records)
    given.close()


def in_study(study: Study, scheduler: str | None) -> steps.Suggested:
    """Make suggestions in a study, as `steps.suggest` does."""
    with bars("suggesting") as progress, scale.workers(scheduler) as client:
        return scale.suggest(client, study, now=now(), progress=progress("parts"))
