// A district on both sides of the antimeridian: Fiji.
// Case http-district-across-180-opens-in-africa.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MapElement } from "../src/elements/map-element";
import { MapPage } from "./drivers/map-page";
import { expect, test } from "./fixtures";
import { binary, type Server } from "./server";

const box = (west: number, east: number) => [
  [
    [west, -19.5],
    [east, -19.5],
    [east, -15.5],
    [west, -15.5],
    [west, -19.5],
  ],
];

const areas = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { name: "Viti" },
      geometry: { type: "MultiPolygon", coordinates: [box(177, 180), box(-180, -178)] },
    },
  ],
};

const points = [177.4, 178.4, 179.2, 179.97, -179.97, -179.3, -178.8].map((lon, i) => [lon, -18.5 + 0.4 * i] as const);

function pinezka(server: Server, ...args: string[]): void {
  execFileSync(binary, [...args, "--data-dir", server.dataDir]);
}

test.beforeAll(async ({ server, request }) => {
  const dir = mkdtempSync(join(tmpdir(), "pinezka-areas-"));
  chmodSync(dir, 0o755);
  const file = join(dir, "areas.geojson");
  writeFileSync(file, JSON.stringify(areas));
  const name = ["--slug", "fiji", "--name", "Fiji", "--language", "en", "--time-zone", "Pacific/Fiji"];
  pinezka(server, "district", "add", ...name, "--areas", file, "--publish-at-once");
  rmSync(dir, { recursive: true });
  const api = `${server.url}/api/v1/districts/fiji`;
  await expect(async () => expect((await request.get(api)).status()).toBe(200)).toPass();
  const { categories } = (await (await request.get(`${api}/categories`)).json()) as {
    categories: { slug: string; visibility: string }[];
  };
  const category = categories.find(({ visibility }) => visibility === "point")?.slug;
  for (const [i, [lon, lat]] of points.entries()) {
    const data = { category, title: `Palm ${i}`, lon, lat };
    const headers = { "x-forwarded-for": `203.0.113.${i}` };
    expect((await request.post(`${api}/pins`, { data, headers })).status()).toBe(201);
  }
  await expect(async () =>
    expect(((await (await request.get(api)).json()) as { pins: number }).pins).toBe(points.length),
  ).toPass();
});

test.afterAll(({ server }) => pinezka(server, "district", "remove", "fiji", "--yes"));

for (const [name, viewport] of Object.entries({
  "on a screen": { width: 1440, height: 900 },
  "on a phone": { width: 390, height: 844 },
})) {
  test(`the map opens on both sides of the antimeridian ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.goto("/d/fiji");
    const mapPage = new MapPage(page);
    await mapPage.waitUntilIdle();
    const shown = await mapPage.map.evaluate(async (element) => {
      const { map } = (await (element as MapElement).ready) ?? {};
      if (!map) {
        throw new Error("the browser cannot draw the map");
      }
      const hexes = map.queryRenderedFeatures({ layers: ["hexes"] });
      const totals = new Map(hexes.map(({ properties }) => [String(properties.h3), Number(properties.total)]));
      const bounds = map.getBounds();
      return {
        pins: [...totals.values()].reduce((sum, n) => sum + n, 0),
        width: bounds.getEast() - bounds.getWest(),
        centre: map.getCenter().wrap().lng,
      };
    });
    expect(shown.pins).toBe(points.length);
    expect(shown.width).toBeLessThan(60);
    expect(Math.abs(shown.centre)).toBeGreaterThan(179);
    await expect(page.locator(".area-name")).toBeVisible();
  });
}

test("on a phone, legend and months cover nothing of the district", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/d/fiji");
  const mapPage = new MapPage(page);
  await mapPage.waitUntilIdle();
  const [south, foot] = await mapPage.map.evaluate(async (element) => {
    const { map } = (await (element as MapElement).ready) ?? {};
    const { top } = element.getBoundingClientRect();
    return [map?.project([178, -19.5]).y, (element.querySelector(".map-foot")?.getBoundingClientRect().top ?? 0) - top];
  });
  expect(south).toBeLessThan(foot ?? 0);
});

test("a location chosen beyond 180° has a longitude on Earth", async ({ page }) => {
  await page.goto("/d/fiji/add");
  const map = page.locator("pinezka-map");
  await map.evaluate(async (element) => {
    const view = await (element as MapElement).ready;
    view?.map.jumpTo({ center: [179.9, -17.5], zoom: 7 });
    await view?.map.once("idle");
  });
  const frame = await map.boundingBox();
  await map.click({ position: { x: (frame?.width ?? 0) * 0.75, y: (frame?.height ?? 0) / 2 } });
  await expect(page.locator("#lon")).toHaveValue(/^-17[89]\./);
});
