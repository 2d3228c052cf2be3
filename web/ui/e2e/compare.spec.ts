// Comparisons: the form, the answer, the maps that move together, paper and files.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { MapElement } from "../src/elements/map-element";
import { expect, expectAccessible, test } from "./fixtures";
import { readSheet } from "./xlsx";

const path = "/d/podgorze/compare";

/** Returns a month so many months before the present one, such as "2026-05". */
function monthsAgo(n: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() - n, 1)).toISOString().slice(0, 7);
}

const halfYears = `from=${monthsAgo(12)}&to=${monthsAgo(7)}&from2=${monthsAgo(6)}&to2=${monthsAgo(1)}`;
const twoAreas = `${path}?area=stare-podgorze&area=plaszow&kind=need&${halfYears}`;
// Łutnia has so few residents and pins that nothing can be said of it.
const threeAreas = `${twoAreas}&area=lutnia`;

/** Waits until all maps of the page have loaded and rendered their tiles. */
async function waitForMaps(page: Page): Promise<void> {
  await page.locator("pinezka-maps").evaluate(async (maps) => {
    for (const element of maps.querySelectorAll<MapElement>("pinezka-map")) {
      const view = await element.ready;
      view?.map.triggerRepaint();
      await view?.map.once("idle");
    }
  });
}

/** Returns the centre and the zoom of each map. */
function cameras(page: Page): Promise<{ lng: number; lat: number; zoom: number }[]> {
  return page.locator("pinezka-maps").evaluate((maps) =>
    [...maps.querySelectorAll<MapElement>("pinezka-map")].map(({ map }) => {
      const { lng = 0, lat = 0 } = map?.getCenter() ?? {};
      return { lng, lat, zoom: map?.getZoom() ?? 0 };
    }),
  );
}

