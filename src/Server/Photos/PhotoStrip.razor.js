// Takes photos for a case and sends them, now or when the line is back. What waits is shown beside what the server has.
import { shrink } from "../photos/shrink.js";
import { list, newKey, put, remove, send, whenWorthATry } from "../photos/outbox.js";

export function attend(root, caseNumber, workItem, account, say) {
  const waiting = root.querySelector(".photo-waiting");
  const busy = new Set();

  function show(entry) {
    const item = document.createElement("li");
    item.dataset.key = entry.key;
    const picture = document.createElement("img");
    picture.src = URL.createObjectURL(Object.values(entry.photos)[0]);
    picture.alt = "";
    const state = document.createElement("span");
    state.className = "photo-state";
    item.append(picture, state);
    waiting.append(item);
    return item;
  }

  function tell(item, words, ...acts) {
    const state = item.querySelector(".photo-state");
    state.textContent = words;
    for (const [label, act] of acts) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = label;
      button.addEventListener("click", act);
      state.append(button);
    }
  }

  function take(item) {
    URL.revokeObjectURL(item.querySelector("img").src);
    item.remove();
  }

  async function attempt(entry) {
    if (busy.has(entry.key)) return;
    busy.add(entry.key);
    const item = waiting.querySelector(`[data-key="${entry.key}"]`) ?? show(entry);
    tell(item, say.Sending.replace("{0}", "0"));
    const { state, reason } = await send(entry, percent => tell(item, say.Sending.replace("{0}", percent)));
    busy.delete(entry.key);
    const drop = [say.Drop, async () => { await remove(entry.key); take(item); }];
    if (state === "sent") root.querySelector(`[data-photo-key="${entry.key}"]`) ? take(item) : tell(item, say.Sent);
    else if (state === "refused") tell(item, reason, drop);
    else tell(item, state === "signedOut" ? say.SignIn : say.Waiting, [say.Again, () => attempt(entry)], drop);
  }

  const all = async () => { for (const entry of await list(account, "/photos")) if (entry.fields.case === caseNumber && entry.fields.item === (workItem ?? "")) attempt(entry); };

  async function add(event) {
    const input = event.target;
    if (!input.matches("input[type=file]")) return;
    event.stopPropagation();
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    let photo;
    try {
      photo = await shrink(file);
    } catch {
      const item = document.createElement("li");
      item.className = "field-error";
      item.textContent = say.Unreadable;
      waiting.replaceChildren(...[...waiting.children].filter(child => child.dataset.key), item);
      return;
    }
    const entry = { key: newKey(), account, url: "/photos", at: Date.now(), fields: { case: caseNumber, kind: input.dataset.kind, item: workItem ?? "" }, photos: { photo } };
    await put(entry);
    await attempt(entry);
  }

  // Once the page shows what the server has, its copy here goes, before either is painted: beside each other for a moment
  // they would push what stands below away from under a finger. The answer may come later than the picture.
  const seen = new MutationObserver(() => {
    for (const item of [...waiting.children]) if (item.dataset.key && root.querySelector(`[data-photo-key="${item.dataset.key}"]`)) take(item);
  });
  seen.observe(root, { childList: true, subtree: true });
  root.addEventListener("change", add, true);
  const stop = whenWorthATry(all);
  all();
  return { stop: () => { stop(); seen.disconnect(); root.removeEventListener("change", add, true); } };
}
