"""`ingest`: read corpus/ article by article, cut it into passages, and never cut anew under a coding.

An article with passages that were pushed, coded or adjudicated keeps its source and its passages. If its source was
changed nevertheless, nothing of it is touched, and it is named; the other articles are ingested all the same.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from bianma import jsonl
from bianma.corpus.about import frontmatter, sidecar
from bianma.corpus.about.sidecar import Sidecar
from bianma.corpus.cut import passages as cut
from bianma.corpus.read import Article, Said, doc_id, read_article
from bianma.corpus.readers import signature
from bianma.errors import BianmaError, RecordError, StudyError
from bianma.records import DocId, Metadata, Passage, PassageId, Source, text_sha
from bianma.study import ledger
from bianma.study.store import MADE_TEXT, Study, file_sha

State = Literal["new", "unchanged", "changed", "cut anew", "kept as coded", "removed", "refused", "unreadable"]
Uses = Mapping[DocId, frozenset[PassageId]]
FINDINGS: frozenset[State] = frozenset({"refused", "unreadable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one article; `why` says more where a human has to know, `metadata` whether that changed."""

    doc: DocId
    state: State
    passages: int = 0
    metadata: bool = False
    why: str = ""

    @property
    def finding(self) -> bool:
        """Tell whether a human has to do something."""
        return self.state in FINDINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What `ingest` did: `kinds` counts passages by kind; `new` is False where nothing had changed.

    `left_out` are the files in corpus/ that are no articles; `findings` a sentence for each article that could not be
    read, or was changed though it is coded; `warnings` one for each of which a part could not be read.
    """

    articles: int
    code_points: int
    passages: int
    kinds: Mapping[str, int]
    new: bool
    outcomes: tuple[Outcome, ...]
    left_out: tuple[str, ...]
    findings: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def ingest(
    study: Study,
    *,
    now: str,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Ingested:
    """Read corpus/, clean and cut it, and write sources, passages, articles (metadata) and texts of annotations/.

    One article is held at a time. A run that is killed leaves every file old or new; the next one completes it.
    """
    paths = {doc_id(path): path for path in study.source_paths()}
    if not paths:
        raise StudyError("corpus/ holds no articles: put some there (.txt, .md, .html, .docx, .pdf), then ingest again")
    run = _Run(study, paths, _before(study), dry_run=dry_run)
    new = jsonl.write(study.annotations / "passages.jsonl", run.passages(progress), dry_run=dry_run)
    new |= jsonl.write(study.annotations / "articles.jsonl", run.metadata, dry_run=dry_run)
    new |= jsonl.write(study.annotations / "sources.jsonl", run.sources, dry_run=dry_run)
    new |= run.texts_written | _sweep(study, {o.doc for o in run.outcomes if o.state != "removed"}, dry_run=dry_run)
    if new and not dry_run:
        ledger.append(study.ledger, at=now, event="ingest", actor="bianma", details=run.details())
    return run.report(new=new)


@dataclass(frozen=True, slots=True)
class _Before:
    """What the study held: `used` passages were shown to a coder, coded or adjudicated, `announced` perhaps shown."""

    sources: Mapping[DocId, Source]
    metadata: Mapping[DocId, Metadata]
    shelf: jsonl.Shelf[Passage] | None
    used: Uses
    announced: Uses

    def docs(self) -> set[DocId]:
        """Return every article that something is known of."""
        shelved = [DocId(doc) for doc in self.shelf.docs()] if self.shelf else []
        return {*self.sources, *shelved, *self.used}

    def uses(self, doc: DocId) -> frozenset[PassageId]:
        """Return the passages of `doc` that must not change."""
        return self.used.get(doc, frozenset()) | self.announced.get(doc, frozenset())

    def passages(self, doc: DocId) -> list[Passage]:
        """Return the article's passages; none where they are damaged and nobody needs them."""
        try:
            return self.shelf.of(doc) if self.shelf else []
        except RecordError as e:
            if self.uses(doc):
                raise StudyError(_damaged(e)) from e
            return []


def _before(study: Study) -> _Before:
    coders, pushed = study.coders_on_disk(), study.coders_pushed_to()
    used = _by_doc(
        [
            *((c.doc, c.passage) for coder in coders for c in study.codings(coder)),
            *((c.doc, c.passage) for c in study.adjudicated()),
            *((s.doc, s.passage) for coder in pushed for s in study.shown(coder).values()),
        ]
    )
    announced = _by_doc(
        (s.doc, s.passage) for coder in study.coders_announced_to() for s in study.announced(coder).values()
    )
    return _Before(study.sources(), study.metadata(), _shelf(study, needed=bool(used or announced)), used, announced)


