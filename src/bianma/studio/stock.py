"""What lies in a project: which uid in which tasks, and what to do about a uid that lies there twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bianma.studio.client import Desk, Json


@dataclass(frozen=True, slots=True)
class Lot:
    """One task on the server."""

    task: int
    sha: str


Stock = Mapping[str, Sequence[Lot]]  # uid → its tasks, oldest first; more than one is a double


def take_stock(tasks: Iterable[Json]) -> Stock:
    """Return the tasks by uid; a task that bianma did not make lies under the empty uid."""
    stock: dict[str, list[Lot]] = {}
    for task in sorted(tasks, key=lambda t: int(t["id"])):
        data = task["data"]
        stock.setdefault(str(data.get("uid", "")), []).append(Lot(task["id"], str(data.get("sha", ""))))
    return stock


def size(stock: Stock) -> int:
    """Return the number of tasks."""
    return sum(map(len, stock.values()))


def doubles(stock: Stock) -> dict[str, set[int]]:
    """Return the tasks of every uid that lies there more than once."""
    return {uid: {lot.task for lot in lots} for uid, lots in stock.items() if uid and len(lots) > 1}


def surplus(copies: Sequence[Json], sha: str) -> tuple[list[int], bool]:
    """Say which of the `copies` of one task may go, and whether more than one was worked on (then those all stay).

    A copy with an annotation, a skip or a draft of anybody never goes. If none was worked on, the oldest with the text
    `sha` stays.

    >>> surplus([{"id": 1, "annotations": [], "drafts": [], "data": {"sha": "x"}},
    ...          {"id": 2, "annotations": [{"id": 7}], "drafts": [], "data": {"sha": "x"}}], "x")
    ([1], False)
    """
    worked = [copy for copy in copies if copy["annotations"] or copy["drafts"]]
    rest = sorted((c for c in copies if c not in worked), key=lambda c: (c["data"].get("sha") != sha, c["id"]))
    return [int(c["id"]) for c in (rest if worked else rest[1:])], len(worked) > 1


def remove_doubles(desk: Desk, project: int, stock: Stock, shas: Mapping[str, str]) -> tuple[int, list[str]]:
    """Delete untouched surplus copies; return how many, and the uids of which two or more copies were worked on.

    Asks the server for everybody's annotations and drafts of this moment first.
    """
    twice = doubles(stock)
    if not twice:
        return 0, []
    tasks = {int(t["id"]): t for t in desk.export(project)}
    gone, conflicts = [], []
    for uid, ids in twice.items():
        extra, conflict = surplus([tasks[i] for i in sorted(ids) if i in tasks], shas.get(uid, ""))
        gone += extra
        conflicts += [uid] if conflict else []
    desk.delete_tasks(project, gone)
    return len(gone), conflicts
