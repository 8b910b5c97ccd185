"""What counts of an answer, and where it stands. A case says why it is there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.codebook.brackets import marked
from bianma.reader.answers import entries, parse
from bianma.records import CodeId

A, B = CodeId("f.a"), CodeId("f.b")
CODES = {A, B}
ONE = '[{"code": "f.a", "quote": "安全"}]'
ENTRY = {"code": "f.a", "quote": "安全"}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (ONE, [ENTRY]),
        ("[]", []),
        (f"```json\n{ONE}\n```", [ENTRY]),
        (f"好的，标注如下：\n{ONE}\n以上共一处[1]，其余为 []。", [ENTRY]),  # prose with brackets of its own
        (f"<think>也许 [{{}}, {{}}] 或 []</think>\n{ONE}", [ENTRY]),
        ("也许是安全[1]</think>[]", []),  # the opening tag was cut by the server
        (f"<think>{ONE}", None),  # broken off while it thought
        ('{"codings": ' + ONE + "}", [ENTRY]),
        ("[" + ONE + "]", [ENTRY]),
        (ONE[:-1] + ", ]", [ENTRY]),  # a comma too many
        (ONE[:-1] + ', {"code": "f.b", "qu', [ENTRY]),  # broken off: what is whole counts
        (ONE[1:-1] + "\n" + ONE[1:-1], [ENTRY, ENTRY]),  # one a line, without a list
        ('[{"code": "f.a", "quote": "安\n全"}]', [{"code": "f.a", "quote": "安\n全"}]),  # a raw line break
        ('["安全"]', None),
        ("没有可标的内容。", None),
        ("", None),
        ("<html><body>502 Bad Gateway</body></html>", None),
        ("[" * 50_000, None),
        ('[{"a":' * 3_000, None),
        ('[{"code": ' + "9" * 5_000 + "}]", None),  # a number that Python refuses to read
    ],
)
def test_the_list_is_found_wherever_it_stands(content, found):
    assert entries(content) == found


CASES = [
    # the passage with what is found marked, the entries, what is dropped
    ("提出[[安全]]之说。", [(A, "安全")], {}),
    ("提出[[安全机制]]之说。", [(A, "安全机制"), ("f.z", "安全机制"), ("安全", "安全")], {"code": 2}),
    ("提出安全之说。", [(A, "安全困境"), (A, "安…说")], {"quote": 2}),
    ("[[安全]]与[[安全]]，又及安全。", [(A, "安全"), (A, "安全")], {}),  # the n-th mention is the n-th place
    ("[[安全]]与发展。", [(A, "安全"), (A, "安全")], {"repeated": 1}),
    ("主張[[戰略自主]]。", [(A, "战略自主")], {}),  # the model wrote simplified
    ("主张[[战略自主]]。", [(A, "戰略自主")], {}),
    ("所谓[[ＦＯＮＯＰ]]者。", [(A, "FONOP")], {}),  # full width
    ("the [[hub‑and‑spoke]] system", [(A, "hub-and-spoke")], {}),
    ("談[[安全 困境]]時", [(A, "安全困境")], {}),  # a blank left by the page
    ("regimes 不是 [[regime]]", [(A, "regime")], {}),  # not inside a longer word
    ("regimes", [(A, "regime")], {"quote": 1}),
    ("𠮷田与[[安全]]👍🏽。", [(A, "安全")], {}),  # beyond the basic plane
    ("㈱[[安全]]", [(A, "安全")], {}),  # a character that folds to three
    ("提出[[安全]]之说", [(A, "「安全」"), (A, " ")], {"form": 1}),  # quotation marks that the passage has not
]


@pytest.mark.parametrize(("text", "said", "dropped"), CASES)
def test_quotes_are_brought_to_their_place(text, said, dropped):
    plain, marks = marked(text)
    content = json.dumps([{"code": c, "quote": q} for c, q in said])
    parsed = parse(content, plain, CODES)
    assert [(i.span.start, i.span.end) for i in parsed.items] == list(marks)
    assert dict(parsed.dropped) == dropped


def test_an_exact_quote_goes_before_one_in_another_script():
    parsed = parse('[{"code": "f.a", "quote": "後果"}]', "后果与後果", CODES)
    assert [(i.span.start, i.span.end) for i in parsed.items] == [(3, 5)]


def test_each_code_counts_its_own_mentions():
    content = json.dumps([{"code": c, "quote": "安全"} for c in (A, B, A)])
    parsed = parse(content, "安全与安全", CODES)
    assert [(i.code, i.span.start) for i in parsed.items] == [(A, 0), (B, 0), (A, 3)]


@pytest.mark.parametrize(
    "entry",
    [
        "安全",
        1,
        None,
        [],
        {},
        {"code": A},
        {"code": 1, "quote": "安全"},
        {"code": A, "quote": ["安全"]},
        {"code": A, "quote": ""},
    ],
)
def test_entries_of_another_form_are_counted(entry):
    parsed = parse(json.dumps([ENTRY, entry]), "安全", CODES)
    assert (len(parsed.items), dict(parsed.dropped)) == (1, {"form": 1})


@pytest.mark.parametrize("quote", ["\ud800", "\u200b", "“”", "——", "\x00", "　"])
def test_quotes_without_a_word_are_no_place(quote):
    parsed = parse(json.dumps([{"code": A, "quote": quote}]), "安全。—— 机制", CODES)
    assert sum(parsed.dropped.values()) + len(parsed.items) == 1
    assert all(i.span.quote("安全。—— 机制") == "——" for i in parsed.items)


PIECES = st.sampled_from(
    ["安全", "戰略", "战略", "re gime", "A", "𠮷", "㈱", "é", "👍🏽", " ", "\r\n", "—", "“", "”", "。", "\u200b", "　"]
)


@given(st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=3).map("".join), st.text(max_size=30))
def test_nothing_raises_and_what_is_found_stands_there(text, quote, prose):
    content = prose + json.dumps([{"code": A, "quote": quote}] * 3)
    for item in parse(content, text, CODES).items:
        assert item.span.quote(text)
    parse(prose, text, CODES)
