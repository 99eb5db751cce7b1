// What keys mean on a canvas, and which step lies in a direction.
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const WITH_CONTROL = { z: "undo", y: "redo", c: "copy", x: "cut", v: "paste", d: "duplicate", a: "all", f: "search", enter: "open" };
const PLAIN = { a: "add", insert: "add", c: "connect", l: "line", o: "open", enter: "inspect", f2: "inspect", delete: "delete", backspace: "delete", "?": "help", "/": "search", f: "fit", 0: "actual", escape: "escape", " ": "space" };
const ZOOM = { "+": 1.25, "=": 1.25, "-": 0.8 };

export function commandOf(event) {
  // An input method for Chinese says only that it is at work; the place of the key still tells.
  const key = /^[\x20-\x7e]$|^[A-Z]/.test(event.key) && event.key !== "Process" ? event.key.toLowerCase() : event.code.replace(/^Key|^Digit/, "").toLowerCase();
  const way = WAYS[event.key];
  if (way) return event.ctrlKey || event.metaKey ? null : { name: event.shiftKey || event.altKey ? "nudge" : "walk", way };
  if (event.ctrlKey || event.metaKey) {
    const name = WITH_CONTROL[key];
    return name && { name: name === "undo" && event.shiftKey ? "redo" : name };
  }
  if (event.altKey) return null;
  return ZOOM[key] ? { name: "zoom", by: ZOOM[key] } : PLAIN[key] && { name: PLAIN[key] };
}

// The nearest step in a direction; one that is connected is nearer than it looks.
export function neighbour(from, [dx, dy], items, edges) {
  const center = box => [box.x + box.w / 2, box.y + box.h / 2], [x, y] = center(from);
  const isConnected = id => edges.some(edge => (edge.source === from.id && edge.target === id) || (edge.target === from.id && edge.source === id));
  let best = null, least = Infinity;
  for (const item of items) {
    const [ix, iy] = center(item), ahead = (ix - x) * dx + (iy - y) * dy, aside = Math.abs((ix - x) * dy) + Math.abs((iy - y) * dx);
    if (item.id === from.id || ahead <= 4 || (aside > ahead * 1.6 + 40 && !isConnected(item.id))) continue;
    const cost = (ahead + 2.2 * aside) * (isConnected(item.id) ? 0.45 : 1);
    if (cost < least) [best, least] = [item, cost];
  }
  return best;
}
