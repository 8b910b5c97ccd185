"""The instructions that a coder finds in Label Studio: how to work, and the whole codebook to fold out, as HTML."""

from collections.abc import Iterable, Mapping
from html import escape

from bianma.codebook.model import Bilingual, Code, Codebook, Family
from bianma.records import CodeId
from bianma.studio.config import FIND_KEY, hotkeys

_STEPS = (
    Bilingual(
        "已有的标注是机器的建议，不是答案：对的留下，错的改码、改边界或删去，漏的补上。",
        "The spans you find are a machine's suggestions, not the answer: keep what is right, recode, move or delete "
        "what is wrong, add what is missing.",
    ),
    Bilingual(
        "补标：先按 Esc，确认没有选中任何标注（否则是给选中的那处加码）；"
        "再选代码（点按、快捷键，或在查找框里输入中文、繁体或英文名后按回车），再用鼠标划出文字；标最短的完整词组。",
        "To add: press Esc, so that no span is selected (else that one gets the code); then choose the code "
        "(click, key, or type its name into the search box and press Enter), and drag over the text; mark the "
        "shortest complete phrase.",
    ),
    Bilingual(
        "修改：点选一处标注，再点新代码即改码；拖两端的蓝色手柄改边界；按退格键删去。拖后看清落在哪个字上：前面有表情符号或极生僻字时会偏右，那就删去重划。",
        "To change: click a span, then another code; drag the blue handles at its ends; Backspace deletes it. See "
        "where a handle lands: after emoji or very rare characters it goes too far right; then delete and draw anew.",
    ),
    Bilingual(
        "选中的标注下方可填极性、声音、持论者、行为体，可标“存疑”、写备注；没有把握就标存疑，不要空着。",
        "Below the text the selected span takes polarity, voice, holder and actor, a doubt mark and a note; "
        "rather mark doubt than leave it out.",
    ),
    Bilingual(
        "整句的论证功能用数字键标；一处文字可以同时有概念与功能两种代码。",
        "Digits mark what a sentence does in the argument; a stretch may carry a concept and a function.",
    ),
    Bilingual(
        "读过而没有可标的，也请按 Submit：这是“看过，没有”；Skip 表示没有编码这一段。",
        "Nothing to mark? Press Submit all the same: it says so. Skip says that you have not coded the passage.",
    ),
)


def instructions(codebook: Codebook) -> str:
    """Return the project instructions of `codebook` as HTML, in Chinese and English."""
    keys = hotkeys(codebook)
    steps = "".join(  # numbered in the text: Label Studio's own styles take the numbers from lists
        f"<p><b>{n}.</b> {escape(s.zh)}<br><small>{escape(s.en)}</small></p>" for n, s in enumerate(_STEPS, 1)
    )
    parts = "".join(_family(f, keys) for f in codebook.families) + _folded(
        "论证功能 Functions", codebook.functions, keys
    )
    title = f"<h3>{escape(codebook.title.zh)} {escape(codebook.version)}</h3><p>{escape(codebook.title.en)}</p>"
    return f"{title}{steps}<p>查找代码 Find a code: <b>{FIND_KEY}</b></p>{parts}"


def _family(family: Family, keys: Mapping[CodeId, str]) -> str:
    return _folded(f"{family.label.zh} {family.label.en}", family.codes, keys)


def _folded(title: str, codes: Iterable[Code], keys: Mapping[CodeId, str]) -> str:
    rows = "".join(f"<dt>{_name(code, keys)}</dt><dd>{_definition(code)}</dd>" for code in codes)
    return f"<details><summary><b>{escape(title)}</b></summary><dl>{rows}</dl></details>"


def _name(code: Code, keys: Mapping[CodeId, str]) -> str:
    key = f" [{escape(keys[code.id])}]" if code.id in keys else ""
    return f"<b>{escape(code.label.zh)}</b> {escape(code.label.en)}{key}"


def _definition(code: Code) -> str:
    return f"{escape(code.definition.zh)}<br><small>{escape(code.definition.en)} ({escape(code.source.short)})</small>"
