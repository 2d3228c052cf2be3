// Coverage: an animator asks where nobody was heard, narrows that down, and goes there on the map.

import type { Page } from "@playwright/test";
import type { components } from "../src/api.gen";
import type { MapElement } from "../src/elements/map-element";
import { expect, expectAccessible, test } from "./fixtures";

/** Returns the cells that the map draws as silent, in order. */
const drawnSilence = (page: Page): Promise<string[]> =>
  page.locator("pinezka-map").evaluate((element: MapElement) => {
    const { map } = element;
    const drawn = map?.getLayer("silence") ? map.queryRenderedFeatures({ layers: ["silence"] }) : [];
    return [...new Set(drawn.map(({ properties }) => String(properties.h3)))].sort();
  });

test.use({ locale: "pl-PL" });

test("an animator finds where people live and nobody was heard", async ({ page, mapPage }) => {
  await page.goto("/d/podgorze");
  await page.getByRole("link", { name: "Gdzie nikogo nie słyszeliśmy?" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gdzie nikogo nie słyszeliśmy?");
  await expect(page.getByText("Cisza to nie brak potrzeb.")).toBeVisible();
  await expect(page.getByText("Źródło: made up")).toBeVisible();
  await expect(page.getByRole("img", { name: "Komórki według tego, czy kogoś słyszeliśmy" })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Rodzaj", { exact: true }).selectOption("Organizacje");
  await page.getByLabel("Mieszkańców komórki co najmniej").fill("300");
  await page.getByRole("button", { name: "Pokaż" }).click();
  await expect(page).toHaveURL(/kind=organisation&res=9&minimum=300/);
  await expect(page.getByText("mieszka w niej co najmniej 300 osób", { exact: false })).toBeVisible();
  const where = page.getByRole("region", { name: "Milczące okolice" });
  await expect(where.getByRole("row")).not.toHaveCount(0);
  await expectAccessible(page);

  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "XLSX" }).click();
  expect((await file).suggestedFilename()).toBe("podgorze-coverage.xlsx");

  await where.getByRole("link").first().click();
  await mapPage.waitUntilIdle();
  await expect(page).toHaveURL(/\/d\/podgorze#map=1\d/);
});

test("the map hatches where nobody was heard, and says that this is not absence of need", async ({ page, mapPage }) => {
  await page.goto("/d/podgorze/coverage?kind=organisation");
  await page.getByRole("link", { name: "Pokaż na mapie z ulicami" }).click();
  await expect(page).toHaveURL(/\/d\/podgorze\?kind=organisation&show=silence$/);
  await mapPage.waitUntilIdle();
  const legend = page.locator(".legend");
  await expect(legend).toContainText("Mieszka tam co najmniej 100 osób, a nie ma takiej pinezki");
  await expect(legend).toContainText("Cisza to nie brak potrzeb.");
  await expect(legend).toContainText(/Mieszkańcy: made up .*, \d+ \p{L}+ \d{4}\./u);
  const silence = legend.getByRole("checkbox", { name: "Gdzie nikogo nie słyszeliśmy" });
  await expect(silence).toBeChecked();
  const response = await page.request.get("/api/v1/districts/podgorze/coverage?kind=organisation&format=geojson");
  const { features } = (await response.json()) as components["schemas"]["CoverageCollection"];
  const silent = features.filter(({ properties }) => properties.class === "silent");
  expect(silent.length).toBeGreaterThan(0);
  await expect.poll(() => drawnSilence(page)).toEqual(silent.map(({ id }) => id).sort());
  await expectAccessible(page);

  // By keyboard: what is known of a silent cell is said, and leads to all of it.
  const [ring = []] = (silent[0]?.geometry.coordinates ?? []) as [number, number][][];
  const [lon, lat] = ([0, 1] as const).map((i) => ring.slice(1).reduce((sum, corner) => sum + corner[i], 0) / 6);
  await mapPage.jumpTo(lon ?? 0, lat ?? 0, 15);
  await page.locator(".maplibregl-canvas").focus();
  await page.keyboard.press("ArrowRight");
  const status = mapPage.map.getByRole("status").filter({ hasText: "W zakreskowanym sześciokącie" });
  await expect(status).toHaveText(/mieszka około \d+ os(ób|oby), a nie ma takiej pinezki\.$/);
  await page.keyboard.press("Enter");
  const popup = page.getByRole("dialog");
  await expect(popup).toContainText(/W zakreskowanym sześciokącie mieszka około \d+ osób/);
  await expect(popup.getByRole("link", { name: "Dodaj tu pinezkę" })).toBeVisible();
  await expectAccessible(page);
  await popup.getByRole("link", { name: "Tabela i objaśnienia" }).click();
  await expect(page).toHaveURL(/\/coverage\?kind=organisation$/);
});

test("silence and hotspots are shown together, and each alone", async ({ page, mapPage }) => {
  await mapPage.open("?category=lighting");
  await mapPage.waitUntilIdle();
  const box = (name: string) => page.locator(".legend").getByRole("checkbox", { name });
  await box("Gdzie nikogo nie słyszeliśmy").check();
  await expect(page).toHaveURL(/show=silence/);
  await box("Skupiska").check();
  await expect(page).toHaveURL(/show=hotspots%2Csilence|show=hotspots,silence/);
  await expect(page.locator(".legend")).toContainText("Znacznie więcej");
  const order = await mapPage.layers();
  expect(order.indexOf("silence"), "the hatch is above the colours").toBeGreaterThan(order.indexOf("hotspots"));
  await expect(page.locator(".legend")).toContainText("Cisza to nie brak potrzeb.");
  await box("Skupiska").uncheck();
  await expect(page.locator(".legend")).not.toContainText("Znacznie więcej");
  await mapPage.chips.first().click();
  await expect(page.locator(".legend")).toContainText("Mieszka tam co najmniej 100 osób, a nikogo nie słyszeliśmy");
  await box("Gdzie nikogo nie słyszeliśmy").uncheck();
  await expect(page.locator(".legend")).not.toContainText("Cisza to nie brak potrzeb.");
  await expect(page).not.toHaveURL(/show=/);
  await expect.poll(() => drawnSilence(page)).toEqual([]);
});

test("the page of coverage fits on a phone and on paper", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/d/podgorze/coverage?lang=uk");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Де нікого не почули?");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Показати" })).toBeHidden();
});
