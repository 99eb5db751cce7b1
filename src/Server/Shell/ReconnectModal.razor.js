// The script of .NET 9 only sets classes on the element; .NET 10 also raises an event. Watching the classes serves both.
const modal = document.getElementById("components-reconnect-modal");
const has = state => modal.classList.contains("components-reconnect-" + state);

new MutationObserver(() => {
  if (has("rejected")) location.reload();
  else if (has("show") || has("retrying") || has("failed")) { if (!modal.open) modal.showModal(); }
  else if (modal.open) modal.close();
}).observe(modal, { attributes: true, attributeFilter: ["class"] });

document.getElementById("components-reconnect-button").addEventListener("click", async () => {
  try { if (!await Blazor.reconnect()) location.reload(); } catch { /* still unreachable: the dialog stays */ }
});
