import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { MapPage } from "./drivers/map";
import { expect, test } from "./story";
import { tileAt } from "./tile";

/** Waits at most a second until a tile of pins holds the pin. */
async function expectInTile(url: string, id: number, lon: number, lat: number): Promise<void> {
  const { x, y } = tileAt(lon, lat, 20);
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${url}/tiles/podgorze/pins/20/${x}/${y}.mvt`, { cache: "no-store" });
        const layer = new VectorTile(new PbfReader(await answer.arrayBuffer())).layers.pins;
        return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i).id).includes(id);
      },
      { timeout: 1000, intervals: [50] },
    )
    .toBe(true);
}

async function expectOnMap(mapPage: MapPage, title: string, id: number, lon: number, lat: number): Promise<void> {
  await mapPage.open();
  await expect(mapPage.pins.first()).toContainText(title);
  await mapPage.settled();
  await mapPage.jump(lon, lat, 19);
  await expect
    .poll(() =>
      mapPage.map.evaluate(
        (e, id) =>
          (e as import("../src/map").PinezkaMap).map
            ?.queryRenderedFeatures({ layers: ["pins"] })
            .some((f) => f.id === id) ?? false,
        id,
      ),
    )
    .toBe(true);
}

test.describe("a resident adds a pin", () => {
  test("by keyboard alone; it is on the map and in the list within a second, and after a restart", async ({
    addPage,
    pinPage,
    mapPage,
    page,
    server,
  }) => {
    test.setTimeout(120_000);
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    await mapPage.open();
    await page.getByRole("link", { name: "Dodaj pinezkę" }).focus();
    await press("Enter");

    await expect(addPage.place).toBeVisible();
    await addPage.place.focus();
    await page.keyboard.type("Rynek Podg");
    await expect(page.getByRole("option").first()).toContainText("Rynek Podgórski");
    await press("ArrowDown", "Enter");
    await expect(addPage.place).toHaveValue("Rynek Podgórski");
    await expect(page.locator(".place-chosen")).toContainText("50.04");
    await mapPage.settled();

    const canvas = page.locator(".maplibregl-canvas");
    await canvas.focus();
    const before = await page.locator("#lon").inputValue();
    await press("ArrowRight");
    await mapPage.settled();
    await press("Enter");
    await expect(page.locator("#lon")).not.toHaveValue(before);
    const [lon, lat] = [
      Number(await page.locator("#lon").inputValue()),
      Number(await page.locator("#lat").inputValue()),
    ];
    await addPage.next.focus();
    await press("Enter");

    await expect.poll(() => addPage.step()).toContain("Co");
    await page.getByRole("radio", { name: /Potrzeba/ }).focus();
    await press("Space");
    await page.getByRole("radio", { name: /^Zieleń/ }).focus();
    await press("Space", "Enter");

    await expect.poll(() => addPage.step()).toContain("Kilka słów");
    await addPage.title.focus();
    await page.keyboard.type("Lipa na rynku prosi o wodę");
    await press("Tab");
    await expect(addPage.body).toBeFocused();
    await page.keyboard.type("W upały ziemia wokół niej pęka.");
    await press("Tab", "Tab");
    await expect(addPage.submit).toBeFocused();
    await press("Enter");

    await expect(pinPage.thanks).toContainText("Dziękujemy");
    await expect(pinPage.title).toHaveText("Lipa na rynku prosi o wodę");
    const id = pinPage.id();
    await expectInTile(server.url, id, lon, lat);
    await expectOnMap(mapPage, "Lipa na rynku prosi o wodę", id, lon, lat);

    await server.restart();
    await expectOnMap(mapPage, "Lipa na rynku prosi o wodę", id, lon, lat);
  });

  test("what was typed survives what the server refuses", async ({ addPage, pinPage, page }) => {
    await addPage.open("?step=2&lon=19.9&lat=50.5");
    expect(await addPage.step()).toContain("Gdzie");
    await expect(addPage.faults).toContainText("poza dzielnicą");
    await expect(page.locator("#lat")).toHaveValue("50.5");

    await addPage.open("?step=2&lon=19.9493&lat=50.0446");
    await addPage.next.click();
    await expect(addPage.faults).toContainText("Wybierz kategorię");
    await page.locator(".card", { hasText: "Potencjał" }).first().click();
    await page.locator(".card", { hasText: "Miejsce spotkań" }).click();
    await addPage.next.click();

    await addPage.body.fill("Przy fontannie.");
    await addPage.email.fill("to nie adres");
    await addPage.submit.click();
    await expect(addPage.faults).toBeFocused();
    await expect(addPage.faults).toContainText("Napisz choć jedno zdanie.");
    await expect(addPage.faults).toContainText("To nie wygląda na adres e-mail");
    await expect(addPage.body).toHaveValue("Przy fontannie.");
    await expect(addPage.email).toHaveValue("to nie adres");
    await addPage.title.fill("Schody, na których wszyscy siadają");
    await addPage.email.fill("");
    await addPage.submit.click();
    await expect(pinPage.title).toHaveText("Schody, na których wszyscy siadają");
  });

  test("words are kept while one goes a step back", async ({ addPage, page }) => {
    await addPage.open("?step=3&lon=19.9493&lat=50.0446&category=greenery");
    await addPage.title.fill("Sucha trawa");
    await page.getByRole("link", { name: "Poprzedni krok" }).click();
    await addPage.next.click();
    await expect(addPage.title).toHaveValue("Sucha trawa");
  });

  test("with a tap on the map", async ({ addPage, mapPage, page }) => {
    await addPage.open();
    await mapPage.settled();
    const frame = await page.locator(".place-frame").boundingBox();
    await page.mouse.click((frame?.x ?? 0) + 200, (frame?.y ?? 0) + (frame?.height ?? 0) / 2);
    await expect(page.locator(".place-chosen")).toContainText("Wybrane miejsce");
    await expect(page.locator("#lon")).toHaveValue(/^19\.\d{6}$/);
  });
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("a resident reads, filters and leafs", async ({ mapPage, page }) => {
    await mapPage.open();
    await expect(page.locator(".map-note")).toContainText("Mapa potrzebuje włączonych skryptów");
    await expect(mapPage.pins).toHaveCount(30);
    await mapPage.kind("Organizacje").check();
    await page.getByRole("button", { name: "Pokaż wybrane" }).click();
    await expect(page).toHaveURL(/kind=organisation/);
    expect(await mapPage.total()).toBe(await mapPage.kindCount("organisation"));
    await page.getByRole("link", { name: "Następne" }).click();
    await expect(page.locator(".pins")).toHaveAttribute("start", "31");
    await mapPage.pins.first().getByRole("link").click();
    await expect(page.locator("article h1")).toBeVisible();
  });

  test("a resident adds a pin", async ({ addPage, pinPage, mapPage, page, server }) => {
    await mapPage.open();
    await page.getByRole("link", { name: "Dodaj pinezkę" }).click();
    await addPage.place.fill("Bernatka");
    await page.getByRole("button", { name: "Szukaj" }).click();
    await page.locator(".found").getByRole("link").first().click();
    await page.getByRole("radio", { name: /^Zielone miejsce/ }).check();
    await addPage.next.click();
    await addPage.title.fill("Łąka, na której brzęczy");
    await addPage.submit.click();
    await expect(pinPage.title).toHaveText("Łąka, na której brzęczy");
    await expect(pinPage.thanks).toBeVisible();
    const [lat = 0, lon = 0] = (await page.locator(".coordinates").innerText()).split(", ").map(Number);
    await expectInTile(server.url, pinPage.id(), lon, lat);
    await mapPage.open();
    await expect(mapPage.pins.first()).toContainText("Łąka, na której brzęczy");
  });

  test("a wrong place is explained", async ({ addPage, page }) => {
    await addPage.open();
    await page.locator("#lat").fill("tam");
    await page.locator("#lon").fill("19,95");
    await addPage.next.click();
    await expect(addPage.faults).toContainText("Nie rozumiemy tych współrzędnych");
    await expect(page.locator("#lat")).toHaveValue("tam");
  });
});
