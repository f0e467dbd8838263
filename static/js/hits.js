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

// Words as the search compares them: what `search/words.py` and `search/snippets.py` do for the piece of text under a hit
// is done here for the page. A test holds the two together.

const WORD = /(?!ʼ)[\p{L}\p{N}](?:(?!ʼ)[\p{L}\p{N}\p{M}\u00ad])*/gu;
const APOSTROPHES = "'’ʼ‘";
const HYPHENS = "-‐‑";
const ELIDED = new Set("l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu".split(" "));
const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ς: "σ" };

/** A word without case, accents, ligatures and soft hyphens. */
function fold(word) {
  const letters = word.toLowerCase().replace(/[œæßøłđς]/g, (letter) => LETTERS[letter]);
  return letters.normalize("NFKD").replace(/[\p{M}\u00ad]/gu, "").slice(0, 60);
}

/** The words of a text with their places in it, without what French elides. */
function tokens(text) {
  const found = [...text.matchAll(WORD)].map((match) => ({ raw: match[0], start: match.index, end: match.index + match[0].length }));
  const out = [];
  let taken = 0;
  for (const [index, { raw, start, end }] of found.entries()) {
    if (start < taken) continue;
    const word = fold(raw);
    const after = found[index + 1];
    if (after && end < text.length && APOSTROPHES.includes(text[end])) {
      if (ELIDED.has(word)) continue;
      if (after.start === end + 1) {
        if (word === "aujourd" && fold(after.raw) === "hui") {
          taken = after.end;
          out.push({ word: "aujourdhui", start, end: taken });
          continue;
        }
        if (after.raw.length <= 2) taken = after.end;
      }
    }
    if (word) out.push({ word, start, end });
  }
  return out;
}

/** Whether a hyphen, or a point between letters, makes one word of two. */
function areOne(text, one, two) {
  if (two.start !== one.end + 1) return false;
  const letters = one.end - one.start === 1 && two.end - two.start === 1 && !/\p{Nd}/u.test(text[two.start]);
  return HYPHENS.includes(text[one.end]) || (text[one.end] === "." && letters);
}

/** What hyphens make of several words, and points of letters, written as one. */
function joined(text, found) {
  const out = [];
  let parts = [];
  for (const token of [...found, null]) {
    const last = parts.at(-1);
    if (token && last && areOne(text, last, token)) { parts.push(token); continue; }
    if (parts.length > 1) out.push({ word: parts.map((part) => part.word).join("").slice(0, 60), start: parts[0].start, end: last.end });
    parts = token ? [token] : [];
  }
  return out;
}

/**
 * The places of a text that are looked for, in order and apart. Terms are folded words, or words in a row in one string;
 * with `open`, what begins so counts as well.
 */
export function marked(text, terms, open = false) {
  const found = tokens(text);
  const forms = new Set(terms.filter((term) => !term.includes(" ")));
  const is = open ? (word) => [...forms].some((form) => word.startsWith(form)) : (word) => forms.has(word);
  const spans = [...found, ...joined(text, found)].filter(({ word }) => is(word)).map(({ start, end }) => [start, end]);
  for (const words of terms.filter((term) => term.includes(" ")).map((term) => term.split(" "))) {
    for (let at = 0; at + words.length <= found.length; at += 1) {
      if (words.every((word, place) => found[at + place].word === word)) spans.push([found[at].start, found[at + words.length - 1].end]);
    }
  }
  const apart = [];
  for (const [start, end] of spans.sort((one, two) => one[0] - two[0] || two[1] - one[1])) {
    if (!apart.length || start >= apart.at(-1)[1]) apart.push([start, end]);
  }
  return apart;
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

/** The ranges of the page that hold one of the terms, in the order of reading. */
function search({ terms, open }) {
  const found = [];
  for (const nodes of blocks()) {
    for (const [start, end] of marked(nodes.map((node) => node.data).join(""), terms, open)) {
      const made = range(nodes, start, end);
      if (made) found.push(made);
      if (found.length === MOST) return found;
    }
  }
  return found;
}

/**
 * What to mark: the forms in which the texts have the words. What the site does not know, since it is the beginning of a
 * word to which a suggestion led, or what it cannot be asked, is looked for as it was typed.
 */
async function wanted(text, address) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams({ q: text })}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const { terms } = await answer.json();
    if (terms.length) return { terms, open: false };
  } catch {
    // No network: the words themselves are looked for.
  }
  return { terms: tokens(text).map(({ word }) => word).filter((word) => word.length > 1), open: true };
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
  const ranges = search(await wanted(text, words.terms));
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
