// Configuration of a map, which the server writes into data-config (web/maps/map_element.go).

export type Layer = "pins" | "hexes" | "areas";
export type Kind = "need" | "potential" | "organisation";

export const kinds: readonly Kind[] = ["need", "potential", "organisation"];

/** The tiles of the basemap, in the schema of Protomaps basemaps. */
export interface BasemapConfig {
  tiles: string; // URL template with {z}, {x} and {y}
  bounds: [west: number, south: number, east: number, north: number];
  minZoom: number;
  maxZoom: number;
  attribution: string; // HTML
}

export type Bounds = [west: number, south: number, east: number, north: number]; // east is beyond 180 across the antimeridian

/** A layer of things other than pins. */
export interface ThingLayerConfig {
  kind: string; // in the tiles
  url: string; // of the list of the API
  page: string; // of the register
  label: string;
  one: string; // what each of the things is
  fields: { name: string; label: string }[]; // properties that are texts by language, the title first
}

export interface MapConfig {
  district: string; // slug
  bounds: Bounds;
  tiles: Record<Layer | "things", string>; // URL templates with {z}, {x} and {y}
  areas: string; // URL of the areas as GeoJSON
  pin: string; // URL of a pin's page, with {id}
  pinAPI: string; // URL of a pin as GeoJSON, with {id}
  places: string; // URL of the place search
  changes: string; // URL of the stream of changes
  things: Record<string, ThingLayerConfig>; // layers of things other than pins, by the plurals of their kinds
  language: string; // the default one of the district
  styleURL: string; // of a MapLibre style instead of a basemap; "" for none
  basemap: BasemapConfig | null;
  labels: Record<string, { label: string; lang?: string; colour: string; kind: Kind; icon: string }>; // categories by slug
  area?: { slug: string; bounds: Bounds }; // the selected area, if there is exactly one
}

/** Returns the configuration in the data-config attribute of an element. */
export function readConfig(element: HTMLElement): MapConfig {
  return JSON.parse(element.dataset.config ?? "null") as MapConfig;
}
