// Names on the basemap, in the interface's own font.

import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { kinds } from "./basemap-ground";
import type { Colours } from "./colours";
import { maxAreaNameZoom } from "./layers";

/** MapLibre takes the weight from the name of the first font, and draws with the first that exists. */
const regular = ["Commissioner Variable"];
const medium = ["Commissioner Medium", "Commissioner Variable"];

/**
 * Name of the source of the names of areas, which are HTML elements over the map. Names on the basemap
 * keep clear of them.
 */
export const areaNamesSource = "area-names";

/** A letter of each file of the font, by which the browser decides what to load. */
const sampleText = ["Aa", "ąćęłńóśźż", "Жїєґ"];

/**
 * Loads the font of labels. MapLibre draws each letter once, and would keep those of a substitute
 * font that it drew while the font was still loading.
 */
export async function loadLabelFont(): Promise<void> {
  await Promise.allSettled(sampleText.map((text) => document.fonts.load('500 24px "Commissioner Variable"', text)));
}

/** Returns the layers, from the least important names to the most important ones. */
export function labelLayers(colours: Colours, language: string): LayerSpecification[] {
  const name: ExpressionSpecification = ["coalesce", ["get", `name:${language}`], ["get", "name"]];
  const halo = { "text-halo-color": colours.halo, "text-halo-width": 1.6, "text-halo-blur": 0.3 };
  const street = (
    id: string,
    filter: ExpressionSpecification,
    minzoom: number,
    size: [number, number],
  ): LayerSpecification => ({
    ...layer(id, "roads", filter, minzoom),
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": ["step", ["zoom"], 280, 15, 190],
      "text-field": name,
      "text-font": medium,
      "text-size": ["interpolate", ["linear"], ["zoom"], minzoom, size[0], 18, size[1]],
      "text-letter-spacing": 0.01,
      "text-max-angle": 35,
      "text-padding": 4,
    },
    paint: { "text-color": colours.streetLabel, ...halo },
  });
  const poi = (
    id: string,
    filter: ExpressionSpecification,
    minzoom: number,
    colour: string,
    icon?: string,
  ): LayerSpecification => ({
    ...layer(id, "pois", filter, minzoom),
    layout: {
      "text-field": name,
      "text-font": regular,
      "text-size": ["interpolate", ["linear"], ["zoom"], 14, 11, 18, 13],
      "text-max-width": 8,
      "text-padding": 3,
      ...(icon
        ? {
            "icon-image": icon,
            "icon-padding": 1,
            "text-optional": true,
            "text-variable-anchor": ["top", "left", "right", "bottom"],
            "text-radial-offset": 0.7,
            "text-justify": "auto",
          }
        : {}),
    },
    paint: { "text-color": colour, ...halo },
  });
  return [
    {
      ...layer("house-numbers", "buildings", ["has", "addr_housenumber"], 17),
      layout: {
        "text-field": ["get", "addr_housenumber"],
        "text-font": regular,
        "text-size": ["interpolate", ["linear"], ["zoom"], 17, 11, 19, 13],
        "text-padding": 1,
      },
      paint: { "text-color": colours.poiLabel, ...halo, "text-halo-color": colours.building },
    },
    poi(
      "pois",
      ["all", ["has", "name"], ["!", kinds(`${greenKinds} ${stopKinds} ${schoolKinds}`)]],
      16,
      colours.poiLabel,
      "poi-dot",
    ),
    poi("schools", ["all", ["has", "name"], kinds(schoolKinds)], 15.5, colours.poiLabel, "poi-square"),
    poi(
      "stops",
      kinds("tram_stop bus_stop subway_entrance bus_station ferry_terminal"),
      15.5,
      colours.poiLabel,
      "poi-stop",
    ),
    street("path-names", ["all", kinds("path"), ["has", "name"]], 16, [11, 12.5]),
    street("street-names", ["all", kinds("minor_road"), ["has", "name"]], 14.5, [11, 13]),
    street("main-street-names", ["all", kinds("highway major_road"), ["has", "name"]], 13, [11, 14]),
    poi("green-names", ["all", ["has", "name"], kinds(greenKinds)], 14, colours.greenLabel),
    poi("stations", ["all", ["has", "name"], kinds("station aerodrome")], 13, colours.poiLabel, "poi-stop"),
    {
      ...layer("waterway-names", "water", ["all", ["==", ["geometry-type"], "LineString"], ["has", "name"]], 12),
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 380,
        "text-field": name,
        "text-font": regular,
        "text-size": ["interpolate", ["linear"], ["zoom"], 12, 11, 17, 14],
        "text-letter-spacing": 0.12,
        "text-max-angle": 30,
      },
      paint: { "text-color": colours.waterLabel, ...halo, "text-halo-color": colours.water },
    },
    {
      ...layer(
        "water-names",
        "water",
        ["all", ["==", ["geometry-type"], "Point"], ["has", "name"], ["any", isLake, [">=", ["zoom"], 16]]],
        12.5,
      ),
      layout: { "text-field": name, "text-font": regular, "text-size": 11.5, "text-max-width": 7 },
      paint: { "text-color": colours.waterLabel, ...halo }, // since small water is below a part of its name only
    },
    {
      ...layer("neighbourhoods", "places", kinds("neighbourhood macrohood"), maxAreaNameZoom),
      maxzoom: 17,
      layout: {
        "text-field": name,
        "text-font": medium,
        "text-size": ["interpolate", ["linear"], ["zoom"], 14, 12, 17, 15],
        "text-letter-spacing": 0.04,
        "text-max-width": 7,
      },
      paint: { "text-color": colours.poiLabel, ...halo },
    },
    {
      ...layer("localities", "places", kinds("locality country region"), 3),
      maxzoom: 13,
      layout: {
        "text-field": name,
        "text-font": medium,
        "text-size": [
          "interpolate",
          ["linear"],
          ["zoom"],
          6,
          11,
          13,
          ["match", ["get", "kind_detail"], "city", 19, "town", 15, 12],
        ],
        "text-max-width": 7,
        "symbol-sort-key": ["-", 0, ["to-number", ["coalesce", ["get", "population"], 0]]],
      },
      paint: { "text-color": colours.streetLabel, ...halo },
    },
    {
      id: "area-names",
      type: "symbol",
      source: areaNamesSource,
      layout: {
        "text-field": ["get", "name"],
        "text-font": medium,
        "text-size": 13.5,
        "text-max-width": 100,
        "text-padding": 4,
        "text-allow-overlap": true,
      },
      paint: { "text-opacity": 0 },
    },
  ];
}

const stopKinds = "tram_stop bus_stop subway_entrance bus_station ferry_terminal station aerodrome";
const schoolKinds = "school kindergarten university college library hospital townhall";
const greenKinds =
  "park cemetery forest wood garden nature_reserve allotments recreation_ground golf_course zoo square peak beach";

/** Whether a body of water is no fountain or pool, whose names are of use only close by. */
const isLake: ExpressionSpecification = [
  "!",
  [
    "in",
    ["coalesce", ["get", "kind_detail"], ["get", "kind"]],
    ["literal", ["fountain", "swimming_pool", "reflecting_pool"]],
  ],
];

/** Returns what all layers of labels have in common. */
function layer(
  id: string,
  sourceLayer: string,
  filter: ExpressionSpecification,
  minzoom: number,
): {
  id: string;
  type: "symbol";
  source: string;
  "source-layer": string;
  filter: ExpressionSpecification;
  minzoom: number;
} {
  return { id, type: "symbol", source: "basemap", "source-layer": sourceLayer, filter, minzoom };
}
