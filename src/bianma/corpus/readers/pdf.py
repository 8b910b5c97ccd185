"""Read a PDF: its text layer as Markdown, page by page, laid out again from where each character stands.

PDFium says which character stands where; what is a line, a column, a note or a heading is decided here (`pdf_lines`,
`pdf_columns`, `pdf_blocks`, `pdf_markdown`). PDFium is not safe for threads: one PDF at a time in a process.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium
from pypdfium2 import raw as c

from bianma.corpus.readers.pdf_blocks import Block, Measure, blocks
from bianma.corpus.readers.pdf_columns import gutters, regions
from bianma.corpus.readers.pdf_furniture import Parted, parted
from bianma.corpus.readers.pdf_lines import Line, Piece, pieces
from bianma.corpus.readers.pdf_markdown import write
from bianma.corpus.readers.pdf_page import Page, read_page
from bianma.corpus.readers.pdf_said import said
from bianma.errors import SourceError

READER = f"PDFium {pdfium.PDFIUM_INFO.build} (pypdfium2 {pdfium.PYPDFIUM_INFO})"
_SCANNED = 0.5  # of the pages that hold anything: with more of them pictures only, the text is not the article's
_STAMP = 160  # characters: what a library prints on each page of a scan
_LOST = 0.2  # of all characters: with more of them unknown, the text layer is rubbish
_PAGES_AT_MOST = 5000
_NEARLY = 0.4  # of the characters in the commonest size
_OCR = "run OCR on it first, for example `ocrmypdf -l chi_sim IN.pdf OUT.pdf`"


def markdown(data: bytes) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    """Return the article in the PDF `data` as Markdown, and what the file says of itself by the fields of `Metadata`.

    Page n of the text follows the (n-1)th form feed; there is one between two pages and none elsewhere. The notes of a
    page stand behind its text, and a note that goes on overleaf is put together where it began. Where some pages are
    pictures without text, the second value names them under `scanned_pages`, counted from 1.

    Raises SourceError if it is no PDF, damaged, locked, a scan (more than half of its pages), or its characters have no
    Unicode values.
    """
    pages, info = _read(data)
    scanned = _scans(pages)
    _check_text(pages, scanned)
    told = said(info, data)
    if scanned:
        told["scanned_pages"] = tuple(map(str, scanned))
    return _laid_out(pages), told


def _read(data: bytes) -> tuple[list[Page], dict[str, str]]:
    with _opened(data) as document:
        count = len(document)
        if not count:
            raise SourceError("the PDF has no pages; save it again from the program it came from")
        if count > _PAGES_AT_MOST:
            raise SourceError(
                f"the PDF has {count} pages, more than {_PAGES_AT_MOST}; take the article's pages out of it"
            )
        pages = [_page(document, n) for n in range(count)]
        return pages, document.get_metadata_dict()


@contextmanager
def _opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    if b"%PDF-" not in data[:1024]:
        raise SourceError(_no_pdf(data))
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as e:
        if e.err_code == c.FPDF_ERR_PASSWORD:
            raise SourceError(
                "the PDF is locked with a password; open it in a PDF viewer and print it to a new file"
            ) from None
        if e.err_code == c.FPDF_ERR_SECURITY:
            raise SourceError(
                "the PDF is protected in a way that only its own reader opens; get a free copy of the article"
            ) from None
        raise SourceError("the PDF is damaged; fetch it again, or mend it with `qpdf IN.pdf OUT.pdf`") from None
    try:
        yield document
    finally:
        document.close()


def _no_pdf(data: bytes) -> str:
    if data[:4] in (b"CAJ\0", b"HN\0\0", b"KDH ", b"TEB\0") or data[:2] == b"HN":
        return "this is a CAJ file by another name; open it in CAJViewer and print it to PDF, or fetch the PDF itself"
    if data[:512].lstrip()[:1] == b"<":
        return "this is a web page, not a PDF (a download that asked for a login?); fetch the PDF again"
    return "this is no PDF, whatever its name says; fetch it again, or give it the ending of what it is"


def _page(document: pdfium.PdfDocument, n: int) -> Page:
    try:
        page = document[n]
        try:
            return read_page(page)
        finally:
            page.close()
    except pdfium.PdfiumError:
        raise SourceError(
            f"page {n + 1} of the PDF is damaged; fetch the file again, or mend it with `qpdf IN.pdf OUT.pdf`"
        ) from None


def _scans(pages: Sequence[Page]) -> list[int]:
    """Return the numbers of the pages that are pictures, with no text or only what stands on other such pages too."""
    ink = {n: _stamp(page) for n, page in enumerate(pages, 1) if page.images > 0.3}
    often = Counter(ink.values())
    return [n for n, text in ink.items() if not text or (len(text) < _STAMP and often[text] > 1)]


def _stamp(page: Page) -> str:
    """Return a page's text without white space and digits."""
    return "".join(g.char for g in page.glyphs if not g.char.isspace() and not g.char.isdigit())


