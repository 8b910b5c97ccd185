"""Colours: the formula against published values, and the shades against what a colour-blind coder needs."""

from itertools import combinations, pairwise
from pathlib import Path

import pytest

from bianma.codebook import load
from bianma.studio.palette import NEUTRAL, SIGHTS, ciede2000, difference, over_white, palette, seen

SHIPPED = load(Path(__file__).parents[2] / "codebook")
FAMILIES = {f.id: (f.colour, len(f.codes)) for f in SHIPPED.families} | {"functions": (NEUTRAL, len(SHIPPED.functions))}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # Sharma, Wu and Dalal 2005, table 1: the pairs that tell wrong implementations apart
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),  # pair 1: hue near 275 degrees
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),  # pair 9: mean hue
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),  # pair 11: mean hue on the other side
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),  # pair 17
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),  # pair 25
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),  # pair 34: dark
    ],
)
def test_ciede2000_as_published(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(expected, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(expected, abs=5e-5)


def test_dichromats_confuse_what_they_must_and_see_grey_as_grey() -> None:
    """A red and a green that a deuteranope can hardly tell apart; white stays white for everybody."""
    assert ciede2000(seen("#C75450", "normal"), seen("#8A7A00", "normal")) > 30
    assert ciede2000(seen("#C75450", "deuteranopia"), seen("#8A7A00", "deuteranopia")) < 15
    for sight in SIGHTS:
        assert seen("#FFFFFF", sight) == pytest.approx((100, 0, 0), abs=0.1)


def test_no_colour_occurs_twice_in_the_shipped_codebook() -> None:
    colours = [c for row in palette(FAMILIES).values() for c in row]
    assert len(colours) == 53 == len(set(colours))


def test_the_shipped_codes_can_be_told_apart_by_every_sight() -> None:
    """Differences are the least over normal sight, deuteranopia and protanopia; 2.3 is what is just noticed."""
    rows = palette(FAMILIES)
    for family, row in rows.items():
        assert min(difference(a, b) for a, b in pairwise(row)) > 6, family
    everything = [c for row in rows.values() for c in row]
    assert min(difference(a, b) for a, b in combinations(everything, 2)) > 2.3


def test_the_families_own_colours_are_far_apart_for_every_sight() -> None:
    families = [f.colour for f in SHIPPED.families]
    assert min(difference(a, b) for a, b in combinations(families, 2)) > 10


def test_a_family_begins_with_its_own_colour_and_the_result_is_the_same_each_time() -> None:
    rows = palette(FAMILIES)
    assert [rows[f.id][0] for f in SHIPPED.families] == [f.colour.upper() for f in SHIPPED.families]
    assert rows == palette(FAMILIES)


def test_many_codes_in_one_family_still_get_a_colour_each() -> None:
    assert len(set(palette({"big": ("#D55E00", 60), "other": ("#CC79A7", 3)})["big"])) == 60


@pytest.mark.parametrize("wrong", ["blue", "#12345", "0072B2F"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="#RRGGBB"):
        palette({"family": (wrong, 3)})


def test_a_highlight_is_drawn_faintly() -> None:
    assert over_white("#000000", 0.3) == "#B2B2B2"
