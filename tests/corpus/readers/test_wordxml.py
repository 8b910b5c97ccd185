import pytest
from tests.corpus.readers.words import note_mark, paragraph, run, word

from bianma.corpus.readers import docx


def read(*body: str, **parts: object) -> str:
    return docx.markdown(word(*body, **parts))[0].strip()  # type: ignore[arg-type]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF x </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
BOX = f"<w:txbxContent>{paragraph('框中的话。')}</w:txbxContent>"
SHAPE = f"<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (f'<w:ins w:id="1">{run("插入")}</w:ins>', "插入"),
        ('<w:del w:id="1"><w:r><w:delText>删去</w:delText></w:r></w:del>', ""),
        (f'<w:moveFrom w:id="1">{run("移走")}</w:moveFrom>', ""),
        (f'<w:fldSimple w:instr="REF x">{run("表1")}</w:fldSimple>', "表1"),
        (FIELD + run("12") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "12"),
        (f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:smartTag>{run('标记')}</w:smartTag>", "标记"),
        (f'<w:hyperlink w:anchor="x">{run("链接")}</w:hyperlink>', "链接"),
        (
            f"<w:r><w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>",
            "漢",
        ),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:r><w:cr/></w:r>", "\n"),
        (run("隐藏", "<w:vanish/>"), ""),
        (run("①", '<w:vertAlign w:val="superscript"/>'), "<sup>①</sup>"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "🡪"),
        ('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>', "①"),
        ("<w:r><w:noBreakHyphen/></w:r>", "\u2011"),
        (run("a&lt;b &amp;amp; #"), "a<b &amp; #"),
        (run("𠮷") + run("野"), "𠮷野"),
    ],
)
def test_what_a_reader_sees_of_a_run_is_read(inside: str, shown: str) -> None:
    assert read(paragraph("前文", inside, "后文。")) == f"前文{shown}后文。"


@pytest.mark.parametrize(
    "box",
    [
        f"<w:r><mc:AlternateContent><mc:Choice>{SHAPE}</mc:Choice></mc:AlternateContent></w:r>",
        f"<w:r><mc:AlternateContent><mc:Choice>{SHAPE}</mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>",
        f"<w:r><mc:AlternateContent><mc:Choice>{SHAPE}</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        f"<w:r>{SHAPE}</w:r>",
    ],
)
def test_a_text_box_is_read_once_after_its_paragraph(box: str) -> None:
    assert read(paragraph("前文", box, "后文。")) == "前文后文。\n\n框中的话。"


def test_notes_stand_at_the_end_each_with_its_mark() -> None:
    text = read(
        paragraph("正文", note_mark(7), "继续", note_mark(2, kind="endnote"), "。"),
        footnotes={7: paragraph("第一段。") + paragraph("第二段。")},
        endnotes={2: "尾注。"},
    )
    assert text == "正文[^1]继续[^2]。\n\n[^1]: 第一段。 第二段。\n\n[^2]: 尾注。"


def test_a_sign_typed_for_a_note_is_not_read_beside_its_mark() -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    assert (
        read(paragraph("题目", mark), footnotes={1: "本文为某某项目的成果。"})
        == "题目[^1]\n\n[^1]: 本文为某某项目的成果。"
    )


def test_a_table_of_contents_is_left_out() -> None:
    assert read(paragraph("一、权力 3", style="10"), paragraph("正文。")) == "正文。"
    kept = f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{paragraph("一、权力 3")}</w:sdtContent></w:sdt>'
    assert read(kept, paragraph("正文。")) == "正文。"
