"""A study on disk: where everything lies, read as typed records and written atomically."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bianma import jsonl
from bianma.codebook.load import load
from bianma.codebook.model import Codebook
from bianma.corpus.read import ENDINGS, doc_id, read_source
from bianma.errors import SourceError, StudyError
from bianma.records import CoderId, Coding, DocId, Passage, PassageId, Shown, Source, Suggestion
from bianma.study.settings import FILE, Settings, load_settings


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
        for path in sorted(self.corpus_dir.glob("*")):
            if path.suffix.lower() in ENDINGS and not path.name.startswith("."):
                by_doc[doc_id(path)].append(path)
        twice = [" and ".join(p.name for p in paths) for paths in by_doc.values() if len(paths) > 1]
        if twice:
            raise StudyError(f"corpus/: {'; '.join(twice)} would be one article: give each file a name of its own")
        return [path for paths in by_doc.values() for path in paths]

    def texts(self) -> dict[DocId, Text]:
        """Read every article of corpus/; SourceError that names all which cannot be read."""
        out: dict[DocId, Text] = {}
        faults: list[str] = []
        for path in self.source_paths():
            try:
                source, raw = read_source(path)
            except SourceError as e:
                faults.append(str(e).removeprefix(f"{self.root}/"))
            else:
                out[source.doc] = Text(replace(source, path=path.relative_to(self.root).as_posix()), raw)
        if faults:
            raise SourceError("\n".join(faults))
        return out

    def texts_of(self, passages: Iterable[Passage]) -> dict[DocId, Text]:
        """Read the articles that `passages` were cut from; StudyError if one is gone."""
        texts = self.texts()
        gone = sorted({p.doc for p in passages} - texts.keys())
        if gone:
            raise StudyError(
                f"corpus/ lacks {', '.join(gone)}, which annotations/passages.jsonl was made from: restore it, or run "
                "`bianma ingest` if nobody was sent it"
            )
        return texts

    def passages(self) -> list[Passage]:
        """Return the passages as ingested; StudyError if that was not done."""
        return jsonl.read(self._made("passages.jsonl", by="bianma ingest"), Passage)

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


def _read_folder(folder: Path) -> list[Coding]:
    return [coding for path in sorted(folder.glob("*.jsonl")) for coding in jsonl.read(path, Coding)]
