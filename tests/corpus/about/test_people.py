import pytest
from hypothesis import given
from tests.corpus.texts import any_texts

from bianma.corpus.about.people import names, people

NAMES = [
    ("李明", ["李明"]),
    ("李明 王小样", ["李明", "王小样"]),
    ("李明　　王小样　　张三立", ["李明", "王小样", "张三立"]),
    ("李明、王小样", ["李明", "王小样"]),
    ("李明，王小样;张三立", ["李明", "王小样", "张三立"]),
    ("李　明　王小样", ["李明", "王小样"]),  # two characters set as wide as three
    ("李 明 王 样", ["李明", "王样"]),
    ("李 明、王 小样", ["李明", "王小样"]),
    ("李明*", ["李明"]),
    ("李明①　王小样②", ["李明", "王小样"]),
    ("李明1,2　王小样1", ["李明", "王小样"]),
    ("李明¹、王小样²*", ["李明", "王小样"]),
    ("李明†", ["李明"]),
    ("欧阳样例", ["欧阳样例"]),
    ("李明 著", ["李明"]),
    ("文/李明", ["李明"]),
    ("文 / 李明 王小样", ["李明", "王小样"]),
    ("作者：李明", ["李明"]),
    ("李明 / 文", ["李明"]),
    ("李明 王小样 著　张译之 译", ["李明", "王小样"]),  # who translates is no author
    ("〔美〕约翰·样例斯 著　李明 译", ["约翰·样例斯"]),
    ("[英]巴里·样例、奥利·样本 著；李明、王小样 译", ["巴里·样例", "奥利·样本"]),
    ("【德】亚历山大·样例", ["亚历山大·样例"]),
    ("（日）样川一郎", ["样川一郎"]),
    ("Li Ming", ["Li Ming"]),
    ("LI Ming, WANG Xiaoyang", ["LI Ming", "WANG Xiaoyang"]),
    ("By John J. Sample and Mary van der Muster*", ["John J. Sample", "Mary van der Muster"]),
    ("Li Ming & Wang Xiaoyang", ["Li Ming", "Wang Xiaoyang"]),
    ("白 居 样", ["白居样"]),  # a scan's blanks
    ("江 小 样 林 若 样", ["江小样", "林若样"]),
    ("周 启 样   林 若 样", ["周启样", "林若样"]),
    ("□ 顾 长 样", ["顾长样"]),
    ("LI Ming WANG Xiaoyang", ["LI Ming", "WANG Xiaoyang"]),
    # no lines of names
    ("登录 | 注册", []),
    ("虚构大学国际关系学院", []),
    ("本文讨论同盟困境的由来与出路", []),
    ("School of International Studies, Sample University", []),
    ("", []),
]


@pytest.mark.parametrize(("line", "expected"), NAMES)
def test_names_in_all_the_ways_that_journals_print_them(line, expected):
    assert list(names(line)) == expected


# lines, authors, institutions
ZH = [
    (["李明（虚构大学国际关系学院，北京 100871）"], ["李明"], ["虚构大学国际关系学院"]),
    (["李明", "（虚构大学国际关系学院，北京　100871）"], ["李明"], ["虚构大学国际关系学院"]),
    (
        ["李明¹ 王小样²", "（1. 虚构大学国际关系学院，北京 100871；2. 样例大学法学院，上海 200433）"],
        ["李明", "王小样"],
        ["虚构大学国际关系学院", "样例大学法学院"],
    ),
    (["李明", "作者简介：李明，虚构大学国际关系学院教授。"], ["李明"], ["虚构大学国际关系学院"]),
    (
        ["[作者简介] 李明，虚构大学国际关系学院副教授、博士生导师，主要研究同盟理论。"],
        ["李明"],
        ["虚构大学国际关系学院"],
    ),
    (
        ["【作者介绍】李明（1980—），男，江苏人，法学博士，虚构大学国际关系学院讲师；王小样，样例研究所助理研究员。"],
        ["李明", "王小样"],
        ["虚构大学国际关系学院", "样例研究所"],
    ),
    (
        ["李明 王小样", "作者简介：李明，虚构大学政治系博士研究生；王小样，虚构大学政治系教授。"],
        ["李明", "王小样"],
        ["虚构大学政治系"],
    ),
    (["本文作者:虚构社会科学院样例研究所 副研究员、硕士生导师"], [], ["虚构社会科学院样例研究所"]),
    (["李明　虚构大学国际关系学院教授"], ["李明"], ["虚构大学国际关系学院"]),
    (["李明（虚构大学国际关系学院，讲师）"], ["李明"], ["虚构大学国际关系学院"]),
    (["李明 著　王译 译", "（作者单位：虚构大学　译者单位：样例学院）"], ["李明"], ["虚构大学"]),
    (["李明", "虛構大學外交學系副教授。E-mail: sample@example.org"], ["李明"], ["虛構大學外交學系"]),
    (["李明", "作者简介：李明，《样例评论》编辑，研究同盟。"], ["李明"], []),  # no institution named
    (["作者简介 李明，虚构大学国际关系学院教授。电子邮箱：li@example.org"], ["李明"], ["虚构大学国际关系学院"]),
    (
        ["海洋安全", "李明 王小样", "作者简介：李明，虚构大学教授；王小样，虚构大学讲师。"],
        ["李明", "王小样"],
        ["虚构大学"],
    ),
    (["打印 推荐", "作者简介：李明，虚构大学教授。"], ["李明"], ["虚构大学"]),
    (["李明／虚构研究院院长"], ["李明"], ["虚构研究院"]),
    (["收到评审意见后作了修改"], [], []),
    ([], [], []),
]


@pytest.mark.parametrize(("lines", "authors", "places"), ZH)
def test_people_of_a_chinese_article(lines, authors, places):
    found = people(lines).get("zh")
    assert (list(found.authors) if found else []) == authors
    assert (list(found.affiliations) if found else []) == places


def test_people_in_english_stand_beside():
    found = people(["李明", "LI Ming", "(School of International Studies, Sample University, Beijing 100871)"])
    assert found["zh"].authors == ("李明",)
    assert found["en"].authors == ("LI Ming",)
    assert found["en"].affiliations == ("School of International Studies, Sample University",)


@given(any_texts)
def test_never_raises(text):
    for person in people([text, text]).values():
        assert all(person.authors)
        assert all(person.affiliations)
