"""The folded view of a text, for matching: one spelling for all the ways to write the same thing.

Traditional and Japanese characters become simplified, full width half, capitals small; letters with a mark on them
(é, ガ) become letter and mark, as half-width katakana and some PDF files have them; dashes, quotes and name dots become
one each; what is invisible goes. All of it is done character by character, so that each folded character leads back to
the one it came from, and a cue folded alone equals the same cue folded inside a text.

Folding is for finding only. It brings together what a reader tells apart (著 and 着, 後 and 后, 乾 and 干, 瞭 and 了),
which does no harm where both sides are folded: 瞭望 is found where 瞭望 stands, whatever it looks like between. It does
not bring together different words for one thing, whether of two regions (川普 and 特朗普) or of two habits (甚麼 and
什么): these are the codebook's business.
"""

import re
import unicodedata
from array import array
from functools import cache

import opencc

from bianma.corpus.offsets import OffsetMap

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_ALIKE = {
    "-": "‐‑‒–—―−⁃﹘﹣－─━⸺⸻﹉",
    "~": "〜～∼˜",
    '"': "“”„‟″〝〞〟＂「」﹁﹂«»",
    "'": "‘’‚‛′＇『』﹃﹄‹›ʼ",
    "·": "・･•‧∙⋅",
    "/": "⁄∕",
    "...": "⋯",
    "〇": "○◯",  # 二○一九
}
# What OpenCC leaves alone: variants, traditional characters it keeps for one of their senses, radicals that PDF files
# hold for whole characters. Each pair: as found, as folded.
_VARIANTS = """
衞卫 竝并 粧妆 鬬斗 鬪斗 鬭斗 彊强 囯国 囻国 尙尚 戸户 靑青 淸清 畧略 擧举 汚污 呑吞 鄕乡 鑛矿 緖绪 瞭了 著着
藉借 祇只 甯宁 徧遍 髙高 﨑崎 鉅巨 敍叙 倂并 槪概 卽即 旣既 強强 脫脱 說说 悅悦 稅税 銳锐 閱阅 戶户 黃黄 產产
溫温 內内 姸妍 硏研 甁瓶 飜翻 緜绵 攷考 畱留 廹迫 廻回 迴回 囘回 剋克 刼劫 劔剑 勅敕 効效 卄廿 唘启 隣邻 鄰邻
讐仇 讎仇 讐仇 ⺁厂 ⺠民 ⺝月 ⺫目 ⺬示 ⺮竹 ⺻聿 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻌辶 ⻑长 ⻓长 ⻔门 ⻘青 ⻙韦
⻚页 ⻛风 ⻜飞 ⻝食 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻮齿 ⻰龙 ⻳龟 ⺈刀 ⺌小 ⺍小 ⺎兀 ⺒巳 ⺓幺
⺗心 ⺤爪 ⺥爪 ⺧牛 ⺩王 ⺪疋 ⺵网 ⺶羊 ⺼月 ⻇角 ⻊足 ⻍辶 ⻎辶 ⻕阜 ⻗雨 ⻞食 ⻟食 ⻡首 ⻧卤 ⻫齐 ⻭齿 ⻯龙 ⻱龟
"""
_ONE = {c: folded for folded, chars in _ALIKE.items() for c in chars} | {p[0]: p[1] for p in _VARIANTS.split()}
_STEPS_AT_MOST = 8  # far more than any character needs; the tests walk all of Unicode

# What every Chinese text is full of, each for one character: written over at once, before anything else is looked at.
_EVERYDAY = tuple(zip("，：；？！（）“”‘’—－～　", """,:;?!()""''--~ """, strict=True))
_HANGUL = re.compile("[\uac00-\ud7a3]")  # a syllable stays one character
_NEVER = re.compile("(?!)")
_ORDER: "array[int]" = array("l")  # 0, 1, 2 …, to copy from: a hundred times faster than counting


