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

  async open(): Promise<void> {
    await this.page.goto("/d/podgorze/add");
  }

  /** Opens a step by sending the previous one with the fields, as its form does. */
  async openStep(step: number, fields: Record<string, string>): Promise<void> {
    await this.open();
    await Promise.all([
      this.page.waitForEvent("domcontentloaded"),
      this.page.evaluate(
        (fields) => {
          const form = document.createElement("form");
          form.method = "post";
          for (const [name, value] of Object.entries(fields)) {
            const input = document.createElement("input");
            Object.assign(input, { type: "hidden", name, value });
            form.append(input);
          }
          document.body.append(form);
          form.submit();
        },
        { step: String(step - 1), ...fields },
      ),
    ]);
  }

  step(): Promise<string> {
    return this.page.locator(".steps [aria-current=step]").innerText();
  }
}
