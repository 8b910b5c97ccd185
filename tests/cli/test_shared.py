from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from bianma.cli.shared import exit_on_findings


@pytest.mark.parametrize(
    ("findings", "code"),
    [([], 0), ([()], 0), ([(), ("lin: a coding vanished",)], 1)],  # no report, one without findings, one with
)
def test_a_report_with_findings_ends_the_command_with_1(findings, code):
    @click.command()
    def command():
        exit_on_findings([SimpleNamespace(findings=f) for f in findings])

    assert CliRunner().invoke(command).exit_code == code
