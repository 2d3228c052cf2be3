import type { Map as MapLibre } from "maplibre-gl";

/** Returns a coordinate to about 100 m, so that no request tells where somebody lives. */
export const roughly = (degrees: number): number => Math.round(degrees * 1000) / 1000;

/** Returns about the centre of a map, to rank places by their distance to it. */
export function roughCentre(map: MapLibre | undefined): [lon: number, lat: number] | undefined {
  const centre = map?.getCenter().wrap(); // Across the antimeridian, the map has longitudes beyond 180.
  return centre && [roughly(centre.lng), roughly(centre.lat)];
}
