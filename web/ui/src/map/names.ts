// Names of areas as elements over the map: there are no glyphs to draw text with
// where there is no internet.

import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";
import { type Map as MapLibre, Marker } from "maplibre-gl";
import { el } from "../dom";
import { streetZoom } from "./layers";

type AreaFeature = Feature<Polygon | MultiPolygon, { slug: string; name: string }>;
export type Areas = FeatureCollection<Polygon | MultiPolygon, { slug: string; name: string }>;
export type Box = [west: number, south: number, east: number, north: number];

interface Name {
  marker: Marker;
  element: HTMLElement;
  at: [number, number];
  box: Box;
  size: number;
}

/** Names that keep out of each other's way: larger areas first. */
export class Names {
  private readonly names: Name[];

  constructor(
    private readonly map: MapLibre,
    areas: Areas,
  ) {
    this.names = areas.features
      .map((area) => {
        const element = el("span", { class: "area-name", "aria-hidden": "true" }, area.properties.name);
        const at = labelPoint(area);
        const box = boxOf(area);
        const size = (box[2] - box[0]) * (box[3] - box[1]);
        return { marker: new Marker({ element }).setLngLat(at).addTo(map), element, at, box, size };
      })
      .sort((a, b) => b.size - a.size);
    for (const { element } of this.names) {
      element.removeAttribute("role");
      element.removeAttribute("aria-label");
      element.removeAttribute("tabindex");
    }
    map.on("move", () => this.arrange());
    map.on("resize", () => this.arrange());
    this.arrange();
  }

  private arrange(): void {
    const taken: Box[] = [];
    for (const { element, at, box } of this.names) {
      const [w, h] = [element.offsetWidth, element.offsetHeight];
      const p = this.map.project(at);
      const rect: Box = [p.x - w / 2 - 4, p.y - h / 2 - 2, p.x + w / 2 + 4, p.y + h / 2 + 2];
      const room = this.map.project([box[2], box[1]]).x - this.map.project([box[0], box[1]]).x;
      const free = this.map.getZoom() < streetZoom + 0.2 && room > w * 0.7 && !taken.some((other) => meet(rect, other));
      element.hidden = !free;
      if (free) {
        taken.push(rect);
      }
    }
  }
}

const meet = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function outers(area: AreaFeature): Position[][] {
  const { geometry } = area;
  return geometry.type === "Polygon"
    ? geometry.coordinates.slice(0, 1)
    : geometry.coordinates.flatMap((p) => p.slice(0, 1));
}

export function boxOf(area: AreaFeature): Box {
  const all = outers(area).flat();
  const xs = all.map((p) => p[0] ?? 0);
  const ys = all.map((p) => p[1] ?? 0);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Point well inside the area's largest ring: the one of a grid that is farthest from its edge. */
export function labelPoint(area: AreaFeature): [number, number] {
  const ring = outers(area).sort((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)))[0] ?? [];
  const xs = ring.map((p) => p[0] ?? 0);
  const ys = ring.map((p) => p[1] ?? 0);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const squeeze = Math.cos((south * Math.PI) / 180);
  let best: [number, number] = [(west + east) / 2, (south + north) / 2];
  let most = -1;
  const steps = 24;
  for (let i = 1; i < steps; i++) {
    for (let j = 1; j < steps; j++) {
      const p: [number, number] = [west + ((east - west) * i) / steps, south + ((north - south) * j) / steps];
      if (inside(ring, p)) {
        const d = distance(ring, p, squeeze);
        if (d > most) {
          [best, most] = [p, d];
        }
      }
    }
  }
  return best;
}

function signedArea(ring: Position[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i] ?? [], ring[i + 1] ?? []];
    sum += (a[0] ?? 0) * (b[1] ?? 0) - (b[0] ?? 0) * (a[1] ?? 0);
  }
  return sum / 2;
}

function inside(ring: Position[], [x, y]: [number, number]): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) {
      odd = !odd;
    }
  }
  return odd;
}

/** Distance to the ring, in degrees of latitude. A wide label needs more room sideways. */
function distance(ring: Position[], [x, y]: [number, number], squeeze: number): number {
  let least = Number.POSITIVE_INFINITY;
  const wide = 0.55 * squeeze;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i] ?? [];
    const [bx = 0, by = 0] = ring[i + 1] ?? [];
    const [dx, dy] = [(bx - ax) * wide, by - ay];
    const [px, py] = [(x - ax) * wide, y - ay];
    const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(px - along * dx, py - along * dy));
  }
  return least;
}
