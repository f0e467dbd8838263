// What the text calls, shown where it is called: notes, references, passages of the work, figures; and what a
// reader takes away from it. Without this file each of them is a link that leads to the same words.

const main = document.querySelector("main");
const leaf = document.querySelector(".leaf");
const words = document.getElementById("mots")?.dataset ?? {};
const margin = matchMedia("(min-width: 84rem)");

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** A copy fit to stand a second time in the page: without identifiers, ways back and anchors. */
function copy(node) {
  const twin = node.cloneNode(true);
  for (const inner of [twin, ...twin.querySelectorAll("[id]")]) inner.removeAttribute("id");
  for (const inner of twin.querySelectorAll(".back, .anchor, .pilcrow, .sidenotes")) inner.remove();
  return twin;
}

const byHash = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

// The card ------------------------------------------------------------------------------------------------------

const card = make("div", { className: "card", popover: "auto", tabIndex: -1, role: "dialog" });
document.body.append(card);
let opener = null;
let timer = 0;

function place() {
  if (innerWidth <= 640 && !card.classList.contains("menu")) {
    card.style.left = card.style.top = "";
    return;
  }
  const call = opener.getClientRects()[0] ?? opener.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const below = call.bottom + 8;
  card.style.left = `${Math.max(16, Math.min(call.left - 24, innerWidth - width - 16))}px`;
  card.style.top = `${below + height < innerHeight - 8 ? below : Math.max(8, call.top - height - 8)}px`;
}

function show(link, label, nodes, { focus = false, menu = false } = {}) {
  clearTimeout(timer);
  if (card.matches(":popover-open")) card.hidePopover();
  opener = link;
  card.classList.toggle("menu", menu);
  card.ariaLabel = label;
  card.replaceChildren(...nodes);
  card.showPopover();
  place();
  if (focus) card.focus({ preventScroll: true });
}

const later = (action, delay) => { clearTimeout(timer); timer = setTimeout(action, delay); };
const leave = () => later(() => card.contains(document.activeElement) || card.hidePopover(), 300);

card.addEventListener("beforetoggle", (event) => {
  if (event.newState === "closed" && card.contains(document.activeElement)) opener?.focus({ preventScroll: true });
});
card.addEventListener("pointerenter", () => clearTimeout(timer));
card.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && !card.classList.contains("menu") && leave());
card.addEventListener("click", (event) => {
  if (!event.target.closest("a")) return;
  // Coming back from the bibliography with the keyboard, one is again on the call that one left.
  history.replaceState({ call: calls().indexOf(opener) }, "");
  card.hidePopover();
});

const calls = () => [...main.querySelectorAll("a.note-call, a.citation")];
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
  calls()[history.state?.call ?? -1]?.focus({ preventScroll: true });
}

function go(href, text) {
  return make("a", { className: "go", href, textContent: text });
}

// What each kind of call shows -----------------------------------------------------------------------------------

function note(link) {
  const target = byHash(link);
  if (!target) return null;
  const label = `${words.note} ${link.textContent.trim()}`;
  const body = make("div");
  body.append(...copy(target).childNodes);
  return [label, [make("span", { className: "label", textContent: label }), body, go(link.hash, words.list)]];
}

const references = new Map();
for (const link of main.querySelectorAll("a.citation[title]")) {
  references.set(link, link.title);
  link.removeAttribute("title");
}

function citation(link) {
  const text = references.get(link);
  if (!text) return null;
  const parts = text.split(/(https?:\/\/[^\s<>»”"]*[^\s<>»”".,;)\]])/u);
  const linked = parts.map((part, index) => (index % 2 ? make("a", { href: part, rel: "noopener noreferrer", textContent: part }) : part));
  return [link.textContent, [make("span", { className: "label", textContent: words.reference }), make("p", {}, ...linked), go(link.href, words.list)]];
}

const pages = new Map();

async function passage(link) {
  let page = document;
  if (link.pathname !== location.pathname) {
    const address = link.href.split("#")[0];
    if (!pages.has(address)) {
      pages.set(address, fetch(address).then(async (answer) => {
        if (!answer.ok) throw new Error(answer.statusText);
        return new DOMParser().parseFromString(await answer.text(), "text/html");
      }));
    }
    page = await pages.get(address);
  }
  const anchor = decodeURIComponent(link.hash.slice(1));
  const target = anchor ? page.getElementById(anchor) : page.querySelector("h1");
  if (!target) return null;
  const nodes = [copy(target)];
  if (/^H\d$/.test(target.tagName)) {
    const first = target.tagName === "H1" ? page.querySelector(".prose > p") : target.nextElementSibling;
    if (first?.matches("p")) nodes.push(copy(first));
    nodes[0] = make("p", {}, make("strong", { textContent: nodes[0].textContent.trim() }));
  }
  for (const call of nodes.flatMap((node) => [...node.querySelectorAll(".note-call")])) call.remove();
  return [link.textContent, [...nodes, go(link.href, words.go)]];
}

