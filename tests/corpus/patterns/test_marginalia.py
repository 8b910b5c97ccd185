import pytest

from bianma.corpus.patterns.marginalia import is_marginal


@pytest.mark.parametrize(
    "text",
    [
        "（下转第 31 页）",
        "(上接第14页)",
        "（截稿：2022年2月 责任编辑：某某）",
        "（收稿日期：2023-02-10，责任编辑：某某）",
        "［來稿日期：2020年1月］",
        "【轉第8頁】",
        "下转封三",
        "第一节 机制与规范 ............ 72",
        "一、导论…………………（3）",
        "三、结论 · · · · · · 15",
        "Downloaded from https://a.example/b by guest on 1 May 2020",
        "© The Authors 2019. Published by a Press. All rights reserved.",
        "[MISSING_PAGE_FAIL:3]",
        "2                     Xu Zhimo and Lin Huiyin",
    ],
)
def test_what_is_of_the_page(text: str) -> None:
    assert is_marginal(text)


@pytest.mark.parametrize(
    "text",
    [
        "各方的看法转向第三种",
        "由守卫者转换为信号者",
        "（来稿的多数主张放弃旧说）",
        "他说：“机制……不过如此……”",  # an ellipsis, and no page behind it
        "All rights reserved to states were then given up, and nobody minded at all in the years of the long peace that came.",
        "2  理论视角",  # a heading
        "接受第3页的说法意味着接受全部",
    ],
)
def test_what_is_not(text: str) -> None:
    assert not is_marginal(text)
