// A kind of step on its way from the palette to the canvas.
const CLICK = 4;

export function takeFromPalette(canvas, event) {
  const entry = event.target.closest?.(".side .entry");
  if (!entry || event.button !== 0) return;
  const ended = new AbortController(), { type, flow } = entry.dataset;
  let ghost = null, edge = null;
  const isOver = at => { const r = canvas.stage.getBoundingClientRect(); return at.clientX > r.left && at.clientX < r.right && at.clientY > r.top && at.clientY < r.bottom; };
  const mark = to => { if (edge !== to) { edge?.classList.remove("is-target"); to?.classList.add("is-target"); edge = to; } };
  const end = () => { ended.abort(); ghost?.remove(); mark(null); canvas.root.classList.remove("is-dropping"); };
  addEventListener("pointermove", at => {
    if (!ghost) {
      if (Math.hypot(at.clientX - event.clientX, at.clientY - event.clientY) < CLICK) return;
      ghost = entry.cloneNode(true);
      ghost.className += " ghost";
      ghost.removeAttribute("title");
      canvas.root.querySelector(".side").append(ghost);
      canvas.root.classList.add("is-dropping");
    }
    ghost.style.translate = `${at.clientX}px ${at.clientY}px`;
    mark(isOver(at) ? document.elementFromPoint(at.clientX, at.clientY)?.closest(".edge") ?? null : null);
  }, { signal: ended.signal });
  addEventListener("pointerup", at => {
    const link = edge && [edge.dataset.source, edge.dataset.target], wasDragged = ghost;
    end();
    if (!wasDragged) return;
    entry.addEventListener("click", click => { click.stopImmediatePropagation(); click.preventDefault(); }, { capture: true, once: true });
    if (isOver(at)) { const to = canvas.view.point(at); canvas.tell("Add", type, flow ?? null, to.x, to.y, link); }
  }, { signal: ended.signal });
  addEventListener("pointercancel", end, { signal: ended.signal });
}
