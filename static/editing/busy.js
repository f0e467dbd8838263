// Says that what was asked for is under way, and asks for it once: storing a long work takes seconds.

for (const button of document.querySelectorAll("[data-busy]")) {
  const form = button.form;
  const rests = button.value;
  form.addEventListener("submit", (event) => {
    if (form.ariaBusy === "true") event.preventDefault();
    form.ariaBusy = "true";
    button.value = button.dataset.busy;
  });
  // The browser may show the page again as it was left.
  addEventListener("pageshow", () => {
    form.ariaBusy = "false";
    button.value = rests;
  });
}
