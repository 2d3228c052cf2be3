// "Mine too" of a pin, in a list, in a popup and on its page.

const timeoutMs = 30_000;

/**
 * `<pinezka-support>` sends its form without leaving the page. With data-src, the path of a page
 * with the form, it loads that when it comes into view.
 */
export class SupportForm extends HTMLElement {
  private isBusy = false;

  connectedCallback(): void {
    this.addEventListener("submit", this.onSubmit);
    const { src } = this.dataset;
    if (src && !this.querySelector("form")) {
      const observer = new IntersectionObserver((entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          observer.disconnect();
          this.load(src).catch((error: unknown) => console.warn(error)); // the page of the pin has it too
        }
      });
      observer.observe(this);
    }
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    const { target: form } = event;
    event.preventDefault();
    if (!(form instanceof HTMLFormElement) || this.isBusy) {
      return;
    }
    this.isBusy = true;
    const path = new URL(form.action).pathname;
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    if (body.has("back")) {
      body.set("back", path); // the page with this form alone, which is as short as here
    }
    this.load(path, { method: "POST", body })
      .catch(() => form.submit()) // the browser says what is wrong
      .finally(() => (this.isBusy = false));
  };

  /** Shows the form of a page. What is read aloud stays the same element, so that its change is. */
  private async load(path: string, options: RequestInit = {}): Promise<void> {
    const response = await fetch(path, { ...options, signal: AbortSignal.timeout(timeoutMs) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const source = page.querySelector("pinezka-support");
    if (!response.ok || !source) {
      throw new Error(`${path}: status ${response.status}`);
    }
    const hadFocus = this.contains(document.activeElement);
    const loaded = [...document.importNode(source, true).children];
    const status = this.querySelector("[role=status]");
    const loadedStatus = loaded.find((child) => child.matches("[role=status]"));
    if (status && loadedStatus) {
      status.replaceChildren(...loadedStatus.childNodes);
      this.querySelector("form")?.replaceWith(...loaded.filter((child) => child !== loadedStatus));
    } else {
      this.replaceChildren(...loaded);
    }
    if (hadFocus) {
      this.querySelector("button")?.focus({ preventScroll: true });
    }
  }
}
