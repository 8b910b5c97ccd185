"""Which function a sentence has in the argument: by weighted signs, or by markers alone where a codebook has no signs.

A sign is something that can be seen of a sentence: a marker of a function (found like a cue), an expression, a word,
its place in the passage and article, a quotation that was opened before it, the concepts inside it. Each has a weight
for each function; a function's score is the sum, and the softmax of the sums is the probability. The weights were
fitted on coded sentences (`fit`), so they are data of the codebook, not of the program.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import ahocorasick

from bianma.codebook.model import Code, Codebook
from bianma.records import CodeId, Kind
from bianma.suggest.lexicon import Find, Lexicon
from bianma.suggest.scan import scan_form
from bianma.suggest.tuned import Tuned, softmax

DEFAULT_SCORE = 0.25  # of a sentence without markers
MARKERS_AT_MOST = 3.0  # of a function's markers the sum of weights, as a sign of strength 1
_OPENING, _CLOSING = "“「『", "”」』"
_LABEL = re.compile(r"^\W{0,2}(?:摘\s?要|内容提要|内容摘要|提\s?要|abstract)\W{0,3}")
_SECTIONS = {
    "opening": re.compile("引言|导言|导论|绪论|问题的提出|introduction"),
    "closing": re.compile("结语|结论|余论|结束语|展望|前景|对策|conclusion"),
    "literature": re.compile("文献|研究综述|既有研究|研究现状|literature"),
    "theory": re.compile("理论|概念|框架|界定|假设|theor|framework"),
    "causes": re.compile("原因|动因|因素|动机|根源|cause"),
    "effects": re.compile("影响|意义|后果|挑战|effect|impact"),
    "course": re.compile("过程|进程|历程|案例|演变|发展|政策|举措|case"),
}
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Label:
    """The function of a sentence, what spoke for it most, and a score in (0, 1)."""

    function: CodeId
    markers: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands: number `index` of `count` in a passage of `kind`, at `position` of the article.

    `position` is in [0, 1]; `before` is the passage's text before it; `codes` are the concepts found in it.
    """

    text: str
    before: str = ""
    index: int = 0
    count: int = 1
    kind: Kind = "body"
    position: float = 0.5
    heading: str = ""
    codes: tuple[CodeId, ...] = ()


