"""Functions learned while the coder works: after each sentence the weights move a little towards what was chosen.

One step of stochastic gradient descent on the log loss a sentence, over the signs and words of the codebook and over
the pairs and triples of characters in the sentence, which belong to no codebook. The steps are small: what a hundred
sentences agree on counts, one slip does not.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bianma.records import CodeId
from bianma.suggest.scan import scan_form

STEP, STEP_OF_CHARACTERS = 0.05, 0.02  # chosen on articles left out (docs/measured.md)


class Tuned:
    """What was learned about functions, as weights to add to those of the codebook."""

    def __init__(self, functions: Iterable[CodeId]) -> None:
        self._functions = tuple(functions)
        self._weights: dict[str, dict[CodeId, float]] = defaultdict(lambda: dict.fromkeys(self._functions, 0.0))

    def sums(self, text: str, seen: Mapping[str, float]) -> dict[CodeId, float]:
        """Return what is to be added to each function's sum; `seen` are signs and words with their strengths."""
        sums = dict.fromkeys(self._functions, 0.0)
        for name, strength in (*seen.items(), *((c, 1.0) for c in _characters(text))):
            if name in self._weights:
                for function, weight in self._weights[name].items():
                    sums[function] += weight * strength
        return sums

    def learn(self, text: str, seen: Mapping[str, float], sums: Mapping[CodeId, float], chosen: CodeId) -> None:
        """Move the weights: `sums` labelled the sentence, `chosen` is what the coder made of it."""
        likely = softmax(sums)
        off = {function: (function == chosen) - p for function, p in likely.items()}
        for name, strength in seen.items():
            self._move(name, off, STEP * strength)
        for name in _characters(text):
            self._move(name, off, STEP_OF_CHARACTERS)

    def _move(self, name: str, off: Mapping[CodeId, float], step: float) -> None:
        weights = self._weights[name]
        for function, by in off.items():
            weights[function] += step * by


def softmax(sums: Mapping[CodeId, float]) -> dict[CodeId, float]:
    """Return probabilities in the ratio of the exponentials of `sums`."""
    most = max(sums.values())
    parts = {function: math.exp(s - most) for function, s in sums.items()}
    total = sum(parts.values())
    return {function: part / total for function, part in parts.items()}


def _characters(text: str) -> set[str]:
    """Return the pairs and triples of characters, marked so that none is taken for a sign or word."""
    form = scan_form(text)[0]
    return {f"\t{form[i : i + n]}" for n in (2, 3) for i in range(len(form) - n + 1)}
