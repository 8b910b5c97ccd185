import pytest

from bianma.corpus.patterns.citing import cites, is_list_heading


@pytest.mark.parametrize(
    "text",
    [
        "王某，〈承諾的成本〉，《某某學報》，第9期，2021年，頁21-47。",  # 〈article〉，《journal》
        "王某：〈承諾的成本〉，載《某某論集》。",
        "王某，2012，〈承諾的成本〉，《某某學刊》，9（1）：1-34。",  # author and year
        "王某（2022）。〈承諾的成本〉。《某某學報》，73，57-92。",
        "王某，2018，《小國的策略》，台北：某南。",
        "王某，《小國的策略》（臺北：某流，2017年），頁88-91。",  # place and publisher
        "王某：《小國的策略》（香港：某某中心，1998）。",
        "《某某評論》，第52卷第1期（民國102年3月）。",  # years of the republic
        "〈某國宣布部署新系統〉，《東亞某報》，2016年7月8日。",  # a newspaper
        "同前註，頁128-143。",
        "同註3。",
        "某川某『海洋秩序の構想』（某央社、1965年）。",  # as in Japanese
        "王某，前引書，頁5。",
        "請參閱李某的研究。",
        "另見《某某年鑑》。",
        "某國國防部，2019年3月5日，檢索日期：2020年1月2日。",
        "王某，《信任的形成》，某某大學博士論文，2015年。",
        "笔者对一位前官员的线上访谈，2023年3月8日。",  # an interview
        "筆者訪談，2019年5月，首爾。",
        "《关于谈判的请示》（1951年6月9日），外交部档案馆藏，档号：106-00000-01。",  # archives
        "《會談紀錄》，國史館藏，典藏號：002-080106-00001。",
        "某某档案馆，全宗号 110，卷宗号 3。",
        "《关于新安全观的文件》, 2002 年 7 月 31 日, 新华网。",  # a document on a news site
        "《新安全觀文件》，中央通訊社，2002年7月31日。",
        "АВПРФ, ф. 0100, оп. 49, п. 410, д. 9, л. 202—203.",  # Russian
        "Запись беседы, 22 июля 1958 г.",
    ],
)
def test_references_in_the_forms_of_both_scripts(text: str) -> None:
    assert cites(text)


@pytest.mark.parametrize(
    "text",
    [
        "此處所稱的信任，係指雙方公開表達的期待。",
        "〈安全建制〉一文至今仍是討論的起點。",  # a title that is talked about
        "依《某某協定》，雙方於2016年7月8日設立熱線。",
        "該系統共有三期，第2期於2015年完工。",
        "第一頁歷史已經翻過。",
        "这些档案馆收藏的文件至今没有编号。",  # archives that are talked about
        "《新安全观文件》于2002年7月31日发表，新华社作了报道，各国反应不一。",  # a document that is told of
        "俄文中的 доверие 一词兼有信任与托付两义。",  # a word of Russian
        "所謂『信任』（見第二節）並非期待。",
        "目前頁數不多。",
        "作者于2019年访谈的官员多持这一看法。",  # an interview that is told of
        "總統府於上海：某地召開會議。",
    ],
)
def test_an_explanation_is_no_reference(text: str) -> None:
    assert not cites(text)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("一、中文部分", True),
        ("二、英文文獻", True),
        ("（一）專書", True),
        ("(二) 期刊论文", True),
        ("外文部份：", True),
        ("官方文件", True),
        ("【网络资料】", True),
        ("Primary Sources", True),
        ("In English", True),
        ("一、承諾的成本", False),
        ("二、文獻檢討：聯盟困境及其限度", False),
        ("英國的角色", False),
        ("參", False),
    ],
)
def test_headings_inside_a_list_of_references(text: str, heading: bool) -> None:
    assert is_list_heading(text) is heading
