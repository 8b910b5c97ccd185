"""Lines of a block that open something without blank, mark or number."""

import pytest

from bianma.corpus.paragraphs.openings import openings

FULL = "机制的寿命取决于各方对承诺成本的判断而判断又取决于各方的经验与印象"
ENDED = "而判断又取决于各方在长期互动中形成的经验，印象则是其次的一个因素。"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([FULL, ENDED, "从敏感性到脆弱性", FULL], [2]),
        ([ENDED, "誰的安全？", FULL], [1]),
        ([FULL, "从敏感性到脆弱性", FULL], []),  # the line above breaks off
        ([ENDED, "各方因此止步。", FULL], []),  # a sentence
        ([ENDED, "从敏感性，到脆弱性", FULL], []),  # a clause of one
        ([ENDED, "从敏感性到脆弱性", "短行"], []),  # verses, lines of a list
        ([ENDED, FULL, FULL], []),  # a full line
        ([ENDED, "① 从敏感性到脆弱性", FULL], []),  # a note
        (
            [
                "Keywords: trust, regime",
                "Water Diplomacy in the Upper Basin",
                "Tan Lijuan",
                "Abstract: States share rivers.",
            ],
            [1],
        ),
        (["Keywords: trust,", "Great Power Rivalry", "Abstract: States share rivers."], []),  # more keywords
        (["Keywords: trust;", "Great Power; Rivalry", "Abstract: States share rivers."], []),
        (["Water Diplomacy in the Upper Basin", "Tan Lijuan", "Abstract: States share rivers."], []),
    ],
)
def test_what_opens_without_a_mark(texts: list[str], found: list[int]) -> None:
    assert openings(texts, 68) == found
