"""What journals print around their articles, as patterns: labels, headings, note marks, references, page furniture.

Patterns look at the text of one paragraph after mark-up is gone. Chinese journals differ in brackets, spacing and
order, not in the words; so the words are listed here and everything else is left open.
"""

import re
from collections.abc import Sequence
from typing import Literal

from bianma.corpus.patterns import citing, marks, page
from bianma.corpus.patterns.marginalia import is_marginal
from bianma.corpus.script import HAN, has_han, is_japanese_or_korean, is_latin, latin_share

Label = Literal["abstract", "keywords", "author", "furniture"]

_OPEN, _SHUT = r"[\[【〔［〖<〈《(（■◆●]?\s{0,4}", r"\s{0,4}[\]】〕］〗>〉》)）]?\s{0,4}"
_NAMES: dict[Label, str] = {
    "abstract": (
        r"摘\s*要|内\s*容\s*提\s*要|内容摘要|提\s*要|論文提要|论文摘要|中文摘要|英文摘要|"
        r"內\s*容\s*(?:提|摘)\s*要|Abstract|Summary|"
        r"論文摘要|论文提要|[中英外][文語语]\s*(?:摘|提)\s*要|文章(?:摘|提)要"
    ),
    "keywords": (
        r"关\s*键\s*词|关\s*键\s*字|主\s*题\s*词|關\s*鍵\s*(?:詞|字)|"
        r"主\s*題\s*詞|[中英][文語语]?(?:关键[词字]|關鍵[詞字])|"
        r"Key\s*-?words?(?:\s+and\s+phrases)?|Index\s+terms"
    ),
    "author": (
        r"作者(?:简介|介绍|单位|信息|近况)?|作者簡介|第一作者(?:简介)?|通讯作者(?:简介)?|通信作者|本文作者|译者(?:简介)?|"
        r"作者(?:簡歷|简历|介紹|單位|資訊|近況|現職|现职)|第一作者(?:簡介)?|通[訊信]作者(?:簡介|简介)?|譯者(?:簡介|介紹)?|译者介绍|"
        r"About\s+the\s+authors?|Author(?:s|\(s\))?(?:\s+(?:Bio|Biography|Affiliations?))?|Corresponding\s+author"
    ),
    "furniture": (
        r"DOI|中图(?:法)?分类号|中圖分類號|分\s*类\s*号|文献标[识志]码|文章编号|收稿日期|修[回改订稿]+日期|录用日期|"
        r"投稿日期|定稿日期|网络(?:首发|出版)(?:时间|日期|地址)?|基金项目|项目基金|资助项目|基金资助|基\s*金|"
        r"中圖(?:法)?分類號|分\s*類\s*號|文獻標[識誌]碼|文章編號|收稿日期|收[件到]日期|收件(?=\s*[:：])|修[改訂稿正回]+日期|"
        r"錄用日期|[採采]用日期|接受(?:刊登)?日期|(?:審查)?通過日期|投稿日期|定稿日期|刊登日期|"
        r"網[絡路](?:首發|出版)(?:時間|日期|地址)?|基金項目|項目基金|資助項目|基金資助|專案編號|計畫編號|"
        r"責任編校|責任校對|责任校对|責\s*編|欄目編輯|特約編輯|執行編輯|执行编辑|編\s*輯|校\s*對|引用(?:本文|文獻格式)|開放科學.{0,12}|"
        r"责任编[辑校]|責任編輯|责\s*编|栏目编辑|特约编辑|编\s*辑|校\s*对|引用(?:格式|本文)|引文格式|本文引用格式|"
        r"致\s*[谢謝]|[鸣鳴]\s*[谢謝]|[谢謝]\s*[辞辭忱]|Acknowledge?ments?|"
        r"开放科学.{0,12}|CLC(?:\s+number)?|Document\s+code|Article\s+ID|Received|Accepted|Revised|"
        r"Published(?:\s+online)?|Funding|ISSN|Citation|Editors?"
    ),
}
_LABELS = {
    label: re.compile(
        rf"{_OPEN}(?:{names})(?P<end>{_SHUT}(?:[:：]\s*|(?<=[\]】〕］〗>〉》)）])\s*|\s+|[—.]\s*|$))", re.IGNORECASE
    )
    for label, names in _NAMES.items()
}
_HALF = {c: c - 0xFEE0 for c in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}  # full-width letters
_FULL_WIDTH = re.compile("[\uff21-\uff5a]")
_LABEL_BEGINS = re.compile(
    f"{_OPEN}(?:[A-Za-z\uff21-\uff5a摘内內提論论中英关關主作第通本译分文收修录投定网基项资责責栏特编編校引开"
    "外譯錄採采接審刊網項資專計欄執执開致鸣鳴谢謝])"
)
_LABEL_AT_MOST, _HEADING_AT_MOST = 80, 120  # characters
_SURE_END = re.compile(r"[:：\]】〕］〗>〉》.—]|^$")
# Where one line holds several labels, each begins a paragraph of its own.
INNER_LABEL = re.compile(
    rf"(?<=[\s。.;；）)])(?=\*{{0,2}}{_OPEN}(?:中图(?:法)?分类号|分\s*类\s*号|文献标[识志]码|文章编号|关\s*键\s*词|收稿日期|作者简介|基金项目|"
    r"中圖(?:法)?分類號|分\s*類\s*號|文獻標[識誌]碼|文章編號|關\s*鍵\s*[詞字]|关\s*键\s*字|作者簡介|基金項目|"
    r"DOI|Key\s?words?)\s*[\]】〕］〗>〉》]?\*{0,2}\s*[:：\]】])",
    re.IGNORECASE,
)

