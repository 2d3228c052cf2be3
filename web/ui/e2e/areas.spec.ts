// The page of a sub-area: what hurts, what is there, what has changed, on the screen, on a phone and on paper.

import { readFileSync } from "node:fs";
import { digits } from "./drivers/map-page";
import { expect, expectAccessible, test } from "./fixtures";

test.describe("an animator plans work in Płaszów", () => {
  test("finds its page from the map, and from a number the pins behind it", async ({ mapPage, page }) => {
    await mapPage.open("?area=plaszow");
    await page.getByRole("link", { name: "Płaszów", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Płaszów: co doskwiera, co już jest, co się zmieniło?",
    );
    await expect(page.locator(".lead")).toContainText("zgłoszono tu");
    await expectAccessible(page);

    const number = page.locator('[data-count="now"]').first();
    const counted = digits(await number.innerText());
    expect(counted).toBeGreaterThan(0);
    await number.click();
    await expect(page).toHaveURL(/\?area=plaszow&category=[a-z-]+&from=\d{4}-\d{2}&to=\d{4}-\d{2}/);
    await expect(mapPage.heading).toHaveAttribute("data-total", String(counted));
  });

  test("goes to the pins that made a hotspot in three steps", async ({ page }) => {
    await page.goto("/d/podgorze/areas/plaszow?months=12");
    await page.locator(".area-cluster").first().getByRole("link", { name: "Gdzie i dlaczego" }).click(); // one: where
    await expect(page).toHaveURL(/\/hotspots\?area=plaszow&from=/);
    await page.getByRole("table").getByRole("row").nth(1).getByRole("link").click(); // two: why there
    const pins = page.locator(".evidence-pins a");
    await expect(pins.nth(2)).toBeVisible();
    await pins.nth(2).click(); // three: what somebody says
    await expect(page).toHaveURL(/\/pins\/\d+/);
  });

  test("compares with a year before, without JavaScript too", async ({ browser, server }) => {
    const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false, locale: "pl" });
    const page = await context.newPage();
    await page.goto("/d/podgorze/areas/plaszow");
    await page.getByLabel("Długość").selectOption("12 miesięcy");
    await page.getByLabel("Porównaj z").selectOption("tymi samymi miesiącami rok wcześniej");
    await page.getByRole("button", { name: "Pokaż" }).click();
    await expect(page).toHaveURL(/months=12&against=year/);
    await expect(page.getByLabel("Długość")).toHaveValue("12");
    await expect(page.getByRole("img", { name: /Pinezki według miesięcy/ })).toBeVisible();
    await page.getByText("Pokaż liczby w tabeli").first().click();
    await expect(page.getByRole("table").nth(1).getByRole("row")).toHaveCount(25);
    await context.close();
  });

  test("reads it on a phone in Ukrainian", async ({ browser, server }) => {
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: { width: 390, height: 844 },
      isMobile: true,
      locale: "uk-UA",
    });
    const page = await context.newPage();
    await page.goto("/d/podgorze/areas/plaszow");
    await expect(page.getByRole("heading", { name: "Що болить", exact: true })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await context.close();
  });

  test("sees the charts when colours are forced", async ({ browser, server }) => {
    const context = await browser.newContext({
      baseURL: server.url,
      forcedColors: "active",
      colorScheme: "dark",
      locale: "pl",
    });
    const page = await context.newPage();
    await page.goto("/d/podgorze/areas/plaszow");
    const colours = await page.evaluate(() => {
      const system = document.createElement("div");
      system.style.color = "CanvasText";
      document.body.append(system);
      const fill = (selector: string): string => getComputedStyle(document.querySelector(selector) as Element).fill;
      return {
        text: getComputedStyle(system).color,
        all: [".graph text", ".bar-cell .ink", ".bar-cell .bars-mark"].map(fill),
      };
    });
    expect(colours.all).toEqual([colours.text, colours.text, colours.text]);
    await context.close();
  });

  test("takes it away: on two sheets at most, and as a table that says what it is", async ({ page }) => {
    await page.goto("/d/podgorze/areas/plaszow");
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(2);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("button", { name: "Pokaż" })).toBeHidden();
    await expect(page.getByRole("heading", { name: "Jak to policzono" })).toBeVisible();
    await page.emulateMedia({ media: "screen" });
    for (const [name, start] of [
      ["CSV", "\uFEFFRodzaj;Kategoria;Pinezki ("],
      ["XLSX", "PK"],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name, exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(
        new RegExp(`^podgorze-plaszow-\\d{4}-\\d{2}\\.${name.toLowerCase()}$`),
      );
      expect(readFileSync(await download.path(), "utf8").startsWith(start)).toBe(true);
    }
  });
});
