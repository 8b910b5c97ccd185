import json
import re
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from tests.studio.material import CONFIG, annotate, draft, make_task

from bianma.errors import StudioError
from bianma.records import CoderId
from bianma.studio import accounts
from bianma.studio.accounts import Account, email_of, ensure, read_accounts, require_accounts
from bianma.studio.client import Desk, token_works
from bianma.studio.install import program, quiet_environment
from bianma.studio.server import ServerStatus
from bianma.studio.sync import push

SECRET = "甲的密语"  # stands in the text, the note and the title of one coder's project


def log_in(url: str, account: Account) -> httpx.Client:
    """Return a browser's session of the coder, as far as cookies go."""
    with httpx.Client(base_url=url, trust_env=False) as http:
        csrf = http.get("/user/login/").cookies["csrftoken"]
        form = {"email": account.email, "password": account.password, "csrfmiddlewaretoken": csrf}
        answer = http.post("/user/login/", data=form, headers={"Referer": url})
        if answer.status_code != 302:
            raise PermissionError(f"{account.email}: {answer.status_code}")
        return httpx.Client(base_url=url, trust_env=False, cookies=http.cookies)


@pytest.mark.studio
def test_ensure_makes_once_and_keeps(studio_server: ServerStatus, studio_venv: Path) -> None:
    def made() -> list[Account]:
        return ensure(studio_server.home, ["甲", "Ann", "ann"], venv=studio_venv, url=studio_server.url)

    first = made()
    written = (studio_server.home / accounts.FILE).stat()
    assert stat.S_IMODE(written.st_mode) == 0o600
    assert len({a.organisation for a in first}) == len({a.email for a in first}) == 3
    assert made() == first
    assert (studio_server.home / accounts.FILE).stat().st_mtime_ns == written.st_mtime_ns
    for account in first:
        log_in(studio_server.url, account).close()


