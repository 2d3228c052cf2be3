// Markers of the pins near a thing at the desk. Each has the number that the list beside the map has.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import { el } from "../create-element";

/** A pin near a thing, as web/desk/near_pins.go writes it. */
interface NearPin {
  number: number;
  lon: number;
  lat: number;
  waiting: boolean;
  likely: boolean;
}

/**
 * Adds a marker for each place that pins near a thing have, as the attribute data-near of the element
 * lists them. A click on it goes to the link in the list, and the marker of a link that has the focus
 * or the pointer is emphasised. Markers are for the eye and the pointer: the list does all that they do.
 */
export function addNearMarkers(map: MapLibre, element: HTMLElement): void {
  const pins = JSON.parse(element.dataset.near ?? "[]") as NearPin[];
  const places = new Map<string, NearPin[]>();
  for (const pin of pins) {
    const place = `${pin.lon.toFixed(5)} ${pin.lat.toFixed(5)}`;
    places.set(place, [...(places.get(place) ?? []), pin]);
  }
  for (const at of places.values()) {
    const names = ["near-marker"];
    if (at.some((pin) => pin.waiting)) {
      names.push("is-waiting");
    }
    if (at.some((pin) => pin.likely)) {
      names.push("is-likely");
    }
    const text = at.map((pin) => pin.number).join(", ");
    const marker = el("div", { class: names.join(" "), "aria-hidden": "true" }, text);
    const { lon = 0, lat = 0 } = at[0] ?? {};
    new Marker({ element: marker }).setLngLat([lon, lat]).addTo(map);
    const links = at.map(({ number }) => document.querySelector<HTMLElement>(`[data-near-link="${number}"]`));
    marker.addEventListener("click", () => links[0]?.focus());
    for (const link of links) {
      const entry = link?.closest("li");
      const emphasise = (): void => {
        marker.classList.toggle("is-lit", entry?.matches(":hover, :focus-within") ?? false);
      };
      for (const event of ["focusin", "focusout", "pointerenter", "pointerleave"]) {
        entry?.addEventListener(event, () => requestAnimationFrame(emphasise));
      }
    }
  }
}
