"""What one passage teaches about the next, in small articles of our own with [[marked]] spans."""

import pytest

from bianma.codebook.brackets import marked
from bianma.codebook.model import Cue
from bianma.spans import Span
from bianma.suggest.lexicon import Find
from bianma.suggest.memory import Memory


def find(text, term="承诺", score=0.7, code="f.a"):
    at = text.index(term)
    return Find(code, Cue(term, (0, len(term))), Span(at, at + len(term)), Span(at, at + len(term)), score)


def taught(*passages, doc="d", revoked=()):
    """A memory that saw passages as they were marked; every cue's find in them was shown."""
    memory = Memory(revoked)
    for text in passages:
        plain, marks = marked(text)
        shown = [find(plain)] if "承诺" in plain else []
        memory.learn(plain, shown, [("f.a", Span(*m)) for m in marks], doc)
    return memory


def score_of(memory, text, term, doc="d", finds=()):
    return {text[f.span.start : f.span.end]: f.score for f in memory.weigh(text, finds, doc)}.get(term)


def test_a_marked_term_is_found_in_the_next_passage_in_either_script():
    memory = taught("它怕[[独自面对强邻]]。")
    assert score_of(memory, "小國不願獨自面對強鄰。", "獨自面對強鄰") == pytest.approx((1.5 * 0.6 + 1) / 2.5)


def test_a_refused_find_becomes_less_likely_and_an_accepted_one_more():
    text = "新的承诺。"
    before = find(text).score
    assert score_of(taught("旧的承诺。"), text, "承诺", finds=[find(text)]) < before
    assert score_of(taught("旧的[[承诺]]。"), text, "承诺", finds=[find(text)]) > before


def test_a_moved_boundary_counts_half():
    moved, refused = taught("旧的[[安全承诺]]。"), taught("旧的安全承诺。")
    text = "新的承诺。"
    finds = [find(text)]
    assert score_of(refused, text, "承诺", finds=finds) < score_of(moved, text, "承诺", finds=finds)


def test_a_term_that_stands_unmarked_is_believed_less():
    sure, unsure = taught("甲[[自求多福]]。"), taught("甲[[自求多福]]。", "乙[[自求多福]]。", "丙自求多福。")
    assert score_of(unsure, "丁自求多福。", "自求多福") < score_of(sure, "丁自求多福。", "自求多福")


def test_a_term_that_mostly_stands_unmarked_is_not_proposed():
    assert score_of(taught("甲[[自求多福]]。", "乙自求多福。", "丙自求多福。"), "丁自求多福。", "自求多福") is None


def test_what_stood_unmarked_before_it_was_learned_counts_too():
    late, early = taught("乙自求多福。", "甲[[自求多福]]。"), taught("甲[[自求多福]]。", "乙自求多福。")
    assert score_of(late, "丁自求多福。", "自求多福") == score_of(early, "丁自求多福。", "自求多福")


def test_another_article_counts_less():
    memory = taught("它怕[[独自面对强邻]]。")
    here, there = (score_of(memory, "独自面对强邻。", "独自面对强邻", doc=d) for d in ("d", "e"))
    assert there < here


def test_a_revoked_lesson_is_not_learned():
    memory = taught("它怕[[独自面对强邻]]。", revoked=[("f.a", "独自面对强邻")])
    assert score_of(memory, "独自面对强邻。", "独自面对强邻") is None
    assert list(memory.lessons()) == []


def test_lessons_tell_where_they_were_right_and_wrong():
    (lesson,) = taught("甲[[自求多福]]。", "乙自求多福。").lessons()
    assert (lesson.code, lesson.term, dict(lesson.right), dict(lesson.wrong)) == ("f.a", "自求多福", {"d": 1}, {"d": 1})


def test_an_empty_memory_changes_nothing():
    text = "新的承诺。"
    assert [f.score for f in Memory().weigh(text, [find(text)], "d")] == pytest.approx([0.7])
