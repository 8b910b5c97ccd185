"""The signs by which a character tells Chinese, Japanese and Korean, and the two scripts of Chinese, apart.

The sets are made from what OpenCC would change and from what the national character sets hold, so no list is kept here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import opencc

from bianma.corpus.script import HAN
from bianma.records import Language

# Letters, for use inside a character class of a regular expression; the name dot and the long-vowel bar are no kana.
KANA = "\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff6f\uff71-\uff9d"
HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
OTHER = "\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u05d0-\u05ea\u0620-\u064a\u0900-\u10ff\u1200-\u137f\u1780-\u17b3"
# A Chinese text from a scan holds these for 二 口 工 力 夕 卜 八 一 人 才; alone they are no kana.
LIKE_HAN = re.compile("[ニロエカタトハノイオヘへ]")

_KANA_LETTER, _HANGUL_LETTER, _HAN_LETTER = (re.compile(f"[{letters}]") for letters in (KANA, HANGUL, HAN))


@dataclass(frozen=True, slots=True)
class Signs:
    """Patterns of one character each: what only one script has, and what Japanese shares with one of them."""

    hans: re.Pattern[str]
    hans_or_ja: re.Pattern[str]
    hant: re.Pattern[str]
    hant_or_ja: re.Pattern[str]
    ja: re.Pattern[str]
    not_hans: re.Pattern[str]  # any letter but Latin that simplified text does not have
    not_hans_alone: re.Pattern[str]  # the same, or a Latin one
    not_hant: re.Pattern[str]


def verdict(text: str) -> tuple[Language | None, bool]:
    """Return the language of a quotation or sentence, and whether that is sure."""
    own = signs()
    hans, hant = len(own.hans.findall(text)), len(own.hant.findall(text))
    if found := _by_letters(text, against=hans):
        return found, True
    like_hans, like_hant = bool(own.hans_or_ja.search(text)), bool(own.hant_or_ja.search(text))
    if hans or hant:
        more = hans - hant
        chinese: Language | None = "zh-Hans" if more > 0 else "zh-Hant" if more < 0 else None
        return chinese, chinese is not None
    if own.ja.search(text) or (like_hans and like_hant):
        return "ja", True
    return ("zh-Hant", False) if like_hant else ("zh-Hans", False) if like_hans else (None, False)


def _by_letters(text: str, *, against: int) -> Language | None:
    """Tell Japanese and Korean by a twentieth or more of kana or hangul, thrice as many as signs speak `against` it."""
    kana, hangul = len(_KANA_LETTER.findall(text)), len(_HANGUL_LETTER.findall(text))
    if kana == 1 and LIKE_HAN.search(text):
        kana = 0
    most = max(kana, hangul)
    if most <= 3 * against or 20 * most <= len(_HAN_LETTER.findall(text)):
        return None
    return "ja" if kana >= hangul else "ko"


@cache
def signs() -> Signs:
    """Make the patterns, from what OpenCC would change and from what national character sets hold; once, in 50 ms.

    Only Han that one of the sets has: the few others of a text say nothing. Level 1 of JIS X 0208 is what Japanese uses
    today, level 1 of Big5 what traditional Chinese commonly does (its level 2 has 与 and 网, known to dictionaries).
    """
    gb, today, rare = _held("gb2312", 0xB0, 0xF8), _held("euc_jp", 0xB0, 0xD0), _held("euc_jp", 0xD0, 0xF5)
    common, big5 = _held("big5", 0xA4, 0xC7), _held("big5", 0xA4, 0xFA)
    chars = "".join(gb | common | today | rare)
    simplified, old_form = _converted("t2s", chars), _converted("jp2t", "".join(today))
    hant = {c for c, s in simplified.items() if s != c} - gb
    kept_in_japan = (hant & today) - {t for c, t in old_form.items() if c != t}
    ja = today - gb - big5 - hant
    hans = ({s for c, s in simplified.items() if s != c} & gb) - common - hant - ja
    foreign = f"{KANA}{HANGUL}{OTHER}"
    return Signs(
        hans=_any_of(hans - today),
        hans_or_ja=_any_of(hans & today),
        hant=_any_of(hant - kept_in_japan),
        hant_or_ja=_any_of(kept_in_japan),
        ja=_any_of(ja),
        not_hans=_any_of(hant | ja, foreign),
        not_hans_alone=_any_of(hant | ja, foreign + LATIN),
        not_hant=_any_of(hans | ja, foreign),
    )


def _held(charset: str, first: int, end: int) -> set[str]:
    """Return the Han that a double-byte character set holds in the rows from `first` up to `end`."""
    cells = [*range(0x40, 0x7F), *range(0xA1, 0xFF)] if charset == "big5" else range(0xA1, 0xFF)
    rows = bytes(
        byte for row in range(first, end) for cell in cells for byte in (row, cell, 0x0A)
    )  # apart: some are free
    return {c for c in rows.decode(charset, "ignore") if "\u3400" <= c <= "\u9fff"}


def _converted(name: str, chars: str) -> dict[str, str]:
    converted: str = opencc.OpenCC(name).convert("\n".join(chars))
    return dict(zip(chars, converted.split("\n"), strict=True))


def _any_of(chars: Iterable[str], ranges: str = "") -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(chars))}{ranges}]")
