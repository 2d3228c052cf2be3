import { expect, test } from "./fixtures";

test.describe("a neighbour reads a pin", () => {
  test("a need: its title, location and progress", async ({ mapPage, pinPage, page }) => {
    await mapPage.open("?kind=need&status=in_action");
    const first = mapPage.pins.first();
    const title = await first.getByRole("heading").innerText();
    await first.getByRole("link").click();
    await expect(pinPage.title).toHaveText(title);
    await expect(pinPage.currentStep).toContainText("W realizacji");
    await expect(page.locator(".way .is-done")).toHaveCount(3);
    await expect(page.locator(".where-note")).toContainText("Współrzędne");
    await mapPage.waitUntilIdle();
    await expect(page.locator(".lit")).toBeVisible();
    await page.getByRole("link", { name: "Wróć do mapy" }).click();
    await expect(mapPage.heading).toBeVisible();
    await mapPage.pins.first().getByRole("link").click();
    const area = page.locator(".facts a");
    const name = await area.innerText();
    await area.click();
    await expect(page).toHaveURL(/\/d\/podgorze\/areas\/[a-z-]+$/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  });

  test("a blurred one says that its location is approximate", async ({ mapPage, page }) => {
    await mapPage.open("?category=accessibility-at-home");
    await mapPage.pins.first().getByRole("link").click();
    await expect(page.locator(".where-note")).toContainText("przybliżone miejsce");
  });

  test("one that does not exist", async ({ page }) => {
    const response = await page.goto("/d/podgorze/pins/999999999");
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nie ma takiej strony");
  });
});
