// Full screen only follows a press of the person's own; the rest of the page is the server's.
export function listen() {
    const pressed = event => {
        const link = event.target.closest?.("[data-wall]");
        if (!link) return;
        if (link.dataset.wall === "enter") document.documentElement.requestFullscreen?.().catch(() => { });
        else if (document.fullscreenElement) document.exitFullscreen();
    };
    document.addEventListener("click", pressed);
    return { stop: () => document.removeEventListener("click", pressed) };
}
