// A resident sees who represents a place, when to meet them, what the council may do there, and what it has decided about needs near it.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";

const section = (page: Page, name: string) => page.getByRole("region", { name });

/** Expects on the page of a place all that a resident asks, and returns the section with the resolutions. */
async function expectAnswer(page: Page) {
  const councillor = section(page, "Twoje radne i Twoi radni").getByRole("listitem");
  await expect(councillor).toHaveCount(1);
  await expect(councillor).toContainText("(postać zmyślona)");
  await expect(councillor).toContainText("Dyżury");
  await expect(councillor.getByRole("link", { name: /^okreg\d@example\.org$/ })).toHaveAttribute("href", /^mailto:/);
  const offices = section(page, "Najbliższe dyżury i punkty kontaktowe").getByRole("listitem");
  await expect(offices).toHaveCount(3);
  await expect(offices.first()).toContainText("w linii prostej");
  await expect(section(page, "Co może rada dzielnicy")).toBeVisible();
  const resolutions = section(page, "Co rada postanowiła w sprawie tego miejsca");
  await expect(resolutions.getByRole("listitem").first()).toContainText(/Uchwała P\/\d, podjęta/);
  return resolutions;
}

test("by tapping on the map, and walks from a resolution to the need and back", async ({ mapPage, page }) => {
  await mapPage.open();
  await mapPage.waitUntilIdle();
  await mapPage.jumpTo(19.951, 50.0455, 16);
  await expect.poll(() => mapPage.renderedFeatures("pins")).toBeGreaterThan(20);
  await mapPage.clickEmptyPlace();
  await mapPage.card.getByRole("link", { name: "Kto reprezentuje to miejsce?" }).click();
  const resolutions = await expectAnswer(page);
  await expectAccessible(page);

  await resolutions.getByRole("link", { name: "Drzewa na starych ulicach" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Drzewa na starych ulicach");
  await expectAccessible(page);
  const need = page.locator(".thing-links").getByRole("link").first();
  const title = (await need.textContent()) ?? "";
  await need.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await page.getByRole("link", { name: "Drzewa na starych ulicach" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Drzewa na starych ulicach");
});

test("by the need that a resolution nearby is about", async ({ page }) => {
  const api = "/api/v1/districts/podgorze";
  const all = (await (await page.request.get(`${api}/resolutions?area=bagry`)).json()) as {
    features: { properties: { answers: number[] } }[];
  };
  const need = all.features[0]?.properties.answers[0];
  const pin = (await (await page.request.get(`${api}/pins/${need}`)).json()) as {
    geometry: { coordinates: [number, number] };
    properties: { title: string };
  };
  const [lon, lat] = pin.geometry.coordinates;
  await page.goto(`/d/podgorze/represents?lon=${lon}&lat=${lat}`);
  const resolutions = await expectAnswer(page);
  await expect(resolutions).toContainText("Dotyczy potrzeby");
  await resolutions.getByRole("link", { name: pin.properties.title }).first().click();
  await expect(page).toHaveURL(new RegExp(`/pins/${need}$`));
});

test("by the keyboard alone, on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/d/podgorze/represents");
  const tabTo = async (target: ReturnType<Page["getByRole"]>): Promise<void> => {
    while (!(await target.evaluate((element) => element === document.activeElement))) {
      await page.keyboard.press("Tab");
    }
  };
  await tabTo(page.getByRole("combobox"));
  await page.keyboard.type("Zabłociu");
  await expect(page.locator(".place-list").getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo(page.getByRole("button", { name: "Pokaż, kto je reprezentuje" }));
  await page.keyboard.press("Enter");
  await expect(page.locator(".lead")).toContainText("okolica Zabłocie");
  await expectAnswer(page);
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await tabTo(page.getByRole("link", { name: "Wszystkie uchwały" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/resolutions\?area=zablocie$/);
  await expect(page.getByRole("link", { name: "Lampy na Zabłociu" })).toBeVisible();
  await expectAccessible(page);
});

test("on the pages of a ward, of the council and of a sub-area", async ({ page }) => {
  await page.goto("/d/podgorze/council");
  await expect(section(page, "Radne i radni").getByRole("listitem")).toHaveCount(9);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Okręg 4 (zmyślony)" }).first().click();
  await expect(section(page, "Twoje radne i Twoi radni").getByRole("listitem")).toHaveCount(1);
  await page.getByRole("link", { name: "Jan Przykładowy", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Jan Przykładowy");
  await expectAccessible(page);
  await page.goto("/d/podgorze/areas/plaszow");
  await page.getByRole("link", { name: "1 uchwała rady dotyczy tej okolicy" }).click();
  await expect(page.getByRole("link", { name: "Lampy przy ulicy Na Zakolu Wisły" })).toBeVisible();
});
