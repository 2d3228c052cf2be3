const maxBusyMs = 8000; // after which a button works again, whatever has happened

/**
 * Shows that a button works. It stays enabled, since a disabled one would lose the focus, and would
 * stay disabled on a page that Back restores: whoever uses it ignores presses while `isBusy`.
 */
export class BusyButton {
  private label: Node[] | undefined; // while busy
  private timer: number | undefined;

  constructor(private readonly button: HTMLElement) {}

  get isBusy(): boolean {
    return this.label !== undefined;
  }

  /** Shows a text until `stop`, or until a time has passed. */
  start(text: string, timeoutMs = maxBusyMs): void {
    this.stop();
    this.label = [...this.button.childNodes];
    this.button.style.minWidth = `${this.button.offsetWidth}px`;
    this.button.replaceChildren(text);
    this.button.setAttribute("aria-disabled", "true");
    this.button.setAttribute("aria-busy", "true");
    this.timer = window.setTimeout(() => this.stop(), timeoutMs);
  }

  stop(): void {
    clearTimeout(this.timer);
    if (this.label) {
      this.button.replaceChildren(...this.label);
      this.button.removeAttribute("aria-disabled");
      this.button.removeAttribute("aria-busy");
      this.button.style.minWidth = "";
      this.label = undefined;
    }
  }
}
