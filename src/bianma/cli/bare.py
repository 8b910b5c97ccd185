"""The two commands that work on bare files, outside any study. Their output is a fixed contract."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from bianma import jsonl
from bianma.codebook.load import load
from bianma.corpus.cut import passages as cut
from bianma.corpus.read import read_source
from bianma.errors import SourceError
from bianma.records import DocId, Passage
from bianma.suggest.pipeline import suggest as suggest_spans


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where to write (default: standard output).")
def passages(files: tuple[Path, ...], out: Path | None) -> None:
    """Clean and cut bare FILEs: {"doc", "kind", "text", "spans": [[raw_start, raw_end], …]} a line.

    \b
    Example:
      bianma passages 文章.txt -o passages.jsonl
    """
    cut_files, _ = _read(files)
    _write(cut_files, out)


def suggest(files: Sequence[Path], out: Path | None, codebook: Path) -> None:
    """Write suggestions on bare files: {"doc", "layer", "code", "start", "end", "text", "score", "why", …} a line."""
    cut_files, raws = _read(files)
    _write(suggest_spans(cut_files, raws, load(codebook)), out)


def _read(files: Iterable[Path]) -> tuple[list[Passage], dict[DocId, str]]:
    raws: dict[DocId, str] = {}
    for path in files:
        source, raw = read_source(path)
        if source.doc in raws:
            raise SourceError(f"{path}: another file given is called {source.doc} too; give each a name of its own")
        raws[source.doc] = raw
    return [p for doc, raw in raws.items() for p in cut(doc, raw)], raws


def _write(records: Iterable[Any], out: Path | None) -> None:
    data = jsonl.dump(records)
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    elif not out.parent.is_dir():
        raise click.UsageError(f"-o {out}: there is no folder {out.parent}")
    else:
        jsonl.write_atomic(out, data)
        records_written = data.count(b"\n")
        click.echo(f"wrote {records_written} records to {out}", err=True)
