// Pinezka's own layers above the basemap: areas, hexes and pins.

import type { ExpressionSpecification, LayerSpecification, Map as MapLibre, VectorTileSource } from "maplibre-gl";
import { tileQuery } from "../filter-query";
import type { Basemap } from "./basemap";
import { type Colours, classColours } from "./colours";
import type { Layer, MapConfig } from "./config";
import { type Scale, shownResolution } from "./hex-scale";
import type { Hotspot } from "./hotspot-layer";
import { addImages } from "./map-images";

/** Distance in CSS pixels around the middle of the map within which the keyboard opens pins. */
export const centreRadius = 24;

/** Zoom around which pins replace hexes. */
export const streetZoom = 14.5;
/** Zoom from which the names of areas are hidden. */
export const maxAreaNameZoom = streetZoom + 0.2;
const hidden = "rgba(0, 0, 0, 0)";
const fadeZooms = [streetZoom - 0.2, streetZoom + 0.1] as const; // from hexes to pins
const minIconZoom = 16; // of the icons of categories

/** Highest zooms of the tiles that are requested. Beyond them MapLibre scales these tiles up. */
const maxTileZooms: Record<Layer, number> = { areas: 14, hexes: 14, pins: 20 };

/** Returns the URL template of a layer's tiles for the query of a page. */
function tileTemplate(config: MapConfig, layer: Layer, query: string): string {
  return `${location.origin}${config.tiles[layer]}${layer === "areas" ? "" : tileQuery(query)}`;
}

/**
 * Adds to the URL of a hex tile the resolution of its hexes. It returns other URLs as they are.
 */
export function withHexResolution(url: string, config: MapConfig, held: Scale | undefined): string {
  const [prefix = ""] = (location.origin + config.tiles.hexes).split("{z}");
  if (!url.startsWith(prefix)) {
    return url;
  }
  const zoom = Number.parseInt(url.slice(prefix.length), 10);
  return `${url}${url.includes("?") ? "&" : "?"}res=${hexResolution(zoom, held)}`;
}

/** The H3 resolutions of hexes on the map. */
export const hexResolutions: readonly number[] = [4, 5, 6, 7, 8, 9, 10];

/**
 * Returns the H3 resolution of the hexes at a zoom: that of the held scale, or else the one that is
 * legible on a screen, where hexes are 15 to 60 pixels wide from the tile's zoom to the next.
 */
export function hexResolution(zoom: number, held: Scale | undefined): number {
  const legible = Math.floor((7 * Math.min(Math.floor(zoom), maxTileZooms.hexes) + 14) / 10);
  return shownResolution(Math.max(4, Math.min(10, legible)), held);
}

/**
 * Returns the colour of a hex as an expression of its resolution, for each of which there is a scale,
 * and of its number of pins.
 */
export function hexColour(scales: readonly Scale[], colours: Colours): ExpressionSpecification {
  const cases = scales.flatMap(({ breaks, resolution }) => [resolution.toString(16), classColour(breaks, colours)]);
  const resolutionDigit = ["slice", ["get", "h3"], 1, 2];
  return ["match", resolutionDigit, ...cases, hidden] as unknown as ExpressionSpecification;
}

function classColour(breaks: readonly number[], colours: Colours): unknown {
  const shades = classColours(colours.hexes, breaks.length);
  const first = shades[0] ?? "#888";
  if (breaks.length < 2) {
    return first;
  }
  const steps = breaks.slice(1).flatMap((low, i) => [low, shades[i + 1] ?? first]);
  return ["step", ["get", "total"], first, ...steps];
}

/** Returns the hotspot that is drawn at a point of the screen, if there is one. */
export function hotspotAt(map: MapLibre, { x, y }: { x: number; y: number }): Hotspot | undefined {
  if (!map.getLayer("hotspots")) {
    return undefined;
  }
  return map.queryRenderedFeatures([x, y], { layers: ["hotspots"] })[0]?.properties as Hotspot | undefined;
}

/** Returns how opaque hexes are above a basemap, or else above the plain background. */
export const hexOpacity = (hasBasemap: boolean): number => (hasBasemap ? 0.75 : 0.92);

/** Adds images, sources and layers to a style that has just loaded. */
export function addLayers(map: MapLibre, config: MapConfig, query: string, colours: Colours, basemap: Basemap): void {
  const hasBasemap = basemap !== null;
  addImages(map, colours, config.labels);
  for (const layer of ["areas", "hexes", "pins"] as const) {
    if (!map.getSource(layer)) {
      const tiles = [tileTemplate(config, layer, query)];
      map.addSource(layer, { type: "vector", tiles, maxzoom: maxTileZooms[layer] });
    }
  }
  if (!hasBasemap) {
    map.setPaintProperty("background", "background-pattern", "dots");
    map.addLayer({ id: "areas-fill", type: "fill", ...tilesOf("areas"), paint: { "fill-color": colours.inside } });
  }
  // Names on the basemap are above all else, so that they stay whole. Those of a foreign style, among
  // which there may be large symbols, are below the pins.
  const firstLabel = map.getStyle().layers.find(({ type }) => type === "symbol")?.id;
  for (const layer of [...hexLayers(colours, hexOpacity(hasBasemap)), ...boundaryLayers(colours, hasBasemap)]) {
    map.addLayer(layer, firstLabel);
  }
  map.addLayer(pinLayer, typeof basemap === "string" ? undefined : firstLabel);
}

