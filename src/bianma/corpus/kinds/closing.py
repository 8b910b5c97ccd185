"""What closes an article: thanks that neither a mark nor a label sets apart from its text.

Two signs are asked for: the paragraph thanks somebody and does nothing else, and nothing but lists and notes follows.
"""

from collections.abc import Mapping, Sequence

from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout, thanks
from bianma.records import Kind

_MAY_FOLLOW = frozenset({"note", "citation", "furniture", "author"})


def closing_thanks(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind]) -> list[int]:
    """Return the unknown paragraphs that are the author's thanks at the end of the article."""
    thanking = [n for n, p in enumerate(paragraphs) if n not in known and thanks.is_unmarked(p.text)]
    return [n for n in thanking if not paragraphs[n].depth and _closes(paragraphs, known, n)]


def _closes(paragraphs: Sequence[Paragraph], known: Mapping[int, Kind], n: int) -> bool:
    """Tell whether nothing but lists, notes and the page's own stands below paragraph `n`."""
    below = next((m for m in range(n + 1, len(paragraphs)) if paragraphs[m].text), len(paragraphs))
    if below < len(paragraphs) and layout.REFERENCES.fullmatch(paragraphs[below].text):
        return True
    return all(known.get(m) in _MAY_FOLLOW for m in range(below, len(paragraphs)))
