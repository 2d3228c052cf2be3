// Where the map is and which pin is open are in the fragment of the address.

import { expect, test } from "./fixtures";

const spot = "#map=16/50.0455/19.951";

test.describe("the address", () => {
  test("without a position shows the whole district, and stays as it is", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await expect(page).toHaveURL(/\/d\/podgorze$/);
  });

  test("has the position of the map, which a shared link and a reload restore", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.jumpTo(19.951, 50.0455, 16);
    await expect(page).toHaveURL(/\/d\/podgorze#map=16\/50\.0455\/19\.951$/);
    await page.reload();
    await mapPage.waitUntilIdle();
    expect(await mapPage.camera()).toEqual({ zoom: 16, lat: 50.0455, lon: 19.951 });
    await page.goto(`/d/podgorze?kind=need${spot}`);
    await mapPage.waitUntilIdle();
    expect(await mapPage.camera()).toEqual({ zoom: 16, lat: 50.0455, lon: 19.951 });
    await page.getByRole("button", { name: "Cała dzielnica" }).click();
    await expect(page).toHaveURL(/\/d\/podgorze\?kind=need$/);
  });

  for (const fragment of ["#map=x/y/z&pin=-1", "#results", "#pin=1e3", "#map=15/50/19/3"]) {
    test(`ignores a fragment that is none of a map: ${fragment}`, async ({ mapPage, page }) => {
      await mapPage.open();
      await mapPage.waitUntilIdle();
      const whole = await mapPage.camera();
      await page.goto("about:blank");
      await mapPage.open(fragment);
      await mapPage.waitUntilIdle();
      expect(await mapPage.camera()).toEqual(whole);
      await expect(mapPage.card).toHaveCount(0);
    });
  }

  test("of an area fits that area, unless it has a position", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const whole = await mapPage.camera();
    await mapPage.open("?area=zablocie");
    await mapPage.waitUntilIdle();
    const area = await mapPage.camera();
    expect(area.zoom).toBeGreaterThan(whole.zoom + 0.5);
    await page.goto("about:blank");
    await mapPage.open(`?area=zablocie${spot}`);
    await mapPage.waitUntilIdle();
    expect((await mapPage.camera()).zoom).toBe(16);
    await mapPage.chips.first().click();
    await expect
      .poll(async () => (await mapPage.camera()).zoom, "without the area it shows the district")
      .toBe(whole.zoom);
    await page.goBack();
    await expect.poll(async () => (await mapPage.camera()).zoom).toBe(16);
    await expect(mapPage.chips).toHaveCount(1);
  });
});

