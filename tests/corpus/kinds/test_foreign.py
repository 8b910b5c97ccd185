import pytest

from bianma.corpus.draft import take
from bianma.corpus.kinds.foreign import is_affiliation, is_name_list, own_summary
from bianma.corpus.paragraphs.clean import Paragraph


def page(*texts: str) -> list[Paragraph]:
    """Paragraphs of a summary page; a text that begins with # is a heading."""
    bare = [t.lstrip("# ") for t in texts]
    return [Paragraph(take(b, (0, len(b))), b, depth=t.startswith("#")) for t, b in zip(texts, bare, strict=True)]


FIRST = ["# The Price of Words", "Wang Ming", "Abstract: It is about words and their price.", "Keywords: words; price"]
SECOND = ["# The Life of Regimes", "Zhou Siqi and Li Mingyuan", "Abstract: It is about regimes.", "Keywords: regimes"]
TAIL = ["ward the region, and so it ended.", "Keywords: alliance"]


@pytest.mark.parametrize(
    ("authors", "own"),
    [
        ("周思齐 李明远", range(6, 10)),  # by their names
        ("周思齐", range(6, 10)),
        ("王明", range(2, 6)),
        ("諸葛亮", range(2, 6)),  # a name that does not decide: the first complete one
        ("", range(2, 6)),
    ],
)
def test_the_summary_with_the_authors_names_is_the_articles_own(authors: str, own: range) -> None:
    kinds = own_summary(page(*TAIL, *FIRST, *SECOND), range(10), authors)
    assert [n for n, kind in kinds.items() if kind != "foreign"] == list(own)
    assert [kinds[n] for n in own] == ["title", "author", "abstract", "keywords"]


def test_a_label_that_stands_alone_names_what_follows() -> None:
    kinds = own_summary(
        page("# The Life of Regimes", "Abstract:", "It is about regimes.", "Keywords:", "regimes, life"), range(5), ""
    )
    assert list(kinds.values()) == ["title", "furniture", "abstract", "furniture", "keywords"]


def test_latin_text_that_is_no_summary_is_foreign() -> None:
    assert own_summary(page("It was the best of times, it was the worst of times."), [0], "周思齐") == {0: "foreign"}
    assert own_summary([], [], "周思齐") == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wang Ming and Zhou Siqi", True),
        ("LI Mingyuan", True),
        ("J. Doe argues that", False),
        ("The life of regimes", False),
    ],
)
def test_a_line_of_names(text: str, names: bool) -> None:
    assert is_name_list(text) is names


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("(Associate Professor, Department of International Relations, Some University)", True),
        ("(University of Sometown)", True),
        ("(The Life of Regimes)", False),
        ("The University and the State", False),
    ],
)
def test_a_line_that_says_where_an_author_works(text: str, place: bool) -> None:
    assert is_affiliation(text) is place
