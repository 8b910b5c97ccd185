"""The page says what it is made of, exactly, whatever stands in the article."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from tests.report.readings import passage_of, reading_of, readings

from bianma.records import DocId, Metadata
from bianma.report import page
from bianma.report.words import FIELDS, KINDS, LANGUAGES, UI_LANGUAGES, WARNINGS, WORDS

VOID = {"meta", "input", "br", "link", "img"}


class Texts(HTMLParser):
    """The text of the raw side and of each clean passage; every tag and attribute."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.raw, self.clean, self.tags, self.ids, self.links = [], "", {}, [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        if tag not in VOID:
            self.open.append((tag, given.get("class", "").split(), given.get("id")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        classes = [c for _, cs, _ in self.open for c in cs]
        if "raw" in classes:
            self.raw += data
        if "clean" in classes:
            row = next(i for _, cs, i in self.open if "row" in cs)
            self.clean[row] = self.clean.get(row, "") + data


@settings(max_examples=300)
@given(readings())
def test_the_sides_spell_exactly_the_source_and_the_passages(reading):
    found = Texts(page(reading, ui="zh"))
    assert found.raw == reading.raw
    shown = {run.owner for run in reading.runs}
    assert found.clean == {f"p{n}": p.text for n, p in enumerate(reading.passages) if p.text and n in shown}


@given(readings())
def test_ids_are_unique_and_links_lead_somewhere(reading):
    found = Texts(page(reading, ui="en"))
    assert len(found.ids) == len(set(found.ids))
    places = {link for link in found.links if not re.fullmatch(r"#\d+-\d+", link)}
    shown = {f"#p{n}" for n in {run.owner for run in reading.runs}}
    assert {link for link in places if link in shown or link.startswith("#m")} <= {f"#{i}" for i in found.ids}


RAW = "# 论<script>alert(1)</script>\n\n弱国害怕 被抛弃①，\n① 此处\n也害怕受牵连。\n"


def sample(**about):
    cut = RAW.index
    body = passage_of(
        RAW,
        1,
        [(cut("弱国"), cut(" 被")), (cut("被抛"), cut("①")), (cut("，"), cut("，") + 1), (cut("也害"), cut("。") + 1)],
        [(cut("\n①"), cut("\n①") + 1, " ")],
    )
    note = passage_of(RAW, 2, [(cut("此处"), cut("此处") + 2)], kind="note", mark="①", mark_at=(cut("①"), cut("①") + 1))
    title = passage_of(RAW, 0, [(2, cut("\n"))], kind="title")
    return reading_of(RAW, title, body, note, about=Metadata(doc=DocId("文"), **about))


def test_an_articles_own_tags_stay_text():
    html = page(
        sample(title={"zh": "<script>alert(2)</script>"}, authors={"zh": ("<img src=x onerror=alert(3)>",)}), ui="zh"
    )
    assert len(re.findall("<script", html)) == 1
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_page_asks_nothing_of_the_network_and_runs_no_script_but_its_own():
    html = page(sample(), ui="zh")
    assert not re.search(r"https?:|//[a-z]|@import|url\(", html)
    (policy,) = re.findall(r'content="(default-src[^"]*)"', html)
    assert policy.startswith("default-src 'none'; ")
    assert "script-src 'sha256-" in policy
    assert not any(name.startswith("on") for _, attributes in Texts(html).tags for name in attributes)


def test_what_was_left_out_is_struck_and_the_unseen_shown():
    html = page(sample(), ui="en")
    assert re.search(r'<del data-a="0">#<i data-v="␣"> </i></del>', html)
    assert re.search(r'<del data-a="\d+"><i data-v="␣"> </i></del><span data-a="\d+">被抛弃</span>', html)


def test_what_was_written_names_what_stood_there():
    html = page(sample(), ui="zh")
    at = RAW.index("\n①")
    assert f'<ins data-a="{at}" title="清理时写入，原文 [{at}, {at + 1}) 为 ↵"' in html


def test_a_note_and_its_mark_lead_to_each_other():
    found = Texts(page(sample(), ui="en"))
    at = RAW.index("①")
    assert ("a", f"m{at}", "#p2") in [(tag, a.get("id"), a.get("href")) for tag, a in found.tags]
    assert f"#m{at}" in found.links
    assert [a["data-v"] for tag, a in found.tags if tag == "a" and a.get("class") == "fn"] == ["①"]


def test_a_passage_that_a_note_interrupts_says_where_it_began():
    html = page(sample(), ui="en")
    assert 'href="#p1" data-v="↑ passage 2 goes on"' in html


def test_kinds_chosen_are_ticked():
    ticked = [a["id"] for tag, a in Texts(page(sample(), ui="en", kinds=["body"])).tags if "checked" in a]
    assert ticked == ["f-body"]


def test_the_head_tells_how_the_article_was_read_and_what_is_odd():
    html = page(
        reading_of("文" * 10, passage_of("文" * 10, 0, [(0, 10)], kind="foreign"), encoding="gb18030", reader="html", about=Metadata(doc=DocId("文"), year=2019, told=("year",))),
        ui="en",
    )  # fmt: skip
    assert WARNINGS["foreign"]["en"] in html
    assert "<dd>gb18030</dd>" in html
    assert "<dt>Year <small>(by hand)</small></dt><dd>2019</dd>" in html
    assert "foreign <b>100.0 %</b>" in html


@pytest.mark.parametrize("table", [KINDS, LANGUAGES, FIELDS, WARNINGS, WORDS])
def test_every_word_is_there_in_both_languages(table):
    assert all(set(words) == set(UI_LANGUAGES) for words in table.values())
