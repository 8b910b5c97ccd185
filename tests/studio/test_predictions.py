from collections.abc import Callable
from typing import Any

import pytest
from tests.studio.material import CONFIG, make_task, make_tasks

from bianma.errors import StudioError
from bianma.studio.predictions import check_tasks, read_controls

Task = dict[str, Any]


def region(task: Task, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = task["predictions"][0]["result"][number]
    return found


def add(task: Task, **result: Any) -> None:
    task["predictions"][0]["result"].append(result)


def span(task: Task, start: Any, end: Any) -> None:
    region(task)["value"].update(start=start, end=end)


def second_span(task: Task) -> None:
    add(task, **{**region(task), "value": {"start": 0, "end": 1, "labels": ["dilemma.spiral"]}})


def begin_with_line_break(task: Task) -> None:
    task["data"]["text"] = "一\n二"
    task["predictions"][0]["result"] = [region(task)]
    span(task, 1, 3)


SPOILED: list[tuple[str, Callable[[Task], object]]] = [
    ("has no value 'x'", lambda t: region(t)["value"].update(labels=["x"])),
    (
        "has no value '恐惧'",
        lambda t: region(t)["value"].update(labels=["恐惧"]),
    ),  # results bear the alias, not the value
    ("must hold a list of words", lambda t: region(t)["value"].update(labels=[])),
    ("no control 'other'", lambda t: region(t).update(from_name="other")),
    ("to_name is 'x', it must be 'text'", lambda t: region(t).update(to_name="x")),
    ("'textlabels' does not fit", lambda t: region(t).update(type="textlabels")),
    ("'labels' does not fit the control 'voice'", lambda t: region(t).update(from_name="voice")),
    (r"\[-1, 2\) does not fit", lambda t: span(t, -1, 2)),
    (r"\[3, 3\) does not fit", lambda t: span(t, 3, 3)),
    (r"\[4, 3\) does not fit", lambda t: span(t, 4, 3)),
    (r"\[0, 999\) does not fit", lambda t: span(t, 0, 999)),
    (r"\[0, 2\) does not fit", lambda t: span(t, "0", "2")),
    (r"\[True, 2\) does not fit", lambda t: span(t, True, 2)),
    ("begins with a line break", begin_with_line_break),
    ("an id of its own", second_span),
    ("an id of its own", lambda t: region(t).pop("id")),
    ("must repeat id and range", lambda t: region(t, 1)["value"].update(end=1)),
    ("must repeat id and range", lambda t: region(t, 1).update(id="s9")),
    ("to_id 'gone' is no span", lambda t: add(t, type="relation", from_id="s1", to_id="gone", labels=["supports"])),
    ("the config has no 'denies'", lambda t: add(t, type="relation", from_id="s1", to_id="s1", labels=["denies"])),
    ("must be a list of regions", lambda t: t["predictions"][0].update(result={})),
    ("must be a list of regions", lambda t: t["predictions"][0].update(result=["x"])),
    ("lone surrogate", lambda t: t["data"].update(text="恐\ud842惧")),
    ("lone surrogate", lambda t: region(t).update(meta={"text": ["\udfb7"]})),
    ("NUL character", lambda t: t["data"].update(title="a\x00b")),
    ("data.text is empty", lambda t: t["data"].update(text=" \n")),
    ("data.text is empty", lambda t: t["data"].pop("text")),
    ("without data.uid or data.sha", lambda t: t["data"].pop("uid")),
    ("without data.uid or data.sha", lambda t: t["data"].pop("sha")),
]


def test_good_tasks_pass() -> None:
    check_tasks(CONFIG, make_tasks(3))
    check_tasks(CONFIG, [{"data": make_task(1)["data"]}])  # the control arm has no predictions
    noted = make_task(1)
    start = region(noted)["value"]["start"]
    add(
        noted,
        id="s2",
        from_name="concept",
        to_name="text",
        type="labels",
        value={"start": 0, "end": 2, "labels": ["dilemma.spiral"]},
    )
    value = {"start": start, "end": start + 2, "text": ["任何字句"]}
    add(noted, id="s1", from_name="note", to_name="text", type="textarea", value=value)
    add(noted, id="p1", from_name="note", to_name="text", type="textarea", value={"text": ["整段"]})
    add(noted, type="relation", from_id="s1", to_id="s2", labels=["supports"])
    check_tasks(CONFIG, [noted])


@pytest.mark.parametrize(("said", "spoil"), SPOILED)
def test_what_the_browser_would_not_show_is_refused(said: str, spoil: Callable[[Task], object]) -> None:
    task = make_task(1)
    spoil(task)
    with pytest.raises(StudioError, match=said):
        check_tasks(CONFIG, [make_task(0), task])


def test_all_problems_are_named_up_to_ten() -> None:
    tasks = make_tasks(14)
    for task in tasks[1:]:
        span(task, 5, 4)
        task["predictions"][0]["result"] = [region(task)]
    with pytest.raises(StudioError) as caught:
        check_tasks(CONFIG, tasks)
    assert "passage-0001" in str(caught.value)
    assert "passage-0010" in str(caught.value)
    assert "passage-0011" not in str(caught.value)
    assert str(caught.value).endswith("(and 3 more)")


def test_a_uid_twice() -> None:
    with pytest.raises(StudioError, match="passage-0001: this uid occurs twice"):
        check_tasks(CONFIG, [make_task(1), make_task(1)])


@pytest.mark.parametrize(("config", "said"), [("<View>", "not well-formed"), ("<View/>", "shows no text")])
def test_configs(config: str, said: str) -> None:
    with pytest.raises(StudioError, match=said):
        read_controls(config)
