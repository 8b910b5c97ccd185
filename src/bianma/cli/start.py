"""From an empty folder to suggestions: `init`, `check`, `ingest`, `suggest`."""

import dataclasses
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from bianma.cli import bare, reading
from bianma.cli.shared import as_json, bars, dry_run, exit_on_findings, find_study, in_study, now, report, table
from bianma.codebook.check import Finding
from bianma.codebook.check import check as check_codebook
from bianma.codebook.shipped import shipped_codebook
from bianma.errors import BianmaError, ConfigError
from bianma.study import make, steps
from bianma.study.store import Study
from bianma.study.verify import verify
from bianma.suggest.pipeline import find


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--example", is_flag=True, help="Bring one short Chinese example article.")
@as_json
def init(folder: Path, example: bool, json_: bool) -> None:
    """Make an empty study with the shipped codebook.

    \b
    Example:
      bianma init 我的研究 --example && cd 我的研究 && bianma demo
    """
    made = make.init(folder, example=example)

    def lines() -> Iterator[str]:
        yield f"made a study in {made.root} ({len(made.files)} files)"
        yield "next: put articles (.txt, .md, .html, .docx, .pdf) into corpus/, name the coders in bianma.yaml,"
        yield "then `bianma ingest`"

    report(made, lines, json=json_)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `check` looked at and found."""

    codes: int
    examples: int
    findings: tuple[str, ...]
    warnings: tuple[str, ...]


@click.command()
@in_study
@as_json
@click.pass_context
def check(context: click.Context, study: Study, json_: bool) -> None:
    """Check settings, codebook (its examples are run as tests) and every stored offset. Exit 1 on findings.

    \b
    Example:
      bianma check
    """
    result = run_check(study)

    def lines() -> Iterator[str]:
        yield from result.warnings
        yield from result.findings
        yield f"codes {result.codes}, examples {result.examples}"
        yield f"errors {len(result.findings)}, warnings {len(result.warnings)}"

    report(result, lines, json=json_)
    if result.findings:
        context.exit(1)


def run_check(study: Study) -> Checked:
    """Check a study; problems that keep its files from being read are findings like others."""
    found: list[str] = []
    warnings: list[str] = []
    codes = examples = 0
    try:
        findings: list[Finding] = check_codebook(study.codebook_dir, find=find)
        found += [str(f) for f in findings if f.severity == "error"]
        warnings += [str(f) for f in findings if f.severity == "warning"]
        codes = len(study.codebook.codes)
        examples = sum(len(c.positive) + len(c.negative) for c in study.codebook.codes.values())
    except ConfigError as e:
        found += map(str, e.problems)
    try:
        found += verify(study) if study.settings and not found else []
    except ConfigError as e:
        found += map(str, e.problems)
    return Checked(codes=codes, examples=examples, findings=_within(study, found), warnings=_within(study, warnings))


def _within(study: Study, lines: Iterable[str]) -> tuple[str, ...]:
    """Name files as they are called inside the study."""
    return tuple(line.removeprefix(f"{study.root}/") for line in lines)


@click.command()
@in_study
@as_json
@dry_run
def ingest(study: Study, dry_run: bool, json_: bool) -> None:
    """Read corpus/, clean and cut the articles into passages. Exit 1 on findings.

    An article that was pushed or coded keeps its passages; if its source was changed, it is named and left as it is.

    \b
    Example:
      bianma ingest
    """
    with bars("reading") as progress:
        result = steps.ingest(study, now=now(), dry_run=dry_run, progress=progress("corpus/"))

    def lines() -> Iterator[str]:
        read = f"{result.articles} articles, {result.code_points} code points"
        yield f"{read}, {result.passages} passages{_news(result.new, dry_run)}"
        yield from table(list(result.kinds.items()), head=("kind", "passages"))
        yield from _ingested(result)

    report(result, lines, json=json_)
    exit_on_findings([result])


def _ingested(result: steps.Ingested) -> Iterator[str]:
    """Yield what became of the articles, those where nothing happened in one line."""
    told = [o for o in result.outcomes if o.state != "unchanged" or o.metadata]
    rows: list[tuple[object, ...]] = [
        (o.doc, f"{o.state}, metadata changed" if o.metadata else o.state, o.passages, "" if o.finding else o.why)
        for o in told
    ]
    if rows:
        yield ""
        yield from table(rows, head=("article", "what", "passages", ""))
    if len(told) < len(result.outcomes):
        yield f"unchanged: {len(result.outcomes) - len(told)} articles"
    if result.left_out:
        yield f"left out, no articles: {'; '.join(result.left_out)}"
    yield from result.warnings
    yield from result.findings


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="With FILEs: where to write (default: standard output)."
)
@click.option(
    "--codebook",
    type=click.Path(path_type=Path),
    help="With FILEs: a codebook folder (default: the study's, else the shipped one).",
)
@bare.reading
@reading.options
@click.option("--learned", is_flag=True, help="Let what adjudicated codings taught count in (see `bianma learn`).")
@click.option(
    "--engine",
    type=click.Choice(["single", "dask"]),
    default="single",
    show_default=True,
    help="This process alone, or Dask workers: the same bytes. dask needs the extra `scale`.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="With --engine dask: a scheduler, as tcp://HOST:8786 (default: a process for each core of this machine).",
)
@click.option(
    "-C", "--study", "place", default=".", metavar="DIR", help="The study, or a folder in it (default: here)."
)
@as_json
@dry_run
def suggest(
    files: tuple[Path, ...],
    out: Path | None,
    codebook: Path | None,
    encoding: str | None,
    texts: Path | None,
    read: bool,
    yes: bool,
    learned: bool,
    engine: str,
    scheduler: str | None,
    place: str,
    dry_run: bool,
    json_: bool,
) -> None:
    """Suggest concept spans and sentence functions: in a study, or on bare FILEs outside any.

    \b
    Examples:
      bianma suggest
      bianma suggest --read --dry-run
      bianma suggest 文章.txt -o suggestions.jsonl
      bianma suggest --engine dask 文章/*.txt -o suggestions.jsonl
    """
    if learned and (files or read):
        raise click.UsageError("--learned goes with a study's own texts, and not with --read")
    many = _scaled(engine, unfit=read or dry_run or learned) if engine == "dask" or scheduler else None
    if read or yes:
        reading.run(place, (*files, out, codebook, encoding, texts), read=read, yes=yes, dry_run=dry_run, json=json_)
        return
    if files:
        book = codebook or _codebook_near(place)
        if many:
            many.on_files(bare.Given(files, encoding, texts), out, book, scheduler)
        else:
            bare.suggest(files, out, book, encoding, texts)
        return
    if out or codebook or encoding or texts:
        raise click.UsageError("-o, --codebook, --encoding and --texts go with FILEs; a study knows its own")
    study = find_study(place)
    result = (
        many.in_study(study, scheduler) if many else steps.suggest(study, now=now(), dry_run=dry_run, learned=learned)
    )

    def lines() -> Iterator[str]:
        yield f"{result.suggestions} suggestions by codebook {result.codebook}{_news(result.new, dry_run)}"
        yield from table(list(result.per_code.items()), head=("code", "suggestions"))

    report(result, lines, json=json_)


def _scaled(engine: str, *, unfit: bool) -> ModuleType:
    """Return what does `--engine dask`; a sentence where its libraries are missing or an option does not go with it."""
    if engine != "dask":
        raise click.UsageError("--scheduler goes with --engine dask")
    if unfit:
        raise click.UsageError("--read, --learned and --dry-run do not go with --engine dask")
    try:
        return import_module("bianma.cli.scaled")
    except ModuleNotFoundError as e:
        if (e.name or "").startswith("bianma"):
            raise
        raise BianmaError(f"--engine dask needs {e.name}, which is not installed: pip install 'bianma[scale]'") from e


def _codebook_near(place: str) -> Path:
    study = Study.search(Path(place))
    return study.codebook_dir if study else shipped_codebook()


def _news(new: bool, dry_run: bool) -> str:
    if not new:
        return " (nothing new to write)"
    return " (not written: dry run)" if dry_run else ""
