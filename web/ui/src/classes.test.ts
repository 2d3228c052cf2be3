import assert from "node:assert/strict";
import { test } from "node:test";
import { breaks, classLabel, resolutionOf, widthOf } from "./classes";

test("breaks are round, begin at 1 and rise", () => {
  assert.deepEqual(breaks([]), []);
  assert.deepEqual(breaks([0, 0]), []);
  assert.deepEqual(breaks([1]), [1]);
  assert.deepEqual(breaks([1, 3, 7]), [1, 2, 5]);
  for (const counts of [[1, 1, 1, 900], Array.from({ length: 500 }, (_, i) => i), [1e6, 2e6, 5]]) {
    const found = breaks(counts);
    assert.equal(found[0], 1);
    assert.ok(found.length <= 5);
    assert.deepEqual(
      found,
      [...new Set(found)].sort((a, b) => a - b),
    );
    for (const n of found) {
      assert.match(String(n), /^[125]0*$/);
    }
  }
});

test("labels of classes leave no gap", () => {
  const bounds = [1, 2, 5, 20];
  assert.deepEqual(
    bounds.map((_, i) => classLabel(bounds, i, String)),
    ["1", "2–4", "5–19", "20+"],
  );
});

test("resolution and width of cells", () => {
  assert.equal(resolutionOf("891e2040d4bffff"), 9);
  assert.equal(resolutionOf("8a1e2040d4bffff"), 10);
  assert.equal(widthOf(9), 350);
});
