"""Which parts of a web page are the article: by the density of running text and of links, and by their names.

In doubt a part is kept. Left out is what no reader reads (scripts, hidden parts), what is called navigation, comments
or the like and reads so, and the short lines outside the article's body.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bianma.corpus.readers.dom import BLOCKS, Node, Range, names
from bianma.corpus.readers.notelinks import NoteLinks

_NEVER = names(
    "script style noscript template svg iframe object embed applet canvas audio video map head title select "
    "option datalist button input textarea annotation annotation-xml rt rp rtc nav dialog progress meter"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CALLED = re.compile(
    r"(?<![a-z])(?:shar(?:e|ing)\w*|social|sns|bdshare\w*|bread-?crumbs?|crumbs?|relat(?:e|ed)|recommend\w*|prev-?next|"
    r"(?:post|page|article)-?nav\w*|pagination|pager|comments?(?:list|area|form|body)?|respond|disqus\w*|toolbar|sidebar|"
    r"copyright|subscribe|newsletter|advert\w*|ads?|qr-?code|noprint|navbox|nav(?:bar|igation)?|menu|catlinks|"
    r"editsection|(?:jump|skip)(?:-to)?-?(?:link|nav)\w*|footer|login|aside)(?![a-z])"
)
_PERHAPS = re.compile(r"(?<![a-z])(?:side|toc|foot|banner|search|hot|rank\w*|feedback|tags?|reply)(?![a-z])")
_COMMENTS = re.compile(r"(?<![a-z])(?:comments?(?:list|area|form|body)?|respond|disqus\w*)(?![a-z])")
_RELATED = re.compile(
    r"[【\[「●■◆·\s]*(?:相[关關]\w{0,4}(?:文章|阅读|閱讀|链接|連結|推荐|推薦|新闻|新聞|内容)|延伸[阅閱][读讀]|推[荐薦][阅閱][读讀]|猜你喜[欢歡]|"
    r"[您你]可能\w{0,3}(?:喜[欢歡]|感[兴興]趣)|[热熱][门門](?:文章|推[荐薦]|[阅閱][读讀]|[点點][击擊])|最新(?:文章|[评評][论論])|[友]情[链鏈][接]|"
    r"上一[篇页頁条則]|下一[篇页頁条則]|分享(?:到|至|本文)?|related (?:articles?|posts?|content|reading)|"
    r"(?:you )?(?:may|might) also like|recommended|share(?: this)?|previous|next|more from)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"版[权權]所有|ICP[备備]|公网安备|Copyright|All rights reserved|©|"
    r"未[经經].{0,16}(?:授[权權]|[许許]可|允[许許]|同意)|技[术術]支持|扫一扫|[关關]注.{0,8}公[众眾][号號]",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?<![a-z])(?:(?:article|post|entry|news|content|main)[-_]?)?(?:title|headline)(?![a-z])")
_STOP = re.compile(r"[。！？；，!?;]|[.,](?=\s|$)")
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_LISTS = names("ul ol dl li blockquote")
_SHORT, _BESIDE = 100, 8  # characters: of a page with a few words only; beside the label of a link list
_BODY = 0.85  # of a page's running text stand in the article's body


@dataclass(slots=True)
class Measure:
    """Of an element: its characters without white space, those of them in links, its stops, and its running text."""

    chars: int = 0
    linked: int = 0
    stops: int = 0
    running: int = 0

    @property
    def is_list_of_links(self) -> bool:
        """Most of it is links, or nothing stands in it."""
        return self.linked * 2 >= self.chars


@dataclass(frozen=True, slots=True)
class Article:
    """What of a page is read: all but the elements and bare texts `left`; `title` is the element that is its title."""

    left: frozenset[int]
    texts: frozenset[Range]
    title: Node | None


def article(root: Node, raw: str, notes: NoteLinks) -> Article:
    """Return which part of the page is its article."""
    left = {id(node) for node in root.walk() if _is_never_read(node)} | notes.backs
    sizes = _measured(root, raw, frozenset(left))
    left |= {id(n) for n in root.walk() if _is_hidden(n) and not _holds(n, root, sizes, 0.5) and not notes.has_note(n)}
    sizes = _measured(root, raw, frozenset(left))
    title = _title(root, raw, sizes, frozenset(left))
    left |= {
        id(n) for n in root.walk() if n is not root and _is_noise(n, root, sizes) and not _guarded(n, notes, title)
    }
    sizes = _measured(root, raw, frozenset(left))
    body = _body(root, sizes)
    blocks = [b for b in _leaves(root, frozenset(left)) if sizes[id(b)].chars]
    related = _related(blocks, raw, sizes)
    left |= {id(b) for b in blocks if id(b) in related and not _guarded(b, notes, title)}
    left |= {id(b) for b in _outside(blocks, body, title, raw, sizes) if not _guarded(b, notes, title)}
    return Article(frozenset(left), _bare_texts(body, title, raw), title)


def _is_never_read(node: Node) -> bool:
    return node.tag in _NEVER or node.attrs.get("role") in ("navigation", "search", "banner", "contentinfo", "menu")


def _is_hidden(node: Node) -> bool:
    return "hidden" in node.attrs or _HIDDEN.search(node.attrs.get("style", "")) is not None


def _holds(node: Node, root: Node, sizes: dict[int, Measure], share: float) -> bool:
    """Tell whether `node` holds more than `share` of the page's running text."""
    return sizes[id(node)].running > share * max(1, sizes[id(root)].running)


