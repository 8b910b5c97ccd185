"""Suggestions to tasks and annotations to codings: the ranges, the origins, and every way an annotation can be wrong."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bianma.codebook.model import Attribute, Bilingual, Code, Codebook, Family, Work
from bianma.corpus.offsets import passage_map
from bianma.errors import SpanError, StudioError
from bianma.records import (
    CodebookRef,
    CodeId,
    CoderId,
    Coding,
    DocId,
    Layer,
    Passage,
    Shown,
    Suggestion,
    coded_span_id,
    passage_id,
    suggestion_id,
    text_sha,
)
from bianma.spans import Span
from bianma.studio.config import labelling_config
from bianma.studio.tasks import to_coding, to_task

Json = dict[str, Any]
DOC, LIN, REF = DocId("样例"), CoderId("lin"), CodebookRef("tiny@1.0.0+abc")
AT = "2026-11-22T11:25:23.128826+05:00"


def code(
    name: str, layer: Layer = "concept", zh: str = "被牵连", en: str = "Entrapment", hotkey: str | None = None
) -> Code:
    text = Bilingual("定义", "definition")
    work = Work("Snyder, G. H.", 1984, "The Security Dilemma in Alliance Politics")
    return Code(
        id=CodeId(name),
        layer=layer,
        label=Bilingual(zh, en),
        definition=text,
        theorist="Glenn Snyder",
        source=work,
        include=(text,),
        exclude=(text,),
        positive=(),
        negative=(),
        cues=(),
        hotkey=hotkey,
    )


TINY = Codebook(
    name="tiny",
    version="1.0.0",
    title=Bilingual("小编码本", "A small codebook"),
    families=(
        Family(
            id="dilemma",
            label=Bilingual("困境", "Dilemma"),
            definition=Bilingual("定义", "definition"),
            colour="#0072B2",
            codes=(code("dilemma.entrapment"), code("dilemma.abandonment", zh="被抛弃", en="Abandonment")),
        ),
        Family(
            id="role",
            label=Bilingual("角色", "Role"),
            definition=Bilingual("定义", "definition"),
            colour="#E69F00",
            codes=(code("role.follower", zh="追随者", en="Follower"),),
        ),
    ),
    functions=(code("claim", "function", "论断", "Claim"), code("evidence", "function", "证据", "Evidence")),
    default_function=CodeId("claim"),
    attributes=(
        Attribute(
            id="polarity",
            label=Bilingual("极性", "polarity"),
            help=Bilingual("帮助", "help"),
            values={"asserted": Bilingual("肯定", "asserted"), "denied": Bilingual("否定", "denied")},
        ),
        Attribute(id="actor", label=Bilingual("行为体", "actor"), help=Bilingual("帮助", "help")),
    ),
    relations={"supports": Bilingual("支持", "supports"), "leads_to": Bilingual("导致", "leads to")},
    hash="abc",
)
CONFIG = labelling_config(TINY)
CODES = [("concept", c) for c in sorted(CONFIG.codes["concept"])] + [
    ("function", c) for c in sorted(CONFIG.codes["function"])
]


def passage_of(
    raw: str, text: str | None = None, spans: Iterable[tuple[int, int]] | None = None, edits: Any = ()
) -> Passage:
    """A passage of `raw`: all of it, unless told otherwise."""
    shown = raw if text is None else text
    kept = ((0, len(raw)),) if spans is None else tuple(spans)
    return Passage(
        id=passage_id(DOC, shown, 0), doc=DOC, index=3, kind="body", text=shown, spans=kept, edits=tuple(edits)
    )


def suggested(
    passage: Passage, raw: str, span: Span, name: str = "dilemma.entrapment", layer: Layer = "concept"
) -> Suggestion:
    """A suggestion on the raw range `span`."""
    return Suggestion(
        id=suggestion_id(passage.id, layer, CodeId(name), span.start, span.end),
        doc=passage.doc,
        passage=passage.id,
        layer=layer,
        code=CodeId(name),
        start=span.start,
        end=span.end,
        quote=span.quote(raw),
        text=span.quote(raw),
        score=0.8,
        why={"cue": "被牵连"},
        codebook=REF,
        text_sha=text_sha(passage.text),
    )


def find(raw: str, quote: str, nth: int = 0) -> Span:
    """The nth place of `quote` in `raw`."""
    at = -1
    for _ in range(nth + 1):
        at = raw.index(quote, at + 1)
    return Span(at, at + len(quote))


def shown_of(passage: Passage, suggestions: Iterable[Suggestion]) -> Shown:
    return Shown(
        coder=LIN,
        doc=passage.doc,
        passage=passage.id,
        text_sha=text_sha(passage.text),
        codebook=REF,
        suggestions=tuple(suggestions),
    )


def annotated(task: Json, results: Sequence[Json] | None = None, **more: Any) -> Json:
    """An annotation as Label Studio returns it: the prediction taken over, or `results`; after a trip through JSON."""
    taken = task["predictions"][0]["result"] if results is None and "predictions" in task else results or []
    text = task["data"]["text"]
    result = [{**r, "origin": "prediction"} for r in json.loads(json.dumps(taken))]
    for r in result:
        if "labels" in r.get("value", {}):
            r["value"]["text"] = text[r["value"]["start"] : r["value"]["end"]].replace("\n", "\\n").replace("\r", "\\n")
    return {"id": 7, "result": result, "was_cancelled": False, "updated_at": AT, "lead_time": 4.2, **more}


def region(
    start: Any, end: Any, name: str = "dilemma.entrapment", layer: str = "concept", id: str = "x8Kd02mQpL"
) -> Json:
    return {
        "id": id,
        "from_name": layer,
        "to_name": "text",
        "type": "labels",
        "value": {"start": start, "end": end, "labels": [name]},
    }


def beside(id: str, control: str, **value: Any) -> Json:
    kind = "choices" if "choices" in value else "textarea"
    return {"id": id, "from_name": control, "to_name": "text", "type": kind, "value": {"start": 0, "end": 1, **value}}


class Desk:
    """A passage with suggestions on it, and what comes back."""

    def __init__(self, raw: str, *marks: tuple[str, str], passage: Passage | None = None) -> None:
        self.raw, self.passage = raw, passage or passage_of(raw)
        layers = {c: layer for layer, c in CODES}
        self.suggestions = [suggested(self.passage, raw, find(raw, q), c, layers[c]) for q, c in marks]  # type: ignore[arg-type]
        self.task = to_task(self.passage, raw, self.suggestions, CONFIG, model_version="m1")

    def prediction(self) -> list[Json]:
        return json.loads(json.dumps(self.task["predictions"][0]["result"]))  # type: ignore[no-any-return]

    def coding(self, results: Sequence[Json] | None = None, *, data: Json | None = None, **more: Any) -> Coding:
        return to_coding(
            self.passage,
            self.raw,
            shown_of(self.passage, self.suggestions),
            CONFIG,
            coder=LIN,
            annotation=annotated(self.task, results, **more),
            task_data=data or self.task["data"],
        )


RAW = "盟友担心被牵连，更担心被抛弃。追随者未必情愿。"


@pytest.fixture
def desk() -> Desk:
    return Desk(RAW, ("被牵连", "dilemma.entrapment"), ("被抛弃", "dilemma.abandonment"))


def test_a_task_carries_uid_sha_title_and_text(desk: Desk) -> None:
    assert desk.task["data"] == {
        "uid": desk.passage.id,
        "sha": text_sha(RAW),
        "title": "样例 · body · 3",
        "text": RAW,
    }
    [prediction] = desk.task["predictions"]
    assert (prediction["model_version"], prediction["score"]) == ("m1", 0.8)
    first = prediction["result"][0]
    assert (first["id"], first["from_name"], first["type"]) == (desk.suggestions[0].id, "concept", "labels")
    assert first["value"] == {"start": 4, "end": 7, "labels": ["dilemma.entrapment"]}
    assert first["meta"] == {"text": ["cue: 被牵连"]}


def test_without_suggestions_there_is_no_prediction() -> None:
    assert "predictions" not in to_task(passage_of(RAW), RAW, (), CONFIG, model_version="m1")


def test_the_same_suggestion_twice_is_pushed_once(desk: Desk) -> None:
    task = to_task(desk.passage, RAW, [*desk.suggestions, desk.suggestions[0]], CONFIG, model_version="m1")
    assert len(task["predictions"][0]["result"]) == 2


def test_all_suggestions_that_do_not_fit_are_named_at_once(desk: Desk) -> None:
    unknown = replace(desk.suggestions[0], code=CodeId("dilemma.entrapement"))
    other_text = replace(desk.suggestions[1], text_sha="0" * 64)
    moved = replace(desk.suggestions[0], start=0, end=3)
    with pytest.raises(StudioError) as e:
        to_task(desk.passage, RAW, [unknown, other_text, replace(moved, id="s2")], CONFIG, model_version="m1")
    message = str(e.value)
    assert desk.passage.id in message
    assert "'dilemma.entrapement'" in message
    assert "was made for the text of" in message
    assert "its quote is not at [0, 3)" in message


def test_a_suggestion_on_what_cleaning_left_out_is_refused() -> None:
    raw = "担心[12]被牵连"
    passage = passage_of(raw, "担心被牵连", [(0, 2), (6, 9)])
    with pytest.raises(StudioError, match="nothing of it stands"):
        to_task(passage, raw, [suggested(passage, raw, Span(2, 6))], CONFIG, model_version="m1")


@pytest.mark.parametrize("bad", ["\0", "\ud800"])
def test_a_character_that_label_studio_cannot_hold_is_refused(bad: str) -> None:
    raw = f"担心{bad}被牵连"
    passage = replace(passage_of("x"), text=raw, spans=((0, len(raw)),))
    with pytest.raises(StudioError, match=f"character 2: U\\+{ord(bad):04X}"):
        to_task(passage, raw, (), CONFIG, model_version="m1")


def test_untouched_suggestions_are_accepted(desk: Desk) -> None:
    coding = desk.coding()
    assert [(s.code, s.start, s.end, s.quote, s.origin, s.suggestion) for s in coding.spans] == [
        ("dilemma.entrapment", 4, 7, "被牵连", "accepted", desk.suggestions[0].id),
        ("dilemma.abandonment", 11, 14, "被抛弃", "accepted", desk.suggestions[1].id),
    ]
    assert coding.rejected == ()
    assert coding.status == "done"
    assert coding.origin == "label-studio"
    assert coding.spans[0].id == coded_span_id(LIN, desk.passage.id, "concept", CodeId("dilemma.entrapment"), 4, 7)


def test_time_is_utc_and_seconds_are_label_studios(desk: Desk) -> None:
    coding = desk.coding()
    assert (coding.at, coding.seconds) == ("2026-11-22T06:25:23.128826Z", 4.2)
    assert desk.coding(updated_at="2026-11-22T06:25:23Z", lead_time=None).at == "2026-11-22T06:25:23.000000Z"


def test_relabelled_moved_deleted_and_added_spans_are_told_apart(desk: Desk) -> None:
    first, second = desk.prediction()
    first["value"]["labels"] = ["role.follower"]
    coding = desk.coding([first, region(15, 18, "role.follower")])
    assert [(s.quote, s.code, s.origin, s.suggestion) for s in coding.spans] == [
        ("被牵连", "role.follower", "changed", desk.suggestions[0].id),
        ("追随者", "role.follower", "new", None),
    ]
    assert coding.rejected == (desk.suggestions[1].id,)
    second["value"]["start"] = 9
    assert [(s.quote, s.origin) for s in desk.coding([second]).spans] == [("担心被抛弃", "changed")]


def test_deleted_and_drawn_again_is_accepted(desk: Desk) -> None:
    [span] = desk.coding([region(4, 7)]).spans
    assert (span.origin, span.suggestion) == ("accepted", desk.suggestions[0].id)


def test_a_suggestion_relabelled_into_another_one_accepts_that_one() -> None:
    desk = Desk(RAW, ("被牵连", "dilemma.entrapment"), ("被牵连", "dilemma.abandonment"))
    first, _ = desk.prediction()
    first["value"]["labels"] = ["dilemma.abandonment"]
    coding = desk.coding([first])
    assert [(s.origin, s.suggestion) for s in coding.spans] == [("accepted", desk.suggestions[1].id)]
    assert coding.rejected == (desk.suggestions[0].id,)


def test_an_attribute_does_not_make_a_suggestion_changed(desk: Desk) -> None:
    first, second = desk.prediction()
    added = [
        beside(first["id"], "attribute_polarity", choices=["denied"]),
        beside(first["id"], "attribute_actor", text=[" 日本；韩国 "]),
        beside(first["id"], "doubt", choices=["doubt"]),
        beside(first["id"], "note", text=["第一行", "第二行"]),
    ]
    one, two = desk.coding([first, *added, second]).spans
    assert (one.origin, one.attributes) == ("accepted", {"polarity": "denied", "actor": "日本；韩国"})
    assert (one.doubt, one.note) == (True, "第一行\n第二行")
    assert (two.attributes, two.doubt, two.note) == ({}, False, "")


def test_what_is_typed_into_label_studios_own_region_note_is_kept(desk: Desk) -> None:
    first, second = desk.prediction()
    second["meta"]["text"] = ["cue: 被牵连", "存疑：施事是谁"]
    assert [s.note for s in desk.coding([first, second]).spans] == ["", "存疑：施事是谁"]


def test_one_region_with_two_labels_gives_two_spans_with_its_attributes(desk: Desk) -> None:
    results = [region(0, 8, "claim", "function"), region(0, 8), beside("x8Kd02mQpL", "doubt", choices=["doubt"])]
    coding = desk.coding(results)
    assert [(s.layer, s.code, s.doubt) for s in coding.spans] == [
        ("concept", "dilemma.entrapment", True),
        ("function", "claim", True),
    ]


def test_a_label_of_the_other_layer_on_a_suggested_region_is_new(desk: Desk) -> None:
    first, second = desk.prediction()
    coding = desk.coding([first, region(4, 7, "claim", "function", first["id"]), second])
    assert [(s.code, s.origin) for s in coding.spans][:2] == [("dilemma.entrapment", "accepted"), ("claim", "new")]


def test_the_same_code_twice_on_one_range_is_one_span(desk: Desk) -> None:
    again = region(4, 7, id="another")
    notes = [beside("another", "note", text=["乙"]), beside("x8Kd02mQpL", "note", text=["甲"])]
    [span] = desk.coding([region(4, 7), again, *notes]).spans
    assert span.note == "甲\n乙"


def test_the_order_of_regions_does_not_matter(desk: Desk) -> None:
    results = [*desk.prediction(), region(15, 18, "role.follower")]
    assert desk.coding(results) == desk.coding(results[::-1])


def test_white_space_at_the_ends_of_a_drawn_span_is_left_out() -> None:
    desk = Desk("担心\n 被牵连　\n而已")
    [span] = desk.coding([region(2, 9)]).spans
    assert (span.start, span.end, span.quote) == (4, 7, "被牵连")


def test_saw_it_and_marked_nothing_is_done(desk: Desk) -> None:
    coding = desk.coding([])
    assert (coding.status, coding.spans, len(coding.rejected)) == ("done", (), 2)


def test_skipped_has_no_spans_although_the_server_sends_the_prediction(desk: Desk) -> None:
    coding = desk.coding(was_cancelled=True)
    assert (coding.status, coding.spans, coding.rejected) == ("skipped", (), ())


def test_relations_and_the_note_on_the_passage(desk: Desk) -> None:
    first, second = desk.prediction()
    tie = {
        "type": "relation",
        "from_id": first["id"],
        "to_id": second["id"],
        "direction": "right",
        "labels": ["leads_to 导致"],
    }
    bare = {"type": "relation", "from_id": second["id"], "to_id": first["id"], "direction": "right"}
    note = {
        "id": "p",
        "from_name": "passage_note",
        "to_name": "text",
        "type": "textarea",
        "value": {"text": ["论点在后"]},
    }
    coding = desk.coding([first, second, tie, bare, note])
    ids = {s.code: s.id for s in coding.spans}
    assert {(r.source, r.target, r.label) for r in coding.relations} == {
        (ids["dilemma.entrapment"], ids["dilemma.abandonment"], "leads_to"),
        (ids["dilemma.abandonment"], ids["dilemma.entrapment"], ""),
    }
    assert coding.note == "论点在后"


@pytest.mark.parametrize(
    ("direction", "pairs"), [("right", {(0, 1)}), ("left", {(1, 0)}), ("bi", {(0, 1), (1, 0)}), (None, {(0, 1)})]
)
def test_the_arrow_of_a_relation_is_read(desk: Desk, direction: str | None, pairs: set[tuple[int, int]]) -> None:
    first, second = desk.prediction()
    tie = {
        "type": "relation",
        "from_id": first["id"],
        "to_id": second["id"],
        "direction": direction,
        "labels": ["supports 支持"],
    }
    coding = desk.coding([first, second, tie])
    ids = [s.id for s in coding.spans]
    assert {(ids.index(r.source), ids.index(r.target)) for r in coding.relations} == pairs


@pytest.mark.parametrize(
    ("results", "message"),
    [
        ([region(4, 99)], r"region x8Kd02mQpL: \[4, 99\) is no range in the text of 23 characters"),
        ([region(7, 4)], r"\[7, 4\) is no range"),
        ([region(4, 4)], r"\[4, 4\) is no range"),
        ([region(-1, 4)], r"\[-1, 4\) is no range"),
        ([region("4", 7)], r"\[4, 7\) is no range"),
        ([region(None, 7)], r"\[None, 7\) is no range"),
        (
            [region(4, 7, "dilemma.entrapement")],
            "unknown concept code 'dilemma.entrapement'; the nearest is 'dilemma.entrapment'",
        ),
        ([region(4, 7, "claim")], "unknown concept code 'claim'"),
        ([{**region(4, 7), "value": {"start": 4, "end": 7, "labels": []}}], "unknown concept code ''"),
        ([beside("lost", "doubt", choices=["doubt"])], "region lost: carries doubt, but no code"),
        (
            [region(4, 7), beside("x8Kd02mQpL", "attribute_polarity", choices=["denyed"])],
            "unknown value of attribute_polarity",
        ),
        ([region(4, 7), beside("x8Kd02mQpL", "attribute_polarity", choices=["denied", "asserted"])], "has 2 values"),
        ([region(4, 7), beside("x8Kd02mQpL", "attribute_mood", choices=["a"])], "'attribute_mood' is no control"),
        ([{"type": "relation", "from_id": "a", "to_id": "b"}], "region a: a relation leads to it"),
        (["nonsense"], "no list of regions"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(desk: Desk, results: list[Json], message: str) -> None:
    shown = shown_of(desk.passage, desk.suggestions)
    annotation = {"result": results, "updated_at": AT}
    with pytest.raises(StudioError, match=message) as e:
        to_coding(
            desk.passage,
            RAW,
            shown,
            CONFIG,
            coder=LIN,
            annotation=annotation,
            task_data=desk.task["data"],
        )
    assert str(LIN) in str(e.value)
    assert desk.passage.id in str(e.value)


def test_every_problem_of_an_annotation_is_in_one_message(desk: Desk) -> None:
    with pytest.raises(StudioError) as e:
        desk.coding([region(4, 7, "nothing", id="one"), region(8, 3, id="two")], updated_at="yesterday")
    assert all(part in str(e.value) for part in ("region one", "region two", "'yesterday' is no time"))


def test_a_span_of_white_space_only_is_a_problem() -> None:
    desk = Desk("担心  被牵连")
    with pytest.raises(StudioError, match="holds white space only"):
        desk.coding([region(2, 4)])


def test_a_span_of_inserted_characters_only_is_a_problem() -> None:
    raw = "担心被牵连"
    desk = Desk(raw, passage=passage_of(raw, "担心——被牵连", [(0, 2), (2, 5)], [(2, 2, "——")]))
    with pytest.raises(StudioError, match="inserted characters only"):
        desk.coding([region(2, 4)])


@pytest.mark.parametrize(
    "change", [{"text": RAW + "。"}, {"sha": "0" * 64}, {"uid": "other"}, {"text": RAW.replace("牵", "連")}]
)
def test_a_text_that_is_not_the_passages_is_refused(desk: Desk, change: Json) -> None:
    with pytest.raises(StudioError, match="task: it"):
        desk.coding(data={**desk.task["data"], **change})


def test_what_was_shown_with_another_text_is_refused(desk: Desk) -> None:
    shown = replace(shown_of(desk.passage, ()), text_sha="0" * 64)
    with pytest.raises(StudioError, match="our record"):
        to_coding(
            desk.passage, RAW, shown, CONFIG, coder=LIN, annotation=annotated(desk.task), task_data=desk.task["data"]
        )


# --- properties: texts as they come out of cleaning, with everything that makes offsets slip

SNIPPETS = [
    "被牵连",
    "同盟",
    "𠮷野家",
    "𠀀",
    "👩‍👩‍👧",
    "🇯🇵",
    "e\u0301",
    "ñ",
    "　",
    "  ",
    "\t",
    "<b>&amp;</b>",
    "“”",
    "\u200b",
    "葛\U000e0100",
    "ab",
    "ﬁ",
]
pieces = st.lists(
    st.one_of(
        st.tuples(st.just("copy"), st.sampled_from([*SNIPPETS, "\n"]), st.just("")),
        st.tuples(st.just("drop"), st.sampled_from(["[12]", "\r\n第 3 页\r\n", "𠮷"]), st.just("")),
        st.tuples(
            st.just("replace"), st.sampled_from(["\r\n", "ﬁ", "—\n"]), st.sampled_from(["\n", "fi", "𠮷𠮷", " "])
        ),
        st.tuples(st.just("insert"), st.just(""), st.sampled_from([" ", "\n", "👩‍👩‍👧"])),
    ),
    min_size=1,
    max_size=14,
)


def laid_out(parts: list[tuple[str, str, str]]) -> tuple[str, Passage]:
    """The raw source and the passage that the pieces make."""
    raw, text, spans, edits = "前言。", "", [], []
    for kind, source, written in parts:
        start, raw = len(raw), raw + source
        if kind == "copy":
            spans.append((start, len(raw)))
            text += source
        elif kind != "drop":
            edits.append((start, len(raw), written))
            text += written
    return raw + "后记。", passage_of(raw, text, spans, edits)


ranges = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12), st.integers(0, len(CODES) - 1)), min_size=1, max_size=6
)


@given(pieces, ranges)
def test_suggestions_come_back_with_the_same_raw_range_and_quote(
    parts: list[tuple[str, str, str]], wanted: list[Any]
) -> None:
    raw, passage = laid_out(parts)
    assume(passage.text.strip())
    found = [suggested(passage, raw, span, name, layer) for span, layer, name in _raw_ranges(raw, passage, wanted)]
    task = to_task(passage, raw, found, CONFIG, model_version="m1")
    coding = to_coding(
        passage, raw, shown_of(passage, found), CONFIG, coder=LIN, annotation=annotated(task), task_data=task["data"]
    )
    assert {(s.suggestion, s.start, s.end, s.quote) for s in coding.spans} == {
        (s.id, s.start, s.end, s.quote) for s in found
    }
    assert all(s.origin == "accepted" for s in coding.spans)
    assert not coding.rejected


@given(pieces, ranges)
def test_drawn_spans_carry_the_quote_of_the_raw_source(parts: list[tuple[str, str, str]], wanted: list[Any]) -> None:
    raw, passage = laid_out(parts)
    assume(passage.text.strip())
    task = to_task(passage, raw, (), CONFIG, model_version="m1")
    drawn = list(_clean_ranges(raw, passage, wanted))
    results = [region(a.start, a.end, name, layer, id=f"r{n}") for n, (a, layer, name) in enumerate(drawn)]
    coding = to_coding(
        passage,
        raw,
        shown_of(passage, ()),
        CONFIG,
        coder=LIN,
        annotation=annotated(task, results),
        task_data=task["data"],
    )
    for span in coding.spans:
        assert raw[span.start : span.end] == span.quote
        assert span.origin == "new"
    expected = {passage_map(passage, raw).to_original(_trim(passage.text, a)) for a, _, _ in drawn}
    assert {s.span for s in coding.spans} == expected
    assert {s.text for s in coding.spans} <= {a.quote(passage.text).strip() for a, _, _ in drawn}


def _trim(text: str, span: Span) -> Span:
    while text[span.start].isspace():
        span = Span(span.start + 1, span.end)
    while text[span.end - 1].isspace():
        span = Span(span.start, span.end - 1)
    return span


def _clean_ranges(raw: str, passage: Passage, wanted: list[tuple[int, int, int]]) -> Iterable[tuple[Span, Layer, str]]:
    """The wanted ranges that hold something of the source."""
    offsets = passage_map(passage, raw)
    for start, length, n in wanted:
        a = start % len(passage.text)
        span = Span(a, min(a + length, len(passage.text)))
        if not span.quote(passage.text).strip():
            continue
        try:
            offsets.to_original(_trim(passage.text, span))
        except SpanError:
            continue
        layer, name = CODES[n]
        yield span, layer, name  # type: ignore[misc]


def _raw_ranges(raw: str, passage: Passage, wanted: list[tuple[int, int, int]]) -> Iterable[tuple[Span, Layer, str]]:
    offsets = passage_map(passage, raw)
    for span, layer, name in _clean_ranges(raw, passage, wanted):
        original = offsets.to_original(_trim(passage.text, span))
        drawn = offsets.to_derived(original)
        if drawn and drawn.quote(passage.text).strip():  # else all but white space was inserted: nothing to suggest
            yield original, layer, name
