"""Which script a character belongs to, and how wide a line of it is drawn."""

import re

# Ranges for use inside a character class of a regular expression.
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
MARKS = "\u3001-\u3004\u3008-\u3020\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"  # of CJK only
CJK = HAN + KANA + MARKS
SHARED_MARKS = "“”‘’…—·"  # stand in Chinese and in Latin text

_HAN, _CJK = re.compile(f"[{HAN}]"), re.compile(f"[{CJK}]")
_KANA = re.compile("[\u3041-\u30fa\u31f0-\u31ff]")
_HANGUL = re.compile("[\uac00-\ud7af\u1100-\u11ff]")

# Letters are counted in the bytes of UTF-8, as fast as memory is read. A leading byte tells:
_LATIN_LEADS = bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B)) + bytes(range(0xC3, 0xCA))  # to U+024F
_EAST_ASIAN_LEADS = bytes((*range(0xE3, 0xEE), 0xF0))  # U+3000 to U+DFFF, U+10000 and up
_MARK, _EMOJI = b"\xe3\x80", b"\xf0\x9f"  # 、。「」, U+1F000 to U+1FFFF: they have such a byte too


def is_cjk(char: str) -> bool:
    """Tell whether `char` is Han, kana or a mark that only CJK text uses."""
    return _CJK.match(char) is not None


def has_han(text: str) -> bool:
    """Tell whether any Han character stands in `text`."""
    return _HAN.search(text) is not None


def letters(text: str) -> tuple[int, int]:
    """Return how many letters of `text` are Latin, and how many East Asian."""
    data = text.encode("utf-8", "surrogatepass")
    latin = len(data) - len(data.translate(None, _LATIN_LEADS))
    if len(data) == len(text):
        return latin, 0
    others = len(data) - len(data.translate(None, _EAST_ASIAN_LEADS))
    return latin, others - data.count(_MARK) - data.count(_EMOJI)


def latin_share(text: str) -> float:
    """Return the share of Latin letters among all letters of `text`, in [0, 1]; 0 where there are none."""
    latin, others = letters(text)
    return latin / (latin + others) if latin else 0.0


def is_latin(text: str) -> bool:
    """Tell whether a reader would call `text` Latin: a Han character weighs as much as four letters."""
    if len(text.encode("utf-8", "surrogatepass")) > 2 * len(text):
        return False  # half of it and more takes three bytes each
    return mostly_latin(*letters(text))


def mostly_latin(latin: int, others: int) -> bool:
    """Tell it from the letters as `letters` counts them."""
    return latin > 4 * others


def is_japanese_or_korean(text: str) -> bool:
    """Tell whether kana or hangul make up a twentieth of `text` or more."""
    return 20 * (len(_KANA.findall(text)) + len(_HANGUL.findall(text))) >= max(20, len(text))


def width(text: str) -> int:
    """Return the columns that `text` takes in a Chinese setting: two for what has three bytes of UTF-8 or more."""
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) // 2
