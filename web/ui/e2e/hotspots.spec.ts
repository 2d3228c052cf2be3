// Hotspots: from the map to the pins that made one, the sentence about one's corner, and the layer of the map.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";

const path = "/d/podgorze/hotspots";

/** Waits until the legend of the map has classes of hotspots. */
async function expectClasses(page: Page, ...labels: string[]): Promise<void> {
  const legend = page.locator(".legend");
  for (const label of labels) {
    await expect(legend).toContainText(label);
  }
}

test.describe("an animator", () => {
  test("goes from the map to the pins that made a hotspot", async ({ mapPage, page }) => {
    await mapPage.open("?category=lighting");
    await mapPage.waitUntilIdle();
    await page.getByRole("link", { name: "Gdzie jest ich więcej, niż tłumaczyłby przypadek?" }).click();
    await expect(page).toHaveURL(/\/hotspots\?category=lighting$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Gdzie potrzeb z kategorii „Oświetlenie” jest więcej, niż tłumaczyłby przypadek?",
    );
    await expect(page.locator("#question .answer")).toHaveText(/^W (jednym miejscu|\d+ miejscach)/);
    await mapPage.waitUntilIdle();
    await expectClasses(page, "Znacznie więcej", "Nic nie wyróżnia");
    const table = page.getByRole("table");
    await expect(table.getByRole("row").nth(1)).toContainText("Znacznie więcej");
    await table.getByRole("row").nth(1).getByRole("link").click();
    await expect(page).toHaveURL(/cell=89[0-9a-f]+/);
    const evidence = page.locator(".evidence");
    await expect(evidence).toContainText("jest znacznie więcej, niż tłumaczyłby przypadek");
    await expect(evidence).toContainText(/trendu|coraz (więcej|mniej)/);
    await expect(evidence.getByRole("img", { name: /zgłoszono tu i w sąsiednich sześciokątach/ })).toBeVisible();
    const pins = evidence.locator(".evidence-pins a");
    expect(await pins.count()).toBeGreaterThanOrEqual(3);
    await expect(evidence).toContainText("Oświetlenie");
    await evidence.getByRole("link", { name: "Pokaż na mapie" }).first().click();
    await expect(page).toHaveURL(/\/d\/podgorze\?category=lighting&cell=89[0-9a-f]+#map=15\//);
    await expect(mapPage.heading).toHaveText(/^\d+ pinez/);
  });

  test("chooses a hexagon on the map, with the keyboard too", async ({ mapPage, page }) => {
    await page.goto(`${path}?category=lighting`);
    await mapPage.waitUntilIdle();
    await expectClasses(page, "Znacznie więcej");
    const canvas = page.locator(".maplibregl-canvas");
    await canvas.focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/cell=89[0-9a-f]+/);
    await expect(page.locator(".evidence")).toBeVisible();
    await expect(page.locator("#results")).toBeFocused();
    await page.getByRole("link", { name: "Zamknij te szczegóły" }).press("Enter");
    await expect(page.locator(".evidence")).toHaveCount(0);
    await expect(page).not.toHaveURL(/cell=/);
  });

  test("filters without leaving the page, and sees where there is too little data", async ({ mapPage, page }) => {
    await page.goto(`${path}?kind=need`);
    await mapPage.waitUntilIdle();
    await mapPage.choose("Okolica", "Łutnia");
    await expect(page).toHaveURL(/area=lutnia/);
    await expect(page.locator("#question .answer")).toHaveText(/^Za mało danych/);
    await expectClasses(page, "Za mało danych", "bez kolorów");
    await expect(page.locator(".legend")).not.toContainText("Nic nie wyróżnia");
    await expect(page.locator(".class-list dt")).toHaveCount(1);
    await page.goBack();
    await expect(page.locator("#question .answer")).toHaveText(/^W /);
  });

  test("moves a window of twelve months over the map", async ({ mapPage, page }) => {
    await page.goto(`${path}?kind=need`);
    await mapPage.waitUntilIdle();
    const slider = page.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("End");
    await expect(page).toHaveURL(/from=\d{4}-\d\d&kind=need&res=9&to=\d{4}-\d\d/);
    const { from, to } = Object.fromEntries(new URL(page.url()).searchParams);
    const month = (value: string | undefined): number => {
      const [year = 0, month = 0] = (value ?? "").split("-").map(Number);
      return 12 * year + month;
    };
    expect(month(to) - month(from)).toBe(11);
    await expect(slider).toHaveAttribute("aria-valuetext", /–|do/);
  });
});

