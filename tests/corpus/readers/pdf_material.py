"""Articles of our own, and the ways to print them: what `test_pdf` reads back.

An article is a list of `(role, text)`. A note stands in braces where its mark is to be printed. `plain` writes the
article as a text file would hold it; `page` as a web page, which a print engine sets as a journal would.
"""

import re
from html import escape

Article = list[tuple[str, str]]

ALLIANCE: Article = [
    ("title", "同盟承诺的时间维度"),
    ("subtitle", "——联盟困境研究的再思考"),
    ("author", "沈亦舟　顾安澜"),
    (
        "abstract",
        "同盟为什么在同样的威胁面前时紧时松？既有研究多从权力对比与威胁分布入手，把承诺看作一次作出、长期有效的决定。本文认为，承诺的可信程度随时间而变，"
        "盟国对“被抛弃”与“受牵连”的担忧也随之此起彼伏。文章据此提出一个以时间为轴的解释框架，并以两组海上危机加以检验。结果表明，承诺越是临近兑现，"
        "弱势一方越倾向于要求书面保证，而强势一方越倾向于保持含糊。",
    ),
    ("keywords", "联盟困境；同盟承诺；时间视野；战略含糊"),
    (
        "body",
        "同盟是国际政治中最古老的制度之一，也是最难以捉摸的制度之一。{感谢两位审读人的意见，文中的疏漏由我们自己承担，与他们无关。}两个国家在纸面上写下互相援助的条款，并不"
        "意味着危机到来时它们会采取一致的行动。过去半个世纪的讨论大多围绕一个问题展开：盟友之间的信任从何而来，又为何常常在最需要的时候消失。{参见施廷和：《同盟的"
        "逻辑》，北京：远山出版社2009年版，第31—38页。}",
    ),
    (
        "body",
        "本文试图从时间入手重新理解这一问题。我们的出发点很简单：今天作出的承诺要在明天兑现，而明天的代价在今天是看不清的。距离兑现越远，作出承诺就越容易；距离兑现越"
        "近，反悔的诱惑就越大。这并不是说领导人不守信用，而是说同一份条约在不同的时点上意味着不同的东西。",
    ),
    ("heading1", "一、问题的提出"),
    (
        "body",
        "联盟困境指的是盟国在“被抛弃”与“受牵连”之间的两难。{这里的“牵连”指一国因盟友的利益而卷入自己并不赞成的冲突，与一般所说的连带责任有所不同，后者不以同盟"
        "条约为前提。}一国若对盟友承诺过多，就可能被拖入与己无关的战争；若承诺过少，又可能在自己遇险时孤立无援。斯奈德最早把这一两难写成一个简洁的模型，此后的研究"
        "则不断为它补充条件。{Glenn Marlowe, “Waiting for Allies,” Review of Distant Affairs, Vol. 12, No. 3, 1987, pp. 44-71.}这些条件包括地理距离、军事技术、国内"
        "政治以及声誉。",
    ),
    (
        "body",
        "然而，多数模型都假定两种担忧可以同时被观察到，并且可以在同一把尺子上相互抵消。这一假定并不稳妥。在平时，盟国最担心的是对方的冷淡；在危机中，它们最担心的却往往"
        "是对方的热情。换言之，两种担忧并不总是同时出现，它们更像是潮水，一涨一落，各有其时。正如一位老外交官在回忆录中所写：",
    ),
    (
        "quote",
        "我们签字的那天，人人都谈论友谊；军舰起航的那天，人人都谈论条文。友谊属于平静的日子，条文属于有雾的早晨，而真正的决定总是在两者之间的某个夜里作出。",
    ),
    (
        "body",
        "这段话提示我们，承诺的意义取决于它被援引的时刻。基于此，本文把同盟承诺分为三个阶段：缔约阶段、平稳阶段与兑现阶段。每个阶段中，盟国拥有不同的信息，也面对不同的"
        "选择，因而会采取不同的办法来管理自己的担忧。",
    ),
    ("heading1", "二、既有解释及其不足"),
    ("heading2", "（一）以权力为中心的解释"),
    (
        "body",
        "第一类解释强调权力的不对称。{参见罗千寻：《权力与依附》，《远方政治评论》2011年第2期，第5—19页。}弱国依赖强国的保护，因此更怕被抛弃；强国承担保护的费用，"
        "因此更怕受牵连。这类解释清楚有力，却难以说明为什么同一个弱国在两次危机中的表现会截然相反：第一次它催促强国出兵，第二次它却主动与对手接触。权力对比在两次危机之"
        "间几乎没有变化。",
    ),
    ("heading2", "（二）以威胁为中心的解释"),
    (
        "body",
        "第二类解释转向威胁的来源与强度。按照这种看法，共同威胁越清楚，同盟就越团结；威胁一旦模糊，分歧便会浮现。问题在于，威胁并不是摆在那里等人辨认的东西，它要经过国内"
        "的解读和盟友之间的商量才会成为政策的依据。{关于威胁如何被解读，国内学界已有不少讨论，本文不再一一列举，只在涉及具体案例时加以说明。}两个盟国面对同一支舰队，"
        "可能看到完全不同的意图。1996年和2004年的两次危机就是如此。",
    ),
    (
        "body",
        "此外，还有研究从声誉、国内听众以及制度设计等角度加以补充。这些研究丰富了我们的认识，但它们和前两类解释一样，很少追问时间本身的作用。承诺是在什么时候作出的，又要在"
        "什么时候兑现，这两个问题在大多数模型里只是背景。表1概括了三类解释的异同。",
    ),
    ("caption", "表1　三类解释的比较"),
    ("table", "解释路径|核心变量|主要担忧|对时间的处理"),
    ("row", "权力|实力对比|弱国怕抛弃|不考虑"),
    ("row", "威胁|威胁强度|因威胁而异|间接考虑"),
    ("row", "时间|兑现距离|随阶段转换|核心变量"),
    ("source", "资料来源：作者自制。"),
    ("heading1", "三、承诺的三个阶段"),
    (
        "body",
        "在缔约阶段，双方都愿意把话说得漂亮一些。此时兑现遥远，代价模糊，而缔约本身带来的威慑收益却是即刻的。因此，这一阶段的承诺往往宽泛，条款中常见“协商”“必要措施”一"
        "类的字眼。{例如两国在联合声明中只写明“就共同关切保持密切磋商”，既没有列出触发条件，也没有规定援助的方式与期限。}宽泛并非疏忽，而是双方共同的选择。",
    ),
    (
        "body",
        "进入平稳阶段以后，被抛弃的担忧逐渐上升。弱势一方会反复要求强势一方重申承诺，联合演习、高层互访和驻军安排都可以看作承诺的利息：本金没有到期，但利息必须按时支付，"
        "否则债权人就会怀疑债务人的意愿。{债务的比喻当然有其限度：债务可以通过法庭追讨，承诺则不能。}强势一方通常愿意支付这笔利息，因为它比本金便宜得多。",
    ),
    (
        "body",
        "到了兑现阶段，情形发生逆转。强势一方开始计算参战的代价，并且回头阅读条款中的每一个字；弱势一方则发现，自己多年来要求的“明确承诺”可能把它推上前线。于是两种担忧"
        "在短时间内交换了位置。我们把这一现象称为“担忧的转换”。它解释了为什么危机前夜的同盟看上去总是异常热闹，又异常脆弱。{沈亦舟：《雾中的舰队》，上海：南浦出版社"
        "2015年版，第102页。}",
    ),
    ("heading1", "四、结语"),
    (
        "body",
        "同盟承诺不是一件可以一劳永逸地放在柜子里的器物。它有自己的年岁，会在平静中生锈，也会在危机中变得滚烫。把时间纳入分析，并不是要否定权力与威胁的作用，而是要说明它们"
        "通过怎样的次序起作用。对政策研究者来说，这意味着评估一个同盟时不应只问它有多强，还应问它走到了哪一步。",
    ),
    ("etitle", "The Temporal Dimension of Alliance Commitments"),
    ("eauthor", "SHEN Yizhou and GU Anlan"),
    (
        "eabstract",
        "Why do alliances tighten and loosen in the face of the same threat? Existing research treats commitment as a decision that is made once and holds for long. "
        "This article argues that the credibility of a commitment varies over time, and that fears of abandonment and entrapment rise and fall with it. "
        "Two maritime crises are examined in the light of a framework built around the distance to fulfilment.",
    ),
    ("ekeywords", "alliance dilemma; commitment; time horizon; strategic ambiguity"),
]

