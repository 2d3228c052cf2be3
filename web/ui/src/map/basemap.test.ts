import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import type { StyleSpecification } from "maplibre-gl";
import { basemapStyle } from "./basemap";
import { blend, type Colours } from "./colours";
import { hexOpacity } from "./layers";

const basemap = {
  tiles: "/basemap/0123/{z}/{x}/{y}",
  bounds: [19.9, 50, 20, 50.06] as [number, number, number, number],
  minZoom: 0,
  maxZoom: 15,
  attribution: "© Test",
};

const tokens = readFileSync("src/styles/tokens.css", "utf8");

/** Returns the colours of the map in the light theme or in the dark one. */
function themeColours(dark: boolean): Record<string, string> {
  const [light = "", night = ""] = tokens.split("@media (prefers-color-scheme: dark)");
  const colours: Record<string, string> = {};
  for (const [, name = "", value = ""] of (dark ? night : light).matchAll(
    /--(?:map-)?([a-z0-9-]+): (#[0-9a-f]{6});/g,
  )) {
    colours[name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())] ??= value;
  }
  return colours;
}

const style = (language: string, dark = false): StyleSpecification =>
  basemapStyle(basemap, themeColours(dark) as unknown as Colours, language, "https://host") as StyleSpecification;

test("the style of the basemap is valid, in both themes", () => {
  for (const dark of [false, true]) {
    assert.deepEqual(
      validateStyleMin(style("pl", dark) as Parameters<typeof validateStyleMin>[0]).map((e) => e.message),
      [],
    );
  }
});

test("the style asks no third party, not even for glyphs", () => {
  const text = JSON.stringify(style("pl"));
  assert.ok(!("glyphs" in style("pl")) && !("sprite" in style("pl")));
  assert.deepEqual(text.match(/https?:[^"]*/g), ["https://host/basemap/0123/{z}/{x}/{y}"]);
});

test("names are those in the language of the page, or else the local ones", () => {
  const layer = style("uk").layers.find(({ id }) => id === "street-names");
  assert.ok(layer?.type === "symbol");
  assert.deepEqual(layer.layout?.["text-field"], ["coalesce", ["get", "name:uk"], ["get", "name"]]);
});

test("labels are above all else, and bridges above streets on the ground", () => {
  const ids = style("pl").layers.map(({ id }) => id);
  const types = style("pl").layers.map(({ type }) => type as string);
  assert.ok(types.indexOf("symbol") > types.lastIndexOf("line"));
  assert.ok(types.indexOf("symbol") > types.lastIndexOf("fill"));
  const order = ["water", "tunnel-streets", "ground-streets", "ground-rails", "bridge-street-edges", "high-streets"];
  assert.deepEqual(
    ids.filter((id) => order.includes(id)),
    order,
  );
});

test("labels have a contrast of 4.5 to their halo, to land and to streets, in both themes", () => {
  for (const dark of [false, true]) {
    const colours = themeColours(dark);
    for (const label of ["streetLabel", "poiLabel", "greenLabel", "waterLabel"]) {
      const grounds = label === "waterLabel" ? ["water", "halo"] : ["halo", "land", "mainRoad", "road", "building"];
      for (const ground of grounds.filter((g) => label === "streetLabel" || !["mainRoad", "road"].includes(g))) {
        const ratio = contrast(colours[label] ?? "", colours[ground] ?? "");
        assert.ok(ratio >= 4.5, `${label} on ${ground}, dark: ${dark}: ${ratio.toFixed(2)}`);
      }
    }
  }
});

test("hexes stand out against land, and each class against the one before it, in both themes", () => {
  for (const dark of [false, true]) {
    const { land = "", ...colours } = themeColours(dark);
    const seen = [1, 2, 3, 4, 5].map((n) => blend(colours[`hex${n}`] ?? "", land, hexOpacity(true)));
    for (const [i, colour] of seen.entries()) {
      const ratio = contrast(colour, seen[i - 1] ?? land);
      assert.ok(ratio >= 1.2, `class ${i + 1}, dark: ${dark}: ${ratio.toFixed(2)}`);
    }
  }
});

test("a foreign style stays as it is, and no basemap is a plain background", () => {
  const colours = themeColours(false) as unknown as Colours;
  assert.equal(
    basemapStyle("https://tiles.example.org/style.json", colours, "pl", ""),
    "https://tiles.example.org/style.json",
  );
  assert.deepEqual((basemapStyle(null, colours, "pl", "") as StyleSpecification).sources, {});
});

/** Returns the contrast ratio of two colours by WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
      const c = Number.parseInt(colour.slice(i, i + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
