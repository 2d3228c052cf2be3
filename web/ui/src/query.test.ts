import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "./messages";
import { pageQuery, tileQuery } from "./query";

test("a page's query holds chosen values only, in a stable order", () => {
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

test("tiles are asked for what they know", () => {
  assert.equal(tileQuery("?q=most&lang=en&after=1&kind=need"), "?kind=need");
  assert.equal(tileQuery(""), "");
});

test("plural forms and values are filled in", () => {
  const pins = { one: "{n} pinezka", few: "{n} pinezki", many: "{n} pinezek", other: "{n} pinezki" };
  const said = [1, 2, 5, 12, 22, 1500].map((n) => fill(pins, { n }, "pl").replace(/\s/g, " "));
  assert.deepEqual(said, ["1 pinezka", "2 pinezki", "5 pinezek", "12 pinezek", "22 pinezki", "1500 pinezek"]);
  assert.equal(fill("{a} i {b}", { a: "x", b: "y" }, "pl"), "x i y");
});