INNER_WORD = re.compile(  # any text that INNER_LABEL matches holds one of these
    r"中图|分\s*类\s*号|文献标|文章编|关\s*键\s*词|收稿日|作者简|基金项|"
    r"中圖|分\s*類\s*號|文獻標|文章編|關\s*鍵\s*[詞字]|关\s*键\s*字|作者簡|基金項|DOI|doi|Doi|Key|key|KEY"
)

# What is counted: before one of these a number is a number, neither a heading's nor a note's.
MEASURES = "年月日国國个個名项項次亿億万萬千百十度倍人家天条條点點分世代届屆岁歲位支艘架枚种種多余餘則"
_CN = "[一二三四五六七八九十百]{1,3}"
_NUMBERING = (
    re.compile(
        rf"(?:第\s*(?:{_CN}|\d+)\s*[章节節部编編篇]|{_CN}\s*[、．.]|"
        rf"{_CN}[ \t\u3000]+(?=\S)|[壹贰貳贰叁叄參参肆伍陆陸柒捌玖拾](?:\s*[、．]|[ \t\u3000]+(?=\S))|"
        r"[IVX]+\s*[.、．]\s*(?=\S))"
    ),
    re.compile(rf"[（(〔]\s*{_CN}\s*[）)〕]"),
    re.compile(rf"\d{{1,2}}(?:[.．]\d{{1,2}})*(?:[.．、]\s*(?=\D)|[ \t\u3000]+(?=[A-Z{HAN}])(?![{MEASURES}]))"),
    re.compile(r"[（(]\s*\d{1,2}\s*[）)]"),
)
_NUMBER = re.compile(rf"{_CN}|\d+(?:[.．]\d+)*|[壹贰貳叁叄參参肆伍陆陸柒捌玖拾]+|[IVX]+")
_PLAIN_HEADINGS = re.compile(
    r"引\s*言|导\s*言|导\s*论|前\s*言|绪\s*论|問題的提出|问题的提出|结\s*语|結\s*語|结\s*论|結\s*論|余\s*论|餘\s*論|结束语|小\s*结|附\s*录|致\s*谢|"
    r"導\s*言|導\s*論|緒\s*[論言]|绪\s*言|序\s*[論论言]|前\s*[記记]|問題意識|问题意识|問題(?:的)?提出|问题提出|研究緣起|研究缘起|"
    r"結\s*束\s*語|結\s*尾|结\s*尾|代\s*[結结]\s*[論论語语]|小\s*結|尾\s*[聲声]|[餘余]\s*[話话]|"
    r"[結结]\s*[論论]\s*[與与和及暨]\s*(?:建\s*[議议]|[討讨]\s*[論论]|展\s*望|[啟啓启]\s*示|反\s*思)|"
    r"附\s*錄|附\s*件|[謝谢]\s*[辭辞誌志詞词]|致\s*謝|[後后]\s*[記记]|"
    r"Introduction|Conclusions?|Concluding remarks|Discussion|Acknowledge?ments?|Appendix",
    re.IGNORECASE,
)
_NAMED_AT_MOST = 24  # characters
_NAMED_HEADING = re.compile(  # 余论：谁的安全？
    r"(?:引\s*[言论論]|[导導]\s*[言论論]|[绪緒]\s*[言论論]|前\s*言|[结結]\s*[语語论論]|[结結]束[语語]|[余餘]\s*[论論]|[代小][结結][语語论論]?)"
    r"\s*[:：—]{1,2}\s*[^。，；！：,;]{2,20}"
)
REFERENCES = re.compile(
    r"[\[【〔［]?\s*(?:参考文献|參考文獻|参考书目|主要参考文献|征引文献|引用文献|"
    r"(?:主要|重要)?(?:參考|参考|徵引|征引|引用)\s*(?:文\s*[獻献]|[書书]\s*目|[資资]\s*料)(?:目[錄录])?|"
    r"[參参]\s*考\s*文\s*[獻献]|[參参]\s*考\s*[書书]\s*目|[參参]\s*考\s*[資资]\s*料|文\s*[獻献]|[書书]\s*目|"
    r"附\s*[註注]|[註注]\s*[釋释解腳脚]|[腳脚章尾]\s*[註注]|[參参]考(?:連結|链接)|"
    r"注\s*释|註\s*釋|注\s*解|尾\s*注|References|Bibliography|Works Cited|"
    r"Notes|Endnotes)\s*[\]】〕］]?\s*[:：]?",
    re.IGNORECASE,
)

