"""What a language model answered, taken apart with caution: nothing counts that does not stand in the passage.

A model talks around its list, fences it, breaks it off, invents codes and quotes, changes the script. So the list is
looked for anywhere in the answer and read as far as it goes; each quote is looked for in the passage in the form in
which cues are (`suggest.scan`), and what is kept are the passage's own characters. What is dropped is counted.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from bianma.corpus.offsets import OffsetMap
from bianma.records import CodeId
from bianma.spans import Span
from bianma.suggest.scan import scan_form, whole_word

Drop = Literal["form", "code", "quote", "repeated"]
DROPS: tuple[Drop, ...] = get_args(Drop)
Entry = dict[str, Any]

_DECODER = json.JSONDecoder(strict=False)  # a line break inside a text is let pass
_BLANK = re.compile(r"\s*")
_OPENING = re.compile(r"\[(?!\s*\[)")  # entries are no lists; brackets without end would be tried one by one
_AROUND = "“”‘’「」『』\"'`，。；：、,.;:!?！？… \t\r\n\u3000"  # what a model sets around a quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an endpoint answered, and how many tokens it says that cost (None: it does not say)."""

    content: str
    tokens_in: int | None = None
    tokens_out: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A code and where it stands in the passage's text; `quote` as the model wrote it."""

    code: CodeId
    quote: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The items that hold, in the order of the answer, and how many do not, by reason.

    form: no code and quote as texts; code: not in the codebook; quote: not in the passage; repeated: more often than it
    stands there. `listed`: whether the answer held a list at all.
    """

    items: tuple[Item, ...] = ()
    dropped: Mapping[Drop, int] = field(default_factory=dict)
    listed: bool = True


def parse(content: str, text: str, codes: Collection[CodeId]) -> Parsed:
    """Return what `content` says of the passage `text`. Never raises."""
    found = entries(content)
    if found is None:
        return Parsed(listed=False)
    places, items, dropped = Places(text), list[Item](), dict.fromkeys(DROPS, 0)
    taken: set[tuple[str, Span]] = set()
    for entry in found:
        match entry:
            case {"code": str(code), "quote": str(quote)} if code.strip() and quote.strip():
                item = _item(CodeId(code.strip()), quote.strip(), places, codes, taken)
            case _:
                item = "form"
        if isinstance(item, Item):
            items.append(item)
        else:
            dropped[item] += 1
    return Parsed(items=tuple(items), dropped={reason: n for reason, n in dropped.items() if n})


def entries(content: str) -> list[Any] | None:
    """Return the entries of the list in an answer, those that are whole; None where it holds none.

    >>> entries('<think>[1]</think>Here: ```json\\n[{"code": "a", "quote": "b"}, {"code": "c", "qu')
    [{'code': 'a', 'quote': 'b'}]
    """
    said = content.rpartition("</think>")[2].partition("<think>")[0]
    lists = [found for at in _OPENING.finditer(said) if (found := _list_at(said, at.end())) is not None]
    best = max(lists, key=len, default=None)
    return best or list(_loose(said)) or best


class Places:
    """Where quotes stand in a passage's text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._form: tuple[str, OffsetMap] | None = None

    def of(self, quote: str) -> list[Span]:
        """Return where `quote` stands, in order: as it is, else in another script, width or spacing, else bared."""
        exact = [Span(a, b) for a, b in _occurrences(quote, self._text)]
        bare = quote.strip(_AROUND)
        return exact or self._folded(quote) or (self.of(bare) if bare not in ("", quote) else [])

    def _folded(self, quote: str) -> list[Span]:
        self._form = self._form or scan_form(self._text)
        form, offsets = self._form
        return [offsets.to_original(Span(a, b)) for a, b in _occurrences(scan_form(quote)[0], form)]


def _item(
    code: CodeId, quote: str, places: Places, codes: Collection[CodeId], taken: set[tuple[str, Span]]
) -> Item | Drop:
    """Return the item at the first place that `code` has not taken yet, so that the n-th mention is the n-th place."""
    if code not in codes:
        return "code"
    spans = places.of(quote)
    free = next((span for span in spans if (code, span) not in taken), None)
    if free is None:
        return "repeated" if spans else "quote"
    taken.add((code, free))
    return Item(code, quote, free)


def _occurrences(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where `quote` stands in `text`, not inside a longer Latin word or number."""
    at = text.find(quote) if quote else -1
    while at >= 0:
        end = at + len(quote)
        if whole_word(text, at, end):
            yield at, end
        at = text.find(quote, end)


def _list_at(text: str, at: int) -> list[Any] | None:
    """Return the list whose bracket opens right before `at`, as far as it goes; None if it is not one of entries."""
    found: list[Any] = []
    at = _behind_blank(text, at)
    if text[at : at + 1] == "]":
        return found
    while (decoded := _value_at(text, at)) is not None:
        value, at = decoded
        found.append(value)
        at = _behind_blank(text, at)
        if text[at : at + 1] != ",":
            break
        at = _behind_blank(text, at + 1)
    return found if any(isinstance(value, dict) for value in found) else None


def _loose(text: str) -> Iterator[Entry]:
    """Yield entries that stand in no list, one a line perhaps."""
    at = text.find("{")
    while at >= 0:
        decoded = _value_at(text, at)
        if decoded and ("code" in decoded[0] or "quote" in decoded[0]):
            yield decoded[0]
        at = text.find("{", decoded[1] if decoded else at + 1)


def _value_at(text: str, at: int) -> tuple[Any, int] | None:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None


def _behind_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
