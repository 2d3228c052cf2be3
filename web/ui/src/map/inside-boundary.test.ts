import assert from "node:assert/strict";
import { test } from "node:test";
import { isInside } from "./inside-boundary";

const square = (west: number, south: number, size: number): number[][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

test("a point is inside a polygon, but not in its hole", () => {
  const boundary = [[square(0, 0, 10), square(4, 4, 2)], [square(20, 0, 1)]];
  assert.equal(isInside([1, 1], boundary), true);
  assert.equal(isInside([5, 5], boundary), false);
  assert.equal(isInside([20.5, 0.5], boundary), true);
  assert.equal(isInside([15, 0.5], boundary), false);
  assert.equal(isInside([1, -1], boundary), false);
  assert.equal(isInside([1, 1], []), false);
});

test("a point is inside a boundary beside the antimeridian, whatever its longitude", () => {
  const boundary = [[square(178, 0, 2)], [square(-180, 0, 2)]];
  for (const lon of [179, 181, -179, -181]) {
    assert.equal(isInside([lon, 1], boundary), true, String(lon));
  }
  assert.equal(isInside([177, 1], boundary), false);
});
