import { expect, type Locator, type Page } from "@playwright/test";

/** The form that adds a pin, in three steps. */
export class AddPinPage {
  readonly next: Locator;
  readonly placeSearch: Locator;
  readonly title: Locator;
  readonly body: Locator;
  readonly email: Locator;
  readonly submit: Locator;
  readonly errorSummary: Locator;
  readonly chosenPlace: Locator;
  readonly draftFound: Locator;
  readonly unsent: Locator;

  constructor(readonly page: Page) {
    this.next = page.getByRole("button", { name: "Dalej" });
    this.placeSearch = page.getByLabel("Nazwa miejsca lub ulicy");
    this.title = page.getByLabel("W jednym zdaniu");
    this.body = page.getByLabel("Więcej szczegółów");
    this.email = page.getByLabel("Twój adres e-mail");
    this.submit = page.getByRole("button", { name: "Dodaj pinezkę" });
    this.errorSummary = page.locator("[data-faults]");
    this.chosenPlace = page.locator(".place-chosen");
    this.draftFound = page.locator(".draft-found");
    this.unsent = page.locator(".unsent");
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

  /** Fills in all steps as somebody does, and stops before the last one is sent. */
  async fillIn(title: string): Promise<void> {
    await this.page.goto("/d/podgorze/add#at=19.9493,50.0446");
    await expect(this.chosenPlace).toContainText("50.04460");
    await this.next.click();
    await this.page.locator(".is-kinds .card", { hasText: "Potrzeba" }).click();
    await this.page.locator(".is-categories.is-open .card", { hasText: "Zieleń" }).click();
    await this.next.click();
    await this.title.fill(title);
  }
}
