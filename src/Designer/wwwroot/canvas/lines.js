// Lines and places while something moves: quick and rough. What is drawn in the end comes from the server.
const NEAR = 7, GRID = 10;

// An elbow between two boxes.
export function between(a, b) {
  const [ax, ay, bx, by] = [a.x + a.w / 2, a.y + a.h / 2, b.x + b.w / 2, b.y + b.h / 2];
  if (b.x > a.x + a.w + 16) return elbow([a.x + a.w, ay], [b.x, by], true);
  if (b.y > a.y + a.h + 16) return elbow([ax, a.y + a.h], [bx, b.y], false);
  if (b.y + b.h + 16 < a.y) return elbow([ax, a.y], [bx, b.y + b.h], false);
  return elbow([a.x, ay], [b.x + b.w, by], true);
}

export const toPoint = (a, p) => between(a, { x: p.x, y: p.y, w: 0, h: 0 });

function elbow([x1, y1], [x2, y2], across) {
  const middle = across ? (x1 + x2) / 2 : (y1 + y2) / 2;
  return across ? [[x1, y1], [middle, y1], [middle, y2], [x2, y2]] : [[x1, y1], [x1, middle], [x2, middle], [x2, y2]];
}

// The space at the end tells such a path from one of the server's.
export const lineOf = points => "M" + points.map(point => point.map(Math.round).join(" ")).join("L") + " ";

export function arrowOf(points) {
  const [[fx, fy], [x, y]] = points.slice(-2), length = Math.hypot(x - fx, y - fy) || 1;
  const [dx, dy] = [(x - fx) / length, (y - fy) / length], [bx, by] = [x - dx * 8, y - dy * 8];
  return lineOf([[x, y], [bx - dy * 4.5, by + dx * 4.5], [bx + dy * 4.5, by - dx * 4.5]]) + "z ";
}

// Where a moved box catches on: the sides and middles of others, else the grid. Gives the way to go and the guides to show.
export function snap(moved, others, dx, dy, k) {
  const box = { x: moved.x + dx, y: moved.y + dy, w: moved.w, h: moved.h }, near = NEAR / k;
  const across = best([box.x, box.x + box.w / 2, box.x + box.w], others.flatMap(o => [[o.x, o], [o.x + o.w / 2, o], [o.x + o.w, o]]), near);
  const down = best([box.y, box.y + box.h / 2, box.y + box.h], others.flatMap(o => [[o.y, o], [o.y + o.h / 2, o], [o.y + o.h, o]]), near);
  const sx = dx + (across ? across.by : toGrid(moved.x + moved.w / 2 + dx)), sy = dy + (down ? down.by : toGrid(moved.y + moved.h / 2 + dy));
  const end = { x: moved.x + sx, y: moved.y + sy, w: moved.w, h: moved.h }, guides = [];
  if (across) guides.push([across.at, Math.min(end.y, across.o.y) - 12, across.at, Math.max(end.y + end.h, across.o.y + across.o.h) + 12]);
  if (down) guides.push([Math.min(end.x, down.o.x) - 12, down.at, Math.max(end.x + end.w, down.o.x + down.o.w) + 12, down.at]);
  return { dx: sx, dy: sy, guides };
}

const toGrid = at => Math.round(at / GRID) * GRID - at;

function best(own, theirs, near) {
  let found = null;
  for (const [at, o] of theirs) {
    for (const mine of own) {
      const by = at - mine;
      if (Math.abs(by) <= near && (!found || Math.abs(by) < Math.abs(found.by))) found = { by, at, o };
    }
  }
  return found;
}
