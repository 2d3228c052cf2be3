// Coverage: an animator asks where nobody was heard, narrows that down, and goes there on the map.

import { expect, expectAccessible, test } from "./fixtures";

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

test("the page of coverage fits on a phone and on paper", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/d/podgorze/coverage?lang=uk");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Де нікого не почули?");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Показати" })).toBeHidden();
});
