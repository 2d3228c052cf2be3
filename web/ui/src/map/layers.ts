// Our own layers: areas, hexes and pins, over any basemap.

import type { ExpressionSpecification, Map as MapLibre, VectorTileSource } from "maplibre-gl";
import type { Config, Layer } from "../config";
import { tileQuery } from "../query";
import { type Colours, ramp } from "./colours";
import { pinImages } from "./images";

/** Zoom around which hexes give way to pins. */
export const streetZoom = 14.5;
const emergingZoom = streetZoom - 0.5; // pins from here
const fadedZoom = streetZoom + 0.75; // hexes up to here

const maxzooms: Record<Layer, number> = { areas: 14, hexes: 14, pins: 20 };

/** URL template of a layer's tiles under the page's filters. */
export function tilesOf(config: Config, layer: Layer, query: string): string {
  const filters = layer === "areas" ? "" : tileQuery(query);
  return `${location.origin}${config.tiles[layer]}${filters}`;
}

/**
 * URL of a tile of hexes, with the resolution that reads well on a screen: a hex
 * is 15 to 60 pixels wide while the tile is shown at its own zoom to the next.
 */
export function finer(url: string, template: string): string {
  const [start = ""] = template.split("{z}");
  if (!url.startsWith(start)) {
    return url;
  }
  const zoom = Number.parseInt(url.slice(start.length), 10);
  return `${url}${url.includes("?") ? "&" : "?"}res=${resolutionAt(zoom)}`;
}

/** Resolution of the hexes at a zoom. */
export const resolutionAt = (zoom: number): number =>
  Math.max(4, Math.min(10, Math.floor((7 * Math.min(Math.floor(zoom), maxzooms.hexes) + 14) / 10)));

/** Colour of a hex by the number of its pins. */
export function hexColour(bounds: readonly number[], colours: Colours): ExpressionSpecification | string {
  const shades = ramp(colours.hexes, bounds.length);
  const first = shades[0] ?? "#888";
  if (bounds.length < 2) {
    return first;
  }
  return [
    "step",
    ["get", "total"],
    first,
    ...bounds.slice(1).flatMap((low, i) => [low, shades[i + 1] ?? first]),
  ] as unknown as ExpressionSpecification;
}

/** Adds what is not there yet. Call it whenever a style has loaded. */
export function addLayers(map: MapLibre, config: Config, query: string, colours: Colours, ground: boolean): void {
  for (const image of pinImages(colours)) {
    if (!map.hasImage(image.name)) {
      map.addImage(image.name, image.data, { pixelRatio: image.pixelRatio });
    }
  }
  for (const layer of ["areas", "hexes", "pins"] as const) {
    if (!map.getSource(layer)) {
      map.addSource(layer, { type: "vector", tiles: [tilesOf(config, layer, query)], maxzoom: maxzooms[layer] });
    }
  }
  if (!ground) {
    map.setPaintProperty("ground", "background-pattern", "paper");
    map.addLayer({
      id: "areas-fill",
      type: "fill",
      source: "areas",
      "source-layer": "areas",
      paint: { "fill-color": colours.in },
    });
  }
  map.addLayer({
    id: "hexes",
    type: "fill",
    source: "hexes",
    "source-layer": "hexes",
    maxzoom: fadedZoom,
    paint: {
      "fill-color": colours.hexes[2] ?? "#888",
      "fill-antialias": true,
      "fill-outline-color": colours.halo,
      "fill-opacity": [
        "interpolate",
        ["linear"],
        ["zoom"],
        streetZoom - 0.4,
        ground ? 0.78 : 0.92,
        streetZoom + 0.5,
        0,
      ],
    },
  });
  map.addLayer({
    id: "hex-chosen",
    type: "line",
    source: "hexes",
    "source-layer": "hexes",
    filter: ["==", ["get", "h3"], ""],
    paint: { "line-color": colours.ink, "line-width": 2.5 },
  });
  map.addLayer({
    id: "areas-halo",
    type: "line",
    source: "areas",
    "source-layer": "areas",
    layout: { "line-join": "round" },
    paint: { "line-color": colours.halo, "line-width": 3.5, "line-opacity": 0.75 },
  });
  map.addLayer({
    id: "areas-line",
    type: "line",
    source: "areas",
    "source-layer": "areas",
    layout: { "line-join": "round" },
    paint: { "line-color": colours.line, "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.8, 16, 1.8] },
  });
  map.addLayer({
    id: "areas-chosen",
    type: "line",
    source: "areas",
    "source-layer": "areas",
    filter: ["==", ["get", "slug"], ""],
    layout: { "line-join": "round" },
    paint: { "line-color": colours.ink, "line-width": 2.5 },
  });
  map.addLayer({
    id: "pins",
    type: "symbol",
    source: "pins",
    "source-layer": "pins",
    minzoom: emergingZoom,
    layout: {
      "icon-image": [
        "concat",
        "pin-",
        ["get", "kind"],
        "-",
        ["case", [">", ["get", "n"], 9], "9+", ["to-string", ["get", "n"]]],
      ],
      "symbol-sort-key": ["get", "n"],
      "icon-anchor": ["match", ["get", "kind"], "need", "bottom", "center"],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.6, 17, 1],
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      "icon-padding": 0,
    },
    paint: { "icon-opacity": ["interpolate", ["linear"], ["zoom"], streetZoom - 0.4, 0, streetZoom + 0.3, 1] },
  });
}

/**
 * Sets the filters of the tiles, and says whether they were others before. Tiles
 * at hand stay on the screen until the new ones are there.
 */
export function filterLayers(map: MapLibre, config: Config, query: string): boolean {
  let changed = false;
  for (const layer of ["hexes", "pins"] as const) {
    const source = map.getSource<VectorTileSource>(layer);
    const tiles = [tilesOf(config, layer, query)];
    if (source && source.serialize().tiles?.[0] !== tiles[0]) {
      source.setTiles(tiles);
      changed = true;
    }
  }
  return changed;
}

/** URLs of the tiles that the screen would show under a query. */
export function tilesOnScreen(map: MapLibre, config: Config, query: string): string[] {
  const zoom = map.getZoom();
  const drawn = { hexes: zoom < fadedZoom, pins: zoom >= emergingZoom };
  return (["hexes", "pins"] as const)
    .filter((layer) => drawn[layer])
    .flatMap((layer) => {
      const template = tilesOf(config, layer, query);
      return map
        .coveringTiles({ tileSize: 512, maxzoom: maxzooms[layer] })
        .map(({ canonical: { z, x, y } }) =>
          template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y)),
        );
    });
}
