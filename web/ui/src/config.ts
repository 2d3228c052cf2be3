// What the server tells the map: web.mapConfig.

export type Layer = "pins" | "hexes" | "areas";
export type Kind = "need" | "potential" | "organisation";

export const kinds: readonly Kind[] = ["need", "potential", "organisation"];

export interface Config {
  district: string;
  bounds: [west: number, south: number, east: number, north: number];
  tiles: Record<Layer, string>;
  areas: string;
  pin: string;
  pinAPI: string;
  places: string;
  changes: string;
  basemap: string;
  labels: Record<string, { label: string; colour: string; kind: Kind }>;
  area: string;
}

/** Config in an element's data-config. */
export function configOf(element: HTMLElement): Config {
  return JSON.parse(element.dataset.config ?? "null") as Config;
}