const inMargin = (link) => margin.matches && sidenotes.has(link.hash);

main.addEventListener("click", (event) => {
  const link = event.target.closest("a.note-call, a.citation");
  if (!link || card.contains(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const found = link.matches(".note-call") ? note(link) : citation(link);
  if (!found) return;
  event.preventDefault();
  // Beside its note, a click needs no card; a key does, since the margin is silent for screen readers.
  if (event.detail && inMargin(link)) return light(link, true);
  show(link, ...found, { focus: true });
});

main.addEventListener("pointerover", (event) => {
  const link = event.target.closest?.("a.note-call, a.citation, a.xref");
  if (!link || event.pointerType !== "mouse" || card.contains(link)) return;
  if (inMargin(link)) return light(link, true);
  later(async () => {
    const kind = link.matches(".note-call") ? note : link.matches(".citation") ? citation : passage;
    // A preview that cannot be fetched leaves an ordinary link.
    const found = await Promise.resolve(kind(link)).catch(() => null);
    if (found && link.matches(":hover") && !card.contains(document.activeElement)) show(link, ...found);
  }, 220);
});

main.addEventListener("pointerout", (event) => {
  const link = event.target.closest?.("a.note-call, a.citation, a.xref");
  if (!link || event.pointerType !== "mouse") return;
  if (inMargin(link)) light(link, false);
  if (card.matches(":popover-open") && !card.classList.contains("menu")) leave(); else clearTimeout(timer);
});

// Notes in the margin ---------------------------------------------------------------------------------------------

const sidenotes = new Map();

function light(link, on) {
  sidenotes.get(link.hash)?.node.classList.toggle("lit", on);
}

function fill(prose) {
  const column = make("div", { className: "sidenotes", ariaHidden: "true" });
  for (const call of prose.querySelectorAll("a.note-call")) {
    const target = byHash(call);
    if (!target || sidenotes.has(call.hash) || call.closest(".notes")) continue;
    const body = make("div", { className: "clamp" }, make("span", { className: "n", textContent: `${call.textContent.trim()} ` }));
    body.append(...copy(target).childNodes);
    for (const link of body.querySelectorAll("a")) link.tabIndex = -1;
    const node = make("div", { className: "sidenote" }, body);
    sidenotes.set(call.hash, { call, node });
    column.append(node);
  }
  if (column.childElementCount) prose.append(column);
}

function settle() {
  // Everything is measured before anything moves, so that the page is laid out once.
  const wanted = [...sidenotes.values()].map(({ call, node }) => {
    const column = node.parentElement;
    return { node, column, top: call.getBoundingClientRect().top - column.getBoundingClientRect().top, height: node.offsetHeight };
  });
  let free = 0;
  let last = null;
  for (const { node, column, top, height } of wanted) {
    const start = column === last ? Math.max(top, free) : Math.max(top, 0);
    node.style.transform = `translateY(${start}px)`;
    free = start + height + 14;
    last = column;
  }
}

/** The margin is filled when there is room for it, once. */
function keepMargin() {
  if (!margin.matches) return;
  if (!sidenotes.size) for (const prose of document.querySelectorAll(".prose")) fill(prose);
  settle();
}

if (main.querySelector("a.note-call")) {
  keepMargin();
  new ResizeObserver(keepMargin).observe(main);
}

// Figures and wide tables -----------------------------------------------------------------------------------------

let viewer = null;

function enlarge(content, figure, label) {
  viewer ??= document.body.appendChild(make("dialog", { className: "viewer" }));
  const caption = figure.querySelector("figcaption");
  const close = make("button", { type: "button", className: "quiet-button close", textContent: words.close, autofocus: true });
  close.addEventListener("click", () => viewer.close());
  viewer.ariaLabel = label;
  viewer.replaceChildren(content, caption ? copy(caption) : "", close);
  content.addEventListener("click", () => content.matches("img") && viewer.close());
  viewer.showModal();
}

main.addEventListener("click", (event) => {
  const link = event.target.closest("a.enlarge");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  enlarge(make("img", { src: link.href, alt: link.querySelector("img").alt }), link.closest("figure"), words.figure);
});

for (const frame of document.querySelectorAll(".table .scroll")) {
  if (frame.scrollWidth <= frame.clientWidth + 1) continue;
  const button = make("button", { type: "button", className: "widen", textContent: words.widen, ariaHaspopup: "dialog" });
  button.addEventListener("click", () => enlarge(copy(frame), frame.closest("figure"), frame.ariaLabel));
  frame.before(button);
}

// Taking a passage away -------------------------------------------------------------------------------------------

const toast = make("div", { className: "toast", role: "status", hidden: true });
document.body.append(toast);

function say(text) {
  toast.hidden = false;
  toast.textContent = text;
  setTimeout(() => { toast.hidden = true; toast.textContent = ""; }, 4000);
}

const address = (node) => `${location.origin}${location.pathname}${node?.id ? `#${node.id}` : ""}`;

function spoken(node) {
  const twin = copy(node);
  for (const call of twin.querySelectorAll(".note-call, .printed-page")) call.remove();
  return twin.textContent.trim().replace(/\s*\n\s*/g, " ");
}

function chosen() {
  const selection = getSelection();
  const text = selection.toString().trim();
  if (!text || !selection.anchorNode.parentElement?.closest(".prose")) return null;
  const start = selection.getRangeAt(0).startContainer;
  return { text, node: (start.nodeType === 1 ? start : start.parentElement).closest("[id]") };
}

async function take(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(words.copied);
  } catch {
    // Copying is refused outside of secure addresses: the reader gets the words to copy by hand.
    prompt(words.quote, text);
  }
}

function quote(node) {
  const { text, node: from } = chosen() ?? { text: spoken(node), node };
  const title = leaf.dataset.title ? `, « ${leaf.dataset.title} »` : "";
  return take(`« ${text} »\n${leaf.dataset.citation.trim()}${title}. ${address(from)}`);
}

function menu(button, node) {
  const act = (text, action) => {
    const item = make("button", { type: "button", textContent: text });
    item.addEventListener("click", () => { card.hidePopover(); action(); });
    return item;
  };
  const report = `${leaf.dataset.report}?adresse=${encodeURIComponent(location.pathname)}&passage=${node.id}`;
  show(button, words.passage, [
    act(words.link, () => take(address(node))),
    act(words.quote, () => quote(node)),
    ...(leaf.dataset.report ? [make("a", { href: report, textContent: words.report })] : []),
  ], { focus: true, menu: true });
}

/** A passage that went to another page, or away: the site knows its place, or the nearest one. */
async function seek(anchor) {
  const known = leaf.dataset.passages && /^[\w-]+$/.test(anchor);
  const answer = known && await fetch(leaf.dataset.passages.replace("/ancre/", `/${anchor}/`)).catch(() => null);
  const href = answer?.ok && (await answer.json()).href;
  if (href && href !== location.pathname + location.search + location.hash) location.replace(href);
  else say(words.gone);
}

if (leaf?.dataset.citation) {
  const sign = make("button", { type: "button", className: "pilcrow", textContent: "¶", title: words.passage, hidden: true });
  sign.setAttribute("aria-label", words.passage);
  let under = null;
  main.addEventListener("pointerover", (event) => {
    const node = event.target.closest?.(".prose > p[id], .prose > blockquote[id], .prose > :is(ul, ol) > li[id]");
    if (!node || event.pointerType !== "mouse" || card.matches(":popover-open")) return;
    under = node;
    const prose = node.closest(".prose");
    if (sign.parentElement !== prose) prose.append(sign);
    sign.hidden = false;
    sign.style.top = `${node.getBoundingClientRect().top - prose.getBoundingClientRect().top}px`;
  });
  sign.addEventListener("click", () => menu(sign, under));
  main.addEventListener("click", (event) => {
    const anchor = event.target.closest("a.anchor");
    if (!anchor || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    history.replaceState(null, "", anchor.hash);
    menu(anchor, anchor.parentElement);
  });

  addEventListener("keydown", (event) => {
    if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea") || document.getElementById("raccourcis")?.checked === false) return;
    const visible = [...main.querySelectorAll(".prose > p[id]")].find((node) => node.getBoundingClientRect().top > 60);
    if (chosen() || visible) quote(visible);
  });

  if (matchMedia("(pointer: coarse)").matches) {
    const offer = make("button", { type: "button", className: "quiet-button offer", textContent: words.quote, hidden: true });
    offer.addEventListener("click", () => quote());
    document.body.append(offer);
    document.addEventListener("selectionchange", () => { offer.hidden = (chosen()?.text.length ?? 0) < 12; });
  }

  if (location.hash.length > 1 && !byHash(location)) seek(decodeURIComponent(location.hash.slice(1)));
}