ENGLISH: Article = [
    ("title", "Borrowed Time: Alliance Promises and Their Expiry"),
    ("author", "Edith Marrow and Tomas Lindqvist"),
    (
        "eabstract",
        "Alliance promises are made in one season and called upon in another. We ask how the distance between the two changes what allies fear. "
        "Drawing on two naval crises, we show that the weaker party asks for written guarantees when fulfilment is near, while the stronger party prefers ambiguity.",
    ),
    ("ekeywords", "alliances; commitment; ambiguity; time horizons"),
    ("heading1", "Introduction"),
    (
        "body",
        "Most accounts of alliance politics treat a commitment as something that a government either has or lacks. This is a convenient simplification, and it has served the field "
        "reasonably well.{We use the word commitment for any promise of assistance that is public, whether or not it has been ratified by a parliament.} Yet it conceals an "
        "uncomfortable fact: the same treaty, read on the day of its signature and on the eve of mobilization, does not describe the same obligation. Circumstances have intervened, "
        "governments have changed, and the adversary whom the signatories had in mind may have become a trading partner.",
    ),
    (
        "body",
        "The argument of this article is that fears of abandonment and fears of entrapment are not two ends of one scale. They belong to different moments in the life of an alliance. "
        "During quiet years the junior partner worries about indifference; in a crisis it worries about enthusiasm. A theory that observes both at once will therefore misunderstand "
        "each of them, and will recommend reassurance precisely when restraint is needed.",
    ),
    ("heading1", "Three Stages of a Promise"),
    (
        "body",
        "We distinguish negotiation, maintenance and fulfilment. In the first stage the benefits of a declaration are immediate and its costs are remote, so that generous language is cheap. "
        "In the second stage the partners exchange visits, exercises and communiqués, which we compare to interest payments on an outstanding debt.{The comparison has limits: a debt may be "
        "enforced by a court, whereas a promise between states may not.} In the third stage the principal falls due, and both sides rediscover the fine print of a well-established but "
        "half-forgotten document.",
    ),
    (
        "body",
        "Each stage has its characteristic misunderstanding. Negotiators overestimate their successors; administrators mistake ceremony for preparedness; and decision-makers, when the hour arrives, "
        "discover that their predecessors’ ambiguity was deliberate. None of this implies that alliances are worthless. It implies that their worth is a function of time.",
    ),
]

