// Hotspots: from the map to the pins that made one, the sentence about one's corner, and the layer of the map.

import type { Page } from "@playwright/test";
import type { components } from "../src/api.gen";
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

/** Returns the relative luminance of a colour such as "rgb(163, 38, 15)", which is what a grey print shows of it. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((value) => (Number(value) / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test.describe("a councillor prints the hotspots", () => {
  test("on A4, with the map as a chart, its key and the whole table", async ({ mapPage, page }) => {
    await page.goto(`${path}?category=lighting`);
    await mapPage.waitUntilIdle();
    const chart = page.getByRole("img", { name: "Czy pinezek jest więcej, niż tłumaczyłby przypadek" });
    await expect(chart).toBeHidden();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(2);
    expect(pdf, "sheets of A4").toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12]/);

    await page.setViewportSize({ width: 680, height: 980 }); // of A4 within its margins
    await page.emulateMedia({ media: "print" });
    await expect(chart).toBeVisible();
    await expect(page.locator("pinezka-map")).toBeHidden();
    await expect(page.getByRole("button", { name: "Sprawdź" })).toBeHidden();
    await expect(page.locator(".chip").filter({ hasText: "Oświetlenie" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Jak to policzono" })).toBeVisible();
    const rows = page.locator("table.numbers tbody tr");
    const hot = await rows.filter({ hasText: "Znacznie więcej" }).count();
    expect(hot).toBeGreaterThan(0);
    await expect(chart.locator(".cell-mark.hotspot-very-hot")).toHaveCount(hot);
    await expect(page.locator(".hotspot-chart .graph-key li")).toHaveText(
      (await page.locator(".class-list .hotspot-class").allInnerTexts()).map((label) => label.trim()),
    );
    const [significant, other] = await Promise.all(
      ["very-hot", "not-significant"].map((name) =>
        chart
          .locator(`.cell.hotspot-${name}`)
          .first()
          .evaluate((cell) => getComputedStyle(cell).fill),
      ),
    );
    expect(luminance(other ?? "") - luminance(significant ?? ""), "in grey").toBeGreaterThan(0.4);
    const cutOff = await page.evaluate(() =>
      [...document.querySelectorAll("#results *, #question *")].filter(
        (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
      ),
    );
    expect(cutOff).toHaveLength(0);
  });

  test("with the evidence of one", async ({ page }) => {
    await page.goto(`${path}?category=lighting`);
    await page.getByRole("table").getByRole("row").nth(4).getByRole("link").click();
    await expect(page.locator(".evidence-pins").first()).toBeVisible();
    const listed = await page.locator(".evidence-pins li").count();
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".evidence-pins li").filter({ visible: true })).toHaveCount(listed);
    await expect(page.getByText("Zamknij te szczegóły")).toBeHidden();
  });
});

test.describe("a resident", () => {
  test("reads on the page of a need and in its popup that there are more around", async ({ mapPage, page }) => {
    const response = await page.request.get("/api/v1/districts/podgorze/pins?category=lighting&limit=1000");
    const { features } = (await response.json()) as components["schemas"]["PinCollection"];
    const [hot, other] = [true, false].map((isHot) =>
      features.find(({ properties }) => (properties.hotspot !== undefined) === isHot),
    );
    const sentence = page.locator(".pin-hotspot");
    await page.goto(`/d/podgorze/pins/${other?.id}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(sentence).toHaveCount(0);
    await page.goto(`/d/podgorze/pins/${hot?.id}`);
    await expect(sentence).toContainText("potrzeb z kategorii „Oświetlenie” jest znacznie więcej, niż tłumaczyłby");
    await expectAccessible(page);
    await sentence.getByRole("link", { name: "Z czego to wynika" }).click();
    await expect(page).toHaveURL(
      new RegExp(`/hotspots\\?category=lighting&cell=${hot?.properties.hotspot?.h3}#results$`),
    );
    await expect(page.locator(".evidence > .answer")).toContainText("jest znacznie więcej");

    await page.setViewportSize({ width: 390, height: 844 });
    await mapPage.open(`#pin=${hot?.id}`);
    const open = mapPage.card.getByRole("link", { name: `Zobacz pinezkę: ${hot?.properties.title}` }).first();
    await expect(open).toBeInViewport({ ratio: 1 });
    const room = await mapPage.map.boundingBox();
    const card = await mapPage.card.boundingBox();
    expect(card?.y).toBeGreaterThanOrEqual(room?.y ?? 0);
    expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThanOrEqual((room?.y ?? 0) + (room?.height ?? 0));
    const inPopup = mapPage.card.locator("[aria-current] .card-hotspot");
    await expect(inPopup).toContainText("Takich potrzeb jest tu znacznie więcej, niż tłumaczyłby przypadek.");
    await inPopup.getByRole("link", { name: "Z czego to wynika" }).click();
    await expect(page.locator(".evidence > .answer")).toContainText("jest znacznie więcej");
  });

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
