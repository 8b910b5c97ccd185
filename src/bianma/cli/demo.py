"""`demo`: the whole way in one command."""

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
        ("check", check, {}),
        ("ingest", ingest, {"dry_run": False}),
        ("suggest", suggest, {"files": (), "out": None, "codebook": None, "dry_run": False}),
        ("studio up", up, {"port": None}),
        ("push", push, {"coders": (), "dry_run": False}),
        ("export", export, {"formats": (), "dry_run": False}),
    ):
        click.secho(f"\n== bianma {title}", bold=True)
        context.invoke(
            command, **({"place": str(study.root)} if command is suggest else {"study": study}), json_=False, **options
        )
    click.secho("\n== next", bold=True)
    for line in _whats_next(study):
        click.echo(line)


def _whats_next(study: Study) -> Iterator[str]:
    yield "Log in as one of the coders above (the other in another browser profile), open the project, press"
    yield "Label All Tasks, and refine the suggestions. Then:"
    yield "  bianma pull           fetch the codings"
    yield "  bianma agree          compare the coders"
    yield "  bianma export         write the data set to exports/"
    yield "  bianma studio down    stop the server"
    yield f"The study is {study.root}"
