import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.codebook.model import Bilingual, Code, Codebook, Work
from bianma.errors import SpanError
from bianma.export import FORMATS, Article, CodingRow, SpanRow, coding_rows, span_rows
from bianma.export.tables import csv_cell, csv_value

RAW = "日本學者𠮷田認為：\r\n=HYPERLINK(“同盟困境”)，<安全机制>👨‍👩‍👧的邊界。"
LABEL = Bilingual("标签", "label")


def code(id_):
    return Code(
        id=id_, layer="concept", label=LABEL, definition=LABEL, theorist="T", source=Work("T", 1984, "W"),
        include=(), exclude=(), positive=(), negative=(), cues=(),
    )  # fmt: skip


CODEBOOK = Codebook(
    name="test", version="1", title=LABEL, families=(), functions=(code("a"), code("b")), default_function="a",
    attributes=(), relations={}, hash="0" * 12,
)  # fmt: skip


@pytest.fixture
def rows(make_passage, make_coding):
    passage = make_passage("甲", RAW)
    start = RAW.index("=")
    codings = [
        make_coding(passage, "lin", [("a", start, start + 5), ("b", RAW.index("安全"), RAW.index(">"))], seconds=12.5),
        make_coding(passage, "zhou", []),
    ]
    articles = {passage.doc: Article(RAW, "0" * 64, {passage.id: passage})}
    return (
        list(span_rows(codings, articles, CODEBOOK, stage="coding")),
        list(coding_rows(codings, articles, stage="coding")),
    )


def read_csv(data):
    text = data.decode("utf-8-sig")
    return [{k: csv_value(v) for k, v in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""))]


def read_jsonl(data):
    return [json.loads(line) for line in data.decode().splitlines()]


def read_parquet(data):
    return pq.read_table(io.BytesIO(data)).to_pylist()


READERS = {"csv": read_csv, "jsonl": read_jsonl, "parquet": read_parquet}


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_every_format_read_back_has_each_quote_in_place(rows, ending):
    spans, _ = rows
    back = READERS[ending](FORMATS[ending](spans, SpanRow))
    assert [r["id"] for r in back] == [r.id for r in spans]
    for r in back:
        assert RAW[int(r["start"]) : int(r["end"])] == r["quote"]
        assert r["offset_unit"] == "code point"
        assert r["before"] + r["quote"] + r["after"] in RAW


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_a_coding_without_spans_is_a_row(rows, ending):
    _, codings = rows
    back = READERS[ending](FORMATS[ending](codings, CodingRow))
    assert [(r["coder"], int(r["spans"])) for r in back] == [("lin", 2), ("zhou", 0)]


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_no_rows_still_make_a_file_that_names_its_columns(ending):
    data = FORMATS[ending]([], SpanRow)
    assert READERS[ending](data) == []
    if ending == "csv":
        assert data.decode("utf-8-sig").startswith("id,doc,passage,")
    if ending == "parquet":
        assert pq.read_table(io.BytesIO(data)).schema.field("start").type == "int64"


def test_a_spreadsheet_runs_no_cell_as_a_formula(rows):
    text = FORMATS["csv"](rows[0], SpanRow).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@"))]


@given(st.text())
def test_csv_cells_are_reversible(text):
    assert csv_value(str(csv_cell(text))) == text


def test_a_quote_that_does_not_stand_there_stops_the_export(make_passage, make_coding):
    passage = make_passage("甲", RAW)
    changed = Article("改" + RAW, "0" * 64, {passage.id: passage})
    rows = span_rows([make_coding(passage, "lin", [("a", 0, 2)])], {passage.doc: changed}, CODEBOOK, stage="coding")
    with pytest.raises(SpanError, match=r"甲, passage .*, coder lin, a: the quote '日本' does not stand"):
        list(rows)


def test_a_code_that_the_codebook_lacks_stops_the_export(make_passage, make_coding):
    passage = make_passage("甲", RAW)
    article = Article(RAW, "0" * 64, {passage.id: passage})
    rows = span_rows([make_coding(passage, "lin", [("gone", 0, 2)])], {passage.doc: article}, CODEBOOK, stage="coding")
    with pytest.raises(SpanError, match="gone, which codebook test@1"):
        list(rows)
