import { VectorTile } from "@mapbox/vector-tile";
import type { Request } from "@playwright/test";
import { PbfReader } from "pbf";
import type { MapPage } from "./drivers/map-page";
import { expect, test } from "./fixtures";
import { tileAt } from "./tile-coordinates";

/** Expects that a tile contains the pin. */
async function expectInTile(url: string, id: number, lon: number, lat: number): Promise<void> {
  const { x, y } = tileAt(lon, lat, 20);
  await expect
    .poll(async () => {
      const response = await fetch(`${url}/tiles/podgorze/pins/20/${x}/${y}.mvt`, { cache: "no-store" });
      const layer = new VectorTile(new PbfReader(await response.arrayBuffer())).layers.pins;
      return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i).id).includes(id);
    })
    .toBe(true);
}

async function expectOnMap(mapPage: MapPage, title: string, id: number, lon: number, lat: number): Promise<void> {
  await mapPage.open();
  await expect(mapPage.pins.first()).toContainText(title);
  await mapPage.waitUntilIdle();
  await mapPage.jumpTo(lon, lat, 19);
  await expect
    .poll(() =>
      mapPage.map.evaluate(
        (e, id) =>
          (e as import("../src/elements/map-element").MapElement).map
            ?.queryRenderedFeatures({ layers: ["pins"] })
            .some((f) => f.id === id) ?? false,
        id,
      ),
    )
    .toBe(true);
}

