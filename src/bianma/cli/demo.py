"""`demo`: the whole way in one command."""

import shutil
import sys
from collections.abc import Iterator

import click

from bianma.cli.results import export
from bianma.cli.shared import in_study
from bianma.cli.start import check, ingest, suggest
from bianma.cli.studio import push, up
from bianma.study.store import Study


@click.command()
@in_study
@click.pass_context
def demo(context: click.Context, study: Study) -> None:
    """Go the whole way: check, ingest, suggest, start Label Studio, push, export; ends with where to log in.

    \b
    Example:
      bianma demo
    """
    for title, command, options in (
        ("check", check, {"study": study}),
        ("ingest", ingest, {"study": study, "dry_run": False}),
        ("suggest", suggest, {"place": str(study.root), "files": (), "dry_run": False}),
        ("studio up", up, {"study": study, "port": None}),
        ("push", push, {"study": study, "coders": (), "dry_run": False}),
        ("export", export, {"study": study, "formats": (), "dry_run": False}),
    ):
        click.secho(f"\n== bianma {title}", bold=True)
        context.invoke(command, json_=False, **options)
    click.secho("\n== next", bold=True)
    for line in _whats_next(study):
        click.echo(line)


def _whats_next(study: Study) -> Iterator[str]:
    bianma = "bianma" if shutil.which("bianma") else sys.argv[0]
    yield "Log in as one of the coders above (the other in another browser profile), open the project, press"
    yield "Label All Tasks, and refine the suggestions. Then:"
    yield f"  {bianma} pull           fetch the codings"
    yield f"  {bianma} agree          compare the coders"
    yield f"  {bianma} export         write the data set to exports/"
    yield f"  {bianma} studio down    stop the server"
    yield f"The study is {study.root}"
