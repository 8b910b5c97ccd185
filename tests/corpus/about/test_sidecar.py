from pathlib import Path

import jsonschema
import pytest

from bianma.corpus.about.sidecar import Sidecar, apply, load, schema, sidecar_of
from bianma.errors import ConfigError
from bianma.records import DocId, Metadata

FULL = """\
encoding: gb18030
title: {zh: 同盟的代价, en: The Price of Alliances}
authors: [李明, 王小样, Mary Muster]
affiliations:
  zh: [虚构大学国际关系学院]
journal: 样例政治评论
year: 2019
volume: 36
issue: 3-4
pages: 4-24
doi: https://doi.org/10.5555/SAMPLE.2019.3
keywords:
  zh: [同盟, 代价]
  en: alliance
"""

FOUND = Metadata(
    doc=DocId("甲"),
    title={"zh": "同盟的代仆", "en": "The Price"},
    authors={"zh": ("李日月",), "en": ("LI Ming",)},
    year=2018,
    issue="3",
    keywords={"zh": ("同盟",)},
)


def _load(tmp_path: Path, text: str | bytes) -> Sidecar:
    path = tmp_path / "甲.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path)


def test_it_stands_beside_the_article():
    assert sidecar_of(Path("corpus/甲.txt")) == Path("corpus/甲.yaml")
    assert sidecar_of(Path("甲.2019.pdf")) == Path("甲.2019.yaml")


def test_every_field(tmp_path):
    read = _load(tmp_path, FULL)
    assert read.encoding == "gb18030"
    assert read.fields == {
        "title": {"zh": "同盟的代价", "en": "The Price of Alliances"},
        "authors": {"zh": ("李明", "王小样"), "en": ("Mary Muster",)},
        "affiliations": {"zh": ("虚构大学国际关系学院",)},
        "journal": {"zh": "样例政治评论"},
        "year": 2019,
        "volume": "36",
        "issue": "3-4",
        "pages": "4-24",
        "doi": "10.5555/sample.2019.3",
        "keywords": {"zh": ("同盟", "代价"), "en": ("alliance",)},
    }


def test_it_is_told_and_what_it_leaves_out_is_kept(tmp_path):
    told = apply(FOUND, _load(tmp_path, "year: 2019\ntitle: 同盟的代价\nauthors: 李明\n"))
    assert told.title == {"zh": "同盟的代价", "en": "The Price"}  # the other language as found
    assert told.authors == {"zh": ("李明",), "en": ("LI Ming",)}
    assert (told.year, told.issue, told.keywords) == (2019, "3", {"zh": ("同盟",)})
    assert told.told == ("title", "authors", "year")


def test_an_encoding_alone_changes_no_metadata(tmp_path):
    assert apply(FOUND, _load(tmp_path, "encoding: big5\n")) == FOUND
    assert apply(FOUND, Sidecar()) == FOUND


# text, line of the problem, what the message must say
REFUSED = [
    pytest.param("titel: 同盟\n", 1, ["'titel'", "did you mean 'title'"], id="unknown key"),
    pytest.param("year: 2019\n作者: 李明\n", 2, ["'作者'", "authors"], id="key in Chinese"),
    pytest.param("title：同盟\nyear: 2019\n", 1, ["full-width colon"], id="full-width colon"),
    pytest.param("year: 二〇一九\n", 1, ["year", "whole number"], id="year in words"),
    pytest.param("year: '2019'\n", 1, ["year", "whole number"], id="year in quotes"),
    pytest.param("year: 219\n", 1, ["219", "1800 to 2100"], id="no such year"),
    pytest.param("title: 1984\n", 1, ['"1984"', "quotes"], id="title that is a number"),
    pytest.param("title: {zh: 同盟, de: Allianz}\n", 1, ["'de'", "zh, en"], id="another language"),
    pytest.param("title: {zh: 7}\n", 1, ["title.zh", '"7"'], id="number inside"),
    pytest.param("title:\n", 1, ["title", "nothing stands here"], id="nothing"),
    pytest.param("title: '　'\n", 1, ["title", "not blank"], id="blank"),
    pytest.param("title: [甲, 乙]\n", 1, ["title", "a list stands"], id="list of titles"),
    pytest.param("authors: []\n", 1, ["authors", "at least 1"], id="empty list"),
    pytest.param("authors: [李明, 李明]\n", 1, ["authors", "twice"], id="twice"),
    pytest.param("authors:\n  - 李明\n  - 7\n", 3, ["authors[2]", '"7"'], id="number in a list"),
    pytest.param("keywords: {zh: {a: b}}\n", 1, ["keywords.zh"], id="too deep"),
    pytest.param("pages: 4至24\n", 1, ["4至24", "4-24"], id="pages"),
    pytest.param("doi: 5555/x\n", 1, ["5555/x", "10.5555"], id="doi"),
    pytest.param("encoding: gbk2312\n", 1, ["'gbk2312'", "gb18030"], id="encoding"),
    pytest.param("encoding: hex\n", 1, ["'hex'", "utf-8"], id="a codec that is no encoding"),
    pytest.param("- 同盟\n", 1, ["a list stands"], id="list"),
    pytest.param("同盟\n", 1, ["同盟"], id="a text"),
    pytest.param("title: 同盟\nyear: 2019\n".encode("gb18030"), 1, ["gb18030", "UTF-8"], id="GB18030"),
]


@pytest.mark.parametrize(("text", "line", "said"), REFUSED)
def test_a_wrong_sidecar_is_refused_with_line_and_remedy(tmp_path, text, line, said):
    with pytest.raises(ConfigError) as e:
        _load(tmp_path, text)
    problem = e.value.problems[0]
    assert problem.path.endswith("甲.yaml")
    assert problem.line == line
    for part in said:
        assert part in problem.message


def test_all_problems_are_told_at_once(tmp_path):
    with pytest.raises(ConfigError) as e:
        _load(tmp_path, "year: x\nissue: 3\npagse: 4\ndoi: 1\n")
    assert [p.line for p in e.value.problems] == [1, 3, 4]


def test_a_missing_sidecar_is_said_so(tmp_path):
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "无.yaml")


def test_the_schema_is_one_and_names_the_fields_of_the_record():
    jsonschema.Draft202012Validator.check_schema(dict(schema()))
    assert set(schema()["properties"]) - {"encoding"} == set(Metadata.__dataclass_fields__) - {"doc", "told"}
