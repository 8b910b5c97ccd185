"""What web pages print around an article, as patterns: menus, dates, counters, boxes, adverts, captions, legal lines.

`sign_of` tells it of one line by the words in it; where the article begins and ends is told in `extent`. A line that
reads as a sentence is no sign unless it says so twice. Words stand in both scripts; a bracket or colon round them is
left open.
"""

import re
from collections.abc import Callable
from typing import Literal

from bianma.corpus.script import HAN, has_han

Sign = Literal["menu", "meta", "box", "comments", "advert", "caption", "legal"]

_SIGN_AT_MOST, _CAPTION_AT_MOST = 200, 140  # characters
_ROUND = " \t\u3000\u00a0-–—*＊※#>»›→←↑↓▲▼►●•·∙|｜│:：.。!！~～[]【】〔〕「」()（）《》/／\\"

# Words that a menu, a row of buttons or a footer is made of; a line holding nothing else is one.
_WORDS = """
首頁 首页 主頁 主页 回首頁 回首页 返回首页 關於我們 关于我们 關於本站 關於本刊 關於我 關於 关于 聯絡我們
联系我们 聯絡 聯繫我們 登入 登录 登錄 登陆 註冊 注册 登出 退出 搜尋 搜索 检索 訂閱 订阅 立即訂閱 立即订阅
收藏 加入收藏 分享 分享到 分享至 列印 打印 友善列印 轉寄 轉寄友人 轉寄好友 转发 推薦 推荐 推文 下載 下载
全文下載 全文下载 引用 字級 字级 字號 字号 字型大小 字体大小 字體大小 大 中 小 a- a a+ aa 回頂端 回頂部
返回頂部 返回顶部 回到顶部 回到頂部 回頁首 回列表 返回列表 回上一頁 返回上一页 回上頁 上一頁 上一页 下一頁
下一页 上一篇 下一篇 上一則 下一則 上一则 下一则 上一條 下一條 上一条 下一条 前一篇 後一篇 较新的文章
較新的文章 較舊的文章 较旧的文章 回到频道首页 網站導覽 网站地图 網站地圖 網站導航 常見問題 常见问题
隱私權政策 隱私政策 隐私政策 隱私權聲明 隐私声明 資訊安全政策 服務條款 服务条款 使用條款 使用条款 免責聲明
免责声明 版權聲明 版权声明 著作權聲明 法律声明 個資聲明 cookie聲明 意見反饋 意见反馈 我要举报 舉報 举报 繁體
繁体 简体 簡體 繁體中文 简体中文 中文 中文版 英文版 點贊 点赞 點讚 赞 讚 在看 写留言 寫留言 留言 打赏 打賞
追问 回覆 回复 回應 更多 看更多 查看更多 閱讀更多 阅读更多 查看全部 展開 展开 收起 隱藏 關閉 关闭 关闭窗口
關閉視窗 打印本页 列印本頁 返回 听全文 聽全文 收听 我知道了 接受 同意 跳到主要內容 跳到主要內容區塊 跳至內容
跳至主要內容 跳转到主要内容 跳到内容 主選單 主菜单 導覽 导航 選單 菜单 菜單 目錄 建立帳號 創建帳號 條目 条目
編輯 編輯歷史 檢視歷史 查看历史 檢視原始碼 工具 臺灣正體 大陆简体 香港繁體 澳門繁體 行動版檢視 公众号 微信
微博 微信扫一扫 分享收藏 复制链接 複製連結 複製鏈接 电子报 電子報 訂閱電子報 招聘信息 人才招聘 加入我们
加入我們 友情链接 android版 iphone版 ipad版 客户端 客戶端 app下载 预览时标签不可点 关注该公众号 上期目錄
下期預告 上期目录 下期预告 本期目錄 本期目录 english en zh cn tw home about contact login sign in register
search menu subscribe share print email e-mail facebook twitter line linkedin whatsapp telegram weibo wechat
instagram youtube threads x plurk reddit copy link skip to content main top back next previous privacy
policy terms of use cookies sitemap help rss on via and the us service
"""
_MENU = frozenset(_WORDS.split())
_PARTED = re.compile(r"[\s|｜│/／\\·•∙,，、:：>»›＞←→]+")
_COUNT = re.compile(r"[(（]?\d[\d,.]*[)）]?[+次条條]?")
_HERE = re.compile(
    r"(?:您|你)?(?:目前|當前|当前|現在|现在)?(?:的|所在)?\s*位置\s*[:：]|(?:您|你)(?:在這裡|"
    r"在这里)|You are here",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[^>»›＞。，=]{1,24}(?:\s*(?:>{1,2}|»|›|＞)\s*[^>»›＞。=]{0,48})+")
_FROM_HOME = re.compile(r"(?:首頁|首页|主頁|主页|Home)(?:\s*[/／|｜>]\s*[^/／|｜。]{1,40})+", re.IGNORECASE)

_DATE = (
    r"(?:(?:19|20)\d\d\s*[-–./年／]\s*\d{1,2}\s*[-–./月／]\s*\d{1,2}\s*日?|(?:民國|民国)?\s*1\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?|"
    r"\d{1,2}\s*月\s*\d{1,2}\s*日(?=\s+\d{1,2}[:：]\d\d)|(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*[號号]?|"
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2},\s+(?:19|20)\d\d|"
    r"\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+(?:19|20)\d\d)"
)
_TIME = (
    r"(?:\s*T?\s*(?:[上下]午)?\s*\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?(?:\s*(?:[AP]M|"
    r"[+-]\d\d:?\d\d|Z))?|\s*星期[一二三四五六日天]|\s*[（(]星期[一二三四五六日天][)）])*"
)
_DATED = re.compile(rf"{_DATE}{_TIME}", re.IGNORECASE)
_AFTER_DATE = re.compile(
    r"\s*[|｜│·,，]?\s*$|\s*[|｜│·]\s*[^。]{1,40}$|"
    r".{0,60}?(?:(?:来源|來源|作者|责编|編輯|编辑|閱讀|阅读|瀏覽|浏览|點閱|点击|更新|发布|"
    r"發布)(?:人次|次数|次數|量|数|數|時間|时间|日期)?\s*[:：]|"
    r"(?:发表|發表|发布|發布)[於于].{1,8}$|字[号號級级](?:\s|$|[:：])|分享\s*$|min read|views?$|"
    r"\d\s*(?:次|阅读|閱讀)(?:\s|$))",
    re.IGNORECASE,
)
# What a page says of an article: the key, and after a colon, bar or wide space its value.
_KEYS = (
    r"(?:首次)?(?:發[布佈表]|发[布表]|刊登|出版|更新|上[線线]|張貼|张贴|最後更新|最后更新|"
    r"修訂|修订)(?:日期|時間|时间|者)?|日期|時間|时间|"
    r"(?:文章|稿件|信息|新聞|新闻)?(?:來源|来源)|(?:轉載|转载)自|(?:本文)?(?:點閱|点阅|點擊|"
    r"点击|瀏覽|浏览|閱讀|阅读|閲讀|人氣|人气|訪問|访问)"
    r"(?:人[次數数氣气]|次[數数]|量|数|數|時間|时间)?|(?:選擇|选择)?字[級级號号](?:大小)?|字[型体體]大小|"
    r"(?:文章|本文|博客|網誌)?(?:標籤|标签|標簽)|Tags?|Labels?|Filed under|Categor(?:y|ies)|"
    r"分[類类]|[欄栏]目|所[屬属](?:專[題欄]|专[题栏])|"
    r"(?:進入|进入)(?:專[題欄]|专[题栏])|(?:焦點|焦点|文章|主題|主题)[類类]別?别?|發信站|发信站|"
    r"本文(?:鏈接|链接|連結|网址|網址)|"
    r"(?:責任|责任|美術|图片|圖片|视频|微信|微信平台|公众号|公眾號|值班|新媒体|網頁|网页)?(?:編輯|"
    r"编辑|校對|校对|审校|審校|排版|审核|審核|終審|终审|制图|製圖|監製|监制|統籌|统筹)|"
    r"文字編輯|(?:本文)?(?:责编|責編)|初审|复审|二审|"
    r"(?:公司|本部|辦公|通訊|通讯|联系|聯絡|編輯部)?地址|(?:服務|联系|聯絡|客服|熱線|热线|"
    r"报料|報料)?(?:電話|电话|熱線|热线)|[^\s。，]{0,6}(?:报料|報料)|傳真|传真|邮编|郵編|邮箱|"
    r"郵箱|電郵|信箱|微信号|"
    r"主辦|主办|承辦|承办|主管|技術提供|技术提供|技術支援|技术支持|網站維護|网站维护|零售每[冊册期]|訂閱|订阅|"
    r"URL Source|Published Time|Markdown Content|Title|Share|Source|Posted(?: on| by)?|Published(?: on)?|"
    r"Last updated|Reading time|"
    r"上一[篇則则條条頁页]|下一[篇則则條条頁页]|前一篇|後一篇|主條目|主条目|分享到?至?|複製連結|转载请注明"
)
_KEYED = re.compile(rf"(?:{_KEYS})\s*(?:[:：|｜│](?!\s*[「“《]?[^。]*。.)|[\s\u3000]{{2,}})", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:阅读|閱讀|浏览|瀏覽|瀏覽數|點閱|点击|瀏覽次數|浏览次数|下載次數|下载次数|收藏|赞|"
    r"讚|在看|评论|評論|留言|共)\s*\d[\d,.万萬+]*\s*次?|\d[\d,.]*\s*(?:次)?(?:推荐|推薦|阅读|"
    r"閱讀|瀏覽|评论|評論|赞|讚|views?|comments?)|"
    r"閱讀時間\s*\d+\s*分[鐘钟]|本文[约約共]\s*\d+\s*字.{0,20}|(?:约|約)\s*\d+\s*字.{0,16}|"
    r"\d+\s*min(?:utes?|s)?\s*read|查看全部.{0,12}评论|"
    r"(?:原创|原創|转载|轉載)(?:[\s\u3000]+[^\s。，]{2,12}){1,4}|收录于合集.{0,20}|收錄於合集.{0,20}|"
    r"發佈於.{2,12}|发表于.{2,12}|[—–―-]{1,3}\s*(?:END|完|全文完|Fin)\s*[—–―-]{0,3}|"
    r"(?:进入|進入)\s*\S{2,8}\s*的(?:专栏|專欄).*|向上滑动.{0,8}|[^。，]{1,12}，自由的百科全[书書]|"
    r"本[頁页]面最[後后]修[訂订]於?于?.{4,40}|"
    r"(?:最後|最后)(?:編輯|编辑|更新|修改).{4,40}|\(?(?:PDF|Word|全文|DOI).{0,4}(?:下載|下载)\)?.{0,20}|"
    r"(?:下載|下载)\s*PDF|(?:Download PDF|下載PDF|\s)+|"
    r"[^。]{0,24}\bDOI\s*[:：].*|[^。，,]{0,40}\bNo\.\s*\d+\s*[|｜][^。]{0,40}|(?:頁面存檔備份|"
    r"页面存档备份).{0,20}|.{2,12}微信公[众眾][号號]",
    re.IGNORECASE,
)
_FENCE = re.compile(r":{3,}.*|\{[.#:][^{}]*\}|\[?(?:圖|图|image|logo)\]?", re.IGNORECASE)
_TAGS = re.compile(r"#[^\s#]{1,20}(?:\s+\d{1,4})?(?:[\s,，、]+#[^\s#]{1,20}(?:\s+\d{1,4})?)*")

