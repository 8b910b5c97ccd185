"""Records for tests, made from short texts with [[marked]] spans."""

import pytest
from hypothesis import settings

from bianma.records import (
    CodebookRef,
    CodedSpan,
    CodeId,
    CoderId,
    Coding,
    DocId,
    Passage,
    coded_span_id,
    passage_id,
    text_sha,
)
from bianma.studio.install import installed
from bianma.study import desk

settings.register_profile("bianma", deadline=None)  # a test never depends on the clock
settings.load_profile("bianma")

REF = CodebookRef("test@1+000000000000")


def passage_of(doc: str, raw: str, *, index: int = 0, kind: str = "body") -> Passage:
    """One passage that is the whole of `raw`."""
    return Passage(
        id=passage_id(DocId(doc), raw, 0), doc=DocId(doc), index=index, kind=kind, text=raw, spans=((0, len(raw)),)
    )  # fmt: skip


def coding_of(passage: Passage, coder: str, marks: list[tuple[str, int, int]], **fields) -> Coding:
    """A finished coding of a passage that is its own source: (code, start, end) each."""
    spans = [
        CodedSpan(
            id=coded_span_id(CoderId(coder), passage.id, "concept", CodeId(code), a, b),
            layer="concept",
            code=CodeId(code),
            start=a,
            end=b,
            quote=passage.text[a:b],
            text=passage.text[a:b],
            origin="new",
        )
        for code, a, b in marks
    ]
    defaults = {"status": "done", "at": "2026-01-02T03:04:05Z", "codebook": REF, "text_sha": text_sha(passage.text)}
    return Coding(coder=CoderId(coder), doc=passage.doc, passage=passage.id, spans=tuple(spans), **(defaults | fields))


@pytest.fixture
def make_passage():
    return passage_of


@pytest.fixture
def make_coding():
    return coding_of


@pytest.fixture(scope="session")
def studio_venv():
    """Where Label Studio is installed; fails, rather than skips, where it is not."""
    venv = desk.studio_venv()
    if not installed(venv):
        pytest.fail(f"Label Studio is not installed in {venv}: type `make studio`", pytrace=False)
    return venv
