import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, labelPoint, ringArea } from "./label-point";

/** An L: a square of 2 by 2 with a long arm to the east. */
const ring = [
  [0, 0],
  [10, 0],
  [10, 0.5],
  [2, 0.5],
  [2, 2],
  [0, 2],
  [0, 0],
];

test("the label point is in the widest part of a ring", () => {
  const [lon, lat] = labelPoint(ring);
  assert.ok(lon > 0.5 && lon < 1.5 && lat >= 0.5 && lat < 1.5, `${lon}, ${lat}`);
});

test("bounds and area of a ring", () => {
  assert.deepEqual(boundsOf(ring), [0, 0, 10, 2]);
  assert.equal(ringArea(ring), 8);
});