# What stands over a list of other articles, or over the readers' words.
_BOX = re.compile(
    r"(?:(?:相[關关]|延伸|推薦|推荐|更多|其他|其它|熱門|热门|最新|最近|往期|近期|精[選选彩]|"
    r"同期|同[專专][題题]|同作者|同期刊|本期|同[類类]|猜你|深度|編輯|编辑|小编|今日|本[週周]|"
    r"一周|熱[點点]|热[点點]|作者(?:最近|其他|其它|更多)?(?:的)?)"
    r"(?:的?(?:精彩)?(?:文章|新聞|新闻|報[導道]|报道|閱讀|阅读|連結|链接|鏈接|專[題論]|专[题论]|"
    r"推薦|推荐|回顧|回顾|内容|內容|資[訊料]|资讯|消息|出版品|喜歡|喜欢|排行榜?|熱點|热点|"
    r"精選|精选|作品))+)|"
    r"最新[聞闻]|[參参][見见]|你可能也?(?:會|会)?也?(?:喜歡|喜欢|感興趣|感兴趣|想看).{0,4}|"
    r"猜你喜[歡欢]|喜欢此内容的人还喜欢|大家都在看|看了(?:本文|又看|還看|还看).{0,8}|網[誌志](?:存檔|"
    r"分類)|文章(?:導航|导航|分類|歸檔|存檔)|"
    r"(?:文章)?排行榜|被引用[紀纪]?[錄录]|引证文献|引用本文的文獻|外部[連链鏈][結接]|站內搜尋|"
    r"友情[鏈链]接|關注我們|关注我们|聯絡我們|联系我们|"
    r"Related (?:articles?|essays?|posts?|stories|reading|content|topics?|links?)|More (?:from|"
    r"articles?|publications?|stories|essays?|posts?|on)\b.{0,40}|"
    r"You (?:may|might) also (?:like|enjoy|be interested in)|Recommended(?: (?:reading|articles?|"
    r"for you))?|Read (?:more|next)|Most (?:read|popular)|Popular posts?|Trending(?: now)?|"
    r"Latest (?:articles?|news|posts?)|See also|Newsletter|Further reading|Blog archive|About (?:us|"
    r"this site)",
    re.IGNORECASE,
)
_ENGLISH_TAIL = re.compile(r"(?:\s*[A-Za-z ]{3,30})?")  # 更多出版品 More publications
_COMMENTS = re.compile(
    r"(?:\d+\s*[則则条條]?\s*(?:留言|评论|評論|回應|回应|comments?))|(?:热评论|熱門評論|热门评论|"
    r"最新评论|全部评论|网友评论|網友評論|讀者回應|读者评论|發表(?:留言|評論|迴響|回應)|发表评论|"
    r"我要评论|"
    r"(?:评论|評論|留言|回應|Comments?)\s*[(（]\s*\d*\s*[)）]|Leave a (?:reply|comment)|Comments)",
    re.IGNORECASE,
)
_INLINE_BOX = re.compile(
    r"[\[【〔（(]?\s*(?:延伸(?:閱讀|阅读)|相[關关](?:閱讀|阅读|報導|报道|新聞|新闻|文章)|推薦閱讀|"
    r"推荐阅读|更多(?:閱讀|阅读)|編按連結|Related|Read more|See also)\s*[\]】〕）)]?\s*[:：〉》|"
    r"｜\]】]?\s*(?=\S)",
    re.IGNORECASE,
)
_EDIT = re.compile(r"\s*\[\s*(?:編輯|编辑|edit)[^\]]{0,12}\]$")
_PRINTED = re.compile(r"[（(]?(?:本文)?(?:[轉转][載载]自|原[刊載载文发發]{1,2}[於于自])[^。]{2,60}。?[^。]{0,24}[）)]?")
_POSTED = re.compile(rf"(?:張貼|张贴|發表|发表|發[布佈]|发布|更新|上[線线])[於于]\s*{_DATE}{_TIME}", re.IGNORECASE)
_COLON = re.compile(r"[:：\]】|｜]\s*$")

