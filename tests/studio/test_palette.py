"""The shades against what a colour-blind coder needs, measured by CIEDE2000: another measure than chose them."""

from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from coloraide import Color

from bianma.codebook import load
from bianma.studio.palette import NEUTRAL, palette

SHIPPED = load(Path(__file__).parents[2] / "codebook")
FAMILIES = {f.id: (f.colour, len(f.codes)) for f in SHIPPED.families} | {"functions": (NEUTRAL, len(SHIPPED.functions))}
ROWS = palette(FAMILIES)
SIGHTS = ("normal", "deutan", "protan")


@cache
def seen(colour: str, sight: str) -> Color:
    seen = Color(colour) if sight == "normal" else Color(colour).filter(sight, method="machado")
    return seen.clip("srgb")


def difference(one: str, other: str, sight: str) -> float:
    return seen(one, sight).delta_e(seen(other, sight), method="2000")


def test_dichromats_confuse_what_they_must() -> None:
    """The measure itself: a red and a green that a deuteranope can hardly tell apart."""
    assert difference("#C75450", "#8A7A00", "normal") > 30
    assert difference("#C75450", "#8A7A00", "deutan") < 15


def test_no_colour_occurs_twice_in_the_shipped_codebook() -> None:
    colours = [c for row in ROWS.values() for c in row]
    assert len(colours) == 53 == len(set(colours))


@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_of_the_shipped_codes_can_be_told_apart(sight: str) -> None:
    """2.3 is what is just noticed."""
    everything = [c for row in ROWS.values() for c in row]
    assert min(difference(a, b, sight) for a, b in combinations(everything, 2)) > 2.3


@pytest.mark.parametrize("sight", SIGHTS)
def test_shipped_codes_that_stand_side_by_side_differ_plainly(sight: str) -> None:
    for family, row in ROWS.items():
        assert min(difference(a, b, sight) for a, b in pairwise(row)) > 6, family


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_shade_looks_like_its_own_family(sight: str) -> None:
    """One of the 53 may look more like another family to a dichromat, none to normal sight."""
    own = {family: row[0] for family, row in ROWS.items()}
    strays = [
        c
        for family, row in ROWS.items()
        for c in row
        if min(own, key=lambda f, c=c: difference(c, own[f], sight)) != family
    ]
    assert len(strays) <= (sight != "normal"), strays


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_families_own_colours_are_far_apart(sight: str) -> None:
    families = [f.colour for f in SHIPPED.families]
    assert min(difference(a, b, sight) for a, b in combinations(families, 2)) > 10


def test_a_family_begins_with_its_own_colour_and_the_result_is_the_same_each_time() -> None:
    assert [ROWS[f.id][0] for f in SHIPPED.families] == [f.colour for f in SHIPPED.families]
    assert palette(FAMILIES) == ROWS


@pytest.mark.parametrize("grown", FAMILIES)
def test_a_code_added_at_the_end_changes_no_other_colour(grown: str) -> None:
    colour, count = FAMILIES[grown]
    rows = palette(FAMILIES | {grown: (colour, count + 1)})
    assert rows | {grown: rows[grown][:-1]} == ROWS


def test_many_codes_in_one_family_still_get_a_colour_each() -> None:
    assert len(set(palette({"big": ("#D55E00", 60), "other": ("#CC79A7", 3)})["big"])) == 60


def test_more_codes_than_shades_share_them() -> None:
    assert len(palette({"dark": ("#000000", 200)})["dark"]) == 200


def test_families_of_one_colour_share_no_shade() -> None:
    rows = palette({"one": ("#0072B2", 12), "other": ("#0072B2", 12)})
    assert len({*rows["one"], *rows["other"]}) == 24


@pytest.mark.parametrize("wrong", ["bleu", "#12345", "0072B2F"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        palette({"family": (wrong, 3)})