class _Table(dict[str, str]):
    """Character to folded text, worked out when it is first met."""

    def __init__(self) -> None:
        self._uneven: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def __missing__(self, char: str) -> str:
        folded = self[char] = _fold_char(char)
        if len(folded) != 1:
            self._uneven.add(char)
            self._pattern = None
        return folded

    def uneven(self) -> re.Pattern[str]:
        """Return a pattern for the characters met so far that fold to none or several."""
        if self._pattern is None:
            self._pattern = re.compile(f"[{re.escape(''.join(sorted(self._uneven)))}]") if self._uneven else _NEVER
        return self._pattern

    def of(self, match: re.Match[str]) -> str:
        """Return the folded text of the one character matched."""
        return self[match[0]]


_TABLE = _Table()


def fold(text: str) -> tuple[str, OffsetMap]:
    """Return the folded text and the map from it to `text`. Never raises; folding twice changes nothing.

    >>> folded, offsets = fold("「經濟」Ａ－㈱")
    >>> folded, len(offsets)
    ('"经济"a-(株)', 9)
    """
    folded = text
    for wide, narrow in _EVERYDAY:
        folded = folded.replace(wide, narrow)
    if _unsettled().search(folded):
        folded = _unsettled().sub(_TABLE.of, folded)
        if _TABLE.uneven().search(text):
            return folded, _uneven_map(text)
    return folded, OffsetMap(range(len(text)), range(1, len(text) + 1))


def _uneven_map(text: str) -> OffsetMap:
    """Return the map where some characters fold to none or several."""
    while len(_ORDER) <= len(text):
        _ORDER.extend(range(len(_ORDER), 2 * len(_ORDER) + 1024))
    starts, ends = array("l"), array("l")
    at = 0
    for match in _TABLE.uneven().finditer(text):
        here = match.start()
        starts += _ORDER[at:here]
        ends += _ORDER[at + 1 : here + 1]
        copies = len(_TABLE[match[0]])
        starts.extend([here] * copies)
        ends.extend([here + 1] * copies)
        at = here + 1
    starts += _ORDER[at : len(text)]
    ends += _ORDER[at + 1 : len(text) + 1]
    return OffsetMap(starts, ends)


@cache
def _unsettled() -> re.Pattern[str]:
    """Return a pattern for any character but the simplified and ASCII ones that fold to themselves; made in 10 ms."""
    rows = b"".join(bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    common = rows.decode("gb2312", "ignore")
    han = [c for c in common if "\u4e00" <= c <= "\u9fff" and c not in _ONE]
    simplified: str = _converter("t2s").convert("\n".join(han))
    settled = {c for c, s in zip(han, simplified.split("\n"), strict=True) if c == s}
    settled |= {c for c in (*common, *map(chr, range(0x80))) if not "\u4e00" <= c <= "\u9fff" and _TABLE[c] == c}
    return re.compile(f"[^{re.escape(''.join(sorted(settled)))}]")


def _fold_char(char: str) -> str:
    """Fold one character, and what it becomes, until nothing changes any more."""
    for _ in range(_STEPS_AT_MOST):
        folded = "".join(map(_step, char))
        if folded == char:
            break
        char = folded
    return char


def _step(char: str) -> str:
    if char in _ONE:
        return _ONE[char]
    if _INVISIBLE.match(char):
        return ""
    plain = unicodedata.normalize("NFKC" if _HANGUL.match(char) else "NFKD", char)
    return plain.lower() if plain.lower() != char else _simplified(char)


def _simplified(char: str) -> str:
    """Return the simplified form; a character that Chinese uses itself is not taken for a Japanese one (予, 欠)."""
    if not "\u2e80" <= char <= "\U0003ffff" or "\ud800" <= char <= "\udfff":
        return char
    simplified: str = _converter("t2s").convert(char)
    if simplified != char or _is_standard(char):
        return simplified
    return str(_converter("t2s").convert(_converter("jp2t").convert(char)))


def _is_standard(char: str) -> bool:
    return len(char.encode("gb2312", "ignore")) > 0


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)