_ADVERT = re.compile(
    r"(?:廣告|广告)(?:[\s\u3000:：（(].{0,24})?|AD|Advertisements?|Sponsored(?: content)?|"
    r"(?:請?|请?)(?:繼續往下閱讀|继续往下阅读)|"
    r"(?:扫码|掃碼|扫描|掃描|長按|长按|扫一扫|掃一掃|微信扫一扫|扫码下载).{0,24}|(?:下载|下載).{0,10}(?:客户端|"
    r"客戶端|APP)|.{2,12}APP，.{2,16}|"
    r"[↑↓▲▼☝👆]+.{0,40}|(?:點擊|点击).{0,20}(?:關注|关注|訂閱|订阅|阅读原文|閱讀原文).{0,16}|"
    r"(?:歡迎|欢迎)(?:投書|投稿|訂閱|订阅|關注|关注|来稿|來稿|轉發|转发|分享).{0,60}|"
    r"在方框中输入电子邮件地址.{0,40}|请?輸?输?入(?:您的|你的)?(?:電子郵件|电子邮件|郵箱|邮箱).{0,24}|"
    r"Enter your e-?mail.{0,30}|Sign up (?:for|to).{0,60}|Subscribe (?:to|now).{0,60}|Follow us.{0,40}|"
    r"Support us.{0,60}|Donate(?: (?:now|today|to).{0,40})?",
    re.IGNORECASE,
)
_SUBSCRIBE = re.compile(
    r"(?:立即|馬上|马上|[請请]|[歡欢]迎)?(?:訂閱|订阅|關注|关注|追蹤|下載|下载|加入)(?:(?:我們|"
    r"我们|本刊|本站)[!！。]?|"
    r".{0,8}(?:電郵通訊|電子報|电子报|電郵|邮件列表|公众号|公眾號|粉[絲丝][專专][頁页]|客户端|"
    r"客戶端|App\b|YouTube|Telegram|頻道|频道|newsletter).{0,50})",
    re.IGNORECASE,
)
# A box that stands between paragraphs as often as after the last.
_INSET = re.compile(
    "(?:延伸|推[薦荐]|相[關关])(?:閱讀|阅读|報[導道]|报道)|[廣广]告|[訂订][閱阅]|(?:Further|Related) reading",
    re.IGNORECASE,
)

