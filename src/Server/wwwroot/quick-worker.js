// Keeps the page for small matters and what it is made of, so that it opens without a line. Nothing of any case is kept here.
const kept = "gridflow-quick-1";
const patience = 4000;

const isPage = request => request.mode === "navigate" && new URL(request.url).pathname === "/quick";
const isPart = request => /\.(css|js|svg)$/.test(new URL(request.url).pathname);

async function fromNetwork(request) {
  const response = await fetch(request, { signal: AbortSignal.timeout(patience) });
  if (isPage(request) && response.ok && !response.redirected) (await caches.open(kept)).put("/quick", response.clone());
  return response;
}

// What the page was made of when it was last loaded; what it is no longer made of goes.
async function keep(parts) {
  const cache = await caches.open(kept);
  const wanted = parts.map(part => new URL(part, location.href).href);
  for (const request of await cache.keys()) if (!wanted.includes(request.url)) await cache.delete(request);
  for (const part of wanted) if (!await cache.match(part, { ignoreVary: true })) await cache.add(part);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
self.addEventListener("message", event => event.waitUntil(keep(event.data.parts).then(() => event.source.postMessage("kept"))));
self.addEventListener("fetch", event => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin || !(isPage(request) || isPart(request))) return;
  event.respondWith(fromNetwork(request).catch(async problem => await caches.match(isPage(request) ? "/quick" : request, { ignoreVary: true }) ?? Promise.reject(problem)));
});
