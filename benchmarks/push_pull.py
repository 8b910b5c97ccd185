"""Push and pull beside the server's own bare /import and /export of the same tasks, in one run on a real server.

    python benchmarks/push_pull.py [--venv .bianma/label-studio] [--tasks 2000] [--suggestions 20] [--repeats 3]

Bare import: the same chunks posted to /import one after the other, no question asked. Bare export: one GET of /export.
Both sides run by turns; the ratio is of the medians. The text is generated here and belongs to nobody.
"""

import argparse
import random
import socket
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from bianma.records import text_sha
from bianma.studio import accounts, server
from bianma.studio.client import Desk
from bianma.studio.install import install
from bianma.studio.project import SETTINGS, find_project
from bianma.studio.sync import CHUNK, pull, push

CODES = [f"family.code-{n}" for n in range(45)]
CONFIG = (
    '<View><Labels name="concept" toName="text">'
    + "".join(f'<Label value="{code}"/>' for code in CODES)
    + '</Labels><Text name="text" value="$text" granularity="symbol"/></View>'
)
WORDS = [
    "安全",
    "困境",
    "联盟",
    "承诺",
    "威慑",
    "身份",
    "规范",
    "制度",
    "权力",
    "平衡",
    "地区",
    "秩序",
    "信任",
    "恐惧",
    "的",
    "与",
]


def make_task(number: int, suggestions: int) -> dict[str, Any]:
    rng = random.Random(number)
    text = f"第{number}段：" + "".join(rng.choice(WORDS) for _ in range(rng.randint(150, 300)))
    regions = []
    for n in range(suggestions):
        start = rng.randrange(len(text) - 4)
        value = {"start": start, "end": start + rng.randint(2, 4), "labels": [rng.choice(CODES)]}
        meta = {"text": ["安全困境 / cue"], "clause": "include-1"}
        regions.append(
            {"id": f"r{n}", "from_name": "concept", "to_name": "text", "type": "labels", "value": value, "meta": meta}
        )
    data = {"text": text, "title": "样例", "uid": f"uid-{number:05}", "sha": text_sha(text)}
    return {"data": data, "predictions": [{"model_version": "bench", "score": 0.8, "result": regions}]}


def timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def bare_import(desk: Desk, tasks: list[dict[str, Any]], name: str) -> float:
    project = desk.create_project({"title": name, "label_config": CONFIG, **SETTINGS})
    return timed(lambda: [desk.import_tasks(project, tasks[at : at + CHUNK]) for at in range(0, len(tasks), CHUNK)])


def measure(desk: Desk, tasks: list[dict[str, Any]], repeats: int, folder: Path) -> None:
    times: dict[str, list[float]] = {"bare import": [], "push": [], "second push": [], "bare export": [], "pull": []}
    for turn in range(repeats):
        title = f"bench {turn}"
        sides = [
            ("bare import", lambda turn=turn: bare_import(desk, tasks, f"bare {turn}")),
            ("push", lambda title=title: timed(lambda: push(desk, title, CONFIG, tasks, intent=folder / title))),
        ]
        for name, side in sides if turn % 2 else sides[::-1]:
            times[name].append(side())
        times["second push"].append(timed(lambda title=title: push(desk, title, CONFIG, tasks, intent=folder / title)))
    project = find_project(desk, title)
    assert project
    annotate = {"selectedItems": {"all": True, "excluded": []}}
    desk.post("/api/dm/actions", annotate, id="predictions_to_annotations", project=project)
    pull(desk, title)  # the first export after a change is slower for either side
    for turn in range(repeats):
        pulls = [
            ("bare export", lambda: timed(lambda: desk._http.get(f"/api/projects/{project}/export?exportType=JSON"))),
            ("pull", lambda: timed(lambda: pull(desk, title, expected=[t["data"]["uid"] for t in tasks]))),
        ]
        for name, side in pulls if turn % 2 else pulls[::-1]:
            times[name].append(side())
    for name, seconds in times.items():
        print(f"{name:12} median {statistics.median(seconds):6.2f} s   ({', '.join(f'{s:.2f}' for s in seconds)})")
    ratio = {k: statistics.median(times[k]) / statistics.median(times[bare]) for k, bare in PAIRS.items()}
    print("  ".join(f"{name} / {PAIRS[name]} = {value:.2f}" for name, value in ratio.items()))


PAIRS = {"push": "bare import", "pull": "bare export"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--venv", type=Path, default=Path(".bianma/label-studio"))
    options.add_argument("--tasks", type=int, default=2000)
    options.add_argument("--suggestions", type=int, default=20)
    options.add_argument("--repeats", type=int, default=3)
    chosen = options.parse_args()
    install(chosen.venv, say=print)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    tasks = [make_task(n, chosen.suggestions) for n in range(chosen.tasks)]
    size = sum(len(t["data"]["text"]) for t in tasks) / len(tasks)
    print(f"{len(tasks)} tasks of {size:.0f} characters, {chosen.suggestions} suggestions each, chunks of {CHUNK}")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        status = server.up(home, venv=chosen.venv, port=port)
        try:
            made = accounts.ensure(home, ["bench"], venv=chosen.venv, url=status.url)
            with Desk(status.url, made[0]) as desk:
                measure(desk, tasks, chosen.repeats, Path(folder))
        finally:
            server.down(home)


if __name__ == "__main__":
    main()
