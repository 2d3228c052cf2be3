// Colours of the map, from the page's custom properties, so that light and dark
// are decided in one place (styles/tokens.css).

export interface Colours {
  hexes: string[];
  need: string;
  potential: string;
  organisation: string;
  onKind: string;
  out: string;
  in: string;
  dot: string;
  line: string;
  ink: string;
  halo: string;
  water: string;
  green: string;
  road: string;
  roadEdge: string;
  building: string;
  rail: string;
}

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const get = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    hexes: [1, 2, 3, 4, 5].map((i) => get(`hex-${i}`)),
    need: get("need"),
    potential: get("potential"),
    organisation: get("organisation"),
    onKind: get("on-kind"),
    out: get("map-out"),
    in: get("map-in"),
    dot: get("map-dot"),
    line: get("map-line"),
    ink: get("ink"),
    halo: get("map-halo"),
    water: get("map-water"),
    green: get("map-green"),
    road: get("map-road"),
    roadEdge: get("map-road-edge"),
    building: get("map-building"),
    rail: get("map-rail"),
  };
}

/** Colours for n classes, from little to much: as far apart as the ramp allows. */
export function ramp(hexes: readonly string[], n: number): string[] {
  if (n <= 1) {
    return [hexes[2] ?? "#888"];
  }
  return Array.from({ length: n }, (_, i) => hexes[Math.round((i * (hexes.length - 1)) / (n - 1))] ?? "#888");
}
