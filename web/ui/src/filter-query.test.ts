import assert from "node:assert/strict";
import { test } from "node:test";
import { pageQuery, periodOf, tileQuery, withPeriod } from "./filter-query";

test("a page's query has only the chosen values, sorted by name", () => {
  assert.equal(pageQuery([]), "");
  assert.equal(
    pageQuery([
      ["q", " most "],
      ["to", ""],
      ["status", "met"],
      ["kind", "need"],
      ["kind", "potential"],
    ]),
    "?kind=need&kind=potential&q=most&status=met",
  );
});

test("a tile's query has only the filters that tiles support", () => {
  assert.equal(tileQuery("?q=most&lang=en&after=1&kind=need"), "?kind=need&q=most");
  assert.equal(tileQuery(""), "");
});

test("the period of a query is read and replaced", () => {
  assert.deepEqual(periodOf("?kind=need&from=2025-03"), { from: "2025-03", to: "" });
  assert.equal(
    withPeriod("?kind=need&from=2025-03", { from: "2025-04", to: "2025-05" }),
    "?from=2025-04&kind=need&to=2025-05",
  );
  assert.equal(withPeriod("?kind=need&from=2025-03", { from: "", to: "" }), "?kind=need");
});
