// What a search found, marked on the page that it led to, with a bar to step from one hit to the next. The words come
// from `?q=`; the page itself is a stored one and knows nothing of them.

const MOST = 500;
const main = document.querySelector("main");
const leaf = document.querySelector(".leaf, .work-cover") ?? main;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** Letters as the search compares them, each with its place in the text: without accents, ligatures taken apart. */
function folded(text) {
  const places = [];
  let out = "";
  for (let index = 0; index < text.length; index += 1) {
    const letters = text[index].normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’ʼ]/g, "'").replace(/\u00ad/g, "");
    for (const letter of letters) { out += letter; places.push(index); }
  }
  return { out, places };
}

/** The text of the page as one string for each block, since a word may be cut by an element. */
function blocks() {
  const walker = document.createTreeWalker(leaf, NodeFilter.SHOW_TEXT, (node) => (
    node.parentElement.closest(".anchor, .pilcrow, .sidenotes, .printed-page, .note-call, .printed-from, .turn, .position, nav, button, script")
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const found = new Map();
  while (walker.nextNode()) {
    const block = walker.currentNode.parentElement.closest("p, li, h1, h2, h3, h4, h5, h6, td, th, figcaption, blockquote, dt, dd, pre, div");
    if (!found.has(block)) found.set(block, []);
    found.get(block).push(walker.currentNode);
  }
  return found.values();
}

function range(nodes, start, end) {
  const made = document.createRange();
  let before = 0;
  for (const node of nodes) {
    const after = before + node.length;
    if (start >= before && start < after) made.setStart(node, start - before);
    if (end > before && end <= after) { made.setEnd(node, end - before); return made; }
    before = after;
  }
  return null;
}

/** The ranges of the page that one of the patterns matches, in the order of reading. */
function search(pattern) {
  const found = [];
  for (const nodes of blocks()) {
    const { out, places } = folded(nodes.map((node) => node.data).join(""));
    for (const match of out.matchAll(pattern)) {
      const made = range(nodes, places[match.index], places[match.index + match[0].length - 1] + 1);
      if (made) found.push(made);
      if (found.length === MOST) return found;
    }
  }
  return found;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Words in a row as a pattern for folded text; with `open`, what begins as the last of them. */
function pattern(term, open) {
  const words = term.split(" ").filter(Boolean).map(escaped);
  return `(?<![\\p{L}\\p{N}])${words.join("[^\\p{L}\\p{N}]+")}${open ? "" : "(?![\\p{L}\\p{N}])"}`;
}

/**
 * What to mark, as one pattern: the forms in which the texts have the words. What the site does not know, since it is
 * the beginning of a word to which a suggestion led, or what it cannot be asked, is looked for as it was typed.
 */
async function wanted(text, address) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams({ q: text })}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const { terms } = await answer.json();
    if (terms.length) return terms.map((term) => pattern(term)).join("|");
  } catch {
    // No network: the words themselves are looked for.
  }
  return (folded(text).out.match(/[\p{L}\p{N}]{2,}/gu) ?? []).map((term) => pattern(term, true)).join("|");
}

/** A way to mark ranges: with highlights, which leave the page as it is, or with elements around the words. */
function marker(ranges) {
  if (globalThis.Highlight && CSS.highlights) {
    CSS.highlights.set("found", new Highlight(...ranges));
    const here = new Highlight();
    here.priority = 1;
    CSS.highlights.set("found-here", here);
    return {
      here(range) { here.clear(); if (range) here.add(range); },
      clear() { CSS.highlights.delete("found"); CSS.highlights.delete("found-here"); },
    };
  }
  const marks = new Map();
  for (const one of [...ranges].reverse()) marks.set(one, wrap(one));
  return {
    here(range) { for (const [one, nodes] of marks) for (const node of nodes) node.classList.toggle("here", one === range); },
    clear() { for (const node of [...marks.values()].flat()) { const up = node.parentNode; node.replaceWith(...node.childNodes); up.normalize(); } },
  };
}

