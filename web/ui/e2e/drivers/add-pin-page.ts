import type { Locator, Page } from "@playwright/test";

/** The form that adds a pin, in three steps. */
export class AddPinPage {
  readonly next: Locator;
  readonly placeSearch: Locator;
  readonly title: Locator;
  readonly body: Locator;
  readonly email: Locator;
  readonly submit: Locator;
  readonly errorSummary: Locator;

  constructor(readonly page: Page) {
    this.next = page.getByRole("button", { name: "Dalej" });
    this.placeSearch = page.getByLabel("Nazwa miejsca lub ulicy");
    this.title = page.getByLabel("W jednym zdaniu");
    this.body = page.getByLabel("Więcej szczegółów");
    this.email = page.getByLabel("Twój adres e-mail");
    this.submit = page.getByRole("button", { name: "Dodaj pinezkę" });
    this.errorSummary = page.locator("[data-faults]");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/d/podgorze/add${query}`);
  }

  step(): Promise<string> {
    return this.page.locator(".steps [aria-current=step]").innerText();
  }
}
