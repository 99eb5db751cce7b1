// A picture wider than its box begins where the case stands; also once what was folded away is opened.
export function show(fold) {
  if (!fold) return; // The page moved on, and the picture is gone.
  const bring = () => fold.querySelectorAll(".scroll").forEach(box => {
    const here = box.querySelector(".is-here");
    if (!here) return;
    const [outer, inner] = [box.getBoundingClientRect(), here.getBoundingClientRect()];
    box.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  });
  fold.ontoggle = bring;
  bring();
}
