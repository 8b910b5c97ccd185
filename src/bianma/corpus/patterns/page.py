"""What a page carries besides the article: its number, the issue, the editor, addresses, placeholders of pictures."""

import re

from bianma.corpus.script import HAN

_NUMERALS = "一二三四五六七八九十"
# Signs, one of which must be in the line, and what the whole line looks like then.
FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        (),
        re.compile(
            r"[-–—·•.\s|｜*/]*(?:第\s*)?\d{1,4}\s*[页頁]?[-–—·•.\s|｜*/]*(?:共\s*\d+\s*[页頁])?|[-–—=_*·•.\s■□◆◇]+|"
            r"[\d\s()（）.,，–—-]{3,40}"
        ),
    ),
    (
        ("/", "of", "共"),
        re.compile(r"(?:第|頁|页|Page)?\s*\d{1,4}\s*[页頁]?\s*(?:/|of|[,，]?\s*共)\s*\d{1,4}\s*[页頁]?", re.I),
    ),
    (
        ("期", "年", "第", ",", "，", "/", "."),
        re.compile(
            rf"[《〈]?[{HAN}A-Za-z·（）() ]{{0,20}}[》〉]?\s*[（(]?\s*\d{{4}}\s*年?\s*[第,，/.]\s*"
            r"\d{1,2}\s*期?[^。，；：]{0,30}"
        ),
    ),
    (
        ("期", "號"),
        re.compile(
            rf".{{0,16}}[（(]?[总總]第\s*\d+\s*[期號号][)）]?.{{0,20}}|.{{0,20}}第\s*[\d{_NUMERALS}]+\s*卷\s*[,，]?\s*第\s*[\d{_NUMERALS}]+\s*期.{{0,30}}|"
            rf".{{0,20}}[\d〇○零{_NUMERALS}]{{4}}\s*年\s*第\s*[\d{_NUMERALS}]+\s*期.{{0,20}}"
        ),
    ),
    (
        ("vol",),
        re.compile(
            r"[A-Z][^“”\"《]{3,80}\s+Vol\.\s*\d+.{0,60}|"
            r"Vol\.?\s*\d+\s*[,，.]?\s*No\.?\s*\d+\s*[,，.]?\s*(?:[A-Z][a-z]+\.?\s*)?(?:\d{4})?",
            re.IGNORECASE,
        ),
    ),
    (
        ("  ", "\u3000"),
        re.compile(
            r"\d{2,4}[\s\u3000]{3,}\S.{1,60}|.{2,60}\S[\s\u3000]{3,}[-–—·]?\s*\d{1,4}\s*[-–—·]?|"
            r"第\s*\d{1,3}\s*卷\s*第\s*\d{1,2}\s*期(?:  +|\u3000+)\S.{1,90}|"
            r"\d{4}\s*年\s*\d{1,2}\s*月(?:  +|\u3000+)[^。]{2,90}"
        ),
    ),
    (
        (
            "责",
            "責",
            "编",
            "校",
            "图片",
            "圖片",
            "![",
            "issn",
            "cn",
            "http",
            "版权",
            "©",
            "copyright",
            "編",
            "版權",
            "審",
            "审",
        ),
        re.compile(
            r"[（(\[【]?\s*(?:责任编[辑校]|責任編輯|责编|编辑|编校|校对|审校|責任編校|責編|編輯|編校|校對|[责責]任校[对對]|審校|[执執]行[编編][辑輯])\s*[:：\s].{1,24}|!\[[^\]]*\]\([^)]*\)|"
            r"(?:ISSN|CN)\s*[\d-].{0,40}|https?://\S+(?:\s+\d{1,4}\s*/\s*\d{1,4})?|(?:版权所有|版權所有|©|Copyright).{0,60}|"
            r"[\[【(（]?(?:图片|圖片)[\]】)）]?",
            re.IGNORECASE,
        ),
    ),
)
# What begins with a letter and is furniture holds one of these.
ON_A_PAGE = re.compile(r"[片編审審\d期责責编校版/:]|opyright")
