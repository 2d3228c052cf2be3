// Zoom of 400 %, long words, forced colours, and languages that differ from that of the page.

import { expect, expectAccessible, test } from "./fixtures";

test.describe("at a zoom of 400 %", () => {
  test.use({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });

  test("the map page keeps names, legend, chosen state and layout, also with a long word", async ({
    mapPage,
    page,
    pinPage,
    request,
  }) => {
    const title = "Konstantynopolitańczykowianeczkówna".repeat(3);
    const data = { category: "greenery", title, body: title, lon: 19.97, lat: 50.05 };
    const response = await request.post("/api/v1/districts/podgorze/pins", { data });
    expect(response.status()).toBe(201);
    await mapPage.open("?kind=need");
    await mapPage.waitUntilIdle();
    const noSidewaysScroll = async (): Promise<void> =>
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await noSidewaysScroll();
    await expect(mapPage.pins.first()).toContainText(title);
    await mapPage.legend.locator(":scope > summary").click();
    const [legend, map] = await Promise.all([mapPage.legend, mapPage.map].map((l) => l.boundingBox()));
    expect(legend?.y ?? 0, "the legend is in the map").toBeGreaterThanOrEqual(map?.y ?? 0);
    await mapPage.legend.locator(":scope > summary").click();
    await mapPage.pins.first().getByRole("button", { name: "Pokaż na mapie" }).click();
    await expect(mapPage.card.locator("[aria-current]")).toContainText(title);
    await mapPage.waitUntilIdle();
    const card = await mapPage.card.boundingBox();
    expect((card?.x ?? 0) + (card?.width ?? 0), "the popup is on the screen").toBeLessThanOrEqual(320);
    await noSidewaysScroll();
    await expectAccessible(page);
    const { id } = (await response.json()) as { id: number };
    await pinPage.open(id);
    await noSidewaysScroll();
  });
});

test.describe("with forced colours", () => {
  test.use({ forcedColors: "active" });

  test("chosen kinds and pins, the legend and names are still told apart", async ({ mapPage, page }) => {
    await mapPage.open("?kind=need");
    await mapPage.waitUntilIdle();
    const style = (selector: string, property: string): Promise<string> =>
      page.locator(selector).evaluate((e, property) => getComputedStyle(e).getPropertyValue(property), property);
    expect(await style(".kind.is-need", "outline-style")).toBe("solid");
    expect(await style(".kind.is-potential", "outline-style")).toBe("none");
    const colours = await mapPage.legend
      .locator(".legend-scale i")
      .evaluateAll((all) => all.map((e) => getComputedStyle(e).backgroundColor));
    expect(new Set(colours).size).toBe(colours.length);
    await expect(page.locator(".area-name:not([hidden])").first()).toBeVisible();
    await mapPage.pins.first().getByRole("button", { name: "Pokaż na mapie" }).click();
    await expect(page.locator(".pins [aria-current]")).toHaveCSS("outline-style", "solid");
    await page.evaluate(() => scrollTo(0, 0)); // so that the header covers nothing
    await expectAccessible(page);
  });
});

test("with forced colours, the page for printing keeps the legend and the shapes of kinds", async ({
  mapPage,
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/d/podgorze/print?kind=organisation");
  await mapPage.waitUntilIdle();
  const swatches = await mapPage.legend
    .locator(".legend-scale i")
    .evaluateAll((all) => all.map((e) => getComputedStyle(e).backgroundColor));
  expect(swatches.length).toBeGreaterThan(1);
  expect(new Set(swatches).size).toBe(swatches.length);
  await expect(page.locator(".print-pins .badge").first()).toBeVisible();
  await expectAccessible(page);
});

test("area names that compete for room are ranked by their pins", async ({ mapPage, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await mapPage.open();
  await mapPage.waitUntilIdle();
  await expect(page.locator(".area-name:not([hidden])").filter({ hasText: "Płaszów" })).toBeVisible();
  await mapPage.open("?area=kabel#map=10.3/50.04/19.99");
  await mapPage.waitUntilIdle();
  expect(await page.locator(".area-name:not([hidden])").allInnerTexts()).toContain("Kabel");
});
