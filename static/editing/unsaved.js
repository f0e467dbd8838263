// Several forms on one page: sending one of them would lose what is written in the others, so the browser asks first.

const forms = [...document.querySelectorAll("form[data-unsaved]")];
let sent = null;

const changed = (field) => {
  if (field.type === "file") return field.files.length > 0;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) {
    const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return field.value !== first?.value;
  }
  return "defaultValue" in field && field.value !== field.defaultValue;
};

for (const form of document.forms) form.addEventListener("submit", () => (sent = form));

addEventListener("beforeunload", (event) => {
  if (forms.some((form) => form !== sent && [...form.elements].some(changed))) event.preventDefault();
  sent = null;
});