_NUMBERED_FIGURE = re.compile(
    rf"[\[【（(]?\s*(?:[图圖表][{HAN}]?|照片|Figure|Fig\.?)\s*(?:\d{{1,2}}(?:[-–.]\d+)?|[一二三四五六七八九十]{{1,2}})\s*(?:[:：]|"
    rf"[\s\u3000][^。]{{1,60}}[\]】]$)",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r".{2,120}[（(【\[]\s*(?:[图圖攝摄]|图片|圖片|照片|影像|[資资]料照片?|[圖图]?片?[來来源]源?|"
    r"攝影|摄影|photo|image|credit|courtesy|source)\s*"
    r"(?:[／/:：]|by\b|of\b|credit)[^（()）]{0,40}[)）】\]]\s*[。.]?$|"
    r".{2,120}[（(](?:資料圖|资料图|資料照片?|资料照片?|檔案照片?|檔案圖片|網路圖片|网络图片|"
    r"新华社发|新華社發|示意圖|示意图)[)）]$|"
    r".{2,120}[。\s](?:攝|摄|撮影|攝影|摄影|圖|图|圖片|图片)\s*[:：／/]\s*[^。，]{2,40}$|"
    r".{2,100}(?:新华社|新華社|中新社|法新社|路透社|美聯社|美联社|视觉中国|視覺中國|東方IC)\s*(?:[图圖发發摄攝]|"
    r"照片|資料圖|资料图).{0,6}$",
    re.IGNORECASE,
)
_CAPTION_INITIALS = frozenset("[【（(图圖表照▲▼△▽◎●↑↓資资封題题首頭配攝摄FfPpIiU")
_CREDIT = re.compile(
    r"[（(【\[][^（()）】\]]{1,48}[)）】\]]\s*[。.]?$|[攝摄影圖图][片影]?\s*[:：／/]|[社C]\s*[图圖发發摄攝照資资]"
)
_CAPTION_BEGINS = re.compile(
    r"(?:[▲▼△▽◎●↑↓]\s*)?(?:資料圖|资料图|資料照|资料照|圖說|图说|圖片說明|图片说明|(?:封面|"
    r"題|题|首|頭|配)?[圖图]片?(?:來源|来源|提供|版權|版权)|[圖图]源|攝影|摄影|攝|摄)\s*[:：／/].{1,100}|"
    r"[▲▼△▽]?\s*[圖图][為为](?=\d|.{0,60}(?:现场|現場|合影|一景|[资資]料|照片|摄|攝|会见|會見|"
    r"会谈|會談|发言|發言|讲话)).{4,100}|"
    r"[▲▼△▽]\s*\S.{3,100}|Photo(?:graph)? (?:by|credit|courtesy|via)\b.{2,80}|(?:Image|Photo)(?: credit|"
    r" source)?\s*:.{2,80}|Unsplash",
    re.IGNORECASE,
)

