import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bianma import yamlfile, yamltext
from bianma.errors import ConfigError
from bianma.yamlfile import MAX_DEPTH, load_yaml, parse_yaml, validate

# text, line of the problem, what the message must say (the slip and the remedy)
REFUSED = [
    pytest.param("a: 1\nb: 2\na: 3\n", 3, ["'a'", "twice", "line 1", "keep one"], id="duplicate key"),
    pytest.param("x:\n  a: 1\n  a: 2\n", 3, ["'a'", "line 2"], id="duplicate key, inner mapping"),
    pytest.param("a: &x 1\n", 1, ['"&"', "not allowed", "quotes"], id="anchor"),
    pytest.param("a: 1\nb: *x\n", 2, ['"*"', "not allowed", "quotes"], id="alias"),
    pytest.param("- 甲\n- *强调*\n", 2, ['"*"', "quotes"], id="emphasis read as an alias"),
    pytest.param("a: !!python/object:os.system x\n", 1, ['"!"', "not allowed"], id="tag"),
    pytest.param("a: !重要 x\n", 1, ['"!"', "quotes"], id="exclamation mark read as a tag"),
    pytest.param("a:\n\tb: 1\n", 2, ["tab", "blanks"], id="tab as indentation"),
    pytest.param("a:\n  \t- b\n", 2, ["tab", "blanks"], id="tab after blanks"),
    pytest.param("label：角色\ntitle: x\n", 1, ["'label'", "full-width colon", '":"'], id="full-width colon"),
    pytest.param("a: 1\n- b\n", 2, ["began in line 1", "indentation"], id="list in a mapping"),
    pytest.param("a: {zh: 安全，en: x}\n", 1, ["full-width comma", '","'], id="full-width comma"),
    pytest.param("a: “平衡者”: 一\n", 1, ["full-width quotation mark", "quotes"], id="full-width quotes"),
    pytest.param("a:\n  - [[砝码]]起了作用\n", 2, ["[[", "quotes"], id="text that begins with a mark"),
    pytest.param("key:value\nb: c\n", 1, ["'key'", "blank"], id="no blank after the colon"),
    pytest.param("a: b: c\n", 1, ['": "', "quotes"], id="colon within a text"),
    pytest.param("a: 'x\nb: c\n", 1, ["line 1", "never closed"], id="quote never closed"),
    pytest.param("a: [1, 2\nb: c\n", 2, ["line 1", "]"], id="list never closed"),
    pytest.param("%甲\n", 1, ["begin with %", "quotes"], id="percent sign first"),
    pytest.param("a: @x\n", 1, ["cannot begin", "quotes"], id="reserved sign"),
    pytest.param('a: "x" 与 "y"\n', 1, ["whole text in quotes"], id="text after a closing quote"),
    pytest.param('a: "\\d"\n', 1, ["backslash", "twice"], id="backslash"),
    pytest.param("a: b\n---\nc: d\n", 2, ["second document", "one"], id="second document"),
    pytest.param("? [a]\n: b\n", 1, ["key", "plain word"], id="list as a key"),
    pytest.param("a: 1\x07\n", 1, ["U+0007", "delete"], id="control character"),
    pytest.param("# nothing yet\n", 0, ["comments"], id="comments only"),
]


@pytest.mark.parametrize(("text", "line", "said"), REFUSED)
def test_refusals_name_file_line_and_remedy(text, line, said):
    with pytest.raises(ConfigError) as e:
        parse_yaml(text, shown_as="book/a.yaml")
    problem = e.value.problems[0]
    assert (problem.path, problem.line) == ("book/a.yaml", line)
    for part in said:
        assert part in problem.message


@pytest.mark.parametrize(("text", "line", "said"), REFUSED)
def test_the_pure_parser_says_the_same(monkeypatch, text, line, said):
    monkeypatch.setattr(yamlfile, "_FAST", yaml.SafeLoader)
    test_refusals_name_file_line_and_remedy(text, line, said)


