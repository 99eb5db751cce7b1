// What waits in this browser to be sent: forms with their photos, kept in IndexedDB until the server has said that it has them.
// Each has a key, by which the server knows one that comes twice.
const opened = new Promise((done, fail) => {
  const request = indexedDB.open("gridflow-outbox", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("waiting", { keyPath: "key" });
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

async function run(mode, act) {
  const transaction = (await opened).transaction("waiting", mode);
  const request = act(transaction.objectStore("waiting"));
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
}

/** A name for something to be sent; works on pages without TLS too, where randomUUID does not. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(part => part.toString(16).padStart(2, "0")).join("");

/** Keeps { key, account, url, fields, photos }, the photos as blobs by field name. */
export const put = entry => run("readwrite", store => store.put(entry));

export const remove = key => run("readwrite", store => store.delete(key));

/** What waits of one account's for an address, oldest first. Another person's on the same phone is theirs to send. */
export const list = async (account, url) => (await run("readonly", store => store.getAll()))
  .filter(entry => entry.account === account && entry.url === url).sort((one, other) => one.at - other.at);

/**
 * Sends one entry. What became of it: "sent" with the server's answer, "waiting" (no line, or the server is busy), "signedOut",
 * or "refused" with the reason. Only what is sent is taken out.
 */
export function send(entry, onProgress) {
  return new Promise(done => {
    const form = new FormData();
    form.append("key", entry.key);
    for (const [name, value] of Object.entries(entry.fields)) form.append(name, value);
    for (const [name, blob] of Object.entries(entry.photos)) form.append(name, blob, name + ".jpg");
    const request = new XMLHttpRequest();
    request.open("POST", entry.url);
    request.timeout = 120000;
    request.responseType = "json";
    request.upload.onprogress = event => event.lengthComputable && onProgress?.(Math.round(100 * event.loaded / event.total));
    request.onerror = request.ontimeout = request.onabort = () => done({ state: "waiting" });
    request.onload = async () => {
      // A request is led to the sign-in page when the session is over.
      if (request.status === 401 || new URL(request.responseURL).pathname !== entry.url) return done({ state: "signedOut" });
      if (request.status >= 500 || request.status === 429 || request.status === 408) return done({ state: "waiting" });
      if (request.status >= 400) return done({ state: "refused", reason: request.response?.detail ?? "" });
      await remove(entry.key);
      done({ state: "sent", answer: request.response });
    };
    request.send(form);
  });
}

/** Calls back when it is worth trying again: the line is back, the page is looked at again, or half a minute has gone. */
export function whenWorthATry(attempt) {
  const look = () => document.visibilityState === "visible" && attempt();
  window.addEventListener("online", attempt);
  document.addEventListener("visibilitychange", look);
  const timer = setInterval(attempt, 30000);
  return () => {
    window.removeEventListener("online", attempt);
    document.removeEventListener("visibilitychange", look);
    clearInterval(timer);
  };
}
