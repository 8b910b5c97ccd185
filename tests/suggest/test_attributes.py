"""Each row: a sentence of our own with its [[span]], what must be told of it, and why the row is there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianma.codebook.brackets import marked
from bianma.codebook.surroundings import Actors, Surroundings, Voices, load_surroundings
from bianma.spans import Span
from bianma.suggest.attributes import Attributes

FOLDER = Path(__file__).parents[2] / "codebook"
SHIPPED = Attributes(load_surroundings(FOLDER))
COMMITMENT, ABANDONMENT = "alliance_dilemma.commitment", "alliance_dilemma.abandonment"


def told(sentence, code=COMMITMENT, attributes=SHIPPED):
    text, marks = marked(sentence)
    return attributes.of(text, Span(*marks[0]), code)


DENIED = [
    ("双方长期缺乏[[战略互信]]。", "缺乏 denies its object"),
    ("两国尚未建立有效的[[安全机制]]。", "the negator governs the object of its verb"),
    ("小国难以维持[[战略自主]]。", "难以"),
    ("这种安排并非[[安全机制]]。", "并非"),
    ("日本并不完全[[顺从]]美国的安排。", "weakened counts as denied"),
    ("弱势盟国无法获得可靠的[[安全承诺]]。", "无法"),
    ("该国拒绝承担[[追随者]]的角色。", "拒绝"),
    ("它选择对冲而非[[追随]]。", "而非 before the second of two"),
    ("它是利用者，而不是[[追随者]]。", "而不是 in a clause of its own"),
    ("双方既没有信任，也没有[[规则]]。", "each clause has its own negator"),
    ("会谈毫无[[规则]]可循。", "毫无"),
    ("双方缺乏规则和[[互信]]。", "what is joined to the object is denied too"),
    ("双方缺乏规则、程序与[[互信]]。", "an enumeration comma ends no scope"),
    ("它不再扮演[[追随者]]。", "不再"),
    ("没有互信就没有[[安全机制]]。", "the second of two negators, each with its object"),
    ("与其说它是[[追随者]]，不如说它是利用者。", "与其说"),
    ("[[安全机制]]难以形成。", "a negated coming-about denies its subject"),
    ("东北亚的[[安全机制]]至今尚未真正建立。", "a light word between negator and verb"),
    ("美国的[[安全承诺]]已经落空。", "a denial behind"),
    ("双方[[互信]]严重不足。", "an adverb before the denial behind"),
    ("該國從未放棄制衡，也不願意[[追隨]]強者。", "traditional characters"),
    ("雙方尚未建立有效的[[安全機制]]。", "traditional characters"),
    ("它不得不承认自己并非[[平衡者]]。", "looks like negation, then is one"),
    ("Japan is not a [[follower]] of anybody.", "English not"),
    ("The rivals live without a [[security regime]].", "English without"),
    ("The states failed to build a [[security regime]].", "English failed to"),
    ("A [[security regime]] did not emerge.", "English negation behind"),
    ("It chose hedging rather than [[bandwagoning]].", "English rather than"),
    ("It doesn’t seek [[autonomy]].", "a typographic apostrophe"),
]
ASSERTED = [
    ("双方建立了[[安全机制]]。", "no negator at all"),
    ("美国不仅重申[[安全承诺]]，而且增加驻军。", "不仅"),
    ("它不但[[追随]]强者，还牵制弱者。", "不但"),
    ("小国不得不[[追随]]强者。", "不得不"),
    ("双方不断加强[[同盟管理]]。", "不断"),
    ("日本非[[追随]]美国不可。", "非…不可 around the span"),
    ("小国非依附大国不可的[[不对称]]由此加深。", "the second part of 非…不可 before the span"),
    ("盟国无不担心[[被抛弃]]。", "无不"),
    ("它从未放弃[[对冲]]。", "double negation"),
    ("没有哪个盟国不担心[[被牵连]]。", "double negation at a distance"),
    ("它不否认自己是[[追随者]]。", "double negation with a verb"),
    ("它并非缺乏[[战略自主]]。", "two negators side by side"),
    ("双方未能从根本上摆脱[[安全困境]]。", "negated doing-away leaves the thing standing"),
    ("同盟各国无法避免[[安全困境]]。", "the same with 避免"),
    ("[[同盟困境]]并未消失。", "negated disappearance"),
    ("[[同盟困境]]没有得到解决。", "a negated verb that is no coming-about"),
    ("它不是追随者而是[[利用者]]。", "而是 turns"),
    ("缺乏互信导致[[安全困境]]。", "another verb begins behind the object"),
    ("缺乏互信是[[安全困境]]的根源。", "the lack is the subject"),
    ("双方缺乏互信，[[安全困境]]因此加剧。", "a comma ends the scope"),
    ("未签署条约的日本继续[[追随]]美国。", "the negator stays in the description"),
    ("美国是不是提供[[安全承诺]]，仍有疑问。", "是不是 asks"),
    ("有没有[[安全机制]]，结果大不一样。", "有没有 asks"),
    ("这是一种[[不对称]]同盟。", "不 inside the span"),
    ("未来的[[安全机制]]需要规则。", "未来"),
    ("兩國不僅需要[[安全機制]]，還需要互信。", "traditional characters"),
    ("Japan not only offers [[commitment]] but also arms.", "English not only"),
    ("The alliance is not without [[asymmetry]].", "English double negation"),
    ("Japan is no balancer but a [[follower]].", "English but turns"),
    ("No. 2 of the list is [[burden sharing]].", "no. as a number"),
]
HELD = [
    ("施韦勒认为，国家往往[[追随]]强者。", "施韦勒", "a bare name"),
    ("美国学者施韦勒在其论文中指出，国家会[[追随]]强者。", "美国学者施韦勒", "what follows the name is taken off"),
    ("日方称，双方将坚持[[安全承诺]]。", "日方", "one-character verb"),
    ("有学者指出，[[同盟困境]]不可避免。", "有学者", "unnamed scholars"),
    ("因此，部分学者主张[[对冲]]。", "部分学者", "a connective before"),
    ("据日本媒体报道，[[防务分担]]谈判陷入僵局。", "日本媒体", "a frame"),
    ("在米尔斯海默看来，大国只能[[制衡]]。", "米尔斯海默", "a frame without a verb"),
    ("按照杰维斯的定义，[[安全机制]]包含规范。", "杰维斯", "a frame around a definition"),
    ("现实主义者关于[[同盟困境]]的观点由来已久。", "现实主义者", "the span inside the view's name"),
    ("米尔斯海默的观点是，[[安全机制]]作用有限。", "米尔斯海默", "what the view is said to be"),
    ("岸田表示：“同盟是基石。日本愿意承担更多[[责任]]。”", "岸田", "a later sentence of a quotation"),
    ("首相表示：“同盟是基石。我们认为[[安全承诺]]牢固。", "首相", "a quotation that is not closed"),
    ("“日本愿意承担更多[[责任]]，绝不退缩。”首相说。", "首相", "the speaker behind the quotation"),
    ("施韦勒考察了历史，施韦勒认为国家会[[追随]]强者，并强调利益的作用。", "施韦勒", "the subject in the same clause as its verb"),
    ("施韋勒認為，國家往往[[追隨]]強者。", "施韋勒", "traditional characters, in the text's own wording"),
    ("首相表示：「同盟是基石。日本願意承擔更多[[責任]]。」", "首相", "corner brackets"),
    ("研究表明，[[不对称]]同盟更为持久。", "研究", "a finding with a head"),
    ("Schweller argues that states [[bandwagon]] for profit.", "Schweller", "English verb"),
    ("However, Snyder (1984) contends that [[abandonment]] is feared.", "Snyder", "a connective before and a year behind"),
    ("According to Snyder, the [[alliance dilemma]] never ends.", "Snyder", "English frame"),
    ("The [[alliance dilemma]] never ends, Snyder argues.", "Snyder", "the report at the end"),
    ("Japanese officials said the [[security guarantee]] was firm.", "Japanese officials", "English head"),
]  # fmt: skip
NOBODY = [
    ("一般认为，国家会[[追随]]强者。", "一般 names nobody"),
    ("该国被认为是[[追随者]]。", "a passive without an agent"),
    ("It is said that states [[bandwagon]].", "English impersonal"),
]
AUTHOR = [
    ("The dilemma, as Snyder describes it, is old. A [[follower]] knows it.", "an English sentence ends its report"),
    ("美国重申的[[安全承诺]]并不牢固。", "a verb that describes"),
    ("该国对盟友表示支持，[[军备竞赛]]随之加剧。", "a subject that is none"),
    ("这一结果是劝说的产物，[[同盟管理]]因此成功。", "说 in 劝说"),
    ("国家往往[[追随]]强者。", "no report"),
    ("笔者认为，国家会[[追随]]强者。", "笔者"),
    ("本文认为，[[安全机制]]起于恐惧。", "本文"),
    ("需要指出的是，[[安全机制]]并非万能。", "a modal verb before the verb"),
    ("施韦勒认为国家追随强者，本文认为国家更常[[对冲]]。", "the author's turn in the same sentence"),
    ("施韦勒认为国家追随强者，但事实上[[对冲]]更为常见。", "事实上 ends the report"),
    ("施韦勒认为国家追随强者。[[对冲]]却更常见。", "the report ends with its sentence"),
    ("这一变化表明，[[安全承诺]]正在削弱。", "a fact shows, nobody speaks"),
    ("该国承担“[[追随者]]”的角色。", "quotation marks that set a word apart"),
    ("这是一种非对称同盟中的[[安全承诺]]。", "称 in 对称"),
    ("这一安排被称为[[安全机制]]。", "称为 names a thing"),
    ("數據說明，[[安全機制]]有效。", "traditional characters: figures speak for the author"),
    ("We argue that [[security regimes]] begin with fear.", "English own voice"),
]
ACTED = [
    ("日本在经济上[[对冲]]。", "日本", "the plain case"),
    ("日本对美国的[[追随]]由来已久。", "日本", "the object of a preposition is skipped"),
    ("东京希望[[对冲]]风险。", "日本", "a capital"),
    ("美方要求日方承担[[责任分担]]。", "日本", "the nearer of two names"),
    ("日本依赖美国的[[安全承诺]]。", "美国", "the owner of what follows"),
    ("日本追随美国[[制衡]]对手。", "日本", "the object of a verb is skipped"),
    ("日本和韩国共同[[制衡]]对手。", "日本; 韩国", "two joined names"),
    ("日本与韩国共同[[制衡]]对手。", "日本; 韩国", "与 joins where 共同 follows"),
    ("日本与美国保持距离以[[对冲]]风险。", "日本", "与 is a preposition otherwise"),
    ("英国、法国和德国选择[[对冲]]。", "英国; 法国; 德国", "a row of three"),
    ("美日韩三国都在[[制衡]]对手。", "美国; 日本; 韩国", "short names in a row"),
    ("为了避免[[被抛弃]]，日本增加了军费。", "日本", "the subject of the clause behind"),
    ("日本增加了军费，以便[[对冲]]风险。", "日本", "the subject of the clause before"),
    ("担心[[被抛弃]]的韩国增加了军费。", "韩国", "whom the span describes"),
    ("日美同盟的[[不对称]]由来已久。", None, "an alliance is no actor"),
    ("美日和日韩都在[[制衡]]对手。", "美国; 日本; 韩国", "nobody is named twice"),
    ("中日安全机制的[[规则]]尚不完备。", None, "a regime is no actor"),
    ("追随者总是[[被抛弃]]。", None, "nobody is named"),
    ("该国[[追随]]美国。", None, "the object behind the span"),
    ("在危机中美国重申了[[安全承诺]]。", "美国", "中美 across a name"),
    ("東京當局擔心，美國政府會收回[[安全承諾]]。", "美国", "traditional characters"),
    ("日本は同盟において[[役割]]を担う。", "日本", "Japanese"),
    ("米国は[[安全保障]]を約束した。", "美国", "a Japanese name"),
    ("한국은 [[동맹]]을 원한다。", "韩国", "Korean"),
    ("Tokyo fears [[entrapment]].", "日本", "English capital"),
    ("The US renewed its [[security commitment]] to Japan.", "美国", "capitals; the object comes behind"),
    ("They told us about [[burden sharing]].", None, "us is no US"),
    ("The [[bandwagoning]] by Japan is old.", "日本", "by"),
]


@pytest.mark.parametrize(("sentence", "why"), DENIED)
def test_denied(sentence, why):
    assert told(sentence)["polarity"] == "denied", why


@pytest.mark.parametrize(("sentence", "why"), ASSERTED)
def test_asserted(sentence, why):
    assert told(sentence)["polarity"] == "asserted", why


@pytest.mark.parametrize(("sentence", "holder", "why"), HELD)
def test_holder(sentence, holder, why):
    found = told(sentence)
    assert (found["voice"], found.get("holder")) == ("attributed", holder), why


@pytest.mark.parametrize(("sentence", "why"), NOBODY)
def test_attributed_to_nobody(sentence, why):
    found = told(sentence)
    assert (found["voice"], found.get("holder")) == ("attributed", None), why


@pytest.mark.parametrize(("sentence", "why"), AUTHOR)
def test_author(sentence, why):
    found = told(sentence)
    assert (found["voice"], found.get("holder")) == ("author", None), why


@pytest.mark.parametrize(("sentence", "actor", "why"), ACTED)
def test_actor(sentence, actor, why):
    assert told(sentence).get("actor") == actor, why


def test_who_fears_is_asked_for_some_codes_only():
    sentence = "日本担心美国[[弃盟友于不顾]]。"
    assert told(sentence, ABANDONMENT)["actor"] == "日本"
    assert told(sentence, COMMITMENT)["actor"] == "美国"


def test_not_wanting_denies_no_fear():
    assert told("日本不愿[[被抛弃]]。", ABANDONMENT)["polarity"] == "asserted"
    assert told("日本不愿[[对冲]]。")["polarity"] == "denied"


def test_nothing_is_told_without_files():
    assert told("日本并非[[追随者]]。", attributes=Attributes(Surroundings())) == {}
    only_actors = Attributes(Surroundings(actors=Actors(names={"日本": ()})))
    assert told("日本并非[[追随者]]。", attributes=only_actors) == {"actor": "日本"}
    only_negation = Attributes(Surroundings(voices=Voices(negation={"forward": ("并非",)})))
    assert told("日本并非[[追随者]]。", attributes=only_negation) == {"polarity": "denied"}


def test_a_span_beyond_the_text_or_of_nothing_visible_has_no_attributes():
    assert SHIPPED.of("日本", Span(5, 9), COMMITMENT) == {}
    assert SHIPPED.of("日\u200b本", Span(1, 2), COMMITMENT) == {}


PIECES = st.sampled_from(
    [
        "日本",
        "美国",
        "中美",
        "不",
        "未",
        "不断",
        "非",
        "不可",
        "没有",
        "是",
        "的",
        "和",
        "与",
        "对",
        "施韦勒",
        "学者",
        "认为",
        "称",
        "表示",
        "据",
        "报道",
        "在",
        "看来",
        "的观点",
        "笔者",
        "被",
        "“",
        "”",
        "「",
        "」",
        '"',
        "。",
        "，",
        "：",
        "、",
        "；",
        "(",
        ")",
        "安全机制",
        "追随",
        "強者",
        "Japan",
        "US",
        "not",
        "without",
        "argues",
        "According",
        "to",
        ",",
        ".",
        "가",
        "㈱",
        "𠮷",
        "é",
        "\u200b",
        "\r\n",
        "1990年",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_never_raises_and_the_holder_stands_in_the_text(text, data):
    ends = st.integers(0, len(text) + 2)
    pairs = [sorted(data.draw(st.tuples(ends, ends))) for _ in range(3)]
    spans = [(Span(a, b + 1), COMMITMENT) for a, b in pairs]
    found = SHIPPED.of_all(text, spans)
    assert found == [SHIPPED.of(text, *span) for span in spans]
    for attributes in found:
        assert set(attributes) <= {"polarity", "voice", "holder", "actor"}
        assert attributes.get("holder", text) in text
        assert "holder" not in attributes or attributes["voice"] == "attributed"


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 5))
def test_never_raises_on_any_text(text, start, length):
    SHIPPED.of(text, Span(start, start + length), ABANDONMENT)
