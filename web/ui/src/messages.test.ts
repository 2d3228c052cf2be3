import assert from "node:assert/strict";
import { test } from "node:test";
import { formatMessage } from "./messages";

test("plural forms and values are filled in", () => {
  const pins = { one: "{n} pinezka", few: "{n} pinezki", many: "{n} pinezek", other: "{n} pinezki" };
  const texts = [1, 2, 5, 12, 22, 1500].map((n) => formatMessage(pins, { n }, "pl").replace(/\s/g, " "));
  assert.deepEqual(texts, ["1 pinezka", "2 pinezki", "5 pinezek", "12 pinezek", "22 pinezki", "1 500 pinezek"]);
  assert.equal(formatMessage("{a} i {b}", { a: "x", b: "y" }, "pl"), "x i y");
});

test("plural forms of another language follow its rules", () => {
  const english = { one: "{n} pin", other: "{n} pins", language: "en" };
  assert.deepEqual(
    [1, 21].map((n) => formatMessage(english, { n }, "lt")),
    ["1 pin", "21 pins"],
  );
});

test("numbers of four digits are grouped as the server groups them", () => {
  assert.equal(formatMessage("{n}", { n: 1468 }, "pl"), "1\u00a0468");
  assert.equal(formatMessage("{n}", { n: 1468 }, "uk"), "1\u00a0468");
  assert.equal(formatMessage("{n}", { n: 1468 }, "en"), "1,468");
});