test.describe("a resident adds a pin", () => {
  test("by keyboard alone; it is on the map and in the list, also after a restart", async ({
    addPinPage,
    pinPage,
    mapPage,
    page,
    server,
  }) => {
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    await mapPage.open();
    await page.getByRole("link", { name: "Dodaj pinezkę" }).focus();
    await press("Enter");

    await expect(addPinPage.placeSearch).toBeVisible();
    await addPinPage.placeSearch.focus();
    await page.keyboard.type("Rynek Podg");
    await expect(page.getByRole("option").first()).toContainText("Rynek Podgórski");
    await press("ArrowDown", "Enter");
    await expect(addPinPage.placeSearch).toHaveValue("Rynek Podgórski");
    await expect(page.locator(".place-chosen")).toContainText("50.04");
    await mapPage.waitUntilIdle();

    const canvas = page.locator(".maplibregl-canvas");
    await canvas.focus();
    const before = await page.locator("#lon").inputValue();
    await press("ArrowRight");
    await mapPage.waitUntilIdle();
    await press("Enter");
    await expect(page.locator("#lon")).not.toHaveValue(before);
    const [lon, lat] = [
      Number(await page.locator("#lon").inputValue()),
      Number(await page.locator("#lat").inputValue()),
    ];
    await addPinPage.next.focus();
    await press("Enter");

    await expect.poll(() => addPinPage.step()).toContain("Co");
    await page.getByRole("radio", { name: /Potrzeba/ }).focus();
    await press("Space");
    await page.getByRole("radio", { name: /^Zieleń/ }).focus();
    await press("Space", "Enter");

    await expect.poll(() => addPinPage.step()).toContain("Opis");
    await addPinPage.title.focus();
    await page.keyboard.type("Lipa na rynku prosi o wodę");
    await press("Tab");
    await expect(addPinPage.body).toBeFocused();
    await page.keyboard.type("W upały ziemia wokół niej pęka.");
    await press("Tab", "Tab");
    await expect(addPinPage.submit).toBeFocused();
    await press("Enter");

    await expect(pinPage.thanks).toContainText("Dziękujemy");
    await expect(pinPage.title).toHaveText("Lipa na rynku prosi o wodę");
    const id = pinPage.id();
    await expectInTile(server.url, id, lon, lat);
    await expectOnMap(mapPage, "Lipa na rynku prosi o wodę", id, lon, lat);

    await server.restart();
    await expectOnMap(mapPage, "Lipa na rynku prosi o wodę", id, lon, lat);
  });

  test("the form keeps its values when the server rejects them", async ({ addPinPage, pinPage, page }) => {
    await addPinPage.openStep(2, { lon: "19.9", lat: "50.5" });
    expect(await addPinPage.step()).toContain("Gdzie");
    await expect(addPinPage.errorSummary).toContainText("poza dzielnicą");
    await expect(page.locator("#lat")).toHaveValue("50.5");

    await addPinPage.openStep(2, { lon: "19.9493", lat: "50.0446" });
    await addPinPage.next.click();
    await expect(addPinPage.errorSummary).toContainText("Wybierz, co chcesz zaznaczyć, a potem kategorię.");
    await expect(page).toHaveTitle(/^Błąd: Wybierz, co chcesz zaznaczyć.* – Krok 2 z 3: Co – Dodaj pinezkę/);
    await page.locator(".card", { hasText: "Potencjał" }).first().click();
    await page.locator(".card", { hasText: "Miejsce spotkań" }).click();
    await addPinPage.next.click();

    await addPinPage.body.fill("Przy fontannie.");
    await addPinPage.email.fill("to nie adres");
    await addPinPage.submit.click();
    await expect(addPinPage.errorSummary).toBeFocused();
    await expect(addPinPage.errorSummary).toContainText("Napisz choć jedno zdanie.");
    await expect(addPinPage.errorSummary).toContainText("To nie wygląda na adres e-mail");
    await expect(addPinPage.body).toHaveValue("Przy fontannie.");
    await expect(addPinPage.email).toHaveValue("to nie adres");
    await addPinPage.title.fill("Schody, na których wszyscy siadają");
    await addPinPage.email.fill("");
    await addPinPage.submit.click();
    await expect(pinPage.title).toHaveText("Schody, na których wszyscy siadają");
  });

  test("the texts are kept when going a step back", async ({ addPinPage, page }) => {
    await addPinPage.openStep(3, { lon: "19.9493", lat: "50.0446", category: "greenery" });
    await addPinPage.title.fill("Sucha trawa");
    await page.getByRole("button", { name: "Poprzedni krok" }).click();
    await addPinPage.next.click();
    await expect(addPinPage.title).toHaveValue("Sucha trawa");
  });

  test("sent twice, after going back, it is one pin", async ({ addPinPage, pinPage, page }) => {
    await addPinPage.openStep(3, { lon: "19.9493", lat: "50.0446", category: "greenery" });
    await addPinPage.title.fill("Dwa kliknięcia");
    const body = await page.locator("form").evaluate((form) => {
      const data = new FormData(form as HTMLFormElement);
      return new URLSearchParams([...data].map(([name, value]) => [name, String(value)])).toString();
    });
    await addPinPage.submit.dblclick();
    await expect(pinPage.title).toHaveText("Dwa kliknięcia");
    const id = pinPage.id();
    await page.goBack();
    await expect(addPinPage.title).toHaveValue("Dwa kliknięcia");
    await addPinPage.submit.click();
    await expect(pinPage.title).toHaveText("Dwa kliknięcia");
    expect(pinPage.id()).toBe(id);
    await page.goBack();
    await addPinPage.title.fill("Inne słowa");
    await addPinPage.submit.click();
    await expect(addPinPage.errorSummary).toContainText("Z tego formularza dodano już pinezkę");
    await page.getByRole("button", { name: "Dodaj jako kolejną pinezkę" }).click();
    await expect(pinPage.title).toHaveText("Inne słowa");
    expect(pinPage.id()).not.toBe(id);
    const again = await page.request.post("/d/podgorze/add", {
      data: body,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(new URL(again.url()).pathname).toBe(`/d/podgorze/pins/${id}`);
  });

  test("a link hands over a place that no server and no history sees", async ({ addPinPage, page }) => {
    await page.goto("/d/podgorze/add#at=19.9493,50.0446");
    await expect(page.locator("#lon")).toHaveValue("19.949300");
    await expect(page).toHaveURL(/\/d\/podgorze\/add$/);
    await addPinPage.next.click();
    expect(await addPinPage.step()).toContain("Co");
  });

  test("nothing that is entered is in an address or in a referrer", async ({ addPinPage, pinPage, page }) => {
    const seen: string[] = [];
    const reading: Promise<void>[] = [];
    const read = async (request: Request): Promise<void> => {
      seen.push(request.url(), (await request.allHeaders()).referer ?? "");
    };
    const note = (request: Request): void => void reading.push(read(request));
    page.on("request", note);
    await page.goto("/d/podgorze/add#at=19.9493,50.0446");
    await addPinPage.next.click();
    await page.locator(".card", { hasText: "Potencjał" }).first().click();
    await page.locator(".card", { hasText: "Miejsce spotkań" }).click();
    await addPinPage.next.click();
    await addPinPage.title.fill("Tajnytytuł");
    await addPinPage.email.fill("sekretna@example.org");
    await addPinPage.submit.click();
    await expect(pinPage.title).toHaveText("Tajnytytuł");
    page.off("request", note);
    await Promise.all(reading);
    const disclosing = seen.filter((s) => /Tajny|sekretna|19\.94|50\.04|category=|key=/.test(decodeURIComponent(s)));
    expect(disclosing.filter((s) => !s.includes("#"))).toEqual([]);
  });

  test("by clicking on the map", async ({ addPinPage, mapPage, page }) => {
    await addPinPage.open();
    await mapPage.waitUntilIdle();
    const frame = await page.locator(".place-frame").boundingBox();
    await page.mouse.click((frame?.x ?? 0) + 200, (frame?.y ?? 0) + (frame?.height ?? 0) / 2);
    await expect(page.locator(".place-chosen")).toContainText("Wybrane miejsce");
    await expect(page.locator("#lon")).toHaveValue(/^19\.\d{6}$/);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a resident reads, filters and pages through the list", async ({ mapPage, page }) => {
    await mapPage.open();
    await expect(page.locator(".map-note")).toContainText("włącz JavaScript");
    await expect(mapPage.pins).toHaveCount(30);
    await mapPage.kind("Organizacje").check();
    await page.getByRole("button", { name: "Zastosuj filtry" }).click();
    await expect(page).toHaveURL(/kind=organisation/);
    expect(await mapPage.total()).toBe(await mapPage.kindCount("organisation"));
    await page.getByRole("link", { name: "Następne" }).click();
    await expect(page.locator(".pins")).toHaveAttribute("start", "31");
    await mapPage.pins.first().getByRole("link").click();
    await expect(page.locator("article h1")).toBeVisible();
  });

  test("a resident adds a pin", async ({ addPinPage, pinPage, mapPage, page, server }) => {
    await mapPage.open();
    await page.getByRole("link", { name: "Dodaj pinezkę" }).click();
    await addPinPage.placeSearch.fill("Bernatka");
    await page.getByRole("button", { name: "Szukaj" }).click();
    await page.locator(".found").getByRole("button").first().click();
    await page.getByRole("radio", { name: /^Zielone miejsce/ }).check();
    await addPinPage.next.click();
    await addPinPage.title.fill("Łąka, na której brzęczy");
    await addPinPage.submit.click();
    await expect(pinPage.title).toHaveText("Łąka, na której brzęczy");
    await expect(pinPage.thanks).toBeVisible();
    const [lat = 0, lon = 0] = (await page.locator(".coordinates").innerText()).split(", ").map(Number);
    await expectInTile(server.url, pinPage.id(), lon, lat);
    await mapPage.open();
    await expect(mapPage.pins.first()).toContainText("Łąka, na której brzęczy");
  });

  test("an invalid location is explained", async ({ addPinPage, page }) => {
    await addPinPage.open();
    await page.locator("#lat").fill("tam");
    await page.locator("#lon").fill("19,95");
    await addPinPage.next.click();
    await expect(addPinPage.errorSummary).toContainText("Wpisz współrzędne jako liczby");
    await expect(page.locator("#lat")).toHaveValue("tam");
  });
});
