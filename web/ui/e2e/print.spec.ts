// The page for printing, on the screen and on paper, and the files of the list.

import { readFileSync } from "node:fs";
import { digits } from "./drivers/map-page";
import { expect, expectAccessible, test } from "./fixtures";

const drawnHexes = "#map=13.2/50.0455/19.951";

test.describe("a councillor prints what the map shows", () => {
  test("with the map where it is, the numbers and the whole list", async ({ mapPage, page }) => {
    await mapPage.open(`?kind=potential${drawnHexes}`);
    await mapPage.waitUntilIdle();
    const classes = await mapPage.legendClasses();
    const listed = digits(await mapPage.heading.innerText());
    expect(listed).toBeGreaterThan(30);
    await page.getByRole("link", { name: "Wydruk", exact: true }).click();
    await expect(page).toHaveURL(/\/d\/podgorze\/print\?kind=potential#map=13\.2\/50\.0455\/19\.951$/);

    await mapPage.waitUntilIdle();
    expect(await mapPage.camera()).toEqual({ zoom: 13.2, lat: 50.0455, lon: 19.951 });
    expect(await mapPage.renderedFeatures("hexes")).toBeGreaterThan(0);
    expect(await mapPage.legendClasses()).toEqual(classes);
    await expect(mapPage.map.getByRole("button")).toHaveCount(0);
    await expect(page.locator("[data-total]")).toHaveAttribute("data-total", String(listed));
    const items = page.locator(".print-pins li");
    await expect(items).toHaveCount(listed);
    const titles = await items.locator("h3").allInnerTexts();

    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sheets = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(sheets, "the list of as many pins takes several sheets").toBeGreaterThan(3);
    expect(pdf, "the map is an image").toContain("/Subtype /Image");
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText("Wersja pokazowa").filter({ visible: true })).toHaveCount(1);
    await expect(items.first()).toHaveCSS("list-style-type", "decimal");
    await expect(page.locator(".foot")).toBeHidden();
    for (const title of [titles[0], titles.at(-1)]) {
      await expect(items.getByRole("heading", { name: title, exact: true }).first()).toBeVisible();
    }
  });

  test("of one hex: its pins alone", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const all = await mapPage.heading.getAttribute("data-total");
    await mapPage.click("hexes");
    await mapPage.card.getByRole("button", { name: "Pokaż te pinezki na liście" }).click();
    await expect(page).toHaveURL(/cell=/);
    await expect(mapPage.heading).not.toHaveAttribute("data-total", all ?? "");
    const listed = digits(await mapPage.heading.innerText());
    await page.getByRole("link", { name: "Wydruk", exact: true }).click();
    await expect(page.locator("#print-totals")).toHaveAttribute("data-total", String(listed));
    await expect(page.locator(".print-pins li")).toHaveCount(listed);
  });

  test("of the whole district, with pins where it is close", async ({ mapPage, page }) => {
    await page.goto("/d/podgorze/print#map=16/50.0455/19.951");
    await mapPage.waitUntilIdle();
    expect(await mapPage.renderedFeatures("pins")).toBeGreaterThan(0);
    await expect(mapPage.legend).toContainText("Potrzeby");
    await expect(page.locator(".print-pins li")).toHaveCount(1000);
    await expect(page.locator(".pins")).toHaveCount(0);
  });

  test.describe("with dark colours", () => {
    test.use({ colorScheme: "dark" });
    test("on light paper", async ({ mapPage, page }) => {
      await page.goto("/d/podgorze/print?kind=need");
      await mapPage.waitUntilIdle();
      const inside = await mapPage.map.evaluate((element) =>
        getComputedStyle(element).getPropertyValue("--map-inside"),
      );
      expect(inside).toBe("#fafaf6");
      await expectAccessible(page);
      await page.emulateMedia({ forcedColors: "active" });
      const land = await mapPage.map.evaluate((element) => getComputedStyle(element).getPropertyValue("--map-land"));
      expect(land).toBe("#ffffff");
    });
  });
});

test.describe("somebody takes the list away", () => {
  for (const [name, count] of [
    ["CSV", (text: string) => text.trim().split("\r\n").length - 1],
    ["GeoJSON", (text: string) => (JSON.parse(text) as { features: unknown[] }).features.length],
  ] as const) {
    test(`as ${name}, with as many pins as the heading says`, async ({ mapPage, page }) => {
      await mapPage.open("?kind=potential&q=ogród");
      await mapPage.waitUntilIdle();
      const listed = digits(await mapPage.heading.innerText());
      expect(listed).toBeGreaterThan(0);
      const downloading = page.waitForEvent("download");
      await page.getByRole("link", { name, exact: true }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(
        new RegExp(`^podgorze-\\d{4}-\\d{2}-\\d{2}\\.${name.toLowerCase()}$`),
      );
      expect(count(readFileSync(await download.path(), "utf8"))).toBe(listed);
    });
  }
});
