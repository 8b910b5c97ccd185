"""Read a source file: its text exactly as it stands, or one clear sentence why not.

Nothing is translated. CRLF stays two code points and a byte order mark stays code point 0, because every offset in a
study counts from there. Elsewhere, read the same text with `open(path, encoding="utf-8", newline="")`.
"""

from pathlib import Path

from bianma.encoding import guess_encoding
from bianma.errors import SourceError
from bianma.records import DocId, Source, text_sha

ENDINGS = (".txt", ".text", ".md", ".markdown")


def doc_id(path: Path) -> DocId:
    """Return the document's id: the file name without its ending, unchanged.

    >>> doc_id(Path("corpus/安全机制.2019.txt"))
    '安全机制.2019'
    """
    return DocId(path.stem)


def read_source(path: Path) -> tuple[Source, str]:
    """Return the record and the raw text of the article at `path`.

    Raises SourceError, naming the file and what to do, if it is missing, a folder, of an unknown ending, empty, binary,
    or not UTF-8.
    """
    raw = _decode(path, _bytes(path))
    if not raw.strip("\ufeff \t\r\n\f\v\u3000"):
        raise SourceError(f"{path}: the file is empty; put the article's text into it, or take it out of the corpus")
    return Source(doc=doc_id(path), path=path.as_posix(), sha=text_sha(raw), length=len(raw)), raw


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise SourceError(f"{path}: is a folder; name the files in it, one by one or as {path}/*.txt")
    if path.suffix.lower() not in ENDINGS:
        raise SourceError(
            f"{path}: the ending {path.suffix or '(none)'} is unknown; text ({', '.join(ENDINGS[:2])}) and Markdown "
            f"({', '.join(ENDINGS[2:])}) can be read"
        )
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path}: there is no such file; check the path") from None
    except OSError as e:
        raise SourceError(f"{path}: cannot be read ({e.strerror}); check the file and its permissions") from e


def _decode(path: Path, data: bytes) -> str:
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError as e:
        raise SourceError(f"{path}: byte {e.start} is not UTF-8; {_advice(path, data)}") from None
    if "\0" in raw:
        raise SourceError(
            f"{path}: holds NUL at code point {raw.index(chr(0))}, so it is binary or {_wide(data)}; "
            "save the article as plain text in UTF-8"
        )
    return raw


def _wide(data: bytes) -> str:
    return "UTF-16 without a mark" if data.count(0) * 4 > len(data) else "damaged"


def _advice(path: Path, data: bytes) -> str:
    found = guess_encoding(data)
    if not found:
        return "it is in no encoding known here: save the article as plain text in UTF-8"
    return f"it reads as {found}: convert it with `iconv -f {found.upper()} -t UTF-8 {path.name} > new{path.suffix}`"