/** Returns the source of a layer's tiles, in which the only layer has the same name. */
const tilesOf = (layer: Layer) => ({ source: layer, "source-layer": layer });

function hexLayers(colours: Colours, opacity: number): LayerSpecification[] {
  return [
    {
      id: "hexes",
      type: "fill",
      ...tilesOf("hexes"),
      maxzoom: fadeZooms[1],
      paint: {
        "fill-color": hidden, // until the scales are known
        "fill-antialias": true,
        "fill-outline-color": colours.halo,
        "fill-opacity": ["interpolate", ["linear"], ["zoom"], fadeZooms[0], opacity, fadeZooms[1], 0],
      },
    },
    {
      id: "selected-hex",
      type: "line",
      ...tilesOf("hexes"),
      filter: ["==", ["get", "h3"], ""],
      paint: { "line-color": colours.text, "line-width": 2.5 },
    },
  ];
}

function boundaryLayers(colours: Colours, hasBasemap: boolean): LayerSpecification[] {
  const widths = (far: number, near: number): ExpressionSpecification => [
    "interpolate",
    ["linear"],
    ["zoom"],
    10,
    far,
    16,
    near,
  ];
  const boundary = { type: "line", ...tilesOf("areas"), layout: { "line-join": "round" } } as const;
  return [
    {
      ...boundary,
      id: "boundary-halo",
      paint: hasBasemap
        ? { "line-color": colours.boundary, "line-width": widths(2.5, 7), "line-opacity": 0.22 } // unlike a street
        : { "line-color": colours.halo, "line-width": 3.5, "line-opacity": 0.75 },
    },
    {
      ...boundary,
      id: "boundary",
      paint: { "line-color": colours.boundary, "line-width": widths(0.8, 1.8) },
    },
    {
      ...boundary,
      id: "selected-area",
      filter: ["==", ["get", "slug"], ""],
      paint: { "line-color": colours.text, "line-width": 2.5 },
    },
  ];
}

const pinCount: ExpressionSpecification = ["get", "n"];

const countImage: ExpressionSpecification = [
  "concat",
  "pin-",
  ["get", "kind"],
  "-",
  ["case", [">", pinCount, 9], "9+", ["to-string", pinCount]],
];

const categoryImage: ExpressionSpecification = ["concat", "category-", ["get", "category"]];

const pinLayer: LayerSpecification = {
  id: "pins",
  type: "symbol",
  ...tilesOf("pins"),
  minzoom: fadeZooms[0],
  layout: {
    "icon-image": [
      "step",
      ["zoom"],
      countImage,
      minIconZoom,
      ["case", [">", pinCount, 1], countImage, ["coalesce", ["image", categoryImage], ["image", countImage]]],
    ],
    "symbol-sort-key": pinCount,
    "icon-anchor": ["match", ["get", "kind"], "need", "bottom", "center"],
    "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.55, 16, 0.88, 17, 1.02], // MapLibre does not smooth images at 1.
    "icon-allow-overlap": true,
    "icon-ignore-placement": true,
    "icon-padding": 0,
  },
  paint: { "icon-opacity": ["interpolate", ["linear"], ["zoom"], fadeZooms[0], 0, fadeZooms[1], 1] },
};

/**
 * Sets the filters of the tiles, and reports whether they were different. MapLibre shows the old
 * tiles until the new ones have loaded.
 */
export function setTileFilters(map: MapLibre, config: MapConfig, query: string): boolean {
  let changed = false;
  for (const layer of ["hexes", "pins"] as const) {
    const source = map.getSource<VectorTileSource>(layer);
    const template = tileTemplate(config, layer, query);
    if (source && source.serialize().tiles?.[0] !== template) {
      source.setTiles([template]);
      changed = true;
    }
  }
  return changed;
}

/** Returns the URLs of the tiles that the map would show with a query. */
export function visibleTiles(map: MapLibre, config: MapConfig, query: string): string[] {
  const zoom = map.getZoom();
  const visible = { hexes: zoom < fadeZooms[1], pins: zoom >= fadeZooms[0] };
  return (["hexes", "pins"] as const)
    .filter((layer) => visible[layer])
    .flatMap((layer) => {
      const template = tileTemplate(config, layer, query);
      return map
        .coveringTiles({ tileSize: 512, maxzoom: maxTileZooms[layer] })
        .map(({ canonical: { z, x, y } }) =>
          template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y)),
        );
    });
}
