"""The whole way on the articles you name: two coders, each with their own log-in, at a real Label Studio in Chromium.

    python benchmarks/whole_way.py corpus/*.txt

makes a temporary study of the articles and of one more, generated, that holds what breaks offsets (astral characters,
emoji, line breaks, markup, runs of spaces, a very long paragraph), pushes it to two coders, and checks

- on the screen: every suggestion of every passage is visible on exactly the characters it was made for;
- of their work: spans accepted, relabelled, moved by the mouse, deleted and drawn come back with the right raw range,
  quote, coder, origin and time, and nothing else changed; neither coder can open the other's project;
- the second push and the second pull: no file and no task changes.

Prints how many of how many are right, each thing that is not, and exits 1 if there is one. No text is kept.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "src")]

from coder_work import PASSAGE_NOTE, Seat, Work, as_row, do, drawn_range, expected, now, plan  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402
from playwright.sync_api import Error as BrowserError  # noqa: E402
from tests.studio.browser import CoderAtDesk, chromium  # noqa: E402

from bianma import jsonl  # noqa: E402
from bianma.errors import StudioError  # noqa: E402
from bianma.records import CODED_KINDS, CoderId, Coding, PassageId  # noqa: E402
from bianma.study import desk as desks  # noqa: E402
from bianma.study import make, steps  # noqa: E402
from bianma.study.store import Study  # noqa: E402
from bianma.study.verify import verify  # noqa: E402

EXTRA = "generated"
HARD = """# 𠮷氏论同盟困境与被牵连

一、双重恐惧👩‍👩‍👧：被抛弃与被牵连

𠮷氏𠀀认为，小国🇯🇵既怕被抛弃👍🏽，也怕  被牵连；若 a < b && c，则“<安全困境>”与 &amp;lt; 同盟困境　并存，𠮷𠮷被抛弃𠀀。
然而，大国的承诺👨‍👩‍👧‍👦未必可信，
这一行与上一行　本是一句：𠮷国因此怕被牵连，葛\U000e0100氏亦怕被抛弃。cafe\u0301 之中，同盟困境无从化解。

| 概念𠮷 | 所怕何事👩‍👩‍👧 |
| --- | --- |
| 被牵连 | 卷入他国的战争𠀀，然而承诺仍在 |
| 被抛弃 | 失去大国的  保护 |
| 安全困境 | 因此越求安全越不安全 <&> |

二、无可标注𠮷

