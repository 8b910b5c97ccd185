"""The labelling config: the codebook as Label Studio's XML, and which control stands for what.

Tried in the browser with 45 codes, and why it is as it is:

- One `<Labels>` for all concepts, with the families as folding panels *inside* it. One control per family would need
  four search boxes, lets one span carry four codes by accident, and leaves a third of the codes without a key; a
  `<Taxonomy>` hides all codes behind a drop-down and has no keys.
- `<Filter>` searches the label's value only. So the value holds all a coder may type, in both scripts and English, and
  the button shows Chinese large and English small. CSS opens the folded families while something is typed and hides
  those without a hit; Label Studio by itself would leave the hits folded away.
- The result carries the label's `alias`: the code's id. A renamed label keeps its spans.
- The definition is at hand twice: as a tooltip on the button, and as a card beside the text for the selected span.
- The `<Style>` keeps white space visible and repairs the handles by which a span's boundary is dragged (in Chromium
  they are not displayed without it).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from xml.etree import ElementTree as ET

from opencc import OpenCC

from bianma.codebook.model import Attribute, Bilingual, Code, Codebook
from bianma.records import CodeId, Layer
from bianma.studio.palette import NEUTRAL, palette

TEXT = "text"  # the name of the text object; also the task data's key
DOUBT, NOTE, PASSAGE_NOTE = "doubt", "note", "passage_note"
ATTRIBUTE = "attribute_"  # prefix: attribute_polarity
FIND_KEY = "shift+f"
_FUNCTION_KEYS = "1234567890"
_LETTERS = "qwertyiopasdfghjklzxcvbnm"  # without u: Label Studio unselects a region with it
_FUNCTIONS = "functions"
_TRADITIONAL = OpenCC("s2t")
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+.!|~-]")
# No ">" in it: Label Studio would escape it and the browser drop the rule.
_STYLE = """
.bm { display: flex; gap: 16px; align-items: flex-start; }
.bm-reading { flex: 1 1 0; min-width: 0; }
.bm-codes { flex: 0 0 400px; position: sticky; top: 0; max-height: calc(100vh - 150px); overflow-y: auto; }
.bm .lsf-richtext__line { white-space: pre-wrap; line-height: 2; font-size: 16px; }
.bm .lsf-richtext .htx-highlight area { display: inline-block !important; z-index: 3; }
.bm .htx-highlight::after { display: inline-block; max-width: 6em; overflow: hidden; white-space: nowrap;
  mask-image: linear-gradient(90deg, #000 70%, transparent); line-height: 1.3 !important; font-family: inherit
!important; } .bm .ant-collapse-header { padding: 2px 8px 2px 28px !important; font-weight: 600; }
.bm .ant-collapse-content-box { padding: 0 2px 3px !important; }
.bm .lsf-label { margin: 0 3px 3px 0; padding: 0 5px; height: 23px; font-size: 14px; }
.bm .lsf-label * { margin: 0; }
.bm .lsf-label i { display: inline-block; max-width: 7em; margin-left: 4px; overflow: hidden; white-space: nowrap;
  text-overflow: ellipsis; font-style: normal; font-size: 11px; opacity: .75; vertical-align: middle; }
.bm .lsf-label__hotkey { margin-left: 4px; font-size: 11px; }
.bm .lsf-label_selected { background: var(--background) !important; outline: 2px solid #111; }
.bm .lsf-label_selected, .bm .lsf-label_selected *, .lsf-labels-list, .lsf-labels-list * { color: #111 !important; }
.lsf-labels-list { display: block; max-width: 9em; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.bm-codes:has(input:not(:placeholder-shown)) .ant-collapse-content { display: block !important; height: auto !important;
  opacity: 1 !important; }
.bm-codes .ant-collapse-item:not(:has(.lsf-label:not(.lsf-label_hidden))) { display: none; }
.bm-region { position: sticky; bottom: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 2px 18px;
  z-index: 4; max-height: 32vh; overflow-y: auto; padding: 6px 10px; background: #fff; border: 1px solid #999;
  border-radius: 4px; }
.bm-region * { margin-top: 0 !important; margin-bottom: 0 !important; }
.bm-region .lsf-text-area { flex: 1 1 150px; }
.bm-region .lsf-choices { display: inline-flex; }
.bm-region .bm-definition { flex: 0 0 100%; }
.bm-row { display: inline-flex; gap: 8px; align-items: center; }
.bm-row h4 { font-size: 13px; }
.bm-card * { font-size: 13px; line-height: 1.5; }
.bm-card ul { padding-left: 18px; list-style: disc; }
[class^="tooltip--"] { white-space: pre-line; max-width: 440px !important; font-size: 13px; line-height: 1.5 !important;
}
"""


@dataclass(frozen=True, slots=True)
class LabellingConfig:
    """The XML, and what its names mean. Labels and choices are ids of the codebook already, never words of a language.

    `codes`: the codes of each layer's control; `choices`: control → the ids it may carry; `texts`: free-text controls.
    """

    xml: str
    codes: Mapping[Layer, frozenset[CodeId]]
    attributes: Mapping[str, str]  # control → attribute id
    choices: Mapping[str, frozenset[str]]
    texts: frozenset[str]
    relations: frozenset[str]


def labelling_config(codebook: Codebook) -> LabellingConfig:
    """Return Label Studio's labelling config for `codebook`; the same codebook gives the same XML."""
    root = ET.Element("View", className="bm")
    ET.SubElement(root, "Style").text = _STYLE
    _relations(root, codebook.relations)
    reading = ET.SubElement(root, "View", className="bm-reading")
    ET.SubElement(reading, "Header", value="$title", size="5")
    ET.SubElement(reading, "Text", name=TEXT, value=f"${TEXT}", granularity="symbol", showLabels="true")
    _region(reading, codebook)
    _textarea(reading, PASSAGE_NOTE, Bilingual("整段备注", "Note on the passage"), per_region=False)
    _codes(ET.SubElement(root, "View", className="bm-codes"), codebook)
    ET.indent(root)
    return _named(codebook, ET.tostring(root, encoding="unicode"))


def hotkeys(codebook: Codebook) -> dict[CodeId, str]:
    """Return the key of each code: the codebook's own where it names one, else the next free one.

    Functions take digits, concepts letters, then shift and a letter. Codes beyond that go without.
    """
    codes = codebook.codes.values()
    wanted = {code.id: code.hotkey for code in codes if code.hotkey}
    taken = {*wanted.values(), FIND_KEY}
    letters = iter([k for k in (*_LETTERS, *(f"shift+{x}" for x in _LETTERS)) if k not in taken])
    digits = iter([k for k in _FUNCTION_KEYS if k not in taken])
    given = ((c.id, wanted.get(c.id) or next(digits if c.layer == "function" else letters, "")) for c in codes)
    return {code: key for code, key in given if key}


def _named(codebook: Codebook, xml: str) -> LabellingConfig:
    choices = {f"{ATTRIBUTE}{a.id}": frozenset(a.values) for a in codebook.attributes if a.values}
    free = {f"{ATTRIBUTE}{a.id}" for a in codebook.attributes if not a.values}
    concepts, functions = (frozenset(c.id for c in codes) for codes in (codebook.concepts, codebook.functions))
    return LabellingConfig(
        xml=xml,
        codes=MappingProxyType({"concept": concepts, "function": functions}),
        attributes=MappingProxyType({f"{ATTRIBUTE}{a.id}": a.id for a in codebook.attributes}),
        choices=MappingProxyType({**choices, DOUBT: frozenset({DOUBT})}),
        texts=frozenset({*free, NOTE, PASSAGE_NOTE}),
        relations=frozenset(codebook.relations),
    )


def _codes(parent: ET.Element, codebook: Codebook) -> None:
    """Write the functions and, under a search box, the concepts in families that fold."""
    keys, colours = hotkeys(codebook), _colours(codebook)
    function = ET.SubElement(parent, "Labels", name="function", toName=TEXT)
    for code, colour in zip(codebook.functions, colours[_FUNCTIONS], strict=True):
        _label(function, code, colour, keys)
    ET.SubElement(
        parent,
        "Filter",
        name="find",
        toName="concept",
        hotkey=FIND_KEY,
        minlength="1",
        placeholder=f"查找代码 Find a code  [{FIND_KEY}]",
    )
    concept = ET.SubElement(parent, "Labels", name="concept", toName=TEXT)
    folds = ET.SubElement(ET.SubElement(concept, "View"), "Collapse", accordion="false", open="true")
    for family in codebook.families:
        panel = ET.SubElement(folds, "Panel", value=_plain(f"{_both(family.label)} · {len(family.codes)}"))
        for code, colour in zip(family.codes, colours[family.id], strict=True):
            _label(panel, code, colour, keys)


def _label(parent: ET.Element, code: Code, colour: str, keys: Mapping[CodeId, str]) -> None:
    label = ET.SubElement(parent, "Label", value=_plain(searched(code.label)), alias=code.id, background=colour)
    label.set("html", _plain(f"{escape(code.label.zh)}<i>{escape(code.label.en)}</i>"))
    label.set("hint", _plain("\n".join([code.definition.zh, *_rules(code)])))
    if code.id in keys:
        label.set("hotkey", keys[code.id])


def searched(label: Bilingual) -> str:
    """Return what the search box looks in: the Chinese name, the English one, the traditional form if it differs."""
    return " ".join(dict.fromkeys((label.zh, label.en, _TRADITIONAL.convert(label.zh))))


def _rules(code: Code) -> list[str]:
    return [*(f"标：{rule.zh}" for rule in code.include), *(f"不标：{rule.zh}" for rule in code.exclude)]


def _region(parent: ET.Element, codebook: Codebook) -> None:
    """Write what belongs to the selected span: attributes, doubt, note, and the definition of its code."""
    panel = ET.SubElement(parent, "View", visibleWhen="region-selected", className="bm-region")
    for attribute in codebook.attributes:
        _attribute(panel, attribute)
    doubt = _choices(ET.SubElement(panel, "View", className="bm-row"), DOUBT, choice="multiple")
    ET.SubElement(doubt, "Choice", value="存疑 In doubt", alias=DOUBT)
    _textarea(panel, NOTE, Bilingual("备注", "Note on this span"))
    for code in codebook.codes.values():
        card = ET.SubElement(
            panel, "View", className="bm-definition", visibleWhen="region-selected", whenLabelValue=code.id
        )
        ET.SubElement(card, "Markdown", className="bm-card").text = _plain(_card(code))


def _attribute(parent: ET.Element, attribute: Attribute) -> None:
    name = f"{ATTRIBUTE}{attribute.id}"
    if not attribute.values:
        _textarea(parent, name, attribute.label)
        return
    row = ET.SubElement(parent, "View", className="bm-row")
    ET.SubElement(row, "Header", value=_plain(_both(attribute.label)), size="5")
    choices = _choices(row, name, choice="single")
    for value, label in attribute.values.items():
        ET.SubElement(choices, "Choice", value=_plain(_both(label)), alias=value, hint=_plain(attribute.help.zh))


def _choices(parent: ET.Element, name: str, *, choice: str) -> ET.Element:
    return ET.SubElement(parent, "Choices", name=name, toName=TEXT, choice=choice, perRegion="true", showInline="true")


def _textarea(parent: ET.Element, name: str, label: Bilingual, *, per_region: bool = True) -> None:
    area = ET.SubElement(parent, "TextArea", name=name, toName=TEXT, placeholder=_plain(_both(label)), rows="1")
    area.set("maxSubmissions", "1")
    area.set("editable", "true")
    if per_region:
        area.set("perRegion", "true")


def _card(code: Code) -> str:
    """Return the definition in Markdown. HTML would be shown as it is written."""
    head = f"**{_literal(_both(code.label))}** {_literal(code.definition.zh)}"
    rules = "\n".join(f"- {_literal(rule)}" for rule in _rules(code))
    return "\n\n".join([head, rules, _literal(f"{code.definition.en} ({code.source.short})")])


def _literal(text: str) -> str:
    """Escape what Markdown would read as a sign."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


def _relations(parent: ET.Element, relations: Mapping[str, Bilingual]) -> None:
    """A relation has no alias in Label Studio, so its value begins with the id: `relation_id` reads it back."""
    if relations:
        tags = ET.SubElement(parent, "Relations")
        for name, label in relations.items():
            ET.SubElement(tags, "Relation", value=_plain(f"{name} {label.zh}"))


def relation_id(value: str) -> str:
    """Return the codebook's id of a relation's value in a result.

    >>> relation_id("supports 支持")
    'supports'
    """
    return value.partition(" ")[0]


def _colours(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    families = {family.id: (family.colour, len(family.codes)) for family in codebook.families}
    return palette({**families, _FUNCTIONS: (NEUTRAL, len(codebook.functions))})


def _both(label: Bilingual) -> str:
    return f"{label.zh} {label.en}"


def _plain(text: str) -> str:
    """Keep `text` from being read as anything else: `$name` is a task field to Label Studio, controls break XML."""
    return _NOT_XML.sub("", text.replace("$", "＄"))
