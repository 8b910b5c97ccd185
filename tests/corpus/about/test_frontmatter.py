from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.texts import any_texts

from bianma.corpus.about.frontmatter import metadata, split_keywords
from bianma.corpus.cut import passages
from bianma.records import DocId, Kind, Metadata, Passage, PassageId

CORPUS = Path(__file__).parents[3] / "corpus"
DOC = DocId("样例")


def _passages(*pairs: tuple[Kind, str]) -> list[Passage]:
    return [
        Passage(id=PassageId(str(n)), doc=DOC, index=n, kind=kind, text=text, spans=((n, n + 1),))
        for n, (kind, text) in enumerate(pairs)
    ]


# The articles of the sample study: file, what must be found (fields not named are not looked at).
SAMPLES = {
    "rules-without-trust.txt": {
        "title": {
            "en": "Rules without Trust: Security Regimes, Alliance Dilemmas and the Weaker Ally",
            "zh": "没有信任的规则：安全机制、同盟困境与弱势盟国",
        },
        "authors": {"en": ("Avery Muster", "Noor Specimen")},
        "affiliations": {},
        "journal": {"en": "Sample Journal of Security Studies (fictitious)"},
        "year": 2025,
        "volume": "4",
        "issue": "2",
        "pages": "11-29",
        "doi": "10.5555/sjss.2025.4.2.11",
        "keywords": {
            "zh": ("安全机制", "同盟困境", "弱势盟国", "协调者", "危机规避"),
            "en": ("security regime", "alliance dilemma", "entrapment", "mediator", "crisis avoidance"),
        },
    },
    "同盟困境的再思考.txt": {
        "title": {"zh": "同盟困境的再思考：非对称同盟中的弱势盟国"},
        "authors": {"zh": ("范立样",)},
        "affiliations": {"zh": ("虚构大学样例国际关系研究所",)},
        "journal": {"zh": "样例国际评论"},
        "year": 2024,
        "volume": None,
        "issue": "3",
        "pages": "21-30",
        "doi": "10.5555/ylgjpl.2024.03.002",
        "keywords": {"zh": ("同盟困境", "被抛弃", "被牵连", "非对称同盟", "战略自主")},
    },
    "威胁是如何被说出来的.txt": {
        "title": {"zh": "威胁是如何被说出来的：同盟政治中的威胁认知与角色利用"},
        "authors": {"zh": ("𠮷田样子",)},
        "affiliations": {"zh": ("虚构国际文化大学",)},
        "journal": {"zh": "文化与国际"},
        "year": 2022,
        "issue": "4",
        "doi": "10.5555/j.ylwhgj.2022.04.003",
    },
    "安全机制的形成条件与发展阶段.txt": {
        "title": {"zh": "安全机制的形成条件与发展阶段——兼论两种认知误区"},
        "journal": {"zh": "范例安全研究"},
        "year": 2023,
        "issue": "6",
        "doi": "10.5555/flaqyj.2023.06.011",
        "keywords": {"zh": ("安全机制", "形成条件", "发展阶段", "建立信任措施", "危机管控")},
    },
    "角色理論與不對稱同盟中的小國.txt": {
        "title": {"zh": "角色理論與不對稱同盟中的小國"},
        "authors": {"zh": ("游擬真",)},
        "affiliations": {"zh": ("虛構大學外交學系",)},
        "journal": {"zh": "範例國際關係季刊"},
        "year": 2024,
        "volume": "12",
        "issue": "3",
        "pages": "55-78",
        "doi": None,
    },
    "责任能分信任难分.txt": {
        "title": {"zh": "责任能分，信任难分——同盟管理中的成本与承诺"},
        "authors": {"zh": ("佟拟言",)},
        "affiliations": {"zh": ("虚构师范大学国际关系学院",)},
        "journal": {"zh": "范例安全研究"},
        "year": 2025,
        "issue": "2",
        "doi": "10.5555/flaqyj.2025.02.005",
    },
    "four-theories-in-dialogue.md": {
        "title": {"zh": "安全机制、同盟困境、利益平衡与角色理论：四种理论的对话"},
        "authors": {"zh": ("样例作者甲", "样例作者乙", "样例作者丙", "样例作者丁")},
        "journal": {"zh": "样例国际评论"},
        "year": 2025,
        "issue": "4",
        "doi": None,
    },
    "利益平衡与中等国家的选择.md": {
        "title": {"zh": "利益平衡与中等国家的选择——追随、制衡与对冲的再分类"},
        "authors": {"zh": ("虞思例", "柏拟")},
        "affiliations": {"zh": ("虚构国际政治学院",)},
        "journal": {"zh": "样例国际评论"},
        "year": 2025,
        "issue": "1",
        "keywords": {"zh": ("利益平衡", "追随", "制衡", "对冲", "中等国家", "威胁认知")},
    },
    "小多邊安全合作的理論檢討.md": {
        "title": {"zh": "小多邊安全合作的理論檢討：建制、網絡與外溢"},
        "authors": {"zh": ("米例之", "莫須文")},
        "affiliations": {"zh": ("虛構國際事務研究院",)},
        "journal": {"zh": "範例國際關係季刊"},
        "year": 2024,  # only the DOI tells
        "volume": "12",
        "issue": "4",  # the page head, not the DOI
        "doi": "10.5555/yljj.202409_(3).0004",
    },
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_articles(name):
    raw = (CORPUS / name).read_bytes().decode("utf-8")
    found = metadata(DOC, passages(DOC, raw))
    assert {field: getattr(found, field) for field in SAMPLES[name]} == SAMPLES[name]


def test_where_nothing_is_given_nothing_is_found():
    assert metadata(DOC, []) == Metadata(doc=DOC)
    text = _passages(("heading", "一、问题的提出"), ("body", "2019年第3期的讨论见《样例评论》，DOI 10.5555/other.1。"))
    assert metadata(DOC, text) == Metadata(doc=DOC)
    assert metadata(DOC, _passages(("citation", "李明：《同盟》，《样例评论》2019年第3期，第4—24页。"))).year is None


def test_title_and_subtitle_are_joined_as_printed():
    zh = _passages(("title", "同盟的代价*"), ("title", "——以虚构同盟为例"), ("author", "李明"))
    assert metadata(DOC, zh).title == {"zh": "同盟的代价——以虚构同盟为例"}
    plain = _passages(("title", "同盟的代价"), ("title", "一项理论检讨"))
    assert metadata(DOC, plain).title == {"zh": "同盟的代价：一项理论检讨"}


# what stands before the text, in the kinds it was taken for; title and authors
HEADS: list[tuple[list[tuple[Kind, str]], dict[str, str], dict[str, tuple[str, ...]]]] = [
    (
        [
            ("title", "2022 年 8 月样例评论Sample Review"),
            ("author", "海洋安全"),
            ("author", "同盟的代价：一种解释"),
            ("author", "李 小 明1 王 大 样1"),
        ],
        {"zh": "同盟的代价：一种解释"},
        {"zh": ("李小明", "王大样")},
    ),
    (
        [("title", "样例评论 2018 年第 4 期"), ("author", "同盟的代价：一种解释"), ("author", "李明")],
        {"zh": "同盟的代价：一种解释"},
        {"zh": ("李明",)},
    ),
    (
        [
            ("title", "首页 > 评论 > 正文"),
            ("author", "登录 | 注册"),
            ("author", "李明：同盟的代价为何上升"),
            ("author", "李明"),
        ],
        {"zh": "同盟的代价为何上升"},
        {"zh": ("李明",)},
    ),
    (
        [
            ("title", "样例月刊"),
            ("author", "从同盟的代价到代价的同盟："),
            ("author", "一种关于责任分担的解释"),
            ("author", "李明"),
        ],
        {"zh": "从同盟的代价到代价的同盟：一种关于责任分担的解释"},
        {"zh": ("李明",)},
    ),
    (
        [
            ("title", "The Sample Journal of Politics, 2019, 1–28"),
            ("author", "Article"),
            ("author", "Hedging under Pressure: A Sample"),
            ("author", "Li Ming and Wang Yang"),
        ],
        {"en": "Hedging under Pressure: A Sample"},
        {"en": ("Li Ming", "Wang Yang")},
    ),
    (
        [("title", "威胁的来源与权力的分享"), ("author", "海洋安全"), ("author", "李明")],
        {"zh": "威胁的来源与权力的分享"},
        {"zh": ("李明",)},
    ),
    (
        [("title", "同盟的代价"), ("title", "理论检讨"), ("author", "李明")],
        {"zh": "同盟的代价：理论检讨"},
        {"zh": ("李明",)},
    ),
    (
        [
            ("title", "A Theory of Promises in Asymmetric Sample Alliances"),
            ("title", "Power Transition and Alliance Politics"),
        ],
        {"en": "A Theory of Promises in Asymmetric Sample Alliances Power Transition and Alliance Politics"},
        {},
    ),
    (
        [("title", "样例月刊"), ("author", "李明")],  # nothing better below: what stands there is the title
        {"zh": "样例月刊"},
        {"zh": ("李明",)},
    ),
    (
        [
            ("title", "同盟的代价"),
            ("author", "李小明"),
            ("title", "The Price of Alliances"),
            ("title", "LI Xiaoming (Sample University, Beijing 100000)"),
        ],
        {"zh": "同盟的代价", "en": "The Price of Alliances"},
        {"zh": ("李小明",), "en": ("LI Xiaoming",)},
    ),
]


@pytest.mark.parametrize(("printed", "title", "authors"), HEADS)
def test_title_and_names_are_found_among_heads_and_columns(printed, title, authors):
    found = metadata(DOC, _passages(*printed))
    assert found.title == title
    assert found.authors == authors


def test_the_english_summary_gives_title_names_and_keywords():
    found = metadata(
        DOC,
        _passages(
            ("title", "同盟的代价"),
            ("author", "李明　王小样"),
            ("keywords", "关键词：同盟；代价"),
            ("title", "The Price of Alliances"),
            ("author", "LI Ming and WANG Xiaoyang"),
            ("keywords", "Key words: alliance, price"),
        ),
    )
    assert found.title == {"zh": "同盟的代价", "en": "The Price of Alliances"}
    assert found.authors == {"zh": ("李明", "王小样"), "en": ("LI Ming", "WANG Xiaoyang")}
    assert found.keywords == {"zh": ("同盟", "代价"), "en": ("alliance", "price")}


def test_names_that_stand_behind_an_english_title_are_not_of_it():
    pairs: list[tuple[Kind, str]] = [
        ("title", "同盟的代价"),
        ("author", "李明"),
        ("title", "The Price of Alliances Li Ming"),
    ]
    found = metadata(DOC, _passages(*pairs))
    assert (found.title["en"], found.authors["en"]) == ("The Price of Alliances", ("Li Ming",))
    kept = metadata(DOC, _passages(pairs[0], ("author", "张样"), pairs[2]))  # no author of this surname
    assert kept.title["en"] == "The Price of Alliances Li Ming"


def test_what_is_printed_wins_and_what_the_file_says_fills_the_gaps():
    said = {
        "title": ("同盟的价格", "The Price of Alliances"),
        "authors": ("李明明",),
        "journal": ("样例评论",),
        "year": ("2020-05-01",),
        "volume": ("07",),
        "issue": ("3",),
        "pages": ("4–24",),
        "doi": ("https://doi.org/10.5555/SAMPLE.1",),
        "keywords": ("同盟;代价",),
        "affiliations": ("虚构大学",),
    }
    found = metadata(
        DOC, _passages(("title", "同盟的代价"), ("author", "李明"), ("furniture", "样例评论2019年第2期")), said
    )
    assert found.title == {"zh": "同盟的代价", "en": "The Price of Alliances"}
    assert found.authors == {"zh": ("李明",)}
    assert (found.journal, found.year, found.issue) == ({"zh": "样例评论"}, 2019, "2")
    assert (found.volume, found.pages, found.doi) == ("7", "4-24", "10.5555/sample.1")
    assert found.keywords == {"zh": ("同盟", "代价")}
    assert found.affiliations == {"zh": ("虚构大学",)}


def test_what_the_file_says_wins_over_the_day_a_manuscript_came_in():
    came_in = _passages(("furniture", "收稿日期：2018-11-02"))
    assert metadata(DOC, came_in).year == 2018
    assert metadata(DOC, came_in, {"year": ("2019",)}).year == 2019


@pytest.mark.parametrize(
    "title", ["Microsoft Word - 稿件3.doc", "untitled", "无标题", "P004-024.indd", "文档1", "", "123"]
)
def test_what_programs_put_in_for_a_title_is_none(title):
    assert metadata(DOC, [], {"title": (title,), "authors": ("Administrator", "微软用户")}) == Metadata(doc=DOC)


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        (("李明", "王小样"), {"zh": ("李明", "王小样")}),
        (("李明;王小样",), {"zh": ("李明", "王小样")}),
        (("Sample, John", "Muster, Mary"), {"en": ("Sample, John", "Muster, Mary")}),
    ],
)
def test_names_as_files_state_them(said, authors):
    assert metadata(DOC, [], {"authors": said}).authors == authors


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("同盟；代价；角色", ["同盟", "代价", "角色"]),
        ("同盟;  代价;角色。", ["同盟", "代价", "角色"]),
        ("同盟、代价、角色", ["同盟", "代价", "角色"]),
        ("同盟，代价, 角色", ["同盟", "代价", "角色"]),
        ("同盟　代价 “三边机制”", ["同盟", "代价", "“三边机制”"]),
        ("同盟 / 代价", ["同盟", "代价"]),
        ("security dilemma; role", ["security dilemma", "role"]),
        ("security dilemma, role", ["security dilemma", "role"]),
        ("security dilemma  role theory", ["security dilemma", "role theory"]),
        ("security dilemma", ["security dilemma"]),
        ("同盟；同盟", ["同盟"]),
        ("", []),
    ],
)
def test_keywords_are_parted_by_the_strongest_sign(line, words):
    assert list(split_keywords(line)) == words


@given(st.lists(st.tuples(st.sampled_from(get_args(Kind)), any_texts.filter(bool)), max_size=8))
def test_never_raises(pairs):
    found = metadata(DOC, _passages(*pairs))
    assert all(found.title.values())
