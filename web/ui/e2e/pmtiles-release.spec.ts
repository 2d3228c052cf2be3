// The static release: PMTiles archives that pinezka export writes, served by plain file hosting and
// read by the pmtiles package and MapLibre.

import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FetchSource, PMTiles } from "pmtiles";
import { district, expect, test } from "./fixtures";
import { binary, type Server } from "./server";
import { tileAt } from "./tile-coordinates";

const modules = fileURLToPath(new URL("../node_modules", import.meta.url));
const types: Record<string, string> = { ".html": "text/html", ".mjs": "text/javascript", ".js": "text/javascript" };

/** A static file server with support for byte ranges, which counts the requests for archives. */
class StaticServer {
  rangeRequests = 0;
  fullRequests = 0;
  readonly dir = mkdtempSync(join(tmpdir(), "pinezka-static-"));
  private readonly http = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://host").pathname;
    const file = path.startsWith("/modules/") ? join(modules, path.slice(9)) : join(this.dir, path);
    if (path === "/") {
      response.setHeader("content-type", "text/html").end(mapPage);
      return;
    }
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const { size } = statSync(file);
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    const [start, end] = [Number(range?.[1] ?? 0), Math.min(Number(range?.[2] ?? size - 1), size - 1)];
    if (extname(file) === ".pmtiles") {
      range ? this.rangeRequests++ : this.fullRequests++;
    }
    response.writeHead(range ? 206 : 200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "content-length": end - start + 1,
      ...(range ? { "content-range": `bytes ${start}-${end}/${size}` } : {}),
    });
    createReadStream(file, { start, end }).pipe(response);
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.http.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  close(): void {
    this.http.close();
    this.http.closeAllConnections();
    rmSync(this.dir, { recursive: true });
  }
}

/** A page that needs only the archive. */
const mapPage = `<!doctype html>
<html lang="en"><title>Static release</title>
<style>html, body, #map { margin: 0; height: 100%; }</style>
<div id="map"></div>
<script src="/modules/pmtiles/dist/pmtiles.js"></script>
<script type="module">
  import { addProtocol, Map, setWorkerUrl } from "/modules/maplibre-gl/dist/maplibre-gl.mjs";
  setWorkerUrl(new URL("/modules/maplibre-gl/dist/maplibre-gl-worker.mjs", location.href).href);
  addProtocol("pmtiles", new pmtiles.Protocol().tile);
  const archive = new URL(location.href).searchParams.get("archive");
  const layer = (id, type, paint) => ({ id, type, paint, source: "pinezka", "source-layer": id });
  window.map = new Map({
    container: "map",
    fadeDuration: 0,
    style: {
      version: 8,
      sources: { pinezka: { type: "vector", url: "pmtiles://" + location.origin + "/" + archive } },
      layers: [
        layer("areas", "fill", { "fill-color": "#ddd" }),
        layer("hexes", "fill", { "fill-color": "#484", "fill-opacity": 0.5 }),
        layer("pins", "circle", { "circle-radius": 2 }),
      ],
    },
    center: [20.016, 50.0413],
    zoom: 12,
  });
</script>`;

/** Writes archives of the server's district into a directory. */
function exportArchives(server: Server, dir: string, ...flags: string[]): void {
  execFileSync(binary, ["export", "--data-dir", server.dataDir, "--district", district, "--out", dir, ...flags]);
}

/**
 * Returns what the map has rendered: the sums of hexes and of pins, and the areas. Runs in the
 * page.
 */
function renderedData() {
  const { map } = window as unknown as { map: import("maplibre-gl").Map };
  const of = (layer: string) => map.queryRenderedFeatures({ layers: [layer] });
  const sum = (values: Iterable<unknown>) => [...values].reduce((n: number, v) => n + Number(v), 0);
  return {
    hexes: sum(new Map(of("hexes").map((f) => [f.properties.h3, f.properties.total])).values()),
    needs: sum(new Map(of("hexes").map((f) => [f.properties.h3, f.properties.need])).values()),
    resolutions: [...new Set(of("hexes").map((f) => Number.parseInt(f.properties.h3[1], 16)))],
    pins: sum(new Map(of("pins").map((f) => [f.id, f.properties.n])).values()),
    areas: [...new Set(of("areas").map((f) => String(f.properties.slug)))].sort(),
  };
}