def _by_doc(uses: Iterable[tuple[DocId, PassageId]]) -> Uses:
    found: dict[DocId, set[PassageId]] = defaultdict(set)
    for doc, passage in uses:
        found[doc].add(passage)
    return {doc: frozenset(passages) for doc, passages in found.items()}


def _shelf(study: Study, *, needed: bool) -> jsonl.Shelf[Passage] | None:
    if not (study.annotations / "passages.jsonl").exists():
        return None
    try:
        return study.shelf()
    except RecordError as e:
        if needed:
            raise StudyError(_damaged(e)) from e
        return None


def _damaged(error: RecordError) -> str:
    return f"{error}; passages were pushed or coded, so restore this file as it was before you ingest"


@dataclass(slots=True)
class _Run:
    """One pass through the articles; what it leaves behind but for the passages themselves."""

    study: Study
    paths: Mapping[DocId, Path]
    before: _Before
    dry_run: bool = field(kw_only=True)
    sources: list[Source] = field(default_factory=list)
    metadata: list[Metadata] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    texts_written: bool = False
    warnings: list[str] = field(default_factory=list)

    def passages(self, progress: Callable[[int, int], None]) -> Iterator[Passage]:
        """Yield the passages of every article as they are to stand, articles by name."""
        docs = sorted(self.before.docs() | self.paths.keys())
        for n, doc in enumerate(docs, 1):
            found = self._gone(doc) if doc not in self.paths else self._read(doc, self.paths[doc])
            self.kinds.update(p.kind for p in found)
            yield from found
            progress(n, len(docs))

    def _gone(self, doc: DocId) -> Sequence[Passage]:
        used = self.before.used.get(doc)
        if not used:
            self.outcomes.append(Outcome(doc=doc, state="removed"))
            return []
        source = self.before.sources.get(doc)
        named = source.path if source else f"its source in {self.study.corpus_dir.name}/"
        why = f"{named} is gone, and {len(used)} of its passages were pushed or coded; put the file back as it was"
        return self._keep(doc, "refused", why)

    def _read(self, doc: DocId, path: Path) -> Sequence[Passage]:
        known = self.before.sources.get(doc)
        try:
            card = sidecar_beside(path)
            article = _article(self.study, path, known, encoding=card.encoding)
            found = cut(doc, article.raw, article.view)
        except (BianmaError, OSError) as e:
            return self._keep(doc, "unreadable", _said(e, self.study.root))
        old, uses = self.before.passages(doc), self.before.uses(doc)
        state = decide(known, article.source, old, found, uses)
        if state == "refused":
            return self._keep(doc, state, _refusal(known, article.source, old, uses))
        passages = old if state == "kept as coded" else found
        about = sidecar.apply(frontmatter.metadata(doc, passages, article.said), card)
        self._note(article, about, state, passages, known)
        return passages

    def _note(
        self, article: Article, about: Metadata, state: State, passages: Sequence[Passage], known: Source | None
    ) -> None:
        doc = article.source.doc
        self.warnings += [f"{article.source.path}: {article.missing}"] if article.missing else []
        self.sources.append(article.source)
        self.metadata.append(about)
        self.texts_written |= _keep_text(self.study, article, dry_run=self.dry_run)
        news = state != "new" and self.before.metadata.get(doc) != about
        why = f"{known.sha[:8]} → {article.source.sha[:8]}" if state == "changed" and known else ""
        self.outcomes.append(Outcome(doc=doc, state=state, passages=len(passages), metadata=news, why=why))

    def _keep(self, doc: DocId, state: State, why: str) -> Sequence[Passage]:
        """Leave everything of an article as it stands."""
        passages, before = self.before.passages(doc), self.before
        self.sources += [before.sources[doc]] if doc in before.sources else []
        self.metadata += [before.metadata[doc]] if doc in before.metadata else []
        self.outcomes.append(Outcome(doc=doc, state=state, passages=len(passages), why=why))
        return passages

    def details(self) -> dict[str, object]:
        """Return what the ledger is told."""
        return {
            "articles": {s.doc: s.sha for s in self.sources},
            "passages": self.kinds.total(),
            "news": {o.doc: o.state for o in self.outcomes if o.state != "unchanged"},
        }

    def report(self, *, new: bool) -> Ingested:
        """Return what is told to the user."""
        return Ingested(
            articles=len(self.sources),
            code_points=sum(s.length for s in self.sources),
            passages=self.kinds.total(),
            kinds=dict(sorted(self.kinds.items())),
            new=new,
            outcomes=tuple(self.outcomes),
            left_out=tuple(_left_out(name) for name in self.study.left_out()),
            findings=tuple(f"{o.doc}: {o.why}" for o in self.outcomes if o.finding),
            warnings=tuple(self.warnings),
        )


