// The field in which a text is written: marks of the house at the caret, a preview beside it, clean pasting.
// Other scripts of the field ask for words in the text with the event "writing:insert", and are asked with
// "writing:ask" for what a person has to choose.

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

function post(address, values, options = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.append(name, value);
  return fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, ...options });
}

function insert(text, area) {
  area.focus();
  // The old command alone keeps the undo of the browser.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const selected = (area) => area.value.slice(area.selectionStart, area.selectionEnd);

function wrap(area, mark) {
  const words = selected(area);
  const start = area.selectionStart;
  insert(`${mark}${words}${mark}`, area);
  if (!words) area.setSelectionRange(start + mark.length, start + mark.length);
}

function lines(area, mark) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const found = area.value.indexOf("\n", area.selectionEnd);
  area.setSelectionRange(start, found < 0 ? area.value.length : found);
  const marked = selected(area).split("\n").map((line, index) => mark(index) + line);
  insert(marked.join("\n"), area);
}

function block(area, text) {
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  const open = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const close = after.startsWith("\n\n") || after === "" ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  insert(`${open}${text}${close}`, area);
}

// Labels of notes are unique in the work: the first free one is asked for when the form opens, so that a note comes at
// once, and what is typed after the button goes into it.
const free = new WeakMap();

async function askForLabel(area) {
  const answer = await fetch(`${area.dataset.pick}?kind=note`);
  if (answer.ok) free.set(area, (await answer.json()).next);
}

function freeLabel(area) {
  const own = Array.from(area.value.matchAll(/\[\^(\d{1,6})\]/g), (match) => Number(match[1]));
  return Math.max(free.get(area) ?? 1, ...own.map((used) => used + 1));
}

// Another text numbers its notes from 1, as this work did.
function relabelled(text, area) {
  let next = freeLabel(area);
  const given = new Map();
  return text.replace(/\[\^(\d{1,6})\]/g, (whole, label) => {
    if (!given.has(label)) given.set(label, next++);
    return `[^${given.get(label)}]`;
  });
}

function note(area) {
  const label = freeLabel(area);
  const words = selected(area);
  area.setSelectionRange(area.selectionEnd, area.selectionEnd);
  insert(`[^${label}]`, area);
  area.setSelectionRange(area.value.length, area.value.length);
  const gap = area.value.endsWith("\n\n") ? "" : area.value.endsWith("\n") ? "\n" : "\n\n";
  insert(`${gap}[^${label}]: ${words}`, area);
}

function afterWord(area, text) {
  const before = area.value.slice(0, area.selectionStart);
  insert(/[\p{L}\p{N}»”)\].,;:!?]$/u.test(before) ? ` ${text}` : text, area);
}

const ask = (area, kind, then) => area.dispatchEvent(new CustomEvent("writing:ask", { detail: { kind, then } }));

function link(area) {
  const words = selected(area);
  ask(area, "link", (address) => insert(`[${words || address}](${address.replaceAll(" ", "%20")})`, area));
}

const escaped = (text) => text.replace(/[[\]\\]/g, "\\$&").replaceAll("\n", " ");

async function send(area, file, state) {
  state.textContent = state.dataset.sending;
  try {
    const answer = await (await post(area.dataset.upload, { image: file })).json();
    state.textContent = answer.image ? answer.image.join(" ") : "";
    if (answer.image_code) {
      const address = answer.image_code.slice(4, -1);
      ask(area, "alt", (text) => block(area, `![${escaped(text)}](${address})`));
    }
  } catch {
    state.textContent = state.dataset.failed;
  }
}

async function paste(area, html, plain, state) {
  state.textContent = state.dataset.pasting;
  let text = plain;
  try {
    const answer = await post(area.dataset.paste, { html });
    if (answer.ok) text = await answer.text();
  } catch {
    // The words are pasted all the same.
  }
  state.textContent = "";
  // A list, a quotation, a table or a note begins on a line of its own.
  const place = /^(?:[-*+>|]|\d{1,9}[.)] |\[\^)/m.test(text) ? block : (at, words) => insert(words, at);
  place(area, relabelled(text, area));
}

function preview(area, frame, styles) {
  const links = styles.split(" ").map((address) => `<link rel="stylesheet" href="${address}">`).join("");
  frame.srcdoc = `<!doctype html><html lang="${area.lang || "fr"}"><head><meta charset="utf-8"><base target="_blank">${links}</head><body class="reading in-preview"><main class="leaf"><div class="prose"></div></main></body></html>`;
  frame.hidden = false;
  let timer = 0;
  let running = new AbortController();
  const write = async () => {
    running.abort();
    running = new AbortController();
    try {
      const answer = await post(area.dataset.preview, { content: area.value }, { signal: running.signal });
      const prose = frame.contentDocument?.querySelector(".prose");
      if (answer.ok && prose) prose.innerHTML = await answer.text();
    } catch {
      // A newer text is on its way, or the connection is gone: the preview stays as it was.
    }
  };
  frame.addEventListener("load", write);
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(write, 400);
  });
  area.addEventListener("scroll", () => {
    const page = frame.contentDocument?.documentElement;
    const room = area.scrollHeight - area.clientHeight;
    if (page && room > 0) page.scrollTop = (area.scrollTop / room) * (page.scrollHeight - page.clientHeight);
  });
}

for (const root of document.querySelectorAll(".writing")) {
  const area = root.querySelector("textarea");
  const bar = root.querySelector(".writing-bar");
  const state = root.querySelector(".writing-state");
  const file = root.querySelector(".writing-file");
  if (area.readOnly || area.disabled) continue;
  // Where the answer fails, the labels of this text alone count.
  if (area.dataset.pick) askForLabel(area).catch(() => {});
  const marks = {
    strong: () => wrap(area, "**"),
    em: () => wrap(area, "*"),
    link: () => link(area),
    list: () => lines(area, () => "- "),
    numbers: () => lines(area, (index) => `${index + 1}. `),
    quote: () => lines(area, () => "> "),
    note: () => note(area),
    table: () => block(area, "| A | B |\n|---|---|\n| 1 | 2 |\n: Table 1. "),
    picture: () => file.click(),
  };
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.mark) marks[button.dataset.mark]();
    if (button?.dataset.pick) {
      const kind = button.dataset.pick;
      ask(area, kind, (text) => (kind === "figure" ? block(area, text) : afterWord(area, text)));
    }
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const buttons = [...bar.querySelectorAll("button")];
    if (step) buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
  });
  area.addEventListener("keydown", (event) => {
    const mark = { b: "strong", i: "em", k: "link" }[event.key.toLowerCase()];
    if (!mark || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    marks[mark]();
  });
  area.addEventListener("paste", (event) => {
    const [picture] = [...event.clipboardData.files].filter((one) => one.type.startsWith("image/"));
    const html = event.clipboardData.getData("text/html");
    if (picture && !html) {
      event.preventDefault();
      send(area, picture, state);
    } else if (html) {
      event.preventDefault();
      paste(area, html, event.clipboardData.getData("text/plain"), state);
    }
  });
  area.addEventListener("drop", (event) => {
    const [picture] = [...event.dataTransfer.files].filter((one) => one.type.startsWith("image/"));
    if (!picture) return;
    event.preventDefault();
    send(area, picture, state);
  });
  file.addEventListener("change", () => {
    if (file.files[0]) send(area, file.files[0], state);
    file.value = "";
  });
  preview(area, root.querySelector(".writing-preview"), root.dataset.styles);
}
