"""Strategies for raw text as sources hold it: the characters and the mark-up that break naive offsets."""

from hypothesis import strategies as st

HARD = [
    "𠮷田",
    "𡈽",
    "👩‍👩‍👧",
    "e\u0301",
    "が",
    "か\u3099",
    "\ufe0f",
    "\u200b",
    "\u00ad",
    "\ufeff",
    "\u3000",
    "\u00a0",
    "Ａ",
    "㍿",
    "ﬁ",
    "ß",
    "İ",
]
BREAKS = ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\f", "\u2028", "\x85", "\n　　"]
MARKUP = [
    "# ",
    "## 一、",
    "**",
    "*",
    "<sup>①</sup>",
    "<sup>th</sup>",
    "①",
    "[1]",
    "[2](P35)",
    "[^1]",
    "$^{\\circ}$",
    "\\*",
    "> ",
    "- ",
]
MORE_MARKUP = [
    "|甲|乙|",
    "\t",
    "---",
    "```",
    "<!-- x -->",
    "![图](a.png)",
    "[网](http://a.b/c)",
    "`",
    "_x_",
    "\\",
    "&amp;",
    "<br>",
]
WORDS = [
    "安全机制",
    "同盟困境",
    "，",
    "。",
    "“平衡者”",
    "（一）",
    "摘 要：",
    "关键词：",
    "Abstract: ",
    "alliance",
    "insur-",
    "ance",
    "U.S.",
    " ",
    ";",
]
NOTES = [
    "① 参见《同盟论》，第5页。",
    "参考文献",
    "表1 三国",
    "· 12 ·",
    "责任编辑：某",
    "Keywords:",
    "2019年第4期",
    "1. ",
    "2024",
]

raw_texts = st.lists(st.sampled_from(HARD + BREAKS + MARKUP + MORE_MARKUP + WORDS + NOTES), max_size=40).map("".join)
any_texts = st.one_of(raw_texts, st.text(max_size=80))