test.describe("a planner compares Stare Podgórze with Płaszów over two half-years", () => {
  test("by the keyboard alone, to an address that has everything", async ({ page }) => {
    await page.goto(path);
    const tabTo = async (name: string | RegExp, role: "checkbox" | "combobox" | "button", n = 0): Promise<void> => {
      const target = page.getByRole(role, { name, exact: true }).nth(n);
      while (!(await target.evaluate((element) => element === document.activeElement))) {
        await page.keyboard.press("Tab");
      }
    };
    for (const area of ["Stare Podgórze", "Płaszów"]) {
      await tabTo(area, "checkbox");
      await page.keyboard.press("Space");
    }
    await tabTo("Potrzeby", "checkbox");
    await page.keyboard.press("Space");
    const pick = async (name: string, n: number, month: string): Promise<void> => {
      await tabTo(name, "combobox", n);
      const options = await page.locator("#from option").evaluateAll((all) => all.map((o) => o.getAttribute("value")));
      for (let i = options.indexOf(month); i > 0; i--) {
        await page.keyboard.press("ArrowDown");
      }
    };
    await pick("Od", 0, monthsAgo(12));
    await pick("Do", 0, monthsAgo(7));
    await pick("Od", 1, monthsAgo(6));
    await pick("Do", 1, monthsAgo(1));
    await tabTo("Porównaj", "button");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(twoAreas.replace(path, new URL(path, page.url()).href));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Jak wypadają obok siebie Stare Podgórze i Płaszów?",
    );
    await expect(page.locator(".compare-findings li")).toHaveCount(4);
    await page.getByText("Porównaj coś innego").click();
    await expect(page.getByRole("checkbox", { name: "Płaszów" })).toBeChecked();
  });

  test("with intervals, and says where there is too little data", async ({ page }) => {
    await page.goto(threeAreas);
    await expect(page.locator(".compare-findings")).toContainText("Łutnia: za mało danych");
    await expect(page.locator(".bars-interval").first()).toBeAttached();
    const pins = await page.locator("[data-count]").evaluateAll((cells) => cells.map(({ dataset }) => dataset.count));
    expect(pins).toHaveLength(6);
    const result = (await (await page.request.get(threeAreas.replace("/d/", "/api/v1/districts/"))).json()) as {
      groups: { pins: number }[];
      comparisons: { result: string }[];
    };
    expect(result.groups.map(({ pins }) => String(pins))).toEqual(pins);
    expect(result.comparisons.map(({ result }) => result)).toContain("too_little_data");
  });

  test("on maps that move together and share one legend", async ({ page }) => {
    await page.goto(twoAreas);
    await waitForMaps(page);
    await expect(page.locator("pinezka-map")).toHaveCount(4);
    await expect(page.locator(".legend")).toHaveCount(1);
    await expect(page.locator(".legend-scale li").first()).toBeVisible();
    const before = await cameras(page);
    expect(new Set(before.map(({ zoom }) => zoom)).size).toBe(1);
    const resolutions = await page.locator("pinezka-map").evaluateAll((maps) =>
      maps.flatMap((element) => {
        const hexes = (element as MapElement).map?.queryRenderedFeatures({ layers: ["hexes"] }) ?? [];
        return hexes.map(({ properties }) => String(properties.h3)[1]);
      }),
    );
    expect(new Set(resolutions)).toEqual(new Set(["9"]));

    await page.getByRole("button", { name: "Przybliż" }).first().click();
    await waitForMaps(page);
    await page.locator("pinezka-map canvas").nth(1).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await cameras(page))[1]?.lng).toBeGreaterThan(before[1]?.lng ?? 0);
    await waitForMaps(page);
    const after = await cameras(page);
    expect(new Set(after.map(({ zoom }) => zoom)).size).toBe(1);
    const moved = after.map(({ lng }, i) => (lng - (before[i]?.lng ?? 0)).toFixed(6));
    expect(new Set(moved).size).toBe(1);
  });

  test("and prints it on A4", async ({ page }) => {
    await page.goto(threeAreas);
    await waitForMaps(page);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(5);
    expect(pdf, "sheets of A4").toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12]/);
    expect(pdf, "the maps are images").toContain("/Subtype /Image");
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".compare-address")).toBeVisible();
    await expect(page.locator(".map-tools").first()).toBeHidden();
  });

  test("and takes it away as XLSX, with what each column is", async ({ page }) => {
    await page.goto(threeAreas);
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "xlsx" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^podgorze-porownanie-\d{4}-\d{2}-\d{2}\.xlsx$/);
    const file = readFileSync(await download.path());
    const [header = [], ...rows] = readSheet(file, 1);
    expect(rows).toHaveLength(6 + 9); // groups and comparisons
    const pins = header.indexOf("Pinezki");
    const counted = await page
      .locator("[data-count]")
      .evaluateAll((cells) => cells.map(({ dataset }) => dataset.count));
    expect(rows.slice(0, 6).map((row) => row[pins])).toEqual(counted);
    expect(rows.slice(6).some((row) => row.at(-1)?.includes("za mało danych"))).toBe(true);
    const described = readSheet(file, 2).map((row) => row[0]);
    expect(described).toContain("Miejsce");
    expect(described).toContain("Ile razy tyle");
  });
});

test("the examples lead to comparisons", async ({ page }) => {
  await page.goto(path);
  const links = page.locator(".compare-examples a");
  await expect(links).toHaveCount(3);
  for (const i of [0, 1, 2]) {
    await page.goto(path);
    await links.nth(i).click();
    await expect(page.getByRole("heading", { name: "Różnice" })).toBeVisible();
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("the form, the answer and the tables are there", async ({ page }) => {
    await page.goto(path);
    for (const area of ["Stare Podgórze", "Płaszów"]) {
      await page.getByRole("checkbox", { name: area }).check();
    }
    await page.getByRole("button", { name: "Porównaj" }).click();
    await expect(page).toHaveURL(/compare\?area=stare-podgorze&area=plaszow$/);
    await expect(page.locator(".compare-table tbody tr")).toHaveCount(3);
    await expect(page.getByRole("link", { name: /^Te pinezki na mapie/ })).toHaveCount(2);
  });
});

for (const width of [1280, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`axe finds no violations, ${width} pixels wide, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 844 }, colorScheme });
      for (const [name, url] of Object.entries({ form: path, comparison: threeAreas })) {
        test(name, async ({ page }) => {
          await page.goto(url);
          if (url !== path) {
            await waitForMaps(page);
            await page.getByText("Porównaj coś innego").click();
          }
          await expectAccessible(page);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        });
      }
    });
  }
}