test.describe("Back", () => {
  test("closes a pin, Forward opens it, and moves add no entries", async ({ mapPage, page }) => {
    await mapPage.open(spot);
    await mapPage.waitUntilIdle();
    const entries = await page.evaluate(() => history.length);
    await mapPage.jumpTo(19.9512, 50.0455, 16.5);
    await mapPage.jumpTo(19.951, 50.0455, 16.5);
    expect(await page.evaluate(() => history.length)).toBe(entries);
    await mapPage.click("pins");
    await expect(mapPage.card.locator(".card-title").first()).toBeVisible();
    const title = await mapPage.card.locator("[aria-current] .card-title").innerText();
    await expect(page).toHaveURL(/#map=16\.5\/50\.0455\/19\.951&pin=\d+$/);
    await page.goBack();
    await expect(mapPage.card).toHaveCount(0);
    await expect(page).toHaveURL(/#map=16\.5\/50\.0455\/19\.951$/);
    await page.goForward();
    await expect(mapPage.card.locator("[aria-current] .card-title")).toHaveText(title);
    await page.reload();
    await expect(mapPage.card.locator("[aria-current] .card-title")).toHaveText(title);
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/#map=16\.5\/50\.0455\/19\.951$/);
  });

  test("undoes filters one by one, and the map stays where it is", async ({ mapPage, page }) => {
    await mapPage.open(spot);
    await mapPage.waitUntilIdle();
    await mapPage.kind("Potrzeby").check();
    await expect(page).toHaveURL(/\?kind=need#map=16\/50\.0455\/19\.951$/);
    await mapPage.kind("Organizacje").check();
    await expect(page).toHaveURL(/\?kind=need&kind=organisation#map=16/);
    await expect(mapPage.chips).toHaveCount(2);
    await page.goBack();
    await expect(mapPage.chips).toHaveCount(1);
    await expect(mapPage.kind("Organizacje")).not.toBeChecked();
    await page.goBack();
    await expect(mapPage.chips).toHaveCount(0);
    expect((await mapPage.camera()).zoom).toBe(16);
    await page.goForward();
    await expect(mapPage.chips).toHaveText(/Potrzeby/);
  });

  test("from a pin's page leads to the pin that was open", async ({ mapPage, pinPage, page }) => {
    await mapPage.open(spot);
    await mapPage.waitUntilIdle();
    await mapPage.click("pins");
    await mapPage.card.getByRole("link").first().click();
    await expect(pinPage.title).toBeVisible();
    await page.goBack();
    await expect(mapPage.card.locator("[aria-current]")).toBeVisible();
  });
});

test.describe("one pin", () => {
  test("is shown on the map from its page, opened", async ({ mapPage, pinPage, page }) => {
    await pinPage.open(1);
    const title = await pinPage.title.innerText();
    await page.getByRole("link", { name: "Pokaż na mapie dzielnicy" }).click();
    await expect(page).toHaveURL(/\/d\/podgorze#(map=.*&)?pin=1$/);
    await expect(mapPage.card.locator("[aria-current] .card-title")).toHaveText(title);
    await mapPage.waitUntilIdle();
    expect((await mapPage.camera()).zoom).toBeGreaterThanOrEqual(16);
  });

  test("that does not exist is said so", async ({ mapPage, page }) => {
    await mapPage.open("#pin=999999");
    await expect(page.locator(".map-alert")).toHaveText("Nie udało się wczytać tej pinezki.");
    await expect(page).toHaveURL(/\/d\/podgorze$/);
  });

  test("is selected on the map and in the list alike", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const item = mapPage.pins.nth(3);
    const title = await item.locator("h3").innerText();
    await item.getByRole("button", { name: "Pokaż na mapie" }).click();
    await expect(mapPage.card.locator("[aria-current] .card-title")).toHaveText(title);
    await expect(item).toHaveAttribute("aria-current", "true");
    await expect(page.locator(".lit")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(page.locator(".pins [aria-current]")).toHaveCount(0);
    const id = await mapPage.pins.last().getAttribute("data-id");
    await mapPage.open(`#pin=${id}`);
    await expect(mapPage.pins.last()).toHaveAttribute("aria-current", "true");
    await expect(mapPage.pins.last()).toBeInViewport();
  });

  test("in a stack is listed with all others, newest first", async ({ mapPage, request }) => {
    const titles = Array.from({ length: 7 }, (_, i) => `Stos numer ${i}`);
    for (const title of titles) {
      const data = { category: "greenery", title, lon: 19.98765, lat: 50.04321 };
      expect((await request.post("/api/v1/districts/podgorze/pins", { data })).status()).toBe(201);
    }
    await mapPage.open("#map=19/50.04321/19.98765");
    await mapPage.waitUntilIdle();
    await expect.poll(() => mapPage.renderedFeatures("pins")).toBeGreaterThan(0);
    await mapPage.click("pins");
    await expect(mapPage.card).toContainText("7 pinezek w tym miejscu");
    await expect(mapPage.card.locator(".card-title")).toHaveText(titles.reverse().map((title) => new RegExp(title)));
    await expect(mapPage.card.getByRole("button", { name: "Zobacz z bliska" })).toHaveCount(0);
  });
});
