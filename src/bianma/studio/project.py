"""The one project of a study at a coder's desk: found by a mark in its description, made if it is not there.

The mark is set in the very request that creates the project, so no kill can part them; a project is never known by its
title alone, which coders may change.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from bianma.errors import StudioError
from bianma.records import content_hash
from bianma.studio.client import Desk, Json, LostAnswerError
from bianma.studio.intent import POLL, QUIET, Intent, clear_intent, read_intent, write_intent

TITLE_LENGTH = 50  # Label Studio's limit, in code points
SETTINGS: dict[str, Any] = {
    "maximum_annotations": 1,
    "sampling": "Sequential sampling",
    "show_skip_button": True,
    "enable_empty_annotation": True,
    "show_collab_predictions": True,
}


def mark_of(key: str) -> str:
    """Return the mark of the study `key`, which stands in its project's description."""
    return f"[bianma:{content_hash(key)}]"


def find_project(desk: Desk, key: str) -> int | None:
    """Return the id of the study's project at this desk; None if there is none. StudioError if two of it hold tasks."""
    found = _marked(desk, key)
    return int(found[0]["id"]) if found else None


def ensure_project(
    desk: Desk, title: str, config: str, *, key: str, instruction: str, intent: Path
) -> tuple[int, bool]:
    """Return the study's project, made or brought up to date, and whether it was made just now."""
    project = _find_unfinished(desk, key, intent)
    if project is None:
        write_intent(intent, Intent(project=0, before=0, count=0))
        return _create(desk, title, config, key, instruction), True
    for empty in _marked(desk, key)[1:]:  # left by a creation whose answer was lost
        desk.delete_project(int(empty["id"]))
    _update(desk, project, config, instruction)
    return project, False


def _marked(desk: Desk, key: str) -> list[Json]:
    """Return the study's projects, the one to use first; the others are empty."""
    found = [p for p in desk.projects() if mark_of(key) in (p["description"] or "")]
    filled = sorted((p for p in found if p["task_number"]), key=lambda p: int(p["id"]))
    if len(filled) > 1:
        places = " and ".join(f"{desk.url}/projects/{p['id']}" for p in filled)
        raise StudioError(f"coder {desk.coder} has this study twice, at {places}; delete the one that nobody coded in")
    return sorted(found, key=lambda p: (not p["task_number"], int(p["id"])))


def _find_unfinished(desk: Desk, key: str, intent: Path) -> int | None:
    """Find the project; if an earlier run was killed while it had it made, give the server time to finish."""
    left = read_intent(intent)
    if left is None or left.project:
        return find_project(desk, key)
    project = _patiently(lambda: find_project(desk, key))
    clear_intent(intent)
    return project


def _create(desk: Desk, title: str, config: str, key: str, instruction: str) -> int:
    described = f"Made by bianma, which knows the project by this mark: {mark_of(key)}"
    texts = {"label_config": config, "expert_instruction": instruction, "show_instruction": bool(instruction)}
    try:
        return desk.create_project({"title": _title(title), "description": described, **texts, **SETTINGS})
    except LostAnswerError:
        project = _patiently(lambda: find_project(desk, key))
        if project is None:
            raise
        return project


def _patiently(find: Callable[[], int | None]) -> int | None:
    end = monotonic() + QUIET
    while (project := find()) is None and monotonic() < end:
        sleep(POLL)
    return project


def _update(desk: Desk, project: int, config: str, instruction: str) -> None:
    """Change what differs, after asking whether the labels in use would all remain."""
    now = desk.project(project)
    wanted: Json = {"label_config": config, "expert_instruction": instruction, "show_instruction": bool(instruction)}
    changes = {name: value for name, value in wanted.items() if (now[name] or type(value)()) != value}
    if "label_config" in changes:
        _check_labels(desk, project, config)
    if changes:
        try:
            desk.update_project(project, changes)
        except LostAnswerError:
            desk.update_project(project, changes)  # setting the same twice is setting it once


def _check_labels(desk: Desk, project: int, config: str) -> None:
    """Raise StudioError if `config` lacks a label that somebody used: the server would take it, and show them bare."""
    try:
        desk.post(f"/api/projects/{project}/validate/", {"label_config": config})
    except LostAnswerError:
        raise
    except StudioError as e:
        raise StudioError(
            f"coder {desk.coder}'s project cannot take the new labelling config; if spans there still bear a code that "
            f"the codebook no longer has, keep that code until they are recoded. {e}"
        ) from e


def _title(title: str) -> str:
    """Fit `title` into Label Studio's limits of 3 and 50 code points."""
    title = title if len(title) >= 3 else f"bianma {title}"
    return title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…"


def leaks(places: Sequence[tuple[Desk, int]]) -> list[str]:
    """Return a sentence for every coder who can read another's project; `places` are the desks with their projects.

    The server that bianma manages lets nobody; a Label Studio Community run by others lets all who know a number.
    """
    return [
        f"coder {reader.coder} can read the project of coder {owner.coder} ({owner.url}/projects/{project}): the "
        "coding is not blind. Use the server that `bianma studio up` starts, or a server for each coder"
        for owner, project in places
        for reader, _ in places
        if reader is not owner and reader.url == owner.url and reader.sees(project)
    ]
