// Markers of the things of a thread on its small map.

import { LngLatBounds, type LngLatBoundsLike, type Map as MapLibre, Marker } from "maplibre-gl";
import { el } from "../create-element";
import { icon, pinShape } from "../icons";
import type { Kind } from "./config";

/** A thing of a thread, as web/things/thread_map.go writes it. */
interface ThreadMarker {
  kind?: Kind; // of a pin
  layer?: string; // of another thing
  title: string;
  url: string;
  lon: number;
  lat: number;
}

function markersOf(element: HTMLElement): ThreadMarker[] {
  return JSON.parse(element.dataset.thread ?? "[]") as ThreadMarker[];
}

/** Returns the bounds of the things of a thread and of the thing itself, or undefined if there is only that. */
export function threadBounds(element: HTMLElement): LngLatBoundsLike | undefined {
  const { lon, lat } = element.dataset;
  const bounds = new LngLatBounds();
  const markers = markersOf(element);
  for (const marker of markers) {
    bounds.extend([marker.lon, marker.lat]);
  }
  if (lon && lat) {
    bounds.extend([Number(lon), Number(lat)]);
  }
  return markers.length > 0 ? bounds : undefined;
}

/** Adds a marker for each thing, which leads to its page. The timeline beside the map has the same links for the keyboard. */
export function addThreadMarkers(map: MapLibre, element: HTMLElement): void {
  for (const { kind, layer, title, url, lon, lat } of markersOf(element)) {
    const link = el(
      "a",
      { class: kind ? "thread-marker" : "thing-marker", href: url, title, tabindex: "-1", "aria-hidden": "true" },
      kind ? pinShape(kind) : icon(layer ?? ""),
    );
    new Marker({ element: link, anchor: kind === "need" ? "bottom" : "center" }).setLngLat([lon, lat]).addTo(map);
  }
}
