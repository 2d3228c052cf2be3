// The numbers of a hex: under the pointer, by keyboard and by touch.

import { digits } from "./drivers/map-page";
import { expect, expectAccessible, test } from "./fixtures";

const value = /^\d+ pinez(ka|ki|ek): (potrzeby \d+)?(, )?(potencjały \d+)?(, )?(organizacje \d+)?$/;

test("under the pointer a hex shows its numbers", async ({ mapPage, page }) => {
  await mapPage.open();
  await mapPage.waitUntilIdle();
  const { x, y } = await mapPage.pointOn("hexes");
  await page.mouse.move(x, y);
  await expect(mapPage.hexTip).toHaveText(value);
  await page.mouse.move(5, 5);
  await expect(mapPage.hexTip).toBeHidden();
});

test("by keyboard the middle of the map is marked and said, and Enter opens it", async ({ mapPage, page }) => {
  await mapPage.open("#map=12.6/50.0455/19.951");
  await mapPage.waitUntilIdle();
  await page.locator("#map .maplibregl-canvas").focus();
  await page.keyboard.press("ArrowRight");
  await mapPage.waitUntilIdle(); // The status says what is in the middle when the map has moved.
  await expect(page.locator(".map-middle")).toBeVisible();
  const status = mapPage.map.getByRole("status").filter({ hasText: /pinez|środku/ });
  await expect(status).toHaveText(value);
  const total = /^\d+ [^:]+/.exec(await status.innerText())?.[0] ?? "";
  await page.keyboard.press("Enter");
  await expect(mapPage.card.locator(".card-title")).toHaveText(total);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(async () => {
    await page.keyboard.press("ArrowUp");
    await mapPage.waitUntilIdle();
    expect(await status.innerText()).toBe("Na środku mapy nie ma pinezek");
  }).toPass();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a tap on a hex shows its numbers", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const { x, y } = await mapPage.pointOn("hexes");
    await page.touchscreen.tap(x, y);
    await expect(mapPage.card.locator(".card-title")).toHaveText(/^\d+ pinez(ka|ki|ek)$/);
    await expectAccessible(page);
  });
});

test("while months play, numbers and list are visibly set aside", async ({ mapPage, page }) => {
  await mapPage.open();
  await mapPage.waitUntilIdle();
  await mapPage.playButton.click();
  await expect(page.locator(".progress")).toHaveText(/^Zmienia się tylko mapa\./);
  await expect(mapPage.results).toHaveClass(/is-aside/);
  await mapPage.playButton.click();
  await expect(mapPage.results).not.toHaveClass(/is-aside/);
  await expect(page.locator(".progress")).toBeHidden();
});

test("a hex leads to the list of its pins, which says that others are only counted", async ({ mapPage, page }) => {
  await mapPage.open("?kind=organisation");
  await mapPage.waitUntilIdle();
  await mapPage.click("hexes");
  const total = digits(await mapPage.card.locator(".card-title").innerText());
  await mapPage.card.getByRole("button", { name: "Pokaż te pinezki na liście" }).click();
  await expect(page).toHaveURL(/\?cell=89[0-9a-f]{13}&kind=organisation$/);
  await expect(mapPage.pins).toHaveCount(total);
  await expect(mapPage.results).toBeFocused();
  await expect(mapPage.hexOnly).toContainText("w wybranym sześciokącie");
  await page.evaluate(() => scrollTo(0, 0)); // so that the header covers nothing
  await expectAccessible(page);
  await page.reload();
  await expect(mapPage.pins).toHaveCount(total);
  await mapPage.chips.filter({ hasText: "sześciokąt na mapie" }).click();
  await expect(page).toHaveURL(/\?kind=organisation$/);
  await page.goBack();
  await expect(mapPage.pins).toHaveCount(total);
});
