"""Which language each stretch of a text is in: zh-Hans, zh-Hant, ja, ko, en, or none of these (und).

Chinese running text holds titles and quotations in other languages and the other script. What decides:

- Letters. Kana is Japanese, hangul Korean, Latin words English; words in other letters (Cyrillic, Greek) are und.
- Characters that one script alone has (see `corpus.signs`). They are
  counted by quotation and by sentence; what is common to both says nothing, and what holds no sign is in the language
  that most of the text is in.
- Japanese writes some characters as simplified Chinese does (国, 学) and some as traditional Chinese does (東, 際). A
  quotation that has both kinds, and none that only one Chinese script has, is Japanese though no kana stands in it.

A quotation or title is one stretch as a whole, its Han included, and so is a Japanese or Korean sentence. Marks,
digits, blanks, addresses of web pages and Latin acronyms (GDP, NATO, G7) belong to the text around them: an acronym is
a word of the Chinese sentence that it stands in, often the only one for the thing, and changes nobody's language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bianma.corpus.script import HAN
from bianma.corpus.signs import HANGUL, KANA, LATIN, LIKE_HAN, OTHER, signs, verdict
from bianma.records import Language

Stretch = tuple[int, int, Language]  # a half-open range of code points and what it is in

_WIDE = f"{HAN}{KANA}{HANGUL}\u3001-\u3004\u3008-\u3020\uff01-\uff65"
_SHORT = 24  # characters of Latin that a Japanese or Korean title may hold without being English there
_SENTENCE_ENDS = "。！？；;\n"

_LATIN_LETTER = re.compile(f"[{LATIN}]")
_HAN_LETTER = re.compile(f"[{HAN}]")
_CJK_LETTER = re.compile(f"[{HAN}{KANA}{HANGUL}]")
_KANA_OR_HANGUL = re.compile(f"[{KANA}{HANGUL}]")
_OTHER_LETTER = re.compile(f"[{OTHER}]")
_LETTER = re.compile(f"[{LATIN}{OTHER}{HAN}{KANA}{HANGUL}]")
_SENTENCE = re.compile(f"[^{_SENTENCE_ENDS}]*[{_SENTENCE_ENDS}]+|[^{_SENTENCE_ENDS}]+")
_QUOTED = re.compile(
    "|".join(
        f"{a}(?:[^{a}{b}\n]{{1,400}}+|{a}[^{a}{b}\n]{{0,400}}+{b}){{1,20}}+{b}"
        for a, b in ("「」", "『』", "“”", "《》", "〈〉")
    )
)
_CLAUSE = re.compile("[^、，,：:]*[、，,：:]?")
_NAME_BEFORE = re.compile(f"[{HAN}・]{{2,16}}[：:]?\\Z")
_KANA_RUN = re.compile(f"[{KANA}](?:[{KANA}ー・{HAN}]*[{KANA}])?ー?")
_HANGUL_RUN = re.compile(f"[{HANGUL}](?:[{HANGUL}{HAN}\\s·,0-9]*[{HANGUL}])?")
_ENGLISH_RUN = re.compile(f"[{LATIN}](?:[^{_WIDE}{OTHER}]*[{LATIN}])?")
_ENGLISH = re.compile(r"[a-zß-öø-ɏ]{2}|[A-Z]{2,}\s+[A-Z]{2,}\s+[A-Z]{2,}")
_OTHER_RUN = re.compile(f"[{OTHER}]{{2}}(?:[^{_WIDE}{LATIN}]*[{OTHER}])?")
_NUMBERS_AFTER = re.compile(rf"(?:[ ,.:;]{{0,2}}\d[\d–—-]*)+(?!\s*[\d%％{HAN}])")
_ADDRESS = re.compile(
    r"(?:[Hh]ttps?://|www\.|(?:doi|DOI):\s*10\.)[\x21-\x7e]*[\w/#=]|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+", re.ASCII
)

# Words that every Chinese sentence has and no Japanese reference.
_CHINESE_WORDS = re.compile("[的了是这這那们們也吗嗎呢吧他她它你很就把被]")
# What stands in references and names in Japan only: eras, kinds of publishers and of series, how pages are counted.
_JAPANESE_WORDS = re.compile(
    r"(?:令和|平成|昭和|大正|明治)\s*(?:元|[0-9０-９一二三四五六七八九十]+)\s*年|出版会|書房|書院|文庫|新書|選書|叢書|"
    r"新聞社|年報|論集|白書|青書|所収|巻頭|『[^』]*』[^。]{0,40}頁"
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A quotation, or a sentence without its quotations: pieces of text that are in one language.

    `sure`: a sign that leaves no choice was found; otherwise the sentence and the text around have a say.
    """

    ranges: tuple[tuple[int, int], ...]
    text: str
    language: Language | None
    sure: bool


def stretches(text: str, *, otherwise: Language = "zh-Hans") -> tuple[Stretch, ...]:
    """Part `text` into stretches of one language: in order, none empty, together the whole of it. Never raises.

    `otherwise` is taken where Han stands and nothing in the text tells which language it is in (公民自由): say what the
    article is in.

    >>> stretches("参见『アジアの未来』，第3页。")
    ((0, 2, 'zh-Hans'), (2, 10, 'ja'), (10, 15, 'zh-Hans'))
    """
    if not text:
        return ()
    if not signs().not_hans_alone.search(text) and signs().hans.search(text):
        return ((0, len(text), "zh-Hans"),)  # most passages
    whole = _one_language(text, otherwise)
    if whole in ("en", "und"):
        return ((0, len(text), whole),) if whole else ()
    parts: list[Stretch] = [(0, len(text), whole)] if whole else _parted(text, otherwise)
    if not whole and _OTHER_LETTER.search(text):
        parts = _laid_over(parts, [(m.start(), m.end(), "und") for m in _OTHER_RUN.finditer(text)])
    if _LATIN_LETTER.search(text):
        parts = _laid_over(parts, _not_inside(parts, _english(text)))
    return tuple(_merged(parts))


def main_language(parts: Sequence[Stretch]) -> Language:
    """Return the language of most of the text; Latin stretches count a quarter, as a word takes four letters.

    >>> main_language([(0, 6, "zh-Hans"), (6, 26, "en")])
    'zh-Hans'
    """
    weight: Counter[Language] = Counter()
    for start, end, language in parts:
        weight[language] += (end - start) * (1 if language in ("en", "und") else 4)
    known: list[Language] = [language for language in weight if language != "und"]
    return max(known, key=lambda language: weight[language], default="und")


def language_of(text: str, *, otherwise: Language = "zh-Hans") -> Language:
    """Return the language of most of `text`, at the cost of a search or two where it is all in one."""
    whole = _one_language(text, otherwise)
    if whole and not (whole.startswith("zh") and _LATIN_LETTER.search(text)):
        return whole
    return main_language(stretches(text, otherwise=otherwise))


def _one_language(text: str, otherwise: Language) -> Language | None:
    """Return the language of a text that shows signs of one only, whatever Latin words stand in it; else None."""
    own = signs()
    if not own.not_hans.search(text):
        if own.hans.search(text) or own.hans_or_ja.search(text):
            return "zh-Hans"
        return otherwise if _HAN_LETTER.search(text) else "en" if _LATIN_LETTER.search(text) else "und"
    if not own.not_hant.search(text):
        return "zh-Hant" if own.hant.search(text) else None
    if not _CJK_LETTER.search(text):
        return "en" if len(_LATIN_LETTER.findall(text)) > len(_OTHER_LETTER.findall(text)) else "und"
    return None


def _parted(text: str, otherwise: Language) -> list[Stretch]:
    """Part a text of several Asian languages."""
    units = sorted(
        ((a, b, unit) for unit in _units(text, 0, len(text), depth=0) for a, b in unit.ranges), key=lambda p: p[0]
    )
    decided: Counter[Language] = Counter()
    for a, b, unit in units:
        if unit.language:
            decided[unit.language] += b - a
    rest: Language = max(decided, key=lambda language: decided[language]) if decided else otherwise
    parts: list[Stretch] = [(a, b, unit.language or rest) for a, b, unit in units]
    return _laid_over(parts, _foreign_words(text, parts))


def _units(text: str, start: int, end: int, *, depth: int) -> Iterator[_Unit]:
    """Yield the units of `text[start:end]`, those of one sentence together."""
    quoted = [m.span() for m in _QUOTED.finditer(text, start, end)]
    hidden = text[start:end]
    for a, b in quoted:
        hidden = f"{hidden[: a - start]}{'0' * (b - a)}{hidden[b - start :]}"
    at = 0
    for sentence in _SENTENCE.finditer(hidden):
        a, b = start + sentence.start(), start + sentence.end()
        inside = []
        while at < len(quoted) and quoted[at][0] < b:
            inside.append(quoted[at])
            at += 1
        yield from _sentence(text, a, b, inside, depth=depth)


def _sentence(text: str, start: int, end: int, quoted: Sequence[tuple[int, int]], *, depth: int) -> Iterator[_Unit]:
    """Decide a sentence and its quotations; what one leaves open the others tell."""
    edges = [start, *(at for span in quoted for at in span), end]
    frame = _unit(text, [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b])
    quotes = [_unit(text, [span]) for span in quoted]
    japanese = any(u.sure and u.language == "ja" for u in (frame, *quotes))
    if not japanese and not (frame.sure and not quotes) and _JAPANESE_WORDS.search(text, start, end):
        japanese = any(u.language == "zh-Hant" and not u.sure for u in (frame, *quotes))
    if japanese:
        yield from _japanese(text, frame, quotes)
        return
    yield frame
    for unit in quotes:
        a, b = unit.ranges[0]
        if unit.language is None and depth < 3 and signs().not_hans.search(unit.text):
            yield from _inside(text, a, b, frame, depth=depth)
        else:
            yield _Unit(unit.ranges, unit.text, unit.language or frame.language, unit.sure)


def _inside(text: str, start: int, end: int, frame: _Unit, *, depth: int) -> Iterator[_Unit]:
    """Yield the units inside a quotation that is not in one language, its marks with the sentence around."""
    marks = ((start, start + 1), (end - 1, end))
    yield _Unit(marks, "", frame.language, sure=False)
    yield from _units(text, start + 1, end - 1, depth=depth + 1)


def _japanese(text: str, frame: _Unit, quotes: Sequence[_Unit]) -> Iterator[_Unit]:
    """Yield a sentence in which a Japanese title or phrase stands: what else in it is Japanese?"""
    yield from (u if u.sure else _Unit(u.ranges, u.text, "ja", sure=True) for u in quotes)
    if not frame.sure and not _CHINESE_WORDS.search(frame.text):
        yield _Unit(frame.ranges, frame.text, "ja", sure=True)
        return
    titles = {at for u in quotes if not u.sure or u.language == "ja" for at in u.ranges[0]}
    for a, b in frame.ranges:
        own = "、" in text[a:b] and a in titles  # a reference in the Japanese way with Chinese words about it
        reached = _imprint(text, a, b, whole=own) if a in titles else a
        back = _holder(text, reached, b) if b in titles else b
        pieces: tuple[tuple[int, int, bool], ...] = ((a, reached, True), (reached, back, False), (back, b, True))
        for start, end, japanese in pieces:
            if start < end:
                language: Language | None = "ja" if japanese else frame.language
                yield _Unit(((start, end),), text[start:end], language, japanese or frame.sure)


def _imprint(text: str, start: int, end: int, *, whole: bool) -> int:
    """Return how far place, publisher and page go on in Japanese behind a title (東京：某書房，2007年，第5頁)."""
    reached = start
    for clause in _CLAUSE.finditer(text, start, end):
        piece = _ADDRESS.sub("", clause[0])
        if signs().hans.search(piece) or _CHINESE_WORDS.search(piece):
            break
        if whole or _is_japanese(piece):
            reached = clause.end()
    return reached


def _holder(text: str, start: int, end: int) -> int:
    """Return where the name of who wrote a Japanese title begins before it, if it shows a Japanese sign (外務省)."""
    name = _NAME_BEFORE.search(text, start, end)
    if name is None or signs().hans.search(name[0]) or not _is_japanese(name[0]):
        return end
    return name.start()


