"""References as journals in traditional characters write them, author-year lists, and interviews.

〈〉 hold the title of an article and 《》 of what it stands in; pages follow their sign (頁1-28), years may be counted
from the founding of the republic (民國102年3月), and the place stands before the publisher (臺北：某某，2017年).
Journals of the mainland write some of these too, so every pattern takes both scripts.
"""

import re

_NUMERALS = "〇○零一二三四五六七八九十百"
_SHUT = r"(?=[-–—至。，,；;、）)\s]|$)"
_YEAR = r"(?:(?:19|20)\d\d|民[國国]\s*\d{2,3})"
_PLACES = (
    "台北|臺北|新北|台中|臺中|台南|臺南|高雄|新竹|桃園|桃园|嘉義|嘉义|花蓮|花莲|香港|澳門|澳门|北京|上海|天津|重慶|重庆|南京|廣州|广州|長沙|长沙|"
    "杭州|武漢|武汉|成都|西安|昆明|濟南|济南|長春|长春|瀋陽|沈阳|哈爾濱|哈尔滨|合肥|福州|廈門|厦门|桂林|南昌|太原|石家莊|石家庄|"
    "東京|东京|京都|大阪|首爾|首尔|漢城|汉城|新加坡|倫敦|伦敦|紐約|纽约|華盛頓|华盛顿|巴黎|莫斯科"
)
_START = re.compile(
    r"\s*(?:\d{1,3}[.．、\s]\s*)?(?:(?:另|亦|可|並|并|請|请|詳|详)?[參参][閱阅看見见考]|[詳详另][見见參参]|見[《〈〔\[]|见[〈]|轉引自|转引自|引自[《〈]|"
    r"同[前上][註注引揭]?[，,。]|同[註注]\s*(?:\d|[一二三四五六七八九十])|前引[書书文註注]|前揭[書书文註注]|[^，。]{1,12}[，,]\s*前[引揭][書书文註注])"
)
# Signs, one of which must be in the text, and the pattern to look with.
_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        ("书", "書", "出版", "初版", "再版"),
        re.compile(r"書店|书店|書局|书局|印書館|印书馆|出版事業|出版事业|出版部|書房|书房|年初版|年再版|初版[，,。]"),
    ),
    (
        ("化事業", "化事业", "論文", "论文"),
        re.compile(r"文化事[業业]|(?:碩士|博士|硕士)(?:學位|学位)?(?:論文|论文)[）)]?[，,。（(]"),
    ),
    (
        ("日期", "時間", "时间", "最後", "最后", "索於", "索于", "存檔", "存档"),
        re.compile(
            r"(?:檢索|检索|瀏覽|浏览|下載|下载|訪問|访问|閱覽|阅览|閲覧|閲讀|查閱|查阅|登入|上網|上网)(?:日期|時間|时间)|存[檔档][於于]|"
            r"最[後后](?:瀏覽|浏览|檢索|检索|訪問|访问|查閱|查阅)|[檢检]索[於于]"
        ),
    ),
    (
        ("頁", "页"),
        re.compile(
            rf"(?<![目首次前扉])[頁页]\s*(?:\d+|[{_NUMERALS}]{{1,6}}{_SHUT})(?![面數数歲岁])|"
            rf"第\s*[{_NUMERALS}]+\s*(?:[-–—至]\s*[{_NUMERALS}]+\s*)?[頁页]{_SHUT}"
        ),
    ),
    (("卷",), re.compile(rf"第?\s*(?:\d+|[{_NUMERALS}]+)\s*卷\s*[，,]?\s*第?\s*(?:\d+|[{_NUMERALS}]+)\s*[期號号輯辑]")),
    (
        ("第", "總", "总"),
        re.compile(rf"第\s*(?:\d+|[{_NUMERALS}]+)\s*[期號号輯辑]\s*[（(，,]\s*{_YEAR}|[總总]第?\s*\d+\s*[期號号]"),
    ),
    (("民國", "民国"), re.compile(r"民[國国]\s*\d{2,3}\s*年\s*\d{1,2}\s*月\s*[）)]")),
    (
        ("》",),
        re.compile(
            rf"》[（(，,。\s]*\d+\s*[（(]\s*\d+\s*[）)]\s*[:：，,]\s*\d+|》[，,]\s*\d+\s*[，,:：]\s*\d+\s*[-–—~～]\s*\d+|"
            rf"》\s*[，,。．.（(]\s*(?:{_PLACES})(?:市)?\s*[:：]\s*\S"
        ),
    ),
    (  # archives: who holds the document, and its number
        ("档", "檔", "典藏", "卷宗", "全宗"),
        re.compile(
            r"[档檔]案[馆館][，,]?\s*(?:收?藏(?=[，,。；;（(]|$)|[档檔]\s*[号號]|[全卷]宗|[A-Z\d])|"
            r"(?:[档檔]\s*[号號]|[档檔]案\s*[号號]|典藏[号號]|[全卷]宗[号號]?)\s*[:：]?\s*[A-Z\d]|藏[于於][^。，]{0,16}[档檔]案[馆館]"
        ),
    ),
    (  # a document on a news site: 《…》，2002年7月31日，新华网
        ("网", "網", "社", "站"),
        re.compile(
            r"[》”]\s*[，,]?\s*(?:[（(]\s*)?(?:[^。《》，,]{1,12}[，,]\s*)?\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?(?:\s*[）)])?\s*"
            r"[，,]\s*[^。，,；]{1,14}(?:[网網]站?|社|官[网網])\s*(?:[，,。].{0,80})?$|"
            r"[》”]\s*[，,]\s*[^。，,；《》]{1,14}(?:[网網]站?|社)\s*[，,]\s*\d{4}\s*年\s*\d{1,2}\s*月"
        ),
    ),
    (
        ("』",),
        re.compile(r"』\s*[（(][^（()）。]{1,24}[、，,]\s*(?:19|20)\d\d\s*年?[^（()）]{0,8}[)）]"),
    ),  # as in Japanese
    (("〉",), re.compile(r"〉\s*[，,。]?\s*(?:[收載载見见][錄录入於于]*\s*)?[^《〈。]{0,24}《[^》]+》")),
    (("〈", "《", "“"), re.compile(rf"[，,（(]\s*{_YEAR}[a-z]?(?:/[\w-]+)?\s*年?\s*[）)]?\s*[，,。．.]\s*[〈《“]")),
    (("（", "("), re.compile(rf"[（(]\s*(?:{_PLACES})\s*[:：][^（）()。]{{1,24}}[，,]\s*{_YEAR}")),
    (
        ("報", "报", "刊》"),
        re.compile(
            rf"(?:日|時|时|晚|早|週|周|月)[報报刊]》?\s*[，,]\s*{_YEAR}\s*年\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?\s*"
            r"(?:[，,]\s*[版第A-Z]|[，,。]?\s*$|[，,]\s*[〈<]?http)"
        ),
    ),
)
_INTERVIEW = re.compile(
    r"[^。]{0,48}(?:访谈|訪談|采访|採訪|面访|面訪|访问|訪問)(?:记录|記錄|紀錄|纪要|紀要|稿)?[，,（(：:][^。；;]{0,24}\d{4}\s*年[^。；;]{0,24}。?\s*"
)

