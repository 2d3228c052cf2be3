import type { Locator, Page } from "@playwright/test";

/** The page of a pin. */
export class PinPage {
  readonly title: Locator;
  readonly thanks: Locator;
  readonly currentStep: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole("heading", { level: 1 });
    this.thanks = page.locator(".thanks");
    this.currentStep = page.locator(".way [aria-current=step]");
  }

  async open(id: string | number): Promise<void> {
    await this.page.goto(`/d/podgorze/pins/${id}`);
  }

  id(): number {
    return Number(/pins\/(\d+)/.exec(this.page.url())?.[1]);
  }
}
