// The basemap below Pinezka's own layers: an empty background, a PMTiles file of the Protomaps
// schema, or any MapLibre style.

import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Colours } from "./colours";

const source = "basemap";

/** Kinds of land use that are drawn green. */
const greenLanduse =
  "park wood forest grass grassland garden cemetery nature_reserve meadow scrub recreation_ground pitch playground " +
  "allotments golf_course";

/** Returns the style to begin with, to which Pinezka's own layers are added. */
export function basemapStyle(basemap: string, colours: Colours): StyleSpecification | string {
  if (basemap === "") {
    return { version: 8, sources: {}, layers: [background(colours)] };
  }
  const { href, pathname } = new URL(basemap, location.href);
  return pathname.endsWith(".pmtiles") ? protomapsStyle(href, colours) : basemap;
}

const background = (colours: Colours): LayerSpecification => ({
  id: "background",
  type: "background",
  paint: { "background-color": colours.outside },
});

/**
 * Fills and lines of the Protomaps basemap schema, version 4. Without text no font glyphs are
 * needed.
 */
function protomapsStyle(url: string, colours: Colours): StyleSpecification {
  const highways = ["highway", "major_road"];
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
      background(colours),
      fill("earth", "earth", colours.inside),
      fill("landcover", "landcover", colours.green, ["forest", "grassland", "scrub"]),
      fill("landuse", "landuse", colours.green, greenLanduse.split(" ")),
      fill("water", "water", colours.water),
      line("streams", "water", ["river", "stream", "canal"], colours.water, 0.6, 6),
      fill("buildings", "buildings", colours.building),
      line("rails", "roads", ["rail"], colours.rail, 0.5, 2.5),
      line("paths", "roads", ["path", "other"], colours.roadEdge, 0.3, 2.5),
      line("streets-edge", "roads", ["minor_road"], colours.roadEdge, 0.6, 14),
      line("roads-edge", "roads", highways, colours.roadEdge, 1.8, 26),
      line("streets", "roads", ["minor_road"], colours.road, 0.3, 11),
      line("roads", "roads", highways, colours.road, 1, 22),
    ],
  };
}

function fill(id: string, sourceLayer: string, colour: string, featureKinds?: string[]): LayerSpecification {
  return {
    id,
    type: "fill",
    source,
    "source-layer": sourceLayer,
    filter: featureKinds ? ["in", ["get", "kind"], ["literal", featureKinds]] : ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": colour },
  };
}

/**
 * Returns a line layer whose width in pixels grows from minWidth at zoom 11 to maxWidth at zoom 18.
 */
function line(
  id: string,
  sourceLayer: string,
  featureKinds: string[],
  colour: string,
  minWidth: number,
  maxWidth: number,
): LayerSpecification {
  return {
    id,
    type: "line",
    source,
    "source-layer": sourceLayer,
    filter: ["in", ["get", "kind"], ["literal", featureKinds]],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour,
      "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 11, minWidth, 18, maxWidth],
    },
  };
}
