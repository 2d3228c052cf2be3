// Colours of the map, read from the custom properties of the page (styles/tokens.css), so that the
// light and dark themes are defined in one place.

import { type HotspotClass, hotspotClasses } from "./hotspot-classes";

const customProperties = {
  need: "--need",
  potential: "--potential",
  organisation: "--organisation",
  onKind: "--on-kind",
  text: "--text",
  outside: "--map-outside",
  inside: "--map-inside",
  dot: "--map-dot",
  boundary: "--map-boundary",
  halo: "--map-halo",
  water: "--map-water",
  green: "--map-green",
  road: "--map-road",
  roadEdge: "--map-road-edge",
  building: "--map-building",
  rail: "--map-rail",
  land: "--map-land",
  wood: "--map-wood",
  built: "--map-built",
  paved: "--map-paved",
  path: "--map-path",
  mainRoad: "--map-main-road",
  tunnel: "--map-tunnel",
  bridgeEdge: "--map-bridge-edge",
  buildingEdge: "--map-building-edge",
  streetLabel: "--map-street-label",
  poiLabel: "--map-poi-label",
  greenLabel: "--map-green-label",
  waterLabel: "--map-water-label",
};

export type Colours = Record<keyof typeof customProperties, string> & {
  hexes: string[]; // from few pins to many
  hotspots: Record<HotspotClass, string>;
  hotspotMarks: Record<HotspotClass, string>;
};

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const read = (property: string): string => style.getPropertyValue(property).trim();
  const colours = Object.entries(customProperties).map(([name, property]) => [name, read(property)]);
  const ofClasses = (suffix: string): Record<HotspotClass, string> =>
    Object.fromEntries(hotspotClasses.map((name) => [name, read(`--hotspot-${name}${suffix}`)])) as Record<
      HotspotClass,
      string
    >;
  return {
    ...Object.fromEntries(colours),
    hexes: [1, 2, 3, 4, 5].map((i) => read(`--hex-${i}`)),
    hotspots: ofClasses(""),
    hotspotMarks: ofClasses("-mark"),
  };
}

/** Returns the colour, such as "#c0ffee", that another one has when it lies on a ground with an opacity. */
export function blend(colour: string, ground: string, opacity: number): string {
  const channel = (hex: string, i: number): number => Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  const mixed = [0, 1, 2].map((i) => Math.round(channel(colour, i) * opacity + channel(ground, i) * (1 - opacity)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Returns colours for n classes, from few pins to many, evenly spaced on the colour ramp. */
export function classColours(ramp: readonly string[], n: number): string[] {
  if (n <= 1) {
    return [ramp[2] ?? "#888"];
  }
  return Array.from({ length: n }, (_, i) => ramp[Math.round((i * (ramp.length - 1)) / (n - 1))] ?? "#888");
}
