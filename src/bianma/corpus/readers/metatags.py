"""What a web page says of itself: its encoding, and the article's title, authors, journal and so on."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bianma.corpus.readers.dom import Node

_CHARSET = re.compile(
    rb"""<meta[^>]+?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_EARLY = 4096  # bytes in which a declaration counts

# Where a field is said, the surest first.
_SAID: Mapping[str, str] = {
    "title": "citation_title dc.title dcterms.title eprints.title prism.title ld:headline ld:name og:title <title>",
    "authors": "citation_author citation_authors dc.creator dcterms.creator ld:author article:author author",
    "affiliations": "citation_author_institution",
    "journal": "citation_journal_title prism.publicationname dc.source dcterms.ispartof ld:journal",
    "year": "citation_publication_date citation_date citation_year citation_online_date prism.publicationdate dc.date "
    "dcterms.issued dcterms.date ld:datepublished article:published_time",
    "volume": "citation_volume prism.volume",
    "issue": "citation_issue prism.number",
    "pages": "citation_pages pages",
    "doi": "citation_doi prism.doi dc.identifier.doi dc.identifier dcterms.identifier",
    "keywords": "citation_keywords citation_keyword dc.subject dcterms.subject ld:keywords keywords",
}
_LIST = re.compile(r"\s*[;；,，、|]\s*")
_SITE = re.compile(r"\s+[-–—|_·»]\s+|\s*[_|｜]\s*|\s*[-–—]{1,2}\s*(?=[^\s–—-]{2,16}$)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page declares, in a <meta> or the XML declaration; empty if it declares none."""
    match = _CHARSET.search(data[:_EARLY])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else ""


def said(root: Node, raw: str) -> Mapping[str, tuple[str, ...]]:
    """Return what the page says of the article, by the fields of `Metadata`: of each, what its surest tag says."""
    found: dict[str, list[str]] = {}
    for name, value in (*_metas(root), *_linked_data(root, raw), *_titles(root, raw)):
        text = " ".join(value.split())
        if text and text not in found.setdefault(name, []):
            found[name].append(text)
    if "citation_firstpage" in found:
        found["pages"] = ["-".join([found["citation_firstpage"][0], *found.get("citation_lastpage", [])])]
    fields = {field: _values(field, names.split(), found) for field, names in _SAID.items()}
    return {field: values for field, values in fields.items() if values}


def _values(field: str, names: Sequence[str], found: Mapping[str, list[str]]) -> tuple[str, ...]:
    for name in names:
        values = found.get(name, [])
        if field == "year":
            values = [match[0] for value in values[:1] if (match := _YEAR.search(value))]
        elif field == "doi":
            values = [match[0].rstrip(".,;") for value in values if (match := _DOI.search(value))][:1]
        elif field == "keywords" or name == "citation_authors":
            values = [part for value in values for part in _LIST.split(value) if part]
        elif field in ("title", "journal", "volume", "issue", "pages"):
            values = values[:2] if field == "title" and name.startswith("citation") else values[:1]
        if values:
            return tuple(values)
    return ()


def _metas(root: Node) -> Iterator[tuple[str, str]]:
    for node in root.walk():
        if node.tag == "meta":
            name = node.attrs.get("name") or node.attrs.get("property") or node.attrs.get("itemprop") or ""
            yield name.lower().replace("dc:", "dc.").replace("dcterms:", "dcterms."), node.attrs.get("content", "")


def _titles(root: Node, raw: str) -> Iterator[tuple[str, str]]:
    """Yield the <title> without the site's name behind it."""
    for node in root.walk():
        if node.tag == "title":
            yield "<title>", _SITE.split(node.content(raw))[0]
            return


def _linked_data(root: Node, raw: str) -> Iterator[tuple[str, str]]:
    """Yield what JSON-LD says of an article."""
    for node in root.walk():
        if node.tag == "script" and "ld+json" in node.attrs.get("type", ""):
            try:
                data = json.loads("".join(raw[a:b] for a, b in node.children_texts()))
            except (ValueError, RecursionError):
                continue
            for item in _items(data):
                yield from _of_item(item)


def _items(data: Any) -> Iterator[Mapping[str, Any]]:
    items = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and "rticle" in str(item.get("@type", "")):
            yield item


def _of_item(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("headline", "name", "datePublished"):
        yield f"ld:{key.lower()}", str(item.get(key) or "")
    for key, name in (("author", "ld:author"), ("keywords", "ld:keywords"), ("isPartOf", "ld:journal")):
        values = item.get(key) or []
        for value in values if isinstance(values, list) else [values]:
            yield name, str(value.get("name") or "" if isinstance(value, dict) else value)
