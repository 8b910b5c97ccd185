"""Tasks and a labelling config for the tests of push and pull. The sentences are our own."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bianma.records import CoderId, text_sha
from bianma.studio.accounts import Account
from bianma.studio.client import Desk

CONFIG = (
    '<View><Relations><Relation value="supports"/></Relations>'
    '<Labels name="concept" toName="text"><Label value="恐惧" alias="dilemma.fear"/><Label value="dilemma.spiral"/></Labels>'
    '<Text name="text" value="$text" granularity="symbol"/>'
    '<Choices name="voice" toName="text" perRegion="true"><Choice value="作者" alias="author"/></Choices>'
    '<TextArea name="note" toName="text" perRegion="true"/></View>'
)
TEXT = "在𠮷国看来，邻国的扩军令它恐惧，于是它也扩军；双方都说自己只求自保。"


def make_task(number: int, text: str = TEXT) -> dict[str, Any]:
    text = f"{number}. {text}"
    start = text.index("恐惧")
    span = {"start": start, "end": start + 2}
    result = [
        {
            "id": "s1",
            "from_name": "concept",
            "to_name": "text",
            "type": "labels",
            "value": {**span, "labels": ["dilemma.fear"]},
        },
        {
            "id": "s1",
            "from_name": "voice",
            "to_name": "text",
            "type": "choices",
            "value": {**span, "choices": ["author"]},
        },
    ]
    data = {"text": text, "title": "样例", "uid": f"passage-{number:04}", "sha": text_sha(text)}
    return {"data": data, "predictions": [{"model_version": "run-1", "score": 0.9, "result": result}]}


def make_tasks(count: int) -> list[dict[str, Any]]:
    return [make_task(n) for n in range(count)]


def coded(note: str = "") -> list[dict[str, Any]]:
    """Return what the editor sends for one span with a note."""
    span, common = {"start": 0, "end": 2}, {"id": "n1", "to_name": "text", "origin": "manual"}
    notes = [{**common, "from_name": "note", "type": "textarea", "value": {**span, "text": [note]}}] if note else []
    labels = {**span, "labels": ["dilemma.spiral"]}
    return [{**common, "from_name": "concept", "type": "labels", "value": labels}, *notes]


def annotate(desk: Desk, task: int, *, skipped: bool = False, note: str = "") -> int:
    """Code a task as a coder would, through the server; return the annotation's id."""
    return int(desk.post(f"/api/tasks/{task}/annotations/", {"result": coded(note), "was_cancelled": skipped})["id"])


def draft(desk: Desk, task: int, *, note: str = "") -> int:
    """Begin to code a task without submitting it; return the draft's id."""
    return int(desk.post(f"/api/tasks/{task}/drafts", {"result": coded(note), "lead_time": 1})["id"])


def uids(desk: Desk, project: int) -> Counter[str]:
    """Return how often each uid lies on the server."""
    return Counter(task["data"]["uid"] for task in desk.export(project))


def main() -> None:
    """Push or pull as a client of its own, which a test can kill: verb, url, token, title, count, intent."""
    from bianma.studio import intent as intent_module
    from bianma.studio import sync

    verb, url, token, title, count, intent = sys.argv[1:]
    sync.CHUNK, intent_module.QUIET = 4, 1.0
    account = Account(coder=CoderId("kill"), email="", password="", token=token, organisation=0)
    with Desk(url, account) as desk:
        if verb == "push":
            sync.push(desk, title, CONFIG, make_tasks(int(count)), intent=Path(intent))
        else:
            sync.pull(desk, title)


if __name__ == "__main__":
    main()
