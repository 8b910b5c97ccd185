"""`learn`: what codings teach."""

from collections.abc import Iterator
from pathlib import Path

import click

from bianma import jsonl
from bianma.cli import bare
from bianma.cli.shared import as_json, dry_run, find_study, now, report, table
from bianma.codebook.load import load
from bianma.codebook.shipped import shipped_codebook
from bianma.errors import BianmaError, RecordError
from bianma.records import CodedRange, CodeId, DocId, Suggestion
from bianma.study import learn as steps
from bianma.study.store import Study
from bianma.suggest.learning import Learner, simulate
from bianma.suggest.pipeline import Engine
from bianma.yamlfile import nearest


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--propose", is_flag=True, help="List new cues found in the codings, ready to paste into the codebook.")
@click.option("--lessons", is_flag=True, help="List the terms that were learned, with how often they were right.")
@click.option("--revoke", nargs=2, metavar="CODE TERM", help="Take a learned term back.")
@click.option("--restore", nargs=2, metavar="CODE TERM", help="Let a term that was taken back be learned again.")
@click.option("--simulate", "play", is_flag=True, help="Play a coder who codes FILEs as --spans does.")
@click.option("--spans", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The reference coding.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where to write (default: standard output).")
@click.option("--codebook", type=click.Path(path_type=Path), help="A codebook folder (default: the shipped one).")
@bare.reading
@click.option(
    "-C", "--study", "place", default=".", metavar="DIR", help="The study, or a folder in it (default: here)."
)
@as_json
@dry_run
def learn(
    files: tuple[Path, ...],
    propose: bool,
    lessons: bool,
    revoke: tuple[str, str] | None,
    restore: tuple[str, str] | None,
    play: bool,
    spans: Path | None,
    out: Path | None,
    codebook: Path | None,
    encoding: str | None,
    texts: Path | None,
    place: str,
    dry_run: bool,
    json_: bool,
) -> None:
    """Learn from a study's adjudicated codings; `bianma suggest --learned` makes use of it.

    Fits a model that scores the rules' finds anew and says what it gains on articles left out; without a gain it is
    not used. With --simulate: for each passage of FILEs in reading order write the suggestions that would be shown,
    then learn that passage's spans of the reference: the quality that a coder lives with.

    \b
    Examples:
      bianma learn
      bianma learn --propose
      bianma learn --revoke role_theory.agent 支点
      bianma learn --simulate --spans reference.jsonl 文章.txt -o shown.jsonl
    """
    asked = [propose, lessons, bool(revoke), bool(restore), play]
    if sum(asked) > 1:
        raise click.UsageError("--propose, --lessons, --revoke, --restore and --simulate do not go together")
    if play:
        if not (spans and files):
            raise click.UsageError("learn --simulate needs --spans REFERENCE.jsonl and at least one FILE")
        given = bare.Given(files, encoding, texts)
        bare.write(_played(given, spans, codebook or shipped_codebook()), given, out)
        return
    if files or spans or out or codebook or encoding or texts:
        raise click.UsageError("FILEs, --spans, -o, --codebook, --encoding and --texts go with --simulate")
    study = find_study(place)
    if revoke or restore:
        _revoked(study, revoke, restore)
    elif lessons:
        _lessons(study, json=json_)
    elif propose:
        found = steps.propose(study)
        report(found, lambda: steps.yaml_of(found), json=json_)
    else:
        _fitted(study, dry_run=dry_run, json=json_)


def _fitted(study: Study, *, dry_run: bool, json: bool) -> None:
    try:
        result = steps.learn(study, now=now(), dry_run=dry_run)
    except ModuleNotFoundError as e:
        if (e.name or "").startswith("bianma"):
            raise
        raise BianmaError(f"learn needs {e.name}, which is not installed: pip install 'bianma[learn]'") from e

    def lines() -> Iterator[str]:
        yield f"{result.spans} adjudicated concept spans in {result.articles} articles"
        if result.missing:
            yield result.missing
            return
        yield f"overlap F1 on articles left out: {result.gain:+.3f} beside the rules alone"
        yield "`bianma suggest --learned` will use it" if result.used else "no gain, so it will not be used"

    report(result, lines, json=json)


def _lessons(study: Study, *, json: bool) -> None:
    found = steps.lessons(study)

    def lines() -> Iterator[str]:
        rows = [(s.code, s.term, f"{sum(s.right.values()):g}", f"{sum(s.wrong.values()):g}") for s in found]
        yield from table(sorted(rows), head=("code", "term", "right", "wrong"))

    report(found, lines, json=json)


def _revoked(study: Study, revoke: tuple[str, str] | None, restore: tuple[str, str] | None) -> None:
    code, term = restore or revoke or ("", "")
    changed = steps.revoke(study, CodeId(code), term, now=now(), restore=restore is not None)
    done = "will be learned again" if restore else "is taken back"
    click.echo(f"{term} ({code}) {done}" if changed else f"{term} ({code}): nothing to change")


def _played(given: bare.Given, spans: Path, codebook: Path) -> Iterator[Suggestion]:
    engine = Engine(load(codebook))
    coded = _reference(spans, engine)
    learner = Learner(engine)
    for article, passages in given.articles():
        own = coded.get(article.source.doc, [])
        late = next((c for c in own if c.end > len(article.raw)), None)
        if late:
            raise RecordError(
                f"{spans}: [{late.start}, {late.end}) ends beyond the {len(article.raw)} code points of {late.doc}; "
                "the reference belongs to another text, or counts in another unit"
            )
        yield from simulate(learner, passages, article.raw, own)


def _reference(path: Path, engine: Engine) -> dict[DocId, list[CodedRange]]:
    """Return the reference coding by article; RecordError for a code that the codebook does not have."""
    found: dict[DocId, list[CodedRange]] = {}
    codes = engine.codebook.codes
    for coded in jsonl.read(path, CodedRange):
        if coded.code not in codes:
            raise RecordError(f"{path}: the codebook has no code {coded.code!r}{nearest(coded.code, codes)}")
        if not 0 <= coded.start < coded.end:
            where = f"[{coded.start}, {coded.end}) of {coded.doc}"
            raise RecordError(f"{path}: {where} is no range: 0 <= start < end must hold")
        found.setdefault(coded.doc, []).append(coded)
    return found
