"""What a PDF says of itself: its document information, and its XMP packet where that is not compressed."""

import re
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from bianma.corpus.script import is_latin

_RUBBISH = re.compile(
    r"Microsoft\s|WPS\s|CNKI|CAJ|^(?:untitled|无标题|未命名|\(?anonymous\)?|unspecified|文档|文稿|新建|document|title|user|admin\w*|lenovo|dell|hp|pc|"
    r"windows\s*用户|微软用户|作者|author|unknown|null|none|\d+|[A-Za-z]:\\.*|.*\.(?:docx?|pdf|wps|indd|fbd|s\d+|ps|dvi|tex|qxd))$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[;；,，、]\s*")
_XMP = re.compile(rb"<x:xmpmeta\b.{1,200000}?</x:xmpmeta>", re.DOTALL)
_FIELDS = {  # of XMP: Dublin Core and PRISM, as publishers write them
    "title": "title",
    "creator": "authors",
    "publicationName": "journal",
    "volume": "volume",
    "number": "issue",
    "doi": "doi",
    "pageRange": "pages",
    "keyword": "keywords",
}


def said(info: Mapping[str, str], data: bytes) -> dict[str, tuple[str, ...]]:
    """Return what the document information `info` and the XMP packet in `data` say, by the fields of `Metadata`.

    >>> said({"Title": "Microsoft Word - 文档1", "Author": "沈亦舟; 顾安澜"}, b"")
    {'authors': ('沈亦舟', '顾安澜')}
    """
    known = {"title": (info.get("Title", ""),), "authors": _split(info.get("Author", ""))}
    known["keywords"] = _split(info.get("Keywords", ""))
    told = {field: values for field, texts in (known | _xmp(data)).items() if (values := _kept(texts))}
    if "authors" in told and told.get("title") == told["authors"]:
        del told["authors"]
    return told


def _split(text: str) -> tuple[str, ...]:
    """Return the names or words that marks part; white space parts Chinese ones only."""
    return tuple(_PARTS.split(text.strip()) if is_latin(text) or _PARTS.search(text) else text.split())


def _kept(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that say something, each once."""
    clean = (" ".join(text.split()) for text in texts)
    return tuple(dict.fromkeys(t for t in clean if len(t) > 1 and not _RUBBISH.search(t) and t.isprintable()))


def _xmp(data: bytes) -> dict[str, tuple[str, ...]]:
    packet = _XMP.search(data)
    if not packet or b"<!ENTITY" in packet[0]:
        return {}
    try:
        root = ElementTree.fromstring(packet[0])
    except ElementTree.ParseError:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for node in root.iter():
        field = _FIELDS.get(node.tag.rsplit("}", 1)[-1])
        texts = [t.strip() for t in node.itertext() if t.strip()]
        if field and field not in found and _kept(texts):
            found[field] = tuple(texts)
    return found
