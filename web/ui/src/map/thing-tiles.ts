// The tiles of things other than pins: where they are, thinned. The map draws nothing of them; markers show them.

import type { Map as MapLibre } from "maplibre-gl";
import type { Bounds, MapConfig } from "./config";
import { squareAround } from "./pin-stack";
import type { ThingFeature } from "./thing-groups";

const source = "things";
const maxTileZoom = 20;
const squaresPerTile = 8; // in each direction (tiles/index/thing_clusters.go)

/** Adds the tiles to a style that has just loaded. */
export function addThingTiles(map: MapLibre, config: MapConfig): void {
  if (!map.getSource(source)) {
    map.addSource(source, { type: "vector", tiles: [location.origin + config.tiles.things], maxzoom: maxTileZoom });
    // Only the tiles of a source that has a layer are loaded.
    map.addLayer({ id: source, type: "circle", source, "source-layer": source, paint: { "circle-opacity": 0 } });
  }
}

/** Returns what the visible tiles have, or undefined while some are loading. */
export function thingsInTiles(map: MapLibre, config: MapConfig): ThingFeature[] | undefined {
  if (!map.getSource(source) || !map.isSourceLoaded(source)) {
    return undefined;
  }
  const layers = new Map(Object.entries(config.things).map(([layer, { kind }]) => [kind, layer]));
  const features = new Map<string, ThingFeature>();
  for (const { id, properties, geometry } of map.querySourceFeatures(source, { sourceLayer: source })) {
    const layer = layers.get(String(properties.kind));
    if (layer && geometry.type === "Point") {
      const [lon = 0, lat = 0] = geometry.coordinates;
      features.set(`${layer} ${id}`, { layer, id: Number(id), n: Number(properties.n), lon, lat });
    }
  }
  return [...features.values()];
}

/** Returns the bounds of all that a feature represents in the tiles of a zoom. */
export const boundsOf = ({ lon, lat }: ThingFeature, zoom: number): Bounds =>
  squareAround(lon, lat, squaresPerTile * 2 ** Math.min(maxTileZoom, Math.floor(zoom + 1e-6)));
