// Shows how far a publication is, instead of a page that only waits. Without this script the form does the same.

const LINES = "application/x-ndjson";

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    for (const part of parts) yield JSON.parse(part);
  }
}

function outcome(line) {
  const item = document.createElement("li");
  item.className = line.level;
  // Written by the server, which escapes what people wrote.
  item.innerHTML = line.html;
  return item;
}

for (const form of document.querySelectorAll("form[data-progress]")) {
  const panel = document.querySelector(form.dataset.progress);
  const bar = panel.querySelector("progress");
  const said = panel.querySelector("[role=status]");
  const told = panel.querySelector(".messagelist");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(form);
    form.hidden = true;
    panel.hidden = false;
    bar.hidden = false;
    bar.removeAttribute("value");
    told.replaceChildren();
    said.textContent = panel.dataset.begins;
    said.tabIndex = -1;
    said.focus();
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: LINES } });
      if (answer.headers.get("Content-Type") !== LINES) {
        // Signed out meanwhile, or a field that cannot be so: the server says it on a page of its own.
        form.submit();
        return;
      }
      for await (const line of lines(answer.body)) {
        if (line.html) {
          told.append(outcome(line));
        } else if (line.done < line.total) {
          bar.max = line.total;
          bar.value = line.done;
          const sentence = panel.dataset.running.replace("WORK", () => line.work);
          // A screen reader says it once, not at each page.
          if (said.textContent !== sentence) said.textContent = sentence;
        } else {
          // How long storing takes is not known before.
          bar.removeAttribute("value");
          said.textContent = panel.dataset.storing;
        }
      }
      if (!told.hasChildNodes()) throw new Error("cut off");
      const failed = told.querySelector(".error");
      said.textContent = failed ? panel.dataset.failed : panel.dataset.done;
      form.hidden = !failed;
    } catch {
      said.textContent = panel.dataset.lost;
    }
    bar.hidden = true;
    panel.querySelector(".after").hidden = false;
    said.focus();
  });
}
