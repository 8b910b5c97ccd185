"""Rows as bytes: JSON Lines, CSV that Excel opens with Chinese intact, Parquet.

CSV has a byte-order mark (Excel takes UTF-8 for something else without it). A cell that a spreadsheet would take for a
formula gets an apostrophe in front; `csv_cell` and `csv_value` are each other's inverse. JSONL and Parquet hold every
value as it is.
"""

import csv
import dataclasses
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_type_hints

from bianma import jsonl
from bianma.errors import BianmaError

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")


def csv_cell(value: object) -> object:
    """Return `value` as a cell that no spreadsheet runs as a formula.

    >>> csv_cell("=1+1"), csv_cell("安全机制"), csv_cell(-3)
    ("'=1+1", '安全机制', -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def csv_value(cell: str) -> str:
    """Return the string that `csv_cell` was given."""
    return cell[1:] if cell.startswith("'") else cell


def to_jsonl(rows: Sequence[Any], row: type) -> bytes:
    """Return rows as JSON Lines."""
    return jsonl.dump(rows)


def to_csv(rows: Sequence[Any], row: type) -> bytes:
    """Return rows as CSV with a header, also where there are none."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = [f.name for f in dataclasses.fields(row)]
    writer.writerow(names)
    writer.writerows([csv_cell(getattr(r, n)) for n in names] for r in rows)
    return ("\ufeff" + out.getvalue()).encode()


def to_parquet(rows: Sequence[Any], row: type) -> bytes:
    """Return rows as a Parquet file, typed also where there are none (needs the extra `parquet`)."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as e:
        raise BianmaError("Parquet needs pyarrow: pip install 'bianma[parquet]', or name others with --to") from e

    types = {int: pa.int64(), bool: pa.bool_(), float: pa.float64(), float | None: pa.float64()}
    schema = pa.schema([(name, types.get(hint, pa.string())) for name, hint in get_type_hints(row).items()])
    table = pa.Table.from_pylist([dataclasses.asdict(r) for r in rows], schema=schema)
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Sequence[Any], type], bytes]] = {
    "jsonl": to_jsonl,
    "csv": to_csv,
    "parquet": to_parquet,
}