# The headings inside a list of references: by language, or by what is listed.
_LANGUAGE = "(?:中|英|外|西|日|韓|韩|法|德|俄|中外|華|华)[文語语]"
_WHAT = (
    "部[分份]|文獻|文献|書目|书目|資料|资料|期刊|專書|专书|著作|論文|论文|書籍|书籍|報紙|报纸|專著|专著|期刊論文|期刊论文|"
    "參考文獻|参考文献|參考書目|参考书目|網[路絡]資料|网络资料|譯著|译著"
)
_LISTED = (
    "專書(?:論文|篇章|及論文)?|专书(?:论文|篇章)?|書籍|书籍|專書及期刊論文|专书及期刊论文|期刊(?:論文|论文|文章)?|學術期刊|学术期刊|學位論文|学位论文|碩?博士?論文|"
    "(?:學術|学术)?(?:研討會論文|研讨会论文)|会议论文|會議論文|報紙|报纸|報刊|报刊|報章雜誌|雜誌|杂志|網[路絡](?:資料|資源|文獻)|网络(?:资料|资源|文献)|網際網路|電子資源|电子资源|"
    "官方(?:文件|文獻|文献|資料|资料|出版品)|政府(?:文件|文獻|出版品|公报|公報)|[一二原]手(?:文獻|文献|資料|资料)|檔案|档案|工具書|工具书|訪談(?:紀錄|記錄)?|访谈(?:记录|纪录)?|"
    "譯著|译著|其他|[論论]文|著作|史料"
)
_LATIN_LISTED = (
    r"(?:in\s+)?(?:chinese|english|japanese|korean|foreign|western)(?:[- ]?language)?"
    r"(?:\s+(?:references|literature|sources|works|part|materials))?|"
    r"books(?:\s+and\s+(?:articles|monographs))?|(?:journal\s+)?articles|book chapters|monographs|"
    r"(?:primary|secondary|online|internet|official|archival|government) (?:sources|documents|publications|materials)|"
    r"newspapers?(?:\s+and\s+magazines)?|websites?|internet|dissertations|theses|interviews"
)
_LIST_HEADING = re.compile(
    r"[（(〔【\[]?\s*(?:[一二三四五六七八九十]{1,2}|[壹貳贰參参叁肆伍]|\d{1,2}|[A-Za-z]|[IVX]{1,4})?\s*[、.．）)〕】\]]?\s*"
    rf"[【〔\[（(]?\s*(?:{_LANGUAGE}\s*(?:(?:{_WHAT}|{_LISTED})\s*)*|(?:{_LISTED})|{_LATIN_LISTED})\s*[】〕\]）)]?\s*[:：]?",
    re.IGNORECASE,
)
_CYRILLIC, _LETTERS = re.compile("[\u0400-\u04ff]"), re.compile(r"[^\W\d_]")
_LIST_HEADING_AT_MOST = 40  # characters


def cites(text: str) -> bool:
    """Tell whether a note, or one sentence of it, says where something stands, in a form of this module.

    >>> cites("王某，〈承諾論〉，《某學報》，第3期，2021年，頁1-28。"), cites("此處所稱的承諾，係指公開的表態。")
    (True, False)
    """
    if _START.match(text):
        return True
    for signs, form in _FORMS:
        for sign in signs:
            if sign in text:
                if form.search(text):
                    return True
                break
    if _CYRILLIC.search(text) and _is_cyrillic(text):
        return True
    return len(text) <= 100 and ("访" in text or "訪" in text) and _INTERVIEW.fullmatch(text) is not None


def _is_cyrillic(text: str) -> bool:
    """Tell whether a note is written in Russian or another language of Cyrillic letters, and so is a reference."""
    return 2 * len(_CYRILLIC.findall(text)) > len(_LETTERS.findall(text))


def is_list_heading(text: str) -> bool:
    """Tell whether a line parts a list of references: 一、中文部分, 期刊論文, Primary sources.

    >>> is_list_heading("二、英文部分"), is_list_heading("二、承諾的成本")
    (True, False)
    """
    return 2 <= len(text) <= _LIST_HEADING_AT_MOST and _LIST_HEADING.fullmatch(text) is not None
