import assert from "node:assert/strict";
import { test } from "node:test";
import { areAtOnePlace, countThings, groupThings, markerSize, type ThingFeature } from "./thing-groups";

const at = (layer: string, id: number, lon: number, lat = 0, n = 1): ThingFeature => ({ layer, id, n, lon, lat });
const project = ({ lon, lat }: ThingFeature) => ({ x: lon, y: lat }); // degrees are pixels here

test("what would overlap is one group, and what does not is apart", () => {
  const groups = groupThings(
    [at("offices", 1, 0), at("asks", 2, 30), at("offices", 3, 80, 0, 4), at("offers", 4, 80, 50)],
    project,
  );
  assert.deepEqual(
    groups.map((group) => group.map(({ id }) => id)),
    [[2, 1], [4], [3]],
  );
});

test("no two markers overlap, nothing is lost, and neither order nor position matters", () => {
  let seed = 7;
  const random = (): number => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const features = Array.from({ length: 500 }, (_, id) =>
    at(id % 2 ? "asks" : "offers", id, 900 * random() - 450, 600 * random(), 1 + (id % 3)),
  );
  const groups = groupThings(features, project);
  const sum = groups.flatMap((group) => [...countThings(group).values()]).reduce((a, b) => a + b);
  assert.equal(
    sum,
    features.reduce((sum, { n }) => sum + n, 0),
  );
  for (const [i, [a]] of groups.entries()) {
    for (const [b] of groups.slice(i + 1)) {
      assert.ok(Math.abs(a.lon - b.lon) >= markerSize || Math.abs(a.lat - b.lat) >= markerSize);
    }
  }
  for (const shift of [7, 19, 31]) {
    const moved = ({ lon, lat }: ThingFeature) => ({ x: lon + shift, y: lat - 2 * shift });
    assert.deepEqual(groupThings(features, moved), groups);
  }
  assert.deepEqual(groupThings(features.reverse(), project), groups);
});

test("a group knows how many it has of each layer", () => {
  const [group] = groupThings([at("offices", 1, 0), at("asks", 2, 0, 0, 3), at("asks", 3, 1)], project);
  assert.deepEqual(group && [...countThings(group)], [
    ["asks", 4],
    ["offices", 1],
  ]);
});

test("no zoom separates what is at one place", () => {
  assert.ok(areAtOnePlace([]));
  assert.ok(areAtOnePlace([at("asks", 1, 20, 50), at("asks", 2, 20 + 1e-6, 50)]));
  assert.ok(!areAtOnePlace([at("asks", 1, 20, 50), at("asks", 2, 20, 50.0001)]));
});
