// Answers for kept works when the network does not. It is registered only once a reader asks for a work to be kept, and
// its first line, which the site writes, says what the page for everything else needs: `const SHELL = [...]`.
//
// The network always comes first, so that nothing stale is shown to a reader who is online. A work lies in a cache of its
// own, named after its address and version; a new version is fetched whole before the old one goes.

const SHELL_CACHE = `hors-ligne ${SHELL.at(-1)}`;
const WORK = "ouvrage ";
/** How long a network that says nothing is waited for, in milliseconds, before the kept copy is shown. */
const PATIENCE = 4000;
/** How often, at most, a kept work is compared with the one that the site publishes. */
const CHECKED_EVERY = 60_000;
const AT_ONCE = 6;
/** What a page loads: style sheets, scripts and pictures of this site. */
const PARTS = /\b(?:src|href)="(\/(?:static|media)\/[^"]+)"/g;

const checked = new Map();

addEventListener("install", (event) => {
  const kept = SHELL.slice(0, -1);
  event.waitUntil(caches.open(SHELL_CACHE).then((cache) => cache.addAll(kept)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("hors-ligne ") && name !== SHELL_CACHE) await caches.delete(name);
  }
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || /^\/(en\/)?admin\//.test(pathname)) return;
  event.respondWith(answer(request, pathname));
  if (request.mode === "navigate") event.waitUntil(refresh(pathname).catch(() => {}));
});

async function answer(request, pathname) {
  const network = fetch(request);
  try {
    const first = await Promise.race([network, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    return first ?? await kept(pathname) ?? await network;
  } catch {
    return await kept(pathname) ?? (request.mode === "navigate" ? offline(pathname) : Response.error());
  }
}

/** Undefined where nothing is kept. A picture is kept in one form, whichever width and format the page asks for. */
function kept(pathname) {
  return caches.match(pathname.replace(/\.\d+\.(avif|webp)$/, ""), { ignoreSearch: true, ignoreVary: true });
}

function offline(pathname) {
  return caches.match(pathname.startsWith("/en/") ? "/en/hors-connexion/" : "/hors-connexion/", { ignoreVary: true });
}

// Keeping -----------------------------------------------------------------------------------------------------------

addEventListener("message", (event) => {
  const [port] = event.ports;
  event.waitUntil(keep(event.data.keep, (done, total) => port.postMessage({ done, total })).then(
    (bytes) => port.postMessage({ bytes }),
    (error) => port.postMessage({ failed: error.name }),
  ));
});

/** Without cookies: what is kept is what every reader sees. */
async function get(address) {
  const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!response.ok) throw Object.assign(new Error(`${response.status}: ${address}`), { status: response.status });
  return response;
}

async function keep(address, tell = () => {}) {
  const manifest = await (await get(address)).json();
  const { base, version, files } = manifest;
  const name = `${WORK}${base} ${version}`;
  const cache = await caches.open(name);
  const begun = new Set();
  let bytes = 0;
  try {
    const waiting = new Set(files);
    let done = 0;
    const work = async () => {
      for (const file of waiting) {
        if (begun.has(file)) continue;
        begun.add(file);
        const response = await get(file);
        const body = await response.clone().blob();
        bytes += body.size;
        if (body.type.startsWith("text/html")) for (const [, part] of (await body.text()).matchAll(PARTS)) waiting.add(part);
        await cache.put(file, response);
        tell(++done, waiting.size);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // Last of all: a cache without it was not finished.
    await cache.put(address, new Response(JSON.stringify({ ...manifest, manifest: address, bytes })));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  await forget(base, name);
  return bytes;
}

async function forget(base, except = "") {
  for (const name of await caches.keys()) {
    if (name.startsWith(`${WORK}${base} `) && name !== except) await caches.delete(name);
  }
}

/** The kept work at this address is fetched again where another version is published, and dropped where none is. */
async function refresh(pathname) {
  for (const name of await caches.keys()) {
    const base = name.startsWith(WORK) ? name.slice(WORK.length, name.lastIndexOf(" ")) : "";
    if (!base || !pathname.startsWith(base) || Date.now() - (checked.get(base) ?? 0) < CHECKED_EVERY) continue;
    checked.set(base, Date.now());
    const address = `${base}hors-connexion.json`;
    try {
      const { version } = await (await get(address)).json();
      if (name !== `${WORK}${base} ${version}`) await keep(address);
    } catch (error) {
      if (error.status === 404 || error.status === 410) await forget(base);
    }
  }
}