test.describe("a resident", () => {
  test("reads the sentence about their corner, whose address is in no URL", async ({ mapPage, page }) => {
    const urls: string[] = [];
    page.on("request", (request) => urls.push(request.url()));
    await page.goto(`${path}?category=lighting`);
    await mapPage.waitUntilIdle();
    const search = page.getByRole("combobox", { name: "Ulica, plac, przystanek albo adres" });
    await search.fill("Rynek Podgórski");
    await expect(page.locator("#place-list").getByRole("option").first()).toContainText("Rynek Podgórski");
    await search.press("ArrowDown");
    await search.press("Enter");
    await expect(page).toHaveURL(/\/hotspots\?category=lighting&cell=89[0-9a-f]+#results$/);
    await expect(page.locator(".evidence > .answer")).toHaveText(/^Wokół tego miejsca .*Oświetlenie/);
    expect(urls.filter((url) => /Rynek|lon=|lat=/.test(decodeURIComponent(url)))).toEqual([]);
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("as well", async ({ page }) => {
      await page.goto(`${path}?category=lighting`);
      await page.getByLabel("Ulica, plac, przystanek albo adres").fill("Rynek Podgórski");
      await page.getByRole("button", { name: "Sprawdź" }).click();
      const choice = page.locator(".corner-places a").first();
      if (await choice.isVisible()) {
        await choice.click();
      }
      await expect(page).toHaveURL(/cell=89[0-9a-f]+/);
      await expect(page.locator(".evidence > .answer")).toBeVisible();
    });
  });
});

test("the map shows hotspots instead of numbers, and says what they follow from", async ({ mapPage, page }) => {
  await mapPage.open("?category=lighting");
  await mapPage.waitUntilIdle();
  await expect(mapPage.legend).toContainText("Liczba pinezek w sześciokącie");
  await mapPage.legend.getByLabel("Skupiska").check();
  await expect(page).toHaveURL(/show=hotspots/);
  await expectClasses(page, "Znacznie więcej", "Nic nie wyróżnia");
  await expect(mapPage.legend.getByText("Liczba pinezek w sześciokącie")).toBeHidden();
  await expect(mapPage.legend.getByLabel("Skupiska")).toBeChecked();
  await mapPage.jumpTo(19.9493, 50.0446, 13);
  await mapPage.waitUntilIdle();
  await page.locator(".maplibregl-canvas").focus();
  await page.keyboard.press("Enter");
  await expect(mapPage.card.getByRole("link", { name: "Z czego to wynika" })).toHaveAttribute(
    "href",
    /cell=89.*#results$/,
  );
  await page.keyboard.press("Escape");
  await mapPage.legend.getByRole("link", { name: "Tabela i objaśnienia" }).click();
  await expect(page).toHaveURL(/\/hotspots\?category=lighting$/);
});

for (const [width, height] of [
  [1280, 900],
  [390, 844],
] as const) {
  test.describe(`axe finds no violations, ${width} pixels wide`, () => {
    test.use({ viewport: { width, height } });
    for (const [name, query] of Object.entries({
      "a hotspot": "?category=lighting",
      "too little data": "?kind=need&area=lutnia",
      "too fine for sensitive pins": "?category=loneliness&res=10",
    })) {
      test(name, async ({ mapPage, page }) => {
        await page.goto(path + query);
        await mapPage.waitUntilIdle();
        await expectAccessible(page);
        const link = page.getByRole("table").getByRole("link").first();
        if ((await link.count()) > 0) {
          await link.click();
          await expect(page.locator(".evidence")).toBeVisible();
          await expectAccessible(page);
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      });
    }
  });
}
