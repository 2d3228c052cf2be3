// The style below Pinezka's own layers: an empty background, the tiles of the basemap that the
// server has, in the schema of Protomaps basemaps (version 4), or any MapLibre style.

import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { groundLayers } from "./basemap-ground";
import { areaNamesSource, labelLayers } from "./basemap-labels";
import { roadLayers } from "./basemap-roads";
import type { Colours } from "./colours";
import type { BasemapConfig } from "./config";

/** Name of the source of the basemap. */
export const basemapSource = "basemap";

/** What is below Pinezka's own layers: tiles, the URL of a style, or nothing. */
export type Basemap = BasemapConfig | string | null;

/** Returns the style to begin with, to which Pinezka's own layers are added. */
export function basemapStyle(
  basemap: Basemap,
  colours: Colours,
  language: string,
  origin: string,
): StyleSpecification | string {
  if (typeof basemap === "string") {
    return basemap;
  }
  const background: LayerSpecification = {
    id: "background",
    type: "background",
    paint: { "background-color": basemap ? colours.land : colours.outside },
  };
  if (!basemap) {
    return { version: 8, sources: {}, layers: [background] };
  }
  return {
    version: 8,
    sources: {
      [basemapSource]: {
        type: "vector",
        tiles: [origin + basemap.tiles],
        bounds: basemap.bounds,
        minzoom: basemap.minZoom,
        maxzoom: basemap.maxZoom,
        attribution: basemap.attribution,
      },
      [areaNamesSource]: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    },
    // Without "glyphs", MapLibre draws labels with the fonts of the page.
    layers: [background, ...groundLayers(colours), ...roadLayers(colours), ...labelLayers(colours, language)],
  };
}
