"""What a file is by its first bytes, whatever its name says: for the message that tells what to do with it."""

import io
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CAJ = (
    "is in CNKI's own format (CAJ): open it in CAJViewer and export it as PDF or text, or download the article as PDF "
    "from CNKI"
)
_OLD_WORD = "is a Word file of before 2007 (.doc): open it in Word, WPS or LibreOffice and save it as .docx"
LOCKED = "is encrypted: open it in Word with its password and save it without one"
_PICTURE = "is a picture, not text: recognise its text (OCR) and give the result as PDF, .docx or .txt"
_RTF = "is RTF: open it in Word, WPS or LibreOffice and save it as .docx"
_EPUB = "is an e-book (EPUB): convert the article to .html or .docx, for example with Calibre or pandoc"
_ODT = "is an OpenDocument text: open it in LibreOffice or Word and save it as .docx"
_ARCHIVE = "is an archive: unpack it and give the articles in it"
_WEB_ARCHIVE = "is a web archive (MHTML): open it in a browser and save the page as .html"
_OTHER_OFFICE = "is a spreadsheet or a slide show: copy the article's text out of it and save it as .docx or .txt"
_PDF = "is a PDF: rename it so that it ends in .pdf"
_DOCX = "is a Word file: rename it so that it ends in .docx"

# An ending that bianma knows and does not read, for a file whose bytes tell nothing.
BY_ENDING = {
    **dict.fromkeys((".caj", ".nh", ".kdh", ".teb"), CAJ),
    **dict.fromkeys((".doc", ".wps", ".dot"), _OLD_WORD),
    **dict.fromkeys((".rtf",), _RTF),
    **dict.fromkeys((".epub", ".mobi", ".azw3"), _EPUB),
    **dict.fromkeys((".odt", ".ott"), _ODT),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), _ARCHIVE),
    **dict.fromkeys((".mht", ".mhtml"), _WEB_ARCHIVE),
    **dict.fromkeys((".xls", ".xlsx", ".ppt", ".pptx"), _OTHER_OFFICE),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"), _PICTURE),
}
_STARTS = (
    (b"{\\rtf", _RTF),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"%PDF-", _PDF),
    (b"From: <Saved by ", _WEB_ARCHIVE),
)


def remedy(data: bytes, *, ending: str) -> str | None:
    """Return what `data` is and what to do, as the rest of a sentence about the file; None if `ending` may be right."""
    found = _remedy(data)
    if (found == _PDF and ending == ".pdf") or (found == _DOCX and ending == ".docx"):
        return None
    if found == _ARCHIVE and ending == ".docx" and not zipfile.is_zipfile(io.BytesIO(data)):
        return None  # the reader says that it is damaged
    if found == _PDF and ending == ".caj":
        return "is a PDF under the name of a CAJ: rename it so that it ends in .pdf"
    return found


def _remedy(data: bytes) -> str | None:
    if _is_caj(data):
        return CAJ
    if data.startswith(_OLE):
        return LOCKED if _ENCRYPTED in data else _OLD_WORD
    if data.startswith(b"PK\x03\x04"):
        return _inside(data)
    return next((what for start, what in _STARTS if data.startswith(start)), None)


def _is_caj(data: bytes) -> bool:
    """Tell whether a file begins as CNKI's do: with CAJ, HN or KDH and binary data after it, or with C8 alone.

    Text may begin so too (C8CB is 人 in GB18030) but has no NUL soon after; behind C8, bytes 8 to 11 count the pages.
    """
    if data[:4].rstrip(b"\0") in (b"CAJ", b"HN", b"KDH ", b"TEB"):
        return b"\0" in data[:512]
    return data[:1] == b"\xc8" and 1 <= int.from_bytes(data[8:12], "little") <= 9999


def _inside(data: bytes) -> str:
    """Tell the formats apart that are ZIP archives."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return _DOCX if b"word/" in data else _ARCHIVE
    if b"epub" in kind:
        return _EPUB
    if b"opendocument" in kind:
        return _ODT
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        return _OTHER_OFFICE
    return _DOCX if any(name.startswith("word/") for name in names) else _ARCHIVE
