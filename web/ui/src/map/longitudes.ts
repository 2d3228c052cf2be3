// Longitudes beyond ±180, with which MapLibre shows what is across the antimeridian.

type Box = [west: number, south: number, east: number, north: number];

/** Returns a box of RFC 7946, whose west may be greater than its east, with a greater east. */
export function unwrapped([west, south, east, north]: Box): Box {
  return [west, south, east < west ? east + 360 : east, north];
}

/** Returns the longitude that is the same on Earth and within 180 degrees of another. */
export function nearestLongitude(lon: number, to: number): number {
  return lon + 360 * Math.round((to - lon) / 360);
}
