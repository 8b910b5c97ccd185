"""Authors named inside an article of several hands, and below an article: by two lines that bear each other out."""

import re
from collections.abc import Mapping, Sequence

from bianma.corpus.kinds.bylines import is_latin_life
from bianma.corpus.kinds.opening import is_names
from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout
from bianma.records import Kind

_AT_WORK = re.compile(
    r"[（(［\[][^（()）。]{2,60}(?:教授|研究[员員]|[讲講][师師]|博士(?:生|后|後)?|主任|[院所会會][长長]|[学學]者|大[学學]|[学學]院|研究[所院]|中心|[党黨]校)[^（()）。]{0,12}[）)］\]]"
)
_BRACKETS = ("（", "(", "［", "[")
_TITLE_AT_MOST, _PLACE_AT_MOST, _LAST = 60, 80, 4  # characters; paragraphs


def contributors(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind]) -> dict[int, Kind]:
    """Find each contributor's name with the place of work in brackets below it, and the title above the name."""
    found: dict[int, Kind] = {}
    for n, p in enumerate(paragraphs):
        if p.text[:1] not in _BRACKETS or len(p.text) > _PLACE_AT_MOST or n < 2 or n in known:
            continue
        if not _AT_WORK.fullmatch(p.text) or n - 1 in known or not is_names(paragraphs[n - 1].text):
            continue
        found |= {n - 1: "author", n: "author"}
        if n - 2 not in known and _may_be_title(paragraphs[n - 2]):
            found[n - 2] = "title"
    return found


def lives(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind]) -> dict[int, Kind]:
    """Find what is said in English of the authors before the text, and in the last paragraphs."""
    unknown = [n for n in range(len(paragraphs)) if n not in known]
    text = next((n for n in unknown if len(paragraphs[n].text) > 200 and not is_latin_life(paragraphs[n].text)), 0)
    near = [n for n in unknown if n < text] + unknown[-_LAST:]
    return {n: "author" for n in near if not paragraphs[n].depth and is_latin_life(paragraphs[n].text)}


def _may_be_title(p: Paragraph) -> bool:
    text = p.text
    fits = 4 <= len(text) <= _TITLE_AT_MOST and not p.sign.text
    return fits and not layout.ends(text) and not layout.is_heading(text)
