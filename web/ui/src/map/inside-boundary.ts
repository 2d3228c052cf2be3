import { nearestLongitude } from "./longitudes";

type Position = number[]; // longitude, latitude
type MultiPolygon = Position[][][];

/** Reports whether a point is in a multipolygon. The server decides about points on its edge. */
export function isInside([lon, lat]: [number, number], boundary: MultiPolygon): boolean {
  let inside = false;
  for (const ring of boundary.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [x1 = 0, y1 = 0] = ring[i - 1] ?? [];
      const [x2 = 0, y2 = 0] = ring[i] ?? [];
      if (y1 > lat !== y2 > lat && nearestLongitude(lon, x1) < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) {
        inside = !inside; // An eastward ray crosses this edge.
      }
    }
  }
  return inside;
}
