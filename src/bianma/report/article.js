"use strict";
// Offsets are half-open ranges of code points of the raw text. data-a is where a run begins there.
const where = document.getElementById("where");
const rows = [...document.querySelectorAll(".row[id]")];
const runs = [...document.querySelectorAll(".raw [data-a]")].map(node => ({ node, start: +node.dataset.a }));
const points = text => [...text].length;
const units = (text, n) => [...text].slice(0, n).join("").length;

function runAt(offset) {
  let low = 0, high = runs.length;
  while (low < high) { const mid = (low + high) >> 1; runs[mid].start <= offset ? low = mid + 1 : high = mid; }
  return runs[low - 1];
}

// The text node and UTF-16 index of a raw offset.
function place(offset) {
  const run = runAt(offset);
  if (!run) return null;
  const walk = document.createTreeWalker(run.node, NodeFilter.SHOW_TEXT);
  let left = offset - run.start, node, last = null;
  while ((node = walk.nextNode())) {
    const size = points(node.data);
    if (left <= size) return [node, units(node.data, left)];
    left -= size; last = node;
  }
  return last && [last, last.data.length];
}

// The raw offset of a place in the page; null outside both texts.
function offsetOf(node, index) {
  const run = (node.nodeType === 3 ? node.parentElement : node).closest("[data-a]");
  if (!run || node.nodeType !== 3) return null;
  if (run.tagName === "INS") return +run.dataset.a;
  const range = document.createRange();
  range.setStart(run, 0); range.setEnd(node, index);
  return +run.dataset.a + points(range.toString());
}

function showRange() {
  const found = /^#(\d+)-(\d+)$/.exec(location.hash);
  if (window.CSS && CSS.highlights) CSS.highlights.delete("range");
  if (!found) return;
  const from = place(+found[1]), run = runAt(+found[1]), to = place(+found[2]);
  if (!from || !to) return;
  const fold = run.node.closest("details"), row = run.node.closest(".row");
  if (fold) fold.open = true;
  if (row && getComputedStyle(row).display === "none") {
    const box = [...row.classList].map(c => c.startsWith("k-") && document.getElementById("f-" + c.slice(2))).find(Boolean);
    if (box) box.checked = true;
  }
  if (window.CSS && CSS.highlights) {
    const range = document.createRange();
    range.setStart(...from); range.setEnd(...to);
    CSS.highlights.set("range", new Highlight(range));
  }
  run.node.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", showRange);
showRange();

function tell(text) { where.textContent = text; where.hidden = !text; }

document.addEventListener("selectionchange", () => {
  const selected = getSelection();
  if (selected.isCollapsed || !selected.rangeCount) return;
  const range = selected.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset), end = offsetOf(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return;
  tell(`[${start}, ${end})`);
  if (range.startContainer.parentElement.closest(".raw")) history.replaceState(null, "", `#${start}-${end}`);
});

let lit = [];
document.addEventListener("mousemove", event => {
  const node = event.target.closest ? event.target.closest("[data-a]") : null;
  lit.forEach(each => each.classList.remove("lit"));
  lit = [];
  if (!getSelection().isCollapsed) return;
  if (!node) return tell("");
  const side = node.closest(".clean");
  const other = side ? runAt(+node.dataset.a) && runAt(+node.dataset.a).node : document.querySelector(`.clean [data-a="${node.dataset.a}"]`);
  lit = [node, other].filter(Boolean);
  lit.forEach(each => each.classList.add("lit"));
  const caret = document.caretPositionFromPoint ? document.caretPositionFromPoint(event.clientX, event.clientY)
    : document.caretRangeFromPoint && document.caretRangeFromPoint(event.clientX, event.clientY);
  const at = caret && offsetOf(caret.offsetNode || caret.startContainer, caret.offset ?? caret.startOffset);
  tell(at === null || at === undefined ? `${node.dataset.a}` : `${at}`);
});

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea)$/i.test(event.target.tagName) && event.target.type !== "checkbox") return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const seen = rows.filter(row => row.offsetParent !== null);
  const top = 80, now = seen.findIndex(row => row.classList.contains("here"));
  const next = now >= 0 ? seen[now + step] : seen.find(row => row.getBoundingClientRect().bottom > top);
  if (!next) return;
  seen.forEach(row => row.classList.remove("here"));
  next.classList.add("here");
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
});