def _left_out(name: str) -> str:
    remedy = signature.BY_ENDING.get(Path(name).suffix.lower())
    return f"{name} {remedy}" if remedy else name


def sidecar_beside(path: Path) -> Sidecar:
    """Return what stands in the sidecar file of the article at `path`; nothing where there is none."""
    card = sidecar.sidecar_of(path)
    return sidecar.load(card) if card.is_file() and card != path else Sidecar()


def decide(
    known: Source | None, source: Source, old: Sequence[Passage], found: Sequence[Passage], uses: frozenset[PassageId]
) -> State:
    """Tell what becomes of an article that is `known` with passages `old`, and reads as `source`, cut into `found`.

    `uses` are the passages that must not change, since they were shown or coded.
    """
    if known is None:
        return "new" if uses <= {p.id for p in found} else "refused"
    if known.sha != source.sha:
        return "refused" if uses else "changed"
    if [_cut(p) for p in old] == [_cut(p) for p in found]:
        return "unchanged"
    if not uses:
        return "cut anew"
    if uses <= {p.id for p in old}:
        return "kept as coded"
    return "cut anew" if uses <= {p.id for p in found} else "refused"


def _cut(passage: Passage) -> tuple[object, ...]:
    """Return what a coding stands on; the rest (language, pages, number) only describes."""
    return passage.id, passage.kind, passage.text, passage.spans, passage.edits


def _refusal(known: Source | None, source: Source, old: Sequence[Passage], uses: frozenset[PassageId]) -> str:
    if known is None or known.sha == source.sha:
        lost = len(uses - {p.id for p in old})
        return (
            f"{lost} passages that were pushed or coded are neither in annotations/passages.jsonl nor in what "
            f"{source.path} is cut into today; restore that file and annotations/sources.jsonl"
        )
    same_file = known.file_sha == source.file_sha
    how = (
        f"is read as another text (by {source.reader} {source.encoding}".rstrip() + ")" if same_file else "was changed"
    )
    return (
        f"{source.path} {how} ({known.sha[:8]} → {source.sha[:8]}), and {len(uses)} of its passages were pushed or "
        "coded, so nothing of it was touched; put it back as it was, and add a new version under another name"
    )


def _said(error: BianmaError | OSError, root: Path) -> str:
    """Return what is wrong with a file, called as it is in the study."""
    said = f"{error.filename}: {error.strerror}; mend this" if isinstance(error, OSError) else str(error)
    return said.replace(f"{root}/", "").replace("\n", "; ")


def _article(study: Study, path: Path, known: Source | None, *, encoding: str | None) -> Article:
    """Read an article; a docx or pdf whose bytes did not change is not read anew, so that its offsets stay."""
    same_file = known is not None and known.file_sha == file_sha(path)
    relative = path.relative_to(study.root).as_posix()
    if known and same_file and path.suffix.lower() in MADE_TEXT and (kept := _kept_text(study, known)) is not None:
        return replace(kept, source=replace(known, path=relative))
    article = read_article(path, encoding=encoding or (known.encoding if known and same_file else "") or None)
    return replace(article, source=replace(article.source, path=relative))


def _kept_text(study: Study, known: Source) -> Article | None:
    """Return the article as its text is kept; None where that is not the text it was ingested with."""
    path = study.text_path(known)
    try:
        raw = path.read_bytes().decode()
        said: Said = {k: tuple(v) for k, v in json.loads(_said_path(path).read_bytes()).items()}
    except (OSError, ValueError):
        return None
    return Article(source=known, raw=raw, said=said) if text_sha(raw) == known.sha else None


def _keep_text(study: Study, article: Article, *, dry_run: bool) -> bool:
    """Write down the text of a docx or pdf, and what the file says of itself; False where that is there already."""
    path = study.text_path(article.source)
    if path == study.root / article.source.path:
        return False
    said = json.dumps(article.said, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    files = {path: article.raw.encode(), _said_path(path): said.encode()}
    changed = {p: data for p, data in files.items() if not p.exists() or p.read_bytes() != data}
    for file, data in () if dry_run else changed.items():
        jsonl.write_atomic(file, data)
    return bool(changed)


def _said_path(path: Path) -> Path:
    return path.with_name(f"{path.name.removesuffix('.txt')}.said.json")


def _sweep(study: Study, docs: set[DocId], *, dry_run: bool) -> bool:
    """Take away the texts of articles that are no longer there; False where there were none."""
    wanted = {f"{doc}{ending}" for doc in docs for ending in (".txt", ".said.json")}
    left = [path for path in (study.annotations / "texts").glob("*") if path.name not in wanted]
    for path in () if dry_run else left:
        path.unlink()
    return bool(left)
