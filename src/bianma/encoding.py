"""Which encoding a text is in: found by how its bytes read, named as Python names it, or refused.

UTF-8 and a byte order mark prove themselves. Chinese legacy encodings do not: almost any bytes are some Han characters
in GB18030. So each candidate is asked how many of its characters are everyday ones, and one is taken only where it
reads like Chinese and no other does. What is left in doubt is refused with the names of the candidates: nobody is to
code an article that is silently another text.
"""

import codecs
import difflib
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bianma.errors import SourceError

EXAMPLES = ("utf-8", "gb18030", "big5", "cp950", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDE = ("utf-16-le", "utf-16-be")
_NARROW = ("gb18030", "big5hkscs")  # the latter for the whole of its family
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国以要他时来用们到作地于出就分对成会可主发年动同也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很"
    "情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手"
    "角期根论运农指几九区强放决西被干做必战先回则任取据处南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受"
    "联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话"
    "米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办"
    "青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状"
    "育厂京识适属圆包火住调满县局照参红细引听该铁价严龙"
    "這個為國時來們於對會過說產種後學經進電裡裏現實兩體機當點從業應開還間樣與關線內數質氣變條沒結問義無係繫軍題黨"
    "總設長頭資邊級圖統組見計別論運農區強決幹戰則處給門規熱領東導壓爭濟階術極聯認權證轉單風場車務萬達積議聲報鬥類離華確張馬節"
    "話況傳許廣記織裝複復兒須際驗連斷難礦備辦習響約勞團歷構準號維劃標寫親層狀廠識適屬滿縣參紅細聽該鐵價嚴龍"
    "，。、；：？！“”‘’（）《》「」『』—…·　"
)
_LABEL = {  # what a web page's declaration stands for, as browsers read it
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese", "csgb2312", "iso-ir-58", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5", "big5-eten", "cp950", "ms950"), "big5"),
    **dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii", "iso8859-1", "windows-1252"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode", "ucs-2", "unicode-1-1-utf-8", "utf8"), "utf-8"),
}
_SHORT = 64  # bytes, which may be valid UTF-8 by chance
_SAMPLE = 1 << 16  # bytes; a guess does not get better with more
_READS, _FAINT = 0.35, 0.15  # share of everyday characters: to read as Chinese; to be thinkable
_CLEAR, _FEW = 1.6, 3  # by how much the first must lead; how many such characters it must have
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_LONG = re.compile("[\u0800-\U0010ffff]")  # what takes three bytes of UTF-8 or more
_ETEN = re.compile(
    rb"(?:[\x00-\x80]|[\x81-\xfe][\x40-\x7e\x80-\xfe])*?(?:\xc6[\xa1-\xfe]|[\xc7\xc8][\x40-\x7e\xa1-\xfe])", re.DOTALL
)


def find_encoding(data: bytes, *, declared: str = "") -> str:
    """Return the name of the encoding in which `data` is text; `declared` is what a web page says of itself.

    A declaration decides only where the bytes leave a doubt. Raises SourceError, without a path, where they do still.

    >>> find_encoding("国家之间的安全合作。".encode("gbk")), find_encoding("東亞國家的安全合作。".encode("big5"))
    ('gb18030', 'big5')
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if marked:
        return marked
    meant = _LABEL.get(declared.strip().lower(), _canonical(declared))
    if _is_utf_8(data, meant):
        return "utf-8"
    readings = _readings(data)
    if _is_clear(readings):
        return _of_family(data, readings[0].name)
    if meant and meant != "utf-8" and b"\0" not in data and _decodes(data, meant):
        return _of_family(data, meant)
    raise SourceError(_doubt(data, readings))


def decode(data: bytes, encoding: str) -> str:
    """Return the text of `data`, nothing translated; SourceError, without a path, that names the first bad byte."""
    name = known_encoding(encoding)
    try:
        return data.decode(name)
    except UnicodeDecodeError as e:
        raise SourceError(
            f"byte {e.start} (0x{data[e.start : e.start + 1].hex()}) does not fit the encoding {name}; "
            f"{_remedy(data, name)}"
        ) from None


def known_encoding(name: str) -> str:
    """Return Python's name for the text encoding `name`; SourceError with valid names if there is none.

    gb2312 and gbk mean gb18030, which holds them: files that say so hold more than they say.
    """
    found = _canonical(name)
    if found:
        return "gb18030" if found in ("gbk", "gb2312") else found
    near = difflib.get_close_matches(name.lower(), EXAMPLES, n=1)
    raise SourceError(
        f"there is no encoding called {name!r}; {f'do you mean {near[0]}? ' if near else ''}valid are, for example, "
        f"{', '.join(EXAMPLES[:4])}, utf-16"
    )


def guess_encoding(data: bytes) -> str:
    """Name, as `iconv` does, the encoding in which `data` reads most like Chinese; empty if it does in none.

    >>> guess_encoding("国家之间的安全合作".encode("gb18030")), guess_encoding(b"\\xff\\xff\\x81")
    ('gb18030', '')
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    names = [reading.name for reading in _readings(data) if _decodes(data, reading.name)]
    return _of_family(data, names[0]).replace("utf-16-", "utf-16") if names else ""