def _is_noise(node: Node, root: Node, sizes: dict[int, Measure]) -> bool:
    """Tell whether a part is called something that no article is, and reads so: comments; links; a few words."""
    called = _CALLED.search(node.names) is not None or node.tag in ("aside", "footer", "menu")
    if not called and not _PERHAPS.search(node.names):
        return False
    if node.tag in ("a", "sup", "li") or _holds(node, root, sizes, 0.3):
        return False
    size = sizes[id(node)]
    few = size.stops <= 1 or size.chars < 60
    return size.linked >= 0.4 * size.chars or (called and few) or _COMMENTS.search(node.names) is not None


def _guarded(node: Node, notes: NoteLinks, title: Node | None) -> bool:
    """Tell whether something stands in `node` that is never left out: a note, or the title."""
    return notes.has_note(node) or any(inner is title for inner in node.walk())


def _measured(root: Node, raw: str, left: frozenset[int]) -> dict[int, Measure]:
    sizes: dict[int, Measure] = {}
    _measure(root, raw, left, sizes, linked=False)
    return sizes


def _measure(node: Node, raw: str, left: frozenset[int], sizes: dict[int, Measure], *, linked: bool) -> Measure:
    size = sizes[id(node)] = Measure()
    linked = linked or (node.tag == "a" and "href" in node.attrs)
    inner = 0
    for child in node.children:
        if isinstance(child, Node):
            part = _measure(child, raw, left, sizes, linked=linked)
            if id(child) in left:
                continue
            inner += part.running if child.tag in BLOCKS else 0
            size.chars, size.linked, size.stops = (
                size.chars + part.chars,
                size.linked + part.linked,
                size.stops + part.stops,
            )
        else:
            text = raw[child[0] : child[1]]
            chars = len("".join(text.split()))
            size.chars, size.linked = size.chars + chars, size.linked + chars * linked
            size.stops += len(_STOP.findall(text))
    own = size.chars - size.linked - sum(_loose(c, sizes) for c in node.elements if id(c) not in left)
    size.running = inner + (own if size.stops else 0)
    return size


def _loose(child: Node, sizes: dict[int, Measure]) -> int:
    """Return the unlinked characters of a block, which its parent must not count again."""
    return sizes[id(child)].chars - sizes[id(child)].linked if child.tag in BLOCKS else 0


def _body(root: Node, sizes: dict[int, Measure]) -> Node:
    """Return the innermost element that holds nearly all running text, or the <article> or <main> around it.

    On a page with a few words only there is nothing to tell by: all of it is.
    """
    node: Node | None = root if sizes[id(root)].running >= _SHORT else None
    body = root
    while node is not None:
        body = node
        node = next((c for c in body.elements if _may_hold(c) and _holds(c, root, sizes, _BODY)), None)
    around = [n for n in (body, *body.ancestors()) if n.tag in ("article", "main") or n.attrs.get("role") == "main"]
    articles = [n for n in around if n.tag == "article"]
    return (articles or around or [body])[-1]


