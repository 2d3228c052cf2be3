// Configuration of a map, which the server writes into data-config (web/maps/map_element.go).

export type Layer = "pins" | "hexes" | "areas";
export type Kind = "need" | "potential" | "organisation";

export const kinds: readonly Kind[] = ["need", "potential", "organisation"];

export interface MapConfig {
  district: string; // slug
  bounds: [west: number, south: number, east: number, north: number]; // east is beyond 180 across the antimeridian
  tiles: Record<Layer, string>; // URL templates with {z}, {x} and {y}
  areas: string; // URL of the areas as GeoJSON
  pin: string; // URL of a pin's page, with {id}
  pinAPI: string; // URL of a pin as GeoJSON, with {id}
  places: string; // URL of the place search
  changes: string; // URL of the stream of changes
  basemap: string; // URL of a style or of a PMTiles file; "" for none
  labels: Record<string, { label: string; colour: string; kind: Kind }>; // categories by slug
  area: string; // slug of the selected area, or ""
}

/** Returns the configuration in the data-config attribute of an element. */
export function readConfig(element: HTMLElement): MapConfig {
  return JSON.parse(element.dataset.config ?? "null") as MapConfig;
}
