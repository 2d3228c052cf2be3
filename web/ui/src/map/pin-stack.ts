// The pins at a spot of the map, of which a tile draws only some.

import type { components } from "../api.gen";
import { fetchJSON } from "../fetch-json";
import type { Bounds, MapConfig } from "./config";

export type Pin = components["schemas"]["Pin"];
type PinCollection = components["schemas"]["PinCollection"];

const squaresPerTile = 32; // in each direction (tiles/index/thinning.go)
const maxPins = 100; // of one square

/** Returns the square around a location whose pins of one kind the tiles of a zoom draw as one. */
export const stackSquare = (lon: number, lat: number, zoom: number): Bounds =>
  squareAround(lon, lat, squaresPerTile * 2 ** Math.floor(zoom + 1e-6));

/** Returns the square around a location of those into which the world is divided, so many in each direction. */
export function squareAround(lon: number, lat: number, squares: number): Bounds {
  const sin = Math.sin((lat * Math.PI) / 180);
  const x = Math.floor(((lon + 180) / 360) * squares);
  const y = Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * squares);
  const lonAt = (x: number): number => (x / squares) * 360 - 180;
  const latAt = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / squares))) * 180) / Math.PI;
  return [lonAt(x), latAt(y + 1), lonAt(x + 1), latAt(y)];
}

/** Loads the pins in some squares that a query of tiles selects, newest first. */
export async function loadStack(config: MapConfig, squares: readonly Bounds[], query: string): Promise<Pin[]> {
  const boxes = new Set(squares.map((square) => square.map((degrees) => degrees.toFixed(7)).join()));
  const pages = await Promise.all(
    [...boxes].map((bbox) => {
      const parameters = new URLSearchParams(query);
      parameters.set("bbox", bbox);
      parameters.set("limit", String(maxPins));
      return fetchJSON<PinCollection>(`/api/v1/districts/${config.district}/pins?${parameters}`);
    }),
  );
  const pins = new Map(pages.flatMap(({ features }) => features.map((pin) => [pin.id, pin])));
  return [...pins.values()].sort(newestFirst);
}

export const loadPin = (config: MapConfig, id: number): Promise<Pin> =>
  fetchJSON<Pin>(config.pinAPI.replace("{id}", String(id)));

const newestFirst = (a: Pin, b: Pin): number => {
  const [day, otherDay] = [a.properties.reported_on, b.properties.reported_on];
  return day === otherDay ? b.id - a.id : day < otherDay ? 1 : -1;
};
