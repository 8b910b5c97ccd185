"""Write the blocks of all pages as Markdown: a paragraph a line, pages parted by a form feed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from bianma.corpus.paragraphs.lines import head_key
from bianma.corpus.patterns import layout
from bianma.corpus.readers.pdf_blocks import Block
from bianma.corpus.readers.pdf_lines import Line
from bianma.corpus.script import CJK, has_han, is_cjk, is_latin

_NARROW = re.compile(rf"(?<=[{CJK}])[ \u3000](?=[{CJK}])")  # between two cells of a narrow table
_HYPHEN = re.compile(r"[A-Za-z\u00c0-\u024f][-\u00ad\u2010]$")
_NOTE_MARK = re.compile(rf"([{layout.CIRCLED}]+|\d{{1,3}}(?:[.．、](?=\s*\D)|(?=[^\d.．:：/\-年月日)）\]］、])))\s*")
_LARGER = 1.12  # of the text's size: what is larger may be a heading
_COMMON = 0.15  # of all characters: what is set so often is no heading
Look = tuple[float, bool]  # size, strong


def write(pages: Sequence[Sequence[Block]], size: float, asides: Sequence[str]) -> str:
    """Return the text of an article whose running text has `size` points; `asides` go behind their pages."""
    ranks = _ranks([b for page in pages for b in page], size)
    heads = frozenset(head_key(joined(b.lines)) for page in pages for b in page if _is_heading(b, ranks))
    return "\f".join(
        _page(page, ranks, heads) + (f"\n{_hidden(aside)}\n" if aside else "")
        for page, aside in zip(_notes_carried(pages), asides, strict=True)
    )


def _hidden(text: str) -> str:
    """Return a comment: it stands in the source, and no passage is made of it."""
    return f"<!-- {text.replace('--', '- -')} -->"


def _page(page: Sequence[Block], ranks: dict[Look, int], heads: frozenset[str]) -> str:
    """Write one page: a blank line between two blocks, but none between the rows of a table."""
    out = "".join(_written(b, ranks, heads) + "\n" for b in page[:1])
    for before, block in pairwise(page):
        out += ("" if before.role == block.role == "row" else "\n") + _written(block, ranks, heads) + "\n"
    return out


def _written(block: Block, ranks: dict[Look, int], heads: frozenset[str]) -> str:
    if block.role == "row":
        cells = (_NARROW.sub(" | ", p.text.replace("|", "\\|")) for p in block.lines[0].pieces)
        return "| " + " | ".join(cells) + " |"
    if block.role == "page":
        text = "   ".join(p.text for p in block.lines[0].pieces)  # as wide as it looks, which tells a page head
        plain = layout.is_furniture(text) and head_key(text) not in heads
        return text if plain else _hidden(text)
    text = joined(block.lines)
    if block.role == "note":
        return _noted(text)
    if _is_heading(block, ranks):
        return "#" * ranks[_look(block)] + " " + text
    return f"**{text}**" if block.strong and _may_head(block) and "*" not in text and "\n" not in text else text


def _noted(text: str) -> str:
    """Write the mark that a note begins with as raised: by its place it is a note, not an item of a list."""
    mark = _NOTE_MARK.match(text)
    return f"<sup>{mark[1]}</sup> {text[mark.end() :]}" if mark else text


def _is_heading(block: Block, ranks: dict[Look, int]) -> bool:
    return block.role == "text" and _look(block) in ranks and _may_head(block)


def joined(lines: Iterable[Line]) -> str:
    """Return lines as one; a word that a hyphen parts keeps the break, which the cutter mends.

    What stands between two lines otherwise is a space, or nothing next to a Chinese character.
    """
    texts = [line.text for line in lines]
    soft = any(text.endswith("\u2010") for text in texts)
    out = texts[0]
    for before, text in pairwise(texts):
        out += _seam(before, text, soft=soft) + text
    return out


def _seam(before: str, text: str, *, soft: bool) -> str:
    """Return what stands between two lines; `soft`: this paragraph's words are parted by another sign than `-`."""
    if _HYPHEN.search(before):
        return "\n" if text[0].islower() and not (soft and before.endswith("-")) else ""
    ends = before.rsplit("<sup>", 1)[0][-1:] if before.endswith("</sup>") else before[-1]
    begins = text.split("</sup>", 1)[-1][:1] if text.startswith("<sup>") else text[0]
    if is_cjk(ends) or is_cjk(begins):
        return ""
    near = next((c for c in reversed(before) if c.isalpha()), "a"), next((c for c in text if c.isalpha()), "a")
    if all(map(is_cjk, near)) or (any(map(is_cjk, near)) and not (ends.isalnum() and begins.isalnum())):
        return ""
    return "" if ends in "-–—/" else " "


def _ranks(found: Sequence[Block], size: float) -> dict[Look, int]:
    """Return which looks are those of headings, and of which rank: 1 the largest, and the title's alone."""
    text = [b for b in found if b.role == "text"]
    often = Counter[Look]()
    for block in text:
        often[_look(block)] += sum(len(line.text) for line in block.lines)
    total = max(1, often.total())
    plain = max(often, key=lambda k: often[k], default=(size, False))
    looks = {
        _look(b)
        for b in text
        if _may_head(b)
        and (b.size > _LARGER * size or (b.strong and not plain[1] and b.size > 0.97 * size and not b.full))
        and (often[_look(b)] < _COMMON * total or len(text) < 12)
    }
    return {look: min(n, 4) for n, look in enumerate(sorted(looks, key=lambda k: (-k[0], not k[1])), 1)}


def _look(block: Block) -> Look:
    return round(block.size * 2) / 2, block.strong


def _may_head(block: Block) -> bool:
    """Tell whether a block is short enough for a heading, and no sentence."""
    text = joined(block.lines)
    long = 160 if is_latin(text) else 60
    broken = block.full and len(block.lines) == 1 and len(text) > 20 and has_han(text)  # by the page's end
    ended = re.search(r"[。；;，,、：:]$", text) or not any(map(str.isalnum, text))
    return len(block.lines) <= 3 and len(text) <= long and not ended and not broken


def _notes_carried(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Put the end of a note that goes on at the foot of the next page where the note began."""
    done = [list(page) for page in pages]
    for page, following in pairwise(done):
        first = next((n for n, b in enumerate(following) if b.role == "note"), None)
        last = next((n for n in reversed(range(len(page))) if page[n].role == "note"), None)
        if first is None or last is None:
            continue
        text, rest = joined(page[last].lines), joined(following[first].lines)
        if not layout.ends(text) and not layout.OPENING_MARK.match(rest) and not layout.PLAIN_MARK.match(rest):
            page[last] = replace(page[last], lines=page[last].lines + following.pop(first).lines)
    return done
