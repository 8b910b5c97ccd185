import jsonschema
import pytest

from bianma.codebook import schema

NAMES = ["codebook", "family", "functions"]


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_valid_and_says_what_each_key_is(name):
    jsonschema.Draft202012Validator.check_schema(schema(name))
    for path, node in walk(schema(name)):
        for key, inner in node.get("properties", {}).items():
            assert inner.get("description") or "$ref" in inner, f"{path}.{key} has no description"
        if "object" in node.get("type", ""):
            assert "additionalProperties" in node, f"{path} lets unknown keys pass"
        assert set(node.get("required", [])) <= set(node.get("properties", {})), path


def test_what_the_files_share_is_the_same_in_all():
    family, functions = schema("family")["$defs"], schema("functions")["$defs"]
    assert family["bilingual"] == functions["bilingual"] == schema("codebook")["$defs"]["bilingual"]
    assert family["work"] == functions["work"]
    concept, function = family["code"], functions["code"]
    assert concept["required"] == function["required"]
    differing = {k for k in concept["properties"] if concept["properties"][k] != function["properties"][k]}
    assert differing == {"id", "examples", "cues"}


def walk(node, path="#"):
    if isinstance(node, dict):
        yield path, node
        for key, inner in node.items():
            yield from walk(inner, f"{path}/{key}")
