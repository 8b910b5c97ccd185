"""The section `reader` of bianma.yaml: off by default, and every problem at its line."""

import pytest

from bianma.errors import ConfigError
from bianma.study.settings import Reader, load_settings

HEAD = "name: 试\ncoders:\n  - {id: lin}\n"
LEAST = "reader:\n  endpoint: http://127.0.0.1:11434/v1\n  model: m\n"


@pytest.fixture
def load(tmp_path):
    def load_(text):
        (tmp_path / "bianma.yaml").write_text(HEAD + text, encoding="utf-8")
        return load_settings(tmp_path / "bianma.yaml").reader

    return load_


def test_without_the_section_there_is_no_reader(load):
    assert load("") is None


def test_the_least_and_the_most_that_it_holds(load):
    assert load(LEAST) == Reader(endpoint="http://127.0.0.1:11434/v1", model="m")
    more = "  key_env: READER_KEY\n  price_in: 0.5\n  price_out: 2\n  per_minute: 9\n  timeout: 0.5\n  at_most: 3\n"
    assert load(LEAST + more) == Reader(
        endpoint="http://127.0.0.1:11434/v1",
        model="m",
        key_env="READER_KEY",
        price_in=0.5,
        price_out=2,
        per_minute=9,
        timeout=0.5,
        at_most=3,
    )


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("reader:\n  model: m\n", r":4: reader lacks the key 'endpoint'"),
        ("reader:\n", r":4: reader: nothing stands here"),
        (LEAST + "  modle: m\n", r":7: reader: unknown key 'modle', did you mean 'model'\?"),
        (LEAST.replace(" m\n", " 7\n"), r':6: reader.model: 7 is read as a number; put it in quotes: "7"'),
        (LEAST.replace("http:", "ftp:"), r":5: reader.endpoint: .* is not well formed; expected: the base of an"),
        (LEAST.replace("127", "lin:geheim@127"), r":5: reader.endpoint: .*without user, password and query"),
        (LEAST.replace("/v1", "/v1?key=7"), r":5: reader.endpoint: .*without user, password and query"),
        (LEAST.replace("/v1", "/v1/chat/completions"), r":5: reader.endpoint: leave out /chat/completions"),
        (LEAST + "  key_env: sk-7\n", r":7: reader.key_env: .*never the key itself"),
        (LEAST + "  price_in: 1\n", r":7: reader.price_in stands without price_out"),
        (LEAST + "  price_in: -1\n  price_out: 1\n", r":7: reader.price_in: -1 is out of range; expected: the price"),
        (LEAST + "  per_minute: 0\n", r":7: reader.per_minute: 0 is out of range; expected: requests a minute"),
        (LEAST + "  timeout: 0\n", r":7: reader.timeout: 0 is out of range; expected: seconds"),
        (LEAST + "  at_most: many\n", r":7: reader.at_most: the text 'many' stands where a whole number should be"),
    ],
)
def test_each_problem_stands_at_its_line(load, section, says):
    with pytest.raises(ConfigError, match=says):
        load(section)


def test_all_problems_are_told_at_once(load):
    with pytest.raises(ConfigError) as caught:
        load(LEAST.replace(" m\n", " 7\n") + "  per_minute: 0\n  colour: red\n")
    assert [p.line for p in caught.value.problems] == [6, 7, 8]
