import { expect, type Page } from "@playwright/test";
import { mailed } from "../operator";
import type { Server } from "../server";

/** The pages on which somebody signs in. */
export class SignInPage {
  private readonly used: string[] = [];

  constructor(
    readonly page: Page,
    readonly server: Server,
  ) {}

  /** Asks for a mail at a page that needs signing in, or at the page to sign in. */
  async ask(address: string, path = "/sign-in"): Promise<void> {
    await this.page.goto(path);
    await expect(this.page).toHaveURL(/\/sign-in/);
    await this.page.getByLabel("Adres e-mail").fill(address);
    await this.page.getByRole("button", { name: "Wyślij e-mail" }).click();
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText("Sprawdź pocztę");
  }

  /** Types the code of the newest mail. */
  async typeCode(address: string): Promise<void> {
    const code = await mailed(this.server, address, /(\d{4} \d{4})/, this.used);
    this.used.push(code);
    await this.page.getByLabel("Kod z e-maila").fill(code);
    await this.submit();
  }

  /** Opens the link of the newest mail, which changes nothing. */
  async openLink(address: string, not: string[] = []): Promise<string> {
    const path = await mailed(this.server, address, /(\/sign-in\/[A-Z2-7]{26})/, not);
    await this.page.goto(path);
    await expect(this.page.getByText("Za chwilę zalogujesz się")).toBeVisible();
    return path;
  }

  async submit(): Promise<void> {
    await this.page.getByRole("main").getByRole("button", { name: "Zaloguj się" }).click();
    await expect(this.page).not.toHaveURL(/\/sign-in/);
  }
}
