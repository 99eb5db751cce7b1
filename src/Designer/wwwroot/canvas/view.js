// What part of the drawing is seen: panning, zooming, and the small map in the corner. Boxes are { x, y, w, h } in canvas units.
const LEAST = 0.08, MOST = 2.5, READABLE = 0.7, MARGIN = 40;

export const union = boxes => boxes.reduce((a, b) => a ? {
  x: Math.min(a.x, b.x), y: Math.min(a.y, b.y),
  w: Math.max(a.x + a.w, b.x + b.w) - Math.min(a.x, b.x), h: Math.max(a.y + a.h, b.y + b.h) - Math.min(a.y, b.y),
} : b, null);

export class View {
  constructor(root, stage, world, boxes) {
    Object.assign(this, { root, stage, world, boxes, x: 0, y: 0, k: 1 });
    this.map = stage.querySelector(".map");
    this.resize = new ResizeObserver(() => this.drawSoon());
    this.resize.observe(stage);
  }

  get width() { return this.stage.clientWidth; }
  get height() { return this.stage.clientHeight; }

  // From the window to the canvas.
  point(event) {
    const at = this.stage.getBoundingClientRect();
    return { x: (event.clientX - at.left - this.x) / this.k, y: (event.clientY - at.top - this.y) / this.k };
  }

  apply() {
    this.world.setAttribute("transform", `translate(${this.x.toFixed(1)} ${this.y.toFixed(1)}) scale(${this.k.toFixed(4)})`);
    const label = this.root.querySelector(".zoom");
    if (label) label.textContent = Math.round(this.k * 100) + "%";
    this.drawSoon();
  }

  pan(dx, dy) { this.x += dx; this.y += dy; this.apply(); }

  // The point under the pointer stays where it is.
  zoom(factor, event) {
    const at = this.stage.getBoundingClientRect();
    const [px, py] = event ? [event.clientX - at.left, event.clientY - at.top] : [this.width / 2, this.height / 2];
    const k = Math.min(MOST, Math.max(LEAST, this.k * factor));
    this.x = px - (px - this.x) * k / this.k;
    this.y = py - (py - this.y) * k / this.k;
    this.k = k;
    this.apply();
  }

  fit() {
    const all = union(this.boxes());
    if (!all) return;
    this.k = Math.max(LEAST, Math.min(1, (this.width - 2 * MARGIN) / all.w, (this.height - 2 * MARGIN) / all.h));
    this.x = (this.width - all.w * this.k) / 2 - all.x * this.k;
    this.y = (this.height - all.h * this.k) / 2 - all.y * this.k;
    this.apply();
  }

  // As fit, but where that would be too small to read, only the beginning is shown.
  begin() {
    this.fit();
    const all = union(this.boxes());
    if (!all || this.k >= READABLE) return;
    this.k = Math.max(READABLE + 0.1, Math.min(0.9, (this.height - 2 * MARGIN) / all.h));
    const first = this.boxes().reduce((a, b) => b.x < a.x ? b : a);
    this.x = MARGIN - all.x * this.k;
    this.y = all.h * this.k < this.height ? (this.height - all.h * this.k) / 2 - all.y * this.k : this.height / 2 - (first.y + first.h / 2) * this.k;
    this.apply();
  }

  reveal(box) {
    const [left, top] = [box.x * this.k + this.x, box.y * this.k + this.y];
    const [right, bottom] = [left + box.w * this.k, top + box.h * this.k];
    const isSeen = left >= 8 && top >= 8 && right <= this.width - 8 && bottom <= this.height - 8;
    if (isSeen) return;
    const across = left < 8 || right > this.width - 8, down = top < 8 || bottom > this.height - 8;
    this.pan(across ? this.width / 2 - (left + right) / 2 : 0, down ? this.height / 2 - (top + bottom) / 2 : 0);
  }

  wheel(event, onlyWithControl) {
    const isPinch = event.ctrlKey || event.metaKey;
    if (onlyWithControl && !isPinch) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    // A wheel clicks in large steps; a touch pad glides, also sideways.
    const isGlide = event.deltaMode === 0 && (event.deltaX !== 0 || Math.abs(event.deltaY) < 40);
    if (isPinch || (!isGlide && !event.shiftKey)) this.zoom(Math.exp(-event.deltaY * lines * (isPinch && isGlide ? 0.01 : 0.0015)), event);
    else this.pan(-(event.shiftKey ? event.deltaY : event.deltaX) * lines, event.shiftKey ? 0 : -event.deltaY * lines);
  }

  // Where a click on the map leads.
  jump(event) {
    const at = this.map.getBoundingClientRect(), { scale, x, y } = this.mapped ?? {};
    if (!scale) return;
    const [cx, cy] = [(event.clientX - at.left) / scale + x, (event.clientY - at.top) / scale + y];
    this.x = this.width / 2 - cx * this.k;
    this.y = this.height / 2 - cy * this.k;
    this.apply();
  }

  drawSoon() { this.frame ??= requestAnimationFrame(() => { this.frame = null; this.draw(); }); }

  draw() {
    const seen = { x: -this.x / this.k, y: -this.y / this.k, w: this.width / this.k, h: this.height / this.k };
    const boxes = this.boxes(), all = union(boxes);
    const isWhole = !all || (all.x >= seen.x && all.y >= seen.y && all.x + all.w <= seen.x + seen.w && all.y + all.h <= seen.y + seen.h);
    this.map.hidden = isWhole;
    if (isWhole) return;
    const ratio = window.devicePixelRatio || 1, w = this.map.clientWidth, h = this.map.clientHeight;
    if (!w) return;
    if (this.map.width !== w * ratio) [this.map.width, this.map.height] = [w * ratio, h * ratio];
    const whole = union([all, seen]), scale = Math.min((w - 12) / whole.w, (h - 12) / whole.h);
    const [x, y] = [whole.x - (w / scale - whole.w) / 2, whole.y - (h / scale - whole.h) / 2];
    this.mapped = { scale, x, y };
    const style = getComputedStyle(this.stage), pen = this.map.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, w, h);
    pen.fillStyle = style.getPropertyValue("--line-strong");
    for (const box of boxes) pen.fillRect((box.x - x) * scale, (box.y - y) * scale, Math.max(2, box.w * scale), Math.max(1.5, box.h * scale));
    pen.strokeStyle = style.getPropertyValue("--accent");
    pen.lineWidth = 1.5;
    pen.strokeRect((seen.x - x) * scale, (seen.y - y) * scale, seen.w * scale, seen.h * scale);
  }

  detach() { this.resize.disconnect(); cancelAnimationFrame(this.frame); }
}
