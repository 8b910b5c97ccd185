import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.codebook.brackets import edge_faults, faults, marked, show


@pytest.mark.parametrize(
    ("text", "plain", "marks"),
    [
        ("平衡者", "平衡者", ()),
        ("充当[[砝码]]", "充当砝码", ((2, 4),)),
        ("[[追随]][[者]]", "追随者", ((0, 2), (2, 3))),  # marks that touch stay two
        ("第[1]章的[[角色]]", "第[1]章的角色", ((6, 8),)),  # single brackets are text
        ("𠀀[[😀角]]", "𠀀😀角", ((1, 3),)),  # code points, not UTF-16 units
    ],
)
def test_marks_are_code_point_ranges(text, plain, marks):
    assert marked(text) == (plain, marks)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[角色", "never closed"),
        ("角色]]", "not balanced"),
        ("[[角[[色]]]]", "without nesting"),
        ("]]角色[[", "not balanced"),
        ("[[]]角色", "must hold a text"),
        ("[[ 角色]]", "without blanks"),
    ],
)
def test_bad_brackets(text, said):
    with pytest.raises(ValueError, match=said):
        marked(text)
    assert any(said in fault for fault in faults(text, marks="some"))


@pytest.mark.parametrize(
    ("text", "wanted", "said"),
    [
        ("角色", "some", "nothing is marked"),
        ("[[角色]]", "none", "no [[ ]] belong here"),
        ("[[角]][[色]]", "one at most", "2 parts are marked"),
    ],
)
def test_as_many_marks_as_wanted(text, wanted, said):
    assert [said in fault for fault in faults(text, marks=wanted)] == [True]


@pytest.mark.parametrize("term", ["同盟-", "—同盟", "hub ", " 同盟"])
def test_edges_that_a_scan_could_not_see(term):
    assert list(edge_faults(term))


@pytest.mark.parametrize("term", ["同盟+", "hub-and-spoke", "[[砝码]]的作用"])
def test_edges_that_are_fine(term):
    assert not list(edge_faults(term))


@given(st.text("角色 a𠀀[]", max_size=20), st.data())
def test_show_is_undone_by_marked(text, data):
    text = text.replace("[[", "").replace("]]", "").strip("[]")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    inside = text[start:end]
    if inside and inside == inside.strip() and "[" not in text and "]" not in text:
        assert marked(show(text, [(start, end)])) == (text, ((start, end),))
