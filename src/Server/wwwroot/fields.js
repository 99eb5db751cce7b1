// What is wrong with a field, in the language of the page and beside the field; the browser's own bubble speaks the browser's.
const notes = new Map();
const hostOf = field => field.closest(".choices") ?? field.closest("label") ?? field.closest(".affix") ?? field;
const tokens = field => (field.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
let first = null;

function messageOf(field) {
  const words = document.getElementById("field-messages").dataset;
  const wrong = field.validity;
  const say = (text, value) => text.replace("{0}", value);
  if (wrong.customError) return field.validationMessage;
  if (wrong.badInput || wrong.typeMismatch) return { number: words.number, email: words.email }[field.type] ?? (/date|time|month|week/.test(field.type) ? words.date : words.wrong);
  if (wrong.valueMissing) return field.matches("select, [type=radio], [type=checkbox]") ? words.choose : words.needed;
  if (wrong.tooLong) return say(words.long, field.maxLength);
  if (wrong.tooShort) return say(words.short, field.minLength);
  if (wrong.rangeUnderflow) return say(words.least, field.min);
  if (wrong.rangeOverflow) return say(words.most, field.max);
  return field.title || words.wrong;
}

function clear(field) {
  const note = notes.get(field);
  if (!note) return;
  notes.delete(field);
  note.remove();
  field.removeAttribute("aria-invalid");
  const others = tokens(field).filter(id => id !== note.id);
  if (others.length > 0) field.setAttribute("aria-describedby", others.join(" "));
  else field.removeAttribute("aria-describedby");
  if (notes.size === 0) watcher.disconnect();
}

function tell(field) {
  clear(field);

  // One note for a group of radio buttons.
  if (field.type === "radio" && [...notes.keys()].some(other => other.name === field.name && other.form === field.form)) return;
  const note = document.createElement("p");
  note.id = `field-note-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  note.className = "field-error field-note";
  note.setAttribute("role", "alert");
  note.textContent = messageOf(field);

  // After a label and not in it, where it would become a part of the field's name.
  hostOf(field).after(note);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [...tokens(field), note.id].join(" "));
  notes.set(field, note);
  watcher.observe(document.body, { childList: true, subtree: true });
}

// A page that is drawn anew may take away a field and leave its note, or the other way round.
const watcher = new MutationObserver(() => {
  for (const [field, note] of [...notes]) if (!field.isConnected || !note.isConnected) clear(field);
});

document.addEventListener("invalid", event => {
  event.preventDefault();
  tell(event.target);
  if (first) return;
  first = event.target;
  for (let fold = first.closest("details:not([open])"); fold; fold = first.closest("details:not([open])")) fold.open = true;
  setTimeout(() => { first.focus(); first = null; });
}, true);

const cleared = event => { for (const field of [...notes.keys()]) if (field === event.target || field.type === "radio" && field.name === event.target.name) clear(field); };
document.addEventListener("input", cleared, true);
document.addEventListener("change", cleared, true);
for (const over of ["submit", "reset"]) document.addEventListener(over, event => { for (const field of [...notes.keys()]) if (field.form === event.target) clear(field); }, true);
