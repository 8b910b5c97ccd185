"""The text of a YAML file before it is parsed, and plain sentences for what its parser refuses.

What Chinese users meet most is said by name: another encoding than UTF-8, full-width punctuation where YAML wants
ASCII, a text that begins with a bracket, tabs from a word processor.
"""

import re
from collections.abc import Iterator

import yaml

from bianma.encoding import guess_encoding
from bianma.errors import ConfigError, Problem

MAX_BYTES = 2_000_000  # a file that people write by hand stays far below

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_WIDE_COLON = re.compile(r"""^\s*(?:-\s+)?["'“]?(?P<key>[A-Za-z_][\w-]*)["'”]?\s*：""")
_WIDE_QUOTE = re.compile(r"(?:[:\[{,]|^\s*-)\s*[“”‘’「」＂＇]")
_WIDE_BRACKET = re.compile(r":\s*[［｛【]|[］｝】]\s*$")
_NO_BLANK = re.compile(r"""^\s*(?:-\s+)?(?P<key>[A-Za-z_]\w*):(?=[^\s/])""")
_MARKED_FIRST = re.compile(r"^\s*(?:-|[\w-]+:)\s*\[\[")


def decode(data: bytes, *, shown_as: str) -> str:
    """Return the text of a YAML file; ConfigError where it is too long, empty, or not UTF-8 (naming what it seems)."""
    if len(data) > MAX_BYTES:
        _refuse(shown_as, 0, f"the file has {len(data):,} bytes, the limit is {MAX_BYTES:,}; is it the right file?")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        name = guess_encoding(data)
        _refuse(
            shown_as,
            data.count(b"\n", 0, e.start) + 1,
            f"the file is not UTF-8{f', it looks like {name}' if name else ''}. Save it as UTF-8 in the editor, "
            f"or convert it: iconv -f {(name or 'gb18030').upper()} -t UTF-8 OLD > NEW",
        )
    if not text.strip():
        _refuse(shown_as, 0, "the file is empty")
    return text


def layout_problems(text: str, *, shown_as: str) -> list[Problem]:
    """Return what no parser need look at: tabs as indentation, control characters."""
    return [Problem(shown_as, n, message) for n, line in enumerate(lines(text), 1) for message in _line_problems(line)]


def lines(text: str) -> list[str]:
    """Return the lines of `text` as YAML counts them."""
    return _BREAK.split(text)


def syntax_problem(error: yaml.YAMLError, text: str, *, shown_as: str) -> Problem:
    """Return the parser's refusal as a sentence with its line and, where the lines nearby show one, the likely slip."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 0
    context = getattr(error, "context_mark", None)
    begun = context.line + 1 if context else line
    if "quoted scalar" in str(getattr(error, "context", "")):
        line = begun  # where it is noticed says nothing
    message = _sentence(error, begun)
    rows = lines(text)
    for n in dict.fromkeys((line, line - 1, begun)):
        slip = wide_slip(rows[n - 1]) if 1 <= n <= len(rows) else ""
        if slip:
            return Problem(shown_as, n, f"{slip}. (Read as it stands: {message})")
    return Problem(shown_as, min(line, len(rows)), message)


def wide_slip(line: str) -> str:
    """Return a sentence on punctuation that YAML does not read as such in `line`, or nothing."""
    line = line[:2000]  # a slip is made near the start; the patterns would be slow on a line of a million signs
    if found := _WIDE_COLON.match(line):
        return f'the key {found["key"]!r} is followed by a full-width colon "："; write ":" and a blank'
    if "，" in line and re.search(r"[{\[].*，\s*[\w]+\s*:", line):
        return 'a full-width comma "，" stands between two entries; write "," and a blank'
    if _WIDE_QUOTE.search(line):
        return "a text begins with a full-width quotation mark; YAML knows only \" and ' as quotes"
    if _WIDE_BRACKET.search(line):
        return "a full-width bracket stands where a list or mapping begins or ends; write [ ] or { }"
    if _MARKED_FIRST.match(line):
        return 'a text that begins with [[ is read as a list; put the whole text in quotes: "[[…]]…"'
    if found := _NO_BLANK.match(line):
        return f'the colon after {found["key"]!r} needs a blank behind it: "{found["key"]}: …"'
    if re.match(r"^\s*\u3000", line):
        return "the line is indented with a full-width blank (U+3000); use ordinary blanks"
    return ""


def _line_problems(line: str) -> Iterator[str]:
    if re.match(r"[ \u3000]*\t\s*\S", line):
        yield "the line is indented with a tab; YAML allows only blanks: replace each tab by two blanks"
    if found := _CONTROL.search(line):
        yield f"column {found.start() + 1} holds the control character U+{ord(found[0]):04X}; delete it"


def refused_sign(sign: str) -> str:
    """Return the sentence on an anchor (&), alias (*) or tag (!)."""
    return (
        f'a text begins with "{sign}", which YAML takes for an anchor, alias or tag; these are not allowed here. '
        "If it is text, put it in quotes"
    )


def _sentence(error: yaml.YAMLError, begun: int) -> str:
    problem, context = getattr(error, "problem", None) or str(error), getattr(error, "context", None) or ""
    if found := re.search(r"an? (alias|anchor|tag)", context):
        return refused_sign({"alias": "*", "anchor": "&", "tag": "!"}[found[1]])
    said = f"{context}: {problem}"
    return next(
        (text.replace("BEGUN", str(begun)) for pattern, text in _SENTENCES if re.search(pattern, said)), problem
    )


_SENTENCES = (
    (
        "mapping values are not allowed",
        'a second ": " stands in one entry, or the line above lacks its colon; put a text that holds ": " in quotes',
    ),
    (
        "could not find expected ':'",
        'the entry has no colon: write "key: value", and indent text that goes on in a second line',
    ),
    ("scanning a directive", "a line cannot begin with %; put the text in quotes"),
    ("cannot start any token", "a text cannot begin with this sign (%, @, ` or a tab); put it in quotes"),
    ("quoted scalar: found unexpected (end|document)", "the quotation mark opened in line BEGUN is never closed"),
    ("unknown escape|expected escape", "a backslash inside \"…\" begins an escape; write it twice, or use '…'"),
    (
        "flow sequence: .*but got",
        "the list [ … begun in line BEGUN lacks a comma or its closing ]; put a text that holds brackets in quotes",
    ),
    (
        "flow mapping: .*but got",
        "the mapping { … begun in line BEGUN lacks a comma or its closing }; "
        'put a text that holds ": ", "," or brackets in quotes',
    ),
    (
        "block (collection|mapping|sequence): expected <block end>",
        "the line does not fit what began in line BEGUN: its indentation differs, a dash is missing or too many, "
        "or text follows a closing quote or bracket (then put the whole text in quotes)",
    ),
    (
        "sequence entries are not allowed",
        'a list entry "- …" cannot stand here: begin it on a line of its own, indented under its key',
    ),
    ("expected the node content", "a value is missing, or a bracket is closed that was never opened"),
    ("expected chomping or indentation", "after | or > the text begins on the next line, indented"),
)


def _refuse(shown_as: str, line: int, message: str) -> None:
    raise ConfigError([Problem(shown_as, line, message)])
