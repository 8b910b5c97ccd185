"""The group of commands, in the order in which a study goes through them.

A command's module is imported when it is asked for: who only compares or exports needs neither Label Studio's client
nor Parquet, and is told what to install when a command does need them.
"""

from importlib import import_module

import click

MODULES = {
    "init": "start",
    "check": "start",
    "ingest": "start",
    "suggest": "start",
    "learn": "learn",
    "studio": "studio",
    "push": "studio",
    "pull": "studio",
    "agree": "results",
    "export": "results",
    "demo": "demo",
    "passages": "bare",
    "show": "show",
}
NEEDS = {"studio": "studio", "demo": "studio"}  # module → the extra it needs


class Commands(click.Group):
    """Commands by name, each imported from its module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of work, not of the alphabet."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or one that says what to install where its module lacks a library."""
        module = MODULES.get(cmd_name)
        if module is None:
            return None
        try:
            command: click.Command = getattr(import_module(f"bianma.cli.{module}"), cmd_name)
        except ModuleNotFoundError as e:
            if module not in NEEDS or (e.name or "").startswith("bianma"):
                raise
            return _missing(cmd_name, NEEDS[module], e.name or "")
        return command


def _missing(name: str, extra: str, library: str) -> click.Command:
    words = f"`bianma {name}` needs {library}, which is not installed: pip install 'bianma[{extra}]'"

    def say(args: tuple[str, ...]) -> None:
        raise click.ClickException(words)

    rest = click.Argument(["args"], nargs=-1, type=click.UNPROCESSED)
    lenient = {"ignore_unknown_options": True}
    return click.Command(name, callback=say, params=[rest], help=words, context_settings=lenient)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="bianma", prog_name="bianma")
def app() -> None:
    """Code theoretical concepts in Chinese international-relations texts (编码).

    A codebook drives suggestions; coders refine them in Label Studio, each blind to the others; the coded spans are
    exported and compared. `bianma COMMAND --help` shows each command with an example.
    """
