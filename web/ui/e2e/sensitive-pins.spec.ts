// Pins of categories that are shown only in counts: no list names them, and only their reporter can
// open a page of them.

import type { Page } from "@playwright/test";
import type { AddPinPage } from "./drivers/add-pin-page";
import { expect, expectAccessible, test } from "./fixtures";

const title = "Sąsiadka od tygodni jest sama";

async function addSensitivePin(page: Page, addPinPage: AddPinPage): Promise<void> {
  await addPinPage.openStep(3, { lon: "19.9493", lat: "50.0446", category: "loneliness" });
  await expect(page.getByText("nie opublikujemy Twojej pinezki")).toBeVisible();
  await addPinPage.title.fill(title);
  await addPinPage.submit.click();
}

test.describe("a sensitive pin", () => {
  test("added in the form has a page for its reporter alone", async ({ addPinPage, mapPage, pinPage, page }) => {
    await mapPage.open();
    const before = await mapPage.total();
    await addSensitivePin(page, addPinPage);
    await expect(page).toHaveURL(/\/d\/podgorze\/private\/[A-Z2-7]{26}\?added=yes$/);
    await expect(pinPage.title).toHaveText(title);
    await expect(pinPage.thanks).toContainText("Zapisz adres tej strony");
    await expect(page.getByText("Policzymy ją razem z innymi z okolicy")).toBeVisible();
    await expect(page.locator("pinezka-map")).toHaveCount(0);
    await expectAccessible(page);

    const address = page.url().replace("?added=yes", "");
    await page.goto(address);
    await expect(pinPage.title).toHaveText(title);
    await expect(pinPage.thanks).toHaveCount(0);

    await page.getByRole("link", { name: "Wróć do mapy" }).click();
    await expect(mapPage.pins).toHaveCount(30);
    await expect(mapPage.results).not.toContainText(title);
    expect(await mapPage.total(), "pins of this month are not counted yet").toBe(before);
  });

  test("is counted in a sentence beside the list, which filters set aside", async ({ mapPage, page }) => {
    await mapPage.open();
    await expect(mapPage.hexOnly).toHaveText(
      /^oraz \d+ delikatn(a pinezka, pokazana|e pinezki, pokazane|ych pinezek, pokazanych) tylko w liczbach\. Liczymy je w grupach co najmniej 5 osób, razem z sąsiednimi miejscami i całymi miesiącami, żeby nikogo nie dało się rozpoznać\. Grupa z kilku miesięcy liczy się w ostatnim z nich, więc okres może mieć pinezki z innych miesięcy\.$/,
    );
    await mapPage.waitUntilIdle();
    await mapPage.choose("Stan", "W realizacji");
    await expect(mapPage.hexOnly).toHaveText(/^Przy tych filtrach nie liczymy delikatnych pinezek/);
    await expect(page.locator("pinezka-filters > [role=status]")).toHaveText(/ pinez(ka|ki|ek) Przy tych filtrach/);
    await mapPage.consistentTotal();
  });

  test("is counted on the map and in the chart when no other kind of pin matches", async ({ mapPage, page }) => {
    await mapPage.open("?category=loneliness");
    await expect(mapPage.heading).toHaveText("0 pinezek");
    await expect(mapPage.pins).toHaveCount(0);
    await expect(page.locator(".empty")).toContainText("tylko na mapie i w liczbach");
    await expect(page.locator("[data-chart]")).toBeVisible();
    expect(await mapPage.consistentTotal()).toBe(await mapPage.kindCount("need"));
  });

  test("has a sentence in every language, without a doubled full stop", async ({ mapPage, page }) => {
    for (const language of ["pl", "en", "uk"]) {
      await mapPage.open(`?lang=${language}`);
      await expect(mapPage.hexOnly).toHaveText(/\b5\b/);
      await expect(mapPage.hexOnly).not.toHaveText(/\.\./);
      await page.goto(`/d/podgorze?status=reported&lang=${language}`);
      await expect(mapPage.hexOnly).toBeVisible();
    }
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`on a phone, ${colorScheme}`, () => {
      test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme });

      test("its page fits and is accessible", async ({ addPinPage, pinPage, page }) => {
        await addSensitivePin(page, addPinPage);
        await expect(pinPage.thanks).toBeVisible();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        await expectAccessible(page);
      });
    });
  }
});
