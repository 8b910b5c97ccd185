"""Word files, made part by part, so that a test says exactly what stands in one."""

import io
import zipfile
from collections.abc import Mapping

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SPACES = (
    f'{_W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TWO_COLUMNS = '<w:sectPr><w:cols w:num="2" w:space="425"/></w:sectPr>'
STYLES = {"1": ("heading 1", 0), "2": ("heading 2", 1), "a3": ("Title", None), "10": ("toc 1", None)}


def run(text: str, properties: str = "") -> str:
    """A run of text; `properties` as XML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def note_mark(number: int, *, kind: str = "footnote") -> str:
    """The reference to a footnote or endnote, as Word writes it."""
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; what is no XML becomes a run."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inner}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of texts."""
    cells = ("".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def numbered(list_id: int, level: int = 0) -> str:
    """The properties of a paragraph that Word numbers."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def numbering(*levels: tuple[str, str], list_id: int = 1) -> str:
    """A numbering part with one list: of each level its form and its pattern."""
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for n, (form, pattern) in enumerate(levels)
    )
    return (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>'
        f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


def _notes(kind: str, notes: Mapping[int, str]) -> str:
    own = f"<w:r><w:{kind}Ref/></w:r>"
    texts = {n: text if text.startswith("<") else paragraph(own, f" {text}") for n, text in notes.items()}
    inner = "".join(f'<w:{kind} w:id="{n}">{text}</w:{kind}>' for n, text in texts.items())
    return f'<w:{kind}s {_SPACES}><w:{kind} w:type="separator" w:id="-1">{paragraph("")}</w:{kind}>{inner}</w:{kind}s>'


def _styles() -> str:
    inner = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f"<w:pPr>{_outline(level)}</w:pPr></w:style>"
        for key, (name, level) in STYLES.items()
    )
    return f"<w:styles {_W}>{inner}</w:styles>"


def _outline(level: int | None) -> str:
    return "" if level is None else f'<w:outlineLvl w:val="{level}"/>'


def word(
    *body: str,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    lists: str = "",
    properties: str = "",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Word file whose body is the given paragraphs and tables."""
    parts = {"document": f"<w:document {_SPACES}><w:body>{''.join(body)}</w:body></w:document>", "styles": _styles()}
    if footnotes:
        parts["footnotes"] = _notes("footnote", footnotes)
    if endnotes:
        parts["endnotes"] = _notes("endnote", endnotes)
    if lists:
        parts["numbering"] = lists
    types = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{_TYPE}.{n}+xml"/>' for n in parts)
    links = "".join(f'<Relationship Id="r{n}" Type="{_RELS}/{n}" Target="{n}.xml"/>' for n in parts if n != "document")
    files = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>',
        "_rels/.rels": _links(f'<Relationship Id="r1" Type="{_RELS}/officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": _links(links),
        **{f"word/{name}.xml": text for name, text in parts.items()},
    }
    if properties:
        files["docProps/core.xml"] = properties
    return packed({name: text.encode() for name, text in files.items()} | dict(more or {}))


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of the given files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _links(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )
