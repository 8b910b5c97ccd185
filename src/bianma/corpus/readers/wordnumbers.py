"""The numbers that Word counts itself and that stand in no text of the file: 一、, （二）, 第三章, 1.1, ①, [1]."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_DIGITS, _LEGAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def local(element: Element) -> str:
    """Return an element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Element | None, name: str = "val") -> str:
    """Return the attribute called `name`, whatever its namespace; empty if there is none."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: from `start`, in `form`, shown as `pattern` (%1: the number of level 1)."""

    start: int
    form: str
    pattern: str
    suffix: str


@dataclass(slots=True)
class Numbers:
    """The lists of a document, and how far each has counted."""

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)  # by abstract list
    lists: Mapping[str, tuple[str, Mapping[int, int]]] = field(default_factory=dict)  # abstract list, other starts
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next(self, number: str | None, level: str | None) -> str:
        """Count on in list `number` at `level` and return what Word shows; empty where there is no such list."""
        if number is None or number not in self.lists:
            return ""
        abstract, starts = self.lists[number]
        levels, at = self.levels.get(abstract, {}), int(level or 0) if (level or "0").isdigit() else 0
        if at not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if number not in self.begun:
            self.begun.add(number)
            counts.update({n: start - 1 for n, start in starts.items()})
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in [n for n in counts if n > at]:
            del counts[deeper]
        return _shown(levels, counts, at)


def read_numbers(root: Element | None) -> Numbers:
    """Return the lists that a document's numbering part defines."""
    if root is None:
        return Numbers()
    abstract = {value(e, "abstractNumId"): _levels(e) for e in root if local(e) == "abstractNum"}
    lists = {value(e, "numId"): _list(e) for e in root if local(e) == "num"}
    return Numbers(abstract, lists)


def _levels(element: Element) -> dict[int, Level]:
    return {int(value(e, "ilvl") or 0): _level(e) for e in element if local(e) == "lvl"}


def _level(element: Element) -> Level:
    said = {local(e): value(e) for e in element}
    return Level(
        int(said.get("start") or 1), said.get("numFmt", "decimal"), said.get("lvlText", ""), said.get("suff", "tab")
    )


def _list(element: Element) -> tuple[str, dict[int, int]]:
    abstract = next((value(e) for e in element if local(e) == "abstractNumId"), "")
    starts = {
        int(value(e, "ilvl") or 0): int(value(s) or 1)
        for e in element
        if local(e) == "lvlOverride"
        for s in e
        if local(s) == "startOverride"
    }
    return abstract, starts


def _shown(levels: Mapping[int, Level], counts: Mapping[int, int], at: int) -> str:
    level = levels[at]
    if level.form == "bullet":
        return "• "
    if level.form == "none" and "%" not in level.pattern:
        return level.pattern

    def number(match: re.Match[str]) -> str:
        n = int(match[1]) - 1
        return _number(counts.get(n, levels[n].start), levels[n].form) if n in levels else ""

    text = re.sub(r"%([1-9])", number, level.pattern)
    return text + " " if text and level.suffix != "nothing" and not re.search(r"[、，。．）〕】]$", text) else text


def _number(n: int, form: str) -> str:
    """Return `n` as Word writes it in the given form.

    >>> _number(12, "chineseCountingThousand"), _number(3, "decimalEnclosedCircle"), _number(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    return _FORMS.get(form, str)(n)


def _chinese(n: int, digits: str = _DIGITS, ten: str = "十", hundred: str = "百") -> str:
    if not 0 < n < 1000:
        return str(n)
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    text = f"{digits[hundreds]}{hundred}" if hundreds else ""
    if tens:
        text += (digits[tens] if tens > 1 or hundreds or digits is _LEGAL else "") + ten
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def _letters(n: int) -> str:
    return chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1) if n > 0 else str(n)


def _roman(n: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (n // worth)
        n %= worth
    return text


def _circled(n: int) -> str:
    if 1 <= n <= 20:
        return chr(0x245F + n)
    return chr(0x323C + n) if 21 <= n <= 35 else chr(0x328D + n) if 36 <= n <= 50 else f"({n})"


_FORMS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
         "japaneseCounting", "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"),
        _chinese,
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda n: _chinese(n, _LEGAL, "拾", "佰"),
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "ideographTraditional": lambda n: "甲乙丙丁戊己庚辛壬癸"[(n - 1) % 10],
    "ideographZodiac": lambda n: "子丑寅卯辰巳午未申酉戌亥"[(n - 1) % 12],
    "decimalEnclosedParen": lambda n: chr(0x2473 + n) if 1 <= n <= 20 else f"({n})",
    "decimalEnclosedFullstop": lambda n: chr(0x2487 + n) if 1 <= n <= 20 else f"{n}.",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(abs(n))),
    "decimalZero": lambda n: f"{n:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "none": lambda n: "",
}  # fmt: skip
