import pytest
from tests.corpus.readers.pages import FIRST, NOTE, SECOND, THIRD, read

from bianma.corpus.cut import passages
from bianma.corpus.readers.html import markdown
from bianma.records import DocId

BLOG = f"""<!DOCTYPE html><html><head><meta charset=utf-8><title>承诺的成本 - 某某研究所</title></head><body>
<header><h1 class="site-title"><a href="/">某某研究所</a></h1><nav><a href="/a">首页</a></nav></header>
<main><article><header><div class="breadcrumbs"><a href="/">首页</a> &gt; 正文</div><h1>承诺的成本</h1><p>李明远</p></header>
<p>{FIRST}<sup><a href="#fn1">1</a></sup></p><h2>一、权力的解释</h2><p>{SECOND}</p><p>{THIRD}</p>
<ol><li id="fn1">{NOTE}</li></ol>
<div class="share"><h3>分享到：</h3><a href="#">微博</a></div>
<div class="related-posts"><h3>相关文章</h3><ul><li><a href="/x">海上机制的由来，与其它</a></li></ul></div></article>
<p>上一篇：<a href="/p">旧文</a></p><div id="comments"><h2>2 条评论</h2><p>写得很好，受益匪浅。希望继续。</p></div></main>
<aside><h2>最新文章</h2><a href="/1">一</a></aside><footer>版权所有 © 2024 某某研究所。未经许可，不得转载。</footer></body></html>"""
OLD = f"""<html><head><title>承诺的成本_某某网</title></head><body><table><tr><td><a href=/>首页</a>|<a href=/n>新闻</a></td></tr>
<tr><td align=center><b>承诺的成本</b></td></tr><tr><td align=center>李明远</td></tr><tr><td><div id=zoom>　　{FIRST}<br>
　　<b>一、权力的解释</b><br>　　{SECOND}<br>　　{THIRD}<br></div></td></tr>
<tr><td>上一篇：<a href=1>旧文</a><br>下一篇：<a href=2>新文</a></td></tr></table>
<table><tr><td align=center>版权所有：某某网 联系电话：010-00000000</td></tr></table></body></html>"""
OFFICE = f"""<html><body><form><div class=top><ul class=menu><li><a href=/>首页</a><li><a href=/a>要闻</a></ul></div>
<div class=main><div class=title>承诺的成本</div><div class=info>李明远</div><div class=editor><p>　　{FIRST}</p>
<p>　　一、权力的解释</p><p>　　{SECOND}</p><p>　　{THIRD}</p></div></div>
<div class=right><h3>热门推荐</h3><p><a href=/1>某会议在京召开，发表公报</a></p></div>
<div class=foot>主办单位：某某部　网站标识码：000</div></form></body></html>"""


@pytest.mark.parametrize("page", [BLOG, OLD, OFFICE], ids=["blog", "tables", "office"])
def test_of_a_page_the_article_is_read(page: str) -> None:
    view = markdown(page)[0]
    found = [(p.kind, p.text) for p in passages(DocId("a"), page, view)]
    assert found == [(p.kind, p.text) for p in passages(DocId("a"), view.text)]
    assert found[:6] == [
        ("title", "承诺的成本"),
        ("author", "李明远"),
        ("body", FIRST),
        ("heading", "一、权力的解释"),
        ("body", SECOND),
        ("body", THIRD),
    ]
    assert found[6:] == ([("citation", NOTE)] if page is BLOG else [])


def test_a_line_of_links_is_marked_as_one() -> None:
    page = f'<p>{FIRST}</p><p><a href="/x y(1)">同盟</a> | <a href="http://a.b/">均势</a></p><p>{SECOND}详见<a href=/z>此处</a>。</p>'
    assert read(page).split("\n\n")[1:] == ["[同盟](/xy1) | [均势](http://a.b/)", f"{SECOND}详见此处。"]


@pytest.mark.parametrize("name", ["comments", "share", "related", "footer", "sidebar", "nav", "copyright"])
def test_running_text_is_kept_whatever_its_part_is_called(name: str) -> None:
    assert read(f'<div class="{name}"><p>{FIRST}</p><p>{SECOND}</p></div>') == f"{FIRST}\n\n{SECOND}"


def test_an_aside_of_running_text_is_kept() -> None:
    assert THIRD * 2 in read(f"<p>{FIRST * 4}</p><aside><p>{THIRD * 2}</p></aside>")


def test_short_notes_beside_longer_ones_are_kept_behind_the_body() -> None:
    page = (
        f"<div><div><p>{FIRST * 9}</p><p>{SECOND * 9}</p></div><h2>注释</h2><div><p>[1] {NOTE}</p><p>[2] 同上。</p></div>"
        "<div><p>联系我们</p></div></div>"
    )
    assert read(page).split("\n\n")[2:] == ["## 注释", f"[1] {NOTE}", "[2] 同上。"]


def test_a_paragraph_that_only_begins_like_a_link_list_is_kept() -> None:
    page = f'<p>{FIRST}</p><p>Previous studies of alliances are listed <a href="/x">elsewhere</a></p><p>分享到：<a href="/y">微博</a></p>'
    assert read(page).split("\n\n")[1:] == ["Previous studies of alliances are listed elsewhere"]


def test_an_author_without_a_block_of_his_own_is_kept() -> None:
    page = f"<div><h1>承诺的成本</h1>李明远<div><p>{FIRST}</p><p>{SECOND}</p></div>友情链接</div>"
    assert read(page) == f"# 承诺的成本\n\n李明远\n\n{FIRST}\n\n{SECOND}"
