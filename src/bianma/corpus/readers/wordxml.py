"""Put into the parts of a Word file what its converter passes over, so that a reader's text is all there.

A paragraph's style becomes the style of a heading, or none; Word's own numbers become text; fields, ruby, formulas,
symbols and text boxes are unwrapped to the text they show; hidden text and tables of contents are left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bianma.corpus.readers.wordnumbers import Numbers, local, read_numbers, value

_TEXT = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|标题|標題|级标题)\s*(\d)|([一二三四五六])级标题", re.IGNORECASE)
_TITLE = re.compile(r"title|文章标题|论文题目|题目|篇名|标题|標題", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents)(?:\s*\d| heading)|目录\s*\d?", re.IGNORECASE)
_UNWRAPPED = frozenset({"fldSimple", "dir", "bdo", "smartTag", "customXml"})
_LONG_HEADING = 120


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name, its level as a heading (0: highest; None: no heading), its list and level there."""

    name: str
    based_on: str | None
    level: int | None
    number: tuple[str | None, str | None]


def prepared(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with the text parts rewritten."""
    styles = _styles(_part(parts, "styles"))
    numbers = read_numbers(_part(parts, "numbering"))
    return {name: _rewritten(part, styles, numbers) if _TEXT.fullmatch(name) else part for name, part in parts.items()}


def _part(parts: Mapping[str, bytes], name: str) -> Element | None:
    found = next((part for at, part in parts.items() if re.fullmatch(rf"word/{name}\d*\.xml", at, re.IGNORECASE)), None)
    return None if found is None else ElementTree.fromstring(found)


def _styles(root: Element | None) -> dict[str, Style]:
    return {} if root is None else {value(e, "styleId"): _style(e) for e in root if local(e) == "style"}


def _style(element: Element) -> Style:
    properties = child(element, "pPr")
    level = value(child(properties, "outlineLvl"))
    name = value(child(element, "name"))
    number = child(properties, "numPr")
    return Style(
        name,
        value(child(element, "basedOn")) or None,
        int(level) if level.isdigit() else _level_by_name(name),
        (value(child(number, "numId")) or None, value(child(number, "ilvl")) or None),
    )


def _level_by_name(name: str) -> int | None:
    match = _HEADING.search(name)
    if not match:
        return None
    return int(match[1]) - 1 if match[1] else "一二三四五六".index(match[2])


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child called `name`, whatever its namespace."""
    return None if element is None else next((e for e in element if local(e) == name), None)


def _rewritten(part: bytes, styles: Mapping[str, Style], numbers: Numbers) -> bytes:
    root = ElementTree.fromstring(part)
    space = root.tag.partition("}")[0] + "}"
    _unwrap(root, space)
    for paragraph in [e for e in root.iter() if local(e) == "p" and e.tag.startswith(space)]:
        _set_paragraph(paragraph, space, styles, numbers)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


# -- paragraphs


def _set_paragraph(paragraph: Element, space: str, styles: Mapping[str, Style], numbers: Numbers) -> None:
    """Give a paragraph the style of its heading, or none, and the number that Word shows before it."""
    properties = child(paragraph, "pPr")
    chain = list(_chain(value(child(properties, "pStyle")), styles))
    if any(_CONTENTS.fullmatch(style.name) for style in chain[:1]):
        paragraph[:] = [e for e in paragraph if local(e) == "pPr"]
        return
    text = "".join(e.text or "" for e in paragraph.iter() if local(e) == "t")
    number = numbers.next(*_list_of(properties, chain))
    style = _heading(properties, chain) if len(text) <= _LONG_HEADING else ""
    if properties is None:
        properties = Element(f"{space}pPr")
        paragraph.insert(0, properties)
    properties[:] = [e for e in properties if local(e) not in ("pStyle", "numPr")]
    if style:
        properties.insert(0, Element(f"{space}pStyle", {f"{space}val": style}))
    if number and text.strip() and not text.lstrip().startswith(number.strip()):
        paragraph.insert(list(paragraph).index(properties) + 1, _run(number, space))


def _chain(name: str, styles: Mapping[str, Style]) -> Iterator[Style]:
    """Yield a style and those it is based on."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        yield styles[name]
        name = styles[name].based_on or ""


def _heading(properties: Element | None, chain: list[Style]) -> str:
    """Return the style of a heading: the title is Heading1, so that Word's heading 1 is Heading2 and so on."""
    if chain and _TITLE.fullmatch(chain[0].name):
        return "Heading1"
    own = value(child(properties, "outlineLvl"))
    levels = [int(own)] if own.isdigit() else [style.level for style in chain if style.level is not None]
    return f"Heading{min(levels[0] + 2, 6)}" if levels and levels[0] < 9 else ""


def _list_of(properties: Element | None, chain: list[Style]) -> tuple[str | None, str | None]:
    """Return the list a paragraph belongs to and its level there: its own, or its style's."""
    own = child(properties, "numPr")
    number, level = value(child(own, "numId")) or None, value(child(own, "ilvl")) or None
    for style in chain:
        number, level = number or style.number[0], level or style.number[1]
    heading = next((style.level for style in chain if style.level is not None), None)
    return number, level or (str(heading) if own is None and heading is not None and number else level)


def _run(text: str, space: str) -> Element:
    run = Element(f"{space}r")
    run.append(_t(text, space))
    return run


def _t(text: str, space: str) -> Element:
    element = Element(f"{space}t")
    element.text = text
    return element


# -- what stands inside paragraphs


def _unwrap(root: Element, space: str) -> None:
    """Replace, in every element, the children that the converter does not know by the text that they show."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        children = list(element)
        while any(_is_wrapped(c) for c in children):
            children = [new for c in children for new in (_shown(c, space) if _is_wrapped(c) else [c])]
        element[:] = _without_own_marks([c for c in children if not _is_hidden(c)])
        waiting.extend(element)


def _is_wrapped(element: Element) -> bool:
    name = local(element)
    if name == "drawing":
        return any(local(e) == "txbxContent" for e in element.iter())
    if name == "sym":
        return _symbol(element) is not None
    return name in _UNWRAPPED or name in ("AlternateContent", "ruby", "cr", "oMath", "oMathPara")


def _shown(element: Element, space: str) -> list[Element]:
    name = local(element)
    if name in _UNWRAPPED:
        return [e for e in element if not local(e).endswith("Pr")]
    if name == "AlternateContent":
        return _alternative(element)
    if name == "ruby":
        return [_t("".join(_texts(child(element, "rubyBase"))), space)]
    if name == "cr":
        return [Element(f"{space}br")]
    if name == "sym":
        return [_t(_symbol(element) or "", space)]
    if name == "drawing":
        return [_box(e, space) for e in element.iter() if local(e) == "txbxContent"]
    return [_run("".join(_texts(element)), space)]


def _texts(element: Element | None) -> list[str]:
    return [] if element is None else [e.text or "" for e in element.iter() if local(e) == "t"]


def _alternative(element: Element) -> list[Element]:
    """Return what of an AlternateContent the converter can read: the fallback, or a choice that alone holds text."""
    choice, fallback = child(element, "Choice"), child(element, "Fallback")
    chosen = choice if fallback is None or (not _texts(fallback) and _texts(choice)) else fallback
    return [] if chosen is None else list(chosen)


def _box(content: Element, space: str) -> Element:
    """Return a text box as the older mark-up has it, which the converter reads."""
    box = Element(f"{space}pict")
    box.append(content)
    return box


def _symbol(element: Element) -> str | None:
    """Return the character of a w:sym where its code is the character's own; None for a dingbat font's."""
    code = value(element, "char")
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return None
    return None if "\ud800" <= char <= "\uf8ff" or value(element, "font").startswith(("Wingdings", "Symbol")) else char


def _is_hidden(element: Element) -> bool:
    if local(element) == "sdt":  # a table of contents that Word keeps
        kept = child(child(child(element, "sdtPr"), "docPartObj"), "docPartGallery")
        return value(kept) == "Table of Contents"
    vanish = child(child(element, "rPr"), "vanish") if local(element) == "r" else None
    return vanish is not None and value(vanish) not in ("0", "false")


def _without_own_marks(children: list[Element]) -> list[Element]:
    """Leave out the sign typed for a note whose mark is not counted: the reference before it says it already."""
    own = [n for n, e in enumerate(children) if value(e, "customMarkFollows") in ("1", "true", "on")]
    return [e for n, e in enumerate(children) if not (own and n > own[0] and local(e) in ("t", "sym"))]
