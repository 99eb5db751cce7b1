// What is typed into a form with data-draft stays in this tab until it is sent: it survives a lost connection and a reload. The form
// says by data-draft-sent how often it was sent; one that is taken away after it was sent is done with.
const known = new WeakSet();
const prefix = "gridflow-draft:";
const fields = form => [...form.querySelectorAll("textarea, select, input:not([type=file], [type=password], [type=hidden])")];
const nameOf = (field, index) => field.name || field.id && !/[0-9a-f]{32}/.test(field.id) ? field.name || field.id : `#${index}`;
const isTicked = field => field.type === "checkbox" || field.type === "radio";
const forget = key => sessionStorage.removeItem(prefix + key);

function save(form) {
  const draft = {};
  fields(form).forEach((field, index) => {
    if (field.type === "radio") { if (field.checked) draft[nameOf(field, index)] = field.value; }
    else draft[nameOf(field, index)] = isTicked(field) ? field.checked : field.value;
  });
  sessionStorage.setItem(prefix + form.dataset.draft, JSON.stringify(draft));
}

function restore(form) {
  known.add(form);
  const draft = JSON.parse(sessionStorage.getItem(prefix + form.dataset.draft));
  if (!draft) return;
  fields(form).forEach((field, index) => {
    const value = draft[nameOf(field, index)];
    if (value === undefined) return;
    if (isTicked(field)) {
      const ticked = field.type === "radio" ? field.value === value : value;
      if (field.checked === ticked) return;
      field.checked = ticked;
    } else if (field.value === value) return;
    else field.value = value;

    // The page at the other end of the line is told as if it had been typed.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

const all = node => node.nodeType === 1 ? [...(node.matches("[data-draft]") ? [node] : []), ...node.querySelectorAll("[data-draft]")] : [];

document.addEventListener("input", event => { const form = event.target.closest?.("[data-draft]"); if (form) save(form); });
document.addEventListener("change", event => { const form = event.target.closest?.("[data-draft]"); if (form) save(form); });
document.addEventListener("submit", event => { const form = event.target.closest?.("[data-draft]"); if (form) form.dataset.draftPosted = ""; }, true);

new MutationObserver(changes => {
  // What goes first: a form drawn anew under the same name begins empty once it was sent.
  for (const change of changes) {
    if (change.type === "attributes") forget(change.target.dataset.draft);
    else for (const node of change.removedNodes) for (const form of all(node)) if ("draftPosted" in form.dataset && !form.isConnected) forget(form.dataset.draft);
  }
  for (const change of changes) for (const node of change.addedNodes) for (const form of all(node)) if (!known.has(form)) restore(form);
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-draft-sent"] });
all(document.body).forEach(restore);
