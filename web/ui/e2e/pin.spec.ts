import { expect, test } from "./story";

test.describe("a neighbour reads a pin", () => {
  test("a need: what it is, where, and how far it has come", async ({ mapPage, pinPage, page }) => {
    await mapPage.open("?kind=need&status=in_action");
    const first = mapPage.pins.first();
    const title = await first.getByRole("heading").innerText();
    await first.getByRole("link").click();
    await expect(pinPage.title).toHaveText(title);
    await expect(pinPage.now).toContainText("W działaniu");
    await expect(page.locator(".way .is-done")).toHaveCount(3);
    await expect(page.locator(".where-note")).toContainText("Współrzędne");
    await mapPage.settled();
    await expect(page.locator(".lit")).toBeVisible();
    await page.getByRole("link", { name: "Wróć na mapę" }).click();
    await expect(mapPage.heading).toBeVisible();
  });

  test("a sensitive one is never a point", async ({ mapPage, page }) => {
    await mapPage.open("?category=loneliness");
    await expect(mapPage.pins.first()).toContainText("Tylko w sześciokątach");
    await expect(page.locator(".pin[data-lon]")).toHaveCount(0);
    await mapPage.pins.first().getByRole("link").click();
    await expect(page.locator(".where-note")).toContainText("nie pokazujemy jej miejsca");
    await expect(page.locator("pinezka-map")).toHaveCount(0);
  });

  test("a blurred one says that its place is approximate", async ({ mapPage, page }) => {
    await mapPage.open("?category=accessibility-at-home");
    await mapPage.pins.first().getByRole("link").click();
    await expect(page.locator(".where-note")).toContainText("przybliżone miejsce");
  });

  test("one that is not there", async ({ page }) => {
    const answer = await page.goto("/d/podgorze/pins/999999999");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nie ma tu takiej strony");
  });
});
