// Nothing that was written is lost: a warning before leaving, a copy in this browser that is offered back after a crash,
// and a word about who else has this page open.

const A_MONTH = 30 * 24 * 3600 * 1000;

for (const root of document.querySelectorAll(".writing")) {
  const area = root.querySelector("textarea");
  const state = root.querySelector(".writing-state");
  const form = area.form;
  if (!form || area.readOnly) continue;
  const key = `brouillon:${location.pathname}:${area.name}`;
  // A form that came back with errors holds a text that is stored nowhere.
  const first = document.querySelector(".errornote") ? null : area.defaultValue;
  const version = form.querySelector("[name=version]")?.value ?? "";
  let leaving = false;
  let timer = 0;

  const changed = () => area.value !== first;
  const keep = () => {
    try {
      if (changed()) localStorage.setItem(key, JSON.stringify({ text: area.value, at: Date.now(), version, sent: leaving }));
      else localStorage.removeItem(key);
    } catch {
      // No room, or no permission: the warning before leaving is left.
    }
  };

  function kept() {
    try {
      const value = JSON.parse(localStorage.getItem(key));
      // What was sent and has another version since was saved: it is the past of this text, not a lost one.
      const saved = value?.sent && value.version !== version;
      if (saved) localStorage.removeItem(key);
      return value && !saved && Date.now() - value.at < A_MONTH && value.text !== area.value ? value : null;
    } catch {
      return null;
    }
  }

  function offer(value) {
    const button = (label, act) => {
      const one = document.createElement("button");
      one.type = "button";
      one.textContent = label;
      one.addEventListener("click", () => {
        act();
        state.replaceChildren();
        area.focus();
      });
      return one;
    };
    const when = new Date(value.at).toLocaleString(document.documentElement.lang);
    state.replaceChildren(
      `${state.dataset.kept} (${when}) `,
      button(state.dataset.restore, () => {
        area.value = value.text;
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }),
      " ",
      button(state.dataset.forget, () => localStorage.removeItem(key)),
    );
  }

  const value = kept();
  if (value) offer(value);
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 500);
  });
  form.addEventListener("submit", () => {
    // The copy stays until the page comes back with this very text: a save may still fail.
    leaving = true;
    keep();
  });
  addEventListener("beforeunload", (event) => {
    if (changed() && !leaving) {
      keep();
      event.preventDefault();
    }
  });
}

// The copy of a text that was saved meanwhile is what the page holds: nothing to offer, nothing to keep.
for (const area of document.querySelectorAll("body:not(:has(.errornote)) .writing textarea")) {
  const key = `brouillon:${location.pathname}:${area.name}`;
  try {
    if (JSON.parse(localStorage.getItem(key))?.text === area.value) localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

for (const present of document.querySelectorAll("[data-presence]")) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const body = (values) => {
    const data = new FormData();
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, ...values })) data.append(name, value);
    return data;
  };
  const beat = async () => {
    try {
      const answer = await fetch(present.dataset.presence, { method: "POST", body: body({}) });
      if (!answer.ok) return;
      const sentences = (await answer.json()).others;
      present.hidden = sentences.length === 0;
      present.textContent = sentences.join(" ");
    } catch {
      // Told at the next beat.
    }
  };
  setInterval(beat, 30_000);
  addEventListener("pagehide", () => navigator.sendBeacon(present.dataset.presence, body({ leaves: "1" })));
}
