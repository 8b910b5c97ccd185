"""A study on disk: where everything lies, read as typed records and written atomically."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from bianma import jsonl
from bianma.codebook.load import load
from bianma.codebook.model import Codebook
from bianma.corpus.about import sidecar
from bianma.corpus.read import ENDINGS, doc_id
from bianma.errors import StudyError
from bianma.records import CoderId, Coding, DocId, Metadata, Passage, PassageId, Shown, Source, Suggestion, text_sha
from bianma.study.settings import FILE, Settings, load_settings

V = TypeVar("V")
MADE_TEXT = (".docx", ".pdf")  # their raw text is made by a reader, once, and kept in annotations/texts/


@dataclass(frozen=True, slots=True)
class Text:
    """A source and its raw text."""

    source: Source
    raw: str


@dataclass(frozen=True)
class Study:
    """The folder `root` that holds bianma.yaml; nothing is read before it is asked for."""

    root: Path

    @classmethod
    def search(cls, start: Path) -> "Study | None":
        """Return the study that `start` lies in, or None if no folder upwards holds bianma.yaml."""
        folders = (start.resolve(), *start.resolve().parents)
        return next((cls(folder) for folder in folders if (folder / FILE).is_file()), None)

    @classmethod
    def find(cls, start: Path) -> "Study":
        """Return the study that `start` lies in; StudyError if there is none."""
        study = cls.search(start)
        if study is None:
            raise StudyError(f"no {FILE} in {start} or above it: go into a study, or make one with `bianma init DIR`")
        return study

    @cached_property
    def settings(self) -> Settings:
        """The study's settings."""
        return load_settings(self.root / FILE)

    @cached_property
    def codebook(self) -> Codebook:
        """The study's codebook."""
        return load(self.codebook_dir)

    @property
    def codebook_dir(self) -> Path:
        """The YAML files of the codebook."""
        return self.root / "codebook"

    @property
    def corpus_dir(self) -> Path:
        """The source texts, never changed."""
        return self.root / "corpus"

    @property
    def annotations(self) -> Path:
        """Everything made from the sources, as JSONL."""
        return self.root / "annotations"

    @property
    def exports(self) -> Path:
        """What leaves the study; built, never edited."""
        return self.root / "exports"

    @property
    def state(self) -> Path:
        """What belongs to this machine and not to the data: the server, its accounts, locks. Never shared."""
        return self.root / ".bianma"

    @property
    def ledger(self) -> Path:
        """What was done to the study, in order."""
        return self.annotations / "ledger.jsonl"

    def source_paths(self) -> list[Path]:
        """Return the articles in corpus/, by name; StudyError if two would share one document id."""
        by_doc: dict[DocId, list[Path]] = defaultdict(list)
        for path in self._in_corpus():
            if path.is_file() and path.suffix.lower() in ENDINGS:
                by_doc[doc_id(path)].append(path)
        twice = [" and ".join(p.name for p in paths) for paths in by_doc.values() if len(paths) > 1]
        if twice:
            raise StudyError(f"corpus/: {'; '.join(twice)} would be one article: give each file a name of its own")
        return [path for paths in by_doc.values() for path in paths]

    def left_out(self) -> list[str]:
        """Return the names in corpus/ that are neither an article nor a sidecar file of one."""
        docs = {doc_id(path) for path in self.source_paths()}
        return [
            f"{path.name}/" if path.is_dir() else path.name
            for path in self._in_corpus()
            if path.is_dir()
            or (path.suffix.lower() not in ENDINGS and (path.suffix != sidecar.ENDING or doc_id(path) not in docs))
        ]

    def _in_corpus(self) -> list[Path]:
        return [path for path in sorted(self.corpus_dir.glob("*")) if not path.name.startswith(".")]

    def sources(self) -> dict[DocId, Source]:
        """Return the articles as they were when ingested; none where that was not done."""
        path = self.annotations / "sources.jsonl"
        return {s.doc: s for s in jsonl.stream(path, Source)} if path.exists() else {}

    def metadata(self) -> dict[DocId, Metadata]:
        """Return what is known of the articles as publications; nothing where none was ingested."""
        path = self.annotations / "articles.jsonl"
        return {m.doc: m for m in jsonl.stream(path, Metadata)} if path.exists() else {}

    def text_path(self, source: Source) -> Path:
        """Return the file that holds the raw text: the source, but annotations/texts/DOC.txt for a docx or pdf."""
        if Path(source.path).suffix.lower() in MADE_TEXT:
            return self.annotations / "texts" / f"{source.doc}.txt"
        return self.root / source.path

    def raw(self, source: Source) -> str:
        """Return the raw text of `source` as it now stands, changed or not; StudyError if it cannot be read."""
        path = self.text_path(source)
        own = path == self.root / source.path
        try:
            with path.open(encoding=(source.encoding if own else "") or "utf-8", newline="") as f:
                return f.read()
        except FileNotFoundError:
            raise StudyError(_gone(path.parent.relative_to(self.root).as_posix(), [source.doc])) from None
        except (UnicodeDecodeError, LookupError):
            raise StudyError(
                f"{path.relative_to(self.root).as_posix()} is no longer in {source.encoding or 'utf-8'}, as it was at "
                "`bianma ingest`; put it back as it was, or ingest anew if nobody was sent it"
            ) from None

    def text(self, doc: DocId) -> Text:
        """Read one article; StudyError if it was not ingested, is gone, or is no longer what was ingested."""
        return self._text(doc, self.sources())

    def texts(self) -> "ByArticle[Text]":
        """Return all articles that were ingested, each read, as by `text`, when it is asked for."""
        known = self.sources()
        return ByArticle(known, lambda doc: self._text(doc, known))

    def texts_of(self, docs: Iterable[DocId]) -> "ByArticle[Text]":
        """Return the articles `docs`, each read when it is asked for; StudyError at once if one is gone."""
        wanted, known = sorted(set(docs)), self.sources()
        gone = [doc for doc in wanted if doc in known and not self.text_path(known[doc]).is_file()]
        if gone:
            raise StudyError(_gone("corpus", gone))
        return ByArticle(wanted, lambda doc: self._text(doc, known))

    def _text(self, doc: DocId, known: Mapping[DocId, Source]) -> Text:
        source = known.get(doc)
        if source is None:
            raise StudyError(f"annotations/sources.jsonl does not know the article {doc}: run `bianma ingest` first")
        raw = self.raw(source)
        if (sha := text_sha(raw)) != source.sha:
            where = self.text_path(source).relative_to(self.root).as_posix()
            raise StudyError(
                f"{where} was changed since `bianma ingest` ({source.sha[:8]} then, {sha[:8]} now); put it back as it "
                "was, or ingest anew if nobody was sent it"
            )
        return Text(source, raw)

    def each_passage(self) -> Iterator[Passage]:
        """Yield the passages as ingested, one by one; StudyError if that was not done."""
        return jsonl.stream(self._made("passages.jsonl", by="bianma ingest"), Passage)

    def shelf(self) -> jsonl.Shelf[Passage]:
        """Return the passages as ingested, by article; StudyError if that was not done."""
        return jsonl.Shelf(self._made("passages.jsonl", by="bianma ingest"), Passage)

    def passages(self) -> list[Passage]:
        """Return the passages as ingested; StudyError if that was not done."""
        return list(self.each_passage())

    def suggestions(self) -> list[Suggestion]:
        """Return the suggestions as made; StudyError if that was not done."""
        return jsonl.read(self._made("suggestions.jsonl", by="bianma suggest"), Suggestion)

    def shown(self, coder: CoderId) -> dict[PassageId, Shown]:
        """Return what `coder` was shown, by passage."""
        path = self.annotations / "shown" / f"{coder}.jsonl"
        return {s.passage: s for s in jsonl.read(path, Shown)} if path.exists() else {}

    def announced(self, coder: CoderId) -> dict[PassageId, Shown]:
        """Return what `coder` was shown, and what a push that was broken off may have shown."""
        path = self._announcement(coder)
        return ({s.passage: s for s in jsonl.read(path, Shown)} if path.exists() else {}) | self.shown(coder)

    def announce(self, coder: CoderId, shown: Iterable[Shown]) -> None:
        """Write down all that `coder` will have been shown, before it is pushed; nothing, if that is no news."""
        records = list(shown)
        if records:
            jsonl.write(self._announcement(coder), records)
        else:
            self._announcement(coder).unlink(missing_ok=True)

    def confirm_shown(self, coder: CoderId) -> None:
        """Make what was announced the record of what `coder` was shown: the push is done."""
        record = self.annotations / "shown" / f"{coder}.jsonl"
        record.parent.mkdir(parents=True, exist_ok=True)
        if self._announcement(coder).exists():
            self._announcement(coder).replace(record)

    def coders_announced_to(self) -> list[CoderId]:
        """Return every coder whose last push was broken off: it may have shown passages."""
        return sorted(CoderId(p.stem.removeprefix("push-")) for p in (self.state / "studio").glob("push-*.jsonl"))

    def _announcement(self, coder: CoderId) -> Path:
        return self.state / "studio" / f"push-{coder}.jsonl"

    def codings(self, coder: CoderId) -> list[Coding]:
        """Return a coder's codings, by article."""
        return _read_folder(self.annotations / "codings" / coder)

    def write_codings(self, coder: CoderId, codings: Iterable[Coding], order: Mapping[PassageId, int]) -> list[Path]:
        """Write a coder's codings, a file an article, passages in the order given; return the files that changed."""
        by_doc: dict[DocId, list[Coding]] = defaultdict(list)
        for coding in codings:
            by_doc[coding.doc].append(coding)
        files = {self.annotations / "codings" / coder / f"{doc}.jsonl": rows for doc, rows in sorted(by_doc.items())}
        return [
            path
            for path, rows in files.items()
            if jsonl.write(path, sorted(rows, key=lambda c: order.get(c.passage, len(order))))
        ]

    def coders_on_disk(self) -> list[CoderId]:
        """Return every coder with codings here, also one who has left the settings."""
        folder = self.annotations / "codings"
        return sorted(CoderId(p.name) for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []

    def coders_pushed_to(self) -> list[CoderId]:
        """Return every coder who was shown passages."""
        return sorted(CoderId(p.stem) for p in (self.annotations / "shown").glob("*.jsonl"))

    def adjudicated(self) -> list[Coding]:
        """Return the adjudicated codings, by article."""
        return _read_folder(self.annotations / "adjudicated")

    def _made(self, name: str, *, by: str) -> Path:
        path = self.annotations / name
        if not path.exists():
            raise StudyError(f"annotations/{name} is not there yet: run `{by}` first")
        return path


class ByArticle(Mapping[DocId, V]):
    """Something for each of some articles, read when it is asked for; only the last few are held."""

    def __init__(self, docs: Iterable[DocId], read: Callable[[DocId], V]) -> None:
        self._docs = dict.fromkeys(docs)
        self._read = lru_cache(maxsize=2)(read)

    def __getitem__(self, doc: DocId) -> V:
        if doc not in self._docs:
            raise KeyError(doc)
        return self._read(doc)

    def __iter__(self) -> Iterator[DocId]:
        return iter(self._docs)

    def __len__(self) -> int:
        return len(self._docs)


def file_sha(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, as `Source` has it."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def _gone(folder: str, docs: Iterable[DocId]) -> str:
    return (
        f"{folder}/ lacks {', '.join(docs)}, which annotations/passages.jsonl was made from: restore it, or run "
        "`bianma ingest` if nobody was sent it"
    )


def _read_folder(folder: Path) -> list[Coding]:
    return [coding for path in sorted(folder.glob("*.jsonl")) for coding in jsonl.read(path, Coding)]