class Functions:
    """The functions of a codebook, compiled."""

    def __init__(self, codebook: Codebook) -> None:
        self._codes = codebook.functions
        self._default = codebook.default_function
        self._lexicon = Lexicon(codebook.functions, codebook.classes)
        self._signs = codebook.signs
        signs = codebook.signs.signs if codebook.signs else ()
        self._expressions = [(s.id, re.compile(s.expression)) for s in signs if s.expression]
        self._weights = {s.id: s.weights for s in signs}

    def label(self, sentence: Sentence, tuned: Tuned | None = None) -> Label:
        """Return the function of a sentence; with what was `tuned` while a coder worked counted in."""
        if self._signs is None:
            found = self._lexicon.finds(sentence.text)
            return by_markers(found, functions=self._codes, default=self._default)
        seen, words = self.seen(sentence), self._words(sentence.text)
        likely = softmax(self._sums(sentence.text, seen, words, tuned))
        winner = max(likely, key=lambda function: likely[function])
        return Label(winner, self._reasons(winner, seen, words), round(likely[winner], 4))

    def learn(self, sentence: Sentence, chosen: CodeId, tuned: Tuned) -> None:
        """Let `tuned` learn from what a coder made of a sentence. A codebook without signs learns nothing."""
        if self._signs is not None:
            seen, words = self.seen(sentence), self._words(sentence.text)
            sums = self._sums(sentence.text, seen, words, tuned)
            tuned.learn(sentence.text, seen | dict.fromkeys(words, 1.0), sums, chosen)

    def _sums(
        self, text: str, seen: Mapping[str, float], words: Sequence[str], tuned: Tuned | None
    ) -> dict[CodeId, float]:
        assert self._signs is not None
        sums = {code.id: self._signs.bias.get(code.id, 0.0) for code in self._codes}
        for weights, strength in self._weighed(seen, words):
            for function, weight in weights.items():
                sums[function] += weight * strength
        if tuned:
            for function, more in tuned.sums(text, {**seen, **dict.fromkeys(words, 1.0)}).items():
                sums[function] += more
        return sums

    def seen(self, sentence: Sentence) -> dict[str, float]:
        """Return the signs of a sentence with their strengths, in (0, 1]: all that weights could be fitted for."""
        form = _LABEL.sub("", scan_form(sentence.text)[0])
        seen = {sign: 1.0 for sign, expression in self._expressions if expression.search(form)}
        for function, markers in _markers(self._lexicon.finds(sentence.text)).items():
            seen[f"markers:{function}"] = min(MARKERS_AT_MOST, sum(markers.values())) / MARKERS_AT_MOST
        return seen | dict.fromkeys(_place(sentence, form), 1.0)

    def _weighed(
        self, seen: Mapping[str, float], words: Iterable[str]
    ) -> Iterable[tuple[Mapping[CodeId, float], float]]:
        assert self._signs is not None
        yield from ((self._weights[sign], strength) for sign, strength in seen.items() if sign in self._weights)
        yield from ((self._signs.words[word], 1.0) for word in words)

    def _words(self, text: str) -> list[str]:
        found = {word for _, word in self._automaton.iter(scan_form(text)[0])} if len(self._automaton) else set()
        return sorted(found)

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        made = ahocorasick.Automaton()
        for word in self._signs.words if self._signs else ():
            made.add_word(word, word)
        made.make_automaton()
        return made

    def _reasons(self, winner: CodeId, seen: Mapping[str, float], words: Sequence[str]) -> tuple[str, ...]:
        """Return the three signs and words that spoke most for the winner."""
        assert self._signs is not None
        spoke = {sign: self._weights[sign].get(winner, 0.0) * n for sign, n in seen.items() if sign in self._weights}
        spoke |= {word: self._signs.words[word].get(winner, 0.0) for word in words}
        return tuple(sorted((s for s, weight in spoke.items() if weight > 0), key=lambda s: (-spoke[s], s))[:3])


def by_markers(finds: Iterable[Find], *, functions: Iterable[Code], default: CodeId) -> Label:
    """Return the function with the greatest sum of its markers' weights; the earlier one in a tie.

    The longest marker stands, so 笔者认为 is not also 认为; each counts once. The score is the winner's sum divided by
    one plus the sum of all weights; it orders sentences by how sure the label is, and is no probability.
    """
    markers = _markers(finds)
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


def _place(sentence: Sentence, form: str) -> Iterable[str]:
    """Yield what can be seen of where a sentence stands and what it is made of."""
    yield f"kind:{sentence.kind}"
    if sentence.index == 0:
        yield "first"
    if sentence.index == sentence.count - 1:
        yield "only" if sentence.count == 1 else "last"
    if sentence.position < 0.1:
        yield "early"
    if sentence.position > 0.9:
        yield "late"
    if len(form) < 20:
        yield "brief"
    if len(form) > 120:
        yield "long"
    if len(_FIGURE.findall(form)) >= 6:
        yield "figures"
    if "《" in sentence.text:
        yield "work"
    if sum(sentence.text.count(sign) for sign in _OPENING) >= 2:
        yield "quotes"
    if _is_open(sentence.before):
        yield "carried"
    yield from (f"section:{name}" for name, pattern in _SECTIONS.items() if pattern.search(sentence.heading))
    yield from (f"family:{family}" for family in sorted({code.split(".")[0] for code in sentence.codes}))
    if not sentence.codes:
        yield "plain"


def _is_open(before: str) -> bool:
    """Tell whether a quotation was opened in `before` and not closed."""
    opened = sum(before.count(sign) for sign in _OPENING) - sum(before.count(sign) for sign in _CLOSING)
    return opened > 0 or (opened == 0 and before.count('"') % 2 == 1)
