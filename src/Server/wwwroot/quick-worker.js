// Keeps the page for small matters and what it is made of, so that it opens without a line. Nothing of any case is kept here.
const kept = "gridflow-quick-1";
const patience = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

const isPage = request => request.mode === "navigate" && new URL(request.url).pathname === "/quick";
const isPart = request => ["style", "script", "image", "font"].includes(request.destination) && !new URL(request.url).pathname.startsWith("/photos/") || request.url.endsWith(".js");

async function fromNetwork(request) {
  const response = await fetch(request, { signal: AbortSignal.timeout(patience) });
  if (response.ok && !response.redirected && response.type === "basic") (await caches.open(kept)).put(request, response.clone());
  return response;
}

self.addEventListener("fetch", event => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin || !(isPage(request) || isPart(request))) return;
  event.respondWith(fromNetwork(request).catch(async problem => await caches.match(request, { ignoreVary: true }) ?? Promise.reject(problem)));
});
