// Streets, paths and rails of the basemap, level by level: tunnels, the ground, bridges, and bridges
// above bridges. On each level, rails are above streets.

import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { kinds } from "./basemap-ground";
import type { Colours } from "./colours";

/** Classes of streets, with their widths in pixels at zooms 10, 14 and 18. */
const streetWidths: Record<string, [number, number, number]> = {
  highway: [1.6, 5, 26],
  primary: [1.2, 4.2, 24],
  secondary: [0.8, 3.4, 21],
  tertiary: [0.5, 2.8, 18],
  street: [0, 1.7, 14],
  service: [0, 0.6, 8],
};

const detail: ExpressionSpecification = ["coalesce", ["get", "kind_detail"], ""];
const isTunnel: ExpressionSpecification = ["has", "is_tunnel"];
const isBridge: ExpressionSpecification = ["has", "is_bridge"];
const isHigh: ExpressionSpecification = [">=", ["to-number", ["coalesce", ["get", "layer"], 1]], 2];

const levels: { name: string; filter: ExpressionSpecification }[] = [
  { name: "tunnel", filter: isTunnel },
  { name: "ground", filter: ["all", ["!", isTunnel], ["!", isBridge]] },
  { name: "bridge", filter: ["all", ["!", isTunnel], isBridge, ["!", isHigh]] },
  { name: "high", filter: ["all", ["!", isTunnel], isBridge, isHigh] },
];

/** Returns a value for the class of a street. The array has one for each of streetWidths. */
function byClass(values: number[]): ExpressionSpecification {
  const [highway, primary, secondary, tertiary, street, service] = values;
  return [
    "match",
    ["get", "kind"],
    "highway",
    highway,
    "major_road",
    ["match", detail, ["trunk", "primary"], primary, ["secondary"], secondary, tertiary],
    ["match", detail, ["service", "raceway"], service, street],
  ] as unknown as ExpressionSpecification;
}

/** Returns the width of a street in pixels, with some pixels more for its casing. */
function streetWidth(more: number): ExpressionSpecification {
  const at = (i: 0 | 1 | 2) =>
    byClass(Object.values(streetWidths).map((widths) => (widths[i] > 0 ? widths[i] + more : 0)));
  return ["interpolate", ["exponential", 1.5], ["zoom"], 10, at(0), 14, at(1), 18, at(2)];
}

/** Returns the layers, from the lowest to the highest. */
export function roadLayers(colours: Colours): LayerSpecification[] {
  return levels.flatMap(({ name, filter }) => levelLayers(name, filter, colours));
}

function levelLayers(level: string, onLevel: ExpressionSpecification, colours: Colours): LayerSpecification[] {
  const tunnel = level === "tunnel";
  const bridge = level === "bridge" || level === "high";
  const layer = (
    id: string,
    filter: ExpressionSpecification,
    rest: Pick<LayerSpecification & { type: "line" }, "paint" | "layout" | "minzoom">,
  ): LayerSpecification => ({
    id: `${level}-${id}`,
    type: "line",
    source: "basemap",
    "source-layer": "roads",
    filter: ["all", onLevel, filter],
    ...rest,
  });
  const streets = kinds("highway major_road minor_road");
  const paths: ExpressionSpecification = ["all", kinds("path"), ["!=", detail, "pedestrian"]];
  const walks: ExpressionSpecification = ["all", kinds("path"), ["==", detail, "pedestrian"]];
  const rails: ExpressionSpecification = ["all", kinds("rail"), ["!", ["in", detail, ["literal", ["tram", "subway"]]]]];
  const trams: ExpressionSpecification = ["all", kinds("rail"), ["==", detail, "tram"]];
  const layout = { "line-cap": bridge ? "butt" : "round", "line-join": "round" } as const;
  const inOrder = { ...layout, "line-sort-key": byClass([6, 5, 4, 3, 2, 1]) };
  const pathWidth: ExpressionSpecification = ["interpolate", ["exponential", 1.5], ["zoom"], 14, 0.7, 18, 2.6];
  const walkWidth = (more: number): ExpressionSpecification => [
    "interpolate",
    ["exponential", 1.5],
    ["zoom"],
    13,
    0.8 + more,
    18,
    9 + more,
  ];
  const edge = bridge ? colours.bridgeEdge : colours.roadEdge;
  return [
    layer("walk-edges", walks, { layout, paint: { "line-color": edge, "line-width": walkWidth(1) } }),
    layer("street-edges", streets, {
      layout: inOrder,
      paint: {
        "line-color": edge,
        "line-width": streetWidth(bridge ? 2.4 : 1.5),
        ...(tunnel ? { "line-dasharray": [2, 1.5] } : {}),
      },
    }),
    layer("paths", paths, {
      minzoom: 13.5,
      layout,
      paint: { "line-color": colours.path, "line-width": pathWidth, "line-dasharray": [2, 1.2] },
    }),
    layer("walks", walks, { layout, paint: { "line-color": colours.paved, "line-width": walkWidth(0) } }),
    layer("streets", streets, {
      layout: inOrder,
      paint: {
        "line-color": tunnel
          ? colours.tunnel
          : ([
              "match",
              ["get", "kind"],
              ["highway", "major_road"],
              colours.mainRoad,
              colours.road,
            ] as ExpressionSpecification),
        "line-width": streetWidth(0),
      },
    }),
    layer("rails", rails, {
      minzoom: 9,
      layout,
      paint: {
        "line-color": colours.rail,
        "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.6, 14, ["case", ["has", "service"], 0.6, 1.3], 18, 2],
        ...(tunnel ? { "line-dasharray": [3, 3] } : {}),
      },
    }),
    layer("rail-ties", rails, {
      minzoom: 14,
      paint: {
        "line-color": colours.rail,
        "line-width": ["interpolate", ["linear"], ["zoom"], 14, 3.5, 18, 7],
        "line-dasharray": [0.25, 2],
        "line-opacity": tunnel ? 0.4 : 1,
      },
    }),
    layer("trams", trams, {
      minzoom: 12.5,
      layout,
      paint: {
        "line-color": colours.rail,
        "line-width": ["interpolate", ["linear"], ["zoom"], 12.5, 0.5, 15, 1, 18, 1.6],
        ...(tunnel ? { "line-dasharray": [3, 3] } : {}),
      },
    }),
  ];
}
