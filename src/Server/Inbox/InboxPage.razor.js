// j and k move through the rows from anywhere but a field; arrows do so once a row has the focus. Enter follows the link.
// Further rows are asked for when the end of the list comes into sight.
export function listen(list, page) {
  const inField = target => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
  const help = () => document.querySelector("[data-keys]").showModal();

  const press = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
    const rows = [...document.querySelectorAll("[data-rows] a[data-row]")];
    const at = rows.indexOf(document.activeElement);
    const marked = at >= 0 ? at : rows.findIndex(row => row.matches("[aria-current]"));
    const accept = document.querySelector("[data-accept]");
    if (event.key === "Enter") {
      // What is proposed is taken from wherever nothing else answers to Enter.
      if (!accept || accept.disabled || event.target.closest("a, button, summary, input")) return;
      accept.click();
    } else if (accept && (event.key === "u" || event.key === "g")) document.querySelector(event.key === "u" ? "[data-correct-unit] input:not([type=hidden])" : "[data-correct-category] input:not([type=hidden])")?.focus();
    else if (event.key === "/") document.querySelector("[data-search]").focus();
    else if (event.key === "?") help();
    else if ((event.key === "x" || event.key === "c") && marked >= 0) page.invokeMethodAsync("PressAsync", event.key, rows[marked].dataset.row);
    else {
      const arrows = at >= 0 ? { ArrowDown: 1, ArrowUp: -1 } : {};
      const by = { j: 1, k: -1, ...arrows }[event.key];
      if (!by || !rows.length) return;
      rows[Math.min(rows.length - 1, Math.max(0, marked + by))].focus();
    }
    event.preventDefault();
  };

  const sight = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) if (isIntersecting && !target.disabled) target.click();
  }, { rootMargin: "400px" });
  const look = () => {
    sight.disconnect();
    const more = list.querySelector("[data-more]:not([disabled])");
    if (more) sight.observe(more);
  };
  const change = new MutationObserver(look);
  change.observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  look();
  const click = event => { if (event.target.closest("[data-help]")) help(); };
  document.addEventListener("keydown", press);
  document.addEventListener("click", click);
  list.dataset.listens = "true";
  return {
    top: () => scrollTo({ top: 0, behavior: "instant" }),
    stop: () => {
      document.removeEventListener("keydown", press);
      document.removeEventListener("click", click);
      change.disconnect();
      sight.disconnect();
    },
  };
}
