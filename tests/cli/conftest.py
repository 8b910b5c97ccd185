import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from bianma.cli import main


class Ran(NamedTuple):
    exit: int
    out: str
    err: str


@pytest.fixture
def bianma(monkeypatch, capfd):
    """Run a command line as a user types it, in a folder; returns exit code and what was printed."""

    def run(*args: str, cwd: Path) -> Ran:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["bianma", *args])
        capfd.readouterr()
        code = 0
        try:
            main()
        except SystemExit as e:
            code = int(e.code or 0)
        return Ran(code, *capfd.readouterr())

    return run


@pytest.fixture
def study(tmp_path, bianma) -> Path:
    """A new study with the example article, in a folder with a Chinese name and a space."""
    assert bianma("init", "我的 研究", "--example", cwd=tmp_path).exit == 0
    return tmp_path / "我的 研究"
