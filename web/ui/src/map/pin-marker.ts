// A marker that emphasises one pin.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import { el } from "../create-element";
import { pinShape } from "../icons";
import type { Kind } from "./config";

export interface PinLocation {
  kind: Kind;
  lon: number;
  lat: number;
}

/** A pin that can be opened. */
export interface PinOnMap extends PinLocation {
  id: number;
}

export function addPinMarker(map: MapLibre, { kind, lon, lat }: PinLocation): Marker {
  const element = el("div", { class: "lit", "aria-hidden": "true" }, pinShape(kind));
  return new Marker({ element, anchor: kind === "need" ? "bottom" : "center" }).setLngLat([lon, lat]).addTo(map);
}
