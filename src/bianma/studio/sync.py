"""Push and pull: a study's tasks to a coder's desk, and the coder's annotations back.

Both can be killed at any point and run again: nothing is lost and nothing is there twice. The server knows no
uniqueness, so every push counts before and after by `data.uid`, sends only what is missing, and never sends again what
may have arrived. Nothing is written to the study here, except the note of an import under way and the lock beside it.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

from bianma.errors import StudioError
from bianma.studio.client import Desk, Json, LostAnswerError
from bianma.studio.intent import Intent, clear_intent, read_intent, wait_out, write_intent
from bianma.studio.lock import hold
from bianma.studio.predictions import check_tasks
from bianma.studio.project import ensure_project, find_project
from bianma.studio.stock import Stock, remove_doubles, size, take_stock

CHUNK = 500  # tasks in one import: large enough for full speed, small enough to be waited out
ROUNDS = 4
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReport:
    """What a push found and did. `sent`, `present` and the `changed` ones add up to the tasks that were asked for."""

    project: int
    url: str
    created: bool  # the project, by this push
    sent: int = 0
    present: int = 0
    removed: int = 0  # untouched surplus copies, left by an interrupted import of somebody else's making
    changed: tuple[str, ...] = ()  # uids whose text on the server is another: left as they are
    conflicts: tuple[str, ...] = ()  # uids of which two copies were worked on: left as they are
    strange: tuple[str, ...] = ()  # uids on the server that were not asked for; "" for a task without one


@dataclass(frozen=True, slots=True, kw_only=True)
class PulledTask:
    """One task that a coder worked on: the annotation that counts, and any others, newest first.

    `others` are further annotations of the same uid: by somebody else, on a second copy, or skipped before coding.
    """

    uid: str
    sha: str
    task: int
    data: Json
    annotation: Json
    others: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """All that lies at a coder's desk."""

    project: int
    tasks: int  # on the server, without doubles
    annotated: tuple[PulledTask, ...] = ()
    skipped: tuple[PulledTask, ...] = ()
    drafts: int = 0  # begun and not submitted
    vanished: tuple[str, ...] = ()  # expected uids that are no longer there
    strange: tuple[str, ...] = ()  # uids that were not expected; "" for a task without one
    doubles: tuple[str, ...] = ()  # uids that lie there more than once; merged here


@dataclass(slots=True)
class _Tally:
    """What the rounds of one push add up to."""

    sent: set[str] = field(default_factory=set)
    removed: int = 0
    conflicts: list[str] = field(default_factory=list)


def push(
    desk: Desk,
    project_title: str,
    config: str,
    tasks: Sequence[Json],
    *,
    intent: Path,
    key: str = "",
    instruction: str = "",
    progress: Progress | None = None,
) -> PushReport:
    """Bring `tasks` to the desk, each exactly once, under the labelling config `config`.

    The project is known by `key` (or else its title); `intent` is a file of this study and coder, which a killed push
    leaves behind for the next one. Raises StudioError before anything is sent if a task cannot be shown as it is meant,
    and LostAnswerError if the server went away: the next push goes on from there.
    """
    check_tasks(config, tasks)
    with hold(intent.with_suffix(".lock"), doing=f"pushing to coder {desk.coder}"):
        project, created = ensure_project(
            desk, project_title, config, key=key or project_title, instruction=instruction, intent=intent
        )
        left = read_intent(intent)
        if left and left.project == project:
            wait_out(desk, left)
        tally = _Tally()
        stock = _fill(desk, project, tasks, intent, tally, progress or (lambda done, total: None))
        _prefill(desk, project)
        clear_intent(intent)
    return _report(desk, project, tasks, stock, tally, created=created)


def pull(desk: Desk, project_title: str, *, key: str = "", expected: Collection[str] = ()) -> Pulled:
    """Fetch every annotation of the study's project in one request; changes nothing, here or there.

    `expected` are the uids that should be there. StudioError if the study was never pushed to this coder.
    """
    project = find_project(desk, key or project_title)
    if project is None:
        raise StudioError(f"coder {desk.coder} has no project of this study on {desk.url}; `bianma push` makes it")
    by_uid: dict[str, list[Json]] = {}
    for task in sorted(desk.export(project), key=lambda t: int(t["id"])):
        by_uid.setdefault(str(task["data"].get("uid", "")), []).append(task)
    strangers = by_uid.pop("", [])
    worked = [task for uid, copies in by_uid.items() for task in _pulled(uid, copies)]
    known = set(expected)
    return Pulled(
        project=project,
        tasks=len(by_uid) + len(strangers),
        annotated=tuple(t for t in worked if not t.annotation["was_cancelled"]),
        skipped=tuple(t for t in worked if t.annotation["was_cancelled"]),
        drafts=sum(len(task["drafts"]) for copies in by_uid.values() for task in copies),
        vanished=tuple(sorted(known - set(by_uid))),
        strange=tuple(sorted(set(by_uid) - known if known else [])) + ("",) * len(strangers),
        doubles=tuple(sorted(uid for uid, copies in by_uid.items() if len(copies) > 1)),
    )


