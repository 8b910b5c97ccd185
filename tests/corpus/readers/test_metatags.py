import pytest

from bianma.corpus.readers.html import markdown
from bianma.corpus.readers.metatags import declared_encoding

CITED = """<html><head><title>承诺的成本 - 某某期刊网</title><meta name="citation_title" content="承诺的成本">
<meta name="citation_author" content="李明远"><meta name="citation_author" content="王思齐">
<meta name="citation_author_institution" content="某某大学"><meta name="citation_journal_title" content="世界政治评论">
<meta name="citation_publication_date" content="2021/03/15"><meta name="citation_volume" content="5">
<meta name="citation_issue" content="2"><meta name="citation_firstpage" content="12"><meta name="citation_lastpage" content="30">
<meta name="citation_doi" content="doi:10.0000/j.test.2021.03"><meta name="keywords" content="承诺；安全困境,机制">
<meta property="og:title" content="别的题目"></head><body><p>文</p></body></html>"""
LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "某网"}, {"@type": "NewsArticle",
"headline": "承诺的成本", "author": [{"name": "李明远"}], "datePublished": "2021-03-01", "keywords": "承诺,机制"}]}</script>"""


def test_what_a_page_says_of_itself() -> None:
    assert dict(markdown(CITED)[1]) == {
        "title": ("承诺的成本",),
        "authors": ("李明远", "王思齐"),
        "affiliations": ("某某大学",),
        "journal": ("世界政治评论",),
        "year": ("2021",),
        "volume": ("5",),
        "issue": ("2",),
        "pages": ("12-30",),
        "doi": ("10.0000/j.test.2021.03",),
        "keywords": ("承诺", "安全困境", "机制"),
    }
    assert dict(markdown(LINKED)[1]) == {
        "title": ("承诺的成本",),
        "authors": ("李明远",),
        "year": ("2021",),
        "keywords": ("承诺", "机制"),
    }
    assert dict(markdown("<title>承诺的成本 - 某某网</title>")[1]) == {"title": ("承诺的成本",)}
    assert dict(markdown('<script type="application/ld+json">{"@type": [}</script>')[1]) == {}


@pytest.mark.parametrize(
    ("page", "declared"),
    [
        (b'<meta charset="gb2312">', "gb2312"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=Big5">', "Big5"),
        (b'<?xml version="1.0" encoding="GBK"?>', "GBK"),
        (b"<p>charset=utf-8", ""),
    ],
)
def test_the_encoding_that_a_page_declares(page: bytes, declared: str) -> None:
    assert declared_encoding(page) == declared