def _canonical(name: str) -> str:
    """Return Python's name of a text encoding; empty for none, and for codecs of other kinds (hex, rot13)."""
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


class _Reading(NamedTuple):
    """How a text reads in one encoding: `hits` of its `characters` beyond ASCII are everyday ones."""

    name: str
    hits: int
    characters: int

    @property
    def share(self) -> float:
        """The share of everyday characters, in [0, 1]."""
        return self.hits / self.characters if self.characters else 0.0


def _readings(data: bytes) -> list[_Reading]:
    """Return how `data` reads in the encodings that cannot prove themselves, those of no sense left out, best first."""
    readings = [_reading(data, name) for name in (*_NARROW, *_WIDE)]
    return sorted((r for r in readings if r.hits), key=lambda r: -r.share)


def _is_clear(readings: Sequence[_Reading]) -> bool:
    """Tell whether the first reads like Chinese, with enough characters, and the second does not."""
    if not readings or readings[0].share < _READS or readings[0].hits < _FEW:
        return False
    return len(readings) == 1 or readings[0].share >= _CLEAR * readings[1].share


def _reading(data: bytes, name: str) -> _Reading:
    """Read the beginning of `data`. In UTF-16 an ASCII character is an everyday one as well."""
    text = data[:_SAMPLE].decode(name, errors="replace")
    if len(data) > _SAMPLE:
        text = text[:-1]  # cut in two
    counts = Counter(text)
    ascii_hits = sum(n for c, n in counts.items() if "\x20" <= c < "\x7f" or c in "\t\r\n") if name in _WIDE else 0
    beyond = sum(n for c, n in counts.items() if name in _WIDE or c > "\x7f")
    return _Reading(name, ascii_hits + sum(n for c, n in counts.items() if c in _COMMON), beyond)


def _is_utf_8(data: bytes, meant: str) -> bool:
    """Tell whether `data` is UTF-8, and not by chance; SourceError where a few bytes may be in another encoding."""
    if b"\0" in data or not _decodes(data, "utf-8"):
        return False
    text = data[:_SAMPLE].decode("utf-8", errors="ignore")
    controlled = _CONTROL.search(text) is not None
    if not controlled and (meant == "utf-8" or not _is_odd(text)):
        return True
    readings = _readings(data)
    clear = _is_clear(readings)
    faint = bool(readings) and readings[0].share >= _FAINT and len(data) <= _SHORT
    if clear and controlled:
        return False
    if clear or (controlled and faint):
        raise SourceError(_either("is short", ["utf-8", readings[0].name]))
    return True


def _is_odd(text: str) -> bool:
    """Tell whether a text of valid UTF-8 has, beyond ASCII, only letters of two bytes that are not Latin.

    So read a few words of Chinese in GB18030 that are valid UTF-8 by chance; so reads Greek or Russian as well.
    """
    if text.isascii() or _LONG.search(text):
        return False
    beyond = {c for c in text if c > "\x7f"}
    return not all("\xa0" <= c <= "\u024f" for c in beyond)


def _of_family(data: bytes, name: str) -> str:
    """Return which Big5 it is: plain where that is enough, cp950 for what Windows reads otherwise, else HKSCS.

    In the rows C6 to C8 all three decode, but only HKSCS knows the ① and the kana that programs wrote there (ETEN).
    """
    if name not in ("big5", "cp950", "big5hkscs"):
        return name
    if _ETEN.match(data) or not _decodes(data, "cp950"):
        return "big5hkscs" if _decodes(data, "big5hkscs") else "cp950"
    return "big5" if _decodes(data, "big5") and data.decode("big5") == data.decode("cp950") else "cp950"


def _doubt(data: bytes, readings: Sequence[_Reading]) -> str:
    """Return why the encoding cannot be told, and what to do."""
    where = f"holds NUL at byte {data.index(0)}" if 0 in data else ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as e:
        where = where or f"is not UTF-8 (byte {e.start})"
        if _reading(data, "utf-8").share >= _READS:
            return f"is UTF-8, but damaged at byte {e.start}; save it anew from the program that made it"
    fitting = [_of_family(data, r.name) for r in readings if r.share >= _FAINT and _decodes(data, r.name)]
    if fitting:
        return _either(where, fitting)
    others = [name for name in ("euc-kr", "shift_jis", "euc-jp", "cp1252") if _decodes(data, name)]
    if 0 in data or not others:
        return f"{where} and reads as text in no encoding known here, so it is binary or damaged; save it anew as text"
    return f"{where} and reads as Chinese in no encoding known here; name its own, for example `--encoding {others[0]}`"


def _either(what: str, names: Sequence[str]) -> str:
    return f"{what} and may be {' or '.join(names)}; say which, for example with `--encoding {names[0]}`"


def _remedy(data: bytes, name: str) -> str:
    others = [_of_family(data, x) for x in ("utf-8", *(r.name for r in _readings(data))) if x != name]
    fitting = next((x for x in others if _decodes(data, x)), "")
    if fitting:
        return f"it fits {fitting}"
    return "the file is damaged there, or in another encoding: save it anew from its program, or name the encoding"