@pytest.mark.studio
@pytest.mark.parametrize("damage", ["lost", "damaged", "wrong token"])
def test_accounts_lost_are_made_again_and_the_work_stays(
    studio_server: ServerStatus, studio_venv: Path, tmp_path: Path, damage: str
) -> None:
    said: list[str] = []

    def made() -> Account:
        return ensure(studio_server.home, [damage], venv=studio_venv, url=studio_server.url, say=said.append)[0]

    before = made()
    with Desk(studio_server.url, before) as desk:
        project = push(desk, "work", CONFIG, [make_task(1)], intent=tmp_path / "i").project
    assert said == [], "a coder who is new has lost nothing"
    path = studio_server.home / accounts.FILE
    others = path.read_bytes()
    if damage == "lost":
        path.unlink()
    elif damage == "damaged":
        path.write_bytes(others[: len(others) // 2])
    else:
        path.write_bytes(others.replace(before.token.encode(), b"eyJ.eyJ.eyJ"))
    after = made()
    assert (after.email, after.organisation) == (before.email, before.organisation)
    assert not token_works(studio_server.url, before.token), "a token that may be in wrong hands must be revoked"
    log_in(studio_server.url, after).close()
    if damage != "wrong token":
        with pytest.raises(PermissionError):
            log_in(studio_server.url, before)
        assert len(said) == 1, "a coder shut out without a word does not know what to do"
        assert re.search(rf"accounts\.json was lost.*new passwords were made for {damage}, .*studio status", said[0])
        assert after.password not in said[0]
    else:
        assert said == []
        assert after.password == before.password, "the coder's own password was not lost"
    with Desk(studio_server.url, after) as desk:
        assert [p["id"] for p in desk.projects()] == [project]


@pytest.mark.parametrize(
    ("coder", "email"),
    [
        ("lin", "lin@bianma.local"),
        ("Lin", r"lin-[0-9a-f]{6}@bianma.local"),  # the server lowers what is typed: must not become lin's
        ("林", r"coder-[0-9a-f]{6}@bianma.local"),
        ("a b/c", r"a-b-c-[0-9a-f]{6}@bianma.local"),
        ("x" * 90, r"x{40}-[0-9a-f]{6}@bianma.local"),
    ],
)
def test_email(coder: str, email: str) -> None:
    assert re.fullmatch(email, email_of(coder))
    assert email_of(coder) == email_of(coder).lower()


def test_accounts_of_a_foreign_server(tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    with pytest.raises(StudioError, match=r"no account for lin, chen.*Personal\s+Access\s+Token.*\"coder\": \"lin\""):
        require_accounts(path, [CoderId("lin"), CoderId("chen")])
    path.write_text(f"[{accounts.EXAMPLE}]", "utf-8")
    assert require_accounts(path, [CoderId("lin")])[0].organisation == 3
    path.write_text(json.dumps([{"coder": "lin"}]), "utf-8")
    with pytest.raises(StudioError, match=r"accounts\.json: .*`email`"):
        read_accounts(path)


def test_secrets_are_not_shown() -> None:
    account = Account(coder=CoderId("lin"), email="e", password="hunter2", token="eyJ", organisation=1)
    assert "hunter2" not in repr(account)
    assert "eyJ" not in repr(account)


@pytest.fixture(scope="module")
def strangers(
    desk_factory: Callable[[str], Desk], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Desk, Desk, dict[str, int]]:
    """Two coders' desks, and the numbers of everything that the first one has."""
    mine, other = desk_factory("甲"), desk_factory("乙")
    intent = tmp_path_factory.mktemp("blind") / "intent.json"
    task = make_task(1, text=f"{SECRET}：恐惧。")
    project = push(mine, SECRET, CONFIG, [task], intent=intent, instruction=SECRET).project
    number = next(iter(mine.inventory(project)))["id"]
    ids = {"project": project, "task": number, "annotation": annotate(mine, number, note=SECRET)}
    ids["draft"] = draft(mine, number, note=SECRET)
    ids["prediction"] = mine.export(project)[0]["predictions"][0]
    view = mine.post("/api/dm/views/", {"project": project, "data": {"title": SECRET}})
    ids |= {"view": view["id"], "organisation": mine.project(project)["organization"]}
    push(other, "乙的项目", CONFIG, [make_task(2)], intent=intent)
    return mine, other, ids


ROUTES = """
from label_studio.server import _setup_env
_setup_env()
from django.urls import URLPattern, get_resolver
def walk(node, before=""):
    for entry in node.url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            print("route:", here)
        else:
            walk(entry, here)
walk(get_resolver())
"""


@pytest.fixture(scope="module")
def routes(studio_server: ServerStatus, studio_venv: Path) -> list[str]:
    """Every address that the server knows, as it says itself."""
    command = [program(studio_venv, "python"), "-c", ROUTES]
    environment = quiet_environment(studio_venv, studio_server.home)
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=True)
    return [line.removeprefix("route: ") for line in done.stdout.splitlines() if line.startswith("route: ")]


BESIDE = re.compile(r"storage|/ml/|webhook|docs/|static|logout|django-rq|trigger500|heidi|version|feature-flags")


def addresses(routes: list[str], ids: dict[str, int]) -> list[str]:
    """Return every address that could lead to a coder's work, filled with the numbers of all the first coder's things."""
    query = f"project={ids['project']}&task={ids['task']}&fields=all"
    found = {f"/api/tasks?view={ids['view']}&fields=all"}
    for route in routes:
        path = "/" + re.sub(r"[\^$?]|\\\.|\(\?P<format>[^)]*\)/?", "", route)
        if not BESIDE.search(path):
            for number in {*ids.values()} if re.search("[<(]", path) else {0}:
                found.add(f"{re.sub(r'<[^>]*>|[(][^)]*[)]', str(number), path)}?{query}")
    return sorted(found)


@pytest.mark.studio
@pytest.mark.parametrize("by", ["token", "session"])
def test_no_address_of_the_server_shows_a_coder_anything_of_another(
    strangers: tuple[Desk, Desk, dict[str, int]], routes: list[str], by: str
) -> None:
    mine, other, ids = strangers

    def open_as(desk: Desk) -> httpx.Client:
        if by == "session":
            return log_in(desk.url, desk.account)  # type: ignore[arg-type]
        access = httpx.post(f"{desk.url}/api/token/refresh/", json={"refresh": desk.account.token}, trust_env=False)
        bearer = {"Authorization": f"Bearer {access.json()['access']}"}
        return httpx.Client(base_url=desk.url, headers=bearer, trust_env=False)

    with open_as(mine) as owner, open_as(other) as reader:
        shown = [a for a in addresses(routes, ids) if SECRET in _text(owner.get(a))]
        assert len(shown) > 10, f"a sweep that finds nothing of one's own proves nothing: {shown}"
        assert [a for a in shown if SECRET in _text(reader.get(a))] == []


@pytest.mark.studio
def test_no_coder_can_write_to_another(strangers: tuple[Desk, Desk, dict[str, int]]) -> None:
    mine, other, ids = strangers
    project, task = ids["project"], ids["task"]
    before = mine.export(project)
    everything = {"selectedItems": {"all": True, "excluded": []}}
    first_draft, second = ids["draft"], f"/api/tasks/{task}/drafts"
    tries: list[Callable[[], object]] = [
        lambda: other.post("/api/dm/actions", everything, id="delete_tasks", project=project),
        lambda: other.post("/api/dm/actions", everything, id="delete_tasks_annotations", project=project),
        lambda: other.import_tasks(project, [make_task(9)]),
        lambda: other.update_project(project, {"title": "stolen"}),
        lambda: other.delete_project(project),
        lambda: other.export(project),
        lambda: annotate(other, task),
        lambda: draft(other, task),
        lambda: other.get(second),
        lambda: other.get(f"/api/drafts/{first_draft}/"),
        lambda: other.post("/api/dm/views/", {"project": project, "data": {}}),
        lambda: other.sdk.annotations.update(ids["annotation"], result=[]),
        lambda: other.sdk.annotations.delete(ids["annotation"]),
        lambda: other.sdk.tasks.delete(str(task)),
    ]
    for attempt in tries:
        with pytest.raises(StudioError, match=r"has no|forbids"):
            attempt()
    assert mine.export(project) == before


@pytest.mark.studio
def test_nobody_can_sign_up(strangers: tuple[Desk, Desk, dict[str, int]]) -> None:
    _, other, _ = strangers
    link = other.get("/api/invite")["token"]
    with httpx.Client(base_url=other.url, trust_env=False) as http:
        csrf = http.get("/user/login/").cookies["csrftoken"]
        form = {"email": "new@example.org", "password": "long-enough-1", "csrfmiddlewaretoken": csrf}
        for address in ("/user/signup/", f"/user/signup/?token={link}"):
            assert http.post(address, data=form, headers={"Referer": other.url}).status_code == 403


def _text(answer: httpx.Response) -> str:
    """Return the answer with JSON's escapes undone."""
    try:
        return json.dumps(answer.json(), ensure_ascii=False)
    except ValueError:
        return answer.text
