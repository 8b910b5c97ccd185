"""The English summary page of a Chinese journal: which of the summaries on it belongs to this article?

Such a page is cut out whole. It may begin with the end of another article's summary and close with the head of a third.
A summary is this article's own if the Chinese authors' surnames stand in it in pinyin; where that does not decide, the
first complete one is taken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bianma.corpus.paragraphs.clean import Paragraph
from bianma.corpus.patterns import layout
from bianma.corpus.patterns.masthead import is_pinyin_names
from bianma.corpus.script import HAN
from bianma.records import Kind

# The commonest surnames, by pinyin; the spellings of traditional names stand beside the simplified ones.
_SURNAMES = """
ai艾 an安 bai白柏 bao包鲍鮑 bi毕畢 bian边卞邊 cai蔡 cao曹 cen岑 chang常 che车車 chen陈谌陳 cheng程成 chi池迟遲
chu储楚褚儲 cui崔 dai戴代 deng邓鄧 di狄 ding丁 dong董东東 dou窦竇 du杜 duan段 fan范樊 fang方房 fei费費
feng冯丰封馮豐 fu傅付符 gan甘 gao高 ge葛戈 geng耿 gong龚宫龔宮 gou苟 gu顾古谷顧 guan关管關 gui桂 guo郭 hai海
han韩韓 hao郝 he何贺和賀 heng衡 hong洪 hou侯 hu胡 hua华花華 huang黄黃 huo霍 ji季吉纪姬紀 jia贾賈 jian简簡
jiang江姜蒋蔣 jiao焦 jin金靳晋晉 jing景荆井荊 ju鞠 kang康 ke柯 kong孔 kuang邝匡鄺 lai赖赖賴 lan兰蓝蘭藍 lang郎
lao劳勞 lei雷 leng冷 li李黎厉励厲 lian连廉連 liang梁 liao廖 lin林蔺藺 ling凌 liu刘柳劉 long龙龍 lou娄楼婁樓
lu卢陆鲁路吕盧陸魯 luan栾欒 luo罗骆羅駱 lv吕呂 lyu吕呂 ma马馬 mai麦麥 man满滿 mao毛茅 mei梅 men门門 meng孟蒙
miao苗缪繆 mo莫 mu穆牟木 na那 nan南 ni倪 nie聂聶 ning宁甯寧 niu牛 ou欧歐 ouyang欧歐 pan潘 pang庞逄龐 pei裴
peng彭 pi皮 piao朴 pu蒲濮 qi齐戚祁齊 qian钱錢 qiao乔喬 qin秦覃 qing卿 qiu邱丘仇裘 qu曲屈瞿 quan全权權 ran冉
rao饶饒 ren任 rong荣容榮 ru茹 ruan阮 shan单山單 shang尚商 shao邵 she佘 shen沈申 sheng盛 shi石史施时師师時 shu舒
si司 song宋 su苏宿蘇 sun孙孫 tan谭谈覃譚談 tang唐汤湯 tao陶 teng滕 tian田 tong童佟 tu涂屠 wan万萬 wang王汪
wei魏韦卫危魏韋衛 wen温文闻溫聞 weng翁 wu吴武伍巫邬吳鄔 xi席奚习習 xia夏 xian冼鲜鮮 xiang向项相項 xiao肖萧蕭
xie谢解谢謝 xin辛信 xing邢 xiong熊 xu徐许续許 xuan宣 xue薛 yan颜严闫阎燕晏顏嚴閆閻 yang杨阳羊楊陽 yao姚 ye叶葉
yi易伊 yin尹殷阴陰 ying应应英應 yong雍 you尤游 yu于余俞喻虞郁余 yuan袁元苑 yue岳 yun云雲 zang臧 zeng曾 zha查
zhai翟 zhan詹占 zhang张章張 zhao赵趙 zhen甄 zheng郑鄭 zhong钟仲鐘鍾 zhou周 zhu朱祝竺 zhuang庄莊 zhuo卓 zong宗
zou邹鄒 zu祖 zuo左
"""
_PINYIN: dict[str, set[str]] = {}
for _entry in _SURNAMES.split():
    _syllable = _entry.rstrip("".join(c for c in _entry if ord(c) > 127))
    for _character in _entry[len(_syllable) :]:
        _PINYIN.setdefault(_character, set()).add(_syllable)

_PERSON = re.compile(rf"[{HAN}·・]{{2,5}}")
_NAME_WORDS = re.compile(
    r"(?:by\s+)?[A-Z][A-Za-z'’-]*(?:\s+[A-Z][A-Za-z.'’-]*){1,3}[*†‡\d]{0,4}"
    r"(?:\s*(?:,|;|&|and|·|/|，|、|(?<=[*†‡\d])\s)\s*(?:and\s+)?[A-Z][A-Za-z'’-]*(?:\s+[A-Z][A-Za-z.'’-]*){1,3}[*†‡\d]{0,4})*",
)

_WORKPLACE = re.compile(
    r"\b(?:University|Institute|School|Department|College|Academy|Cent(?:er|re)|Professor|Ph\.?D)\b"
)


@dataclass(slots=True)
class Summary:
    """One article's summary: paragraph numbers and what they are; `labelled`: an Abstract label stood in it."""

    parts: dict[int, Kind] = field(default_factory=dict)
    text: str = ""
    labelled: bool = False
    closed: bool = False

    def has(self, kind: Kind) -> bool:
        """Tell whether a paragraph of `kind` is among the parts."""
        return kind in self.parts.values()


