"""Characters one cannot see, made visible: on a page by a sign beside them, so that its text stays what it is."""

import re
import unicodedata
from html import escape

_SIGNS = {
    "\n": "↵",
    "\r": "␍",
    "\t": "⇥",
    " ": "␣",
    "\u00a0": "⍽",
    "\u3000": "□",
    "\f": "⇟",
    "\v": "␋",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u2028": "LS",
    "\u2029": "PS",
    "\u00ad": "SHY",
    "\ufeff": "BOM",
}
_RUN = re.compile(r"(\s)\1*|\S")
_MANY = 6


def sign(char: str) -> str:
    """Return what shows an invisible character; empty for one that can be seen.

    >>> sign("\\n"), sign("\\u200e"), sign("国")
    ('↵', 'U+200E', '')
    """
    if char in _SIGNS:
        return _SIGNS[char]
    unseen = char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Zs", "Zl", "Zp")
    return f"U+{ord(char):04X}" if unseen else ""


def named(text: str) -> str:
    """Return `text` with signs in place of what cannot be seen.

    >>> named("合作\\r\\n机制")
    '合作␍↵机制'
    """
    return "".join(sign(c) or c for c in text)


def kept(text: str) -> str:
    """Return `text` as HTML that any parser reads as the very same text.

    >>> kept("<b>\\r\\n")
    '&lt;b&gt;&#13;\\n'
    """
    return escape(text, quote=False).replace("\r", "&#13;")


def struck(text: str, *, tail: bool = False) -> str:
    """Return `text` as HTML, with a sign at all that cannot be seen; `tail`: line ends break no line."""
    parts: list[str] = []
    for match in _RUN.finditer(text):
        shown = sign(match[0][0])
        if not shown:
            parts.append(kept(match[0]))
            continue
        count = len(match[0])
        value = shown * count if count <= _MANY else f"{shown}×{count}"
        parts.append(f'<i{" class=t" if tail else ""} data-v="{value}">{kept(match[0])}</i>')
    return "".join(parts)