"""
LONG = "第{}次危机里，𠮷国先是怕被抛弃，继而又怕被牵连👩‍👩‍👧；然而大国的承诺总嫌不够，同盟困境因此难解。"


@dataclass
class Tally:
    """What was checked and what of it was right, by line of the table and coder."""

    checked: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def check(self, what: str, who: str, found: object, fault: Callable[[], str] | str = "") -> None:
        """Count one check; `fault` says what is wrong where `found` is false."""
        self.checked[what, who] += 1
        self.right[what, who] += bool(found)
        if not found:
            self.faults.append(f"{who}, {what}: {fault() if callable(fault) else fault}")
            print(self.faults[-1], flush=True)

    def table(self) -> Iterator[str]:
        """Yield the table, a line for each kind of check."""
        whos = list(dict.fromkeys(who for _, who in self.checked))
        yield f"{'right of checked':<46}" + "".join(f"{who:>18}" for who in whos)
        for what in dict.fromkeys(what for what, _ in self.checked):
            cells = (f"{self.right[what, w]} of {n}" if (n := self.checked[what, w]) else "" for w in whos)
            yield f"{what:<46}" + "".join(f"{cell:>18}" for cell in cells)


def make_study(root: Path, files: Iterable[Path]) -> Study:
    """Make the study with its suggestions. The generated table is declared body text, so that line breaks are shown."""
    make.init(root)
    for file in files:
        shutil.copy(file, root / "corpus")
    text = HARD + "".join(LONG.format(n) for n in range(1, 106)) + "\n"
    (root / "corpus" / f"{EXTRA}.txt").write_bytes(text.replace("\n", "\r\n").encode())
    study = Study(root)
    steps.ingest(study, now=now())
    passages = [replace(p, kind="body") if p.doc == EXTRA and p.kind == "table" else p for p in study.passages()]
    jsonl.write(study.annotations / "passages.jsonl", passages)
    steps.suggest(study, now=now())
    return study


def check_screen(seat: Seat, tally: Tally, *, every: int) -> None:
    """Open every task, or each `every`-th, and compare what is drawn with what was made."""
    shown, texts = seat.study.shown(seat.coder), seat.study.texts()
    passages = [p for p in seat.study.passages() if p.kind in CODED_KINDS][::every]
    for n, p in enumerate(passages, 1):
        seat.window.open_task(seat.project, seat.tasks[p.id])
        drawn, raw = seat.window.settled(len(shown[p.id].suggestions)), texts[p.doc].raw
        tally.check("passages read on the screen as in the record", seat.coder, seat.window.text() == p.text, p.id)
        ours = shown[p.id].suggestions
        for s in ours:
            span, seen = drawn_range(p, raw, s), drawn.get(s.id)
            exact = seen is not None and seen.on(span.start, span.end, s.text)
            tally.check("suggestions on the right characters", seat.coder, exact, f"{p.id} {s.id} {span}: {seen}")
            tally.check("their quotes in the raw source", seat.coder, raw[s.start : s.end] == s.quote, s.id)
        more = drawn.keys() - {s.id for s in ours}
        tally.check("passages without any other highlight", seat.coder, not more, f"{p.id}: {more}")
        if n % 50 == 0 or n == len(passages):
            print(f"  {seat.coder}: {n} of {len(passages)} passages seen, {len(tally.faults)} faults", flush=True)


def check_work(seat: Seat, pulled: Mapping[PassageId, Coding], tally: Tally) -> None:
    """Compare every coding with what was done; what was not worked on must have none."""
    raws = {doc: text.raw for doc, text in seat.study.texts().items()}
    for work in seat.works:
        coding = pulled.get(work.passage.id)
        tally.check("codings fetched", seat.coder, coding, work.passage.id)
        if coding:
            _check_coding(seat, work, coding, raws[coding.doc], tally)
    more = pulled.keys() - {w.passage.id for w in seat.works}
    tally.check("no coding of a passage not worked on", seat.coder, not more, str(more))


def _check_coding(seat: Seat, work: Work, coding: Coding, raw: str, tally: Tally) -> None:
    who, where = seat.coder, work.passage.id
    found = [as_row(s) for s in coding.spans]
    rows = expected(work, seat.study.codebook)
    for what, wanted in rows.items():
        for row in wanted:
            tally.check(f"spans {what}", who, row in found, lambda row=row: f"{where}: {row} is not among {found}")
    for gone in work.delete:
        tally.check("spans deleted", who, gone.id in coding.rejected, f"{where}: {gone.id} is not among the rejected")
    exact = len(found) == sum(map(len, rows.values())) and len(coding.rejected) == len(work.delete)
    tally.check("codings with nothing else changed", who, exact, lambda: f"{where}: {found}, {coding.rejected}")
    last_seen, texts = seat.screens.get(where, []), sorted(s.text for s in coding.spans)
    tally.check("codings as last seen on the screen", who, last_seen == texts, f"{where}: {last_seen}, {texts}")
    for s in coding.spans:
        tally.check("quotes in the raw source", who, raw[s.start : s.end] == s.quote, f"{where}: {s.id}")
    began, ended = seat.times[where]
    tally.check("times between before and after", who, began <= coding.at <= ended, f"{where}: {coding.at}")
    said = (coding.coder, coding.status, coding.note, coding.relations)
    wanted_said = (who, "skipped" if work.skip else "done", PASSAGE_NOTE if work.note else "", ())
    tally.check("coder, status and note", who, said == wanted_said, f"{where}: {said}")


def check_blind(reader: Seat, owner: Seat, tally: Tally) -> None:
    """Try to open the other coder's project: its pages, its API with the page's log-in, its API with the token."""
    what, passage = "closed doors of the other's project", owner.works[1].passage
    task, project, window = owner.tasks[passage.id], owner.project, reader.window
    for path in (f"/projects/{project}/data?task={task}", f"/projects/{project}/data", f"/projects/{project}/"):
        window.page.goto(f"{window.url}{path}")
        window.page.wait_for_timeout(2000)
        tally.check(what, reader.coder, passage.text[:12] not in window.page.content(), path)
    paths = [f"/api/projects/{project}/", f"/api/projects/{project}/export?exportType=JSON", f"/api/tasks/{task}/"]
    paths += [f"/api/tasks?project={project}", f"/api/tasks/{task}/annotations/", f"/api/tasks/{task}/drafts"]
    for path in paths:
        status = window.page.context.request.get(f"{window.url}{path}").status
        tally.check(what, reader.coder, status in (403, 404), f"{path} answers {status}")
        tally.check(what, reader.coder, _refused(reader.desk.get, path), f"{path} answers to the token")
    write = _refused(reader.desk.post, f"/api/tasks/{task}/annotations/", {"result": []})
    tally.check(what, reader.coder, write, "an annotation can be written there")
    listed = [p["id"] for p in reader.desk.projects()]
    tally.check(what, reader.coder, listed == [reader.project], f"projects {listed} are listed")


def _refused(call: Callable[..., Any], *args: Any) -> bool:
    try:
        call(*args)
    except StudioError:
        return True
    return False


def state(study: Study, seats: Sequence[Seat]) -> dict[str, Any]:
    """Return every file of the study (time and content) and what the server counts, to be compared."""
    files = [p for p in study.root.rglob("*") if p.is_file() and study.state not in p.parents]
    counters = ("task_number", "total_annotations_number", "total_predictions_number", "skipped_annotations_number")
    out: dict[str, Any] = {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in files}
    for seat in seats:
        now_there = seat.desk.project(seat.project)
        out[f"project of {seat.coder}"] = {c: now_there[c] for c in counters}
        out[f"tasks of {seat.coder}"] = sorted((t["id"], t["data"]["uid"]) for t in seat.desk.inventory(seat.project))
    return out


def check_again(study: Study, seats: Sequence[Seat], tally: Tally) -> None:
    """Push and pull a second time: nothing may change."""
    before = state(study, seats)
    for pushed in desks.push(study, now=now(), progress=quiet):
        calm = pushed.sent == 0 and pushed.present == len(seats[0].tasks) and not pushed.findings
        tally.check("second push: nothing sent", pushed.coder, calm, str(pushed))
    _check_same("second push: files and tasks as they were", before, state(study, seats), seats, tally)
    for pulled in desks.pull(study, now=now()):
        calm = pulled.changed == 0 and not pulled.findings
        tally.check("second pull: nothing changed", pulled.coder, calm, str(pulled))
    _check_same("second pull: files and tasks as they were", before, state(study, seats), seats, tally)


def _check_same(
    what: str, before: Mapping[str, Any], after: Mapping[str, Any], seats: Sequence[Seat], tally: Tally
) -> None:
    other = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    for seat in seats:
        tally.check(what, seat.coder, not other, f"{other} changed")


def quiet(coder: str) -> Callable[[int, int], None]:
    """Show no progress."""
    return lambda done, total: None


@contextmanager
def seats(study: Study, browser: Browser) -> Iterator[list[Seat]]:
    """Push the study, and yield its coders, each in a window of their own and logged in."""
    pushed = desks.push(study, now=now(), progress=quiet)
    with ExitStack() as opened:
        out = []
        for desk, report in zip(desks.open_desks(study, [p.coder for p in pushed]), pushed, strict=True):
            opened.enter_context(desk)
            tasks = {str(t["data"]["uid"]): int(t["id"]) for t in desk.inventory(report.project)}
            window = CoderAtDesk(browser, desk.url)
            opened.callback(window.close)
            account = desk.account
            window.login(account.email, account.password)  # type: ignore[attr-defined]
            out.append(Seat(study, desk, window, report.project, tasks))
        yield out


def work_all(seat: Seat, tally: Tally, *, turned: bool) -> None:
    """Do all of a coder's work; a passage on which the browser could not do it is a fault."""
    raws = {doc: text.raw for doc, text in seat.study.texts().items()}
    seat.works = plan(seat, turned=turned)
    for work in seat.works:
        try:
            do(seat, work, raws[work.passage.doc])
            tally.check("passages worked on", seat.coder, True)
        except (BrowserError, AssertionError) as e:
            tally.check("passages worked on", seat.coder, False, f"{work.passage.id}: {e}")
    print(f"  {seat.coder}: {len(seat.works)} passages worked on", flush=True)


