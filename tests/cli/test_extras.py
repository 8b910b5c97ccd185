"""Who only compares or exports installs neither Label Studio's client nor Parquet."""

import subprocess
import sys

BLOCKED = """
import sys
for name in ("httpx", "label_studio_sdk", "pyarrow", "playwright"):
    sys.modules[name] = None
from bianma.cli import main
sys.argv = ["bianma", *sys.argv[1:]]
main()
"""


def without_extras(*args, cwd):
    return subprocess.run([sys.executable, "-c", BLOCKED, *args], cwd=cwd, capture_output=True, text=True, check=False)


def test_what_needs_no_extra_works_without_it(study):
    for command in (["check"], ["ingest"], ["suggest"], ["export", "--to", "csv", "--to", "jsonl"], ["--help"]):
        ran = without_extras(*command, cwd=study)
        assert ran.returncode == 0, ran.stderr


def test_what_needs_one_says_which(study):
    without_extras("ingest", cwd=study)
    needs = {
        ("push",): "bianma[studio]",
        ("demo",): "bianma[studio]",
        ("export",): "bianma[parquet]",
        ("suggest", "--read"): "bianma[reader]",
        ("suggest", "--engine", "dask"): "bianma[scale]",
    }
    for command, extra in needs.items():
        ran = without_extras(*command, cwd=study)
        assert (ran.returncode, extra in ran.stderr, "Traceback" in ran.stderr) == (2, True, False)
