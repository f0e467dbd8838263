// Finding one's way: the contents follow the reading and can be searched, the place is kept on this device,
// and one letter turns the page. Everything here adds to links that work without it.

const store = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  },
  write(key, value) {
    // A private window may refuse to store: reading goes on without.
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* nothing to keep */ }
  },
};

const contents = document.getElementById("sommaire");
const leaf = document.querySelector(".leaf");

// Contents ----------------------------------------------------------------------------------------------------

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’']/g, "'");

/** Brings an entry into view without moving the page. Nothing is unfolded: the server did, and readers may fold. */
function reveal(entry) {
  if (entry.closest("details:not([open])")) return;
  const tree = contents.querySelector(".tree");
  const top = entry.getBoundingClientRect().top - tree.getBoundingClientRect().top;
  if (top < 0 || top > tree.clientHeight * 0.8) tree.scrollTop += top - tree.clientHeight / 3;
}

function revealCurrent() {
  const current = contents.querySelector("[aria-current]");
  if (current) reveal(current);
}

function filterable() {
  const field = contents.querySelector("input");
  const none = contents.querySelector(".none");
  const text = contents.querySelector(".within-text a");
  let items = [];
  let unfolded = new Set();
  field.parentElement.classList.add("on");
  field.addEventListener("focus", () => {
    items = [...contents.querySelectorAll("li")].map((item) => [item, plain(item.querySelector("a").textContent)]);
    if (!field.value) unfolded = new Set(contents.querySelectorAll("details[open]"));
  });
  field.addEventListener("input", () => {
    const wanted = plain(field.value.trim());
    const shown = new Set();
    for (const [item, text] of items) {
      if (!text.includes(wanted)) continue;
      for (let node = item; node && contents.contains(node); node = node.parentElement.closest("li")) shown.add(node);
    }
    for (const [item] of items) item.hidden = !shown.has(item);
    for (const part of contents.querySelectorAll("details")) part.open = wanted ? true : unfolded.has(part);
    none.hidden = shown.size > 0;
    // What is no title may be in the text.
    if (text) text.search = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(text.search)), q: field.value.trim() });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !field.value.trim()) return;
    const wanted = plain(field.value.trim());
    items.find(([item, text]) => !item.hidden && text.includes(wanted))?.[0].querySelector("a").click();
  });
}

if (contents) {
  if (matchMedia("(min-width: 64rem)").matches) revealCurrent();
  filterable();
  contents.addEventListener("toggle", (event) => event.newState === "open" && revealCurrent());
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a[href*='#']") && contents.matches(":popover-open")) contents.hidePopover();
  });
}

// The section in view, marked in both lists of contents ---------------------------------------------------------

const links = new Map();
const headings = [];

function gather() {
  for (const link of document.querySelectorAll(".tree a[href*='#'], .on-this-page a")) {
    const [path, anchor] = link.getAttribute("href").split("#");
    if (path && path !== location.pathname) continue;
    // The link of the page itself stays marked as such wherever one reads in it.
    if (link.getAttribute("aria-current") === "page") continue;
    links.set(decodeURIComponent(anchor), [...(links.get(decodeURIComponent(anchor)) ?? []), link]);
  }
  headings.push(...[...document.querySelectorAll(".prose .heading")].filter((heading) => links.has(heading.id)));
}

let marked = [];

function follow() {
  const here = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3);
  const now = here ? links.get(here.id) : [];
  if (now[0] === marked[0]) return;
  for (const link of marked) link.removeAttribute("aria-current");
  for (const link of now) link.setAttribute("aria-current", "location");
  marked = now;
  const entry = now.find((link) => link.closest(".tree"));
  if (entry) reveal(entry);
}

// Nothing of this is needed before the first lines can be read.
(globalThis.requestIdleCallback ?? setTimeout)(() => {
  gather();
  if (!headings.length) return;
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  follow();
});

// The place, kept on this device and nowhere else ----------------------------------------------------------------

const work = leaf?.dataset.work;
if (work) {
  const keep = () => {
    const passage = [...leaf.querySelectorAll(".prose > [id]")].find((node) => node.getBoundingClientRect().bottom > 80);
    const started = scrollY > innerHeight / 2 && passage;
    const places = store.read("lecture") ?? {};
    places[work] = { href: location.pathname + (started ? `#${passage.id}` : ""), title: leaf.dataset.title };
    store.write("lecture", places);
  };
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
}
for (const button of document.querySelectorAll("[data-resume]")) {
  const place = store.read("lecture")?.[button.dataset.resume];
  // What is stored may be stale or forged: only an address of this site is followed.
  if (!place || !/^\/(?!\/)/.test(place.href)) continue;
  button.href = place.href;
  button.querySelector("strong").textContent = button.dataset.resumeLabel;
  button.querySelector("span").textContent = place.title;
}

// Reading without a network: asked for on the cover of a work, and loaded only then --------------------------------

const box = document.querySelector(".offline");
if (box && "serviceWorker" in navigator && "caches" in globalThis) {
  box.classList.add("on");
  box.addEventListener("toggle", async () => (await import(box.dataset.module)).offer(box), { once: true });
}

// Keys ------------------------------------------------------------------------------------------------------------

const asking = [...document.querySelectorAll("form[data-module]")];

/** The search: the field of this page, or, where a phone has none, the page that has one. */
function ask() {
  const field = asking.map((form) => form.querySelector("input")).find((input) => input.checkVisibility());
  if (field) field.select();
  else location.assign(asking[0].action);
}

/** A part of the scripts that few pages need; without a network, the page goes on without it. */
const load = (address) => import(address).catch(() => null);

for (const form of asking) {
  // Suggestions are loaded by those who are about to write.
  form.addEventListener("focusin", () => load(form.dataset.module).then((part) => part?.attach(form)), { once: true });
}
const found = new URLSearchParams(location.search).get("q")?.trim();
const marks = document.querySelector("[data-hits]")?.dataset;
if (found && marks) load(marks.hits).then((part) => part?.start(found, marks));

const help = document.getElementById("aide");
const enabled = document.getElementById("raccourcis");

const keys = {
  n: () => document.querySelector(".turn .next")?.click(),
  p: () => document.querySelector(".turn .previous")?.click(),
  s: () => {
    if (!contents) return;
    if (getComputedStyle(contents).display === "none") contents.showPopover();
    contents.querySelector("input").focus();
  },
  "?": () => help?.togglePopover(),
  "/": ask,
};

if (help) {
  document.querySelector(".help-button").hidden = false;
  enabled.checked = store.read("raccourcis") !== false;
  enabled.addEventListener("change", () => store.write("raccourcis", enabled.checked));
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  if (event.target.closest("input, textarea, select, [contenteditable]") || store.read("raccourcis") === false) return;
  event.preventDefault();
  keys[event.key]();
});
