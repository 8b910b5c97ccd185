"""The real server in a real browser: suggestions drawn on the right characters, and a coder's work read back exactly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.studio.test_tasks import find, passage_of, shown_of, suggested

from bianma.codebook import Bilingual, load
from bianma.corpus.offsets import passage_map
from bianma.records import Coding, Passage, Relation, Suggestion
from bianma.spans import Span
from bianma.studio.config import hotkeys, labelling_config, searched
from bianma.studio.guide import instructions
from bianma.studio.tasks import to_coding, to_task

playwright = pytest.importorskip("playwright.sync_api")
from tests.studio.browser import CoderAtDesk, chromium  # noqa: E402

pytestmark = [pytest.mark.studio, pytest.mark.browser]

CODEBOOK = load(Path(__file__).parents[2] / "codebook")
CONFIG = labelling_config(CODEBOOK)
CODER = "linqing"
ENTRAPMENT, ABANDONMENT, FOLLOWER = (
    "alliance_dilemma.entrapment",
    "alliance_dilemma.abandonment",
    "role_theory.follower",
)

LONG = "".join(
    f"第{n}段：小国先是怕被抛弃，𠮷氏以为，继而又怕被牵连；两种担心此消彼长，大国的承诺因此总嫌不够。"
    for n in range(1, 120)
)
# name → (text of the passage, quotes to suggest on, each at every place it stands in)
TEXTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "plain": ("小国怕被抛弃，也怕被牵连。", ("被抛弃", "被牵连", "小国怕被抛弃，也怕被牵连。")),
    "astral Han": ("𠮷氏𠀀论被牵连，𠮷𠮷被抛弃𠀀。", ("被牵连", "被抛弃", "𠮷氏", "𠮷𠮷被抛弃𠀀")),
    "emoji": ("👩‍👩‍👧与🇯🇵都怕被牵连👍🏽，被抛弃🇯🇵。", ("被牵连", "👍🏽，被抛弃", "🇯🇵")),
    "newlines": (
        "第一行怕被抛弃\n第二行怕被牵连\n\n空行之后\n被牵连",
        ("被抛弃", "被牵连", "被抛弃\n第二行", "牵连\n\n空行"),
    ),
    "markup": ("若 a<b && <b>被牵连</b> &amp; 被抛弃 > 0", ("被牵连", "<b>被牵连</b>", "&amp; 被抛弃", "a<b")),
    "white space": (
        "　　开头缩进　怕  被牵连   而已\t制表 被抛弃 ",
        ("怕  被牵连", "被牵连   而已\t制表", "被抛弃", "缩进　怕"),
    ),
    "marks": (
        "cafe\u0301 与 ñ 怕被牵连\u200b被抛弃 葛\U000e0100氏被牵连",
        ("e\u0301 与", "被牵连", "被抛弃", "葛\U000e0100氏"),
    ),
    "nested": (
        "对非对称同盟困境的担心",
        ("同盟困境", "非对称同盟困境", "同盟", "困境的担心", "对非对称同盟困境的担心"),
    ),
    "long": (LONG, ("被抛弃", "被牵连")),
}


@dataclass(frozen=True)
class Placed:
    """A passage with its suggestions, and where it lies on the server."""

    passage: Passage
    raw: str
    suggestions: tuple[Suggestion, ...]
    project: int
    task: int

    def clean(self, suggestion: Suggestion) -> Span:
        span = passage_map(self.passage, self.raw).to_derived(suggestion.span)
        assert span is not None
        return span


Place = Callable[..., Placed]


@pytest.fixture(scope="module")
def desk(desk_factory: Callable[[str], Any]) -> Any:
    return desk_factory(CODER)


@pytest.fixture(scope="module")
def place(desk: Any) -> Place:
    """Push one passage into a project of its own."""

    def pushed(passage: Passage, raw: str, suggestions: tuple[Suggestion, ...]) -> Placed:
        task = to_task(passage, raw, suggestions, CONFIG, model_version="browser-test")
        project = desk.create_project(
            {"title": "浏览器 browser", "label_config": CONFIG.xml, "show_collab_predictions": True}
        )
        return Placed(passage, raw, suggestions, project, desk.import_tasks(project, [task])[0])

    return pushed


@pytest.fixture(scope="module")
def coder(desk: Any, studio_server: Any) -> Iterator[CoderAtDesk]:
    """The coder, logged in with a log-in of their own."""
    with chromium() as browser:
        at_desk = CoderAtDesk(browser, studio_server.url)
        at_desk.login(desk.account.email, desk.account.password)
        yield at_desk
        at_desk.close()


def everywhere(passage: Passage, raw: str, quotes: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """A suggestion at every place of every quote, the codes in turn."""
    codes = sorted(CONFIG.codes["concept"])
    places = [(q, n) for q in quotes for n in range(raw.count(q))]
    return tuple(suggested(passage, raw, find(raw, q, n), codes[i % len(codes)]) for i, (q, n) in enumerate(places))


def pulled(desk: Any, placed: Placed) -> Coding:
    """The coder's coding as `bianma pull` reads it: fetched through the API."""
    [task] = desk.export(placed.project)
    [annotation] = task["annotations"]
    return to_coding(
        placed.passage,
        placed.raw,
        shown_of(placed.passage, placed.suggestions),
        CONFIG,
        coder=CODER,  # type: ignore[arg-type]
        annotation=annotation,
        task_data=task["data"],
    )


