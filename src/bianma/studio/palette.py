"""Colours for codes: shades of each family's colour that a colour-blind coder can tell apart.

Around the family's colour (of the Okabe-Ito set, by custom) lies a small patch of lightness, saturation and hue. From
it shades are taken one by one, each as far as can be from those taken before, where far is the *least* CIEDE2000
difference over normal sight, deuteranopia and protanopia. The order is then chosen so that codes which stand side by
side differ most. Dichromacy is simulated with the matrices of Machado, Oliveira and Fernandes 2009 (table 1, severity
1.0).

A colour is never the only sign: labels stand in words wherever a colour stands.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise, product

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

SIGHTS: dict[str, Matrix] = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}
NEUTRAL = "#B4B4B4"  # the sentence functions: they cover whole sentences, so they must stay pale beneath the concepts
_LIGHTNESS = tuple(step * 0.03 for step in range(-8, 9))  # in OKLab, around the family's colour
_LIGHTEST = 0.9  # anything lighter is lost on the white page
_SATURATION = (0.35, 0.6, 0.85, 1.1)  # times the family's
_HUE = (-20.0, 0.0, 20.0)  # degrees
_XYZ: Matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE: Triple = (0.95047, 1.0, 1.08883)
_LMS: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_OKLAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_UN_OKLAB: Matrix = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_UN_LMS: Matrix = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def palette(families: Mapping[str, tuple[str, int]]) -> dict[str, tuple[str, ...]]:
    """Return for each family, given as (colour #RRGGBB, number of codes), one shade per code; no colour occurs twice.

    Every shade stays nearer to its own family's colour than to another family's, for every sight, as far as there are
    enough such shades. Deterministic. Raises ValueError if a colour is no #RRGGBB.

    >>> palette({"regime": ("#0072B2", 1), "role": ("#E69F00", 2)})["regime"]
    ('#0072B2',)
    """
    pools = {
        name: _pool(colour, [c for c, _ in families.values()], count) for name, (colour, count) in families.items()
    }
    taken: dict[str, list[str]] = {name: [] for name in families}
    for name in _turns({name: count for name, (_, count) in families.items()}):
        everything = [c for row in taken.values() for c in row]
        pool = [c for c in pools[name] if c not in everything]
        taken[name].append(max(pool, key=lambda c: _least(c, everything)) if taken[name] else pool[0])
    return {name: _apart(row) for name, row in taken.items()}


@lru_cache(maxsize=1 << 16)
def difference(one: str, other: str) -> float:
    """Return the least CIEDE2000 difference of two #RRGGBB colours over normal and dichromatic sight."""
    return min(ciede2000(seen(one, sight), seen(other, sight)) for sight in SIGHTS)


@lru_cache(maxsize=1 << 14)
def seen(colour: str, sight: str) -> Triple:
    """Return the CIELAB value (D65) of a #RRGGBB colour as somebody with `sight` (a key of SIGHTS) sees it."""
    linear = _times(SIGHTS[sight], _linear(colour))
    x, y, z = (_cube_root(v / w) for v, w in zip(_times(_XYZ, _clip(linear)), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one: Triple, other: Triple) -> float:
    """Return the CIEDE2000 difference of two CIELAB colours (Sharma, Wu and Dalal 2005, equations 2-22).

    >>> round(ciede2000((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485)), 4)
    2.0425
    """
    (l1, a1, b1), (l2, a2, b2) = one, other
    g = _g((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2)
    c1, c2 = math.hypot(a1 * (1 + g), b1), math.hypot(a2 * (1 + g), b2)
    h1, h2 = _hue(a1 * (1 + g), b1), _hue(a2 * (1 + g), b2)
    dh = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc, dhue = l2 - l1, c2 - c1, 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = h1 + h2 if c1 * c2 == 0 else (h1 + dh / 2) % 360
    sl = 1 + 0.015 * (lm - 50) ** 2 / math.sqrt(20 + (lm - 50) ** 2)
    sc = 1 + 0.045 * cm
    sh = 1 + 0.015 * cm * _t(hm)
    turn = -math.sin(math.radians(60 * math.exp(-(((hm - 275) / 25) ** 2)))) * 2 * _ratio(cm)
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dhue / sh) ** 2 + turn * (dc / sc) * (dhue / sh))


def over_white(colour: str, alpha: float) -> str:
    """Return what `colour` looks like when drawn with `alpha` on white, as Label Studio draws a highlight (0.3)."""
    return "#" + "".join(f"{round(255 + (v - 255) * alpha):02X}" for v in _bytes(colour))


def _least(colour: str, others: Sequence[str]) -> float:
    return min(difference(colour, other) for other in others)


def _turns(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield the families in turn, so that none is left with what the others did not want."""
    for turn in range(max(counts.values(), default=0)):
        yield from (name for name, count in counts.items() if turn < count)


def _pool(colour: str, bases: Sequence[str], count: int) -> list[str]:
    """The colour and its patch, without what looks more like another family, unless too few shades are left."""
    colour = colour.upper()
    patch = [c for c in _patch(colour) if c != colour]
    others = [b for b in bases if b.upper() != colour]
    clear = [c for c in patch if all(_nearer(c, colour, other) for other in others)]
    rest = [c for c in patch if c not in set(clear)]
    return [colour, *clear, *rest[: max(0, 2 * count - len(clear))]]


def _nearer(colour: str, own: str, other: str) -> bool:
    return all(
        ciede2000(seen(colour, sight), seen(own, sight)) < ciede2000(seen(colour, sight), seen(other, sight))
        for sight in SIGHTS
    )


def _patch(colour: str) -> list[str]:
    lightness, a, b = _oklab(colour)
    chroma, hue = math.hypot(a, b), math.degrees(math.atan2(b, a))
    if chroma < 0.02:  # a grey has no hue of its own: tint it a little, all around
        chromas, hues = [0.0, 0.05], [60.0 * turn for turn in range(6)]
    else:
        chromas, hues = [chroma * times for times in _SATURATION], [hue + turn for turn in _HUE]
    grid = product(_LIGHTNESS, chromas, hues)
    found = (_from_oklch(lightness + dl, c, h) for dl, c, h in grid if lightness + dl <= _LIGHTEST)
    return list(dict.fromkeys(c for c in found if c is not None))


def _apart(colours: Sequence[str]) -> tuple[str, ...]:
    """Order `colours`, the first staying first, so that the least difference of neighbours is large.

    Greedy, then exchanges of two as long as one helps.
    """
    left, row = list(colours[1:]), list(colours[:1])
    while left:
        row.append(max(left, key=lambda c: difference(c, row[-1])))
        left.remove(row[-1])
    for i, j in combinations(range(1, len(row)), 2):
        swapped = [*row[:i], row[j], *row[i + 1 : j], row[i], *row[j + 1 :]]
        row = max(row, swapped, key=_steps)
    return tuple(row)


def _steps(row: Sequence[str]) -> list[float]:
    """The differences of neighbours, the least first: the larger list is the better order."""
    return sorted(difference(a, b) for a, b in pairwise(row))


def _bytes(colour: str) -> tuple[int, int, int]:
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is no colour; write it as #RRGGBB")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(colour: str) -> Triple:
    r, g, b = (v / 255 for v in _bytes(colour))
    return _to_linear(r), _to_linear(g), _to_linear(b)


def _to_linear(v: float) -> float:
    return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4


def _to_gamma(v: float) -> float:
    return 12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055


def _oklab(colour: str) -> Triple:
    long, middle, short = (math.cbrt(v) for v in _times(_LMS, _linear(colour)))
    return _times(_OKLAB, (long, middle, short))


def _from_oklch(lightness: float, chroma: float, hue: float) -> str | None:
    """Return the colour as #RRGGBB, or None where no screen can show it."""
    angle = math.radians(hue)
    long, middle, short = _times(_UN_OKLAB, (lightness, chroma * math.cos(angle), chroma * math.sin(angle)))
    rgb = _times(_UN_LMS, (long**3, middle**3, short**3))
    if any(not -0.002 <= v <= 1.002 for v in rgb):
        return None
    return "#" + "".join(f"{round(255 * _to_gamma(v)):02X}" for v in _clip(rgb))


def _times(matrix: Matrix, v: Triple) -> Triple:
    x, y, z = (row[0] * v[0] + row[1] * v[1] + row[2] * v[2] for row in matrix)
    return x, y, z


def _clip(v: Triple) -> Triple:
    x, y, z = (min(1.0, max(0.0, u)) for u in v)
    return x, y, z


def _cube_root(v: float) -> float:
    return math.cbrt(v) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116


def _hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0


def _ratio(chroma: float) -> float:
    return math.sqrt(chroma**7 / (chroma**7 + 25.0**7))


def _g(chroma: float) -> float:
    return 0.5 * (1 - _ratio(chroma))


def _t(hue: float) -> float:
    def cosine(degrees: float) -> float:
        return math.cos(math.radians(degrees))

    return (
        1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6) - 0.20 * cosine(4 * hue - 63)
    )