def _may_hold(node: Node) -> bool:
    return node.tag not in _LISTS and any(inner.tag in BLOCKS for inner in node.elements)


def _leaves(node: Node, left: frozenset[int]) -> Iterator[Node]:
    """Yield the blocks without blocks in them, in source order."""
    for child in node.elements:
        if id(child) not in left:
            if child.tag in BLOCKS and not any(inner.tag in BLOCKS for inner in child.walk() if inner is not child):
                yield child
            else:
                yield from _leaves(child, left)


def _title(root: Node, raw: str, sizes: dict[int, Measure], left: frozenset[int]) -> Node | None:
    """Return the block that is the page's title: an <h1>, or what the <title> begins with; else what is called so."""
    head = next((n.content(raw) for n in root.walk() if n.tag == "title"), "")
    blocks = [b for b in _leaves(root, left) if sizes[id(b)].chars]
    texts = {id(b): b.content(raw) for b in blocks}
    named = [b for b in blocks if len(texts[id(b)]) >= 4 and head.startswith(texts[id(b)])]
    first = [b for b in blocks if b.tag == "h1"]
    called = [b for b in blocks if _TITLE.search(b.names) and not sizes[id(b)].is_list_of_links]
    unlinked = [b for b in first if not sizes[id(b)].is_list_of_links]
    candidates = [*(b for b in named if b in first), *named[:1], *unlinked, *first, *called]
    return next(iter(candidates), None)


def _related(blocks: list[Node], raw: str, sizes: dict[int, Measure]) -> set[int]:
    """Return the headings of link lists (相关文章, 上一篇) and what stands under them."""
    found: set[int] = set()
    for n, block in enumerate(blocks):
        label, size = _RELATED.match(block.content(raw)), sizes[id(block)]
        if not label or size.chars - size.linked > len(label[0]) + _BESIDE:
            continue
        under: list[int] = []
        for other in blocks[n + 1 :]:
            if other.tag in _HEADINGS or sizes[id(other)].linked < 0.6 * sizes[id(other)].chars:
                break
            under.append(id(other))
        if under or size.linked:
            found.update([id(block), *under])
    return found


def _outside(blocks: list[Node], body: Node, title: Node | None, raw: str, sizes: dict[int, Measure]) -> Iterator[Node]:
    """Yield the blocks outside the body that are no part of the article.

    Kept are running text, what shares an element with it (a short note among notes) or is the heading above it, and the
    lines between the title and the body.
    """
    page = [body, *body.ancestors()][-1]
    inside = {id(n) for n in body.walk()}
    at = [n for n, block in enumerate(blocks) if id(block) in inside]
    first = at[0] if at else len(blocks)
    begins = next((n for n, block in enumerate(blocks) if block is title), -1)
    kept = {n for n, block in enumerate(blocks) if _is_running(sizes[id(block)]) and not _is_imprint(block, raw, sizes)}
    beside = {id(blocks[n].parent) for n in kept if n > first and blocks[n].parent is not page}
    for n, block in enumerate(blocks):
        linked = sizes[id(block)].is_list_of_links
        near = id(block.parent) in beside or (block.tag in _HEADINGS and n + 1 in kept)
        front = begins < n < first
        if id(block) in inside or block is title or n in kept:
            continue
        if linked or _is_imprint(block, raw, sizes) or not (front or near):
            yield block


def _is_running(size: Measure) -> bool:
    return size.stops > 0 and not size.is_list_of_links and size.chars >= 25


def _is_imprint(block: Node, raw: str, sizes: dict[int, Measure]) -> bool:
    """Tell whether a block says whose the page is."""
    return sizes[id(block)].chars < 160 and _RIGHTS.search(block.content(raw)) is not None


def _bare_texts(body: Node, title: Node | None, raw: str) -> frozenset[Range]:
    """Return the texts outside the body that stand in no block of their own and are no part of the article."""
    begins = 0 if title is None else title.start
    bare = (child for around in body.ancestors() for child in around.children_texts())
    return frozenset(t for t in bare if not begins <= t[0] < body.start and not _STOP.search(raw[t[0] : t[1]]))