@pytest.mark.parametrize("name", TEXTS)
def test_every_suggestion_is_drawn_on_its_characters(name: str, place: Place, coder: CoderAtDesk) -> None:
    text, quotes = TEXTS[name]
    assert name != "long" or len(text) > 5000
    passage = passage_of(text)
    placed = place(passage, text, everywhere(passage, text, quotes))
    coder.open_task(placed.project, placed.task)
    assert coder.text() == text
    drawn = coder.drawn()
    assert len(drawn) == len(placed.suggestions) > 1
    wrong = [d for s in placed.suggestions if not (d := drawn[s.id]).on(s.start, s.end, s.quote)]
    assert not wrong


RAW = "　　【导言】𠮷氏认为，小国怕被抛弃[3]，\r\n也怕被牵连👩‍👩‍👧；追随者未必情愿，\r\n\r\n— 12 —\r\n\r\n大国的承诺<也>只是权宜之计。"


def cleaned() -> Passage:
    """RAW with the note mark and the page number left out and the lines joined, as cleaning does it."""
    holes = [(find(RAW, "[3]"), ""), (find(RAW, "\r\n也"), "也"), (find(RAW, "\r\n\r\n— 12 —\r\n\r\n"), " ")]
    text, spans, edits, at = "", [], [], 0
    for hole, written in sorted(holes, key=lambda h: h[0].start):
        spans.append((at, hole.start))
        text += RAW[at : hole.start] + written
        if written:
            edits.append((hole.start, hole.end, written))
        at = hole.end
    return passage_of(RAW, text + RAW[at:], [*spans, (at, len(RAW))], edits)


def test_a_coders_work_comes_back_exactly(place: Place, coder: CoderAtDesk, desk: Any) -> None:
    """Accept one, relabel one, move a boundary, delete one, draw one; attribute, doubt, notes: nothing else changes."""
    passage = cleaned()
    codes = {"被抛弃": ABANDONMENT, "被牵连": ENTRAPMENT, "追随者": FOLLOWER, "承诺": "alliance_dilemma.commitment"}
    suggestions = tuple(suggested(passage, RAW, find(RAW, q), c) for q, c in codes.items())
    placed = place(passage, RAW, suggestions)
    abandonment, entrapment, follower, commitment = (s.id for s in suggestions)
    began = datetime.now(UTC)

    coder.open_task(placed.project, placed.task)
    assert all(coder.drawn()[s.id].text == s.quote for s in suggestions)
    coder.select(entrapment)
    coder.pick("被抛弃")
    coder.unselect()
    coder.delete(commitment)
    coder.drag_edge(follower, "end", placed.clean(suggestions[2]).end + 4)
    coder.unselect()
    coder.select(abandonment)
    coder.choose("否定")
    coder.choose("存疑")
    coder.write("attribute_holder", "𠮷氏")
    coder.write("note", "“怕”字不标？")
    coder.unselect()
    coder.pick("威胁认知")
    drawn = Span(passage.text.index("，也怕"), passage.text.index("，也怕") + 3)
    coder.drag(drawn.start, drawn.end)
    coder.unselect()
    coder.relate(entrapment, abandonment)
    coder.name_relation("导致")
    coder.write("passage_note", "一段两义")
    coder.submit()

    coding = pulled(desk, placed)
    by_quote = {s.quote: s for s in coding.spans}
    assert list(by_quote) == ["被抛弃", "，\r\n也怕", "被牵连", "追随者未必情愿"]
    assert all(RAW[s.start : s.end] == s.quote for s in coding.spans)
    kept, added, relabelled, moved = coding.spans
    assert (kept.origin, kept.code, kept.start) == ("accepted", ABANDONMENT, suggestions[0].start)
    assert (kept.attributes, kept.doubt, kept.note) == ({"polarity": "denied", "holder": "𠮷氏"}, True, "“怕”字不标？")
    assert (added.origin, added.code, added.suggestion) == ("new", "balance_of_interests.threat_perception", None)
    assert (relabelled.origin, relabelled.code, relabelled.suggestion) == ("changed", ABANDONMENT, entrapment)
    assert (moved.origin, moved.code, moved.suggestion) == ("changed", FOLLOWER, follower)
    assert all(not s.attributes and not s.doubt and not s.note for s in (added, relabelled, moved))
    assert coding.rejected == (commitment,)
    assert (coding.coder, coding.status, coding.note) == (CODER, "done", "一段两义")
    assert coding.relations == (Relation(source=relabelled.id, target=kept.id, label="leads_to"),)
    assert began - timedelta(seconds=5) <= datetime.fromisoformat(coding.at) <= datetime.now(UTC) + timedelta(seconds=5)
    assert coding.seconds is not None
    assert coding.seconds > 0


