"""Is every suggestion drawn on the right characters? A real server, a real browser, and the articles you name.

    python benchmarks/drawn_right.py corpus/*.txt

reads the articles, makes the suggestions of the codebook, pushes all passages for one coder, logs in as that coder and
opens every task in headless Chromium. A suggestion is right if the highlight is visible on exactly the characters it
was made for, if Label Studio says the same range, and if these characters are its quote as a reader sees it. Says how
many of how many are right and shows each one that is not. No text is kept.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "src")]

from tests.studio.browser import CoderAtDesk, Drawn, chromium  # noqa: E402

from bianma.codebook import Codebook, load  # noqa: E402
from bianma.corpus import doc_id, passage_map, passages, read_source  # noqa: E402
from bianma.records import CODED_KINDS, Passage, Suggestion  # noqa: E402
from bianma.studio import accounts, server  # noqa: E402
from bianma.studio.client import Desk  # noqa: E402
from bianma.studio.config import labelling_config  # noqa: E402
from bianma.studio.tasks import to_task  # noqa: E402
from bianma.suggest import suggest_article  # noqa: E402

CODER = "checker"


@dataclass(frozen=True)
class Case:
    """A passage, the raw source it is of, and what is suggested on it."""

    passage: Passage
    raw: str
    suggestions: tuple[Suggestion, ...]


def cases(files: Sequence[Path], codebook: Codebook) -> Iterator[Case]:
    """Yield every passage that is coded, with its suggestions."""
    for file in files:
        _, raw = read_source(file)
        for passage in passages(doc_id(file), raw):
            if passage.kind in CODED_KINDS:
                yield Case(passage, raw, tuple(suggest_article([passage], raw, codebook)))


def push(desk: Desk, found: Sequence[Case], codebook: Codebook) -> tuple[int, list[int]]:
    """Push all cases into a new project; return it and the tasks in the order of the cases."""
    config = labelling_config(codebook)
    tasks = [to_task(c.passage, c.raw, c.suggestions, config, model_version="drawn-right") for c in found]
    project = desk.create_project({"title": "drawn right", "label_config": config.xml})
    return project, [
        task for start in range(0, len(tasks), 500) for task in desk.import_tasks(project, tasks[start : start + 500])
    ]


def wrong(case: Case, text: str, drawn: dict[str, Drawn]) -> list[str]:
    """Return what is not as it should be on the screen."""
    faults = [] if text == case.passage.text else [f"{case.passage.id}: the text on the screen is not the passage's"]
    offsets = passage_map(case.passage, case.raw)
    for s in case.suggestions:
        span, seen = offsets.to_derived(s.span), drawn.get(s.id)
        if span is None or seen is None or not seen.on(span.start, span.end, s.text):
            faults.append(f"{case.passage.id}: {s.id} should be on {span}, {s.text!r}; drawn is {seen}")
    ours = {s.id for s in case.suggestions}
    return faults + [f"{case.passage.id}: {region} was not suggested" for region in drawn if region not in ours]


def check(coder: CoderAtDesk, project: int, tasks: Sequence[int], found: Sequence[Case]) -> list[str]:
    """Open every task and return all faults; says on the terminal how far it is."""
    faults: list[str] = []
    for n, (task, case) in enumerate(zip(tasks, found, strict=True), 1):
        coder.open_task(project, task)
        faults += wrong(case, coder.text(), coder.drawn())
        if n % 25 == 0 or n == len(tasks):
            print(f"  {n} of {len(tasks)} tasks, {len(faults)} faults", flush=True)
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--codebook", type=Path, default=REPOSITORY / "codebook")
    parser.add_argument("--venv", type=Path, default=REPOSITORY / ".bianma" / "label-studio", help="of Label Studio")
    parser.add_argument("--port", type=int, default=18480)
    chosen = parser.parse_args()
    codebook = load(chosen.codebook)
    found = list(cases(chosen.files, codebook))
    count = sum(len(c.suggestions) for c in found)
    print(f"{len(chosen.files)} articles, {len(found)} passages, {count} suggestions")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        up = server.up(home, venv=chosen.venv, port=chosen.port)
        try:
            faults = _in_the_browser(home, up.url, chosen.venv, found, codebook)
        finally:
            server.down(home)
    print("\n".join(faults))
    print(f"{count - len(faults)} of {count} suggestions are drawn on the right characters")
    return 1 if faults else 0


def _in_the_browser(home: Path, url: str, venv: Path, found: Sequence[Case], codebook: Codebook) -> list[str]:
    [account] = accounts.ensure(home, [CODER], venv=venv, url=url)
    with Desk(url, account) as desk, chromium() as browser:
        project, tasks = push(desk, found, codebook)
        coder = CoderAtDesk(browser, url)
        coder.login(account.email, account.password)
        began = time.monotonic()
        faults = check(coder, project, tasks, found)
        print(f"{(time.monotonic() - began) / max(1, len(tasks)):.1f} s for each task")
        return faults


if __name__ == "__main__":
    sys.exit(main())
