// The page of a district: what is going on, what one can say, and what came of it.

import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { inviteModerator } from "./operator";

const home = `/d/${district}`;

test.describe("without script, on a phone", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test("three questions in little room, which open by keyboard", async ({ page }) => {
    await page.goto(home);
    const news = page.getByRole("region", { name: "W skrócie" });
    const box = await news.boundingBox();
    expect(box?.height, "the list begins soon after").toBeLessThan(200);
    await news.getByRole("heading", { name: "Co mogę powiedzieć?" }).locator("..").focus();
    await page.keyboard.press("Enter");
    await news.getByRole("link", { name: /^Zapytaj doradcę/ }).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`${home}/advice/new$`));
  });
});

test("what came of it, out of the way of a list that somebody filters", async ({ mapPage, page }) => {
  await mapPage.open();
  const news = page.getByRole("region", { name: "W skrócie" });
  await news.getByText("Co z tego wynikło?").click();
  await expect(news.getByRole("link", { name: "Wszystko, co z tego wynikło" })).toBeVisible();
  await news.getByText("Co się dzieje?").click();
  await expect(news.getByRole("link", { name: "Cały kalendarz" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("checkbox", { name: /Potrzeby/ }).check();
  await expect(news).toBeHidden();
  await page.getByRole("link", { name: "Wyczyść filtry" }).first().click();
  await expect(news).toBeVisible();
});

test("the next event, and an idea for the next debate", async ({ browser, server, page }) => {
  inviteModerator(server, "Ula", "front-page@example.org");
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const host = await context.newPage();
  const driver = new SignInPage(host, server);
  await driver.ask("front-page@example.org");
  await driver.typeCode("front-page@example.org");
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await host.goto(`${home}/events/new?type=debate`);
  await host.locator('[name="name.pl"]').fill("Debata o bulwarach");
  await host.locator('[name="topic.pl"]').fill("Dla kogo są bulwary?");
  await host.locator('[name="starts"]').fill(`${day}T17:00`);
  await host.locator('[name="ends"]').fill(`${day}T19:00`);
  await host.locator('[name="address.pl"]').fill("Dom kultury");
  await host.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(host.getByRole("heading", { level: 1 })).toHaveText("Debata o bulwarach");
  await context.close();
  const news = page.getByRole("region", { name: "W skrócie" });
  await expect(async () => {
    await page.goto(home);
    await expect(news.getByRole("group").first()).toContainText("Debata o bulwarach", { timeout: 1000 });
  }, "it is kept for a second").toPass();
  await news.getByText("Co mogę powiedzieć?").click();
  await news.getByRole("link", { name: "Zgłoś pomysł na debatę Debata o bulwarach" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("Debata o bulwarach").first()).toBeVisible();
});
