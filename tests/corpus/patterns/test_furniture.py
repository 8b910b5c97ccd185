"""Lines that only web pages print, and lines that only look like them. Each row says why it is there."""

import pytest

from bianma.corpus.patterns.furniture import crumb, is_caption, is_legal, is_tags, sign_of


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("跳到主要內容", "menu"),  # for screen readers, the first line of many pages
        ("網站導覽 | 回首頁 | English", "menu"),  # a bar
        ("首页 > 学术 > 国际关系", "menu"),  # where the page stands in the site
        ("目前位置：首頁 / 出版品", "menu"),  # the same, said
        ("字級： 小 中 大", "menu"),  # buttons
        ("#同盟政治 #中等国家", "menu"),  # topics, no heading
        ("::: {.footer}", "menu"),  # a fence that pandoc writes for a division of the page
        ("2021-03-18 09:41", "meta"),  # a day with its hour
        ("2022年11月16日 来源：某某学刊 作者：某某", "meta"),  # what is said of the article in one line
        ("March 4, 2021 · 9 min read", "meta"),  # an English blog
        ("點閱：2,415", "meta"),  # a counter
        ("責任編輯：某某", "meta"),  # who made the page
        ("編輯 | 某某", "meta"),  # with a bar for the colon, as on public accounts
        ("上一篇：區域主義再思考", "meta"),  # neighbours
        ("電話：02-0000-0000　傳真：02-0000-0001", "meta"),  # the foot
        ("相關文章", "box"),  # over a list of others
        ("【延伸閱讀】", "box"),  # in brackets
        ("Related essays", "box"),
        ("More publications 更多出版品", "box"),  # in two languages
        ("評論（23）", "comments"),
        ("延伸閱讀：冷戰中的中立國", "advert"),  # a box of one line
        ("訂閱我們的電子報，每週收到精選文章。", "advert"),  # reads as a sentence
        ("圖1：三國領袖舉行記者會。", "caption"),
        ("各国代表步入会场。（图/某某社）", "caption"),
        ("© 2019 某某季刊", "legal"),
        ("以上言論不代表本刊立場", "legal"),
    ],
)
def test_lines_of_the_page(text: str, sign: str) -> None:
    assert sign_of(text) == sign


@pytest.mark.parametrize(
    "text",
    [
        "关于中等国家的三种看法",  # begins with a menu's word
        "讨论",  # the name of a section
        "相关研究",  # the name of a section too: a review of the literature
        "推薦制度的沿革",
        "来源国对移民的态度",  # a key without its colon
        "分类：按成员的数目，机制可分为三类；",  # an item of a list
        "2017年11月 峰会召开",  # a chronicle's heading
        "8月28日",  # a diary's
        "图1显示了三个阶段的变化。",  # running text about a figure
        "他们最终加入会员国行列，并承担了相应的义务。",  # begins as those lines do that win readers
        "支持我们结论的证据来自三个方面。",
        "A > B",  # no place on a site
        "Ad hoc coalitions",  # no advert
        "安全机制的创设者往往不是受益最多的一方。（文中人名为化名）",  # brackets, but no credit
        "“版权所有”一语在这里指的是知识产权制度所承认的一切专有权利，它是贸易谈判中最难处理的议题之一，因为各方对权利的边界"
        "从来没有一致的看法。",  # a long sentence that names one right
    ],
)
def test_lines_of_the_article(text: str) -> None:
    assert sign_of(text) is None


def test_a_long_paragraph_must_claim_two_rights() -> None:
    assert is_legal(
        "凡本网首发及经作者授权的作品，版权归作者本人所有。网络转载请注明作者、出处并保持完整，" + "。" * 40
    )
    assert not is_legal("授权是国际组织研究的老问题，" + "成员国为何把权力交给一个机构，理论各有解释。" * 3)


def test_topics_are_told_from_a_heading_without_its_space() -> None:
    assert is_tags("#同盟政治 12")
    assert is_tags("#甲 #乙")
    assert not is_tags("#一、引言")
    assert not is_tags("# 引言")


def test_the_last_item_of_a_breadcrumb_is_a_witness_of_the_title() -> None:
    assert crumb("首頁 > 專論 > 安全的代價") == "安全的代價"
    assert crumb("Title: 安全的代價 - 某某論壇") == "安全的代價 - 某某論壇"
    assert crumb("安全的代價") == ""


def test_a_caption_has_a_number_or_a_credit() -> None:
    assert is_caption("資料圖：聯合軍演")
    assert is_caption("[图1 三方互动]")
    assert not is_caption("图为之一变。")
    assert not is_caption("本文认为，图景（见上文）并不清楚。")
