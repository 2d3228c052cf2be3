// Names of areas as HTML elements over the map. A symbol layer would need font glyphs from a
// server.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import type { components } from "../api.gen";
import { el } from "../create-element";
import { pageLanguage } from "../messages";
import { labelPoint, ringArea } from "./label-point";
import { streetZoom } from "./layers";
import { nearestLongitude, unwrapped } from "./longitudes";

export type Areas = components["schemas"]["AreaCollection"];
type Area = Areas["features"][number];
export type Bounds = [west: number, south: number, east: number, north: number];

interface Label {
  element: HTMLElement;
  location: [number, number];
  bounds: Bounds; // of the area
}

/** Labels that do not overlap: those of larger areas are shown first. */
export class AreaLabels {
  private readonly labels: Label[];

  constructor(
    private readonly map: MapLibre,
    areas: Areas,
  ) {
    this.labels = areas.features
      .map((area) => this.addLabel(area))
      .sort((a, b) => boxSize(b.bounds) - boxSize(a.bounds));
    map.on("move", () => this.arrange());
    map.on("resize", () => this.arrange());
    this.arrange();
  }

  private addLabel(area: Area): Label {
    const name = area.properties.names[pageLanguage() ?? ""] ?? area.properties.name;
    const element = el("span", { class: "area-name", "aria-hidden": "true" }, name);
    const outerRings = area.geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1));
    const [largest = []] = outerRings.sort((a, b) => ringArea(b) - ringArea(a));
    const location = labelPoint(largest);
    new Marker({ element }).setLngLat(location).addTo(this.map);
    for (const attribute of ["role", "aria-label", "tabindex"]) {
      element.removeAttribute(attribute); // The marker has set them as if it were a button.
    }
    return { element, location, bounds: areaBounds(area) };
  }

  private arrange(): void {
    const occupied: Bounds[] = [];
    for (const { element, location, bounds } of this.labels) {
      const [width, height] = [element.offsetWidth, element.offsetHeight];
      const [lon, lat] = location;
      const { x, y } = this.map.project([nearestLongitude(lon, this.map.getCenter().lng), lat]);
      const box: Bounds = [x - width / 2 - 4, y - height / 2 - 2, x + width / 2 + 4, y + height / 2 + 2];
      const areaWidth = this.map.project([bounds[2], bounds[1]]).x - this.map.project([bounds[0], bounds[1]]).x;
      const visible =
        this.map.getZoom() < streetZoom + 0.2 && areaWidth > width * 0.7 && !occupied.some((o) => overlap(o, box));
      element.hidden = !visible;
      if (visible) {
        occupied.push(box);
      }
    }
  }
}

const boxSize = ([west, south, east, north]: Bounds): number => (east - west) * (north - south);

const overlap = (a: Bounds, b: Bounds): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Returns the bounds of an area. Across the antimeridian, the east is beyond 180. */
export const areaBounds = (area: Area): Bounds => unwrapped(area.bbox as Bounds);
