"""Which function a sentence has in the argument, by its markers.

Markers are found like cues (the longest stands, so 笔者认为 is not also 认为). Each marker counts once in a sentence,
with its weight; the function with the greatest sum wins, the earlier one of the codebook in a tie, the default where no
marker stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bianma.codebook.model import Code
from bianma.records import CodeId
from bianma.suggest.lexicon import Find, Lexicon

DEFAULT_SCORE = 0.25  # of a sentence without markers


@dataclass(frozen=True, slots=True)
class Label:
    """The function of a sentence, the markers that spoke for it, and a score in (0, 1)."""

    function: CodeId
    markers: tuple[str, ...]
    score: float


def label(sentence: str, *, lexicon: Lexicon, functions: Iterable[Code], default: CodeId) -> Label:
    """Return the function of `sentence`.

    The score is the winner's sum of weights divided by one plus the sum of all weights: one weak marker gives 0.5, a
    second one raises it, a rival's lowers it. It orders sentences by how sure the label is; it is no probability.
    """
    markers = _markers(lexicon.finds(sentence))
    sums = {code.id: sum(markers[code.id].values()) for code in functions if code.id in markers}
    if not sums:
        return Label(default, (), DEFAULT_SCORE)
    winner = max(sums, key=lambda function: sums[function])  # max() keeps the first of equals
    return Label(winner, tuple(markers[winner]), round(sums[winner] / (1 + sum(sums.values())), 4))


def _markers(finds: Iterable[Find]) -> Mapping[CodeId, Mapping[str, float]]:
    out: dict[CodeId, dict[str, float]] = {}
    for find in finds:
        out.setdefault(find.code, {})[find.cue.term] = find.cue.weight
    return out
