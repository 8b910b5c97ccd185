"""The loader of the trials, and that every trial's truth stands in its raw text."""

from pathlib import Path

import pytest
from tests.corpus.trials import load as trial_load

HERE = Path(__file__).parent


def _written(tmp_path, text, head="ending: txt"):
    path = tmp_path / "a.trial"
    path.write_text(f"{head}\n===\n{text}", encoding="utf-8")
    return trial_load.load(path)


def test_marks_nest_and_leave_the_raw_text(tmp_path):
    trial = _written(tmp_path, "# ⟦title|机制⟪*⟫⟧\n⟦body|上半⟪①\n⟦note|解释⟧\n⟫下半⟧")
    assert trial.raw == "# 机制*\n上半①\n解释\n下半"
    assert [(p.kind, p.text) for p in trial.pieces] == [("title", "机制"), ("body", "上半下半"), ("note", "解释")]


@pytest.mark.parametrize("text", ["⟦body|甲", "甲⟧", "⟦body|甲⟪乙⟧", "⟦text|甲⟧"])
def test_marks_that_do_not_nest_are_named(tmp_path, text):
    with pytest.raises(ValueError, match=r"a\.trial"):
        _written(tmp_path, text)


def test_wrapping_only_adds_breaks(tmp_path):
    text = "⟦body|同盟困境并非只由结构造成，它在很大程度上也是由 role conceptions 造成的。⟧"
    whole, wrapped = _written(tmp_path, text), _written(tmp_path, text, "wrap: 20")
    assert "".join(wrapped.raw.split()) == "".join(whole.raw.split())
    assert "".join(wrapped.pieces[0].text.split()) == "".join(whole.pieces[0].text.split())
    assert "\n，" not in wrapped.raw


def test_sentences_end_at_stops_and_what_closes_after_them(tmp_path):
    trial = _written(tmp_path, "⟦body|他说：“好。”此后无事。It ended. So it did.⟧")
    assert list(trial.pieces[0].sentences()) == ["他说：“好。”", "此后无事。", "It ended.", "So it did."]


@pytest.mark.parametrize("path", sorted(HERE.glob("*.trial")), ids=lambda p: p.stem)
def test_every_piece_stands_in_the_raw_text(path):
    trial = trial_load.load(path)
    assert {"title", "body"} <= {p.kind for p in trial.pieces}
    assert not set("⟦⟧⟪⟫␌") & set(trial.raw)
    taken = [i for p in trial.pieces for a, b in p.ranges for i in range(a, b)]
    assert len(taken) == len(set(taken))
    assert all(p.text == "".join(trial.raw[a:b] for a, b in p.ranges) for p in trial.pieces)