function wrap(one) {
  const root = one.commonAncestorContainer;
  const walker = document.createTreeWalker(root.nodeType === Node.TEXT_NODE ? root.parentNode : root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (one.intersectsNode(walker.currentNode)) texts.push(walker.currentNode);
  const { startContainer, startOffset, endContainer, endOffset } = one;
  const made = [];
  for (const text of texts) {
    const from = text === startContainer ? startOffset : 0;
    const to = text === endContainer ? endOffset : text.length;
    if (from >= to) continue;
    const part = from ? text.splitText(from) : text;
    if (to - from < part.length) part.splitText(to - from);
    const mark = make("mark", { className: "found" });
    part.replaceWith(mark);
    mark.append(part);
    made.push(mark);
  }
  if (made.length) { one.setStartBefore(made[0]); one.setEndAfter(made.at(-1)); }
  return made;
}

/** The hit that the link led to: the first in the passage of the address, or the first after it. */
function first(ranges) {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return 0;
  const at = ranges.findIndex(({ startContainer }) => target.contains(startContainer) || target.compareDocumentPosition(startContainer) & Node.DOCUMENT_POSITION_FOLLOWING);
  return Math.max(at, 0);
}

function bring(one, smoothly) {
  const scroller = one.startContainer.parentElement.closest(".scroll");
  if (scroller) one.startContainer.parentElement.scrollIntoView({ block: "nearest", inline: "nearest" });
  const { top, bottom } = one.getBoundingClientRect();
  if (top > 90 && bottom < innerHeight - 120) return;
  scrollTo({ top: top + scrollY - innerHeight / 3, behavior: smoothly && !calm.matches ? "smooth" : "instant" });
}

export async function start(text, words) {
  const looked = await wanted(text, words.terms);
  const ranges = looked ? search(new RegExp(looked, "gu")) : [];
  if (!ranges.length) return;
  const marks = marker(ranges);
  const count = make("span", { className: "count" });
  const status = make("span", { className: "visually-hidden", role: "status" });
  const button = (label, drawing, action) => {
    const made = make("button", { type: "button", title: label, textContent: drawing });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", action);
    return made;
  };
  let here = first(ranges);

  function step(by, { spoken = true, smoothly = true } = {}) {
    here = (here + by + ranges.length) % ranges.length;
    marks.here(ranges[here]);
    bring(ranges[here], smoothly);
    count.textContent = `${here + 1} / ${ranges.length}`;
    // The words around it are said as well: nothing else tells where the page has moved to.
    if (spoken) status.textContent = `${here + 1} ${words.of} ${ranges.length} : ${around(ranges[here])}`;
  }

  function close() {
    removeEventListener("keydown", key);
    const block = ranges[here].startContainer.parentElement.closest("p, li, h1, h2, h3, h4, h5, h6, td, th, figcaption");
    marks.clear();
    bar.remove();
    const address = new URL(location);
    address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
    // Reading goes on where the hit was.
    if (block) {
      block.tabIndex = -1;
      block.addEventListener("blur", () => block.removeAttribute("tabindex"), { once: true });
      block.focus({ preventScroll: true });
    }
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "Escape" && bar.contains(document.activeElement)) return close();
    if (document.getElementById("raccourcis")?.checked === false) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  }

  const back = make("a", { href: `${words.results}?${new URLSearchParams({ q: text })}`, textContent: text, title: words.back });
  back.setAttribute("aria-label", `${words.back} : ${text}`);
  const bar = make("section", { className: "hits-bar" }, back, count, status,
    ...(ranges.length > 1 ? [button(words.previous, "↑", () => step(-1)), button(words.next, "↓", () => step(1))] : []), button(words.close, "×", close));
  bar.ariaLabel = words.label;
  document.body.append(bar);
  addEventListener("keydown", key);
  step(0, { spoken: false, smoothly: false });
  // Screen readers say what a region says after it has come into the page.
  setTimeout(() => { status.textContent = `${words.label} : ${ranges.length}`; }, 600);
}

function around(one) {
  const text = one.startContainer.textContent;
  const start = Math.max(0, one.startOffset - 40);
  return text.slice(start, start + 110).trim();
}
