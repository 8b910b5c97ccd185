"""The labelling config: what stands in the XML, what the names mean, and that Label Studio's own parser reads it so."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.studio.test_tasks import TINY, code

from bianma.codebook import Bilingual, load
from bianma.codebook.model import Codebook
from bianma.studio.config import hotkeys, labelling_config, searched

SHIPPED = load(Path(__file__).parents[2] / "codebook")


def tree(codebook: Codebook = SHIPPED) -> ET.Element:
    return ET.fromstring(labelling_config(codebook).xml)


def labels(root: ET.Element, layer: str) -> list[ET.Element]:
    return root.findall(f".//Labels[@name='{layer}']//Label")


def with_label(zh: str, en: str = "Entrapment", **more: Any) -> Codebook:
    first, *rest = TINY.families
    changed = replace(first.codes[0], label=Bilingual(zh, en), **more)
    return replace(TINY, families=(replace(first, codes=(changed, *first.codes[1:])), *rest))


def test_each_layer_has_one_control_with_all_its_codes_by_id() -> None:
    root = tree()
    assert [e.get("alias") for e in labels(root, "concept")] == [c.id for c in SHIPPED.concepts]
    assert [e.get("alias") for e in labels(root, "function")] == [c.id for c in SHIPPED.functions]
    assert (len(labels(root, "concept")), len(labels(root, "function"))) == (45, 8)


def test_every_family_is_a_panel_that_folds_with_its_codes_in_it() -> None:
    panels = tree().findall(".//Labels[@name='concept']//Collapse/Panel")
    assert [len(p.findall("Label")) for p in panels] == [len(f.codes) for f in SHIPPED.families]
    for panel, family in zip(panels, SHIPPED.families, strict=True):
        assert family.label.zh in panel.get("value", "")
        assert family.label.en in panel.get("value", "")


def test_the_search_box_looks_in_chinese_of_both_scripts_and_in_english() -> None:
    assert searched(Bilingual("被牵连", "Entrapment")) == "被牵连 Entrapment 被牽連"
    assert searched(Bilingual("原则", "Principle")).split() == ["原则", "Principle", "原則"]
    assert "均勢" in searched(Bilingual("均势", "Balance of power"))
    assert searched(Bilingual("同盟困境", "Alliance dilemma")) == "同盟困境 Alliance dilemma"
    assert tree().find(".//Filter[@toName='concept']") is not None


def test_a_renamed_label_keeps_its_alias() -> None:
    before, after = (labels(tree(c), "concept")[0] for c in (TINY, with_label("受牵连")))
    assert before.get("value") != after.get("value")
    assert before.get("alias") == after.get("alias") == "dilemma.entrapment"


def test_text_is_drawn_as_it_is_and_boundaries_can_be_dragged() -> None:
    root = tree()
    text = root.find(".//Text")
    assert text is not None
    assert (text.get("value"), text.get("granularity")) == ("$text", "symbol")
    style = root.findtext("Style", "")
    assert "white-space: pre-wrap" in style
    assert "area { display: inline-block !important" in style
    assert ">" not in style  # Label Studio escapes it, and the browser then drops the rule


def test_definition_and_rules_are_the_hint_and_the_card() -> None:
    root, first = tree(), next(iter(SHIPPED.concepts))
    hint = labels(root, "concept")[0].get("hint", "")
    assert hint.startswith(first.definition.zh)
    assert f"标：{first.include[0].zh}" in hint
    assert f"不标：{first.exclude[0].zh}" in hint
    card = root.findtext(f".//View[@whenLabelValue='{first.id}']/Markdown", "")
    assert first.label.en in card
    assert str(first.source.year) in card


def test_attributes_doubt_and_notes_are_controls_of_the_region() -> None:
    root, config = tree(), labelling_config(SHIPPED)
    polarity = root.find(".//Choices[@name='attribute_polarity']")
    assert polarity is not None
    assert polarity.get("perRegion") == "true"
    assert [c.get("alias") for c in polarity] == ["asserted", "denied"]
    assert config.attributes["attribute_actor"] == "actor"
    assert config.choices["doubt"] == {"doubt"}
    assert {"note", "passage_note", "attribute_actor"} <= config.texts
    whole = root.find(".//TextArea[@name='passage_note']")
    assert whole is not None
    assert whole.get("perRegion") is None


def test_relations_begin_with_their_id() -> None:
    assert [r.get("value") for r in tree(TINY).findall("Relations/Relation")] == ["supports 支持", "leads_to 导致"]
    assert tree(replace(TINY, relations={})).find("Relations") is None


def test_every_code_has_a_key_of_its_own() -> None:
    keys = hotkeys(SHIPPED)
    assert len(keys) == len(set(keys.values())) == 53
    assert "u" not in keys.values()  # unselects a region in Label Studio
    assert [keys[c.id] for c in SHIPPED.functions] == list("12345678")


def test_the_codebooks_own_key_goes_first() -> None:
    keys = hotkeys(with_label("被牵连", hotkey="w"))
    assert keys["dilemma.entrapment"] == "w"
    assert list(keys.values()).count("w") == 1
    assert keys["dilemma.abandonment"] == "q"


def test_codes_beyond_the_keyboard_go_without_a_key() -> None:
    family = replace(TINY.families[0], codes=tuple(code(f"dilemma.c{n}") for n in range(70)))
    config = labelling_config(replace(TINY, families=(family,)))
    assert len(config.codes["concept"]) == 70


@pytest.mark.parametrize("name", ["<b>\"&'", "$text", "a,b", "注意：\x0b", "𠮷野家 👩‍👩‍👧"])
def test_any_name_makes_sound_xml(name: str) -> None:
    label = labels(tree(with_label(name)), "concept")[0]
    value = label.get("value", "")
    assert value.startswith(name.replace("$", "＄").replace("\x0b", ""))
    assert "$" not in value  # a task field, to Label Studio
    assert "<b>" not in label.get("html", "")


def test_the_same_codebook_gives_the_same_xml() -> None:
    assert labelling_config(SHIPPED).xml == labelling_config(load(Path(__file__).parents[2] / "codebook")).xml


def test_label_studios_own_parser_reads_the_ids() -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface")
    parsed = interface.LabelInterface(labelling_config(SHIPPED).xml)
    parsed.validate()
    assert set(parsed.get_control("concept").labels) == {c.id for c in SHIPPED.concepts}
    assert set(parsed.get_control("function").labels) == {c.id for c in SHIPPED.functions}
    assert set(parsed.get_control("attribute_voice").labels) == {"author", "attributed"}
