import assert from "node:assert/strict";
import { test } from "node:test";
import { classBreaks, classLabel } from "./class-breaks";

test("class breaks are round, ascending, and begin with 1", () => {
  assert.deepEqual(classBreaks([]), []);
  assert.deepEqual(classBreaks([0, 0]), []);
  assert.deepEqual(classBreaks([1]), [1]);
  assert.deepEqual(classBreaks([1, 3, 7]), [1, 2, 5]);
  for (const counts of [[1, 1, 1, 900], Array.from({ length: 500 }, (_, i) => i), [1e6, 2e6, 5]]) {
    const breaks = classBreaks(counts);
    assert.equal(breaks[0], 1);
    assert.ok(breaks.length <= 5);
    assert.deepEqual(
      breaks,
      [...new Set(breaks)].sort((a, b) => a - b),
    );
    for (const n of breaks) {
      assert.match(String(n), /^[125]0*$/);
    }
  }
});

test("labels of classes leave no gap", () => {
  const breaks = [1, 2, 5, 20];
  assert.deepEqual(
    breaks.map((_, i) => classLabel(breaks, i, String)),
    ["1", "2–4", "5–19", "20+"],
  );
});
