"""Write docs/cli.md from the commands themselves; a test fails where the two differ."""

from collections.abc import Iterator
from pathlib import Path

import click

from bianma.cli import app

WIDE = {"max_content_width": 100, "terminal_width": 100, "help_option_names": ["-h", "--help"]}
PAGE = Path(__file__).with_name("cli.md")


def page() -> str:
    """Return the reference of all commands as Markdown."""
    intro = "# The commands\n\nMade from the help texts by `make docs`; do not edit.\n"
    return intro + "".join(f"\n## {name}\n\n```text\n{text}\n```\n" for name, text in helps(app, "bianma"))


def helps(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """Yield the name and help of a command and of all below it."""
    context = click.Context(command, info_name=name.split()[-1], parent=parent, **WIDE)
    yield name, "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    for sub in command.list_commands(context) if isinstance(command, click.Group) else ():
        below = command.get_command(context, sub)
        if below is not None:
            yield from helps(below, f"{name} {sub}", context)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
