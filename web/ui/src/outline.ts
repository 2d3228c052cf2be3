// Outlines that somebody draws: areas and lines, as text and as GeoJSON. The server reads and checks the text
// (civic/outline.go).

export type Corner = [lon: number, lat: number];

export interface Outline {
  corners: Corner[]; // of an area, without the first again
  isArea: boolean;
}

export const maxCorners = 200;

const digits = 6; // of a coordinate
const earthRadius = 6_371_008.8; // metres

const same = (a: Corner | undefined, b: Corner | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** Reads corners, one on a line, as latitude and longitude; the last is the first again in an area. */
export function parseOutline(text: string): Outline {
  const corners: Corner[] = [];
  for (const line of text.split("\n")) {
    const [, lat, lon] = /^\s*(-?\d+(?:[.,]\d+)?)(?:[;,]?\s+|,)(-?\d+(?:[.,]\d+)?)\s*$/.exec(line) ?? [];
    if (lat !== undefined && lon !== undefined) {
      corners.push([Number(lon.replace(",", ".")), Number(lat.replace(",", "."))]);
    }
  }
  const isArea = corners.length > 3 && same(corners[0], corners.at(-1));
  return { corners: isArea ? corners.slice(0, -1) : corners, isArea };
}

/** Returns the text that parseOutline reads. */
export function formatOutline({ corners, isArea }: Outline): string {
  const [first] = corners;
  const all = isArea && corners.length > 2 && first ? [...corners, first] : corners;
  return all.map(([lon, lat]) => `${lat.toFixed(digits)}, ${lon.toFixed(digits)}`).join("\n");
}

/** Returns an outline as GeoJSON: while it has too few corners for an area, a line. */
export function toGeometry({ corners, isArea }: Outline): GeoJSON.Geometry {
  const [first] = corners;
  return isArea && corners.length > 2 && first
    ? { type: "Polygon", coordinates: [[...corners, first]] }
    : { type: "LineString", coordinates: corners };
}

/** Returns the outline of a geometry that the server has written. */
export function fromGeometry(geometry: GeoJSON.Geometry): Outline {
  if (geometry.type === "Polygon") {
    return { corners: (geometry.coordinates[0] ?? []).slice(0, -1) as Corner[], isArea: true };
  }
  return { corners: geometry.type === "LineString" ? (geometry.coordinates as Corner[]) : [], isArea: false };
}

/** Returns corners in metres around the first one, on a plane that touches the earth there. */
function inMetres(corners: readonly Corner[]): [x: number, y: number][] {
  const [lon0, lat0] = corners[0] ?? [0, 0];
  const scale = (earthRadius * Math.PI) / 180;
  return corners.map(([lon, lat]) => [(lon - lon0) * scale * Math.cos((lat0 * Math.PI) / 180), (lat - lat0) * scale]);
}

/** Returns the length of a line in metres. */
export function lengthOf(corners: readonly Corner[]): number {
  const points = inMetres(corners);
  return points.slice(1).reduce((sum, [x, y], i) => {
    const [px, py] = points[i] ?? [x, y];
    return sum + Math.hypot(x - px, y - py);
  }, 0);
}

/** Returns the surface of an area in square metres. */
export function surfaceOf(corners: readonly Corner[]): number {
  const points = inMetres(corners);
  const twice = points.reduce((sum, [x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length] ?? [x, y];
    return sum + x * ny - nx * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** Whether two edges of an area that are not neighbours cross each other. */
export function crossesItself(corners: readonly Corner[]): boolean {
  const n = corners.length;
  const at = (i: number): Corner => corners[i % n] ?? [0, 0];
  const side = (p: Corner, q: Corner, r: Corner): number =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  for (let i = 0; i < n; i++) {
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) {
        continue;
      }
      const [a, b, c, d] = [at(i), at(i + 1), at(j), at(j + 1)];
      if (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) {
        return true;
      }
    }
  }
  return false;
}
