// A small matter in three taps. Whatever is taken or typed is on the phone first and sent from there, so that no line is needed to work.
import { shrink } from "../photos/shrink.js";
import { list, newKey, put, remove, send, whenWorthATry } from "../photos/outbox.js";

const page = document.querySelector(".quick");
const say = JSON.parse(page.dataset.say);
const { account, address } = page.dataset;
const form = page.querySelector(".quick-form");
const outbox = page.querySelector(".quick-outbox");
const draftUrl = "draft:" + address;
const draftKey = `draft:${account}`;
const sentKey = `gridflow-quick-sent:${account}`;
const busy = new Set();
let before = null;

const part = name => page.querySelector(name);
const chosen = () => form.querySelector("[name=category]:checked");

// What is begun is kept too: a reload, or a call that takes the camera away, must not cost the photo.
const keepDraft = () => put({ key: draftKey, account, url: draftUrl, at: 0, fields: { category: chosen()?.value ?? "", words: form.words.value }, photos: before ? { before } : {} });

function showBefore() {
  const preview = part(".quick-preview");
  if (preview.src) URL.revokeObjectURL(preview.src);
  preview.hidden = !before;
  if (before) preview.src = URL.createObjectURL(before);
  else preview.removeAttribute("src");
}

function narrow() {
  const words = form.words.value.trim().toLowerCase();
  let shown = 0;
  for (const chip of form.querySelectorAll(".quick-chip")) {
    const fits = chip.dataset.words.split(" ").some(word => word.length > 1 && words.includes(word)) || (words.length > 1 && chip.dataset.words.includes(words));
    chip.hidden = !(chip.contains(chosen()) || (words ? fits : chip.dataset.offered));
    shown += chip.hidden ? 0 : 1;
  }
  // Words that point nowhere take nothing away.
  if (words && shown <= (chosen() ? 1 : 0)) for (const chip of form.querySelectorAll("[data-offered]")) chip.hidden = false;
  part(".quick-none").hidden = !words || shown > 0;
}

async function take(input) {
  const [file] = input.files;
  input.value = "";
  if (!file) return null;
  try {
    const photo = await shrink(file);
    part(".quick-unreadable").hidden = true;
    return photo;
  } catch {
    part(".quick-unreadable").hidden = false;
    return null;
  }
}

const knowsWhat = () => {
  const known = Boolean(chosen() || form.words.value.trim());
  part(".quick-choose").hidden = known;
  if (!known) form.querySelector(".quick-chip:not([hidden]) input").focus();
  return known;
};

async function finish(after) {
  const name = chosen()?.parentElement.textContent.trim() ?? form.words.value.trim().slice(0, 20);
  const entry = {
    key: newKey(), account, url: address, at: Date.now(), name,
    fields: { category: chosen()?.value ?? "", words: form.words.value, handled: String(Boolean(after)) },
    photos: { ...(before && { before }), ...(after && { after }) },
  };
  await put(entry);
  await remove(draftKey);
  before = null;
  form.reset();
  showBefore();
  narrow();
  window.scrollTo(0, 0);
  await attempt(entry);
}

function row(entry) {
  let item = outbox.querySelector(`[data-key="${entry.key}"]`);
  if (!item) {
    item = document.createElement("li");
    item.dataset.key = entry.key;
    outbox.prepend(item);
  }
  return item;
}

function tell(item, kind, words, ...parts) {
  item.className = `notice quick-entry ${kind}`;
  const text = document.createElement("span");
  text.className = "grow";
  text.textContent = words;
  item.replaceChildren(text, ...parts);
}

function act(label, what) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = label;
  button.addEventListener("click", what);
  return button;
}

function showSent({ key, number, text, isHandled }) {
  const link = document.createElement("a");
  link.className = "btn";
  link.href = `/cases/${encodeURIComponent(number)}`;
  link.textContent = say.Open;
  tell(row({ key }), isHandled ? "notice-ok" : "", text, link);
}

const sentBefore = () => JSON.parse(localStorage.getItem(sentKey) ?? "[]");

async function attempt(entry) {
  if (busy.has(entry.key)) return;
  busy.add(entry.key);
  const called = say.Finding.replace("{0}", entry.name).replace("{1}", new Date(entry.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  tell(row(entry), "", `${called} · ${say.Sending.replace("{0}", "0")}`);
  const { state, answer, reason } = await send(entry, percent => tell(row(entry), "", `${called} · ${say.Sending.replace("{0}", percent)}`));
  busy.delete(entry.key);
  const drop = act(say.Drop, async () => { await remove(entry.key); row(entry).remove(); look(); });
  if (state === "sent") {
    const sent = { key: entry.key, ...answer };
    localStorage.setItem(sentKey, JSON.stringify([sent, ...sentBefore()].slice(0, 3)));
    showSent(sent);
    const shown = outbox.querySelectorAll(".quick-entry[data-sent]");
    row(entry).dataset.sent = "";
    if (shown.length > 2) shown[shown.length - 1].remove();
  } else if (state === "refused") tell(row(entry), "notice-danger", `${called} · ${say.Refused.replace("{0}", reason)}`, drop);
  else if (state === "signedOut") {
    const link = document.createElement("a");
    link.className = "btn";
    link.href = "/sign-in?back=%2Fquick";
    link.textContent = say.SignIn;
    tell(row(entry), "notice-warn", `${called} · ${say.Waiting}`, link);
  } else tell(row(entry), "notice-warn", `${called} · ${say.Waiting}`, act(say.Again, () => attempt(entry)));
  await look();
}

async function look() {
  part(".quick-offline").hidden = navigator.onLine;
  page.dataset.waiting = (await list(account, address)).length;
}

const all = async () => { for (const entry of await list(account, address)) attempt(entry); };

form.before.addEventListener("change", async () => {
  before = await take(form.before) ?? before;
  showBefore();
  await keepDraft();
});
form.after.addEventListener("change", async () => {
  if (!knowsWhat()) { form.after.value = ""; return; }
  const after = await take(form.after);
  if (after) await finish(after);
});
form.after.addEventListener("click", event => { if (!knowsWhat()) event.preventDefault(); });
form.pass.addEventListener("click", () => { if (knowsWhat()) finish(null); });
form.words.addEventListener("input", () => { narrow(); keepDraft(); });
form.addEventListener("change", event => { if (event.target.name === "category") { part(".quick-choose").hidden = true; keepDraft(); } });
form.addEventListener("submit", event => event.preventDefault());
window.addEventListener("online", look);
window.addEventListener("offline", look);

for (const sent of sentBefore().reverse()) { showSent(sent); row(sent).dataset.sent = ""; }
const [draft] = await list(account, draftUrl);
if (draft) {
  before = draft.photos.before ?? null;
  form.words.value = draft.fields.words;
  const category = form.querySelector(`[name=category][value="${CSS.escape(draft.fields.category)}"]`);
  if (category) category.checked = true;
  showBefore();
  narrow();
}
whenWorthATry(all);
await look();
page.dataset.live = "true";
all();

// The page itself is kept as well, so that it opens where there is no line. Only over TLS, as browsers have it.
if (navigator.serviceWorker) {
  navigator.serviceWorker.addEventListener("message", event => { if (event.data === "kept") page.dataset.kept = "true"; });
  await navigator.serviceWorker.register("/quick-worker.js", { scope: "/quick" });
  const parts = performance.getEntriesByType("resource").map(part => part.name).filter(name => name.startsWith(location.origin) && /\.(css|js|svg)(\?|$)/.test(name));
  (await navigator.serviceWorker.ready).active.postMessage({ parts: ["/quick", ...new Set(parts)] });
}
