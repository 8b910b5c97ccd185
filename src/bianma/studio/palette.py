"""Colours for codes: shades of each family's colour that a colour-blind coder can tell apart.

Around the family's colour (of the Okabe-Ito set, by custom) lies a patch of lightness, chroma and hue. From it shades
are taken one by one, each as far as can be from those taken before, from the last one above all, and from looking like
another family's. Far is the *least* distance in CAM16-UCS over normal sight, deuteranopia and protanopia (simulated as
by Machado, Oliveira and Fernandes 2009).

A colour is never the only sign: labels stand in words wherever a colour stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, cycle, islice, product
from math import dist, inf

from coloraide.everything import ColorAll as Color

Views = tuple[Sequence[float], ...]  # where a colour lies in CAM16-UCS, to each sight

NEUTRAL = "#B4B4B4"  # the sentence functions: they cover whole sentences, so they must stay pale beneath the concepts
_DICHROMACIES = ("deutan", "protan")
_LIGHTNESS = tuple(step * 0.03 for step in range(-8, 9))  # in OKLCh, around the family's colour
_DARKEST, _LIGHTEST = 0.4, 0.9  # beyond them, black letters or the white page swallow a colour
_CHROMA = (0.4, 0.7, 1.0, 1.2)  # times the family's
_HUE = (-30, -15, 0, 15, 30)  # degrees
_GREY = 0.02  # the chroma below which a colour has no hue
_TINTS = [(chroma, hue) for chroma in (0.0, 0.05) for hue in range(0, 360, 60)]
_SIDE_BY_SIDE = 0.5  # what the distance from the shade before weighs: the less, the farther it must be
_BELONGING = 3.0  # what it weighs how much nearer a shade lies to its own family's colour than to another family's


def palette(families: Mapping[str, tuple[str, int]]) -> dict[str, tuple[str, ...]]:
    """Return for each family, given as (colour #RRGGBB, number of codes), one shade per code.

    The first is the family's own colour. No colour occurs twice, unless a family has more codes than its colour has
    shades. A code that is added at a family's end changes no other code's colour, unless two families share theirs.

    >>> palette({"regime": ("#0072B2", 1), "role": ("#E69F00", 2)})["regime"]
    ('#0072B2',)
    """
    bases = {colour: _views(colour) for colour, _ in families.values()}
    rows: dict[str, tuple[str, ...]] = {}
    for name, (colour, count) in families.items():
        taken = bases.keys() - {colour} | set(chain(*rows.values()))
        pool = {c: _views(c) for c in (colour, *_patch(colour)) if c not in taken}
        others = [views for base, views in bases.items() if base != colour]
        rows[name] = tuple(islice(cycle(_shades(pool, bases[colour], others)), count))
    return rows


def _shades(pool: Mapping[str, Views], own: Views, others: Sequence[Views]) -> Iterator[str]:
    """Yield all of `pool`: its first colour, then always the one that is farthest from those before."""
    room = {c: _BELONGING * _belonging(views, own, others) for c, views in pool.items()}
    best = next(iter(pool))
    while True:
        yield best
        step = {c: _distance(pool[c], pool[best]) for c in room if c != best}
        room = {c: min(room[c], far) for c, far in step.items()}
        if not room:
            return
        best = max(room, key=lambda c: min(room[c], _SIDE_BY_SIDE * step[c]))


def _distance(one: Views, other: Views) -> float:
    return min(map(dist, one, other))


def _belonging(views: Views, own: Views, others: Sequence[Views]) -> float:
    """Return how much nearer a colour lies to `own` than to any of `others`, to the sight that sees it least."""
    gains = (dist(v, b) - dist(v, a) for other in others for v, a, b in zip(views, own, other, strict=True))
    return min(gains, default=inf)


@lru_cache(maxsize=4096)
def _views(colour: str) -> Views:
    """Return where a #RRGGBB colour lies to each sight; ValueError if it is none."""
    seen = [Color(colour), *(Color(colour).filter(d, method="machado").clip("srgb") for d in _DICHROMACIES)]
    return tuple(c.convert("cam16-ucs").coords() for c in seen)


def _patch(colour: str) -> list[str]:
    """Return the colours around `colour` that a screen can show."""
    lightness, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    around = [(chroma * times, hue + turn) for times in _CHROMA for turn in _HUE] if chroma > _GREY else _TINTS
    middle = min(max(lightness, _DARKEST), _LIGHTEST)
    grid = product((middle + up for up in _LIGHTNESS if _DARKEST <= middle + up <= _LIGHTEST), around)
    found = (Color("oklch", [light, *tint]).convert("srgb") for light, tint in grid)
    return list(dict.fromkeys(c.to_string(hex=True, upper=True) for c in found if c.in_gamut(tolerance=0.002)))
