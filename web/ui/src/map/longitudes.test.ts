import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestLongitude, unwrapped } from "./longitudes";

// Case http-district-across-180-opens-in-africa.
test("a box across the antimeridian is contiguous", () => {
  assert.deepEqual(unwrapped([177, -19.5, -178, -15.5]), [177, -19.5, 182, -15.5]);
  assert.deepEqual(unwrapped([19.9, 50, 20, 50.1]), [19.9, 50, 20, 50.1]);
});

test("the nearest longitude is in the same copy of the world", () => {
  assert.equal(nearestLongitude(-179, 179.5), 181);
  assert.equal(nearestLongitude(179, -179.5), -181);
  assert.equal(nearestLongitude(20, 21), 20);
});
