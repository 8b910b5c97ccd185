"""Front matter between two rules: the page's, whatever its keys."""

import pytest

from bianma.corpus.cut import passages
from bianma.records import DocId

TEXT = (
    "# 论承诺的成本\n\n文／王某某（某大學國際事務研究所副教授）\n\n各方对承诺的看法各有不同，有的重成本，有的重信誉。"
)


@pytest.mark.parametrize(
    "matter",
    [
        'title: 论承诺的成本\nauthor:\n  - "[[王某某]]"\ntags: [承诺, 成本]\ncreated: 2023-01-02',
        "title: 论承诺的成本\ncategories:\n- 专论\n- 书评\n\ndraft: false",  # a list that is not indented
        "標題: 论承诺的成本\n来源: https://a.example/1\ndescription: >\n  多行的说明，\n  也在其中。",
    ],
)
def test_front_matter_is_the_pages(matter: str) -> None:
    found = passages(DocId("a"), f"---\n{matter}\n---\n\n{TEXT}\n")
    kept = [(p.kind, p.text[:9]) for p in found if p.kind != "furniture"]
    assert kept == [("title", "论承诺的成本"), ("author", "文／王某某（某大學"), ("body", "各方对承诺的看法各")]


@pytest.mark.parametrize(
    "raw",
    [
        f"---\n\n各方的看法：承诺应当兑现，这是合作的前提。\n\n---\n\n{TEXT}",  # rules round a text
        f"---\ntitle: 论承诺\n\n各方的看法并不相同，这是合作的困难所在。\n\n---\n\n{TEXT}",  # a text among the keys
        f"{TEXT}\n\n---\n各方的看法: 承诺应当兑现，这是合作的前提。\n---\n",  # not at the start
    ],
)
def test_rules_elsewhere_hold_text(raw: str) -> None:
    assert any("各方的看法" in p.text for p in passages(DocId("a"), raw) if p.kind in ("title", "body"))
