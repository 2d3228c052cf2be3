// What a slow connection sees.

import { expect, test } from "./fixtures";

test("before the script has come, list and numbers are there, and the map says that it loads", async ({
  mapPage,
  page,
}) => {
  await page.route(/\/assets\/app-.*\.js/, () => {}); // never answered
  await page.goto("/d/podgorze", { waitUntil: "commit" });
  await expect(mapPage.pins).toHaveCount(30);
  await expect(mapPage.heading).toBeVisible();
  expect(await mapPage.kindCount("need")).toBeGreaterThan(100);
  await expect(mapPage.kind("Potrzeby")).toBeEnabled();
  await expect(page.locator(".map-loading")).toHaveText("Wczytywanie mapy…");
  await expect(page.locator(".map-note")).toHaveCount(0);
});

test("while tiles are loading, the map says so, in words and to assistive technology", async ({ mapPage, page }) => {
  let answer = (): void => {};
  const wait = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/tiles\/podgorze\/hexes\//, async (route) => {
    await wait;
    await route.continue();
  });
  await mapPage.open();
  await expect(page.locator(".map-loading")).toHaveText("Wczytywanie mapy…");
  await expect(mapPage.map).toHaveAttribute("aria-busy", "true");
  await expect(mapPage.legend.locator(".legend-scale li").first(), "the scale is known").toBeVisible();
  answer();
  await expect(mapPage.map).toHaveAttribute("aria-busy", "false");
  await expect(page.locator(".map-loading")).toBeEmpty();
});
