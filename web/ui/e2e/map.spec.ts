import type { components } from "../src/api.gen";
import type { MapElement } from "../src/elements/map-element";
import { expect, test } from "./fixtures";

test.describe("a resident opens the map", () => {
  test("and sees hexes, area names, a legend and the list beside it", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await expect.poll(() => mapPage.renderedFeatures("hexes")).toBeGreaterThan(20);
    expect(await mapPage.renderedFeatures("pins")).toBe(0);
    await expect(page.locator(".area-name", { hasText: "Stare Podgórze" })).toBeVisible();
    await expect(mapPage.legend).toContainText("Liczba pinezek w sześciokącie");
    await expect(mapPage.legend).toContainText(/około \d+ m szerokości/);
    await expect(mapPage.legend.locator(".legend-scale li").first()).toBeVisible();
    await expect(mapPage.heading).toHaveText(/pinez(ka|ki|ek)$/);
    await expect(mapPage.pins).toHaveCount(30);
  });

  test("and sees area names in the language of the page, or else in the default one", async ({ mapPage, page }) => {
    await page.route("**/districts/podgorze/areas", async (route) => {
      const response = await route.fetch();
      const areas = (await response.json()) as components["schemas"]["AreaCollection"];
      for (const { properties } of areas.features) {
        if (properties.slug === "zablocie") {
          properties.names.uk = "Заблоце";
        }
      }
      await route.fulfill({ response, json: areas });
    });
    await mapPage.open("?lang=uk");
    await expect(page.locator(".area-name", { hasText: "Заблоце" })).toBeVisible();
    await expect(page.locator(".area-name", { hasText: "Płaszów" })).toBeVisible();
  });

  test("a hex shows its counts, and zooms in", async ({ mapPage }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.click("hexes");
    await expect(mapPage.card).toContainText(/pinez(ka|ki|ek)/);
    await expect(mapPage.card).toContainText("Potrzeby");
    await mapPage.card.getByRole("button", { name: "Zobacz z bliska" }).click();
    await expect(mapPage.card).toHaveCount(0);
  });

  test("at street scale pins replace hexes, and a pin links to its page", async ({ mapPage, pinPage }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.jumpTo(19.951, 50.0455, 16);
    await expect.poll(() => mapPage.renderedFeatures("pins")).toBeGreaterThan(20);
    expect(await mapPage.renderedFeatures("hexes")).toBe(0);
    await expect(mapPage.legend).toContainText("Potencjały");
    const icons = await mapPage.map.evaluate((element) =>
      (element as MapElement).map?.listImages().filter((name) => name.startsWith("category-")),
    );
    expect(icons).toContain("category-greenery");
    expect(icons).toContain("category-public-transport");
    await mapPage.click("pins");
    const title = await mapPage.card.locator(".card-title").first().innerText();
    await mapPage.card.getByRole("link").first().click();
    await expect(pinPage.title).toHaveText(title.trim());
  });

  test("by keyboard: Enter opens the popup of the centre, Escape closes it", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.jumpTo(19.951, 50.0455, 12.6);
    const canvas = page.locator(".maplibregl-canvas");
    await canvas.focus();
    await page.keyboard.press("Enter");
    await expect(mapPage.card).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(mapPage.card).toHaveCount(0);
    await expect(canvas).toBeFocused();
  });

  test("a pin of the list is highlighted on the map, and shown there on request", async ({ mapPage, page }) => {
    await mapPage.open("?kind=organisation");
    await mapPage.waitUntilIdle();
    const first = mapPage.pins.first();
    await first.getByRole("link").focus();
    await expect(page.locator(".lit")).toBeVisible();
    await first.getByRole("button", { name: "Pokaż na mapie" }).click();
    await expect.poll(() => mapPage.renderedFeatures("pins")).toBeGreaterThan(0);
  });

  test("without WebGL there is a note, and the list", async ({ mapPage, page }) => {
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await mapPage.open();
    await expect(page.locator(".map-note")).toContainText("nie obsługuje WebGL");
    await expect(mapPage.pins).toHaveCount(30);
  });
});