CIRCLED = marks.CIRCLED
_SUPERSCRIPT = (
    r"<sup>[^<\n]{0,16}</sup>|<sup>\[[^\]\n]{1,8}\]\([^)\n]*\)</sup>|"
    r"\$\s*(?:\{\s*\}\s*)?\{?\s*\^\s*\{?[^$\n]{0,24}\}?\s*\$|\$\s*\\textcircled\s*\{[^}\n]*\}\s*\$"
)
OPENING_MARK = re.compile(
    rf"\s*(?:<span[^>\n]*>\s*</span>\s*)*(?:<a\s[^>\n]*>\s*)?(?:(?:\*\*)?(?P<sign>{_SUPERSCRIPT}|{marks.OPENING}|{marks.RAISED}|{marks.ROMAN}|[{CIRCLED}]+|\[\^[^\]\n]+\]:?|\\?[\[［〔]\s*\d{{1,3}}\s*\\?[\]］〕]|\\\*+|[＊∗※†‡]+|"
    r"\*(?=\s*(?:本文|本研究|作者|感谢|感謝|謹|谨|基金|This |The author|I thank|"
    r"We thank))|[Ff]ootnote\s+\d{1,3}\s*[:.]|[\u00b9\u00b2\u00b3\u2070-\u2079]+)"
    r"(?:\*\*)?)(?![。，、；：！？”’）》」』,.;:])\s*"
)
PLAIN_MARK = re.compile(
    r"\s*(?P<sign>[◎®©♡○@°]|\d{1,3}[.．、）)\]]?)\s+(?=\S)(?![" + MEASURES + r"])|\s*(?P<tight>[◎®©♡○])(?=\S)"
)

