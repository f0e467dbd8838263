// Keys, dragging and filtering for the outline of a document. Every act is a button of the form, sent without leaving
// the page: the server answers with the page afresh, and its form takes the place of this one.

const desk = document.querySelector(".outline-desk");
const said = document.querySelector("#said");
let busy = false;
let filtered = "";

const form = () => document.querySelector("#plan");
const radio = () => form().querySelector('input[name="section"]:checked');
const rows = () => [...form().querySelectorAll(".row")];
const button = (verb) => form().querySelector(`button[value="${verb}"]`);

async function send(verb, values = {}) {
  if (busy) return;
  busy = true;
  desk.setAttribute("aria-busy", "true");
  const focused = document.activeElement?.id;
  const data = new FormData(form());
  data.set("do", verb);
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: data });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#plan");
    if (!answer.ok || !fresh) return location.reload();
    form().replaceWith(fresh);
    const messages = fresh.querySelector(".messagelist");
    said.textContent = messages ? messages.textContent.trim() : (fresh.querySelector('button[value="undo"]').title || "");
    ready();
    const chosen = radio();
    (document.getElementById(focused) ?? chosen)?.focus({ preventScroll: true });
    chosen?.closest(".row").scrollIntoView({ block: "nearest" });
  } catch {
    location.reload();
  } finally {
    busy = false;
    desk.removeAttribute("aria-busy");
  }
}

function describe() {
  const row = radio()?.closest(".row");
  const title = form().querySelector("#title");
  if (!row || !title) return;
  form().querySelector('[name="described"]').value = row.id.slice(1);
  title.value = row.querySelector(".title").textContent;
  form().querySelector("#number").value = row.querySelector(".number").textContent;
  form().querySelector("#kind").value = row.dataset.kind;
  form().querySelector("#starts_page").value = row.dataset.page;
}

function filter() {
  const field = form().querySelector("#filter");
  filtered = field.value;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = plain(filtered.trim());
  const above = [];
  let count = 0;
  for (const row of rows()) {
    const depth = Number(row.dataset.depth);
    while (above.length && Number(above.at(-1).dataset.depth) >= depth) above.pop();
    row.hidden = !plain(row.querySelector("label").textContent).includes(wanted);
    if (!row.hidden) {
      count += 1;
      for (const one of above) one.hidden = false;
    }
    above.push(row);
  }
  form().querySelector("#found").textContent = wanted ? String(count) : "";
}

function dragging(tree) {
  let moving = null;
  let from = 0;
  const clear = () => {
    for (const row of rows()) row.classList.remove("target");
    tree.classList.remove("at-end");
  };
  const after = (row, y) => {
    const box = row.getBoundingClientRect();
    return y > box.top + box.height / 2 ? row.nextElementSibling : row;
  };
  for (const row of rows()) row.draggable = true;
  tree.addEventListener("dragstart", (event) => {
    moving = event.target.closest(".row");
    from = event.clientX;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", moving.id);
    moving.classList.add("dragged");
  });
  tree.addEventListener("dragover", (event) => {
    const row = event.target.closest(".row");
    if (!moving || !row) return;
    event.preventDefault();
    clear();
    const place = after(row, event.clientY);
    if (place) place.classList.add("target");
    else tree.classList.add("at-end");
  });
  tree.addEventListener("dragend", () => {
    moving?.classList.remove("dragged");
    moving = null;
    clear();
  });
  tree.addEventListener("drop", (event) => {
    const row = event.target.closest(".row");
    if (!moving || !row) return;
    event.preventDefault();
    const place = after(row, event.clientY);
    const levels = Math.round((event.clientX - from) / 40);
    const depth = Math.max(1, Number(moving.dataset.depth) + levels);
    send("move", { section: moving.id.slice(1), before: place ? place.id.slice(1) : "", depth: String(depth) });
  });
}

const ALT = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "shallower", ArrowRight: "deeper" };

document.addEventListener("keydown", (event) => {
  const writing = event.target.matches('input:not([type="radio"]), textarea, select');
  let verb = null;
  if (event.altKey && !event.ctrlKey && !event.metaKey && !writing) verb = ALT[event.key];
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !writing) verb = event.shiftKey ? "redo" : "undo";
  if (verb) {
    event.preventDefault();
    if (!button(verb).disabled) send(verb);
  } else if (event.key === "F2") {
    event.preventDefault();
    form().querySelector("#title")?.select();
  } else if (event.key === "/" && !writing) {
    event.preventDefault();
    form().querySelector("#filter").focus();
  } else if (event.key === "Enter" && event.target.matches("#title, #number")) {
    event.preventDefault();
    send("describe");
  } else if (event.key === "Enter" && event.target.matches("#new_title")) {
    event.preventDefault();
    send("add");
  } else if (event.key === "Enter" && event.target.matches("#filter")) {
    event.preventDefault();
  } else if (event.key === "Escape" && event.target.matches("#filter")) {
    event.target.value = "";
    filter();
  }
});

function ready() {
  for (const element of form().querySelectorAll("[data-script]")) element.hidden = false;
  const field = form().querySelector("#filter");
  field.value = filtered;
  field.addEventListener("input", filter);
  if (filtered) filter();
  const tree = form().querySelector("#tree");
  tree.addEventListener("change", describe);
  dragging(tree);
  describe();
  form().addEventListener("submit", (event) => {
    const verb = event.submitter?.value;
    if (!verb || verb === "split" || verb === "text") return;
    event.preventDefault();
    send(verb);
  });
}

ready();
