"""The group of commands, in the order in which a study goes through them."""

import click

from bianma.cli.bare import passages
from bianma.cli.results import agree, export
from bianma.cli.start import check, demo, ingest, init, suggest
from bianma.cli.studio import pull, push, studio


class InOrder(click.Group):
    """Lists commands in the order of work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands as they were added."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="bianma", prog_name="bianma")
def app() -> None:
    """Code theoretical concepts in Chinese international-relations texts (编码).

    A codebook drives suggestions; coders refine them in Label Studio, each blind to the others; the coded spans are
    exported and compared. `bianma COMMAND --help` shows each command with an example.
    """


for command in (init, check, ingest, suggest, studio, push, pull, agree, export, demo, passages):
    app.add_command(command)
