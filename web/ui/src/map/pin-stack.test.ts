import assert from "node:assert/strict";
import { test } from "node:test";
import { stackSquare } from "./pin-stack";

test("a square contains the location and has the width of the tile grid", () => {
  for (const [lon, lat, zoom] of [
    [19.9512, 50.0431, 14.6],
    [19.9512, 50.0431, 19],
    [179.9999, -17.5, 16],
    [-179.9999, 0, 15.9999999],
    [0.0001, 0.0001, 17],
  ] as const) {
    const [west, south, east, north] = stackSquare(lon, lat, zoom);
    assert.ok(west <= lon && lon < east && south < lat && lat <= north, `${lon}, ${lat}`);
    const width = 360 / 32 / 2 ** Math.floor(zoom + 1e-6);
    assert.ok(Math.abs(east - west - width) < 1e-9);
    assert.ok(Math.abs(north - south - width * Math.cos((lat * Math.PI) / 180)) < width / 100);
  }
});

test("squares of the next zoom are quarters of it", () => {
  const [west, south, east, north] = stackSquare(19.9512, 50.0431, 16);
  const [west2, south2, east2, north2] = stackSquare(19.9512, 50.0431, 17);
  assert.ok(west2 >= west - 1e-9 && east2 <= east + 1e-9 && south2 >= south - 1e-9 && north2 <= north + 1e-9);
});
