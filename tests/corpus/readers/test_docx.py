import io
import zipfile

import docx as python_docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.corpus.readers.words import (
    TWO_COLUMNS,
    note_mark,
    numbered,
    numbering,
    packed,
    paragraph,
    run,
    table,
    word,
)

from bianma.corpus.cut import passages
from bianma.corpus.readers import docx
from bianma.errors import SourceError
from bianma.records import DocId

FIRST = "海上机制是观察安全困境的一扇窗口，也是检验承诺是否可信的一块试金石。"
SECOND = "第二种解释强调承诺的成本：机制的寿命取决于各方愿意为规则付出多少。"
ARTICLE = f"""# 承诺的成本与机制的寿命

李明远

摘要：本文探讨海上机制何以时断时续，并以三个案例检验承诺的成本。

关键词：承诺；海上机制；安全困境

{FIRST}[^1]二十年来，各方先后建立了热线与定期磋商。[^2]

## 一、权力的解释

表1 三国的选择

| 国家 | 策略 |
| 甲国 | 对冲 |

{SECOND}

### （一）强者的工具

强者的利益一变，机制也随之改变，这一点在文献中早有讨论。

[^1]: 王思齐：《承诺与声誉》，某某出版社2015年版，第20页。

[^2]: 这里的各方仅指海军力量居于优势的国家，不涉及经济力量的对比。
"""
NOTES = {
    1: "王思齐：《承诺与声誉》，某某出版社2015年版，第20页。",
    2: "这里的各方仅指海军力量居于优势的国家，不涉及经济力量的对比。",
}


def cut(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in passages(DocId("a"), text)]


def article(*, heading: str, second: str) -> bytes:
    return word(
        paragraph("承诺的成本与机制的寿命", style="a3"),
        paragraph("李明远"),
        paragraph("摘要：本文探讨海上机制何以时断时续，并以三个案例检验承诺的成本。"),
        paragraph("关键词：承诺；海上机制；安全困境"),
        paragraph(FIRST[:7], run(FIRST[7:]), note_mark(1), "二十年来，各方先后建立了热线与定期磋商。", note_mark(2)),
        heading,
        paragraph("表1 三国的选择"),
        table(("国家", "策略"), ("甲国", "对冲")),
        paragraph(SECOND),
        second,
        paragraph("强者的利益一变，机制也随之改变，这一点在文献中早有讨论。"),
        TWO_COLUMNS,
        footnotes=NOTES,
        lists=numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）")),
    )


@pytest.mark.parametrize(
    ("heading", "second"),
    [
        (paragraph("一、权力的解释", style="1"), paragraph("（一）强者的工具", style="2")),
        (paragraph(run("一、权力的解释", "<w:b/>")), paragraph(run("（一）强者的工具", "<w:b/>"))),
        (
            paragraph("权力的解释", style="1", properties=numbered(1)),
            paragraph("强者的工具", style="2", properties=numbered(1, 1)),
        ),
    ],
    ids=["styles", "bold by hand", "numbered by Word"],
)
def test_an_article_gives_the_same_passages_as_its_text(heading: str, second: str) -> None:
    assert cut(docx.markdown(article(heading=heading, second=second))[0]) == cut(ARTICLE)


def test_a_file_of_python_docx_gives_the_same_passages_as_its_text() -> None:
    made = python_docx.Document()
    made.add_heading("承诺的成本与机制的寿命", 0)
    made.add_paragraph("李明远")
    made.add_paragraph(FIRST)
    made.add_heading("一、权力的解释", 1)
    made.add_paragraph("表1 三国的选择")
    cells = made.add_table(rows=2, cols=2).rows
    for row, texts in zip(cells, (("国家", "策略"), ("甲国", "对冲")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.add_paragraph(SECOND)
    columns = OxmlElement("w:cols")
    columns.set(qn("w:num"), "2")
    made.sections[0]._sectPr.append(columns)
    made.core_properties.title, made.core_properties.author = "承诺的成本与机制的寿命", "python-docx"
    data = io.BytesIO()
    made.save(data)
    text, said = docx.markdown(data.getvalue())
    wanted = f"# 承诺的成本与机制的寿命\n\n李明远\n\n{FIRST}\n\n## 一、权力的解释\n\n表1 三国的选择\n\n| 国家 | 策略 |\n| 甲国 | 对冲 |\n\n{SECOND}\n"
    assert cut(text) == cut(wanted)
    assert said["title"] == ("承诺的成本与机制的寿命",)
    assert "authors" not in said


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&a;</w:document>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"no archive at all", "no Word file.*save it as .docx"),
        (word(paragraph(FIRST))[:400], "damaged.*unpacked"),
        (packed({"word/other.xml": b"<x/>"}), r"lacks its text \(word/document.xml\)"),
        (packed({"word/document.xml": b"<w:document"}), "damaged.*no XML"),
        (packed({"word/document.xml": b"<x/>"}), "no Word document"),
        (packed({"word/document.xml": ENTITIES}), "document type in word/document.xml"),
    ],
)
def test_what_is_no_word_file_is_named_with_its_remedy(data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=f"(?s){says}") as caught:
        docx.markdown(data)
    assert "\n" not in str(caught.value)


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_BYTES", 5000)
    with pytest.raises(SourceError, match=r"unpacks to .* the limit is 5,000"):
        docx.markdown(word(paragraph(FIRST), more={"word/more.xml": b"<x>" + b" " * 9000 + b"</x>"}))


def test_a_packed_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(word(paragraph(FIRST)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    with pytest.raises(SourceError, match="damaged"):
        docx.markdown(bytes(data.replace(size, (10).to_bytes(4, "little"))))


def test_elements_nested_without_end_are_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000
    with pytest.raises(SourceError, match="damaged"):
        docx.markdown(word(deep))
