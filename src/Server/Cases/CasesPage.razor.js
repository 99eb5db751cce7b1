// Further rows are asked for when the end of the list comes into sight. Without this the link does the same.
export function follow(list) {
  const sight = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) target.click();
  }, { rootMargin: "400px" });
  const look = () => {
    sight.disconnect();
    const more = list.querySelector("[data-more=scroll]");
    if (more) sight.observe(more);
  };
  const change = new MutationObserver(look);
  change.observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-more"] });
  look();
  return {
    stop: () => {
      change.disconnect();
      sight.disconnect();
    },
  };
}
