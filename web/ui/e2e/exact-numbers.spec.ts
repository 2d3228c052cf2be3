// Exact numbers: what the staff see, and nobody else.

import { digits } from "./drivers/map-page";
import { SignInPage } from "./drivers/sign-in-page";
import { expect, expectAccessible, test } from "./fixtures";
import { inviteAnimator } from "./operator";

test("an animator sees exact numbers of Płaszów, whose address shows nothing to others", async ({
  page,
  browser,
  server,
}) => {
  inviteAnimator(server, "Olga Mazur", "olga.mazur@example.org", "plaszow");
  const signIn = new SignInPage(page, server);
  await signIn.ask("olga.mazur@example.org", "/d/podgorze/desk");
  await signIn.typeCode("olga.mazur@example.org");
  await page.getByRole("link", { name: "Dokładne liczby" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ile dokładnie?");
  await expect(page.locator(".exact-mark")).toContainText("Dokładne liczby, tylko dla zespołu.");
  await page.getByLabel("Okolica", { exact: true }).selectOption("Płaszów");
  await page.getByRole("button", { name: "Pokaż" }).click();
  await expect(page).toHaveURL(/\/desk\/numbers\?area=plaszow/);
  await expectAccessible(page);

  const rows = page.getByRole("table").getByRole("row");
  const all = await rows.last().locator('[data-exact="published"]').innerText();
  let sum = 0;
  for (const cell of await page.locator('tbody [data-exact="published"]').allInnerTexts()) {
    sum += digits(cell);
  }
  expect(sum).toBe(digits(all));
  await page.screenshot({ path: test.info().outputPath("exact-numbers.png"), fullPage: true });

  const stranger = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const other = await stranger.newPage();
  await other.goto(page.url());
  await expect(other).toHaveURL(/\/sign-in/);
  await stranger.close();

  await page.setViewportSize({ width: 390, height: 844 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  await page.screenshot({ path: test.info().outputPath("exact-numbers-phone.png"), fullPage: true });
});
