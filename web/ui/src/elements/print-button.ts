/** `<pinezka-print>` shows its button, which prints the page. */
export class PrintButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    button?.removeAttribute("hidden");
    button?.addEventListener("click", () => window.print());
  }
}
