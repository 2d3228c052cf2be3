import { expect, test } from "./fixtures";

test.describe("a resident looks for a place on the map page", () => {
  test("the map moves there, and a pin can be added there; the place is in no address", async ({ mapPage, page }) => {
    const requested: string[] = [];
    page.on("request", (request) => requested.push(decodeURIComponent(request.url())));
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const search = page.getByPlaceholder("Szukaj miejsc i pinezek");
    await search.fill("rynku podgorsk");
    const first = page.locator(".place-list").getByRole("option").first();
    await expect(first).toContainText("Rynek Podgórski");
    await expect(page.locator(".place-list").getByRole("option").last()).toContainText(
      "Szukaj pinezek ze słowami „rynku podgorsk”",
    );
    await search.press("ArrowDown");
    await search.press("Enter");

    const card = page.locator(".place-card");
    await expect(card).toContainText("Rynek Podgórski");
    await expect(card.getByRole("link", { name: "Dodaj tu pinezkę" })).toHaveAttribute(
      "href",
      /add#at=19\.9\d+,50\.0\d+$/,
    );
    await expect(card.locator(".place-pins")).toContainText(/w pobliżu/i);
    await expect(page.locator(".found-place")).toBeVisible();
    await mapPage.waitUntilIdle();
    const { zoom, lat } = await mapPage.map.evaluate((element) => {
      const { map } = element as import("../src/elements/map-element").MapElement;
      return { zoom: map?.getZoom() ?? 0, lat: map?.getCenter().lat ?? 0 };
    });
    expect(zoom).toBeGreaterThanOrEqual(14);
    expect(lat).toBeCloseTo(50.044, 1);
    expect(page.url()).not.toContain("q=");
    expect(requested.filter((url) => /rynku|Rynek/i.test(url))).toEqual([]);

    await card.getByRole("link", { name: "Dodaj tu pinezkę" }).click();
    await expect(page.locator("#lat")).toHaveValue(/^50\.0/);
    await expect(page).toHaveURL(/\/add$/);
  });

  test("and removes it again", async ({ mapPage, page }) => {
    await mapPage.open();
    const search = page.getByPlaceholder("Szukaj miejsc i pinezek");
    await search.fill("Zabłociu");
    await page.locator(".place-list").getByRole("option").first().click();
    await expect(page.locator(".place-card")).toContainText("Zabłocie");
    await page.getByRole("button", { name: "Usuń to miejsce" }).click();
    await expect(page.locator(".place-card")).toBeHidden();
    await expect(search).toHaveValue("");
    await expect(search).toBeFocused();
  });

  test("no pin can be added at a place outside the district", async ({ mapPage, page }) => {
    await mapPage.open();
    await page.getByPlaceholder("Szukaj miejsc i pinezek").fill("zakrzowek");
    const first = page.locator(".place-list").getByRole("option").first();
    await expect(first).toContainText("Osiedle · poza dzielnicą");
    await first.click();
    const card = page.locator(".place-card");
    await expect(card).toContainText("Pinezkę można dodać tylko w granicach dzielnicy.");
    await expect(card.getByRole("link", { name: "Dodaj tu pinezkę" })).toHaveCount(0);
    await expect(page.locator(".found-place")).toBeVisible();
  });

  test("a word for a kind of places finds the nearest, and Enter searches the word in pins", async ({
    mapPage,
    page,
  }) => {
    await mapPage.open();
    const search = page.getByPlaceholder("Szukaj miejsc i pinezek");
    await search.fill("przystanek");
    const options = page.locator(".place-list").getByRole("option");
    await expect(options).toHaveCount(11);
    await expect(options.first()).toContainText(/Przystanek · .* · przybliżone trafienie/);
    await search.press("Enter");
    await expect(page).toHaveURL(/\?q=przystanek$/);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("places are above the pins that a search finds", async ({ mapPage, page }) => {
    await mapPage.open();
    await page.getByPlaceholder("Szukaj miejsc i pinezek").fill("rynek podgorski");
    await page.getByRole("button", { name: "Zastosuj filtry" }).click();
    await expect(page.locator(".places")).toContainText("Rynek Podgórski");
    await page.locator(".places").getByRole("button", { name: "Dodaj tu pinezkę: Rynek Podgórski" }).first().click();
    await expect(page.locator(".steps [aria-current=step]")).toContainText("Co");
  });

  test("a place outside the district says so, and has no button", async ({ mapPage, page }) => {
    await mapPage.open();
    await page.getByPlaceholder("Szukaj miejsc i pinezek").fill("zakrzowek");
    await page.getByRole("button", { name: "Zastosuj filtry" }).click();
    const places = page.locator(".places");
    await expect(places).toContainText("Zakrzówek Osiedle · poza dzielnicą");
    await expect(places.getByRole("button", { name: /Dodaj tu pinezkę/ })).toHaveCount(0);
  });
});
