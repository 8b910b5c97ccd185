"""What comes out of a study: `agree` and `export`."""

from collections.abc import Iterator

import click

from bianma.agreement import F1, PairAgreement
from bianma.cli.shared import as_json, dry_run, in_study, report, table
from bianma.export import FORMATS
from bianma.study import output
from bianma.study.store import Study


@click.command()
@in_study
@as_json
@click.option(
    "--by", type=click.Choice(["pair", "code"]), default="pair", show_default=True, help="How far to break it down."
)
def agree(study: Study, by: str, json_: bool) -> None:
    """Compare every two coders: span F1, exact and by overlap.

    \b
    Example:
      bianma agree --by code
    """
    result = output.agree(study)
    report(result, lambda: _pairs(result) if by == "pair" else _codes(result), json=json_)


def _pairs(result: output.Agreement) -> Iterator[str]:
    head = ("coders", "layer", "match", "F1", "matched", "spans", "passages", "set aside")
    yield from table([_pair_row(p) for p in result.pairs if p.passages], head=head)
    yield ""
    yield "F1 counts only passages that both coders finished; 'set aside' were finished by one of the two."
    apart = sorted({" · ".join(p.coders) for p in result.pairs if not p.passages})
    if apart:
        yield f"No passage in common: {', '.join(apart)}"


def _pair_row(pair: PairAgreement) -> tuple[object, ...]:
    f1 = pair.overall
    spans = f"{f1.first} / {f1.second}"
    return " · ".join(pair.coders), pair.layer, pair.match, _value(f1), f1.matched, spans, pair.passages, pair.only_one


def _codes(result: output.Agreement) -> Iterator[str]:
    for pair in result.pairs:
        if pair.match == "overlap" and pair.passages:
            yield f"{' · '.join(pair.coders)}, {pair.layer}, match by overlap"
            rows: list[tuple[object, ...]] = [
                (code, _value(f1), f1.matched, f1.first, f1.second) for code, f1 in pair.per_code.items()
            ]
            yield from table(rows, head=("code", "F1", "matched", *pair.coders))
            yield ""


def _value(f1: F1) -> str:
    return f"{f1.value:.3f}" if f1.value is not None else "–"


@click.command()
@in_study
@as_json
@dry_run
@click.option(
    "--to",
    "formats",
    type=click.Choice(list(FORMATS)),
    multiple=True,
    help="A format; may be given several times (default: all).",
)
def export(study: Study, formats: tuple[str, ...], dry_run: bool, json_: bool) -> None:
    """Write the coded spans, the codings and the code × article counts to exports/.

    Offsets count Unicode code points of the raw source, half open; every quote is checked against it first.

    \b
    Example:
      bianma export --to csv --to parquet
    """
    result = output.export(study, formats or tuple(FORMATS), dry_run=dry_run)

    def lines() -> Iterator[str]:
        yield f"{result.spans} spans in {result.codings} codings, {result.counts} code × article counts"
        yield from (f"  {'would write' if dry_run else 'wrote'} {name}" for name in result.files)

    report(result, lines, json=json_)