def test_submitted_untouched_everything_is_accepted_and_an_update_is_read_anew(
    place: Place, coder: CoderAtDesk, desk: Any
) -> None:
    passage = passage_of("小国怕被抛弃，也怕被牵连。")
    suggestions = everywhere(passage, passage.text, ("被抛弃", "被牵连"))
    placed = place(passage, passage.text, suggestions)
    coder.open_task(placed.project, placed.task)
    coder.submit()
    first = pulled(desk, placed)
    assert [(s.origin, s.suggestion) for s in first.spans] == [("accepted", s.id) for s in suggestions]
    coder.open_task(placed.project, placed.task)
    coder.delete(suggestions[0].id)
    coder.submit()
    second = pulled(desk, placed)
    assert [s.suggestion for s in second.spans] == [suggestions[1].id]
    assert second.rejected == (suggestions[0].id,)
    assert second.at > first.at


def test_the_stream_begins_with_the_instructions_and_a_task_can_be_skipped(
    place: Place, coder: CoderAtDesk, desk: Any
) -> None:
    passage = passage_of("小国怕被抛弃。")
    placed = place(passage, passage.text, everywhere(passage, passage.text, ("被抛弃",)))
    desk.update_project(placed.project, {"expert_instruction": instructions(CODEBOOK), "show_instruction": True})
    shown = coder.open_stream(placed.project)
    assert CODEBOOK.title.zh in shown
    assert CODEBOOK.families[0].label.zh in shown
    assert "<" not in shown
    coder.skip()
    coding = pulled(desk, placed)
    assert (coding.status, coding.spans) == ("skipped", ())


@pytest.fixture(scope="module")
def at_codes(place: Place, coder: CoderAtDesk) -> CoderAtDesk:
    """The coder before a task with the 45 codes."""
    text = TEXTS["plain"][0]
    passage = passage_of(text)
    placed = place(passage, text, (suggested(passage, text, find(text, "被牵连"), ENTRAPMENT),))
    coder.open_task(placed.project, placed.task)
    return coder


@pytest.mark.parametrize("typed", ["困境", "机制", "牽連", "entrap", "ROLE", "均勢", "x"])
def test_typing_finds_every_code_that_has_it_in_its_name(typed: str, at_codes: CoderAtDesk) -> None:
    folded = typed.lower()
    fits = [c.label.zh for c in CODEBOOK.concepts if folded in _names(c.label.zh, c.label.en)]
    assert at_codes.find(typed) == fits
    assert len(at_codes.find("")) == 45


def _names(zh: str, en: str) -> str:
    return searched(Bilingual(zh, en)).lower()


def test_a_family_folds_and_typing_opens_it_for_its_hits(at_codes: CoderAtDesk) -> None:
    family = CODEBOOK.families[0]
    at_codes.fold(family.label.zh)
    assert len(at_codes.find("")) == 45 - len(family.codes)
    assert at_codes.find(family.codes[2].label.zh) == [family.codes[2].label.zh]
    at_codes.find("")
    at_codes.fold(family.label.zh)
    assert len(at_codes.find("")) == 45


def test_enter_in_the_search_box_picks_the_first_hit(at_codes: CoderAtDesk) -> None:
    at_codes.find("安全困境")
    at_codes.page.keyboard.press("Enter")
    assert at_codes.picked() == ["安全困境"]
    at_codes.pick("安全困境")
    assert at_codes.picked() == []


@pytest.mark.parametrize(
    "code", ["security_regime.regime", "alliance_dilemma.dilemma", "role_theory.aspiration", "rebuttal"]
)
def test_a_key_picks_a_code(code: str, at_codes: CoderAtDesk) -> None:
    key = hotkeys(CODEBOOK)[CODEBOOK.codes[code].id]  # type: ignore[index]
    press = key.replace("shift+", "Shift+").replace("+", "+Key") if "+" in key else key
    press = press[:-1] + press[-1].upper() if "+" in key else press
    at_codes.press(press)
    assert at_codes.picked() == [CODEBOOK.codes[code].label.zh]  # type: ignore[index]
    at_codes.press(press)
    assert at_codes.picked() == []


def test_the_definition_shows_on_the_code_and_beside_the_selected_span(at_codes: CoderAtDesk) -> None:
    entrapment = CODEBOOK.codes[ENTRAPMENT]  # type: ignore[index]
    assert entrapment.definition.zh in at_codes.tooltip(entrapment.label.zh)
    at_codes.page.locator(".htx-highlight").first.wait_for()  # drawn anew after each autosave
    [region] = at_codes.drawn()
    assert at_codes.definition() == ""
    at_codes.select(region)
    shown = at_codes.definition()
    assert entrapment.definition.zh in shown
    assert entrapment.exclude[0].zh in shown
    assert CODEBOOK.families[0].codes[0].definition.zh not in shown
    at_codes.unselect()
