// What lies under our layers: paper, a PMTiles file in a quiet style, or a style
// of somebody else's.

import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Colours } from "./colours";

/** Style to begin with; ours are added on top of it. */
export function baseStyle(basemap: string, colours: Colours): StyleSpecification | string {
  if (basemap === "") {
    return {
      version: 8,
      sources: {},
      layers: [{ id: "ground", type: "background", paint: { "background-color": colours.out } }],
    };
  }
  if (new URL(basemap, location.href).pathname.endsWith(".pmtiles")) {
    return protomaps(new URL(basemap, location.href).href, colours);
  }
  return basemap;
}

/** Fills and lines of the Protomaps basemap, version 4 of its schema; no text, so no glyphs. */
function protomaps(url: string, colours: Colours): StyleSpecification {
  const source = "ground";
  const widths = (narrow: number, wide: number): LayerSpecification["paint"] & object => ({
    "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 11, narrow, 18, wide],
  });
  const line = (
    id: string,
    layer: string,
    kinds: string[],
    colour: string,
    narrow: number,
    wide: number,
  ): LayerSpecification => ({
    id,
    type: "line",
    source,
    "source-layer": layer,
    filter: ["in", ["get", "kind"], ["literal", kinds]],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": colour, ...widths(narrow, wide) },
  });
  const fill = (id: string, layer: string, colour: string, kinds?: string[]): LayerSpecification => ({
    id,
    type: "fill",
    source,
    "source-layer": layer,
    ...(kinds
      ? { filter: ["in", ["get", "kind"], ["literal", kinds]] }
      : { filter: ["==", ["geometry-type"], "Polygon"] }),
    paint: { "fill-color": colour },
  });
  const green = [
    "park",
    "wood",
    "forest",
    "grass",
    "grassland",
    "garden",
    "cemetery",
    "nature_reserve",
    "meadow",
    "scrub",
    "recreation_ground",
    "pitch",
    "playground",
    "allotments",
    "golf_course",
  ];
  const large = ["highway", "major_road"];
  return {
    version: 8,
    sources: {
      [source]: {
        type: "vector",
        url: `pmtiles://${url}`,
        attribution: '<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap</a>',
      },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.out } },
      fill("earth", "earth", colours.in),
      fill("landcover", "landcover", colours.green, ["forest", "grassland", "scrub"]),
      fill("landuse", "landuse", colours.green, green),
      fill("water", "water", colours.water),
      line("streams", "water", ["river", "stream", "canal"], colours.water, 0.6, 6),
      fill("buildings", "buildings", colours.building),
      line("rails", "roads", ["rail"], colours.rail, 0.5, 2.5),
      line("paths", "roads", ["path", "other"], colours.roadEdge, 0.3, 2.5),
      line("streets-edge", "roads", ["minor_road"], colours.roadEdge, 0.6, 14),
      line("roads-edge", "roads", large, colours.roadEdge, 1.8, 26),
      line("streets", "roads", ["minor_road"], colours.road, 0.3, 11),
      line("roads", "roads", large, colours.road, 1, 22),
    ],
  };
}