# A reference says where something stands. Four ways to tell, by what must be in the text for it.
_CITING_WORDS = re.compile(  # the forms of the other script stand in `citing`
    "出版社|出版公司|书局|印书馆|書店|访问时间|访问日期|訪問時間|检索时间|上网时间|年版"
)
_CITING_START = re.compile(
    r"\s*(?:\d{1,3}[.．、\s]\s*)?(?:同上|同前|前引|前揭|转引自|轉引自|"
    r"参见|參見|详见|参阅|另见|见[《〔\[]|Cited in|See(?: also)?\s)|"
    r"[^。《》]{1,40}[:：]\s*《[^》]+》|[^。《》]{0,24}《[^》]+》\s*[，,]\s*载",
    re.IGNORECASE,
)
_CITING_FIGURES = re.compile(
    r"(?=[第\dpv(])(?:第\s*\d+\s*(?:[-–—―－~～至、,，]\s*\d+\s*)*[页頁]|\d\s*[頁면쪽]|\bpp?\.\s*\d|\bVol\.\s*\d|"
    r"\d{4}\s*年?\s*第\s*\d+\s*[期辑卷]|\d{4}\s*年\s*\d+\s*月\s*\d+\s*日\s*[。，,]?\s*第\s*\d+\s*版|"
    r"\((?:19|20)\d\d[a-z]?\)\.|\d\s*\(\d+\)\s*[,，:：]\s*(?:pp?\.)?\s*\d+\s*[-–—]\s*\d+|"
    r"\(?(?:19|20)\d\d[a-z]?\)?[,:]\s*\d+\s*[-–—]\s*\d+)",
    re.IGNORECASE,
)
_CITING_LATIN = re.compile(
    r"(?=[iohwdue\[])(?:\[(?:[MJNCDRSPZGA]|EB|[A-Z]+/OL)\b|\bibid\b|\bop\.? ?cit|https?://|\bwww\.|\bdoi[:.]|"
    r"University Press|\beds?\.,)",
    re.IGNORECASE,
)
_DIGIT, _LETTER = re.compile(r"\d"), re.compile("[A-Za-z]")
_THANKING_WORDS = (
    *("本文", "项目", "基金", "课题", "感谢", "致谢", "谨致", "文责自负"),
    *("項目", "課題", "計畫", "計劃", "感謝", "致謝", "謹致", "謝意", "谢意", "文責自負"),
)
_THANKS = re.compile(
    r"本文[系係為为是].{0,60}(?:项目|課題|课题|基金|成果|研究|论文)|(?:项目|基金|课题).{0,40}(?:编号|批准号|阶段性|资助|成果)|"
    r"感谢|致谢|谨致|文责自负|"
    r"本文[系係為为是乃].{0,60}(?:項目|研究計[畫劃]|論文)|(?:項目|課題).{0,40}(?:編號|批准號|階段性|資助|補助|成果)|"
    r"(?:研究|專題|专题|整合型|學術|科技部|國科會).{0,20}計[畫劃].{0,40}(?:編號|階段性|資助|補助|成果)|"
    r"感謝|致謝|謹致|謝意|谢意|文責自負"
)
_THANKS_LATIN = re.compile(r"\bgrants?\b|\bfund(?:ed|ing)\b|\bthanks?\b|\bgrateful\b", re.IGNORECASE)
_BIOGRAPHY = re.compile(
    r"(?:博士|硕士|碩士|教授|研究员|研究員|讲师|講師|博士生|研究生|导师|導師|博士后|博士後|博士後研究|候選人|候选人|撰稿人|評論員|评论员)[、，,；;。）)]|"
    r"[（(]\s*(?:本文)?作者[為为系係現现]|(?:電子(?:郵件|信箱|郵箱)|电子(?:邮件|邮箱|信箱)|電郵|电邮)\s*[:：]|"
    r"(?:19|20)\d\d\s*[—–-]\s*[)）]|E-?mail",
    re.IGNORECASE,
)

