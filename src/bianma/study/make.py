"""Make a new study: the folders, the settings, the shipped codebook, and on wish one example article."""

import shutil
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bianma.codebook.shipped import shipped_codebook
from bianma.errors import StudyError
from bianma.jsonl import write_atomic
from bianma.study.settings import FILE

EXAMPLE = "示例_同盟困境.txt"

SETTINGS = """\
# The settings of this study. `bianma check` tells what is wrong with them, with the line.
name: {name}

# Everyone who codes. Each gets a Label Studio organisation, account and project of their own, blind to the others'.
coders:
  - {{id: coder-a, name: 编码员甲}}
  - {{id: coder-b, name: 编码员乙}}

# Who settles disagreements and answers for the coding.
supervisor: {{id: supervisor, name: 督导}}

studio:
  port: 8080

# A language model that `bianma suggest --read` may ask. As long as this is left out, nothing is sent anywhere.
# reader:
#   endpoint: http://127.0.0.1:11434/v1
#   model: qwen3:8b
"""

GITIGNORE = """\
# what belongs to this machine: the local Label Studio server, its accounts and locks
.bianma/
# built, never edited
exports/
# uncomment where the articles are under copyright:
# corpus/
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A new study at `root`, and what was put there."""

    root: str
    files: tuple[str, ...]


def init(root: Path, *, example: bool = False) -> Made:
    """Make an empty study that runs; StudyError, and nothing is touched, where `root` holds anything already."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise StudyError(f"{root} is not an empty folder: name a new one, so that nothing in it can be overwritten")
    files = {Path("codebook", path.name): path.read_bytes() for path in shipped_codebook().glob("*.yaml")}
    files[Path(FILE)] = SETTINGS.format(name=_quoted(root.resolve().name)).encode()
    files[Path(".gitignore")] = GITIGNORE.encode()
    if example:
        files[Path("corpus", EXAMPLE)] = resources.files("bianma.study").joinpath(EXAMPLE).read_bytes()
    try:
        for folder in ("codebook", "corpus", "annotations", "exports"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            write_atomic(root / path, data)
    except OSError:
        shutil.rmtree(root, ignore_errors=True)  # it was empty before, so that the next try finds it so
        raise
    return Made(str(root), tuple(sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())))


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
