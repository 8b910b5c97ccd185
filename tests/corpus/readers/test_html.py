from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.corpus.readers.pages import FIRST, SECOND, read

from bianma.corpus.cut import passages
from bianma.corpus.draft import record
from bianma.corpus.offsets import derive
from bianma.corpus.readers.html import markdown
from bianma.records import DocId


# What a tag becomes. The left column is all of the page.
@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>同盟\r\n 困境</p>", "同盟 困境"),  # white space collapses
        ("<p>同盟<b> 困境 </b> 难</p>", "同盟 困境 难"),  # also across tags
        ("<pre>同盟\n  困境</pre>", "同盟\n困境"),
        ("同盟<br>困境<br/><br>难<br>", "同盟\n困境\n\n难"),
        ("<p>同盟<p>困境<div>难", "同盟\n\n困境\n\n难"),  # end tags may be missing
        ("<h2>一、<em>权力</em></h2><p>文", "## 一、权力\n\n文"),
        ("<div role=heading aria-level=3>权力</div><p>文", "### 权力\n\n文"),
        ("<p><b>权力的</b> <strong>解释</strong></p>", "**权力的 解释**"),
        ("<ul><li>甲<li>乙<ul><li>丙</ul></ul>", "- 甲\n\n- 乙\n\n- 丙"),
        ("<blockquote><p>甲</p><p>乙</p></blockquote>", "> 甲\n\n> 乙"),
        ("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>", "漢字"),
        ("<p>x<sup>①</sup>，4<sup>th</sup>", "x<sup>①</sup>，4th"),
        ('<p>x<span style="vertical-align: super">[1]</span>', "x<sup>[1]</sup>"),
        ("<p>&lt;甲&amp;乙&#x3E;&nbsp;&ldquo;丙&rdquo;&copy2020&hellip;", "<甲&乙>\u00a0“丙”©2020…"),
        ("<p>AT&T &nosuch; &#xD800; &", "AT&T &nosuch; \ufffd &"),
        ("<p>a<b的情况 p<0.05", "a<b的情况 p<0.05"),  # no tag: nothing closes it
        ("<p>甲<!-- 乙 --><![if !x]>丙<![endif]><!乙><?乙?>", "甲丙"),
        ("<script>if (a<b) '</p>'</script><style>p{}</style>甲<noscript>乙</noscript>", "甲"),
        ("甲<span style='display:none'>乙</span><i hidden>丙</i><button>丁</button><input value=戊>", "甲"),
        ("<svg><text>甲</text></svg>乙", "乙"),
        ("<p># 甲<p>> 乙<p>- 丙<p>a*b*_c_`d`", "\\# 甲\n\n\\> 乙\n\n\\- 丙\n\na\\*b\\*\\_c_\\`d\\`"),
        ("<table><tr><th>国<th>策<tr><td>甲|乙<td>对冲<br>制衡</table>", "| 国 | 策 |\n| 甲\\|乙 | 对冲 制衡 |"),
        ("<table><caption>表1</caption><tr><td>a<td>b</table>", "表1\n\n| a | b |"),
        (f"<table><tr><td>{FIRST}<tr><td>{SECOND}</table>", f"{FIRST}\n\n{SECOND}"),  # laid out by a table
        ("<?xml version='1.0'?><p>甲<a id='x'/>乙<![CDATA[<丙>]]></p>", "甲乙<丙>"),
        ("<o:p>甲</o:p><font color=red>乙<p>丙</font>丁", "甲乙\n\n丙丁"),
        ("<form>甲<select><option>乙</select></form>", "甲"),
    ],
)
def test_tags(page: str, text: str) -> None:
    assert read(page) == text


TAGS = [
    *(
        "p",
        "div",
        "b",
        "sup",
        "span style='display:none'",
        "table",
        "tr",
        "td",
        "caption",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "br",
    ),
    *(
        "blockquote",
        "pre",
        "img",
        "script",
        "style",
        "ruby",
        "rt",
        "article",
        "nav",
        "aside",
        "title",
        "div class=related",
    ),
    *(
        "a href=#n1",
        "a id=n1",
        "a href=#r1 id=n1",
        "li id=fn1",
        "a href=#fn1 id=r1",
        "a href='http://x.y/(z)'",
        "o:p",
        "br/",
    ),
    *("span class=ltx_note_content", "div id=comments", "meta name=citation_title content=题", "textarea", "a name=n1"),
]
BITS = [
    *(
        "安全机制，",
        "。",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u3000",
        "&nbsp;",
        "&amp;",
        "&copy2020",
        "&#20013;",
        "&#x4e2d;",
        "&#1;",
    ),
    *(
        "&#xD800;",
        "&#0;",
        "&#99999999;",
        "&NotEqualTilde;",
        "&",
        "&#",
        "&;",
        "<",
        ">",
        "</",
        "</>",
        "<!",
        "<!--",
        "-->",
    ),
    *(
        "<![CDATA[",
        "<![x",
        "]]>",
        "<?xml",
        "*",
        "_x_",
        "`",
        "#",
        "|",
        "[1]",
        "①",
        "1",
        "[",
        "]",
        "𠮷",
        "e\u0301",
        "\x00",
    ),
    *("\ufeff", "\x85", "\u2028", "\f", '"', "'", "=", "/", "相关文章", "上一篇：", "alliance ", "<a <b", "↑", "^"),
]
mangled = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map("<{}>".format),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
        st.sampled_from(BITS),
    ),
    max_size=30,
).map("".join)


@given(st.one_of(mangled, st.text(max_size=60)))
@example("<div>" * 3000 + "甲")
@example("<sup>1<p>2</sup>")
def test_every_character_leads_to_what_spells_it(page: str) -> None:
    view, _ = markdown(page)
    if not view.text:
        return
    spans, edits = record(view, page)
    assert derive(page, spans, edits)[0] == view.text
    for start, end, written in edits:
        source = page[start:end]
        spelt = source == "" or source.isspace() or source[0] == "<" or unescape(source) == written.lstrip("\\")
        assert spelt or not source.strip(" \t\r\n\f\0") or unescape(source).startswith(written)
    where = [view.original(at) for at in range(len(view.text))]
    assert where == sorted(where, key=lambda part: part[0])


@given(mangled)
def test_passages_of_a_page_are_spelt_by_the_page(page: str) -> None:
    for passage in passages(DocId("a"), page, markdown(page)[0]):
        assert derive(page, passage.spans, passage.edits)[0] == passage.text


@given(mangled)
def test_running_text_is_never_lost(page: str) -> None:
    assert FIRST in read(f"<p>{FIRST}</p>{page}") or "<textarea>" in page
