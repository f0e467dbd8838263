// The button beside an address that is shown once: it copies the address. Without this script one selects it by hand.

for (const field of document.querySelectorAll("input[data-copy]")) {
  const button = field.parentElement.querySelector("button[data-copied]");
  const said = document.querySelector(".made [role=status]");
  field.addEventListener("focus", () => field.select());
  // Browsers copy from secure addresses alone.
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = button.textContent = button.dataset.copied;
    } catch {
      field.focus();
    }
  });
}