FANTI: Article = [
    ("title", "海上危機與同盟承諾"),
    ("author", "葉庭筠"),
    ("abstract", "本文討論同盟承諾如何隨時間改變其意義，並以兩次海上危機說明「被拋棄」與「受牽連」兩種憂慮的消長。"),
    ("keywords", "同盟困境；海上危機；戰略模糊"),
    ("heading1", "一、前言"),
    (
        "body",
        "同盟困境指的是盟國在「被拋棄」與「受牽連」之間的兩難。{此處所謂「牽連」，指一國因盟友的利益而捲入自己並不贊成的衝突，與一般所說的連帶責任不同。}學者多以權力對比解釋這一現象，"
        "認為弱國害怕被拋棄，強國害怕受牽連。然而，同一個弱國在兩次危機中的表現往往截然相反：第一次它催促強國出兵，第二次它卻主動與對手接觸。權力對比在兩次危機之間幾乎沒有變化，"
        "可見還有別的因素在起作用。",
    ),
    (
        "body",
        "本文主張，這個因素就是時間。承諾距離兌現愈遠，作出承諾就愈容易；距離兌現愈近，反悔的誘惑就愈大。正如一位老船長所言：「風平浪靜時人人都是好水手，『起霧』之後才看得出誰認得航道。」"
        "{葉庭筠：《霧中行船》，台北：遠山書局2008年版，第77頁。}平時的友誼與危機中的條文，各有各的季節，也各有各的讀者。",
    ),
    ("heading1", "二、結論"),
    (
        "body",
        "綜上所述，評估一個同盟時不應只問它有多強，還應問它走到了哪一步。對於小國而言，最危險的時刻並不是承諾最含糊的時候，而是承諾忽然變得清楚的時候。",
    ),
]

STAR = "* 沈亦舟，东湖大学国际关系学院副教授、博士；顾安澜，东湖大学国际关系学院博士生。"

NOTE = re.compile(r"\{([^}]*)\}")
LABELS = {"abstract": "内容提要：", "keywords": "关键词：", "eabstract": "Abstract: ", "ekeywords": "Key words: "}


def circled(number: int) -> str:
    """Return ① for 1."""
    return chr(0x245F + number)


def bare(text: str) -> str:
    """Return `text` without its notes."""
    return NOTE.sub("", text)


def notes(article: Article) -> list[str]:
    """Return the notes in order."""
    return [note for _, text in article for note in NOTE.findall(text)]


def plain(article: Article) -> str:
    """Return the article as a text file: a paragraph a line, each paragraph's notes behind it."""
    lines: list[str] = []
    for role, text in article:
        if role in ("table", "row"):
            lines.append("| " + " | ".join(text.split("|")) + " |")
            continue
        hashes = {"title": "# ", "heading1": "## ", "heading2": "### "}.get(role, "")
        lines.append(hashes + LABELS.get(role, "") + bare(text))
        lines += [f"{circled(n)} {note}" for n, note in enumerate(NOTE.findall(text), 1)]
    return "\n\n".join(lines) + "\n"


