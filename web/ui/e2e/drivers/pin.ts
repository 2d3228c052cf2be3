import type { Locator, Page } from "@playwright/test";

/** A pin's own page. */
export class PinPage {
  readonly title: Locator;
  readonly words: Locator;
  readonly thanks: Locator;
  readonly now: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole("heading", { level: 1 });
    this.words = page.locator(".pin-words");
    this.thanks = page.locator(".thanks");
    this.now = page.locator(".way [aria-current=step]");
  }

  async open(id: string | number): Promise<void> {
    await this.page.goto(`/d/podgorze/pins/${id}`);
  }

  id(): number {
    return Number(/pins\/(\d+)/.exec(this.page.url())?.[1]);
  }
}
