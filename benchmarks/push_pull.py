"""`bianma push` and `bianma pull` beside the server's own bare /import and /export of the same tasks, in one run.

    python benchmarks/push_pull.py [--tasks 2000] [--suggestions 20] [--repeats 3]

A study of generated text (it belongs to nobody) is pushed to one coder after another through a real server. The bare
side posts the very same tasks to /import in the same chunks, or asks /export once for the same project; it checks
nothing, writes nothing and reads nothing. Before the pulls every suggestion is made an annotation on the server. Both
sides take turns, and the ratio is of the medians. A pull that finds everything new, and one that finds nothing new, are
both measured.
"""

import argparse
import random
import shutil
import socket
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from bianma import jsonl
from bianma.corpus import passage_map
from bianma.records import CODED_KINDS, CoderId, Passage, Suggestion, suggestion_id, text_sha
from bianma.spans import Span
from bianma.studio.client import Desk
from bianma.studio.config import labelling_config
from bianma.studio.project import SETTINGS
from bianma.studio.sync import CHUNK
from bianma.studio.tasks import to_task
from bianma.study import desk as desks
from bianma.study import make, steps
from bianma.study.store import Study

NOW = "2026-01-02T03:04:05Z"
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
    "的",
    "与",
    "因此",
    "然而",
]
BARE = {"push": "bare import", "pull, all new": "bare export", "pull, nothing new": "bare export"}
Times = dict[str, list[float]]


def make_study(root: Path, *, tasks: int, suggestions: int, coders: Sequence[str], port: int) -> Study:
    """A study with at least `tasks` body passages, `suggestions` random ones on each, and the shipped codebook."""
    rng = random.Random(1)
    make.init(root)
    people = "".join(f"  - {{id: {c}}}\n" for c in coders)
    (root / "bianma.yaml").write_text(f"name: bench\ncoders:\n{people}studio:\n  port: {port}\n", encoding="utf-8")
    per_article = 100
    for number in range(-(-tasks // per_article)):
        body = [paragraph(rng) for _ in range(min(per_article, tasks - number * per_article))]
        (root / "corpus" / f"article-{number:03}.txt").write_text("\n\n".join(body) + "\n", encoding="utf-8")
    study = Study(root)
    steps.ingest(study, now=NOW)
    jsonl.write(root / "annotations" / "suggestions.jsonl", invented(study, suggestions, rng))
    return study


def paragraph(rng: random.Random) -> str:
    return "".join(rng.choice(WORDS) + ("，" if n % 9 == 8 else "") for n in range(rng.randint(150, 300))) + "。"


def invented(study: Study, count: int, rng: random.Random) -> list[Suggestion]:
    """`count` suggestions on random words of each passage."""
    codes = [code.id for code in study.codebook.concepts]
    texts = study.texts()
    return [
        suggestion(study, passage, texts[passage.doc].raw, rng.choice(codes), rng.randrange(len(passage.text) - 5))
        for passage in study.passages()
        if passage.kind in CODED_KINDS
        for _ in range(count)
    ]


def suggestion(study: Study, passage: Passage, raw: str, code: Any, start: int) -> Suggestion:
    clean = Span(start, start + 4)
    at = passage_map(passage, raw).to_original(clean)
    return Suggestion(
        id=suggestion_id(passage.id, "concept", code, at.start, at.end),
        doc=passage.doc,
        passage=passage.id,
        layer="concept",
        code=code,
        start=at.start,
        end=at.end,
        quote=at.quote(raw),
        text=clean.quote(passage.text),
        score=0.8,
        why={"cue": "安全困境", "clause": "指互相防备的国家之间"},
        codebook=study.codebook.ref,
        text_sha=text_sha(passage.text),
    )


def timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def in_turn(turn: int, times: Times, sides: dict[str, Callable[[], object]]) -> None:
    """Run the sides once each, in the opposite order every second turn."""
    for name in sorted(sides, reverse=bool(turn % 2)):
        times[name].append(timed(sides[name]))


def as_tasks(study: Study) -> list[dict[str, Any]]:
    """The tasks that a push sends, made outside the clock for the bare side."""
    texts, config = study.texts(), labelling_config(study.codebook)
    found: dict[str, list[Suggestion]] = defaultdict(list)
    for made in study.suggestions():
        found[made.passage].append(made)
    return [
        to_task(p, texts[p.doc].raw, found[p.id], config, model_version="bench")
        for p in study.passages()
        if p.kind in CODED_KINDS
    ]


def push(study: Study, coder: CoderId) -> desks.Pushed:
    (report,) = desks.push(study, now=NOW, progress=lambda _: lambda done, total: None, only=[coder])
    assert not report.findings, report
    return report


def pull(study: Study, coder: CoderId) -> None:
    (report,) = desks.pull(study, now=NOW, only=[coder])
    assert report.done, report
    assert not report.findings, report


def bare_import(desk: Desk, project: int, tasks: list[dict[str, Any]]) -> None:
    for at in range(0, len(tasks), CHUNK):
        desk.import_tasks(project, tasks[at : at + CHUNK])


def bare_export(desk: Desk, project: int) -> None:
    desk.get(f"/api/projects/{project}/export", exportType="JSON")


def measure(study: Study, coders: Sequence[CoderId]) -> Times:
    times: Times = defaultdict(list)
    tasks, xml = as_tasks(study), labelling_config(study.codebook).xml
    for turn, coder in enumerate(coders):
        (desk,) = desks.open_desks(study, [coder])
        bare = desk.create_project({"title": f"bare {turn}", "label_config": xml, **SETTINGS})
        sides = {
            "push": lambda coder=coder: push(study, coder),
            "bare import": lambda desk=desk, bare=bare: bare_import(desk, bare, tasks),
        }
        in_turn(turn, times, sides)
        times["second push"].append(timed(lambda coder=coder: push(study, coder)))
        project = push(study, coder).project
        everything = {"selectedItems": {"all": True, "excluded": []}}
        desk.post("/api/dm/actions", everything, id="predictions_to_annotations", project=project)
        bare_export(desk, project)  # the first export after a change is slower for either side
        sides = {
            "pull, all new": lambda coder=coder: pull(study, coder),
            "bare export": lambda desk=desk, project=project: bare_export(desk, project),
        }
        in_turn(turn, times, sides)
        times["pull, nothing new"].append(timed(lambda coder=coder: pull(study, coder)))
        shutil.rmtree(study.annotations / "codings")
    return times


def show(times: Times) -> None:
    for name, seconds in times.items():
        print(f"{name:18} median {statistics.median(seconds):6.2f} s   ({', '.join(f'{s:.2f}' for s in seconds)})")
    for name, bare in BARE.items():
        print(f"{name} / {bare} = {statistics.median(times[name]) / statistics.median(times[bare]):.2f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tasks", type=int, default=2000)
    options.add_argument("--suggestions", type=int, default=20)
    options.add_argument("--repeats", type=int, default=3)
    chosen = options.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    coders = [CoderId(f"coder-{n}") for n in range(chosen.repeats)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "study"
        study = make_study(root, tasks=chosen.tasks, suggestions=chosen.suggestions, coders=coders, port=port)
        coded = sum(p.kind in CODED_KINDS for p in study.passages())
        print(f"{coded} tasks, {len(study.suggestions())} suggestions, {study.codebook.ref}", flush=True)
        desks.up(study, say=print)
        try:
            show(measure(study, coders))
        finally:
            desks.down(study)


if __name__ == "__main__":
    main()