_OWN = re.compile(r"版[权權](?:所有|归|歸|為|为)|著作權|©|All rights reserved|Copyright", re.IGNORECASE)
_COPY = re.compile(
    r"不得转载|不得轉載|禁止转载|禁止轉載|[转轉][载載]|未[经經](?:书面|書面)?(?:授[权權]|許可|"
    r"许可)|侵[权權]|原始出处|注明出处|註明出處|刊[登用]權"
)
_OPINION = re.compile(
    r"不代表|[僅仅](?:代表|反映|表示|供参考|供參考)|個人(?:觀點|意見)|个人(?:观点|意见)|文[责責]自[负負]"
)
_PLACE = re.compile(r"本[网網站报報刊社台]|平台|公[众眾][号號]|編輯部|编辑部|本院|本會|本中心|網站|网站|論壇|论坛")
_NET = re.compile(
    r"ICP[备備证證]|公网安备|cookies?\b|最佳[瀏浏][覽览]|解析度|隱私權?政策|隐私政策|創用CC|"
    r"知识共享|Creative Commons|京[IC]|信息网络传播|Privacy policy|Terms of (?:use|service)",
    re.IGNORECASE,
)
_FORBIDS = re.compile("(?:不得|禁止|[請请]勿)(?:擅自)?[转轉][载載]")
_CLAIMS = (_OWN, _COPY, _OPINION, _PLACE, _NET)
_CLAIM_WORDS = re.compile(
    r"版[权權]|著作權|©|[转轉][载載]|不得|禁止|授[权權]|不代表|[僅仅](?:代表|反映|供)|ICP|"
    r"公网安备|最佳[瀏浏]|創用CC|隱私權?政策|隐私政策|[Cc]ookie|[Cc]opyright|[Rr]ights [Rr]eserved|"
    r"[Pp]rivacy|[Tt]erms of|Creative Commons|知识共享"
)


