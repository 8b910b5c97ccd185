"""Metadata from what an article prints around its text: title, authors, journal, year, DOI, keywords.

Three voices are heard, the surest first: what is printed (the passages that `cut` took out of the running text), what
the file says of itself (`said`: a web page's citation tags, the properties of a PDF or Word file), and last the signs
that only hint (the year in which a manuscript came in). A later voice fills what the earlier ones leave open and
never overrules them: properties of files are often left over from another document. What nobody says stays empty.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from bianma.corpus.about.imprint import Imprint, find_doi, imprint, number, year_of
from bianma.corpus.about.people import People, names, people
from bianma.corpus.kinds.foreign import _PINYIN as PINYIN
from bianma.corpus.patterns import layout
from bianma.corpus.script import HAN, has_han, is_latin
from bianma.records import DocId, Metadata, Passage

Said = Mapping[str, tuple[str, ...]]

_PRINTED = ("furniture", "author", "keywords", "abstract", "title")  # kinds in which a DOI of this article may stand
_TITLE_LABEL = re.compile(r"^(?:Title|标题|題名|题名|篇名)\s*[:：]\s*")
_TITLE_MARK = re.compile(r"(?:\s*(?:[*＊∗※†‡]|\\\*|[\u2460-\u2473\u00b9\u00b2\u00b3]))+$")
_BROKEN = 40  # a Latin title of more characters goes on in the next line; a shorter one has a subtitle there
_PAGE_LINE = re.compile(  # what a web page or a journal prints above the title: paths, buttons, counts, columns
    r"[>»›|｜]|https?:|www\.|首[页頁]|[跳转轉][到至]|[网網]站|[导導][览覽]|登[录入錄]|RSS|(?:[来來]源|位置|字[号號级級])\s*[:：]|"
    r"[阅閱][读讀]\s*(?:[:：\d]|[时時][间間])|分享[:：到至]|[浏瀏][览覽](?:次|人)|[点點][阅閱击擊]|下[载載][(（]|[当當]前位置|DOI[:：]|"
    r"[详詳]目[资資]料|[总總]第|^作者|^[(（]?[图圖]片|^(?:特[辑輯]|[专專][题題]|本期)[：:]|^查看|Share on|min read"
)
_COLUMN = re.compile(  # a journal's or column's name, where a better title stands below
    rf"[{HAN}·]{{2,8}}(?:月刊|季刊|学刊|學刊|学报|學報|评论|評論|研究|论坛|論壇|[网網]|话题|話題|专栏|專欄|研究院)"
)
_CITED_YEAR = re.compile(r"[,，.]\s*(?:19|20)\d\d(?:/\d{1,2})?\.\s")  # of a reference: Name, 2017/6. “…
_DATE = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]")
_DATE_LINE = re.compile(
    r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月(?:.{0,24}|\s*\d{1,2}\s*日.*)|[A-Z][a-z]{2,8}\.?,?\s+(?:19|20)\d\d|[\d\W_]+"
)
_SUBTITLE_DASH = re.compile(r"[—–―─-]{1,3}\s*")
_JUNK_TITLE = re.compile(
    r"Microsoft (?:Word|PowerPoint)\b.*|.*\.(?:docx?|pdf|wps|indd|qxd|fbd|ps|caj|html?)|untitled.*|无标题.*|未命名.*|"
    r"(?:文档|幻灯片|新建)\s*\S*|[\W\d_]*",
    re.IGNORECASE,
)
_JUNK_AUTHOR = re.compile(
    r"admin(?:istrator)?|users?|owner|author|windows.*|微软.*|.*用户|CNKI|TTKN|知网|[\W\d_]*", re.IGNORECASE
)
_WORD = r"[A-Z][A-Za-z'’-]*"
_TITLE_CASE_END = re.compile(rf"\s+(?P<names>(?:{_WORD}\s+{_WORD})(?:(?:\s*[,&]\s*|\s+and\s+|\s+){_WORD}\s+{_WORD})*)$")


def metadata(doc: DocId, passages: Sequence[Passage], said: Said | None = None) -> Metadata:
    """Return what is known of the article `doc`, cut into `passages`, whose file says `said` of itself.

    Texts are by language, "zh" for all Chinese, "en" for texts in Latin letters. Pages and issues are texts, in Arabic
    digits: "21-30", "3-4".
    """
    said = said or {}
    by_kind: dict[str, list[Passage]] = {}
    for passage in passages:
        by_kind.setdefault(passage.kind, []).append(passage)
    titles, lines = _titles(by_kind.get("title", []), by_kind.get("author", []))
    heads = [p.text for kind in ("title", "author") for p in by_kind.get(kind, []) if _is_head(p.text)]
    persons = people(lines)
    titles, persons = _title_without_names(titles, persons)
    doi = find_doi(p.text for p in passages if p.kind in _PRINTED) or find_doi(said.get("doi", ()))
    printed, hinted = imprint([*heads, *_joined(by_kind.get("furniture", []))], doi)
    told = _said_imprint(said)
    whole = printed.filled(told)
    return Metadata(
        doc=doc,
        title=titles | _missing(titles, _by_language(said.get("title", ()), _JUNK_TITLE)),
        authors=_several({k: p.authors for k, p in persons.items()}, _said_names(said)),
        affiliations=_several(
            {k: p.affiliations for k, p in persons.items()}, _by_language(said.get("affiliations", ()))
        ),
        journal=_journals(printed.journal, said.get("journal", ())),
        year=whole.year or hinted,
        volume=whole.volume,
        issue=whole.issue,
        pages=whole.pages,
        doi=doi,
        keywords=_several(_keywords(by_kind.get("keywords", [])), _said_keywords(said)),
    )


def key_of(text: str) -> str:
    """Return "zh" for a text with Han, "en" for any other.

    >>> key_of("NATO的扩大"), key_of("NATO enlargement")
    ('zh', 'en')
    """
    return "zh" if has_han(text) else "en"


def split_keywords(text: str) -> tuple[str, ...]:
    """Return the keywords of a line, parted by the strongest sign in it: semicolons, commas, blanks (Chinese only).

    >>> split_keywords("同盟困境 被抛弃 战略自主"), split_keywords("fear, role; crisis management.")
    (('同盟困境', '被抛弃', '战略自主'), ('fear, role', 'crisis management'))
    """
    for sign in (r"[;；]", r"、", r"[,，]", r"\s*[|｜/／]\s*", r"\s+" if has_han(text) else r"\s{2,}|\t"):
        parts = [part.strip(" \u3000.。;；,，") for part in re.split(sign, text.strip())]
        if len(parts := [part for part in parts if part]) > 1:
            return tuple(dict.fromkeys(parts))
    return tuple(parts)


def _joined(furniture: Iterable[Passage]) -> list[str]:
    """Return the lines of furniture, with those that follow at once joined to what they may go on from (文章编号)."""
    lines: list[str] = []
    last = -2
    for passage in furniture:
        goes_on = re.match(r"[\d(（-]", passage.text) and lines and re.search(r"[)）:：.]$", lines[-1])
        if passage.index == last + 1 and goes_on:
            lines[-1] += f" {passage.text}"
        else:
            lines.append(passage.text)
        last = passage.index
    return lines


def _titles(titles: Sequence[Passage], authors: Sequence[Passage]) -> tuple[dict[str, str], list[str]]:
    """Return the title in each language, its parts joined, and the author lines that follow it.

    What was taken for the title may be the journal's head or a web page's; then the first line among the authors that
    reads as a title is it. So is a line right after a title that is in the other language.
    """
    lines = list(authors)
    named = any(_reads_as_title(p.text) for p in lines)
    good: list[Passage] = []
    for p in titles:
        if good and _is_signature(p.text):
            lines.append(p)
        elif not (_is_head(p.text) or (named and (_PAGE_LINE.search(p.text) or _COLUMN.fullmatch(p.text)))):
            good += [] if layout.is_citation(p.text) or _CITED_YEAR.search(p.text) else [p]
    rest = sorted(lines, key=lambda p: p.index)
    while rest and (not _before(good, rest[0]) or _goes_on(good, rest[0])):
        n = next((n for n, p in enumerate(rest) if _reads_as_title(p.text)), None)
        if n is None:
            break
        good, rest = sorted([*good, rest[n]], key=lambda p: p.index), rest[n + 1 :]
    return _joined_titles(good), [p.text for p in rest]


def _is_signature(text: str) -> bool:
    """Tell whether a line under an English title holds names with marks or surnames in capitals, or an institution."""
    if has_han(text):
        return False
    marked = re.search(r"[A-Za-z]\d|\*$|\b[A-Z]{2,}\s+[A-Z][a-z]", text) is not None
    return (marked and bool(names(text))) or bool(people([text]).get("en", People()).affiliations)


def _joined_titles(titles: Iterable[Passage]) -> dict[str, str]:
    found: dict[str, str] = {}
    last: dict[str, int] = {}
    for p in titles:
        key, text = (
            "en" if is_latin(p.text) else key_of(p.text),
            _TITLE_MARK.sub("", _TITLE_LABEL.sub("", p.text)).strip(),
        )
        if text and (key not in found or p.index == last[key] + 1):
            found[key] = _with_subtitle(found[key], text) if key in found else text
            last[key] = p.index
    return found


def _before(titles: Iterable[Passage], line: Passage) -> list[Passage]:
    return [p for p in titles if p.index < line.index]


def _goes_on(titles: Iterable[Passage], line: Passage) -> bool:
    """Tell whether an author line belongs to the title right before it: a broken line, or the other language."""
    above = _before(titles, line)
    if line.index - 1 not in {p.index for p in above} or not _reads_as_title(line.text):
        return False
    same = [p for p in above if key_of(p.text) == key_of(line.text)]
    return not same or same[-1].text.endswith(("：", ":")) or (is_latin(line.text) and same[-1].kind == "author")


def _with_subtitle(title: str, subtitle: str) -> str:
    if _SUBTITLE_DASH.match(subtitle) or title.endswith(("：", ":", "—", "–")):
        return f"{title}{'' if has_han(title) else ' '}{subtitle}"
    if has_han(title):
        return f"{title}：{subtitle}"
    return f"{title} {subtitle}" if len(title) > _BROKEN else f"{title}: {subtitle}"


def _reads_as_title(text: str) -> bool:
    if len(text) < 8 or _is_head(text) or _PAGE_LINE.search(text) or _DATE.search(text) or layout.label_of(text):
        return False
    return not names(text) and not people([text])


def _is_head(text: str) -> bool:
    """Tell whether a line is a journal's head or a date and no title."""
    if _DATE_LINE.fullmatch(text.strip()):
        return True
    found = imprint([text])[0]
    return bool(found.issue or found.pages)


