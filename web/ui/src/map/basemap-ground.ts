// Areas of the basemap: land, green, water and buildings.

import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Colours } from "./colours";

/** Kinds of land use by the colour in which they are drawn. */
const landuse = {
  built: "residential commercial industrial railway military school kindergarten university college hospital",
  green:
    "park grass grassland garden cemetery meadow recreation_ground village_green pitch playground allotments golf_course " +
    "scrub farmland orchard vineyard zoo stadium nature_reserve dog_park wetland",
  wood: "forest wood",
  paved: "pedestrian platform pier bridge footway",
};

/** Returns the layers, from the lowest to the highest. */
export function groundLayers(colours: Colours): LayerSpecification[] {
  return [
    fill("earth", "earth", colours.land),
    fill("landcover-green", "landcover", colours.green, kinds("grassland scrub farmland")),
    fill("landcover-wood", "landcover", colours.wood, kinds("forest")),
    fill("landuse-built", "landuse", colours.built, kinds(landuse.built)),
    fill("landuse-green", "landuse", colours.green, kinds(landuse.green)),
    fill("landuse-wood", "landuse", colours.wood, kinds(landuse.wood)),
    fill("water", "water", colours.water),
    {
      id: "waterways",
      type: "line",
      source: "basemap",
      "source-layer": "water",
      filter: ["all", ["==", ["geometry-type"], "LineString"], kinds("river stream canal ditch drain")],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": colours.water,
        "line-width": [
          "interpolate",
          ["exponential", 1.6],
          ["zoom"],
          10,
          ["match", ["get", "kind"], "river", 1.2, "canal", 0.8, 0.3],
          18,
          ["match", ["get", "kind"], "river", 16, "canal", 10, 5],
        ],
      },
    },
    fill("landuse-paved", "landuse", colours.paved, kinds(landuse.paved)),
    {
      ...fill("buildings", "buildings", colours.building),
      minzoom: 13.5,
      paint: {
        "fill-color": colours.building,
        "fill-outline-color": colours.buildingEdge,
        "fill-opacity": ["interpolate", ["linear"], ["zoom"], 13.5, 0, 14.5, 1],
      },
    } as LayerSpecification,
  ];
}

/** Returns a filter of features whose kind is one of those in a text. */
export const kinds = (text: string): ExpressionSpecification => ["in", ["get", "kind"], ["literal", text.split(" ")]];

function fill(id: string, sourceLayer: string, colour: string, filter?: ExpressionSpecification): LayerSpecification {
  const isArea: ExpressionSpecification = ["==", ["geometry-type"], "Polygon"];
  return {
    id,
    type: "fill",
    source: "basemap",
    "source-layer": sourceLayer,
    filter: filter ? ["all", isArea, filter] : isArea,
    paint: { "fill-color": colour },
  };
}