def sign_of(text: str) -> Sign | None:
    """Return what of a web page's furniture one line is; None where it may be the article's own.

    >>> sign_of("首頁 > 出版品 > 評論"), sign_of("【延伸閱讀】"), sign_of("首頁的設計各有不同。")
    ('menu', 'box', None)
    """
    if len(text) > _SIGN_AT_MOST:
        return None
    found = line_sign(text)
    return found or next((sign for sign, tells in _SENTENCES if tells(text)), None)


def line_sign(text: str) -> Sign | None:
    """Return it for what is no sentence: a menu, what is said of an article, the head of a box."""
    if text.endswith("。") and len(text) > 24:
        return None
    text = without_edit(text)
    bare = text.strip(_ROUND)
    return next((sign for sign, tells in _LINES if tells(bare, text)), None)


def is_caption(text: str) -> bool:
    """Tell whether a line says what a picture shows, or whose it is.

    >>> is_caption("圖1：三國領袖舉行記者會。"), is_caption("图1显示了三个阶段。"), is_caption("入场。（图/某某社）")
    (True, False, True)
    """
    if len(text) > _CAPTION_AT_MOST:
        return False
    if text[0] in _CAPTION_INITIALS and (_NUMBERED_FIGURE.match(text) or _CAPTION_BEGINS.fullmatch(text)):
        return True
    return _CREDIT.search(text) is not None and _CREDITED.match(text) is not None


