// Streets below the data: from an archive that the server reads, or from a foreign style.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { basemapArchive } from "./basemap-archive";
import { expect, expectAccessible, test } from "./fixtures";

const styleURL = "https://tiles.example.org/style.json";

/** A style of a third party with a label of its own over the district. */
const foreignStyle = {
  version: 8,
  sources: {
    places: {
      type: "geojson",
      data: {
        type: "Feature",
        properties: { name: "Rynek" },
        geometry: { type: "Point", coordinates: [19.951, 50.0455] },
      },
    },
  },
  layers: [
    { id: "ground", type: "background", paint: { "background-color": "#eeeeee" } },
    {
      id: "names",
      type: "symbol",
      source: "places",
      layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"] },
    },
  ],
};

test.describe("with an archive", () => {
  test.beforeAll(async ({ server }) => {
    const file = join(server.dataDir, "protomaps.pmtiles");
    writeFileSync(file, basemapArchive("Ulica Żółta", "Yellow Street"));
    await server.restart("--basemap", file);
  });
  test.afterAll(({ server }) => server.restart());

  test("a street has its name, in the language of the page", async ({ mapPage, page }) => {
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    for (const [language, name] of [
      ["pl", "Ulica Żółta"],
      ["en", "Yellow Street"],
    ] as const) {
      await mapPage.open(`?lang=${language}`);
      await mapPage.waitUntilIdle();
      await mapPage.jumpTo(19.951, 50.0455, 15.6);
      await expect.poll(() => mapPage.renderedNames("main-street-names")).toEqual([name]);
    }
    await expect(page.locator(".maplibregl-ctrl-attrib")).toContainText("© OpenStreetMap");
    expect(hosts.size, [...hosts].join()).toBe(1);
    const layers = await mapPage.layers();
    const order = ["ground-streets", "hexes", "boundary", "pins", "main-street-names"];
    expect(layers.filter((id) => order.includes(id))).toEqual(order);
  });

  test("names on it keep clear of the names of areas, also after a change of colours", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const areas = await page.locator(".area-name:not([hidden])").allInnerTexts();
    expect(areas.length).toBeGreaterThan(3);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect.poll(async () => (await mapPage.renderedNames("area-names")).sort()).toEqual(areas.sort());
    }
  });

  test("in the dark and with forced colours the street keeps its name", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.jumpTo(19.951, 50.0455, 15.6);
    for (const media of [{ colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }] as const) {
      await page.emulateMedia(media);
      await expect.poll(() => mapPage.renderedNames("main-street-names")).toEqual(["Ulica Żółta"]);
    }
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    await expectAccessible(page);
  });
});

test.describe("with a style of a third party", () => {
  test.beforeAll(({ server }) => server.restart("--basemap", styleURL));
  test.afterAll(({ server }) => server.restart());

  test("its own names are drawn above the hexes", async ({ mapPage, page }) => {
    await page.route(styleURL, (route) => route.fulfill({ json: foreignStyle }));
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.jumpTo(19.951, 50.0455, 14);
    await expect.poll(() => mapPage.renderedNames("names")).toEqual(["Rynek"]);
    expect(await mapPage.renderedFeatures("hexes")).toBeGreaterThan(0);
    const layers = await mapPage.layers();
    expect(layers.indexOf("hexes")).toBeLessThan(layers.indexOf("names"));
    expect(layers.indexOf("names")).toBeLessThan(layers.indexOf("pins"));
  });
});
