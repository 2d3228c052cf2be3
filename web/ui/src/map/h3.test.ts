import assert from "node:assert/strict";
import { test } from "node:test";
import { cellWidth, resolutionOf } from "./h3";

test("resolution and width of cells", () => {
  assert.equal(resolutionOf("891e2040d4bffff"), 9);
  assert.equal(resolutionOf("8a1e2040d4bffff"), 10);
  assert.equal(cellWidth(9), 350);
});
