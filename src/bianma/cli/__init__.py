"""The command `bianma`. Only here is anything printed, and the clock read."""

import gc
import sys

import click

from bianma.cli.app import app
from bianma.errors import BianmaError

USAGE = 2

__all__ = ["app", "calm_collector", "main"]


def calm_collector() -> None:
    """Let the garbage collector look less often: a command makes records by the thousand, and few of them in circles.

    Left alone it takes up to a fifth of the time that reading an article does.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


def main() -> None:
    """Run the command line: exit 0 done, 1 findings, 2 usage or something that stands in the way."""
    calm_collector()
    try:
        sys.exit(app(standalone_mode=False) or 0)  # a command that found something returns its code
    except click.ClickException as e:
        e.show()
        sys.exit(USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; run the same command again to go on", err=True)
        sys.exit(130)
    except BianmaError as e:
        click.echo(f"bianma: {e}", err=True)
        sys.exit(USAGE)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as e:
        where = f"{e.filename}: " if e.filename else ""
        click.echo(f"bianma: {where}{e.strerror or e}; mend this and run the same command again", err=True)
        sys.exit(USAGE)
