"""spaCy components: the codebook's concepts and sentence functions as spans of a Doc.

    nlp = spacy.blank("zh")
    nlp.add_pipe("bianma_concepts")
    nlp.add_pipe("bianma_functions", config={"codebook": "my-study/codebook"})

The Doc's text is taken for one passage and the whole article. `doc.spans` holds a group for each component, under its
name. A span is one of whole tokens; `span._.bianma_start` and `span._.bianma_end` are the exact half-open
range of code points in `doc.text`, whatever the tokens.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from bianma.codebook.load import load
from bianma.codebook.model import Codebook
from bianma.codebook.shipped import shipped_codebook
from bianma.corpus.language import main_language, stretches
from bianma.errors import RecordError
from bianma.records import DocId, Kind, Layer, Passage, Suggestion, passage_id, text_sha
from bianma.suggest.pipeline import Engine

CONCEPTS, FUNCTIONS = "bianma_concepts", "bianma_functions"
FIELDS = ("start", "end", "why", "score")
_FILE = "codebook.json"
_KIND: Mapping[Layer, Kind] = {"concept": "title", "function": "body"}  # in a title no sentence has a function


class Component:
    """Suggests the spans of one layer. The codebook is read when it is first needed, or comes with a saved pipeline."""

    def __init__(self, layer: Layer, group: str, folder: Path | None) -> None:
        self.layer, self.group, self._folder = layer, group, folder
        self._codebook: Codebook | None = None

    @property
    def codebook(self) -> Codebook:
        """The codebook; CodebookError with all problems where it cannot be read."""
        if self._codebook is None:
            self._codebook = load(self._folder) if self._folder else _shipped()
        return self._codebook

    def __call__(self, doc: Doc) -> Doc:
        """Put the suggestions on `doc` into its span group, which is made anew."""
        doc.spans[self.group] = SpanGroup(
            doc, name=self.group, spans=[_span(doc, s, self.group) for s in self._made(doc.text)]
        )
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the codebook with its hash."""
        book = msgspec.json.encode(self.codebook)
        return msgspec.json.encode(
            {"codebook": msgspec.Raw(book), "ref": self.codebook.ref, "sha": text_sha(book.decode())}
        )

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Component":
        """Take the codebook from what `to_bytes` returned; RecordError where it is damaged, or was changed since."""
        try:
            saved = msgspec.json.decode(data, type=_Saved)
            book = msgspec.json.decode(saved.codebook, type=Codebook)
        except msgspec.DecodeError as e:
            raise RecordError(f"{self.group}: what was saved is no codebook of this version of bianma: {e}") from e
        if book.ref != saved.ref or text_sha(bytes(saved.codebook).decode()) != saved.sha:
            raise RecordError(f"{self.group}: the codebook was changed after it was saved as {saved.ref}; save it anew")
        self._codebook = book
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the codebook with its hash into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Component":
        """Take the codebook from the folder `path`; as `from_bytes`."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())

    def _made(self, text: str) -> list[Suggestion]:
        if not text.strip():
            return []
        made = _engine(self.codebook).suggest(_passage(text, _KIND[self.layer]), text)
        return [s for s in made if s.layer == self.layer]


class _Saved(msgspec.Struct):
    codebook: msgspec.Raw
    ref: str
    sha: str


@Language.factory(CONCEPTS, default_config={"codebook": None}, assigns=["doc.spans"])
def concepts(nlp: Language, name: str, codebook: str | None) -> Component:
    """Make the component that finds concepts; `codebook` is a folder, or None for the shipped one."""
    return Component("concept", name, Path(codebook) if codebook else None)


@Language.factory(FUNCTIONS, default_config={"codebook": None}, assigns=["doc.spans"])
def functions(nlp: Language, name: str, codebook: str | None) -> Component:
    """Make the component that tells the functions of sentences; `codebook` is a folder, or None for the shipped one."""
    return Component("function", name, Path(codebook) if codebook else None)


_engine = lru_cache(maxsize=2)(Engine)


@cache
def _shipped() -> Codebook:
    return load(shipped_codebook())


def _passage(text: str, kind: Kind) -> Passage:
    languages = stretches(text)
    return Passage(
        id=passage_id(DocId("doc"), text, 0),
        doc=DocId("doc"),
        index=0,
        kind=kind,
        text=text,
        spans=((0, len(text)),),
        language=main_language(languages),
        stretches=languages if languages[1:] else (),
    )


def _span(doc: Doc, made: Suggestion, group: str) -> Span:
    """Return the tokens of a suggestion. Its exact range and the like are kept in the Doc, by the span's id.

    spaCy keeps what is set on a span by its tokens, so that two spans on one token would share it.
    """
    id_ = f"{group}:{made.code}:{made.start}-{made.end}"
    span = doc.char_span(made.start, made.end, label=made.code, span_id=id_, alignment_mode="expand")
    assert span is not None  # both ends lie in the text
    exact = {"start": made.start, "end": made.end, "why": dict(made.why), "score": made.score}
    doc.user_data[_key(span)] = exact
    return span


def _key(span: Span) -> Any:
    return "bianma", span.id


def _field(name: str) -> Any:
    return lambda span: span.doc.user_data.get(_key(span), {}).get(name)


for _name in FIELDS:
    if not Span.has_extension(f"bianma_{_name}"):
        Span.set_extension(f"bianma_{_name}", getter=_field(_name))