def test_nothing_explodes():
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(ConfigError, match="not allowed") as e:
        parse_yaml(laughs, shown_as="a.yaml")
    assert len(e.value.problems) == 9 + 8  # every line is named: nine anchors, eight lines with aliases
    for bomb in ("[" * 100_000, "{a: " * 100_000, "- " * 100_000):
        with pytest.raises(ConfigError, match=f"limit is {MAX_DEPTH}"):
            parse_yaml(bomb, shown_as="a.yaml")


def test_depth_up_to_the_limit():
    def nested(depth):
        return "[" * depth + "]" * depth

    assert parse_yaml(nested(MAX_DEPTH + 1), shown_as="a.yaml").data
    with pytest.raises(ConfigError, match="nested more than"):
        parse_yaml(nested(MAX_DEPTH + 2), shown_as="a.yaml")


def test_a_number_too_long_to_be_one_is_text():
    assert parse_yaml("9" * 5000, shown_as="a.yaml").data == "9" * 5000


def test_plain_words_and_numbers():
    text = (
        "a: no\nb: on\nc: 010\nd: 2024-01-01\ne: 1:30\nf: 0x1F\ng: 1_000\nh: true\ni: 1.0\nj: -3\nk:\nl: '1'\nm: .5\n"
    )
    assert parse_yaml(text, shown_as="a.yaml").data == {
        "a": "no", "b": "on", "c": "010", "d": "2024-01-01", "e": "1:30", "f": "0x1F", "g": "1_000",
        "h": True, "i": 1.0, "j": -3, "k": None, "l": "1", "m": ".5",
    }  # fmt: skip


def test_a_key_is_always_text():
    assert parse_yaml("true: 1\n1: 2\n", shown_as="a.yaml").data == {"true": 1, "1": 2}


def test_lines_of_places():
    text = "codes:\n  - id: a\n    cues:\n      - 甲\n      - 乙\n  -\n    id: b\n"
    file = parse_yaml(text, shown_as="a.yaml")
    assert file.line_of(("codes",)) == 1
    assert file.line_of(("codes", 0, "cues", 1)) == 5
    assert file.line_of(("codes", 1, "id")) == 7
    assert file.line_of(("codes", 0, "label", "zh")) == 2  # not there: the nearest thing around it


def test_windows_line_ends_and_a_byte_order_mark(tmp_path):
    (tmp_path / "甲.yaml").write_bytes("\ufeffa: 1\r\nb: 角色𠀀😀\r\n".encode())
    file = load_yaml(tmp_path / "甲.yaml", shown_as="甲.yaml")
    assert file.data == {"a": 1, "b": "角色𠀀😀"}
    assert file.line_of(("b",)) == 2


def test_a_missing_file_names_who_asks_for_it(tmp_path):
    with pytest.raises(ConfigError, match=r"book/x\.yaml: there is no such file; book/codebook\.yaml:5 names it"):
        load_yaml(tmp_path / "x.yaml", shown_as="book/x.yaml", named_by="book/codebook.yaml:5")


def test_a_folder_in_place_of_a_file(tmp_path):
    with pytest.raises(ConfigError, match="it is a folder"):
        load_yaml(tmp_path, shown_as="x.yaml")


SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "description": "a short name"},
        "colour": {"type": "string", "pattern": "^#[0-9A-F]{6}$", "description": 'a colour as "#RRGGBB"'},
        "layer": {"enum": ["concept", "function"]},
        "year": {"type": "integer", "minimum": 1500, "description": "a year from 1500"},
        "codes": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "type": ["string", "object"],
                "properties": {"id": {"type": "string"}, "label": {"type": "string"}},
                "required": ["id", "label"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["name"],
    "additionalProperties": False,
}

