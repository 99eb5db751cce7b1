// Goes about the cells of the table by keyboard and tells .NET what is to be edited. Nothing is kept here but where one stands.
export function attach(root, grid) {
  let at = null, end = null, isEditing = false, isBusy = false;

  const cell = (r, c) => root.querySelector(`td[data-r="${r}"][data-c="${c}"]`);
  const place = td => ({ r: Number(td.dataset.r), c: Number(td.dataset.c) });
  const lastRow = () => root.querySelectorAll("tbody tr").length - 1;
  const lastColumn = () => root.querySelectorAll("thead th").length - 1;
  const box = () => {
    const other = end ?? at;
    return { r: Math.min(at.r, other.r), c: Math.min(at.c, other.c), rows: Math.abs(at.r - other.r) + 1, columns: Math.abs(at.c - other.c) + 1 };
  };

  function show() {
    const area = at && box();
    for (const td of root.querySelectorAll("td[data-r]")) {
      const { r, c } = place(td);
      const isIn = !!area && r >= area.r && r < area.r + area.rows && c >= area.c && c < area.c + area.columns;
      td.classList.toggle("is-in", isIn && (area.rows > 1 || area.columns > 1));
      td.tabIndex = at && r === at.r && c === at.c ? 0 : -1;
    }
  }

  function go(r, c, extend) {
    const to = { r: Math.max(0, Math.min(lastRow(), r)), c: Math.max(0, Math.min(lastColumn(), c)) };
    const isOther = !at || at.r !== to.r;
    if (extend && at) end = to; else { at = to; end = null; }
    show();
    const td = cell(to.r, to.c);
    if (td) { if (!extend) td.focus(); td.scrollIntoView({ block: "nearest", inline: "nearest" }); }
    if (!extend && isOther) grid.invokeMethodAsync("ChooseAsync", to.r);
  }

  async function begin(typed) {
    isEditing = await grid.invokeMethodAsync("BeginAsync", at.r, at.c, typed);
  }

  async function commit(value, down, right) {
    if (isBusy) return;
    isBusy = true;
    try {
      if (await grid.invokeMethodAsync("CommitAsync", value)) {
        isEditing = false;
        if (down !== null) go(at.r + down, at.c + right, false);
      }
    } finally { isBusy = false; }
  }

  async function onKey(event) {
    const input = event.target.closest("[data-editor]");
    if (input) {
      if (event.isComposing) return;
      if (event.key === "Enter") { event.preventDefault(); await commit(input.value, event.shiftKey ? -1 : 1, 0); }
      else if (event.key === "Tab") { event.preventDefault(); await commit(input.value, 0, event.shiftKey ? -1 : 1); }
      else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); isEditing = false; await grid.invokeMethodAsync("Cancel"); go(at.r, at.c, false); }
      return;
    }

    if (!event.target.closest("td[data-r]") || event.altKey) return;
    const from = event.shiftKey && end ? end : at;
    const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-15, 0], PageDown: [15, 0] };
    const command = event.ctrlKey || event.metaKey;
    if (ways[event.key]) { event.preventDefault(); const [r, c] = ways[event.key]; command ? go(r ? (r < 0 ? 0 : lastRow()) : from.r, c ? (c < 0 ? 0 : lastColumn()) : from.c, event.shiftKey) : go(from.r + r, from.c + c, event.shiftKey); }
    else if (event.key === "Home" || event.key === "End") { event.preventDefault(); go(command ? (event.key === "Home" ? 0 : lastRow()) : from.r, event.key === "Home" ? 0 : lastColumn(), event.shiftKey); }
    else if (command && event.key.toLowerCase() === "d") { event.preventDefault(); const area = box(); await grid.invokeMethodAsync("FillAsync", area.r, area.c, area.rows, area.columns); }
    else if (command) return;
    else if (event.key === "Enter" || event.key === "F2") { event.preventDefault(); await begin(null); }
    else if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); const area = box(); await grid.invokeMethodAsync("ClearAsync", area.r, area.c, area.rows, area.columns); }
    else if (event.key.length === 1) { event.preventDefault(); await begin(event.key); }
  }

  const onFocus = event => {
    const td = event.target.closest?.("td[data-r]");
    if (td && !isEditing && event.target === td && (!at || at.r !== place(td).r || at.c !== place(td).c) && !end) go(place(td).r, place(td).c, false);
  };
  const onDown = event => {
    const td = event.target.closest("td[data-r]");
    if (!td || event.target.closest("[data-editor]")) return;
    if (event.shiftKey && at) { event.preventDefault(); go(place(td).r, place(td).c, true); }
    else { end = null; }
  };
  const onDouble = async event => { const td = event.target.closest("td[data-r]"); if (td && !event.target.closest("[data-editor]")) { at = place(td); end = null; await begin(null); } };
  const onOut = async event => { if (isEditing && event.target.matches?.("[data-editor]") && !isBusy) await commit(event.target.value, null, 0); };
  const onCopy = event => {
    if (!at || event.target.closest?.("[data-editor]") || !root.contains(document.activeElement)) return;
    const area = box(), lines = [];
    for (let r = area.r; r < area.r + area.rows; r++) {
      const line = [];
      for (let c = area.c; c < area.c + area.columns; c++) { const said = (cell(r, c)?.innerText ?? "").trim(); line.push(/[\t\n"]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said); }
      lines.push(line.join("\t"));
    }
    event.clipboardData.setData("text/plain", lines.join("\r\n"));
    event.preventDefault();
  };
  const onPaste = async event => {
    if (!at || event.target.closest?.("[data-editor]") || !root.contains(document.activeElement)) return;
    event.preventDefault();
    const area = box();
    await grid.invokeMethodAsync("PasteAsync", area.r, area.c, event.clipboardData.getData("text/plain"));
  };

  const listeners = [[root, "keydown", onKey], [root, "focusin", onFocus], [root, "mousedown", onDown], [root, "dblclick", onDouble], [root, "focusout", onOut], [document, "copy", onCopy], [document, "paste", onPaste]];
  for (const [where, name, handle] of listeners) where.addEventListener(name, handle);
  return {
    edit() { const input = root.querySelector("[data-editor]"); if (input) { input.focus(); input.value.length > 1 ? input.select() : input.setSelectionRange(input.value.length, input.value.length); } },
    go(r, c) { go(r, c, false); },
    dispose() { for (const [where, name, handle] of listeners) where.removeEventListener(name, handle); },
  };
}
