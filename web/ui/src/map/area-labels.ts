// Names of areas as HTML elements over the map. Above a foreign style, a symbol layer would need font
// glyphs from a server.

import { type GeoJSONSource, type Map as MapLibre, Marker } from "maplibre-gl";
import type { components } from "../api.gen";
import { el } from "../create-element";
import { pageLanguage } from "../messages";
import { areaNamesSource } from "./basemap-labels";
import { labelPoint, ringArea } from "./label-point";
import { maxAreaNameZoom } from "./layers";
import { nearestLongitude, unwrapped } from "./longitudes";

export type Areas = components["schemas"]["AreaCollection"];
type Area = Areas["features"][number];
export type Bounds = [west: number, south: number, east: number, north: number];

/** Numbers of pins by slug of the area. */
export type AreaPins = Record<string, number>;

interface Label {
  slug: string;
  element: HTMLElement;
  location: [number, number];
  bounds: Bounds; // of the area
}

/** Labels that do not overlap: those of areas with more pins, and then of larger ones, are shown first. */
export class AreaLabels {
  private readonly labels: Label[];
  private clearedKey = ""; // of the labels that names on the basemap keep clear of

  constructor(
    private readonly map: MapLibre,
    areas: Areas,
    pins: AreaPins,
  ) {
    this.labels = areas.features.map((area) => this.addLabel(area));
    this.rank(pins);
    map.on("move", () => this.arrange());
    map.on("resize", () => this.arrange());
    map.on("style.load", () => {
      this.clearedKey = "";
      this.arrange();
    });
  }

  /** Sets the numbers of pins, by which labels are ranked. */
  rank(pins: AreaPins): void {
    const pinsOf = ({ slug }: Label): number => pins[slug] ?? 0;
    this.labels.sort((a, b) => pinsOf(b) - pinsOf(a) || boxSize(b.bounds) - boxSize(a.bounds));
    this.arrange();
  }

  private addLabel(area: Area): Label {
    const { name: defaultName, names, slug } = area.properties;
    const name = names[pageLanguage() ?? ""];
    const lang = name ? undefined : Object.keys(names).find((tag) => names[tag] === defaultName);
    const element = el("span", { class: "area-name", "aria-hidden": "true", lang }, name ?? defaultName);
    const outerRings = area.geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1));
    const [largest = []] = outerRings.sort((a, b) => ringArea(b) - ringArea(a));
    const location = labelPoint(largest);
    new Marker({ element }).setLngLat(location).addTo(this.map);
    for (const attribute of ["role", "aria-label", "tabindex"]) {
      element.removeAttribute(attribute); // The marker has set them as if it were a button.
    }
    return { element, location, slug, bounds: areaBounds(area) };
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
        this.map.getZoom() < maxAreaNameZoom && areaWidth > width * 0.5 && !occupied.some((o) => overlap(o, box));
      element.hidden = !visible;
      if (visible) {
        occupied.push(box);
      }
    }
    this.clearBasemap();
  }

  /** Keeps names on the basemap clear of the labels that are visible. */
  private clearBasemap(): void {
    const source = this.map.getSource<GeoJSONSource>(areaNamesSource);
    const visible = this.labels.filter(({ element }) => !element.hidden);
    const key = visible.map(({ slug }) => slug).join();
    if (source && key !== this.clearedKey) {
      this.clearedKey = key;
      source.setData({
        type: "FeatureCollection",
        features: visible.map(({ element, location }) => ({
          type: "Feature",
          properties: { name: element.textContent },
          geometry: { type: "Point", coordinates: location },
        })),
      });
    }
  }
}

const boxSize = ([west, south, east, north]: Bounds): number => (east - west) * (north - south);

const overlap = (a: Bounds, b: Bounds): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Returns the bounds of an area. Across the antimeridian, the east is beyond 180. */
export const areaBounds = (area: Area): Bounds => unwrapped(area.bbox as Bounds);
