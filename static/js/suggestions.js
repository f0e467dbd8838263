// Suggestions under a search field: titles, people and keywords that begin as what is typed. A combobox with a list,
// as the ARIA practices describe it. Without this file, or where the site refuses to answer, the form is sent as it is.

const SHORTEST = 2;
const PAUSE = 140;

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

export function attach(form) {
  const field = form.querySelector("input[type=search]");
  const words = form.dataset;
  const list = make("ul", { className: "suggestions", id: `${field.id}-liste`, role: "listbox", ariaLabel: words.list, hidden: true });
  const status = make("p", { className: "visually-hidden", role: "status" });
  field.parentElement.append(list, status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  const known = new Map();
  let timer = 0;
  let request = null;
  let chosen = -1;

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(index) {
    const options = [...list.children];
    chosen = index;
    for (const [place, option] of options.entries()) option.setAttribute("aria-selected", String(place === index));
    if (index < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    list.replaceChildren(...found.map(({ label, detail, href }, index) => {
      const option = make("li", { id: `${list.id}-${index}`, role: "option" }, make("span", { className: "label", textContent: label }), make("span", { className: "detail", textContent: detail }));
      option.dataset.href = href;
      return option;
    }));
    choose(-1);
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length > 1 ? `${found.length} ${words.many}` : found.length ? words.one : words.none;
  }

  async function ask(text) {
    request?.abort();
    request = new AbortController();
    try {
      if (!known.has(text)) {
        const answer = await fetch(`${words.suggestions}?q=${encodeURIComponent(text)}`, { signal: request.signal });
        if (!answer.ok) return close();
        known.set(text, (await answer.json()).suggestions);
      }
      if (field.value.trim() === text && document.activeElement === field) show(known.get(text));
    } catch {
      // Given up for a newer one, or no network: the field is an ordinary one.
    }
  }

  function typed() {
    clearTimeout(timer);
    const text = field.value.trim();
    if (text.length < SHORTEST) return close();
    timer = setTimeout(ask, PAUSE, text);
  }

  field.addEventListener("input", typed);
  field.addEventListener("blur", close);
  // The field keeps the focus while the pointer takes an option.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });

  const moves = { ArrowDown: 1, ArrowUp: -1 };
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key in moves) {
      event.preventDefault();
      if (list.hidden) return typed();
      // Beyond either end stands the field itself.
      const places = list.children.length + 1;
      choose(((chosen + 1 + moves[event.key] + places) % places) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.href);
    } else if (event.key === "Escape" && !list.hidden) {
      // The first time it closes the list and leaves the words.
      event.preventDefault();
      close();
    }
  });
  form.addEventListener("submit", close);
  // What was typed while this file was on its way counts; what the page came with has been asked already.
  if (field.value !== field.defaultValue) typed();
}
