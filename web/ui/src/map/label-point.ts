import type { Position } from "geojson";

const gridSteps = 24; // in each direction
const labelAspect = 0.55; // weight of horizontal distances, since a label is wider than high

/**
 * Returns the point of a grid inside the ring that is farthest from the ring's edge (an approximate
 * pole of inaccessibility).
 */
export function labelPoint(ring: Position[]): [number, number] {
  const [west, south, east, north] = boundsOf(ring);
  const xScale = labelAspect * Math.cos((south * Math.PI) / 180);
  let best: [number, number] = [(west + east) / 2, (south + north) / 2];
  let maxDistance = -1;
  for (let i = 1; i < gridSteps; i++) {
    for (let j = 1; j < gridSteps; j++) {
      const point: [number, number] = [
        west + ((east - west) * i) / gridSteps,
        south + ((north - south) * j) / gridSteps,
      ];
      const distance = contains(ring, point) ? distanceToEdge(ring, point, xScale) : -1;
      if (distance > maxDistance) {
        [best, maxDistance] = [point, distance];
      }
    }
  }
  return best;
}

export function boundsOf(points: Position[]): [west: number, south: number, east: number, north: number] {
  const xs = points.map(([x = 0]) => x);
  const ys = points.map(([, y = 0]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Returns the area of a ring in square degrees, by the shoelace formula. */
export function ringArea(ring: Position[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [ring[i] ?? [], ring[i + 1] ?? []];
    sum += ax * by - bx * ay;
  }
  return Math.abs(sum / 2);
}

/** Reports whether a point is inside a ring, by the even-odd rule. */
function contains(ring: Position[], [x, y]: [number, number]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) {
      inside = !inside;
    }
  }
  return inside;
}

/** Returns the distance from a point to a ring in degrees of latitude, with the x axis scaled. */
function distanceToEdge(ring: Position[], [x, y]: [number, number], xScale: number): number {
  let min = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i] ?? [];
    const [bx = 0, by = 0] = ring[i + 1] ?? [];
    const [dx, dy] = [(bx - ax) * xScale, by - ay];
    const [px, py] = [(x - ax) * xScale, y - ay];
    const fraction = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    min = Math.min(min, Math.hypot(px - fraction * dx, py - fraction * dy));
  }
  return min;
}
