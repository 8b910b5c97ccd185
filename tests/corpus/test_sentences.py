from itertools import pairwise

import pytest
from hypothesis import given
from tests.corpus.texts import any_texts

from bianma.corpus.sentences import sentences

# Each text is marked with | where a sentence ends; the comment says why the row is here.
ROWS = [
    "机制停滞了。|信任不足！|为何如此？",
    "他说：“机制停滞了。”|各国并不意外。",  # the closing quote belongs to the sentence
    "他问：“为何停滞？”没有人回答。|会议散了。",  # a question inside, the sentence goes on
    "所谓“没有互信就没有机制。”的说法，并不成立。",  # a stop inside a quotation that is part of the sentence
    "（前文已述。）|下面讨论成本。",  # a sentence in brackets
    "机制包括热线、通报……等安排。|其作用有限。",  # an ellipsis inside
    "能否成功？！|无人知道。",  # several stops
    "增长2.5个百分点。|其后回落。",  # a number in Chinese
    "中方指出:会谈有益,气氛良好。|双方将继续磋商。",  # half-width marks
    "见https://www.example.org/a.b?c=d。|另有说明。",  # an address
    "The U.S. policy grew by 2.5 points. |Then it fell.",  # abbreviation before a small letter, decimal
    "It was signed in Washington, D.C. in 1951. |Dr. Smith et al. disagree, e.g. on No. 5 of the list.",
    "They left the U.N. |“Why?” he asked. |Nobody knew.",  # an abbreviation that ends its sentence
    "J. S. Nye and R. O. Keohane wrote it. |It is well known.",  # initials
    "See www.example.org for more. |It helps.",
    "He said “No.” |She agreed!",
    "没有句号的一行",
    "第一行\n|第二行。",  # rows of a table
]


@pytest.mark.parametrize("row", ROWS)
def test_sentences_end_where_a_reader_ends_them(row: str) -> None:
    text = row.replace("|", "")
    assert [s.quote(text) for s in sentences(text)] == [part.strip() for part in row.split("|")]


@given(any_texts)
def test_sentences_leave_out_white_space_only(text: str) -> None:
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
    assert all(s.quote(text) == s.quote(text).strip() for s in spans)