_FURNITURE_AT_MOST = 120  # characters
_COLUMN = re.compile(rf"[【\[〔［·•■◆●▲★☆※]\s*[{HAN}A-Za-z、与與和暨及·\s]{{2,20}}\s*[】\]〕］·•■◆●▲★☆※]")
CAPTION = re.compile(
    rf"(?:[续續]?[表图圖]\s*(?:\d{{1,2}}(?:[-–.]\d+)?|[一二三四五六七八九十]{{1,2}})(?=[\s:：.、{HAN}])|(?:Table|Fig(?:ure|\.)?)\s*\d+).{{0,80}}",
    re.IGNORECASE,
)
TABLE_BEGINS = frozenset("续續表图圖资資数數图说說注註備备*TFSNtfsn")  # a caption, or a line under a table
TABLE_SOURCE = re.compile(
    r"(?:資料|數據|数据|资料|圖片|圖表|图片|图表|表格)\s*(?:來源|来源|出處|出处)\s*[:：]|[*]?註\s*[:：]|說明\s*[:：]|[備备][註注]\s*[:：]|"
    r"(?:资料|数据|資料|图片|图表|表格)\s*来源\s*[:：]|資料來源\s*[:：]|Sources?\s*:|[*]?注\s*[:：]|说明\s*[:：]|Notes?\s*:",
    re.IGNORECASE,
)

_ABBREVIATED = re.compile(r"\b(?:[Nn]o|[Vv]ol|pp?|vs|Dr|Mr|Mrs|Prof|[Ee]ds?|trans|cf|e\.g|i\.e)\.$")
_WHITE = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_CLOSING = "”’\"'』」）)"
_AFTER_STOP = f"{_CLOSING}]】》〉*＊■□◆◇{_WHITE}"
_AFTER_PAUSE = _CLOSING + _WHITE
# A note mark hides the stop before it. What the last character must be for that, once brackets are gone; and the mark.
_MARK_AT_MOST = 100  # characters, of several marks together
_CLOSING_MARK = re.compile(
    rf"(?:[。！？!?…．]|(?<=[a-z)”’\"])\.)[{_CLOSING}]*\s*(?:(?:<sup>[^<\n]{{0,40}}</sup>|\$[^$\n]{{1,40}}\$|"
    rf"\[{{1,2}}\\?\[?\^?(?:注|註)?\s*[\d{CIRCLED}]{{1,4}}[^\[\]\n]{{0,8}}\]{{1,2}}(?:\s?[(（][^()（）\n]{{0,60}}[)）])?|"
    rf"{marks.RAISED}|{marks.ROMAN}|[（(【〔［]\s*附?[註注][释釋解]?\s*[\d{CIRCLED}]{{1,4}}\s*[）)】〕］]|"
    rf"〔\s*\d{{1,3}}\s*〕|［\s*\d{{1,3}}\s*］|\^\d{{1,3}}\^?|\^?[{CIRCLED}]+\^?|[\u00b9\u00b2\u00b3\u2070-\u2079]+|[◎®©♡○@])\s*)+$"
)
_CLOSING_NUMBER = re.compile(rf"(?:[。！？][{_CLOSING}]*|[a-z]{{3}}[.?!][”’)\"]*)\d{{1,2}}$")