test.describe("the static release", () => {
  let hosting: StaticServer;
  let host: string;

  test.beforeEach(async () => {
    hosting = new StaticServer();
    host = await hosting.open();
  });
  test.afterEach(() => hosting.close());

  test("opens in MapLibre from plain file hosting, with the counts of the API", async ({ server, page }) => {
    exportArchives(server, hosting.dir);
    const api = `${server.url}/api/v1/districts/${district}`;
    const stats = await (await fetch(`${api}/stats`)).json();
    const { categories } = await (await fetch(`${api}/categories`)).json();
    const areas = await (await fetch(`${api}/areas`)).json();
    const hidden = new Set(
      (categories as { slug: string; visibility: string }[]).filter((c) => c.visibility === "hex").map((c) => c.slug),
    );
    expect(hidden.size).toBeGreaterThan(0);
    const drawable = (stats.categories as { category: string; total: number }[])
      .filter((c) => !hidden.has(c.category))
      .reduce((n, c) => n + c.total, 0);

    await page.goto(`${host}/?archive=${district}.pmtiles`);
    await expect
      .poll(() => page.evaluate(renderedData).catch(() => undefined))
      .toEqual({
        hexes: stats.total,
        needs: stats.need,
        resolutions: [9],
        pins: drawable,
        areas: (areas.features as { properties: { slug: string } }[]).map((a) => a.properties.slug).sort(),
      });
    expect(hosting.rangeRequests, "range requests").toBeGreaterThan(2);
    expect(hosting.fullRequests, "requests of the whole archive").toBe(0);

    // All layers are rendered at street scale too, and beyond the last zoom of the archive.
    for (const zoom of [16, 18]) {
      await page.evaluate((zoom) => {
        (window as unknown as { map: import("maplibre-gl").Map }).map.jumpTo({ center: [19.951, 50.0455], zoom });
      }, zoom);
      await expect
        .poll(async () => {
          const now = await page.evaluate(renderedData);
          return (
            now.hexes > 0 && now.pins > 0 && now.areas.includes("stare-podgorze") && now.resolutions.join() === "11"
          );
        })
        .toBe(true);
    }
  });

  test("has one resolution at every zoom, and filters, when requested", async ({ server, page }) => {
    exportArchives(server, hosting.dir, "--layer", "hexes", "--res", "10", "--kind", "need");
    const stats = await (await fetch(`${server.url}/api/v1/districts/${district}/stats?kind=need`)).json();
    await page.goto(`${host}/?archive=${district}-hexes-10.pmtiles`);
    await expect
      .poll(() => page.evaluate(renderedData).catch(() => undefined))
      .toEqual({ hexes: stats.total, needs: stats.total, resolutions: [10], pins: 0, areas: [] });
  });

  test("has the same tiles as the server, read by the pmtiles package", async ({ server }) => {
    exportArchives(server, hosting.dir);
    const archive = new PMTiles(new FetchSource(`${host}/${district}.pmtiles`));
    const header = await archive.getHeader();
    expect([header.specVersion, header.tileType, header.minZoom, header.maxZoom]).toEqual([3, 1, 0, 16]);
    expect(header.clustered).toBe(true);
    const size = readFileSync(join(hosting.dir, `${district}.pmtiles`)).length;
    expect(header.tileDataOffset + (header.tileDataLength ?? 0)).toBe(size);
    const metadata = (await archive.getMetadata()) as { vector_layers: { id: string }[] };
    expect(metadata.vector_layers.map((l) => l.id)).toEqual(["areas", "hexes", "pins"]);
    for (const [lon, lat] of [
      [19.951, 50.0455],
      [20.016, 50.0413],
    ] as const) {
      for (let zoom = 0; zoom <= 16; zoom++) {
        const { x, y } = tileAt(lon, lat, zoom);
        const served = await Promise.all(
          ["pins", "hexes", "areas"].map(async (layer) => {
            const response = await fetch(`${server.url}/tiles/${district}/${layer}/${zoom}/${x}/${y}.mvt`);
            return Buffer.from(await response.arrayBuffer());
          }),
        );
        const archived = await archive.getZxy(zoom, x, y);
        expect(
          Buffer.from(archived?.data ?? new ArrayBuffer(0)).equals(Buffer.concat(served)),
          `${zoom}/${x}/${y}`,
        ).toBe(true);
      }
    }
  });
});
