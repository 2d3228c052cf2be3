// What a district has done in a year, in numbers: they add up with the lists behind them, on screen, on paper and
// as a file for spreadsheets.

import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { digits } from "./drivers/map-page";
import { expect, expectAccessible, test } from "./fixtures";
import { readSheet } from "./xlsx";

const path = "/d/podgorze/measures";

/** Returns the numbers of the rows of a table, by their first cell. */
async function rows(table: Locator): Promise<Map<string, number[]>> {
  const all = new Map<string, number[]>();
  for (const row of await table.locator("tbody tr").all()) {
    const cells = await row.locator("td").allInnerTexts();
    all.set((await row.locator("th").innerText()).trim(), cells.map(digits));
  }
  return all;
}

/** Expects that the last row of a table is the sum of the others. */
function expectSum(all: Map<string, number[]>): void {
  const parts = [...all.values()];
  const sum = parts.pop() ?? [];
  expect(sum.length).toBeGreaterThan(0);
  for (const [column, total] of sum.entries()) {
    expect(parts.reduce((n, row) => n + (row[column] ?? 0), 0)).toBe(total);
  }
}

/** Returns how many the list has at a path: of the map, those that are listed and those that are only counted. */
async function listed(page: Page, href: string): Promise<number> {
  await page.goto(href);
  if (!href.startsWith(path)) {
    const totals = await page
      .locator("#results-heading, .results-hex-only")
      .evaluateAll((all) => all.map((e) => e.getAttribute("data-total")));
    return totals.reduce((n, total) => n + Number(total), 0);
  }
  return digits(await page.locator("[data-measure=total]").innerText());
}

test("a councillor's year, area by area, adds up on screen, on paper and as a file", async ({ page }) => {
  await page.goto("/d/podgorze/outcomes");
  await page.getByRole("link", { name: "Co zrobiono, w liczbach" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Co zrobiono, w liczbach");
  await expectAccessible(page);

  const groups = page.locator(".measures-group");
  const byArea = await rows(groups.first().getByRole("table").nth(1));
  for (let group = 0; group < 3; group++) {
    for (const table of [1, 2]) {
      expectSum(await rows(groups.nth(group).getByRole("table").nth(table)));
    }
  }
  const links = await groups
    .locator("a[href]")
    .filter({ hasText: /^[\d\s]+$/ })
    .evaluateAll((all) => all.map((a) => [a.getAttribute("href") ?? "", a.textContent ?? ""] as const));
  const behind = new Map(links.map(([href, text]) => [href, digits(text)]));
  expect(behind.size).toBeGreaterThan(20);

  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".season")).toBeHidden();
  await expect(page.locator("[data-measure=pins]")).toBeVisible();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(8);
  await page.emulateMedia({ media: "screen" });

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "XLSX" }).click();
  const file = await (await download).path();
  const sheet = readSheet(readFileSync(file), 2);
  for (const [area, numbers] of byArea) {
    expect(
      sheet
        .find((row) => row[0] === area)
        ?.slice(1, 1 + numbers.length)
        .map(Number),
      area,
    ).toEqual(numbers);
  }

  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  for (const [href, n] of behind) {
    expect(await listed(page, href), href).toBe(n);
  }
});

test("a year for every letterbox is two pages, black on white", async ({ page }) => {
  await page.goto(path);
  await page.getByRole("link", { name: "Rok w dwóch stronach" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Rok w dzielnicy Podgórze");
  await expect(page.getByRole("heading", { name: "Co z tego wynikło" })).toBeVisible();
  await expectAccessible(page);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});