def walk(study: Study, tally: Tally, *, second: int | None) -> None:
    """Go the whole way with both coders; `second` as on the command line, None to leave the screens out."""
    with chromium() as browser, seats(study, browser) as both:
        if second is not None:
            check_screen(both[0], tally, every=1)
            check_screen(both[1], tally, every=second)
        for n, seat in enumerate(both):
            work_all(seat, tally, turned=n > 0)
        for pulled in desks.pull(study, now=now()):
            tally.check("pull without findings", pulled.coder, not pulled.findings, str(pulled.findings))
        for seat in both:
            check_work(seat, {c.passage: c for c in study.codings(CoderId(seat.coder))}, tally)
        check_blind(both[0], both[1], tally)
        check_blind(both[1], both[0], tally)
        check_again(study, both, tally)
    tally.check("the study verified", "study", not (found := list(verify(study))), str(found))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--port", type=int, default=18480)
    parser.add_argument("--work-only", action="store_true", help="leave out the check of all screens")
    parser.add_argument(
        "--second", type=int, default=1, metavar="N", help="show the second coder each N-th passage only"
    )
    chosen = parser.parse_args()
    tally, began = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        study = make_study(Path(folder) / "study", chosen.files)
        passages = [p for p in study.passages() if p.kind in CODED_KINDS]
        print(f"{len(chosen.files) + 1} articles, {len(passages)} passages, {len(study.suggestions())} suggestions")
        desks.up(study, say=print, port=chosen.port)
        try:
            walk(study, tally, second=None if chosen.work_only else chosen.second)
        finally:
            desks.down(study)
    print("\n".join(tally.table()))
    print(f"{len(tally.faults)} faults in {time.monotonic() - began:.0f} s")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
