/**
 * Closes an open `details.facet` of the form on Escape, on a click elsewhere, and when the focus
 * leaves it.
 */
export function closeMenusOutside(form: HTMLFormElement): void {
  const openMenu = (): HTMLDetailsElement | null => form.querySelector("details.facet[open]");
  const closeUnlessContaining = (target: EventTarget | null): void => {
    const menu = openMenu();
    if (menu && target instanceof Node && !menu.contains(target)) {
      menu.open = false;
    }
  };
  document.addEventListener("pointerdown", (event) => closeUnlessContaining(event.target));
  form.addEventListener("focusout", (event) => closeUnlessContaining(event.relatedTarget));
  form.addEventListener("keydown", (event) => {
    const menu = openMenu();
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
