import assert from "node:assert/strict";
import { test } from "node:test";
import { formatBox, formatCorners, narrowed } from "./needs-form";

test("an outline is added to the filter", () => {
  const url = narrowed("http://localhost/d/x/diagnoses/new?choose=area%3Da%26kind%3Dneed", "polygon", "1,2;3,4;5,6");
  assert.ok(url.startsWith("/d/x/diagnoses/new?"));
  const chosen = new URLSearchParams(new URL(url, "http://localhost").searchParams.get("choose") ?? "");
  assert.deepEqual(Object.fromEntries(chosen), { area: "a", kind: "need", polygon: "1,2;3,4;5,6" });
});

test("a section is the only condition where there is no filter", () => {
  const url = narrowed("http://localhost/d/x/diagnoses/new?choose=", "bbox", "1,2,3,4");
  assert.equal(url, "/d/x/diagnoses/new?choose=bbox%3D1%252C2%252C3%252C4");
});

test("coordinates have six decimals", () => {
  const corners = formatCorners([
    [19.9, 50],
    [20, 50.1],
  ]);
  assert.equal(corners, "19.900000,50.000000;20.000000,50.100000");
  assert.equal(formatBox([19.9, 50, 20, 50.1]), "19.900000,50.000000,20.000000,50.100000");
});