# Most paragraphs and lines are running text. What a pattern of this module can match begins with one of these, or with
# no Han character at all; so most texts need not be looked at further.
_INITIALS = frozenset(
    "譯錄採采接審導項刊網專計欄執执開外書书徵主重腳脚章文代緒绪序研後后謝谢余標結"  # the same in the other script
    "摘内內提论論中英关關主作第通本译譯修录投定网基项資资助责責栏特编編校引开收分文致鸣鳴谢謝"  # labels
    "一二三四五六七八九十百壹贰貳叁叄參参肆伍陆陸柒捌玖拾"  # numbers
    "引导前绪問问结結余餘小附致参參征注註尾"  # headings known by name
    "续續表图圖数數说說資资備备"  # captions and sources of tables
)
_MARK_INITIALS = frozenset("注註附Ff") | frozenset(
    map(
        chr,
        (
            *range(0x2460, 0x2474),
            *range(0x2070, 0x207A),
            0xB9,
            0xB2,
            0xB3,
            *range(0x2776, 0x2780),
            *range(0x24EB, 0x24F5),
            *range(0x3251, 0x3260),
            *range(0x32B1, 0x32C0),
        ),
    )
)
_STOPS, _MARK_ENDS = frozenset("。！？!?…．"), frozenset("0123456789>$^@®©◎○♡ivx") | _MARK_INITIALS


def may_open(text: str) -> bool:
    """Tell whether `text` may begin with a label, number, mark, known heading or caption: False is sure."""
    return not "\u4e00" <= text[:1] <= "\u9fff" or text[0] in _INITIALS


def label_of(text: str) -> tuple[Label, int] | None:
    """Return the label that `text` begins with and where its content begins; None without one.

    >>> label_of("【关键词】利益平衡"), label_of("摘要的写法各有不同")
    (('keywords', 5), None)
    """
    if not may_open(text):
        return None
    head = text[:_LABEL_AT_MOST]
    if not _LABEL_BEGINS.match(head):
        return None
    if _FULL_WIDTH.search(head):
        head = head.translate(_HALF)
    for label, pattern in _LABELS.items():
        match = pattern.match(head)
        if match and _is_label(match, text):
            return label, match.end()
    return None


def _is_label(match: re.Match[str], text: str) -> bool:
    """A word is a label by a colon or bracket after it, or by standing alone; Chinese ones also by a mere space."""
    end = match["end"]
    if _SURE_END.search(end) or match.end() == len(text):
        return True
    name = match[0][: match.start("end") - match.start()]
    return has_han(name) and len("".join(name.split())) >= 2 and name[-1] != "者" and not end.strip()


def opening_mark(text: str, at: int = 0) -> re.Match[str] | None:
    """Return the note mark that `text` begins with, from `at`; its sign is in the group `sign`."""
    begins = text[at : at + 1]
    return None if begins.isalnum() and begins not in _MARK_INITIALS else OPENING_MARK.match(text, at)


def numbering(text: str) -> int | None:
    """Return the rank of the numbering that `text` begins with; None without one.

    1 is 一、 2 is （一） 3 is 1. or 1.1 and 4 is （1）.

    >>> numbering("（二）分析框架"), numbering("分析框架")
    (2, None)
    """
    if not may_open(text):
        return None
    return next((rank for rank, pattern in enumerate(_NUMBERING, 1) if pattern.match(text)), None)


def numbering_end(text: str) -> int:
    """Return how many characters the numbering at the start of `text` takes."""
    return max((m.end() for pattern in _NUMBERING if (m := pattern.match(text))), default=0)


def number_of(text: str) -> str | None:
    """Return the number of a heading as printed, without what stands around it; None without one.

    >>> number_of("（二）分析框架"), number_of("2.1 数据来源"), number_of("第三章 结论"), number_of("结语")
    ('二', '2.1', '三', None)
    """
    found = _NUMBER.search(text[: numbering_end(text)]) if numbering(text) else None
    return found[0] if found else None


