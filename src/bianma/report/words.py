"""The words of the interface, in Chinese and English."""

from collections.abc import Mapping
from typing import Literal, get_args

from bianma.records import Kind, Language

UiLanguage = Literal["zh", "en"]
UI_LANGUAGES: tuple[UiLanguage, ...] = get_args(UiLanguage)

KINDS: Mapping[Kind, Mapping[UiLanguage, str]] = {
    "title": {"zh": "标题", "en": "title"},
    "author": {"zh": "作者", "en": "author"},
    "abstract": {"zh": "摘要", "en": "abstract"},
    "keywords": {"zh": "关键词", "en": "keywords"},
    "heading": {"zh": "小标题", "en": "heading"},
    "body": {"zh": "正文", "en": "body"},
    "note": {"zh": "说明性注释", "en": "note"},
    "citation": {"zh": "文献注释", "en": "citation"},
    "table": {"zh": "表格", "en": "table"},
    "foreign": {"zh": "他文", "en": "foreign"},
    "furniture": {"zh": "版面杂项", "en": "furniture"},
}
LANGUAGES: Mapping[Language, Mapping[UiLanguage, str]] = {
    "zh-Hans": {"zh": "简体", "en": "zh-Hans"},
    "zh-Hant": {"zh": "繁体", "en": "zh-Hant"},
    "ja": {"zh": "日文", "en": "Japanese"},
    "ko": {"zh": "韩文", "en": "Korean"},
    "en": {"zh": "英文", "en": "English"},
    "und": {"zh": "", "en": ""},
}
FIELDS: Mapping[str, Mapping[UiLanguage, str]] = {
    "title": {"zh": "标题", "en": "Title"},
    "authors": {"zh": "作者", "en": "Authors"},
    "affiliations": {"zh": "单位", "en": "Affiliations"},
    "journal": {"zh": "期刊", "en": "Journal"},
    "year": {"zh": "年份", "en": "Year"},
    "volume": {"zh": "卷", "en": "Volume"},
    "issue": {"zh": "期", "en": "Issue"},
    "pages": {"zh": "页码", "en": "Pages"},
    "doi": {"zh": "DOI", "en": "DOI"},
    "keywords": {"zh": "关键词", "en": "Keywords"},
}
WARNINGS: Mapping[str, Mapping[UiLanguage, str]] = {
    "nothing": {
        "zh": "没有切出任何段落：请看原文是否读对了（编码、扫描件）。",
        "en": "No passage was cut: see whether the source was read rightly (encoding, a scan).",
    },
    "foreign": {
        "zh": "切出的文字有四成以上被当作别的文章（他文）：请核对它是否真的不属于本文。",
        "en": "More than 40 % of the text was taken for other articles (foreign): check that it does not belong here.",
    },
    "furniture": {
        "zh": "切出的文字有四成以上被当作版面杂项：请核对其中有没有正文。",
        "en": "More than 40 % of the text was taken for furniture: check that no running text is among it.",
    },
    "little": {
        "zh": "可编码的文字不到三成：请核对各段的种类。",
        "en": "Less than 30 % is running text: check the kinds of the passages.",
    },
    "lost": {
        "zh": "原文有一成五以上没有进入任何段落：请看左栏划去的文字。",
        "en": "More than 15 % of the source is in no passage: look at what is struck out on the left.",
    },
}
WORDS: Mapping[str, Mapping[UiLanguage, str]] = {
    "raw": {"zh": "原文", "en": "Source text"},
    "clean": {"zh": "清理后的段落", "en": "Clean passage"},
    "file": {"zh": "文件", "en": "File"},
    "encoding": {"zh": "编码", "en": "Encoding"},
    "reader": {"zh": "读取方式", "en": "Read by"},
    "length": {"zh": "长度", "en": "Length"},
    "code_points": {"zh": "个码位", "en": "code points"},
    "passages": {"zh": "段", "en": "passages"},
    "by_hand": {"zh": "人工填写", "en": "by hand"},
    "became": {"zh": "原文各部分的去向", "en": "What became of the source"},
    "not_space": {"zh": "不计空白字符", "en": "white space not counted"},
    "running": {"zh": "可编码文字", "en": "running text"},
    "apparatus": {"zh": "作者、文献、表格", "en": "authors, references, tables"},
    "left_out": {"zh": "不入任何段落", "en": "in no passage"},
    "show": {"zh": "显示", "en": "Show"},
    "page": {"zh": "第{}页", "en": "p. {}"},
    "level": {"zh": "{}级", "en": "level {}"},
    "goes_on": {"zh": "续第{}段", "en": "passage {} goes on"},
    "to_mark": {"zh": "回到正文中的注号 {}", "en": "back to mark {} in the text"},
    "to_note": {"zh": "注释 {}", "en": "note {}"},
    "note_of": {"zh": "注号 {}", "en": "mark {}"},
    "written": {"zh": "清理时写入，原文 [{}, {}) 为 {}", "en": "written by cleaning; the source has {2} at [{0}, {1})"},
    "inserted": {"zh": "清理时插入于原文 {} 处，原文此处无字", "en": "inserted by cleaning at {} of the source"},
    "struck": {"zh": "清理时未取用的文字", "en": "left out by cleaning"},
    "marked": {"zh": "清理时写入的文字", "en": "written by cleaning"},
    "keys": {
        "zh": "j / k 下一段 / 上一段 · 选中左栏文字即得其位置（写入网址）",
        "en": "j / k next / previous passage · select source text to get its offsets (kept in the address)",
    },
    "hidden": {"zh": "{} 个字符，展开", "en": "{} characters, unfold"},
    "made_by": {"zh": "由 bianma show 生成", "en": "made by bianma show"},
    "of": {"zh": "的", "en": "of"},
}


def say(word: str, ui: UiLanguage, *values: object) -> str:
    """Return a word or phrase of the interface, its places filled with `values`."""
    phrase = WORDS[word][ui]
    return phrase.format(*values) if values else phrase