def _marked(text: str) -> str:
    """Write notes as elements that a print engine puts at the foot of the page."""
    parts = NOTE.split(text)
    return "".join(f'<span class="note">{escape(p)}</span>' if n % 2 else escape(p) for n, p in enumerate(parts))


def _rows(article: Article) -> str:
    rows = [text.split("|") for role, text in article if role in ("table", "row")]
    return "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)


def body(article: Article) -> str:
    """Return the article as HTML, one element a paragraph, its role as class."""
    out: list[str] = []
    for role, text in article:
        if role == "table":
            out.append(f"<table>{_rows(article)}</table>")
        elif role != "row":
            label = f"<b>{LABELS[role]}</b>" if role in LABELS else ""
            out.append(f'<p class="{role}">{label}{_marked(text)}</p>')
    return "\n".join(out)


_SHEET = """
@counter-style circled { system: fixed; symbols: "①" "②" "③" "④" "⑤" "⑥" "⑦" "⑧" "⑨" "⑩"; suffix: " "; }
@page { size: %(size)s; margin: 22mm 18mm 18mm; counter-reset: footnote;
  @footnote { border-top: .5pt solid; padding-top: 3pt; margin-top: 8pt; } }
@page :left { @top-left { content: counter(page); font: 9pt serif; }
  @top-right { content: "远方政治评论　2019年第4期"; font: 9pt "Noto Serif CJK SC"; } }
@page :right { @top-left { content: "同盟承诺的时间维度"; font: 9pt "Noto Serif CJK SC"; }
  @top-right { content: counter(page); font: 9pt serif; } }
@page :first { @bottom-center { content: counter(page); font: 9pt serif; } }
body { font: 10.5pt/1.65 "Noto Serif CJK SC"; text-align: justify; margin: 0; }
p { margin: 0; text-indent: 2em; orphans: 1; widows: 1; }
.title, .subtitle, .author, .etitle, .eauthor, .caption { text-align: center; text-indent: 0; }
.title { font-size: 18pt; margin-top: 6mm; } .subtitle { font-size: 13pt; } .author { font-size: 12pt; margin: 4mm 0; }
.abstract, .keywords { font-size: 9pt; margin: 0 2em; } .keywords { margin-bottom: 6mm; }
.heading1 { font: bold 14pt "Noto Sans CJK SC"; text-align: center; text-indent: 0; margin: 5mm 0; }
.heading2 { font-family: "Noto Sans CJK SC"; margin: 2mm 0; }
.quote { font-family: "Noto Sans CJK SC"; margin: 3mm 2em; }
.caption { font: 9pt "Noto Sans CJK SC"; } .source { font-size: 8.5pt; text-indent: 0; margin-bottom: 4mm; }
table { border-top: 1pt solid; border-bottom: 1pt solid; width: 100%%; font-size: 9pt; border-collapse: collapse; }
tr:first-child td { border-bottom: .5pt solid; }
.etitle { font-size: 14pt; margin-top: 8mm; font-weight: bold; } .eabstract, .ekeywords { text-indent: 0; hyphens: auto; }
.note { float: footnote; font: 8pt/1.5 "Noto Serif CJK SC"; footnote-style-position: inside; text-indent: 0; }
.note::footnote-call { content: counter(footnote, circled); font-size: 60%%; vertical-align: super; line-height: 0; }
.note::footnote-marker { content: counter(footnote, circled) " "; }
%(more)s
"""

ENGLISH_COLUMNS = (
    ".text { columns: 2; column-gap: 7mm; } body { font: 10pt/1.3 'Noto Serif CJK SC', serif; hyphens: auto; } "
    ".heading1 { font-size: 12pt; text-align: left; } .title { font-size: 17pt; }"
)

TWO_COLUMNS = (
    ".text { columns: 2; column-gap: 8mm; } .text .heading1 { font-size: 12pt; } "
    ".note { font-size: 7.5pt } .keywords { margin-bottom: 8mm; }"
)
_FRONT = ("title", "subtitle", "author", "abstract", "keywords")
_ENGLISH_FRONT = ("title", "author", "eabstract", "ekeywords")


def page(article: Article, *, size: str = "160mm 230mm", more: str = "", lang: str = "zh-Hans") -> str:
    """Return the article as a page that a print engine sets as a journal would: its front over its text."""
    above = _ENGLISH_FRONT if lang == "en" else _FRONT
    front = body([x for x in article if x[0] in above])
    text = body([x for x in article if x[0] not in above])
    sheet = _SHEET % {"size": size, "more": more}
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>同盟承诺的时间维度</title>'
        f'<meta name="author" content="沈亦舟"><style>{sheet}</style>'
        f'<body>{front}<div class="text">{text}</div></body></html>'
    )