def is_heading(text: str) -> bool:
    """Tell whether an unmarked line reads as a heading: numbered or of a known name, short, not a sentence."""
    bare = text.strip()
    if not bare or len(bare) > _HEADING_AT_MOST or not may_open(bare):
        return False
    if _PLAIN_HEADINGS.fullmatch(bare[numbering_end(bare) :].rstrip(":：")):
        return True
    if len(bare) <= _NAMED_AT_MOST and _NAMED_HEADING.fullmatch(bare, numbering_end(bare)):
        return True
    if "。" in bare or bare[-1] in "；;，,、：:" or ends(bare) or numbering(bare) is None:
        return False
    return not ((len(bare) > 45 and not is_latin(bare)) or is_furniture(bare) or is_citation(bare))


def ends(text: str) -> bool:
    """Tell whether `text` ends as a sentence does, whatever quotes and brackets close after the stop."""
    bare = text.rstrip(_AFTER_STOP)
    last = bare[-1:]
    if last == ".":
        return not "A" <= bare[-2:-1] <= "Z" and not is_abbreviated(text)
    if last in _STOPS:
        return True
    return last in _MARK_ENDS and _CLOSING_MARK.search(text[-_MARK_AT_MOST:].rstrip()) is not None


def ends_numbered(text: str, following: str) -> bool:
    """Tell whether `text` ends as a sentence does but for a bare number, a note's mark: what follows counts nothing.

    >>> ends_numbered("机制停滞了。3", "信任不足"), ends_numbered("机制停滞了。20", "年后才恢复")
    (True, False)
    """
    if not text[-1:].isdecimal() or following[:1] in MEASURES or following[:1].isdecimal() or following[:2] == "世纪":
        return False
    return _CLOSING_NUMBER.search(text[-12:]) is not None and not is_abbreviated(text.rstrip("0123456789"))


def is_abbreviated(text: str) -> bool:
    """Tell whether `text` breaks off after an abbreviation that something must follow: Vol. 19, No."""
    return text.endswith(".") and _ABBREVIATED.search(text[-12:]) is not None


def pauses(text: str) -> bool:
    """Tell whether `text` ends in a colon or semicolon: finished where a list follows, unfinished at a page break."""
    last = text.rstrip(_AFTER_PAUSE)[-1:]
    return last != "" and last in "；;：:—"


def is_citation(text: str) -> bool:
    """Tell whether a note, or one sentence of it, only says where something stands."""
    if _CITING_WORDS.search(text) or _CITING_START.match(text):
        return True
    if _DIGIT.search(text) and _CITING_FIGURES.search(text):
        return True
    if _LETTER.search(text) and (_CITING_LATIN.search(text) or (has_han(text) and latin_share(text) > 0.7)):
        return True
    return is_japanese_or_korean(text) or citing.cites(text)


def is_thanks(text: str) -> bool:
    """Tell whether a note names the grant behind the article, or thanks people."""
    head = text[:200]
    if any(word in head for word in _THANKING_WORDS) and _THANKS.search(head):
        return True
    return _LETTER.search(head) is not None and _THANKS_LATIN.search(head) is not None


def is_biography(text: str) -> bool:
    """Tell whether a note presents the author."""
    return _BIOGRAPHY.search(text[:200]) is not None


def is_furniture(text: str) -> bool:
    """Tell whether a line belongs to the page, not to the article: its number, the issue, the editor."""
    if len(text) > _FURNITURE_AT_MOST or text[-1:] in ("。", "！", "？"):
        return False
    bare = text.strip()
    if bare[:1].isalpha() and not page.ON_A_PAGE.search(bare):
        return False
    lower = bare.lower()
    for signs, pattern in page.FORMS:
        if (not signs or _holds(lower, signs)) and pattern.fullmatch(bare):
            return True
    return is_marginal(bare)


def _holds(text: str, signs: Sequence[str]) -> bool:
    for sign in signs:  # noqa: SIM110 (a generator costs more than what it looks for)
        if sign in text:
            return True
    return False


def is_column_head(text: str) -> bool:
    """Tell whether a line only names the journal's column: 【国际关系理论】, ·专题研究·."""
    return _COLUMN.fullmatch(text.strip()) is not None