def _is_japanese(text: str) -> bool:
    return any(p.search(text) for p in (signs().hant_or_ja, signs().ja, _JAPANESE_WORDS))


def _unit(text: str, ranges: Sequence[tuple[int, int]]) -> _Unit:
    own = "\0".join(text[a:b] for a, b in ranges)
    language, sure = verdict(own)
    return _Unit(tuple(ranges), own, language, sure)


def _foreign_words(text: str, parts: Iterable[Stretch]) -> list[Stretch]:
    """Return the runs of kana and hangul in stretches that are Chinese or the other of the two."""
    found: list[Stretch] = []
    for a, b, language in parts:
        if not _KANA_OR_HANGUL.search(text, a, b):
            continue
        if language != "ja":
            runs = _KANA_RUN.finditer(text, a, b)
            found += [(m.start(), m.end(), "ja") for m in runs if len(m[0]) > 1 or not LIKE_HAN.match(m[0])]
        if language != "ko":
            found += [(m.start(), m.end(), "ko") for m in _HANGUL_RUN.finditer(text, a, b)]
    return sorted(found)


def _english(text: str) -> Iterator[Stretch]:
    """Yield the runs of Latin words that are more than acronyms."""
    addressed = "@" in text or "www" in text or "://" in text or "10." in text
    plain = _ADDRESS.sub(lambda m: " " * len(m[0]), text) if addressed else text
    for run in _ENGLISH_RUN.finditer(plain):
        if not _ENGLISH.search(run[0]):
            continue
        start, end = run.span()
        if numbers := _NUMBERS_AFTER.match(plain, end):
            end = numbers.end()
        yield (*_whole_sentence(plain, start, end), "en")


def _not_inside(parts: Sequence[Stretch], english: Iterable[Stretch]) -> list[Stretch]:
    """Return the English stretches but for a word or two in the midst of Japanese or Korean."""
    kept: list[Stretch] = []
    at = 0
    for run in english:
        while parts[at][1] <= run[0]:
            at += 1
        if not (parts[at][2] in ("ja", "ko") and run[1] <= parts[at][1] and run[1] - run[0] < _SHORT):
            kept.append(run)
    return kept


def _whole_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range by the marks and digits around it if no letter else stands in its sentence."""
    a, b = start, end
    while a and text[a - 1] not in _SENTENCE_ENDS and not _LETTER.match(text[a - 1]):
        a -= 1
    while b < len(text) and text[b] not in _SENTENCE_ENDS and not _LETTER.match(text[b]):
        b += 1
    opens, closes = not a or text[a - 1] in _SENTENCE_ENDS, b == len(text) or text[b] in _SENTENCE_ENDS
    return (a, min(b + 1, len(text))) if opens and closes else (start, end)


def _laid_over(parts: Iterable[Stretch], over: Sequence[Stretch]) -> list[Stretch]:
    """Return `parts` with the ranges `over` cut into them; where two of `over` overlap the earlier holds."""
    if not over:
        return list(parts)
    done: list[Stretch] = []
    upper = _apart(over)
    at = 0
    for start, end, language in parts:
        while at < len(upper) and upper[at][1] <= start:
            at += 1
        n = at
        while start < end:
            if n == len(upper) or upper[n][0] >= end:
                done.append((start, end, language))
                break
            a, b, other = upper[n]
            if start < a:
                done.append((start, a, language))
            start = max(start, min(b, end))
            done.append((max(a, done[-1][1] if done else 0), start, other))
            n += b <= end
    return done


def _apart(parts: Sequence[Stretch]) -> list[Stretch]:
    done: list[Stretch] = []
    for a, b, language in parts:
        a = max(a, done[-1][1]) if done else a
        if a < b:
            done.append((a, b, language))
    return done


def _merged(parts: Iterable[Stretch]) -> Iterator[Stretch]:
    held: Stretch | None = None
    for a, b, language in parts:
        if held and held[2] == language:
            held = (held[0], b, language)
            continue
        if held:
            yield held
        held = (a, b, language)
    if held:
        yield held
