import { closeMenusOutside } from "../disclosure-menus";

/** `<pinezka-menu>` closes its menu on Escape, on a click elsewhere, and when the focus leaves it. */
export class HeaderMenu extends HTMLElement {
  connectedCallback(): void {
    closeMenusOutside(this, "details");
  }
}
