"""Where the passages of an article stand: under which heading, how far down, and what the whole article talks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bianma.records import CODED_KINDS, Language, Passage
from bianma.suggest.rules import Article, Place
from bianma.suggest.scan import scan_form


@dataclass(frozen=True, slots=True)
class Setting:
    """A passage's place in its article: for the conditions of cues, and for the signs of a sentence's function.

    `heading` as written; `position` in [0, 1], 0 at the first passage.
    """

    place: Place
    heading: str = ""
    position: float = 0.5


def settings(passages: Sequence[Passage]) -> list[Setting]:
    """Return the setting of each passage of one article, which are given in order."""
    article = Article("\n".join(scan_form(p.text)[0] for p in passages if p.kind in CODED_KINDS))
    found: list[Setting] = []
    heading = ""
    for n, passage in enumerate(passages):
        if passage.kind == "heading":
            heading = passage.text
        place = Place(article, scan_form(heading)[0], _short(passage.language))
        found.append(Setting(place, heading, n / max(1, len(passages) - 1)))
    return found


def articles(passages: Iterable[Passage]) -> Iterable[list[Passage]]:
    """Part passages into articles: each as long as the document stays the same."""
    held: list[Passage] = []
    for passage in passages:
        if held and held[0].doc != passage.doc:
            yield held
            held = []
        held.append(passage)
    if held:
        yield held


def _short(language: Language) -> str:
    return language.split("-")[0]
