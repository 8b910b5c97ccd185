"""The two commands that work on bare files, outside any study. Their output is a fixed contract."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from bianma import jsonl
from bianma.codebook.load import load
from bianma.corpus.cut import passages as cut
from bianma.corpus.read import Article, read_article
from bianma.errors import BianmaError, SourceError
from bianma.records import DocId, Passage, Suggestion
from bianma.study.ingest import sidecar_beside
from bianma.suggest.pipeline import suggest as suggest_spans

F = TypeVar("F", bound=Callable[..., Any])
ENCODING_HELP = "What the files are in (default: the sidecar's, else what is found): utf-8, gb18030, big5, …"


def reading(command: F) -> F:
    """Add `--encoding` and `--texts`."""
    for option in (
        click.option(
            "--texts",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIR",
            help="Write each article's raw text, in which all offsets count, to DIR/DOC.txt in UTF-8.",
        ),
        click.option("--encoding", metavar="NAME", help=ENCODING_HELP),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where to write (default: standard output).")
@reading
def passages(files: tuple[Path, ...], out: Path | None, encoding: str | None, texts: Path | None) -> None:
    """Clean and cut bare FILEs: {"doc", "kind", "text", "spans": [[raw_start, raw_end], …]} a line.

    The spans count code points of the raw text: of the file in its encoding; for a Word file or PDF, of what --texts
    writes. A FILE that cannot be read is named, the others are written all the same; exit 1.

    \b
    Example:
      bianma passages 文章.txt 论文.pdf -o passages.jsonl --texts texts
    """
    given = Given(files, encoding, texts)
    write((p for _, found in given.articles() for p in found), given, out)


def suggest(files: Sequence[Path], out: Path | None, codebook: Path, encoding: str | None, texts: Path | None) -> None:
    """Write suggestions on bare files: {"doc", "layer", "code", "start", "end", "text", "score", "why", …} a line."""
    book = load(codebook)
    given = Given(files, encoding, texts)

    def made() -> Iterator[Suggestion]:
        for article, found in given.articles():
            yield from suggest_spans(found, {article.source.doc: article.raw}, book)

    write(made(), given, out)


@dataclass(frozen=True, slots=True)
class Given:
    """Bare files, read one at a time; `faults` gathers what is wrong with those that cannot be read, `warnings` what
    of the others could not.
    """

    files: Sequence[Path]
    encoding: str | None
    texts: Path | None
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    taken: set[DocId] = field(default_factory=set)

    def articles(self) -> Iterator[tuple[Article, list[Passage]]]:
        """Yield each article with its passages; SourceError with all faults if not one can be read."""
        for path in self.files:
            try:
                article = read_bare(path, self.encoding)
                doc = article.source.doc
                found = cut(doc, article.raw, article.view)
            except BianmaError as e:
                self.faults.append(str(e))
                continue
            if self.takes(path, doc, article.missing, article.raw):
                yield article, found
        self.close()

    def takes(self, path: Path, doc: DocId, missing: str, raw: str) -> bool:
        """Tell whether an article that was read is the first of its name; note what is missing, write its text."""
        if doc in self.taken:
            self.faults.append(f"{path}: another file given is called {doc} too; give each a name of its own")
            return False
        self.taken.add(doc)
        if missing:
            self.warnings.append(f"{path}: {missing}")
        if self.texts is not None:
            jsonl.write_atomic(self.texts / f"{doc}.txt", raw.encode())
        return True

    def close(self) -> None:
        """Raise SourceError with all faults if not one could be read."""
        if not self.taken:
            raise SourceError("\n".join(self.faults))


def read_bare(path: Path, encoding: str | None) -> Article:
    """Read a file that belongs to no study, in the encoding given, else in that of the sidecar file beside it."""
    return read_article(path, encoding=encoding or sidecar_beside(path).encoding)


def write(records: Iterable[Any], given: Given, out: Path | None) -> None:
    """Write the records, one by one, to `out` or standard output; name the faults and exit 1 if there are any."""
    refuse(given, out)
    if out is None:
        for record in records:
            sys.stdout.buffer.write(jsonl.dump([record]))
        sys.stdout.buffer.flush()
    else:
        count = _Counted(records)
        jsonl.write(out, count)
        click.echo(f"wrote {count.number} records to {out}", err=True)
    for said in (*given.warnings, *given.faults):
        click.echo(f"bianma: {said}", err=True)
    if given.faults:
        click.get_current_context().exit(1)


def refuse(given: Given, out: Path | None) -> None:
    """Raise UsageError if `out` cannot be written, or something written would take the place of a file that is read."""
    for path in given.files:
        if out is not None and out.resolve() == path.resolve():
            raise click.UsageError(f"-o {out} is one of the FILEs; name another file")
        text = given.texts / f"{path.stem}.txt" if given.texts is not None else None
        if text is not None and text.resolve() in {p.resolve() for p in given.files}:
            raise click.UsageError(f"--texts {given.texts} would write over {text}; name another folder")
    if out is not None and not out.parent.is_dir():
        raise click.UsageError(f"-o {out}: there is no folder {out.parent}")


class _Counted:
    """Records that are counted as they pass."""

    def __init__(self, records: Iterable[Any]) -> None:
        self.number = 0
        self._records = records

    def __iter__(self) -> Iterator[Any]:
        for record in self._records:
            self.number += 1
            yield record
