import pytest
from tests.corpus.readers.pages import NOTE, read

from bianma.corpus.cut import passages
from bianma.corpus.readers.html import markdown
from bianma.records import DocId

# Where notes stand, and how they are tied to their marks, differs by what made the page.
WORD = (
    '<p>困境<a href="#_ftn1" name="_ftnref1"><span><![if !supportFootnotes]>[1]<![endif]></span></a>继续。</p>'
    f'<div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> {NOTE}</p></div>'
)
WIKI = (
    '<p>困境<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>继续。</p><ol><li id="cite_note-1">'
    f'<span class="mw-cite-backlink">↑ <sup><a href="#cite_ref-1">1.0</a></sup></span> <span>{NOTE}</span></li></ol>'
)
WORDPRESS = (
    '<p>困境<sup class="footnote"><a href="#fn:1" id="fnref:1">1</a></sup>继续。</p>'
    f'<ol><li id="fn:1">{NOTE} <a href="#fnref:1">↩</a></li></ol>'
)
PANDOC = (
    '<p>困境<a href="#fn1" id="fnref1" role="doc-noteref"><sup>1</sup></a>继续。</p><section role="doc-endnotes"><hr>'
    f'<ol><li id="fn1"><p>{NOTE}<a href="#fnref1" role="doc-backlink">↩︎</a></p></li></ol></section>'
)
DOCUTILS = (
    '<p>困境<a class="footnote-reference" href="#id2" id="id1">[1]</a>继续。</p><table id="id2"><tr><td>'
    f'<a href="#id1">[1]</a></td><td>{NOTE}</td></tr></table>'
)
BRACKETED = f'<p>困境[<a href="#n1" name="r1">1</a>]继续。</p><p><a name="n1"></a>[<a href="#r1">1</a>] {NOTE}</p>'


@pytest.mark.parametrize(
    "page", [WORD, WIKI, WORDPRESS, PANDOC, DOCUTILS], ids=["word", "wiki", "wp", "pandoc", "docutils"]
)
def test_notes_and_marks(page: str) -> None:
    view, _ = markdown(page)
    assert view.text == f"困境[^1]继续。\n\n[^1]: {NOTE}\n"
    at = view.text.index("[^1]") + 2
    assert page[slice(*view.original(at))] == "1"  # the mark is the page's own
    kinds = [(p.kind, p.text) for p in passages(DocId("a"), page, view)]
    assert kinds[-1] == ("citation", NOTE)


def test_a_mark_in_brackets_of_the_text_leaves_none_of_them() -> None:
    assert read(BRACKETED).startswith("困境[^1]继续。\n\n[^1]: ")
    assert read(BRACKETED).endswith(NOTE)


def test_a_note_inside_the_sentence_is_set_apart() -> None:
    page = (
        '<p>alliances<span class="ltx_note"><sup>1</sup><span class="ltx_note_content"><sup>1</sup>A note here.</span>'
        "</span> are costly.</p>"
    )
    assert read(page) == "alliances<sup>1</sup>\n\n<sup>1</sup>A note here.\n\nare costly."


def test_the_paragraphs_of_a_note_are_one_block_and_two_notes_of_one_sign_are_two() -> None:
    page = (
        '<p>甲<sup><a href="#a1">*</a></sup>乙<sup><a href="#a2">*</a></sup>丙<sup><a href="#a1">*</a></sup></p>'
        "<ul><li id=a1><p>其一。</p><p>续。</p></li><li id=a2>其二。</li></ul>"
    )
    assert read(page) == "甲[^*]乙[^*-2]丙[^*]\n\n[^*]: 其一。 续。\n\n[^*-2]: 其二。"


def test_a_link_to_a_section_is_no_note_mark() -> None:
    assert read('<p>见<a href="#s1">1</a>节。</p><h2 id=s1>权力</h2>') == "见1节。\n\n## 权力"
