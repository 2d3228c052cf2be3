import assert from "node:assert/strict";
import { test } from "node:test";
import { formatFragment, nextFragment, parseFragment } from "./address-fragment";

const camera = { zoom: 15.2, lat: 50.0431, lon: 19.9512 };

test("a fragment is parsed", () => {
  assert.deepEqual(parseFragment("#map=15.2/50.0431/19.9512&pin=123"), { camera, pin: 123 });
  assert.deepEqual(parseFragment("map=15.2/50.0431/19.9512"), { camera });
  assert.deepEqual(parseFragment("#pin=9007199254740991&other=1"), { pin: 9007199254740991 });
  assert.deepEqual(parseFragment("#map=0/-85.05/-180"), { camera: { zoom: 0, lat: -85.05, lon: -180 } });
});

test("bad parts of a fragment are ignored", () => {
  for (const bad of [
    ..."|#|results|%|%zz|&&&|=|map|map=|map=15|map=15/50|map=15/50/19/3|map=x/50/19|map=15/50/|map=15//19".split("|"),
    ..."map=1e1/50/19|map=NaN/50/19|map=Infinity/50/19|map=0x1/50/19|map=15/91/19|map=15/86/19|map=15/50/181".split(
      "|",
    ),
    ..."map=-1/50/19|map=99/50/19|map= 15/50/19|map=+15/50/19|map=15,2/50,1/19,9|map=15/50/19.12345678901".split("|"),
    ..."map=15/50/19&map=15/50/19|pin=|pin=0|pin=-1|pin=1.5|pin=x|pin=1e3|pin=9007199254740993|pin=01|pin=1&pin=2".split(
      "|",
    ),
    "pin=99999999999999999999",
    `map=${"1".repeat(100_000)}/1/1`,
    "map=15/５0/19",
    "pin=<script>",
    "\u0000",
  ]) {
    assert.deepEqual(parseFragment(`#${bad}`), {}, bad.slice(0, 80));
  }
  assert.deepEqual(parseFragment("#map=15/50/nowhere&pin=7"), { pin: 7 });
  assert.deepEqual(parseFragment("#map=15.2/50.0431/19.9512&pin=x"), { camera });
});

test("what is formatted is parsed again", () => {
  assert.equal(formatFragment({}), "");
  assert.equal(formatFragment({ camera, pin: 123 }), "#map=15.2/50.0431/19.9512&pin=123");
  assert.equal(formatFragment({ camera: { zoom: 10, lat: 0.000001, lon: -0.000001 } }), "#map=10/0/0");
  assert.equal(formatFragment({ camera: { zoom: 9, lat: -17.5, lon: 181 } }), "#map=9/-17.5/-179");
  for (let i = 0; i < 500; i++) {
    const any = { zoom: Math.random() * 22, lat: (Math.random() - 0.5) * 170, lon: (Math.random() - 0.5) * 1000 };
    const text = formatFragment({ camera: any, pin: i + 1 });
    const parsed = parseFragment(text);
    assert.equal(formatFragment(parsed), text);
    assert.ok(Math.abs((parsed.camera?.lat ?? 99) - any.lat) < 1e-5, text);
  }
});

test("the map stays where it is, unless another area is chosen", () => {
  const next = (from: string, to: string): string =>
    nextFragment(new URL(from, "https://pinezka.test"), new URL(to, "https://pinezka.test"));
  const hash = "#map=15.2/50.0431/19.9512";
  assert.equal(next(`/d/x${hash}&pin=7`, "/d/x?kind=need"), hash);
  assert.equal(next(`/d/x?area=a&area=b${hash}`, "/d/x?area=b&area=a&kind=need"), hash);
  assert.equal(next(`/d/x${hash}`, "/d/x?area=a"), "");
  assert.equal(next(`/d/x?area=a${hash}`, "/d/x"), "");
  assert.equal(next("/d/x", "/d/x?kind=need"), "");
});
