import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.codebook.patterns import anchors, parse, parse_part
from bianma.errors import PatternError

CLASSES = {"fear": ["害怕", "担心", "怕"], "ally": ["盟(友|国)", "{patron}"], "patron": ["美国"], "loop": ["{loop}"]}


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("安全困境", {"安全困境"}),
        ("{fear}{..4}抛弃", {"抛弃"}),  # one text is cheaper than three
        ("{fear}(美国)?", {"害怕", "担心", "怕"}),  # what may be missing is no anchor
        ("(借|搭)船[[出海]]", {"出海", "船"}),
        ("{ally}的承诺", {"的承诺"}),  # a class in a class
    ],
)
def test_an_anchor_is_part_of_every_match(pattern, needed):
    found = anchors(parse(pattern, CLASSES).whole)
    assert found
    assert found <= needed


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(被抛弃", "never closed"),
        ("被抛弃)", "without its ("),
        ("被{nobody}抛弃", "no class {nobody}"),
        ("{loop}", "stands inside itself"),
        ("被.*抛弃", "has no meaning"),
        ("被+", "has no meaning"),
        ("害怕，抛弃", "ends a clause"),
        ("怕{..40}抛弃", "a gap is"),
        ("怕{5..2}抛弃", "a gap is"),
        ("{..4}(美国)?", "at least one text"),
        ("怕[[(美国)?]]丢", "could be empty"),
        ("怕[[丢]][[下]]", "must come once"),
        ("怕([[丢]]|扔)", "inside a group"),
        ("怕?", "makes a group or class optional"),
        ("一{..9}二{..9}三{..9}四{..9}五", "gaps in a row"),
        ("一{..20}二{..20}三{..20}(四)?(五)?(六)?", "it would try"),
        ("一[[二", "must come once"),
        ("一]]二[[三", "before [["),
    ],
)
def test_what_is_no_pattern_is_refused_in_one_sentence(pattern, says):
    with pytest.raises(PatternError, match=r"^[^\n]*$") as caught:
        parse(pattern, CLASSES)
    assert says in str(caught.value)


def test_nothing_is_marked_in_a_condition():
    with pytest.raises(PatternError, match="nothing can be marked"):
        parse_part("[[美国]]", CLASSES)


def test_gaps_count_along_one_way_only():
    parse("(甲{..4}乙{..4}丙|丁{..4}戊{..4}己)", {})  # four gaps written, two in a row


@given(st.text(alphabet="甲乙(){}[]|?.,4 a{..4}", max_size=24))
def test_a_pattern_is_read_or_refused(source):
    try:
        pattern = parse(source, CLASSES)
    except PatternError:
        return
    assert anchors(pattern.whole)