INVALID = [
    pytest.param("name: x\nnmae: y\n", "a.yaml:2: unknown key 'nmae', did you mean 'name'?", id="unknown key"),
    pytest.param(
        "name: x\nzzz: y\n", "the keys here are name, colour, layer, year, codes", id="unknown key, none alike"
    ),
    pytest.param("colour: x\n", "a.yaml:1: the file lacks the key 'name'", id="missing key"),
    pytest.param("name: x\ncodes:\n  - id: b\n", "a.yaml:3: codes[b] lacks the key 'label'", id="missing inner key"),
    pytest.param("name: x\nlayer: concpt\n", "concept, function, did you mean 'concept'?", id="enum"),
    pytest.param(
        "name: 1.0\n", 'a.yaml:1: name: 1.0 is read as a number; put it in quotes: "1.0"', id="number for text"
    ),
    pytest.param("name: true\n", 'put it in quotes: "true"', id="true for text"),
    pytest.param("name:\n", "name: nothing stands here; a text is expected", id="empty value"),
    pytest.param("name: x\ncolour: #0072B2\n", "begins with # must be in quotes", id="colour read as a comment"),
    pytest.param("name: x\ncolour: “#0072B2”\n", 'expected: a colour as "#RRGGBB"', id="colour in full-width quotes"),
    pytest.param("name: x\nyear: 19\n", "19 is out of range; expected: a year from 1500", id="range"),
    pytest.param("name: x\nyear: １９９７\n", "stands where a whole number should be", id="full-width digits"),
    pytest.param("name: ''\n", "the text is empty; expected: a short name", id="empty text"),
    pytest.param("name: x\ncodes: []\n", "at least 1 must stand here, found 0", id="too few"),
    pytest.param("name: x\ncodes: [甲, 甲]\n", "an entry stands twice: '甲'", id="twice"),
    pytest.param("name: x\ncodes: ［甲］\n", "full-width bracket", id="full-width brackets"),
    pytest.param("name: x\ncodes:\n  - [[甲]]\n", "a.yaml:3: codes[1]: a list stands where", id="mark read as a list"),
    pytest.param("name: x\ncodes:\n  - {id：b, label: x}\n", "full-width colon", id="full-width colon in a key"),
    pytest.param("- name\n", 'a list stands where entries "key: value" should be', id="list at the top"),
    pytest.param("name：x\n", "full-width colon", id="only a full-width colon"),
]


@pytest.mark.parametrize(("text", "said"), INVALID)
def test_schema_problems(text, said):
    problems = validate(parse_yaml(text, shown_as="a.yaml"), SCHEMA)
    assert any(said in str(p) for p in problems), [str(p) for p in problems]


def test_all_schema_problems_at_once():
    file = parse_yaml("nmae: x\nlayer: y\nyear: 3\ncodes: []\n", shown_as="a.yaml")
    assert [p.line for p in validate(file, SCHEMA)] == [1, 1, 2, 3, 4]


def test_a_valid_file_has_no_problems():
    text = "name: x\ncolour: '#0072B2'\nlayer: concept\nyear: 1970\ncodes: [甲, {id: b, label: 乙}]\n"
    assert validate(parse_yaml(text, shown_as="a.yaml"), SCHEMA) == []


@given(st.text("ab角：: -[]{}\"'#&*!|>\n\r\t，“%@\\?0.\x00𠀀", max_size=40) | st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_line(text):
    try:
        parse_yaml(text, shown_as="a.yaml")
        problems = ()
    except ConfigError as e:
        problems = e.problems
    assert all(p.path == "a.yaml" and p.line <= len(yamltext.lines(text)) and p.message for p in problems)


scalars = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10)
values = st.recursive(
    scalars, lambda s: st.lists(s, max_size=3) | st.dictionaries(scalars, s, max_size=3), max_leaves=12
)


@given(values)
def test_what_yaml_writes_is_read_back(value):
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"', width=10_000).replace("!!str ", "")
    if text.strip():
        assert parse_yaml(text, shown_as="a.yaml").data == value
