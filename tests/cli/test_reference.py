import importlib.util
from pathlib import Path

import pytest

from bianma.cli import app

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def reference():
    spec = importlib.util.spec_from_file_location("make_cli_reference", DOCS / "make_cli_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_that_of_the_commands(reference):
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == reference.page(), "run `make docs`"


def test_every_command_has_an_example(reference):
    without = [name for name, text in reference.helps(app, "bianma") if "Example" not in text]
    assert without == ["bianma", "bianma studio"]
