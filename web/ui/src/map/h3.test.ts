import assert from "node:assert/strict";
import { test } from "node:test";
import { cellArea, cellWidth } from "./h3";

test("width and area of cells", () => {
  assert.equal(cellWidth(9), 350);
  assert.equal(cellArea(9), 0.11);
});
