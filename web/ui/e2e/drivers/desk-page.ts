import { expect, type Locator, type Page } from "@playwright/test";

/** The desk of the moderators, used by keys. */
export class DeskPage {
  readonly done: Locator; // what was just done
  readonly alert: Locator;
  readonly text: Locator; // of the thing that is open

  constructor(readonly page: Page) {
    this.done = page.getByRole("status").filter({ has: page.getByRole("paragraph") });
    this.alert = page.getByRole("alert");
    this.text = page.locator(".desk-body");
  }

  async open(): Promise<void> {
    await this.page.goto("/d/podgorze/desk");
  }

  /** Expects that a thing is open. */
  async expectThing(title: string | RegExp): Promise<void> {
    await expect(this.page.getByRole("article").getByRole("heading", { level: 2 })).toHaveText(title);
  }

  /** Presses keys one after the other, once the page listens to them. */
  async press(...keys: string[]): Promise<void> {
    await expect(this.page.getByRole("checkbox", { name: "Skróty jednoliterowe" })).toBeVisible();
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  /** Opens the form of a key, and expects that one of its fields has the focus. */
  async openForm(key: string, field: Locator): Promise<void> {
    await this.press(key);
    await expect(field).toBeFocused();
  }

  /** Goes to the button of the open form, and presses it. */
  async send(name: string): Promise<void> {
    const button = this.page.locator("details[open]").getByRole("button", { name, exact: true });
    while (!(await button.evaluate((element) => element === document.activeElement))) {
      await this.page.keyboard.press("Tab");
    }
    await this.page.keyboard.press("Enter");
  }
}
