// Keeping a work for reading without a network, on request: the reader's side. The other side is worker.js.

const WORK = "ouvrage ";

/** What is kept on this device: for each work its manifest, with the bytes that it takes. */
async function keptWorks() {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(WORK)) continue;
    const base = name.slice(WORK.length, name.lastIndexOf(" "));
    const manifest = await (await caches.open(name)).match(`${base}hors-connexion.json`);
    if (manifest) found.push({ name, ...await manifest.json() });
  }
  return found;
}

const language = document.documentElement.lang;
const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const size = (bytes) => `${(bytes / 1e6).toLocaleString(language, digits)} ${language === "en" ? "MB" : "Mo"}`;

async function remove(base) {
  for (const { name, base: other } of await keptWorks()) if (other === base) await caches.delete(name);
  if (!(await keptWorks()).length) await (await navigator.serviceWorker.getRegistration())?.unregister();
}

async function keep(address, tell) {
  await navigator.serviceWorker.register("/worker.js");
  const { active } = await navigator.serviceWorker.ready;
  // The browser is asked not to make room by dropping what the reader wanted to keep; it may refuse.
  await navigator.storage?.persist?.();
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      if (data.failed) reject(Object.assign(new Error(data.failed), { name: data.failed }));
      else if (data.bytes) resolve(data.bytes);
      else tell(data.done, data.total);
    };
    active.postMessage({ keep: address }, [port2]);
  });
}

/** The box on the cover of a work. */
export async function offer(box) {
  const said = box.dataset;
  const address = said.manifest;
  const [button, progress, status] = ["button", "progress", "[role=status]"].map((part) => box.querySelector(part));
  const base = address.replace(/hors-connexion\.json$/, "");
  const find = async () => (await keptWorks()).find((work) => work.base === base);

  const show = async () => {
    const work = await find();
    status.textContent = work ? said.kept.replace("{size}", size(work.bytes)) : status.textContent;
    button.textContent = work ? said.remove : said.keep;
    button.disabled = false;
    progress.hidden = true;
  };

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if (await find()) {
        await remove(base);
        status.textContent = said.removed;
      } else {
        progress.hidden = false;
        status.textContent = said.keeping;
        await keep(address, (done, total) => { progress.max = total; progress.value = done; });
      }
    } catch (error) {
      status.textContent = error.name === "QuotaExceededError" ? said.full : said.failed;
    }
    await show();
  });
  await show();
}

/** The list of what is kept, on the page that stands for what is not. */
export async function list(place) {
  const works = await keptWorks();
  place.hidden = !works.length;
  place.querySelector("ul").replaceChildren(...works.map(({ base, title, bytes }) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: base, textContent: title });
    item.append(link, ` ${size(bytes)}`);
    return item;
  }));
}

const place = document.querySelector("[data-kept-works]");
if (place && "caches" in globalThis) list(place);
