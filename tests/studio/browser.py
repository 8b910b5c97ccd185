"""A coder at the real Label Studio in headless Chromium: the verbs of the work, and what is drawn on the screen.

Positions are code points of the task's text, as everywhere. Drawn characters are read off the page's text nodes, not off
what Label Studio says about them.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZE = {"width": 1400, "height": 900}

# Every character of the text with its node and UTF-16 offset, in order; a line break is one character without a node.
_CHARACTERS = """
() => {
  const out = [];
  const walk = (node) => {
    if (node.nodeName === 'BR') out.push({char: '\\n', node: null});
    if (node.nodeType === Node.TEXT_NODE) {
      let at = 0;
      for (const char of node.data) { out.push({char, node, at}); at += char.length; }
    }
    node.childNodes.forEach(walk);
  };
  walk(document.querySelector('.lsf-richtext__container'));
  return out;
}
"""
_DRAWN = f"""
() => {{
  const characters = ({_CHARACTERS})(), found = {{}};
  const regions = (node) => {{
    const ids = [];
    for (let e = node && node.parentElement; e && !e.matches('.lsf-richtext__container'); e = e.parentElement)
      for (const name of e.classList) {{
        const id = name.match(/^htx-highlight-(.+)-\\d+$/);
        if (id) ids.push(id[1]);
      }}
    return ids;
  }};
  characters.forEach(({{node}}, i) => regions(node).forEach((id) => (found[id] = found[id] || []).push(i)));
  const attribute = (id, name) => {{
    const span = document.querySelector(`[class*="htx-highlight-${{id}}-"][${{name}}]`);
    return span ? Number(span.getAttribute(name)) : null;
  }};
  return Object.entries(found).map(([id, at]) => {{
    const [start, end] = [at[0], at[at.length - 1] + 1];
    const text = characters.slice(start, end).map((c) => c.char).join('');
    const gaps = characters.slice(start, end).filter((c, i) => c.node && !at.includes(start + i)).length;
    const span = document.querySelector(`[class*="htx-highlight-${{id}}-"]`);
    const visible = [...span.getClientRects()].some((r) => r.width > 0 && r.height > 0);
    return {{id, start, end, text, gaps, visible, data_start: attribute(id, 'data-start'), data_end: attribute(id, 'data-end')}};
  }});
}}
"""
_SHOWN_TEXT = f"() => ({_CHARACTERS})().map((c) => c.char).join('')"
# Scrolls one character well into view: above the panel of the selected region, which lies over the lower part.
_REVEAL = f"""
(position) => {{
  const {{node, at, char}} = ({_CHARACTERS})()[position];
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + char.length);
  const off = () => {{
    const r = range.getBoundingClientRect();
    return r.top < innerHeight * 0.2 || r.bottom > innerHeight * 0.5 ? r.top - innerHeight * 0.3 : 0;
  }};
  for (let e = node.parentElement; e && off(); e = e.parentElement)
    if (/auto|scroll/.test(getComputedStyle(e).overflowY)) e.scrollTop += off();
}}
"""
_EDGE = f"""
([position, side]) => {{
  const {{node, at, char}} = ({_CHARACTERS})()[side === 'end' ? position - 1 : position];
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + char.length);
  const rects = [...range.getClientRects()].filter((r) => r.width > 0);
  const r = side === 'end' ? rects[rects.length - 1] : rects[0];
  return {{x: side === 'end' ? r.right - 1 : r.left + 1, y: (r.top + r.bottom) / 2}};
}}
"""


@dataclass(frozen=True)
class Drawn:
    """A highlight as it is on the screen: its range and text, and the range Label Studio says it has.

    `gaps`: how many characters between its ends are not highlighted (line breaks never are).
    """

    id: str
    start: int
    end: int
    text: str
    gaps: int
    visible: bool
    data_start: int | None
    data_end: int | None

    def on(self, start: int, end: int, text: str) -> bool:
        """Tell whether the highlight is visible on exactly [start, end) and reads `text`."""
        said = (self.data_start, self.data_end)
        return (
            (self.start, self.end, said) == (start, end, (start, end))
            and self.text == text
            and self.visible
            and not self.gaps
        )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a headless Chromium: the one of BIANMA_CHROMIUM, or the first on the path."""
    program = os.environ.get("BIANMA_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        raise RuntimeError("no Chromium: install one (`apt-get install chromium`) or name it in BIANMA_CHROMIUM")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class CoderAtDesk:
    """One coder's window, with a fresh profile."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url.rstrip("/")
        self.page: Page = browser.new_context(viewport=SIZE).new_page()
        self.page.set_default_timeout(20_000)

    def close(self) -> None:
        self.page.context.close()

    def login(self, email: str, password: str) -> None:
        self.page.goto(f"{self.url}/user/login/")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: "/login" not in url)

    def open_task(self, project: int, task: int) -> None:
        """Open one task of the list and wait until its text, and a Submit or Update button, stand there."""
        self.page.goto(f"{self.url}/projects/{project}/data?task={task}")
        self._ready()

    def open_stream(self, project: int) -> str:
        """Open the label stream, which hands out one task after the other (and is how coders should work).

        Returns the instructions that stand before it, if there are any, and puts them away.
        """
        self.page.goto(f"{self.url}/projects/{project}/data?labeling=1")
        self._ready()
        modal = self.page.locator(".ls-modal, [class*=modal]").filter(has_text="Labeling Instructions").first
        shown = modal.inner_text() if modal.count() else ""
        if shown:
            self.page.keyboard.press("Escape")
            modal.wait_for(state="detached")
        return shown

    def _ready(self) -> None:
        self.page.locator(".lsf-richtext__line").first.wait_for(state="attached")
        self.page.get_by_role("button", name="submit").or_(
            self.page.get_by_role("button", name="update")
        ).first.wait_for()
        self.page.locator(".lsf-richtext[data-needs-update]").wait_for()
        self.page.wait_for_timeout(300)

    def text(self) -> str:
        """Return the text as it stands in the page."""
        return str(self.page.evaluate(_SHOWN_TEXT))

    def drawn(self) -> dict[str, Drawn]:
        """Return every highlight by its region's id."""
        return {d["id"]: Drawn(**d) for d in self.page.evaluate(_DRAWN)}

    def settled(self, count: int) -> dict[str, Drawn]:
        """Return every highlight once two looks agree and show `count` of them, or after ten seconds.

        Label Studio shows the text first and draws the highlights after it, all of them anew at times.
        """
        last = self.drawn()
        for _ in range(33):
            self.page.wait_for_timeout(300)
            before, last = last, self.drawn()
            if before == last and len(last) >= count:
                break
        return last

    def drag(self, start: int, end: int) -> None:
        """Select [start, end) with the mouse; both ends must fit on the screen."""
        self._reveal(start)
        self._drag_mouse(self._edge(start, "start"), self._edge(end, "end"))

    def drag_edge(self, region: str, side: str, position: int) -> None:
        """Move the "start" or "end" of a region to `position` by its handle, as a coder does."""
        self.select(region)
        self._reveal(position - 1 if side == "end" else position)
        handle = self.page.locator(
            f'[class*="htx-highlight-{region}-"] area.__resize_{ {"start": "left", "end": "right"}[side] }'
        )
        box = handle.bounding_box()
        assert box is not None
        self._drag_mouse(
            {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}, self._edge(position, side)
        )

    def select(self, region: str) -> None:
        """Click on a region in the text, on its last character; nothing if it is selected already."""
        active = self.page.locator(f'[class*="htx-highlight-{region}-"].__active')
        if active.count():
            return
        self._click(region)
        active.first.wait_for()

    def unselect(self) -> None:
        self.press("Escape")
        self.page.locator(".htx-highlight.__active").first.wait_for(state="detached")

    def relate(self, source: str, target: str) -> None:
        """Draw a relation from one region to another."""
        self.select(source)
        self.press("Alt+r")
        self._click(target)
        self.page.wait_for_timeout(300)

    def name_relation(self, name: str) -> None:
        """Give the first relation a name of the codebook, on the panel of relations."""
        self.page.locator(".lsf-panel-tabs__tab:visible", has_text="Relations").first.click()
        item = self.page.locator(".lsf-relations__item").first
        item.hover()
        item.get_by_label("Show Relation Labels").click()
        self.page.locator(".lsf-relation-meta button").first.click()
        self.page.get_by_role("option").filter(has_text=name).first.click()
        self.page.keyboard.press("Escape")

    def delete(self, region: str) -> None:
        self.select(region)
        self.press("Backspace")
        self.page.locator(f'[class*="htx-highlight-{region}-"]').first.wait_for(state="detached")

    def button(self, name: str) -> Locator:
        """Return the button of the code whose Chinese name is `name`."""
        return self.page.locator(".bm-codes .lsf-label").filter(
            has=self.page.locator(f'div[title="{name}"], div[title^="{name} "]')
        )

    def pick(self, name: str) -> None:
        self.button(name).click()

    def press(self, key: str) -> None:
        """Press a key outside any text box."""
        self.page.evaluate("document.activeElement.blur()")
        self.page.keyboard.press(key)

    def picked(self) -> list[str]:
        """Return the Chinese names of the codes that are active."""
        return self._names(".lsf-label_selected")

    def find(self, typed: str) -> list[str]:
        """Type into the search box and return the Chinese names of the codes that can be seen then."""
        self.page.fill(".bm-codes input", typed)
        self.page.wait_for_timeout(200)
        return self._names(".ant-collapse-item .lsf-label")

    def fold(self, family: str) -> None:
        """Fold a family, or unfold it."""
        self.page.locator(".ant-collapse-header", has_text=family).click()
        self.page.wait_for_timeout(500)

    def tooltip(self, name: str) -> str:
        """Return what is shown while the mouse rests on a code."""
        tip = self.page.locator('[class^="tooltip--"]')
        self.page.mouse.move(1, 1)
        tip.first.wait_for(state="detached")
        self.button(name).hover()
        tip.wait_for()
        return tip.inner_text()

    def definition(self) -> str:
        """Return the definition that stands beside the text for the selected region."""
        return "\n".join(card.inner_text() for card in self.page.locator(".bm-card").all() if card.is_visible())

    def choose(self, value: str) -> None:
        """Tick a value of the selected region by its Chinese name (肯定, 存疑)."""
        self.page.locator(".bm-region label", has_text=value).click()

    def write(self, control: str, text: str) -> None:
        """Fill in a free-text control (`note`, `attribute_holder`, `passage_note`) and confirm it with Enter."""
        self.page.fill(f'input[name="{control}"]', text)
        self.page.press(f'input[name="{control}"]', "Enter")

    def submit(self) -> None:
        """Submit, or update, and wait for the server's answer."""
        button = (
            self.page.get_by_role("button", name="submit").or_(self.page.get_by_role("button", name="update")).first
        )
        with self.page.expect_response(
            lambda r: "/annotations" in r.url and r.request.method in ("POST", "PATCH")
        ) as answer:
            button.click()
        assert answer.value.ok, answer.value.text()

    def skip(self) -> None:
        with self.page.expect_response(
            lambda r: "/annotations" in r.url and r.request.method in ("POST", "PATCH")
        ) as answer:
            self.page.get_by_role("button", name="skip").first.click()
        assert answer.value.ok, answer.value.text()

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)

    def _names(self, selector: str) -> list[str]:
        titles = self.page.locator(f".bm-codes {selector}").all()
        return [t.locator("div").first.get_attribute("title").split(" ")[0] for t in titles if t.is_visible()]  # type: ignore[union-attr]

    def _click(self, region: str) -> None:
        end = self.drawn()[region].end
        self._reveal(end - 1)
        at = self._edge(end, "end")
        self.page.mouse.click(at["x"] - 2, at["y"])

    def _reveal(self, position: int) -> None:
        self.page.evaluate(_REVEAL, position)

    def _edge(self, position: int, side: str) -> dict[str, float]:
        found: Any = self.page.evaluate(_EDGE, [position, side])
        return {"x": float(found["x"]), "y": float(found["y"])}

    def _drag_mouse(self, start: dict[str, float], end: dict[str, float]) -> None:
        mouse = self.page.mouse
        mouse.move(start["x"], start["y"])
        mouse.down()
        mouse.move((start["x"] + end["x"]) / 2, (start["y"] + end["y"]) / 2)
        mouse.move(end["x"], end["y"], steps=4)
        mouse.up()
        self.page.wait_for_timeout(200)