def own_summary(paragraphs: Sequence[Paragraph], numbers: Sequence[int], authors: str) -> dict[int, Kind]:
    """Return the kinds of the Latin paragraphs `numbers`: of this article's own summary, `foreign` for the rest."""
    summaries = _summaries(paragraphs, numbers)
    own = max(summaries, key=lambda s: _claim(s, authors), default=None)
    kinds: dict[int, Kind] = dict.fromkeys(numbers, "foreign")
    if own is not None and _is_summary(own, authors):
        kinds.update(own.parts)
    return kinds


def is_name_list(text: str) -> bool:
    """Tell whether a line of Latin text holds the names of persons and nothing else."""
    return len(text) <= 120 and (_NAME_WORDS.fullmatch(text.strip()) is not None or is_pinyin_names(text.strip()))


def has_surname(name: str) -> bool:
    """Tell whether a Chinese name begins with one of the commonest surnames."""
    return name[:1] in _PINYIN


def is_affiliation(text: str) -> bool:
    """Tell whether a line of Latin text only says where an author works: in brackets, with a place of work."""
    bare = text.strip().strip("*").strip()
    bracketed = bare[:1] in ("(", "（") and bare[-1:] in (")", "）")
    return bracketed and len(bare) <= 200 and _WORKPLACE.search(bare) is not None


def _is_workplace(p: Paragraph) -> bool:
    """Tell whether a line below an author's name says where the author works, without brackets."""
    return not p.depth and not p.bold and len(p.text) <= 250 and _WORKPLACE.search(p.text) is not None


def _is_summary(summary: Summary, authors: str) -> bool:
    if summary.has("abstract"):
        return summary.has("title") or summary.labelled
    return summary.has("title") and (_shared_names(summary, authors) > 0 or summary.has("keywords"))


def _claim(summary: Summary, authors: str) -> tuple[float, bool]:
    """Return how strong the claim of a summary is to be this article's; of equal claims the first one wins."""
    return _shared_names(summary, authors), summary.has("title") and summary.has("abstract")


def _shared_names(summary: Summary, authors: str) -> float:
    """Return the share of the Chinese authors whose surname stands among the words of the summary's head."""
    surnames = [_PINYIN[name[0]] for name in _PERSON.findall(authors) if name[0] in _PINYIN]
    words = {word.lower() for word in re.findall(r"[A-Za-z]+", summary.text)}
    return sum(bool(s & words) for s in surnames) / len(surnames) if surnames else 0.0


def _summaries(paragraphs: Sequence[Paragraph], numbers: Iterable[int]) -> list[Summary]:
    found: list[Summary] = []
    waiting: Kind | None = None  # a label stood alone: what follows it is of this kind
    for n in numbers:
        last = list(found[-1].parts.values())[-1:] if found else []
        kind, rest = _read(paragraphs[n], waiting, after_title=last == ["title"])
        if kind == "title" and last == ["author"] and _is_workplace(paragraphs[n]):
            kind = "author"
        if not found or _begins(found[-1], kind):
            found.append(Summary())
        waiting = _add(found[-1], n, kind, rest, paragraphs[n])
    return found


def _begins(summary: Summary, kind: Kind) -> bool:
    """Tell whether a paragraph of `kind` opens the next summary: a title after text, an abstract after keywords."""
    if kind == "title":
        return summary.has("abstract") or summary.has("keywords") or summary.closed
    return kind == "abstract" and summary.has("keywords")


def _add(summary: Summary, n: int, kind: Kind, rest: str, paragraph: Paragraph) -> Kind | None:
    labelled = layout.label_of(paragraph.text) is not None
    summary.labelled |= labelled and kind == "abstract"
    summary.closed |= kind == "keywords"
    if labelled and not rest:
        summary.parts[n] = "furniture"
        return kind
    summary.parts[n] = kind
    if kind in ("title", "author"):
        summary.text += f" {paragraph.text}"
    return None


def _read(paragraph: Paragraph, waiting: Kind | None, *, after_title: bool) -> tuple[Kind, str]:
    """Return what a paragraph of the page is, and its text after a label."""
    text = paragraph.text
    label = layout.label_of(text)
    if label:
        return label[0], text[label[1] :]
    if waiting:
        return waiting, text
    if (after_title and is_name_list(text)) or is_affiliation(text):
        return "author", text
    if paragraph.depth or paragraph.bold or (len(text) <= 250 and not layout.ends(text)):
        return "title", text
    return "abstract", text