def is_inset(text: str) -> bool:
    """Tell whether a box or advert is of a sort after which an article often goes on."""
    return _INSET.search(text[:40]) is not None


def is_day(text: str) -> bool:
    """Tell whether a line is a day and nothing else, as the heading in a chronicle may be too."""
    return _DATED.fullmatch(text) is not None


def is_legal(text: str) -> bool:
    """Tell whether a paragraph of any length claims rights, or disclaims opinions; a long one must say so twice."""
    if not _CLAIM_WORDS.search(text):
        return False
    claims = sum(pattern.search(text) is not None for pattern in _CLAIMS)
    return claims >= 2 or (len(text) <= 60 and any(p.search(text) for p in (_OWN, _OPINION, _NET, _FORBIDS)))


def is_tags(text: str) -> bool:
    """Tell whether a line holds topics as web pages write them: #one #two, or one with how often it was used."""
    return text[:1] == "#" and _TAGS.fullmatch(text) is not None and ("#" in text[1:] or text[-1].isdigit())


def crumb(text: str) -> str:
    """Return the last item of a breadcrumb, or the title in a line `Title: …`; empty in other lines."""
    if text.startswith("Title:"):
        return text[6:].strip()
    return re.split(r"\s*(?:>{1,2}|»|›|＞)\s*", text)[-1].strip() if _CRUMBS.fullmatch(text) else ""


def without_edit(text: str) -> str:
    """Return a heading without the button [編輯] that encyclopaedias print after it."""
    return _EDIT.sub("", text) if text.endswith("]") else text


def _is_menu(bare: str, text: str) -> bool:
    if _HERE.match(text) or _FENCE.fullmatch(text) or not bare:
        return True
    if _FROM_HOME.fullmatch(bare) or _is_crumbs(text) or is_tags(text):
        return True
    words = [word.strip(_ROUND) for word in _PARTED.split(bare.lower())]
    words = [word for word in words if word and not _COUNT.fullmatch(word)]
    known = sum(word in _MENU for word in words)
    if known and known == len(words):
        return True
    return known >= 2 and len(words) >= 3 and "|" in text.replace("｜", "|") and all(len(word) <= 14 for word in words)


def _is_crumbs(text: str) -> bool:
    arrow = any(sign in text for sign in ">»›＞")
    return arrow and _CRUMBS.fullmatch(text) is not None and has_han(text)


def _is_meta(bare: str, text: str) -> bool:
    open_end = text[-1] in "。；;，,、"
    if not open_end and (_KEYED.match(bare) or _KEYED.match(text) or _POSTED.fullmatch(bare)):
        return True
    dated = _DATED.match(bare)
    if dated and _AFTER_DATE.match(bare, dated.end()):
        return True
    return _COUNTED.fullmatch(bare) is not None or _COUNTED.fullmatch(text) is not None


def _is_box(bare: str, text: str) -> bool:
    match = _BOX.match(bare)
    return match is not None and _ENGLISH_TAIL.fullmatch(bare, match.end()) is not None and len(text) <= 60


def _is_inline_box(bare: str, text: str) -> bool:
    match = _INLINE_BOX.match(text)
    return match is not None and len(text) <= 90 and _COLON.search(match[0]) is not None


def _is_comments(bare: str, text: str) -> bool:
    return _COMMENTS.fullmatch(bare) is not None or _COMMENTS.fullmatch(text) is not None


def _is_advert(text: str) -> bool:
    return len(text) <= 90 and any(pattern.fullmatch(text) for pattern in (_ADVERT, _SUBSCRIBE, _PRINTED))


_LINES: tuple[tuple[Sign, Callable[[str, str], bool]], ...] = (
    ("comments", _is_comments),
    ("box", _is_box),
    ("menu", _is_menu),
    ("meta", _is_meta),
    ("advert", _is_inline_box),
)
_SENTENCES: tuple[tuple[Sign, Callable[[str], bool]], ...] = (
    ("advert", _is_advert),
    ("caption", is_caption),
    ("legal", is_legal),
)
