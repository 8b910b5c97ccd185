"""PDFs that the tests make themselves come through to the passages of their text; all others get one clear sentence."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from tests.corpus.readers import pdf_material as material
from tests.corpus.readers.pdf_grid import SIMPLIFIED, TRADITIONAL, Sheet, draw
from tests.corpus.readers.pdf_material import ALLIANCE, ENGLISH, FANTI, STAR, Article, page, plain

from bianma.corpus.cut import passages
from bianma.corpus.readers.pdf import markdown
from bianma.corpus.readers.pdf_said import said
from bianma.errors import SourceError
from bianma.records import DocId

SENTENCE = "承诺的可信程度随时间而变，盟国的担忧也随之此起彼伏。"
# what a grid of characters can hold: no table, no quotation, no English
ON_A_GRID = [
    (role, text)
    for role, text in ALLIANCE
    if role in ("title", "subtitle", "author", "abstract", "keywords", "heading1", "body") and "Marlowe" not in text
]


def outline(raw: str) -> list[tuple[str, str]]:
    """Return kind and text of the passages, notes behind the rest: where in the text they stand differs by the page."""
    found = [(p.kind, p.text) for p in passages(DocId("a"), raw) if p.kind != "furniture"]
    notes = [p for p in found if p[0] in ("note", "citation")]
    return [p for p in found if p not in notes] + notes


def printed(draw_on: Callable[[Canvas], None], **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 600), **options)
    draw_on(canvas)
    canvas.save()
    return out.getvalue()


def sentence(canvas: Canvas, *, y: float = 500) -> None:
    canvas.setFont(SIMPLIFIED, 12)
    canvas.drawString(40, y, SENTENCE)


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (30, 40), 200)), 0, 0, 420, 600)


def in_turn(*steps: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    def draw_on(canvas: Canvas) -> None:
        for step in steps:
            step(canvas)
            canvas.showPage()

    return draw_on


# --- whole articles


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(Sheet(), id="one column, notes under a rule"),
        pytest.param(Sheet(columns=2, measure=20, rows=36, ruled=False), id="two columns, each with its notes"),
        pytest.param(Sheet(columns=2, measure=18, leading=14, gap=16), id="columns so close that marks all but touch"),
        pytest.param(Sheet(measure=30, uneven=True), id="sizes that OCR measured"),
        pytest.param(Sheet(measure=25, rows=25, leading=15), id="small pages: a paragraph goes over two breaks"),
    ],
)
def test_a_chinese_article_comes_through_as_its_text(sheet: Sheet) -> None:
    assert outline(markdown(draw(ON_A_GRID, sheet))[0]) == outline(plain(ON_A_GRID))


def test_a_star_note_on_the_first_page_presents_the_author() -> None:
    found = outline(markdown(draw(ON_A_GRID, Sheet(measure=38, rows=38, star=STAR[2:])))[0])
    assert ("author", STAR[2:]) in found
    assert [p for p in found if p[1] != STAR[2:]] == outline(plain(ON_A_GRID))


def test_traditional_characters_and_corner_brackets() -> None:
    sheet = Sheet(measure=22, rows=18, font=TRADITIONAL, heads=("海上研究　2011年第2期", "海上危機與同盟承諾"))
    assert outline(markdown(draw(FANTI, sheet))[0]) == outline(plain(FANTI))


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(
    columns=st.sampled_from([1, 2]),
    rows=st.integers(18, 44),
    size=st.sampled_from([9.0, 10.0, 10.5, 12.0]),
    spread=st.sampled_from([1.35, 1.5, 1.7, 2.0]),
    gap=st.sampled_from([1.5, 2.0, 3.0]),
    wider=st.integers(0, 11),
    ruled=st.booleans(),
)
def test_wherever_lines_columns_and_pages_break_no_character_is_lost_or_moved(
    columns: int, rows: int, size: float, spread: float, gap: float, wider: int, ruled: bool
) -> None:
    measure = 24 + 2 * wider if columns == 1 else 15 + wider
    sheet = Sheet(columns, measure, rows, size, size * spread, size * gap, ruled=ruled)
    found, told = outline(markdown(draw(ON_A_GRID, sheet))[0]), outline(plain(ON_A_GRID))
    for notes in (True, False):
        assert _text(found, notes=notes) == _text(told, notes=notes)


def _text(found: list[tuple[str, str]], *, notes: bool) -> str:
    return "".join(text for kind, text in found if (kind in ("note", "citation")) == notes)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("article", "options"),
    [
        pytest.param(ALLIANCE, {}, id="one column, table, quotation, English summary"),
        pytest.param(ALLIANCE, {"size": "185mm 260mm", "more": material.TWO_COLUMNS}, id="notes across two columns"),
        pytest.param(ENGLISH, {"lang": "en", "size": "120mm 180mm", "more": "body { hyphens: auto }"}, id="hyphens"),
        pytest.param(
            ENGLISH,
            {"lang": "en", "size": "180mm 200mm", "more": material.ENGLISH_COLUMNS},
            id="two columns with hyphens",
        ),
        pytest.param(FANTI, {"lang": "zh-Hant", "size": "120mm 180mm"}, id="traditional"),
        pytest.param(
            FANTI,
            {"lang": "zh-Hant", "size": "170mm 150mm", "more": material.TWO_COLUMNS},
            id="the last line of a summary over two columns",
        ),
    ],
)
def test_an_article_set_by_a_print_engine(article: Article, options: dict[str, str]) -> None:
    weasyprint = pytest.importorskip("weasyprint", exc_type=OSError, reason="needs Pango: `make browser` installs it")
    data = weasyprint.HTML(string=page(article, **options)).write_pdf()
    assert outline(markdown(data)[0]) == outline(plain(article))


@pytest.mark.slow
def test_rare_characters_and_ligatures() -> None:
    weasyprint = pytest.importorskip("weasyprint", exc_type=OSError, reason="needs Pango: `make browser` installs it")
    text = "𠮷野家与𣎴字同在，office、é 与㐀并存；⻓期以来，他们讨论“问题”——以及别的……"
    html = f'<style>@page {{ size: 160mm 100mm }} body {{ font: 10.5pt "Noto Serif CJK SC" }}</style><p>{text}</p>'
    assert markdown(weasyprint.HTML(string=html).write_pdf())[0] == text + "\n"


@pytest.mark.browser
def test_an_article_printed_by_a_browser_with_its_notes_at_the_end(tmp_path: Path) -> None:
    html, pdf = tmp_path / "a.html", tmp_path / "a.pdf"
    html.write_text(_with_end_notes(ALLIANCE), encoding="utf-8")
    program = shutil.which("chromium") or pytest.fail("needs Chromium: `make browser` installs it")
    subprocess.run(
        [program, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", html.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert outline(markdown(pdf.read_bytes())[0]) == outline(plain(ALLIANCE))


def _with_end_notes(article: Article) -> str:
    numbers = iter(range(1, 100))
    text = re.sub(r'<span class="note">.*?</span>', lambda _: f"<sup>[{next(numbers)}]</sup>", page(article))
    notes = "".join(f'<p class="source">[{n}] {escape(x)}</p>' for n, x in enumerate(material.notes(article), 1))
    return text.replace("</div></body>", f'<p class="heading1">注释</p>{notes}</div></body>')


# --- pages


def test_pages_are_parted_by_one_form_feed_and_an_empty_one_counts() -> None:
    text, _ = markdown(printed(in_turn(sentence, lambda c: None, sentence)))
    assert text.split("\f") == [SENTENCE + "\n", "", SENTENCE + "\n"]


def test_page_heads_and_numbers_stand_apart_from_the_text() -> None:
    text, _ = markdown(draw(ON_A_GRID, Sheet()))
    first, second = (x.strip().split("\n\n") for x in text.split("\f")[:2])
    assert (first[0], first[-1]) == (
        "<!-- 同盟承诺的时间维度 -->",
        "101",
    )  # the title's words: hidden, or it would be lost
    assert (second[0], second[-1]) == ("远方政治评论   2019年第4期", "102")


def test_notes_stand_behind_the_text_of_their_page_and_marks_are_raised() -> None:
    body, notes = markdown(draw(ON_A_GRID, Sheet()))[0].split("\f")[0].split("<sup>①</sup> ", 1)
    assert "最难以捉摸的制度之一。<sup>①</sup>两个国家" in body
    assert notes.startswith("感谢两位审读人的意见，文中的疏漏由我们自己承担，与他们无关。\n\n<sup>②</sup> 参见施廷和")


def test_a_note_that_goes_on_overleaf_is_put_together_where_it_began() -> None:
    def note(canvas: Canvas, y: float, *lines: str) -> None:
        for n, line in enumerate(lines):
            canvas.setFont(SIMPLIFIED, 8)
            canvas.drawString(40, y - 12 * n, line)

    def one(canvas: Canvas) -> None:
        for n in range(6):
            sentence(canvas, y=500 - 20 * n)
        note(canvas, 100, "① 这里所说的担忧，既包括对被抛弃的担忧，也包括对受", "牵连的担忧，两者在平时和危机中的")

    def two(canvas: Canvas) -> None:
        for n in range(6):
            sentence(canvas, y=500 - 20 * n)
        note(canvas, 100, "表现并不相同。", "② 这是另一条注释。")

    text, _ = markdown(printed(in_turn(one, two)))
    assert "两者在平时和危机中的表现并不相同。" in text.split("\f")[0]
    assert "表现并不相同" not in text.split("\f")[1]


def test_a_page_printed_sideways_is_turned() -> None:
    def sideways(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.translate(0, -420)
        sentence(canvas, y=300)
        sentence(canvas, y=280)

    assert markdown(printed(sideways))[0] == SENTENCE + SENTENCE + "\n"


@pytest.mark.parametrize("by_the_font", [True, False])
def test_vertical_writing_is_read_column_by_column_from_the_right(by_the_font: bool) -> None:
    text = "承諾的可信程度隨時間而變，盟國的擔憂也隨之此起彼伏。兩國關係因此時緊時鬆，學者多有討論。"

    def down(canvas: Canvas) -> None:
        for n in range(0, len(text), 16):
            column, x = text[n : n + 16], 380 - 1.3 * n
            if by_the_font:
                pdfmetrics.registerFont(UnicodeCIDFont(TRADITIONAL, isVertical=True))
                canvas.setFont(TRADITIONAL, 12)
                canvas.drawString(x, 560, column)
                pdfmetrics.registerFont(UnicodeCIDFont(TRADITIONAL))
                continue
            canvas.setFont(TRADITIONAL, 12)
            for k, char in enumerate(column):
                canvas.drawString(x, 560 - 12.5 * k, char)

    assert markdown(printed(down))[0] == text + "\n"


def test_a_stamp_in_the_margin_is_kept_but_hidden() -> None:
    def stamped(canvas: Canvas) -> None:
        sentence(canvas)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(100, -20, "downloaded from somewhere")

    text, _ = markdown(printed(stamped))
    assert text == f"{SENTENCE}\n\n<!-- downloaded from somewhere -->\n"
    assert outline(text) == [("body", SENTENCE)]


def test_signs_that_markdown_would_take_for_its_own_are_escaped() -> None:
    def signs(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(40, 500, "# no heading, 2 * 3 * 4, snake_case and _this_ stay.")

    text, _ = markdown(printed(signs))
    assert outline(text)[0][1] == "# no heading, 2 * 3 * 4, snake_case and _this_ stay."


# --- what cannot be read


def _without_unicode() -> bytes:
    """Return a PDF whose font names its glyphs in a way that means nothing."""
    stream = b"BT /F 12 Tf 40 500 Td (ABCDEFGHABCDEFGHABCDEFGH) Tj ET"
    things = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 600]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Xyz/FirstChar 65/LastChar 72/Widths[600 600 600 600 600 600 600 600]"
        b"/Encoding<</Type/Encoding/Differences[65/G01/G02/G03/G04/G05/G06/G07/G08]>>"
        b"/ToUnicode 6 0 R>>",
    ]
    codes = b"".join(b"<%02X> <%04X>\n" % (n, 0xE000 + n) for n in range(65, 73))
    table = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"8 beginbfchar\n" + codes + b"endbfchar endcmap end"
    )
    things.append(b"<</Length %d>>stream\n%s\nendstream" % (len(table), table))
    out, at = b"%PDF-1.4\n", []
    for n, thing in enumerate(things, 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, thing)
    rows = b"".join(b"%010d 00000 n \n" % x for x in at)
    size = len(things) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + tail % (size, rows, size, len(out))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "no PDF", id="nothing"),
        pytest.param(b"PK\x03\x04" + bytes(60), "no PDF", id="a Word file by another name"),
        pytest.param(b"CAJ\0" + bytes(60), "CAJ file", id="a CAJ"),
        pytest.param(b"HN\xc8\0" + bytes(60), "CAJ file", id="another CAJ"),
        pytest.param(b"<!doctype html><p>login", "web page", id="a login page"),
        pytest.param(b"%PDF-1.4\nrubbish", "damaged", id="a first line only"),
        pytest.param(printed(sentence)[:700], "damaged", id="a download that broke off"),
        pytest.param(printed(sentence, encrypt=StandardEncryption("secret")), "password", id="locked"),
        pytest.param(printed(in_turn(picture, picture)), "a scan: all its pages .*ocrmypdf", id="a scan"),
        pytest.param(printed(in_turn(picture, sentence, picture)), "2 of its 3 pages", id="most of it a scan"),
        pytest.param(printed(in_turn(lambda c: None)), "no text", id="blank"),
        pytest.param(_without_unicode(), "100 of 100 characters .*--force-ocr", id="no Unicode values"),
    ],
)
def test_what_cannot_be_read_says_what_to_do_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        markdown(data)
    assert "\n" not in str(caught.value)


def test_a_scan_with_a_librarys_stamp_on_each_page_is_a_scan() -> None:
    def stamped(canvas: Canvas) -> None:
        picture(canvas)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, 20, f"downloaded from a library, page {canvas.getPageNumber()}")

    with pytest.raises(SourceError, match="a scan"):
        markdown(printed(in_turn(stamped, stamped, stamped)))


def test_a_picture_among_pages_of_text_is_named() -> None:
    text, told = markdown(printed(in_turn(sentence, picture, sentence)))
    assert told["scanned_pages"] == ("2",)
    assert text.count("\f") == 2


def test_an_owner_password_that_only_forbids_copying_does_not_lock() -> None:
    data = printed(sentence, encrypt=StandardEncryption("", ownerPassword="x", canCopy=0))
    assert markdown(data)[0] == SENTENCE + "\n"


@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=400))
def test_random_bytes_raise_nothing_but_our_own(data: bytes) -> None:
    for start in (b"", b"%PDF-1.7\n"):
        with pytest.raises(SourceError):
            markdown(start + data)


@settings(deadline=None, max_examples=100)
@given(flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 7)), max_size=30), keep=st.floats(0.1, 1))
def test_damage_raises_nothing_but_our_own(flips: list[tuple[float, int]], keep: float) -> None:
    data = bytearray(SAMPLE[: int(keep * len(SAMPLE))])
    for at, bit in flips:
        data[int(at * len(data))] ^= 1 << bit
    try:
        text, _ = markdown(bytes(data))
    except SourceError:
        return
    assert text


SAMPLE = printed(in_turn(sentence, picture, sentence, sentence), pageCompression=0)


# --- what the file says of itself


def test_what_a_program_wrote_for_a_title_is_no_title() -> None:
    assert markdown(draw(ON_A_GRID, Sheet()))[1] == {}


@pytest.mark.parametrize(
    "title", ["Microsoft Word - 文档1", "无标题", "paper.docx", "CNKI", "untitled", "(anonymous)", "12"]
)
def test_rubbish_is_not_said(title: str) -> None:
    assert said({"Title": title, "Author": title}, b"") == {}


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("沈亦舟; 顾安澜", ("沈亦舟", "顾安澜")),
        ("沈亦舟 顾安澜", ("沈亦舟", "顾安澜")),
        ("Edith Marrow, Tomas Lindqvist", ("Edith Marrow", "Tomas Lindqvist")),
        ("Edith Marrow", ("Edith Marrow",)),
    ],
)
def test_authors_are_parted(author: str, names: tuple[str, ...]) -> None:
    assert said({"Author": author}, b"") == {"authors": names}


def test_an_xmp_packet_is_read() -> None:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
        "<dc:creator><rdf:Seq><rdf:li>沈亦舟</rdf:li><rdf:li>顾安澜</rdf:li></rdf:Seq></dc:creator>"
        "<prism:doi>10.0000/abc.2019</prism:doi></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    told = said({"Title": "同盟承诺的时间维度"}, b"..." + packet.encode() + b"...")
    assert told == {"title": ("同盟承诺的时间维度",), "authors": ("沈亦舟", "顾安澜"), "doi": ("10.0000/abc.2019",)}
