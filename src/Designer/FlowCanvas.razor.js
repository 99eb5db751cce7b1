// What happens under the pointer and the keys of a canvas. Steps are moved here; the server hears what came of it, once.
import { View } from "./canvas/view.js";
import { between, lineOf, toPoint } from "./canvas/lines.js";
import { commandOf, neighbour } from "./canvas/keys.js";
import { Moving } from "./canvas/moving.js";
import { takeFromPalette } from "./canvas/palette.js";

const CLICK = 4, FINGER = 9, IDLE = 600;

// On the way to another page a canvas may be gone before its script is here.
export const attach = (root, server, isReadOnly) => root?.isConnected ? new Canvas(root, server, isReadOnly) : null;

class Canvas {
  constructor(root, server, isReadOnly) {
    Object.assign(this, { root, server, isReadOnly, items: new Map(), edges: [], chosen: new Set(), pointers: new Map() });
    const [stage, world] = [root.querySelector(".stage"), root.querySelector(".world")];
    Object.assign(this, { stage, world, drafts: world.querySelector(".drafts") });
    this.view = new View(root, stage, world, () => [...this.items.values()]);
    this.ended = new AbortController();
    const on = (target, type, handler, options) => target.addEventListener(type, handler, { signal: this.ended.signal, ...options });
    on(stage, "pointerdown", event => this.down(event));
    on(stage, "pointermove", event => this.move(event));
    on(stage, "pointerup", event => this.up(event));
    on(stage, "pointercancel", event => this.up(event, true));
    on(stage, "pointerover", event => this.over(event));
    on(stage, "dblclick", event => this.open(event));
    on(stage, "wheel", event => this.view.wheel(event, isReadOnly), { passive: false });
    on(stage, "keydown", event => this.key(event));
    on(stage, "keyup", event => this.keyUp(event));
    on(stage, "focusin", event => this.focused(event));
    on(stage, "focusout", event => { if (!stage.contains(event.relatedTarget)) { stage.tabIndex = 0; this.commitNudge(); } });
    on(stage, "contextmenu", event => event.pointerType === "touch" && event.preventDefault());
    on(root, "pointerdown", event => takeFromPalette(this, event));
    on(root, "click", event => this.tool(event));
    on(root, "keydown", event => { if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f") { event.preventDefault(); this.tell("Press", "search", null); } });
    this.observer = new MutationObserver(() => this.changed());
    this.observer.observe(world, { subtree: true, childList: true, attributes: true, attributeFilter: ["transform", "class", "d", "data-w", "data-h"] });
    this.observer.observe(stage, { attributes: true, attributeFilter: ["data-shown", "data-focus"] });
    this.asked = stage.dataset.focus;
    this.read();
    this.view.begin();
  }

  detach() {
    this.ended.abort();
    this.observer.disconnect();
    this.view.detach();
  }

  tell(name, ...values) { return this.server.invokeMethodAsync(name, ...values).catch(() => { }); }

  // --- what is drawn

  changed() {
    if (this.gesture?.isMoving) return;
    if (this.settling) {
      this.settling.finish();
      this.settling = null;
    }
    if (this.nudged) return;
    const before = this.chosen, shown = this.shown;
    this.read();
    if (shown !== this.shown) {
      this.active = null;
      this.view.begin();
    }
    const added = [...this.chosen].find(id => !before.has(id));
    if (added && !this.pointers.size) this.view.reveal(this.items.get(added));
    if (this.stage.dataset.focus !== this.asked) {
      this.asked = this.stage.dataset.focus;
      this.focus();
    }
    this.view.drawSoon();
  }

  read() {
    this.shown = this.stage.dataset.shown;
    this.items = new Map([...this.world.querySelectorAll(".nodes > .item")].map(el => {
      const [x, y] = el.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
      return [el.dataset.node, { el, id: el.dataset.node, x, y, w: +el.dataset.w, h: +el.dataset.h }];
    }));
    const labels = new Map([...this.world.querySelectorAll(".label-of")].map(el => [el.dataset.source + ">" + el.dataset.target, el]));
    this.edges = [...this.world.querySelectorAll(".edges > .edge")].map(el => ({
      el, source: el.dataset.source, target: el.dataset.target, key: el.dataset.source + ">" + el.dataset.target, label: labels.get(el.dataset.source + ">" + el.dataset.target),
    }));
    this.chosen = new Set([...this.items.values()].filter(item => item.el.classList.contains("is-selected")).map(item => item.id));
    if (this.active && !this.find(this.active)) this.active = null;
  }

  find(key) { return this.items.get(key) ?? this.edges.find(edge => edge.key === key); }

  // --- choosing

  choose(nodes, links = []) {
    for (const item of this.items.values()) item.el.classList.toggle("is-selected", nodes.includes(item.id));
    for (const edge of this.edges) edge.el.classList.toggle("is-selected", links.some(link => link[0] === edge.source && link[1] === edge.target));
    this.chosen = new Set(nodes);
    return this.tell("Choose", nodes, links);
  }

  toggle(id) { return this.choose(this.chosen.has(id) ? [...this.chosen].filter(other => other !== id) : [...this.chosen, id]); }

  go(key, isQuiet) {
    const found = this.find(key);
    if (!found) return;
    this.active = key;
    (found.el.querySelector(".aura") ?? found.el).focus({ preventScroll: true });
    this.stage.scrollTo(0, 0);
    if (found.w) this.view.reveal(found);
    if (!isQuiet) found.w ? this.choose([key]) : this.choose([], [[found.source, found.target]]);
  }

  focus() {
    const first = [...this.chosen][0] ?? this.edges.find(edge => edge.el.classList.contains("is-selected"))?.key ?? this.active;
    if (first && this.find(first)) this.go(first, true);
    else this.stage.focus({ preventScroll: true });
  }

  focused(event) {
    const el = event.target.closest(".item, .edge");
    if (el) {
      this.active = el.dataset.node ?? el.dataset.source + ">" + el.dataset.target;
      this.stage.tabIndex = -1;
    } else if (event.target === this.stage && !this.pointers.size && !this.isLeaving && this.items.size) {
      this.go(this.active ?? [...this.chosen][0] ?? [...this.items.keys()][0], true);
    }
  }

  // --- pointer

  down(event) {
    this.commitNudge();
    this.pointers.set(event.pointerId, event);
    if (this.pointers.size === 2) return this.pinch();
    if (this.gesture || event.button === 2) return;
    const on = selector => event.target.closest?.(selector);
    if (on(".map")) return this.hold(event, { begin: () => this.view.jump(event), step: at => this.view.jump(at), click: () => this.view.jump(event) });
    if (event.button === 1 || this.isSpace) {
      event.preventDefault();
      return this.pan(event);
    }
    const [item, edge] = [on(".item"), on(".edge")];
    if (on(".opener")) return this.hold(event, { click: () => this.tell("Press", "open", on(".opener").dataset.open) });
    if (on(".inserter")) return this.hold(event, { click: () => this.tell("Press", "add", null) });
    if (on(".chip")) return this.drawLine(event, on(".chips").dataset.of, on(".chip").dataset.port);
    if (on(".grip")) return this.drawLine(event, this.grip.id, null);
    if (on(".end")) return this.drawEnd(event, on(".end").dataset.end);
    if (item) return this.isReadOnly ? this.pan(event, () => this.choose([item.dataset.node])) : this.drag(event, item.dataset.node);
    if (edge) return this.pan(event, () => this.choose([], [[edge.dataset.source, edge.dataset.target]]));
    if (this.isReadOnly || event.pointerType === "touch") return this.pan(event, () => this.choose([]));
    return this.frame(event);
  }

  hold(event, gesture) {
    this.gesture = { ...gesture, x: event.clientX, y: event.clientY, slack: event.pointerType === "touch" ? FINGER : CLICK, last: event };
    this.stage.setPointerCapture(event.pointerId);
  }

  move(event) {
    if (this.pointers.has(event.pointerId)) this.pointers.set(event.pointerId, event);
    const gesture = this.gesture;
    if (!gesture) return;
    gesture.last = event;
    if (!gesture.isMoving) {
      if (Math.hypot(event.clientX - gesture.x, event.clientY - gesture.y) < gesture.slack && !gesture.isPinch) return;
      gesture.isMoving = true;
      gesture.begin?.(event);
    }
    gesture.request ??= requestAnimationFrame(() => { gesture.request = null; if (this.gesture === gesture) gesture.step?.(gesture.last); });
  }

  up(event, isCancelled) {
    this.pointers.delete(event.pointerId);
    const gesture = this.gesture;
    if (!gesture) return;
    this.gesture = null;
    cancelAnimationFrame(gesture.request);
    if (isCancelled) gesture.cancel?.();
    else if (gesture.isMoving) { gesture.step?.(event); gesture.end?.(event); }
    else gesture.click?.(event);
    this.drafts.replaceChildren();
    this.root.classList.remove("is-dropping");
  }

  cancel() {
    const gesture = this.gesture;
    this.gesture = null;
    cancelAnimationFrame(gesture?.request);
    gesture?.cancel?.();
    this.drafts.replaceChildren();
    this.root.classList.remove("is-dropping");
  }

  pan(event, click) {
    let [x, y] = [event.clientX, event.clientY];
    this.hold(event, {
      click, begin: () => { this.hasPanned = true; this.stage.classList.add("is-panning"); },
      step: at => { this.view.pan(at.clientX - x, at.clientY - y); [x, y] = [at.clientX, at.clientY]; },
      end: () => this.stage.classList.remove("is-panning"), cancel: () => this.stage.classList.remove("is-panning"),
    });
  }

  pinch() {
    this.cancel();
    const spread = () => { const [a, b] = [...this.pointers.values()]; return { d: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 }; };
    let before = spread();
    this.gesture = { isPinch: true, isMoving: true, step: () => {
      if (this.pointers.size < 2) return;
      const now = spread();
      this.view.pan(now.clientX - before.clientX, now.clientY - before.clientY);
      this.view.zoom(now.d / (before.d || 1), now);
      before = now;
    } };
  }

  frame(event) {
    const from = this.view.point(event), kept = event.shiftKey ? [...this.chosen] : [];
    const box = this.draft("rect", "marquee");
    const area = at => { const to = this.view.point(at); return { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(from.x - to.x), h: Math.abs(from.y - to.y) }; };
    const within = at => { const a = area(at); return [...this.items.values()].filter(i => i.x < a.x + a.w && i.x + i.w > a.x && i.y < a.y + a.h && i.y + i.h > a.y).map(i => i.id); };
    this.hold(event, {
      click: () => this.chosen.size || this.world.querySelector(".edge.is-selected") ? this.choose(kept) : null,
      step: at => { const a = area(at); for (const [name, value] of [["x", a.x], ["y", a.y], ["width", a.w], ["height", a.h]]) box.setAttribute(name, value); },
      end: at => this.choose([...new Set([...kept, ...within(at)])]),
    });
  }

  draft(name, style) {
    const el = document.createElementNS("http://www.w3.org/2000/svg", name);
    el.setAttribute("class", style);
    this.drafts.append(el);
    return el;
  }

  // --- moving steps

  drag(event, id) {
    const isMore = event.shiftKey || event.ctrlKey || event.metaKey, from = this.view.point(event);
    let moved;
    this.hold(event, {
      click: () => isMore ? this.toggle(id) : this.choose([id]),
      begin: () => { this.hideGrip(); moved = new Moving(this, this.chosen.has(id) ? [...this.chosen] : isMore ? [...this.chosen, id] : [id]); },
      step: at => { const to = this.view.point(at); moved.to(to.x - from.x, to.y - from.y, !at.altKey); this.nearEdge(at); },
      end: () => this.drop(moved),
      cancel: () => moved?.restore(),
    });
  }

  async drop(moved) {
    this.observer.takeRecords();
    this.settling = moved;
    if (moved.dx || moved.dy) await this.tell("Move", moved.ids, moved.dx, moved.dy);
    moved.restore();
    this.settling = null;
    this.read();
  }

  nearEdge(event) {
    const at = this.stage.getBoundingClientRect(), room = 28, by = 9;
    const x = event.clientX < at.left + room ? by : event.clientX > at.right - room ? -by : 0, y = event.clientY < at.top + room ? by : event.clientY > at.bottom - room ? -by : 0;
    if (x || y) this.view.pan(x, y);
  }

  // --- lines

  drawLine(event, source, port) {
    const from = this.items.get(source), path = this.draft("path", "rubber");
    this.hold(event, {
      click: () => this.tell("Connect", source, port, null, null, null),
      step: at => this.aim(at, path, from),
      end: at => { const to = this.view.point(at), target = this.at(to); this.aim(null); if (target?.id !== source || port) this.tell("Connect", source, port, target?.id ?? null, to.x, to.y); },
      cancel: () => this.aim(null),
    });
  }

  drawEnd(event, end) {
    const edge = this.edges.find(other => other.el.classList.contains("is-selected")), path = this.draft("path", "rubber");
    if (!edge) return;
    this.hold(event, {
      step: at => this.aim(at, path, this.items.get(end === "target" ? edge.source : edge.target)),
      end: at => {
        const target = this.at(this.view.point(at));
        this.aim(null);
        if (target) this.tell("Reconnect", edge.source, edge.target, end === "source" ? target.id : edge.source, end === "target" ? target.id : edge.target);
      },
      cancel: () => this.aim(null),
    });
  }

  at(point) { return [...this.items.values()].reverse().find(i => point.x >= i.x - 8 && point.x <= i.x + i.w + 8 && point.y >= i.y - 8 && point.y <= i.y + i.h + 8); }

  aim(event, path, from) {
    const target = event && this.at(this.view.point(event));
    if (this.aimed !== target) {
      this.aimed?.el.classList.remove("is-target");
      target?.el.classList.add("is-target");
      this.aimed = target;
    }
    if (!event) return;
    path.setAttribute("d", lineOf(target && target !== from ? between(from, target) : toPoint(from, this.view.point(event))));
    this.nearEdge(event);
  }

  over(event) {
    if (this.isReadOnly || this.gesture || event.pointerType === "touch") return;
    const item = event.target.closest?.(".item");
    if (item) this.showGrip(this.items.get(item.dataset.node));
    else if (!event.target.closest?.(".grip")) this.hideGrip();
  }

  showGrip(item) {
    if (!item || this.grip?.id === item.id || item.el.querySelector(".end")) return;
    this.hideGrip();
    const el = this.draft("g", "grip");
    el.setAttribute("transform", `translate(${item.x + item.w} ${item.y + item.h / 2})`);
    el.innerHTML = '<circle r="9"/><path d="M-3.500 0H4M1 -3L4 0L1 3"/>';
    this.grip = { id: item.id, el };
  }

  hideGrip() { this.grip?.el.remove(); this.grip = null; }

  tool(event) {
    const view = event.target.closest?.("[data-view]")?.dataset.view;
    if (view === "in") this.view.zoom(1.25);
    else if (view === "out") this.view.zoom(0.8);
    else if (view === "actual") this.view.zoom(1 / this.view.k);
    else if (view === "fit") this.view.fit();
    const menu = this.root.querySelector("details[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  }

  open(event) {
    const el = event.target.closest?.(".item, .edge");
    if (el) this.tell("Press", el.dataset.node ? "open" : "inspect", el.dataset.node ?? null);
  }

  // --- keys

  key(event) {
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    const way = command.way, active = this.active && this.find(this.active);
    switch (command.name) {
      case "walk": {
        const to = active?.w ? neighbour(active, way, [...this.items.values()], this.edges) : active ? this.items.get(way[0] + way[1] < 0 ? active.source : active.target) : [...this.items.values()][0];
        return to && this.go(to.id);
      }
      case "nudge": return this.nudge(way);
      case "line": {
        const from = active?.w ? active.id : active?.source, lines = this.edges.filter(edge => edge.source === from);
        return lines.length && this.go(lines[(lines.findIndex(edge => edge.key === this.active) + 1) % lines.length].key);
      }
      case "space": this.isSpace = true; this.hasPanned = false; return;
      case "zoom": return this.view.zoom(command.by);
      case "actual": return this.view.zoom(1 / this.view.k);
      case "fit": return this.view.fit();
      case "escape": return this.gesture ? this.cancel() : this.chosen.size || this.world.querySelector(".edge.is-selected") ? this.choose([]) : this.tell("Press", "leave", null);
      default:
        this.commitNudge();
        return this.tell("Press", command.name, null);
    }
  }

  keyUp(event) {
    if (event.key === " " && this.isSpace) {
      this.isSpace = false;
      if (!this.hasPanned && this.active && this.items.has(this.active)) this.toggle(this.active);
    }
    if (event.key === "Shift" || event.key === "Alt") this.commitNudge();
  }

  // Several presses are one move.
  nudge([x, y]) {
    if (this.isReadOnly || !this.chosen.size) return;
    this.nudged ??= new Moving(this, [...this.chosen]);
    const by = +this.stage.dataset.step || 10;
    this.nudged.to(this.nudged.dx + x * by, this.nudged.dy + y * by, false);
    clearTimeout(this.nudgeTimer);
    this.nudgeTimer = setTimeout(() => this.commitNudge(), IDLE);
  }

  commitNudge() {
    clearTimeout(this.nudgeTimer);
    const moved = this.nudged;
    this.nudged = null;
    if (moved) this.drop(moved);
  }
}
