import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.texts import any_texts

from bianma.corpus.about.imprint import Imprint, find_doi, imprint, number, year_of

# lines of furniture, what they tell
PRINTED = [
    (["《样例政治评论》2019年第3期"], Imprint("样例政治评论", 2019, None, "3")),
    (["样例政治评论 2024 年第 3 期", "· 22 ·"], Imprint("样例政治评论", 2024, None, "3")),
    (["样例政治评论２０２５年第２期　　６３"], Imprint("样例政治评论", 2025, None, "2")),
    (["样例政治评论二〇二三年第六期 41"], Imprint("样例政治评论", 2023, None, "6")),
    (["样例与国际 2022.4　 —31—"], Imprint("样例与国际", 2022, None, "4")),
    (["样例政治评论 2022.4.15"], Imprint()),  # a day, no issue
    (["样例政治评论 2020年第3-4期"], Imprint("样例政治评论", 2020, None, "3-4")),
    (["樣例季刊第二十卷第四期（民國 108 年 10 月）"], Imprint("樣例季刊", 2019, "20", "4")),
    (["樣例學刊；12卷2期（2020 / 12 / 01），P1 - 40"], Imprint("樣例學刊", 2020, "12", "2", "1-40")),
    (["样例评论. 2021(04)"], Imprint("样例评论", 2021, None, "4")),
    (["样例评论 / 2020 年第 5 期"], Imprint("样例评论", 2020, None, "5")),
    (
        ["The Sample Journal of Politics, 2019, 1–28"],
        Imprint("The Sample Journal of Politics", 2019, None, None, "1-28"),
    ),
    (["第36卷 第2期"], Imprint(None, None, "36", "2")),
    (["第36卷第2期（2019年3月）"], Imprint(None, 2019, "36", "2")),
    (["樣例季刊　第十二卷第三期（2024年7月）頁55－78"], Imprint("樣例季刊", 2024, "12", "3", "55-78")),
    (["样例学报，2019年第36卷第2期，第4—24页"], Imprint("样例学报", 2019, "36", "2", "4-24")),
    (["Vol. 36 No. 2", "Mar. 2019"], Imprint(None, 2019, "36", "2")),
    (
        ["Sample Journal of Security, Vol. 4, No. 2, 2025, pp.\n11-29"],
        Imprint("Sample Journal of Security", 2025, "4", "2", "11-29"),
    ),
    (["文章编号：1006-0000(2019)03-0004-21"], Imprint(None, 2019, None, "3", "4-24")),
    (["【文章编号】 1006-000X（2019）03 - 0004 - 21"], Imprint(None, 2019, None, "3", "4-24")),
    (
        ["引用格式：李明.同盟困境的由来[J].样例政治评论,2019,36(2):4-24."],
        Imprint("样例政治评论", 2019, "36", "2", "4-24"),
    ),
    (["本文引用格式：李明. 同盟[J]. 样例评论, 2019(2): 4-24."], Imprint("样例评论", 2019, None, "2", "4-24")),
    (["感谢《样例政治评论》匿名评审专家的意见，文责自负。"], Imprint("样例政治评论")),
    # the commonest head wins; an issue's head wins over a journal that is thanked
    (["甲样评论2019年第3期", "乙样评论2020年第1期", "甲样评论2019年第3期"], Imprint("甲样评论", 2019, None, "3")),
    (["甲样评论2019年第3期", "感谢《乙样评论》编辑部"], Imprint("甲样评论", 2019, None, "3")),
    (["样例政治评论", "2019年第3期"], Imprint("样例政治评论", 2019, None, "3")),
    (["责任编辑：某样", "2019年第3期"], Imprint(None, 2019, None, "3")),
    (["（责任编辑 某样）2019年第3期"], Imprint()),
    ([], Imprint()),
    (["责任编辑：某某", "· 12 ·", "本文系2021年度虚构基金项目（21XYZ047）的成果。"], Imprint()),  # a grant's year
]


@pytest.mark.parametrize(("lines", "expected"), PRINTED)
def test_what_is_printed_about_the_place(lines, expected):
    assert imprint(lines)[0] == expected


@pytest.mark.parametrize(
    ("doi", "expected"),
    [
        ("10.5555/j.cnki.ylxyj.2019.04.008", Imprint(None, 2019, None, "4")),
        ("10.5555/yljj.202409_12(3).0004", Imprint(None, 2024, "12", "3")),
        ("10.5555/sample.1234", Imprint()),
        (None, Imprint()),
    ],
)
def test_some_dois_hold_the_issue(doi, expected):
    assert imprint([], doi)[0] == expected


def test_when_a_manuscript_came_in_is_only_a_hint():
    assert imprint(["收稿日期：2023年11月2日"]) == (Imprint(), 2023)
    assert imprint(["收稿日期：2023-11-02；修回日期：2024-01-08"]) == (Imprint(), 2023)
    assert imprint(["收稿日期：2023-11-02", "网络出版时间：2024-03-01"]) == (Imprint(), 2024)


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("DOI:10.5555/j.cnki.2023.06.007", "10.5555/j.cnki.2023.06.007"),
        ("DOI: 10. 5555/j. cnki. ylxyj. 2019. 04. 008", "10.5555/j.cnki.ylxyj.2019.04.008"),
        ("DOI: 10. 5555 / ylgjpl. 2024. 03. 002", "10.5555/ylgjpl.2024.03.002"),
        ("ＤＯＩ：１０．５５５５／ｆｌａｑｙｊ．２０２５．０２．００５", "10.5555/flaqyj.2025.02.005"),
        ("https://doi.org/10.5555/Sample.2024.1", "10.5555/sample.2024.1"),
        ("DOI: 10.5555/yljj.202409_(3).0004", "10.5555/yljj.202409_(3).0004"),
        ("DOI：10.5555/sample.2024.1。收稿日期：2024-01-01", "10.5555/sample.2024.1"),
        ("doi: 10.5555/sample.2024.1. Received 3 May", "10.5555/sample.2024.1"),
        ("增长了10.5%，2020/2021年度", None),
        ("", None),
    ],
)
def test_a_doi_is_brought_into_one_form(line, doi):
    assert find_doi([line]) == doi


@pytest.mark.parametrize(
    ("written", "read"),
    [("十", "10"), ("二十", "20"), ("一百零三", "103"), ("百二十", "120"), ("０７", "7"), ("000", "000"), ("S1", "S1")],
)
def test_numbers_in_any_digits(written, read):
    assert number(written) == read


def test_years_in_any_digits():
    assert [year_of(t) for t in ("2019/04/20", "二〇一九年", "一九九八", "12019", "")] == [2019, 2019, 1998, None, None]


@given(st.lists(any_texts, max_size=4))
def test_never_raises(lines):
    imprint(lines, find_doi(lines))


@given(any_texts)
def test_a_number_is_never_empty_where_a_text_was_given(text):
    assert isinstance(number(text), str)
