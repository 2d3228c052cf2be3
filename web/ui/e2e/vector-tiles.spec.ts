// Vector tiles, decoded by @mapbox/vector-tile and by GDAL.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classifyRings, VectorTile, type VectorTileLayer } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { components } from "../src/api.gen";
import { expect, test } from "./fixtures";
import { tileAt, tilesIn } from "./tile-coordinates";

const bounds = [19.9285, 50.0255, 20.1015, 50.06];

async function layerOf(
  url: string,
  layer: string,
  zoom: number,
  x: number,
  y: number,
  query = "",
): Promise<VectorTileLayer | undefined> {
  const response = await fetch(`${url}/tiles/podgorze/${layer}/${zoom}/${x}/${y}.mvt${query}`);
  expect(response.status).toBe(200);
  return new VectorTile(new PbfReader(await response.arrayBuffer())).layers[layer];
}

test("hexes have valid rings and ids, and the same total at every resolution", async ({ server }) => {
  const totals = [];
  const errors: string[] = []; // Calling expect for each of thousands of hexes would take minutes.
  for (const resolution of [7, 8, 9, 10, 11]) {
    const cells = new Map<string, number>();
    for (const { x, y } of tilesIn([19.9, 50.0, 20.13, 50.08], 13)) {
      const layer = await layerOf(server.url, "hexes", 13, x, y, `?res=${resolution}`);
      if (!layer) {
        continue; // An empty tile has no layer.
      }
      expect(layer.version).toBe(2);
      expect(layer.extent).toBe(4096);
      for (let i = 0; i < layer.length; i++) {
        const hex = layer.feature(i);
        const { h3, need = 0, potential = 0, organisation = 0, total = 0 } = hex.properties as Record<string, number>;
        const cell = String(h3);
        const rings = hex.loadGeometry();
        const checks: Record<string, boolean> = {
          "is a polygon": hex.type === 3,
          "is one polygon": classifyRings(rings).length === 1,
          "has outer rings of positive area, y downwards": rings.every((ring) => area(ring) > 0),
          "is closed": rings.every((ring) => ring[0]?.x === ring.at(-1)?.x && ring[0]?.y === ring.at(-1)?.y),
          "has an id from 1 to 2^53": Number.isSafeInteger(hex.id) && Number(hex.id) > 0,
          "has a cell of its resolution":
            /^8[0-9a-f]{14}$/.test(cell) && Number.parseInt(cell[1] ?? "", 16) === resolution,
          "has the sum of the kinds as total": need + potential + organisation === total,
          "is the same in every tile": (cells.get(cell) ?? total) === total,
        };
        for (const [check, passed] of Object.entries(checks)) {
          if (!passed) {
            errors.push(`${cell} fails: ${check}`);
          }
        }
        cells.set(cell, total);
      }
    }
    totals.push([...cells.values()].reduce((sum, n) => sum + n, 0));
  }
  expect(errors.slice(0, 10)).toEqual([]);
  expect(new Set(totals).size, `totals by resolution: ${totals}`).toBe(1);
  expect(totals[0]).toBeGreaterThan(1900);
});

test("pins are points with id, kind, category and status, as many as the statistics count", async ({ server }) => {
  const seen = new Set<number>();
  const errors: string[] = [];
  let total = 0;
  for (const { x, y } of tilesIn(bounds, 14)) {
    const layer = await layerOf(server.url, "pins", 14, x, y);
    for (let i = 0; i < (layer?.length ?? 0); i++) {
      const pin = layer?.feature(i);
      const id = Number(pin?.id);
      const checks: Record<string, boolean> = {
        "is a point": pin?.type === 1,
        "has its properties and no other":
          Object.keys(pin?.properties ?? {})
            .sort()
            .join() === "category,kind,n,status",
        "is not of a sensitive category": pin?.properties.category !== "loneliness",
        "is in one tile": !seen.has(id),
      };
      for (const [check, passed] of Object.entries(checks)) {
        if (!passed) {
          errors.push(`${id} fails: ${check}`);
        }
      }
      seen.add(id);
      total += Number(pin?.properties.n);
    }
  }
  expect(errors.slice(0, 10)).toEqual([]);
  const response = await fetch(`${server.url}/api/v1/districts/podgorze/stats`);
  const stats = (await response.json()) as components["schemas"]["Stats"];
  const hidden = stats.categories.find((c) => c.category === "loneliness")?.total ?? 0;
  expect(total + hidden).toBe(stats.total);
  expect(seen.size).toBeLessThanOrEqual(total);
});

test("areas are polygons with slug and name", async ({ server }) => {
  const { x, y } = tileAt(19.95, 50.045, 12);
  const layer = await layerOf(server.url, "areas", 12, x, y);
  const names = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i).properties.name);
  expect(names).toContain("Stare Podgórze");
});

test("GDAL reads all layers", async ({ server }) => {
  const { x, y } = tileAt(19.95, 50.045, 12);
  const dir = mkdtempSync(join(tmpdir(), "pinezka-gdal-"));
  try {
    for (const [layer, fields] of [
      ["hexes", ["h3 (String)", "total (Integer"]],
      ["pins", ["kind (String)", "category (String)", "status (String)"]],
      ["areas", ["slug (String)", "name (String)"]],
    ] as const) {
      const file = join(dir, `${layer}.mvt`);
      const response = await fetch(`${server.url}/tiles/podgorze/${layer}/12/${x}/${y}.mvt`);
      writeFileSync(file, Buffer.from(await response.arrayBuffer()));
      const output = execFileSync("ogrinfo", ["-al", "-so", `MVT:${file}`], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
      expect(output).toContain(`Layer name: ${layer}`);
      expect(Number(/Feature Count: (\d+)/.exec(output)?.[1])).toBeGreaterThan(0);
      for (const field of fields) {
        expect(output).toMatch(new RegExp(field.replace(/ \(/, ": ?").replace(")", "").replace("(", ""), "i"));
      }
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
});

/**
 * Returns the signed area of a ring by the shoelace formula, positive when clockwise on the screen.
 */
function area(ring: { x: number; y: number }[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i], ring[i + 1]];
    sum += a && b ? a.x * b.y - b.x * a.y : 0;
  }
  return sum / 2;
}
