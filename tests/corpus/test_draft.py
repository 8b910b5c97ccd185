"""What holds of every draft, whatever was done to it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.corpus.draft import EMPTY, Draft, drop, join, record, take, through, trim, without, write
from bianma.corpus.offsets import derive

ALPHABET = "安全𠮷👩‍\u0301\r\n　ab <>"


@st.composite
def drafts(draw: st.DrawFn, raw: str) -> Draft:
    """A draft of `raw`: at each step a range is copied, left out, replaced, or something is written before it."""
    parts: list[Draft] = []
    at = 0
    while at < len(raw):
        end = draw(st.integers(at + 1, len(raw)))
        what = draw(st.sampled_from(["copy", "copy", "skip", "replace", "insert"]))
        if what == "insert":
            parts.append(write(draw(st.text("xy ", min_size=1, max_size=2)), (at, at)))
        if what in ("copy", "insert"):
            parts.append(take(raw, (at, end)))
        if what == "replace":
            parts.append(write(draw(st.text("xy ", max_size=3)), (at, end)))
        at = end
    draft = join(parts)
    start = draw(st.integers(0, len(draft.text)))
    return draft.slice(start, draw(st.integers(start, len(draft.text))))


texts = st.text(ALPHABET, max_size=24)


def spelt(draft: Draft, raw: str) -> str:
    return derive(raw, *record(draft, raw))[0]


@given(st.data(), texts)
def test_a_draft_is_spelt_by_its_record(data: st.DataObject, raw: str) -> None:
    draft = data.draw(drafts(raw))
    assert spelt(draft, raw) == draft.text


@given(st.data(), texts)
def test_every_verb_keeps_text_and_record_together(data: st.DataObject, raw: str) -> None:
    draft = data.draw(drafts(raw))
    n = len(draft.text)
    cuts = sorted(data.draw(st.lists(st.integers(0, n), max_size=6)))
    parts = list(zip(cuts[::2], cuts[1::2], strict=False))
    kept = "".join(c for i, c in enumerate(draft.text) if not any(a <= i < b for a, b in parts))
    assert without(draft, parts).text == kept
    for done in (without(draft, parts), trim(draft), drop(draft, re.compile("[ab]+"))):
        assert spelt(done, raw) == done.text
    assert trim(draft).text == draft.text.strip()


@given(st.data(), texts)
def test_every_character_knows_its_original(data: st.DataObject, raw: str) -> None:
    draft = data.draw(drafts(raw))
    originals = [draft.original(i) for i in range(len(draft.text))]
    assert originals == sorted(originals)
    spans, _ = record(draft, raw)
    copied = {i for a, b in spans for i in range(a, b)}
    for char, (start, end) in zip(draft.text, originals, strict=True):
        assert 0 <= start <= end <= len(raw)
        if start in copied and end == start + 1:
            assert raw[start] == char


@given(st.data(), texts)
def test_a_draft_of_a_draft_leads_through_to_the_raw_text(data: st.DataObject, raw: str) -> None:
    first = data.draw(drafts(raw))
    second = data.draw(drafts(first.text))
    whole = through(second, first)
    assert whole.text == second.text
    assert spelt(whole, raw) == second.text
    for i in range(len(second.text)):
        start, end = second.original(i)
        solid = [place for n in range(start, end) if (place := first.original(n))[0] < place[1]]
        if solid:
            assert whole.original(i) == (solid[0][0], solid[-1][1])


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (EMPTY, ((), ())),
        (write(" ", (1, 2)), ((), ((1, 2, " "),))),
        (write("b", (1, 2)), (((1, 2),), ())),  # the same character: copied
        (take("abc", (0, 2)) + take("abc", (2, 3)), (((0, 3),), ())),  # neighbours grow together
    ],
)
def test_records(draft: Draft, expected: tuple[object, object]) -> None:
    assert record(draft, "abc") == expected
