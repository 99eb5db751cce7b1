// Steps on the move, with the lines that hang on them.
import { arrowOf, between, lineOf, snap } from "./lines.js";
import { union } from "./view.js";

export class Moving {
  constructor(canvas, ids) {
    this.canvas = canvas;
    this.ids = ids;
    this.set = new Set(ids);
    this.items = ids.map(id => canvas.items.get(id)).filter(Boolean);
    this.others = [...canvas.items.values()].filter(item => !this.set.has(item.id));
    this.box = union(this.items);
    this.edges = canvas.edges.filter(edge => this.set.has(edge.source) || this.set.has(edge.target)).map(edge => ({
      ...edge, isWhole: this.set.has(edge.source) && this.set.has(edge.target), paths: [...edge.el.querySelectorAll("path")].map(path => [path, path.getAttribute("d")]),
    }));
    this.handles = canvas.world.querySelector(".handles");
    [this.dx, this.dy] = [0, 0];
    canvas.root.classList.add("is-moving");
  }

  to(dx, dy, isSnapping) {
    const to = isSnapping ? snap(this.box, this.others, dx, dy, this.canvas.view.k) : { dx, dy, guides: [] };
    [this.dx, this.dy] = [to.dx, to.dy];
    const by = `translate(${to.dx},${to.dy})`;
    // The comma tells such a place from one of the server's.
    for (const item of this.items) item.el.setAttribute("transform", `translate(${item.x + to.dx},${item.y + to.dy})`);
    for (const edge of this.edges) {
      if (edge.isWhole) {
        edge.el.setAttribute("transform", by);
        edge.label?.setAttribute("transform", by);
        continue;
      }
      const points = between(this.place(edge.source), this.place(edge.target)), line = lineOf(points);
      edge.paths[0][0].setAttribute("d", line);
      edge.paths[1][0].setAttribute("d", line);
      edge.paths[2][0].setAttribute("d", arrowOf(points));
      edge.label?.classList.add("is-away");
    }
    this.handles?.setAttribute("transform", by);
    this.canvas.drafts.replaceChildren();
    for (const [x1, y1, x2, y2] of to.guides) this.canvas.draft("path", "guide").setAttribute("d", `M${x1} ${y1}L${x2} ${y2}`);
  }

  place(id) {
    const item = this.canvas.items.get(id);
    return this.set.has(id) ? { x: item.x + this.dx, y: item.y + this.dy, w: item.w, h: item.h } : item;
  }

  // The server has drawn the lines anew: what only stood in for them goes, before anybody sees both.
  finish() {
    for (const edge of this.edges) {
      if (edge.isWhole) edge.el.removeAttribute("transform");
      edge.label?.removeAttribute("transform");
      // Taking away what is not there would count as a change.
      if (edge.label?.classList.contains("is-away")) edge.label.classList.remove("is-away");
    }
    this.handles?.removeAttribute("transform");
  }

  // What the server did not draw anew is as it was.
  restore() {
    this.finish();
    for (const item of this.items) if (item.el.getAttribute("transform")?.includes(",")) item.el.setAttribute("transform", `translate(${item.x} ${item.y})`);
    for (const edge of this.edges) for (const [path, before] of edge.paths) if (path.getAttribute("d").endsWith(" ")) path.setAttribute("d", before);
    this.canvas.root.classList.remove("is-moving");
  }
}