def _check_text(pages: Sequence[Page], scanned: Sequence[int]) -> None:
    """Raise SourceError where the text layer is missing or rubbish."""
    held = [n for n, page in enumerate(pages, 1) if page.glyphs or page.images > 0.05]
    if len(scanned) > _SCANNED * len(held) or (scanned and len(scanned) == len(held)):
        which = "all its pages" if len(scanned) == len(pages) else f"{len(scanned)} of its {len(pages)} pages"
        raise SourceError(f"the PDF is a scan: {which} are pictures without text; {_OCR}")
    ink = sum(not g.char.isspace() for page in pages for g in page.glyphs)
    if not ink:
        raise SourceError(f"there is no text on the {len(pages)} pages of the PDF; if text can be seen on them, {_OCR}")
    lost = min(ink, sum(page.lost for page in pages))
    if lost > _LOST * ink:
        raise SourceError(
            f"{100 * lost // ink} of 100 characters in the PDF have no Unicode value, so none of its text is sure; "
            "run OCR on it, for example `ocrmypdf --force-ocr -l chi_sim IN.pdf OUT.pdf`"
        )


def _laid_out(pages: Sequence[Page]) -> str:
    found = [pieces(page.glyphs) for page in pages]
    size = _text_size(found)
    found = [_steadied(page, size) for page in found] if _is_uneven(found, size) else found
    usual = Measure(size, _pitch(found, size))
    parts = parted(pages, found, usual)
    texts = [text for _, text, _ in parts]
    regions_of = [
        regions(text, page.rules, gutter, size) for text, page, gutter in zip(texts, pages, gutters(texts), strict=True)
    ]
    all_lines = [(line, region.left) for page in regions_of for region in page for line in region.lines]
    usual = replace(usual, indents=_indents(all_lines, size))
    written = [
        _with_furniture(part, blocks(regions, page.rules, usual))
        for part, regions, page in zip(parts, regions_of, pages, strict=True)
    ]
    return write(written, size, [page.aside for page in pages])


def _with_furniture(part: Parted, found: Sequence[Block]) -> list[Block]:
    head, _, foot = part
    return [*(Block("page", (x,)) for x in head), *found, *(Block("page", (x,)) for x in foot)]


def _text_size(found: Sequence[Sequence[Piece]]) -> float:
    """Return the size of running text, in points: the commonest, or a larger one nearly as common."""
    sizes = Counter[float]()
    for page in found:
        for piece in page:
            sizes[round(piece.size * 4) / 4] += len(piece.glyphs)
    most = max(sizes.values(), default=0)
    return max((s for s, count in sizes.items() if count > _NEARLY * most), default=10.0)


def _is_uneven(found: Sequence[Sequence[Piece]], size: float) -> bool:
    """Tell whether the size of running text differs from line to line, as where OCR measured it."""
    near = [(abs(p.size - size) < 0.03 * size, len(p.glyphs)) for page in found for p in page if _is_near(p, size)]
    return sum(count for same, count in near if same) < 0.6 * sum(count for _, count in near)


def _steadied(page: Sequence[Piece], size: float) -> list[Piece]:
    return [replace(p, size=size) if _is_near(p, size) else p for p in page]


def _is_near(piece: Piece, size: float) -> bool:
    return abs(piece.size - size) < 0.2 * size


def _pitch(found: Sequence[Sequence[Piece]], size: float) -> float:
    """Return the usual distance of two lines of running text, as a multiple of their size."""
    steps: list[float] = []
    for page in found:
        text = sorted((p for p in page if abs(p.size - size) < 0.3), key=lambda p: p.base)
        steps += [
            b.base - a.base
            for a, b in pairwise(text)
            if a.left < b.right and b.left < a.right and 0.9 * size < b.base - a.base < 3 * size
        ]
    return median(steps) / size if steps else 1.6


def _indents(found: Sequence[tuple[Line, float]], size: float) -> bool:
    """Tell whether paragraphs begin with an indent."""
    text = [(line, left) for line, left in found if abs(line.size - size) < 0.3]
    inside = sum(1.2 * size < line.left - left < 3 * size for line, left in text)
    return inside > 0.04 * len(text)
