// Moves a map to a place that was searched, and marks it.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import type { components } from "../api.gen";
import { el } from "../create-element";
import { icon } from "../icons";

const zooms: Record<components["schemas"]["PlaceKind"], number> = {
  address: 18,
  stop: 17,
  school: 17,
  square: 17,
  other: 17,
  street: 16,
  park: 15,
  water: 15,
  locality: 14,
  area: 14,
};

/** Moves the map to a place, as close as its kind asks for, and returns the marker on it. */
export function showPlace(map: MapLibre, kind: keyof typeof zooms, center: [number, number]): Marker {
  const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 900;
  map.flyTo({ center, zoom: zooms[kind], duration });
  const element = el("div", { class: "found-place", "aria-hidden": "true" }, icon("place"));
  return new Marker({ element, anchor: "bottom" }).setLngLat(center).addTo(map);
}
