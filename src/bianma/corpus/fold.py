"""The folded view of a text, for matching: one spelling for all the ways to write the same thing.

Traditional and Japanese characters become simplified, full width half, capitals small; dashes, quotes and name dots
become one each; what is invisible goes. All of it is done character by character, so that each folded character leads
back to the one it came from, and a cue folded alone equals the same cue folded inside a text. Folding is for finding
only: it may bring together what a reader tells apart (著 and 着), which does no harm where both sides are folded.
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
}
# What OpenCC leaves alone: variants, traditional characters it keeps for one of their senses, radicals that PDF files
# hold for whole characters. Each pair: as found, as folded.
_VARIANTS = """
衞卫 竝并 粧妆 鬬斗 鬪斗 鬭斗 彊强 囯国 囻国 尙尚 戸户 靑青 淸清 畧略 擧举 汚污 呑吞 鄕乡 鑛矿 緖绪 瞭了 著着
藉借 祇只 甯宁 徧遍 髙高 﨑崎 鉅巨 敍叙 倂并 槪概 卽即 旣既 強强 脫脱 說说 悅悦 稅税 銳锐 閱阅 戶户 黃黄 產产
溫温 內内 姸妍 硏研 甁瓶 飜翻 緜绵 攷考 畱留 廹迫 廻回 迴回 囘回 剋克 刼劫 劔剑 勅敕 効效 卄廿 唘启 隣邻 鄰邻
讐仇 讎仇 讐仇 ⺁厂 ⺠民 ⺝月 ⺫目 ⺬示 ⺮竹 ⺻聿 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻌辶 ⻑长 ⻓长 ⻔门 ⻘青 ⻙韦
⻚页 ⻛风 ⻜飞 ⻝食 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻮齿 ⻰龙 ⻳龟
"""
_ONE = {c: folded for folded, chars in _ALIKE.items() for c in chars} | {p[0]: p[1] for p in _VARIANTS.split()}
_STEPS_AT_MOST = 8  # far more than any character needs; the tests walk the basic plane


class _Table(dict[int, str]):
    """Code point to folded text, worked out when a character is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _Table()


def fold(text: str) -> tuple[str, OffsetMap]:
    """Return the folded text and the map from it to `text`. Never raises; folding twice changes nothing.

    >>> folded, offsets = fold("「經濟」Ａ－㈱")
    >>> folded, len(offsets)
    ('"经济"a-(株)', 9)
    """
    folded = text.translate(_TABLE)
    uneven = {c for c in set(text) if len(_TABLE[ord(c)]) != 1}
    if not uneven:
        return folded, OffsetMap(array("l", range(len(text))), array("l", range(1, len(text) + 1)))
    return folded, _uneven_map(text, uneven)


def _uneven_map(text: str, uneven: set[str]) -> OffsetMap:
    """Return the map where some characters (`uneven`) fold to none or several."""
    starts, ends = array("l"), array("l")
    at = 0
    for match in re.finditer(f"[{''.join(map(re.escape, sorted(uneven)))}]", text):
        here = match.start()
        length = len(_TABLE[ord(match[0])])
        starts.extend(range(at, here))
        ends.extend(range(at + 1, here + 1))
        starts.extend([here] * length)
        ends.extend([here + 1] * length)
        at = here + 1
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return OffsetMap(starts, ends)


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
    wide = unicodedata.normalize("NFKC", char)
    return wide.lower() if wide.lower() != char else _simplified(char)


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
