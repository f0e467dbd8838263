// Adds to a field of files what HTML alone cannot do: dropping files on it, and naming those that were chosen.

for (const drop of document.querySelectorAll(".drop")) {
  const input = drop.querySelector("input[type=file]");
  const chosen = drop.querySelector(".chosen");
  for (const element of drop.querySelectorAll(".with-script")) element.hidden = false;

  const name_files = () =>
    chosen.replaceChildren(
      ...Array.from(input.files, (file) => {
        const item = document.createElement("li");
        item.textContent = file.name;
        return item;
      }),
    );

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
}
