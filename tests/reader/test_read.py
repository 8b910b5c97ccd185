"""Asking, and what answers amount to: ranges of the raw source, whatever was cleaned away."""

import json
import threading

import pytest

from bianma.corpus.cut import passages as cut
from bianma.errors import ReaderError, SpanError
from bianma.reader.answers import Answer
from bianma.reader.cache import Cache
from bianma.reader.client import RefusedError
from bianma.reader.pace import SpentError
from bianma.reader.prompt import Request
from bianma.reader.read import ask, joined, reading
from bianma.records import DocId, Suggestion
from bianma.study.make import init
from bianma.study.store import Study

DILEMMA, AUTONOMY = "alliance_dilemma.dilemma", "alliance_dilemma.abandonment"


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    root = tmp_path_factory.mktemp("made") / "s"
    init(root)
    return Study(root).codebook


def answer(*items):
    return Answer(content=json.dumps([{"code": c, "quote": q} for c, q in items]))


def test_a_quote_over_a_line_end_leads_to_the_raw_text(codebook):
    raw = "# 論同盟\r\n\r\n弱國身處同盟困\r\n境之中，害怕被拋棄。\r\n"
    passage = next(p for p in cut(DocId("d"), raw) if p.kind == "body")
    made = reading(passage, raw, answer((DILEMMA, "同盟困境")), codebook, model="m", prior=0.5)
    (s,) = made.suggestions
    assert (raw[s.start : s.end], s.quote, s.text) == ("同盟困\r\n境", "同盟困\r\n境", "同盟困境")
    assert (s.layer, s.score, s.why["cue"], s.why["quote"]) == ("concept", 0.5, "reader:m", "同盟困境")
    assert codebook.codes[DILEMMA].definition.zh.startswith(s.why["clause"])
    with pytest.raises(SpanError):
        reading(passage, "另一篇" + raw, answer(), codebook, model="m", prior=0.5)


def test_codes_of_functions_are_none_of_the_readers(codebook, make_passage):
    function = codebook.functions[0].id
    made = reading(make_passage("d", "安全"), "安全", answer((function, "安全")), codebook, model="m", prior=0.5)
    assert (made.suggestions, made.dropped) == ((), {"code": 1})


def of(codebook, make_passage, *items, text="同盟困境与被抛弃"):
    return reading(make_passage("d", text), text, answer(*items), codebook, model="m", prior=0.5).suggestions


def test_what_both_have_keeps_the_rules_record(codebook, make_passage):
    (theirs,) = of(codebook, make_passage, (DILEMMA, "同盟困境"))
    rule = Suggestion(**{f: getattr(theirs, f) for f in theirs.__slots__} | {"score": 0.8, "why": {"cue": "同盟困境"}})
    (both,) = joined([rule], [theirs])
    assert (both.score, both.why) == (0.8, {"cue": "同盟困境", "also": "reader:m"})


def test_suggestions_stand_by_position_functions_last(codebook, make_passage):
    later, first = of(codebook, make_passage, (DILEMMA, "同盟困境")), of(codebook, make_passage, (AUTONOMY, "被抛弃"))
    function = Suggestion(**{f: getattr(later[0], f) for f in later[0].__slots__} | {"layer": "function", "id": "s0"})
    assert joined([*first, function], later) == [*later, *first, function]
    assert joined([], []) == []


class Scripted:
    """Answers as told; keeps count."""

    def __init__(self, *said):
        self.said, self.asked, self.stopped = list(said), [], False
        self._lock = threading.Lock()

    def ask(self, request):
        with self._lock:
            self.asked.append(request.text)
            said = self.said.pop(0) if self.said else "[]"
        if isinstance(said, Exception):
            raise said
        return Answer(content=said)

    def stop(self):
        self.stopped = True


def requests(n):
    return [Request("m", "说明", f"第{i}段") for i in range(n)]


def test_every_answer_is_stored_as_it_comes(tmp_path):
    steps = []
    went = ask(requests(9), Scripted(), Cache(tmp_path), progress=lambda *at: steps.append(at))
    assert (went.answered, went.left, went.refused) == (9, 0, {})
    assert steps == [(n, 9) for n in range(1, 10)]
    assert len(list(tmp_path.iterdir())) == 9


def test_a_failure_ends_the_run_and_keeps_what_came(tmp_path):
    who = Scripted("[]", "[]", ReaderError("gone"))
    with pytest.raises(ReaderError, match="gone"):
        ask(requests(50), who, Cache(tmp_path), workers=1)
    assert who.stopped
    assert len(list(tmp_path.iterdir())) >= 2


def test_a_refused_passage_does_not_keep_the_others_from_being_read(tmp_path):
    who = Scripted("[]", *[RefusedError("too long")] * 4)
    went = ask(requests(9), who, Cache(tmp_path), workers=1)
    assert (went.answered, set(went.refused.values())) == (5, {"too long"})


def test_where_all_are_refused_it_is_not_the_passages(tmp_path):
    who = Scripted(*[RefusedError("no such option")] * 50)
    with pytest.raises(RefusedError):
        ask(requests(50), who, Cache(tmp_path), workers=1)


def test_what_may_not_be_sent_any_more_is_left(tmp_path):
    went = ask(requests(5), Scripted("[]", *[SpentError("")] * 4), Cache(tmp_path), workers=1)
    assert (went.answered, went.left) == (1, 4)


def test_nothing_to_ask(tmp_path):
    assert ask([], Scripted(), Cache(tmp_path)).answered == 0
