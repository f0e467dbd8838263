// Adds to the upload form what HTML alone cannot do: dropping files on it, naming them, and a bar that shows the sending.

const form = document.querySelector("form.upload");
const input = form.querySelector("input[type=file]");
const drop = form.querySelector(".drop");
const chosen = form.querySelector(".chosen");
const progress = form.querySelector(".progress");
const bar = progress.querySelector("progress");
const state = progress.querySelector(".state");
const problems = document.querySelector(".problems");
const limit = Number(form.dataset.limit);
const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

for (const element of form.querySelectorAll(".with-script")) element.hidden = false;

function show(errors) {
  problems.hidden = errors.length === 0;
  problems.querySelector("ul").replaceChildren(
    ...errors.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
}

function name_files() {
  chosen.replaceChildren(
    ...Array.from(input.files, (file) => {
      const item = document.createElement("li");
      const large = file.size > limit;
      item.textContent = `${file.name} (${size.format(file.size / 1024)} Ko)${large ? ` : ${state.dataset.large}` : ""}`;
      item.classList.toggle("bad", large);
      return item;
    }),
  );
}

input.addEventListener("change", name_files);

for (const type of ["dragenter", "dragover"]) {
  drop.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length === 0) return;
  input.files = event.dataTransfer.files;
  name_files();
});

form.addEventListener("submit", (event) => {
  if (input.files.length === 0) return;
  event.preventDefault();
  const button = form.querySelector("input[type=submit]");
  const failed = () => {
    button.disabled = false;
    progress.hidden = true;
    show([state.dataset.failed]);
  };
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (sent) => {
    if (!sent.lengthComputable) return;
    bar.value = (100 * sent.loaded) / sent.total;
    state.textContent = sent.loaded === sent.total ? state.dataset.reading : `${Math.round(bar.value)} %`;
  });
  request.addEventListener("error", failed);
  request.addEventListener("load", () => {
    let answer;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      failed();
      return;
    }
    if (answer.location) {
      window.location.assign(answer.location);
      return;
    }
    button.disabled = false;
    progress.hidden = true;
    show(answer.errors);
    problems.scrollIntoView({ block: "nearest" });
  });
  show([]);
  button.disabled = true;
  progress.hidden = false;
  bar.value = 0;
  state.textContent = "";
  request.send(new FormData(form));
});
