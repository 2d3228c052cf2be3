// The tiles, decoded by others: @mapbox/vector-tile and GDAL.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classifyRings, VectorTile, type VectorTileLayer } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { components } from "../src/api.gen";
import { expect, test } from "./story";
import { tileAt, tilesOf } from "./tile";

const bounds = [19.9312, 50.0228, 20.101, 50.05986];

async function layerOf(
  url: string,
  layer: string,
  zoom: number,
  x: number,
  y: number,
  query = "",
): Promise<VectorTileLayer | undefined> {
  const answer = await fetch(`${url}/tiles/podgorze/${layer}/${zoom}/${x}/${y}.mvt${query}`);
  expect(answer.status).toBe(200);
  return new VectorTile(new PbfReader(await answer.arrayBuffer())).layers[layer];
}

test("hexes are wound as MVT 2.1 says, have ids below 2^53, and count the same at every resolution", async ({
  server,
}) => {
  const all = await (await fetch(`${server.url}/api/v1/districts/podgorze/stats`)).json();
  const everything = JSON.stringify(all);
  const totals = [];
  for (const resolution of [7, 8, 9, 10, 11]) {
    const cells = new Map<string, number>();
    for (const { x, y } of tilesOf([19.9, 50.0, 20.13, 50.08], 12)) {
      const layer = await layerOf(server.url, "hexes", 12, x, y, `?res=${resolution}`);
      if (!layer) {
        continue; // an empty tile holds no layer
      }
      expect(layer.version).toBe(2);
      expect(layer.extent).toBe(4096);
      for (let i = 0; i < layer.length; i++) {
        const hex = layer.feature(i);
        expect(hex.type).toBe(3);
        const rings = hex.loadGeometry();
        expect(classifyRings(rings).length, "one polygon").toBe(1);
        for (const ring of rings) {
          expect(area(ring), "the outer ring has a positive area, y downwards").toBeGreaterThan(0);
          expect(ring.at(0), "closed").toEqual(ring.at(-1));
        }
        expect(Number.isSafeInteger(hex.id)).toBe(true);
        expect(hex.id).toBeGreaterThan(0);
        const { h3, need, potential, organisation, total } = hex.properties as Record<string, number>;
        expect(String(h3)).toMatch(/^8[0-9a-f]{14}$/);
        expect(Number.parseInt(String(h3)[1] ?? "", 16)).toBe(resolution);
        expect((need ?? 0) + (potential ?? 0) + (organisation ?? 0)).toBe(total);
        expect(cells.get(String(h3)) ?? total, "the same in every tile").toBe(total);
        cells.set(String(h3), total ?? 0);
      }
    }
    totals.push([...cells.values()].reduce((sum, n) => sum + n, 0));
  }
  expect(new Set(totals).size, `totals by resolution: ${totals}`).toBe(1);
  expect(totals[0]).toBeGreaterThan(1900);
  expect(everything).toContain("need");
});

test("pins are points with id, kind, category and status, as many as the hexes count", async ({ server }) => {
  const seen = new Set<number>();
  let stood = 0;
  for (const { x, y } of tilesOf(bounds, 14)) {
    const layer = await layerOf(server.url, "pins", 14, x, y);
    for (let i = 0; i < (layer?.length ?? 0); i++) {
      const pin = layer?.feature(i);
      const id = Number(pin?.id);
      expect(pin?.type).toBe(1);
      expect(Object.keys(pin?.properties ?? {}).sort()).toEqual(["category", "kind", "n", "status"]);
      expect(pin?.properties.category, "hex categories are never points").not.toBe("loneliness");
      expect(seen.has(id)).toBe(false);
      seen.add(id);
      stood += Number(pin?.properties.n);
    }
  }
  const answer = await fetch(`${server.url}/api/v1/districts/podgorze/stats`);
  const stats = (await answer.json()) as components["schemas"]["Stats"];
  const hidden = stats.categories.find((c) => c.category === "loneliness")?.total ?? 0;
  expect(stood + hidden).toBe(stats.total);
  expect(seen.size).toBeLessThanOrEqual(stood);
});

test("areas are polygons with slug and name", async ({ server }) => {
  const { x, y } = tileAt(19.95, 50.045, 12);
  const layer = await layerOf(server.url, "areas", 12, x, y);
  const names = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i).properties.name);
  expect(names).toContain("Stare Podgórze");
});

test("GDAL reads them", async ({ server }) => {
  test.skip(spawnSync("ogrinfo", ["--version"]).status !== 0, "ogrinfo is not installed");
  const { x, y } = tileAt(19.95, 50.045, 12);
  const dir = mkdtempSync(join(tmpdir(), "pinezka-gdal-"));
  try {
    for (const [layer, fields] of [
      ["hexes", ["h3 (String)", "total (Integer"]],
      ["pins", ["kind (String)", "category (String)", "status (String)"]],
      ["areas", ["slug (String)", "name (String)"]],
    ] as const) {
      const file = join(dir, `${layer}.mvt`);
      const answer = await fetch(`${server.url}/tiles/podgorze/${layer}/12/${x}/${y}.mvt`);
      writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
      const said = execFileSync("ogrinfo", ["-al", "-so", `MVT:${file}`], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
      expect(said).toContain(`Layer name: ${layer}`);
      expect(Number(/Feature Count: (\d+)/.exec(said)?.[1])).toBeGreaterThan(0);
      for (const field of fields) {
        expect(said).toMatch(new RegExp(field.replace(/ \(/, ": ?").replace(")", "").replace("(", ""), "i"));
      }
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
});

/** Area of a ring by the surveyor's formula, positive clockwise on the screen. */
function area(ring: { x: number; y: number }[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i], ring[i + 1]];
    sum += a && b ? a.x * b.y - b.x * a.y : 0;
  }
  return sum / 2;
}
