import assert from "node:assert/strict";
import { test } from "node:test";
import { textLength } from "./text-length";

test("lengths are those of the server", () => {
  const tests: [string, boolean, number][] = [
    ["", false, 0],
    ["  żółw \n", false, 4],
    ["z\u0307o\u0301łw", false, 4], // composed to żółw
    ["a\r\nb", false, 3],
    ["a\u2028\vb", false, 4],
    ["👩‍👩‍👧", false, 5],
    ["a   b\tc", false, 7],
    ["a   b\tc", true, 5],
    [" \u00a0 ", true, 0],
  ];
  for (const [text, singleLine, want] of tests) {
    assert.equal(textLength(text, singleLine), want, JSON.stringify(text));
  }
});
