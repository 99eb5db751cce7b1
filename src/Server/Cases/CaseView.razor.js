// What the browser prints is the case alone: see the rules for paper in cases.css.
export function print() {
  document.querySelectorAll("details").forEach(fold => { fold.dataset.wasOpen = fold.open; fold.open = true; });
  window.print();
  document.querySelectorAll("details").forEach(fold => { fold.open = fold.dataset.wasOpen === "true"; delete fold.dataset.wasOpen; });
}
