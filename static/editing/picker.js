// The dialog of a field of text: what to cite or to show, found by typing; an address; what a picture shows.

for (const root of document.querySelectorAll(".writing")) {
  const area = root.querySelector("textarea");
  const dialog = root.querySelector(".writing-picker");
  const title = dialog.querySelector(".title");
  const query = dialog.querySelector(".query");
  const list = dialog.querySelector(".found");
  const none = dialog.querySelector(".none");
  let kind = "";
  let then = () => {};
  let timer = 0;
  let found = [];
  let active = -1;
  let place = [0, 0];

  const searching = () => !["link", "alt"].includes(kind);

  function choose(index) {
    active = found.length ? (index + found.length) % found.length : -1;
    [...list.children].forEach((item, position) => item.setAttribute("aria-selected", String(position === active)));
    list.children[active]?.scrollIntoView({ block: "nearest" });
    if (active >= 0) query.setAttribute("aria-activedescendant", list.children[active].id);
    else query.removeAttribute("aria-activedescendant");
  }

  function accept() {
    const words = searching() ? found[active]?.insert : query.value.trim();
    if (!words && kind !== "alt") return;
    dialog.close();
    area.focus();
    area.setSelectionRange(...place);
    then(words);
  }

  async function search() {
    const asked = query.value;
    const answer = await fetch(`${area.dataset.pick}?kind=${kind}&q=${encodeURIComponent(asked)}`);
    if (!answer.ok || asked !== query.value) return;
    found = (await answer.json()).found;
    list.replaceChildren(
      ...found.map((row, index) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${index}`;
        item.setAttribute("role", "option");
        const detail = document.createElement("small");
        detail.textContent = row.detail;
        item.append(row.label, detail);
        item.addEventListener("click", () => {
          choose(index);
          accept();
        });
        return item;
      }),
    );
    none.hidden = found.length > 0;
    choose(0);
  }

  area.addEventListener("writing:ask", (event) => {
    ({ kind, then } = event.detail);
    place = [area.selectionStart, area.selectionEnd];
    title.textContent = title.dataset[kind];
    query.value = "";
    found = [];
    active = -1;
    list.replaceChildren();
    list.hidden = !searching();
    query.setAttribute("role", searching() ? "combobox" : "textbox");
    for (const name of ["aria-expanded", "aria-autocomplete", "aria-controls"]) {
      if (!searching()) query.removeAttribute(name);
      else query.setAttribute(name, { "aria-expanded": "true", "aria-autocomplete": "list" }[name] ?? list.id);
    }
    none.hidden = true;
    dialog.showModal();
    query.focus();
    if (searching()) search();
  });

  query.addEventListener("input", () => {
    if (!searching()) return;
    clearTimeout(timer);
    timer = setTimeout(search, 200);
  });
  query.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && searching()) {
      event.preventDefault();
      choose(active + step);
    } else if (event.key === "Enter") {
      // The form around the field is not sent.
      event.preventDefault();
      accept();
    }
  });
  dialog.querySelector(".accept").addEventListener("click", accept);
  dialog.querySelector(".cancel").addEventListener("click", () => dialog.close());
}
