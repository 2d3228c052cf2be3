import assert from "node:assert/strict";
import { test } from "node:test";
import { formatScale, parseScale, shownResolution, suitableScale } from "./hex-scale";

test("a scale is parsed and formatted", () => {
  const scale = { breaks: [1, 3, 6, 12, 25], resolution: 9 };
  assert.deepEqual(parseScale("1,3,6,12,25@9"), scale);
  assert.equal(formatScale(scale), "1,3,6,12,25@9");
  assert.deepEqual(parseScale("1@10"), { breaks: [1], resolution: 10 });
  assert.equal(parseScale(""), undefined);
});

test("the suitable scale has classes of the counts", () => {
  const totals = { "8": [[7, 1]], "9": [[1, 2], [5, 1]] } as const; // biome-ignore format: pairs
  assert.deepEqual(suitableScale(totals, 9), { breaks: [1, 2, 5], resolution: 9 });
  assert.deepEqual(suitableScale(totals, 8), { breaks: [1, 2, 5], resolution: 8 });
  assert.deepEqual(suitableScale(totals, 4), { breaks: [], resolution: 4 });
});

test("a held scale holds the size of hexes while they can be read", () => {
  const held = { breaks: [1], resolution: 9 };
  assert.deepEqual(
    [7, 8, 9, 10, 11].map((legible) => shownResolution(legible, held)),
    [7, 9, 9, 9, 9],
  );
  assert.equal(shownResolution(4, { breaks: [1], resolution: 10 }), 4);
  assert.equal(shownResolution(8, undefined), 8);
});
