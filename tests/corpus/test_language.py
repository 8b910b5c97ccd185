import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.texts import any_texts

from bianma.corpus.language import language_of, main_language, stretches

# A text with the stretches that are not in its main language in [[ ]], each with its language, in order.
MARKED = [
    # one language
    ("同盟国之间的责任分担从来不只是金额之争。", "zh-Hans", []),
    ("盟國之間的責任分擔從來不只是金額之爭。", "zh-Hant", []),
    ("Alliances are rarely equal.", "en", []),
    ("公民自由", "zh-Hans", []),  # no sign of either script: what the article is in
    ("12 · —", "und", []),
    ("Равновесие интересов", "und", []),
    # titles and quotations in other languages
    ("参见田中样例：[[『アジアの海と秩序』]]，第3页。", "zh-Hans", ["ja"]),
    ("作者援引“[[동북아 안보의 重心]]”一文说明自己的立场。", "zh-Hans", None),
    ("所谓安全困境（[[security dilemma]]）指的是这样一种处境。", "zh-Hans", ["en"]),
    ("这一说法出自[[Theory of Sample Politics, 1979]]，此后广为流传。", "zh-Hans", ["en"]),
    # acronyms are words of the Chinese sentence
    ("NATO与G7成员国的GDP之和远远超过对手。", "zh-Hans", []),
    ("见 https://www.example.org/a/b.html，访问时间：2021年3月5日。", "zh-Hans", []),
    ("这一标题是[[THE LIMITS OF POLITICS]]。", "zh-Hans", ["en"]),
    # the other script of Chinese, as a quotation or as a sentence
    (
        "他写道：[[“兩國關係應當建立在對等的基礎上。”]]这句话后来被反复引用，成为讨论同盟内部平等问题时的一个起点。",
        "zh-Hans",
        ["zh-Hant"],
    ),
    ("这是简体的句子，说的是安全问题。[[這是繁體的句子，說的是安全問題。]]", "zh-Hans", ["zh-Hant"]),
    ("這是繁體的句子，引用了[[「从实力出发的对话」]]這個說法。", "zh-Hant", ["zh-Hans"]),
    ("作者姓名中有一个昇字，这并不改变这句话的语言。", "zh-Hans", []),
    # what says nothing follows the text
    ("這個說法並不新。公民自由。", "zh-Hant", []),
    # Japanese without kana
    ("参见某某：[[『見本国際政治』]]，2020年。", "zh-Hans", ["ja"]),  # 国 as in simplified, 際 as in traditional
    ("这里指的是[[『戦略論集』]]这本杂志。", "zh-Hans", ["ja"]),  # a form of Japan
    (
        "关于这个问题的讨论很多，说法不一，至今没有定论，这里不再展开。参见样例：[[『東亜の海』，東京：見本書房，2007年，第5頁。]]",
        "zh-Hans",
        ["ja"],
    ),
    ("[[見本省「令和五年版防衛白書」、2023年。]]", "ja", ["ja"]),
    # a Chinese sentence round it
    ("他为此引用了[[『アジアの未来』]]一文来说明。", "zh-Hans", ["ja"]),
    ("日语中的[[おもてなし]]一词难以翻译。", "zh-Hans", ["ja"]),
    ("这份扫描稿把数字ニ认错了，但这仍然是一句中文。", "zh-Hans", []),
    # a word of Latin inside a Japanese title belongs to it
    ("关于这次会议对于同盟关系的意义，详细的讨论参见[[「首脳会合（Summit）の意義」]]，第2页。", "zh-Hans", ["ja"]),
    ("参见[[Кремль и Азия]]一书，这里从略。", "zh-Hans", ["und"]),
]


def _marked(text: str) -> tuple[str, list[str]]:
    return re.sub(r"\[\[|\]\]", "", text), re.findall(r"\[\[(.*?)\]\]", text)


@pytest.mark.parametrize(("marked", "main", "others"), MARKED)
def test_a_text_is_parted_into_its_languages(marked, main, others):
    text, pieces = _marked(marked)
    found = stretches(text)
    assert main_language(found) == main == language_of(text)
    if others is not None:
        inside = [
            (text[a:b].strip("“”。"), language) for a, b, language in found if language != main or len(found) == 1
        ]
        expected = list(zip([p.strip("“”。") for p in pieces], others, strict=True)) or (
            [] if len(found) > 1 else inside
        )
        assert inside == expected


def test_a_korean_quotation_keeps_its_hanja():
    text = "作者援引“동북아 안보의 重心”一文说明自己的立场。"
    assert [text[a:b].strip("“”") for a, b, language in stretches(text) if language == "ko"] == ["동북아 안보의 重心"]


def test_a_note_with_references_in_three_languages_is_parted_between_them():
    text = (
        "김견본, 「위협 인식의 정치」, 2021, 15쪽; 見本一郎「脅威を語る」、2020年、4頁；王样例：《威胁的话语》，第3页。"
    )
    found = [(text[a:b], language) for a, b, language in stretches(text)]
    assert [language for _, language in found] == ["ko", "ja", "zh-Hans"]
    assert found[1][0].strip(" ；").startswith("見本一郎")
    assert found[2][0].startswith("王样例")


def test_the_article_tells_what_an_unsigned_text_is_in():
    assert language_of("公民自由", otherwise="zh-Hant") == "zh-Hant"
    assert language_of("公民自由說", otherwise="zh-Hans") == "zh-Hant"


def test_nothing_is_in_no_language():
    assert stretches("") == ()
    assert main_language(()) == "und"


def test_a_word_of_latin_weighs_less_than_one_of_han():
    assert language_of("安全困境（security dilemma）难以消除") == "zh-Hans"


ASIAN = st.text(alphabet="東国際學学会政治的了ニかなカナ한국어abcXY 12「」『』“”《》。，、；：\n第頁年", max_size=60)


@given(st.one_of(any_texts, ASIAN, st.text(max_size=200)))
def test_stretches_are_the_whole_text_in_order(text):
    found = stretches(text)
    assert "".join(text[a:b] for a, b, _ in found) == text
    assert all(a < b for a, b, _ in found)
    assert all(left[2] != right[2] for left, right in pairwise(found))
    assert language_of(text) == main_language(found)


@given(st.text(alphabet="国际关系安全的们这说，。《》（）GDP 0123456789", min_size=1, max_size=80))
def test_simplified_text_with_acronyms_is_one_stretch(text):
    assert len(stretches(text)) == 1


def test_thousands_of_open_quotation_marks_cost_no_time():
    text = "「" * 3000 + "の説" + "『" * 3000 + "说"
    assert "".join(text[a:b] for a, b, _ in stretches(text)) == text
    nested = "「“" * 1500 + "の說说" + "”」" * 1500
    assert "".join(nested[a:b] for a, b, _ in stretches(nested)) == nested
