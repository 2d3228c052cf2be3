// Pages of other origins, which read the API.

import { readFileSync } from "node:fs";
import { createServer, type Server as HTTPServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { APIRequestContext } from "@playwright/test";
import { district, expect, test } from "./fixtures";

const maplibre = fileURLToPath(new URL("../node_modules/maplibre-gl/dist", import.meta.url));

/** A page with a map as the documentation of MapLibre describes it, and the changes of the tiles. */
const mapPage = `<!doctype html>
<html lang="en"><title>A map of somebody else</title>
<style>html, body, #map { margin: 0; height: 100%; }</style>
<div id="map"></div>
<script type="module">
  import { Map, setWorkerUrl } from "/maplibre-gl.mjs";
  setWorkerUrl(location.origin + "/maplibre-gl-worker.mjs");
  const api = new URL(location.href).searchParams.get("api");
  window.tiles = 0;
  window.map = new Map({
    container: "map",
    style: {
      version: 8,
      sources: { pins: { type: "vector", tiles: [api + "/tiles/podgorze/pins/{z}/{x}/{y}.mvt"], maxzoom: 20 } },
      layers: [{ id: "pins", type: "circle", source: "pins", "source-layer": "pins" }],
    },
    center: [20.016, 50.0413],
    zoom: 12,
    transformRequest: (url, type) => {
      window.tiles += type === "Tile" ? 1 : 0;
      return { url };
    },
  });
  new EventSource(api + "/api/v1/districts/podgorze/changes")
    .addEventListener("change", () => window.map.refreshTiles("pins"));
</script>`;

let host: HTTPServer;
let origin: string;

test.beforeEach(async () => {
  host = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://host");
    const isScript = pathname.endsWith(".mjs");
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? readFileSync(`${maplibre}${pathname}`) : pathname === "/" ? mapPage : "<!doctype html>");
  });
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
});
test.afterEach(() => {
  host.close();
  host.closeAllConnections();
});

/** Adds a potential that is shown as a point. */
async function addPotential(request: APIRequestContext): Promise<void> {
  const { categories } = await (await request.get(`/api/v1/districts/${district}/categories`)).json();
  const { slug } = categories.find(
    (c: { kind: string; visibility: string }) => c.kind === "potential" && c.visibility === "point",
  );
  const response = await request.post(`/api/v1/districts/${district}/pins`, {
    data: { category: slug, title: "Potencjał z innej strony", lon: 19.9493, lat: 50.0446 },
  });
  expect(response.status()).toBe(201);
}

// Case http-stale-while-revalidate-numbers-disagree.
test.describe("a page of another origin", () => {
  test("shows numbers that agree after a change, although its browser keeps them", async ({
    page,
    request,
    server,
  }) => {
    await page.goto(`${origin}/empty`);
    const numbers = () =>
      page.evaluate(async (api) => {
        const get = async (path: string) => (await fetch(`${api}/${path}`)).json();
        const stats = await get("stats?kind=potential");
        const { features } = await get("hexes?kind=potential");
        const listed = new Set<number>();
        for (let next = "pins?kind=potential&limit=1000"; next !== ""; ) {
          const list = await get(next);
          for (const { id } of list.features) {
            listed.add(id);
          }
          const link = list.links.find(({ rel }: { rel: string }) => rel === "next");
          next = link ? `pins${new URL(link.href, api).search}` : "";
        }
        const inHexes = features.reduce((n: number, f: { properties: { potential: number } }) => {
          return n + f.properties.potential;
        }, 0);
        return { stats: stats.potential, hexes: inHexes, list: listed.size };
      }, `${server.url}/api/v1/districts/${district}`);
    const { list: before } = await numbers();
    await addPotential(request);
    const counted = async () =>
      (await (await request.get(`/api/v1/districts/${district}/stats?kind=potential`)).json()).potential;
    await expect.poll(counted, "the server counts it").toBe(before + 1);
    expect(await numbers()).toEqual({ stats: before + 1, hexes: before + 1, list: before + 1 });
  });

  test("with a stock MapLibre map requests a tile again only after a change", async ({ page, request, server }) => {
    const requests = () => page.evaluate(() => (window as unknown as { tiles: number }).tiles);
    const isLoaded = () => page.evaluate(() => (window as unknown as { map: { loaded(): boolean } }).map.loaded());
    await page.clock.install();
    await page.goto(`${origin}/?api=${encodeURIComponent(server.url)}`);
    await expect.poll(isLoaded).toBe(true);
    const before = await requests();
    expect(before).toBeGreaterThan(0);
    await page.clock.fastForward(60_000); // All timers of a minute, each at most once.
    await expect.poll(isLoaded).toBe(true);
    expect(await requests(), "requests of tiles a minute later").toBe(before);
    await addPotential(request);
    await expect.poll(requests).toBe(2 * before);
  });
});
