import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Corner,
  crossesItself,
  formatOutline,
  fromGeometry,
  lengthOf,
  parseOutline,
  surfaceOf,
  toGeometry,
} from "./outline";

const square: Corner[] = [
  [19.95, 50.04],
  [19.96, 50.04],
  [19.96, 50.05],
  [19.95, 50.05],
];

test("an outline is read as it is written", () => {
  for (const isArea of [true, false]) {
    const outline = { corners: square, isArea };
    assert.deepEqual(parseOutline(formatOutline(outline)), outline);
    assert.deepEqual(fromGeometry(toGeometry(outline)), outline);
  }
  assert.deepEqual(parseOutline("50,04 19,95\nnothing\n50.04, 19.96").corners, square.slice(0, 2));
  assert.deepEqual(parseOutline(""), { corners: [], isArea: false });
});

test("what has too few corners for an area is a line", () => {
  assert.equal(toGeometry({ corners: square.slice(0, 2), isArea: true }).type, "LineString");
});

test("lengths and surfaces are those on the ground", () => {
  assert.ok(Math.abs(lengthOf(square.slice(0, 2)) - 714.2) < 1);
  assert.ok(Math.abs(surfaceOf(square) - 794_100) < 1000);
  assert.equal(lengthOf([]), 0);
});

test("an edge that crosses another one is found", () => {
  assert.equal(crossesItself(square), false);
  const [a, b, c, d] = square as [Corner, Corner, Corner, Corner];
  assert.equal(crossesItself([a, c, b, d]), true);
  assert.equal(crossesItself([a, b, c]), false);
});
