from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.corpus.readers.dom import Node, parse


def outline(node: Node, raw: str) -> list[object]:
    """The tree as nested lists: texts as they stand, an element as its tag and what is in it."""
    return [[c.tag, *outline(c, raw)] if isinstance(c, Node) else raw[slice(*c)] for c in node.children]


@pytest.mark.parametrize(
    ("raw", "tree"),
    [
        ("<p>甲<p>乙", [["p", "甲"], ["p", "乙"]]),
        ("<b>甲<p>乙</b>丙</p>", [["b", "甲", ["p", "乙", "丙"]]]),
        ("<ul><li>1<ul><li>2</ul><li>3</ul>", [["ul", ["li", "1", ["ul", ["li", "2"]]], ["li", "3"]]]),
        (
            "<table><tr><td>a<td>b</div><tr><td>c</table>d",
            [["table", ["tr", ["td", "a"], ["td", "b"]], ["tr", ["td", "c"]]], "d"],
        ),
        ("<dl><dt>a<dd>b<dt>c</dl>", [["dl", ["dt", "a"], ["dd", "b"], ["dt", "c"]]]),
        ("<a href=x>甲<a href=y>乙</a>", [["a", "甲"], ["a", "乙"]]),
        ("<br>甲<img src='a>b'/>乙", [["br"], "甲", ["img"], "乙"]),
        ("<script>if (a<b) '</p>'</script>丙", [["script", "if (a<b) '</p>'"], "丙"]),
        ("<style>甲", [["style", "甲"]]),
        ("</p></table>甲", ["甲"]),
        ("<html><body class=x>甲</body></html>", ["甲"]),
        ("甲<!-- 乙 --!>丙<!doctype html><!--", ["甲", "丙"]),
        ("<p title='甲", [["p"]]),
        ("甲 < 乙 <3", ["甲 < 乙 <3"]),
        ("a<b的", ["a<", "b的"]),
    ],
)
def test_the_tree_is_a_browsers(raw: str, tree: list[object]) -> None:
    assert outline(parse(raw), raw) == tree


def test_attributes() -> None:
    (node,) = parse("<A HREF='a&amp;b' class=x id=\"y z\" hidden class=w>").elements
    assert (node.tag, node.attrs) == ("a", {"href": "a&b", "class": "x", "id": "y z", "hidden": ""})
    assert node.names == "x y z"


@pytest.mark.parametrize(
    "rubbish", ["<a ='", "<!--", "<", "<a ", "&#", "<div>", "</", "<![CDATA[", "<script>", '<p x="']
)
def test_rubbish_takes_no_more_time_the_more_there_is(rubbish: str) -> None:
    parse(rubbish * 50_000)  # a quadratic reader does not come back


@given(st.text(alphabet="<>/!-=\"' abpdiv甲\n&;", max_size=80))
def test_texts_are_in_order_and_apart(raw: str) -> None:
    texts = [t for node in parse(raw).walk() for t in node.children_texts()]
    ordered = sorted(texts)
    assert all(0 <= a < b <= len(raw) for a, b in texts)
    assert all(left[1] <= right[0] for left, right in pairwise(ordered))
