"""Which script a character belongs to, and how wide a line of it is drawn."""

import re
import unicodedata

# Ranges for use inside a character class of a regular expression.
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
MARKS = "\u3001-\u3004\u3008-\u3020\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"  # of CJK only
CJK = HAN + KANA + MARKS
SHARED_MARKS = "“”‘’…—·"  # stand in Chinese and in Latin text

_HAN, _CJK = re.compile(f"[{HAN}]"), re.compile(f"[{CJK}]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_KANA = re.compile("[\u3041-\u30fa\u31f0-\u31ff]")
_HANGUL = re.compile("[\uac00-\ud7af\u1100-\u11ff]")


def is_cjk(char: str) -> bool:
    """Tell whether `char` is Han, kana or a mark that only CJK text uses."""
    return _CJK.match(char) is not None


def has_han(text: str) -> bool:
    """Tell whether any Han character stands in `text`."""
    return _HAN.search(text) is not None


def latin_share(text: str) -> float:
    """Return the share of Latin letters among all letters of `text`, in [0, 1]; 0 where there are none."""
    latin = len(_LATIN.findall(text))
    others = sum(len(p.findall(text)) for p in (_HAN, _KANA, _HANGUL))
    return latin / (latin + others) if latin else 0.0


def is_latin(text: str) -> bool:
    """Tell whether a reader would call `text` Latin: a Han character weighs as much as four letters."""
    return len(_LATIN.findall(text)) > 4 * sum(len(p.findall(text)) for p in (_HAN, _KANA, _HANGUL))


def is_japanese_or_korean(text: str) -> bool:
    """Tell whether kana or hangul make up a twentieth of `text` or more."""
    return 20 * (len(_KANA.findall(text)) + len(_HANGUL.findall(text))) >= max(20, len(text))


def width(text: str) -> int:
    """Return the columns that `text` takes: two for a wide character, one for any other."""
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in text)
