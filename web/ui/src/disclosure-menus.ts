/**
 * Closes an open menu, a `details` that the selector finds in the element, on Escape, on a click
 * elsewhere, and when the focus leaves it.
 */
export function closeMenusOutside(element: HTMLElement, selector: string): void {
  const openMenu = (): HTMLDetailsElement | null => element.querySelector(`${selector}[open]`);
  const closeUnlessContaining = (target: EventTarget | null): void => {
    const menu = openMenu();
    if (menu && target instanceof Node && !menu.contains(target)) {
      menu.open = false;
    }
  };
  document.addEventListener("pointerdown", (event) => closeUnlessContaining(event.target));
  element.addEventListener("focusout", (event) => closeUnlessContaining(event.relatedTarget));
  element.addEventListener("keydown", (event) => {
    const menu = openMenu();
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