def _title_without_names(
    titles: dict[str, str], persons: dict[str, People]
) -> tuple[dict[str, str], dict[str, People]]:
    """Move names off the end of an English title: those whose surnames are the Chinese authors' in pinyin."""
    chinese = persons.get("zh", People()).authors
    for name in chinese:  # 李明：同盟的代价
        titles = {key: re.sub(rf"^{re.escape(name)}\s*[：:]\s*(?=.{{4}})", "", title) for key, title in titles.items()}
    found = _TITLE_CASE_END.search(titles.get("en", "")[-200:])
    if found is None or not chinese or persons.get("en", People()).authors:
        return titles, persons
    words = found["names"].split()
    for start in range(len(words) - 1):
        tail = names(" ".join(words[start:]))
        if len(tail) == len(chinese) and all(_same_person(a, b) for a, b in zip(chinese, tail, strict=True)):
            title = titles["en"].removesuffix(" ".join(words[start:])).rstrip(" ,")
            places = persons.get("en", People()).affiliations
            return titles | {"en": title}, persons | {"en": People(tail, places)}
    return titles, persons


def _same_person(chinese: str, latin: str) -> bool:
    words = latin.lower().split()
    return bool(PINYIN.get(chinese[0], set()) & {words[0], words[-1]})


def _keywords(passages: Iterable[Passage]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for passage in passages:
        label = layout.label_of(passage.text)
        text = passage.text[label[1] :] if label and label[0] == "keywords" else passage.text
        if words := split_keywords(text):
            found.setdefault("en" if is_latin(text) else key_of(text), words)
    return found


def _journals(printed: str | None, said: Iterable[str]) -> dict[str, str]:
    found = {key_of(printed): printed} if printed else {}
    return found | _missing(found, _by_language(said))


def _said_imprint(said: Said) -> Imprint:
    first = {
        name: next((v.strip() for v in said.get(name, ()) if v.strip()), None) for name in ("volume", "issue", "pages")
    }
    years = (year for value in said.get("year", ()) if (year := year_of(value)))
    return Imprint(None, next(years, None), *(number(v) if v else None for v in first.values()))


def _said_names(said: Said) -> dict[str, tuple[str, ...]]:
    values = [v.strip() for v in said.get("authors", ()) if not _JUNK_AUTHOR.fullmatch(v.strip())]
    # a tag holds one person, whose name may stand as "Surname, Given"; the properties of a file hold them all in one
    split = [name for v in values for name in ((v,) if len(values) > 1 else names(v) or (v,))]
    return _by_language(split)


def _said_keywords(said: Said) -> dict[str, tuple[str, ...]]:
    values = said.get("keywords", ())
    return _by_language([word for v in values for word in (split_keywords(v) if len(values) == 1 else (v.strip(),))])


def _by_language(values: Iterable[str], junk: re.Pattern[str] | None = None) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for value in (re.sub(r"\s+", " ", v).strip() for v in values):
        if value and not (junk and junk.fullmatch(value)):
            found.setdefault(key_of(value), []).append(value)
    return {key: tuple(dict.fromkeys(v)) for key, v in found.items()}


def _missing(found: Mapping[str, str], said: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {key: values[0] for key, values in said.items() if key not in found}


def _several(found: Mapping[str, tuple[str, ...]], said: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return what was found in each language, and what was said where nothing was found."""
    return {key: value for key in ("zh", "en") if (value := found.get(key) or said.get(key) or ())}
