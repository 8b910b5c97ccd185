"""Read a source file: its text exactly as it stands, or one clear sentence why not.

Nothing is translated. CRLF stays two code points and a byte order mark stays code point 0, because every offset in a
study counts from there. Elsewhere, read the text of a .txt, .md or .html with
`open(path, encoding=source.encoding, newline="")`. A Word file or PDF has no such text: its `raw` is the Markdown that
the reader made of it, which a study keeps.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from bianma.corpus.draft import Draft
from bianma.corpus.readers import signature
from bianma.encoding import decode, find_encoding, known_encoding
from bianma.errors import SourceError
from bianma.records import DocId, Source, text_sha

INSTALL = "pip install 'bianma[readers]'"
Said = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it was read. Every span in a study points into `raw`.

    `view` is what of `raw` is to be read where that is less than all of it (a web page without its tags), as Markdown;
    None where `raw` is read itself. `said` is what the file states of itself (a web page's citation_* tags, a
    document's properties), keyed by the fields of `Metadata`.
    """

    source: Source
    raw: str
    view: Draft | None = None
    said: Said = field(default_factory=dict)

    @property
    def missing(self) -> str:
        """What of the file could not be read, as the rest of a sentence about it; empty if nothing."""
        pages = self.said.get("scanned_pages", ())
        if not pages:
            return ""
        which = f"page {pages[0]} is a picture" if len(pages) == 1 else f"pages {', '.join(pages)} are pictures"
        return f"{which} without text, and missing here; recognise the text, for example with `ocrmypdf -l chi_sim`"


@dataclass(frozen=True, slots=True)
class _Text:
    """What a reader makes of a file's bytes; `reader` and `encoding` as in `Source`."""

    raw: str
    reader: str = "text"
    encoding: str = ""
    view: Draft | None = None
    said: Said = field(default_factory=dict)


def doc_id(path: Path) -> DocId:
    """Return the document's id: the file name without its ending, unchanged.

    >>> doc_id(Path("corpus/安全机制.2019.txt"))
    '安全机制.2019'
    """
    return DocId(path.stem)


def read_article(path: Path, *, encoding: str | None = None) -> Article:
    """Return the article at `path`, read by its ending (see `ENDINGS`).

    `encoding` overrides the one found, for formats that have one. Raises SourceError, naming the file and what to do,
    if it is missing, a folder, of another format than text, Markdown, HTML, Word or PDF, empty, damaged, or in an
    encoding that cannot be told for sure.
    """
    try:
        name = None if encoding is None else known_encoding(encoding)
        data = _bytes(path)
        text = _READERS[path.suffix.lower()](data, name)
        if not (text.raw if text.view is None else text.view.text).strip("\ufeff \t\r\n\f\v\u3000\u00a0\u200b"):
            raise SourceError("holds no text; put the article's text into it, or take it out of the corpus")
    except SourceError as e:
        raise SourceError(f"{path}: {e}") from e
    except ModuleNotFoundError as e:
        raise SourceError(f"{path}: reading it needs {e.name}, which is not installed: {INSTALL}") from e
    file_sha = hashlib.sha256(data).hexdigest()
    source = Source(
        doc=doc_id(path),
        path=path.as_posix(),
        sha=file_sha if text.encoding == "utf-8" else text_sha(text.raw),  # the text's hash is of its UTF-8
        length=len(text.raw),
        file_sha=file_sha,
        reader=text.reader,
        encoding=text.encoding,
    )
    return Article(source=source, raw=text.raw, view=text.view, said=text.said)


def _bytes(path: Path) -> bytes:
    """Return the bytes of the file, which is not empty and, by its first bytes, may be what its ending says."""
    if path.is_dir():
        raise SourceError(f"is a folder; name the files in it, one by one or as {path}/*.txt")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError("there is no such file; check the path") from None
    except OSError as e:
        raise SourceError(f"cannot be read ({e.strerror}); check the file and its permissions") from e
    ending = path.suffix.lower()
    problem = signature.remedy(data, ending=ending) or signature.BY_ENDING.get(ending)
    if problem:
        raise SourceError(problem)
    if ending not in _READERS:
        raise SourceError(f"the ending {path.suffix or '(none)'} is unknown; can be read: {', '.join(ENDINGS)}")
    if not data:
        raise SourceError("is empty; put the article's text into it, or take it out of the corpus")
    return data


def _plain(data: bytes, encoding: str | None) -> _Text:
    name = encoding or find_encoding(data)
    return _Text(_decoded(data, name), encoding=name)


def _html(data: bytes, encoding: str | None) -> _Text:
    from bianma.corpus.readers import html

    name = encoding or find_encoding(data, declared=html.declared_encoding(data))
    raw = _decoded(data, name)
    view, said = html.markdown(raw)
    return _Text(raw, reader="html", encoding=name, view=view, said=said)


def _docx(data: bytes, encoding: str | None) -> _Text:
    from bianma.corpus.readers import docx

    _no_encoding(encoding, "a Word file")
    raw, said = docx.markdown(data)
    return _Text(raw, reader=f"docx (mammoth {version('mammoth')})", said=said)


def _pdf(data: bytes, encoding: str | None) -> _Text:
    from bianma.corpus.readers import pdf

    _no_encoding(encoding, "a PDF")
    raw, said = pdf.markdown(data)
    return _Text(raw, reader=pdf.READER, said=said)


def _no_encoding(encoding: str | None, kind: str) -> None:
    if encoding is not None:
        raise SourceError(f"{kind} has no encoding to choose; leave out `--encoding {encoding}`")


def _decoded(data: bytes, name: str) -> str:
    raw = decode(data, name)
    if "\0" in raw:
        raise SourceError(
            f"holds NUL at code point {raw.index(chr(0))} when read as {name}, so it is binary, damaged or in another "
            "encoding; save the article anew as plain text, or name its encoding, for example `--encoding utf-16-le`"
        )
    return raw


_READERS: dict[str, Callable[[bytes, str | None], _Text]] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), _plain),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _html),
    ".docx": _docx,
    ".pdf": _pdf,
}
ENDINGS = tuple(_READERS)
