// j and k move through the rows from anywhere but a field; arrows do so once a row has the focus. Enter follows the link.
export function listen() {
  const move = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const rows = [...document.querySelectorAll("[data-rows] a[data-row]")];
    const at = rows.indexOf(document.activeElement);
    const arrows = at >= 0 ? { ArrowDown: 1, ArrowUp: -1 } : {};
    const by = { j: 1, k: -1, ...arrows }[event.key];
    if (!by || !rows.length) return;
    event.preventDefault();
    const from = at >= 0 ? at : rows.findIndex(row => row.matches("[aria-current]"));
    rows[Math.min(rows.length - 1, Math.max(0, from + by))].focus();
  };
  document.addEventListener("keydown", move);
  return { stop: () => document.removeEventListener("keydown", move) };
}
