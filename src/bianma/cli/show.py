"""`show`: an article as it was read, raw and clean side by side."""

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from bianma import jsonl
from bianma.cli.bare import ENCODING_HELP, read_bare
from bianma.corpus.about import frontmatter, sidecar
from bianma.corpus.cut import passages as cut
from bianma.errors import SourceError
from bianma.records import DocId, Kind
from bianma.report import Reading, UiLanguage, listing, page
from bianma.report.words import KINDS, UI_LANGUAGES
from bianma.study.ingest import sidecar_beside
from bianma.study.store import Study


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT", help="Write a page to OUT.")
@click.option("--open", "open_", is_flag=True, help="Show the page in the browser.")
@click.option("--kind", metavar="KIND,…", help=f"Only these: {', '.join(KINDS)}; running text: title … note.")
@click.option("--lang", type=click.Choice(UI_LANGUAGES), help="The language of the words around it (default: yours).")
@click.option("--encoding", metavar="NAME", help=ENCODING_HELP)
@click.option("--no-color", is_flag=True, help="Marks instead of colours: [-left out-], {+written+}.")
@click.option(
    "-C", "--study", "place", default=".", metavar="DIR", help="The study, or a folder in it (default: here)."
)
def show(
    file: str,
    html: Path | None,
    open_: bool,
    kind: str | None,
    lang: UiLanguage | None,
    encoding: str | None,
    no_color: bool,
    place: str,
) -> None:
    """Show what cleaning and cutting made of an article: raw and clean, passage by passage.

    FILE is a file, or the id of an article of the study, which is shown as it was ingested.

    \b
    Examples:
      bianma show 文章.txt
      bianma show 论文.pdf --html 论文.html
    """
    ui, kinds = lang or _language(), _kinds(kind)
    reading = _reading(file, encoding, place)
    if html is None and not open_:
        _print(reading, ui, kinds, colour=not no_color and not os.environ.get("NO_COLOR"))
        return
    if html is not None and not html.parent.is_dir():
        raise click.UsageError(f"--html {html}: there is no folder {html.parent}")
    if html is not None and html.resolve() == Path(file).resolve():
        raise click.UsageError(f"--html {html} is the article itself; name another file")
    out = html or Path(tempfile.mkdtemp(prefix="bianma-")) / f"{reading.source.doc}.html"
    jsonl.write_atomic(out, page(reading, ui=ui, kinds=kinds).encode())
    click.echo(f"wrote {out}", err=True)
    if open_:
        click.launch(out.resolve().as_uri())


def _reading(file: str, encoding: str | None, place: str) -> Reading:
    """Return the article called `file`: a file, else one of the study that we are in."""
    path = Path(file)
    study = None if path.exists() else Study.search(Path(place))
    if study is not None and DocId(file) in study.sources():
        if encoding:
            raise click.UsageError("--encoding goes with a FILE; an article of a study keeps the one it was read in")
        text = study.text(DocId(file))
        return Reading(text.source, text.raw, study.shelf().of(file), study.metadata().get(DocId(file)))
    if study is not None:
        raise SourceError(f"{file}: no such file, and no article of the study {study.root} has this id")
    article = read_bare(path, encoding)
    doc = article.source.doc
    if article.missing:
        click.echo(f"bianma: {path}: {article.missing}", err=True)
    found = cut(doc, article.raw, article.view)
    about = sidecar.apply(frontmatter.metadata(doc, found, article.said), sidecar_beside(path))
    return Reading(article.source, article.raw, found, about)


def _kinds(named: str | None) -> list[Kind]:
    """Return the kinds in a list with commas; UsageError that names one that is none."""
    wanted = [name.strip() for name in (named or "").replace("，", ",").split(",") if name.strip()]
    unknown = [name for name in wanted if name not in KINDS]
    if unknown:
        raise click.UsageError(f"--kind {', '.join(unknown)}: is none of {', '.join(KINDS)}")
    return [kind for kind in KINDS if kind in wanted]


def _language() -> UiLanguage:
    named = next((v for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(name))), "")
    return "zh" if named.lower().startswith("zh") else "en"


def _print(reading: Reading, ui: UiLanguage, kinds: Sequence[Kind], *, colour: bool) -> None:
    """Print the listing; where it is longer than the terminal, page by page."""
    terminal = sys.stdout.isatty()
    lines = list(listing(reading, ui=ui, kinds=kinds, colour=colour and terminal))
    text = "\n".join(lines) + "\n"
    if terminal and len(lines) > shutil.get_terminal_size().lines:
        click.echo_via_pager(text, color=colour)
    else:
        click.echo(text, nl=False, color=colour and terminal)
