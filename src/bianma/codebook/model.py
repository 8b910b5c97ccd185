"""The codebook as frozen values: families of concept codes, sentence functions, attributes, relations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from bianma.codebook.surroundings import Surroundings
from bianma.records import CodebookRef, CodeId, Layer

Scope = Literal["clause", "sentence", "passage", "heading", "article"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
CueKind = Literal["literal", "pattern", "tokens", "lesson"]  # a lesson is learned from codings, not written


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Work:
    """The work a definition goes back to."""

    author: str
    year: int
    title: str
    doi: str | None = None

    @property
    def short(self) -> str:
        """Author and year, as one refers to it in passing."""
        return f"{self.author} {self.year}"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the spans of its code marked: `text` without brackets, `marks` the half-open ranges in it.

    `beyond_cues`: the coder should mark it although no cue finds it; the check says when that ceases to be true.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    beyond_cues: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """What speaks for a code: a literal, or a pattern over the folded text (see `codebook.patterns`).

    Of a literal, `term` is what must stand in the text and `mark` the part of it that is the span. Of a pattern, `term`
    is the pattern as written, and `mark` is empty: the pattern says itself what is marked.

    Conditions: each scope in `needs` must hold one of its patterns, none in `never` may; right before the match none of
    `not_after` may stand, right behind it none of `not_before`. `languages`: only in passages in one of them (zh, en,
    ja, ko); empty: in all. `weight` is used for sentence functions only: how strongly the cue speaks for its function.
    """

    term: str
    mark: tuple[int, int]
    weight: float = 1.0
    kind: CueKind = "literal"
    id: str = ""
    needs: Mapping[Scope, tuple[str, ...]] = field(default_factory=dict)
    never: Mapping[Scope, tuple[str, ...]] = field(default_factory=dict)
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def conditional(self) -> bool:
        """Whether it needs more than to stand there."""
        return bool(self.needs or self.never or self.not_before or self.not_after or self.languages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code with its definition, rules, examples and cues. `everyday` are phrases in which its cues mean nothing."""

    id: CodeId
    layer: Layer
    label: Bilingual
    definition: Bilingual
    theorist: str
    source: Work
    include: tuple[Bilingual, ...]
    exclude: tuple[Bilingual, ...]
    positive: tuple[Example, ...]
    negative: tuple[str, ...]
    cues: tuple[Cue, ...]
    everyday: tuple[str, ...] = ()
    beside: tuple[CodeId, ...] = ()  # codes whose spans may overlap with this one's
    hotkey: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A theory and its codes."""

    id: str
    label: Bilingual
    definition: Bilingual
    colour: str  # #RRGGBB; each code gets a shade of it
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A property of a coded span. No `values`: free text."""

    id: str
    label: Bilingual
    help: Bilingual
    values: Mapping[str, Bilingual] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for or against functions of a sentence, with a weight for each (log odds).

    `expression` is sought in the sentence's scan form; empty for a sign that `suggest.functions` knows by its id.
    """

    id: str
    weights: Mapping[CodeId, float]
    expression: str = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """The weighted rules by which a sentence gets its function: what all start from, signs, and single words."""

    bias: Mapping[CodeId, float]
    signs: tuple[Sign, ...]
    words: Mapping[str, Mapping[CodeId, float]]


Tally = tuple[int, int]  # places in which it was right, and wrong


@dataclass(frozen=True, slots=True)
class Record:
    """How often cues were right and wrong on coded articles. Keys: code, tab, cue as written; code, tab, kind; kind."""

    cues: Mapping[str, Tally] = field(default_factory=dict)
    codes: Mapping[str, Tally] = field(default_factory=dict)
    kinds: Mapping[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Codebook:
    """All that coders and suggestions go by; `hash` covers the content, not its layout in files.

    Two codebooks are equal if their hashes are: to compare a thousand cues one by one takes longer than to use them.
    """

    name: str
    version: str
    title: Bilingual
    families: tuple[Family, ...]
    functions: tuple[Code, ...]
    default_function: CodeId
    attributes: tuple[Attribute, ...]
    relations: Mapping[str, Bilingual]
    hash: str
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # word classes, by name: patterns
    signs: Signs | None = None  # without them markers alone decide what function a sentence has
    record: Record = field(default_factory=Record)  # what suggestions are scored by
    surroundings: Surroundings = field(default_factory=Surroundings)  # what attributes are told by

    def __hash__(self) -> int:
        return hash(self.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Codebook) and self.hash == other.hash

    @property
    def ref(self) -> CodebookRef:
        """Name, version and content hash in one word, as every record carries it."""
        return CodebookRef(f"{self.name}@{self.version}+{self.hash}")

    @property
    def concepts(self) -> Iterator[Code]:
        """All concept codes, in the order of the families."""
        return (code for family in self.families for code in family.codes)

    @cached_property
    def codes(self) -> Mapping[CodeId, Code]:
        """Every code of both layers by its id."""
        return {code.id: code for code in (*self.concepts, *self.functions)}
