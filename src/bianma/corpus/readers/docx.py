"""Read a Word file: its article as Markdown, with its notes at the end.

mammoth turns Word into HTML, and the reader of web pages turns that into Markdown. Before, `wordxml` puts into the file
what mammoth passes over: numbers that Word counts itself, fields, the base of ruby, formulas, text boxes. So nothing
that a reader sees on the page is lost, but for page heads, tables of contents, pictures, comments and deleted text.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import mammoth

from bianma.corpus.readers import html, wordxml
from bianma.errors import SourceError

MAX_BYTES = 64 << 20  # of all parts, unpacked
_STYLES = "\n".join(f"p.Heading{n} => h{n}:fresh" for n in range(1, 7))
_DAMAGED = "is damaged: {}; open it in Word, WPS or LibreOffice and save it anew as .docx"
_NO_NAME = re.compile(r"用户|用戶|微软|微軟|管理员|作者|[A-Za-z]")
_PARTS = re.compile(r"[/\\]?word/(?:document|footnotes|endnotes)\d*\.xml", re.IGNORECASE)
_Said = Mapping[str, tuple[str, ...]]


def markdown(data: bytes) -> tuple[str, _Said]:
    """Return the article as Markdown, and what the document's properties say of it.

    Raises SourceError, without a path, if the file is damaged, encrypted, too large, or no Word document.
    """
    try:
        parts = _parts(data)
        page = _converted(_packed(wordxml.prepared(parts)))
        view, _ = html.markdown(page)
        return view.text, _said(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as e:
        raise SourceError(_DAMAGED.format(f"it cannot be unpacked ({e})")) from e
    except (expat.ExpatError, ElementTree.ParseError) as e:
        raise SourceError(_DAMAGED.format(f"a part of it is no XML ({e})")) from e
    except RecursionError as e:
        raise SourceError(_DAMAGED.format("its elements are nested too deep")) from e
    except (OSError, KeyError, ValueError, AttributeError, TypeError, IndexError) as e:
        raise SourceError(_DAMAGED.format(f"it is no Word document as Word writes it ({e})")) from e


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of the file that hold text or say how it is set, by name; pictures are not unpacked."""
    if not data.startswith(b"PK"):
        raise SourceError("is no Word file: it is not packed as .docx files are; open it in Word and save it as .docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [m for m in archive.infolist() if m.filename.lower().endswith((".xml", ".rels"))]
        if any(m.flag_bits & 1 for m in members):
            raise SourceError("is encrypted: unpack it with its password and save it without one")
        size = sum(m.file_size for m in members)
        if size > MAX_BYTES:
            raise SourceError(f"unpacks to {size:,} bytes of text, the limit is {MAX_BYTES:,}; is it the right file?")
        parts = {m.filename.replace("\\", "/"): _unpacked(archive, m) for m in members}
    if not any(_PARTS.fullmatch(name) and "document" in name.lower() for name in parts):
        raise SourceError(_DAMAGED.format("it lacks its text (word/document.xml)"))
    for name, part in parts.items():
        _refuse_entities(name, part)
    return parts


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a part; no more of it than its header says, whatever is packed there."""
    with archive.open(member) as part:
        return part.read(member.file_size + 1)


def _refuse_entities(name: str, part: bytes) -> None:
    """Raise SourceError where a part has a document type: Word writes none, and entities are made in it."""
    parser = expat.ParserCreate()

    def refuse(*_: Any) -> None:
        raise SourceError(f"declares a document type in {name}, which no Word file does; do not open it")

    def stop(*_: Any) -> None:
        raise StopIteration

    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, stop
    try:
        parser.Parse(part, True)
    except StopIteration:
        return


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    packed.seek(0)
    return packed


def _converted(packed: io.BytesIO) -> str:
    convert: Callable[..., Any] = mammoth.convert_to_html
    result = convert(
        packed,
        style_map=_STYLES,
        include_default_style_map=False,
        include_embedded_style_map=False,
        convert_image=lambda image: [],
    )
    return f"<article>{result.value}</article>"


def _said(parts: Mapping[str, bytes]) -> _Said:
    """Return title, authors and keywords of the document's properties; an author's name only where it is a Chinese one.

    What Word puts there itself is often the name of a computer or of whoever made the template.
    """
    found = dict(_properties(parts.get("docProps/core.xml", b"")))
    authors = [
        name for name in re.split(r"[;；,，、]\s*", found.get("creator", "")) if name and not _NO_NAME.search(name)
    ]
    keywords = [word for word in re.split(r"\s*[;；,，、]\s*", found.get("keywords", "")) if word]
    said = {"title": [t for t in [found.get("title", "")] if t], "authors": authors, "keywords": keywords}
    return {field: tuple(values) for field, values in said.items() if values}


def _properties(part: bytes) -> Iterator[tuple[str, str]]:
    for element in ElementTree.fromstring(part) if part else ():
        yield element.tag.rpartition("}")[2], " ".join((element.text or "").split())
