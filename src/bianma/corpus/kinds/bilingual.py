"""Latin text that belongs to a Chinese article: a page in two languages, an English title or abstract on its front.

Elsewhere a Latin paragraph between Chinese ones is foreign: a footnote without its mark, a summary page cut out whole.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from bianma.corpus.kinds.foreign import is_affiliation, is_name_list
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout
from bianma.records import Kind

_PROSE_AT_LEAST = {True: 60, False: 20}  # characters, by whether the paragraph is Latin
_RUNS_AT_LEAST = 3  # of Latin prose, each between Chinese text
_LENGTH_TO_ONE = 1.5  # Latin characters for each Chinese one; a translation has three
_ABSTRACT_AT_LEAST, _TITLE_AT_MOST = 150, 250  # characters
_TITLE_WORDS = 3


def alternates(texts: Sequence[tuple[str, bool]]) -> bool:
    """Tell whether Chinese and Latin prose take turns, about equally long; each text with whether it is Latin."""
    if not _as_long(texts):
        return False
    prose = [(text, latin) for text, latin in texts if _is_prose(text, latin=latin)]
    runs = [latin for latin, _ in groupby(latin for _, latin in prose)]
    return sum(runs) >= _RUNS_AT_LEAST and len(runs) >= 2 * _RUNS_AT_LEAST - 1 and _as_long(prose)


def _as_long(texts: Sequence[tuple[str, bool]]) -> bool:
    latin = sum([len(text) for text, latin in texts if latin])
    return latin > 0 and latin >= _LENGTH_TO_ONE * (sum([len(text) for text, _ in texts]) - latin)


def _is_prose(text: str, *, latin: bool) -> bool:
    long = len(text) >= _PROSE_AT_LEAST[latin] and layout.ends(text)
    return long and not (latin and layout.is_citation(text))


def own(
    paragraphs: Sequence[Paragraph], rest: Sequence[tuple[int, Paragraph, bool]], known: Mapping[int, Kind]
) -> dict[int, Kind]:
    """Return the foreign paragraphs of `rest` that are the article's own: right below the Chinese title or abstract.

    `rest` holds number, paragraph and whether it is Latin, in order; nothing after the first Chinese prose counts.
    """
    found: dict[int, Kind] = {}
    for n, p, latin in rest:
        if not latin:
            if _is_prose(p.text, latin=False):
                break
            continue
        above = found.get(n - 1) or known.get(n - 1)
        if known.get(n) == "foreign" and above == "title" and not _is_latin_title(paragraphs[n - 1].text):
            found |= {n: "title"} if _is_latin_title(p.text) else {}
        elif known.get(n) == "foreign" and above == "abstract" and _is_abstract(p.text):
            found[n] = "abstract"
    return found


def _is_latin_title(text: str) -> bool:
    words = text.split()
    if len(words) < _TITLE_WORDS or len(text) > _TITLE_AT_MOST or not words[0][0].isascii():
        return False
    nameless = not is_name_list(text) and not is_affiliation(text) and layout.label_of(text) is None
    return nameless and not layout.ends(text) and not layout.is_furniture(text)


def _is_abstract(text: str) -> bool:
    return len(text) >= _ABSTRACT_AT_LEAST and layout.ends(text) and not layout.is_citation(text)