def _fill(desk: Desk, project: int, tasks: Sequence[Json], intent: Path, tally: _Tally, progress: Progress) -> Stock:
    """Send what is missing until nothing is, and return the stock at the end.

    A round whose answers all came, and after which the project holds as many tasks as they say, is proven; any doubt
    leads to another inventory, so a late import of a killed client is found here.
    """
    shas = {task["data"]["uid"]: task["data"]["sha"] for task in tasks}
    for _ in range(ROUNDS):
        stock = take_stock(desk.inventory(project))
        removed, tally.conflicts = remove_doubles(desk, project, stock, shas)
        tally.removed += removed
        missing = [task for task in tasks if task["data"]["uid"] not in stock]
        if not missing and not removed:
            return stock
        sent = _send(desk, project, missing, size(stock) - removed, intent, progress, total=len(tasks))
        tally.sent |= {task["data"]["uid"] for task in missing}
        now = desk.project(project)
        if sent is not None and not removed and now["task_number"] == size(stock) + len(missing):
            return {**stock, **take_stock(sent)}
    raise StudioError(
        f"the project {desk.url}/projects/{project} of coder {desk.coder} keeps changing while it is filled; "
        "is another push running on another machine?"
    )


def _send(
    desk: Desk, project: int, tasks: Sequence[Json], before: int, intent: Path, progress: Progress, *, total: int
) -> list[Json] | None:
    """Import `tasks` in chunks; return id and data of each as stored, or None if an answer was lost and waited for."""
    version = desk.project(project)["model_version"] or _version(tasks)
    stored: list[Json] = []
    slowest = 0.0
    for chunk in _chunks(tasks):
        progress(total - len(tasks) + len(stored), total)
        under_way = Intent(project=project, before=before + len(stored), count=len(chunk), seconds=slowest)
        write_intent(intent, under_way)
        began = monotonic()
        try:
            ids = desk.import_tasks(project, [_as_version(task, version) for task in chunk])
        except LostAnswerError:
            wait_out(desk, replace(under_way, seconds=max(slowest, monotonic() - began)))
            return None
        except StudioError:
            clear_intent(intent)  # the server gave an answer, so nothing is under way
            raise
        if len(ids) != len(chunk):
            return None
        slowest = max(slowest, monotonic() - began)
        stored += [{"id": id, "data": task["data"]} for id, task in zip(ids, chunk, strict=True)]
    progress(total, total)
    return stored


def _chunks(tasks: Sequence[Json]) -> Iterator[Sequence[Json]]:
    return (tasks[at : at + CHUNK] for at in range(0, len(tasks), CHUNK))


def _version(tasks: Sequence[Json]) -> str:
    """Return the model version that the first prediction names; empty if there is no prediction."""
    versions = (p.get("model_version") for task in tasks for p in task.get("predictions", []))
    return next((str(version) for version in versions if version), "bianma")


def _as_version(task: Json, version: str) -> Json:
    """File the task's predictions under the project's one model version: no other is shown to the coder."""
    if not task.get("predictions"):
        return task
    return {**task, "predictions": [{**p, "model_version": version} for p in task["predictions"]]}


def _prefill(desk: Desk, project: int) -> None:
    """See that the project shows its predictions: the server names their version itself at the first import only."""
    now = desk.project(project)
    if not now["model_version"] and now["total_predictions_number"]:
        desk.update_project(project, {"model_version": next(iter(desk.get(f"/api/projects/{project}/model-versions")))})


def _report(
    desk: Desk, project: int, tasks: Sequence[Json], stock: Stock, tally: _Tally, *, created: bool
) -> PushReport:
    shas: dict[str, Any] = {task["data"]["uid"]: task["data"]["sha"] for task in tasks}
    changed = {uid for uid, sha in shas.items() if all(lot.sha != sha for lot in stock[uid])}
    return PushReport(
        project=project,
        url=f"{desk.url}/projects/{project}",
        created=created,
        sent=len(tally.sent),
        present=len(set(shas) - tally.sent - changed),
        removed=tally.removed,
        changed=tuple(sorted(changed)),
        conflicts=tuple(sorted(tally.conflicts)),
        strange=tuple(sorted(set(stock) - set(shas))),
    )


def _pulled(uid: str, copies: Sequence[Json]) -> Iterator[PulledTask]:
    """Yield the task if it was worked on: what was coded counts before what was skipped, the newer before the older."""
    found = [(a, task) for task in copies for a in task["annotations"]]
    if found:
        found.sort(key=lambda pair: (not pair[0]["was_cancelled"], pair[0]["updated_at"], pair[0]["id"]), reverse=True)
        annotation, task = found[0]
        others = tuple(a for a, _ in found[1:])
        yield PulledTask(
            uid=uid,
            sha=str(task["data"].get("sha", "")),
            task=task["id"],
            data=task["data"],
            annotation=annotation,
            others=others,
        )
