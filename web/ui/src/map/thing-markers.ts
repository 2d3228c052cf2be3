// Markers of things other than pins, such as offices: few, and each a link to its page.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import { el } from "../create-element";
import { fetchJSON } from "../fetch-json";
import { icon } from "../icons";
import { t } from "../messages";

interface Things {
  features: {
    geometry: { coordinates: [lon: number, lat: number] };
    properties: { title: string };
    links: { rel: string; href: string }[];
  }[];
}

/** Adds the things of each kind, by the URL of their GeoJSON, to a map. Those that cannot be loaded are missing. */
export async function addThingMarkers(map: MapLibre, things: Record<string, string>): Promise<void> {
  for (const [kind, url] of Object.entries(things)) {
    try {
      const { features } = await fetchJSON<Things>(url);
      for (const { geometry, properties, links } of features) {
        const href = links.find(({ rel }) => rel === "alternate")?.href ?? "";
        const label = `${t(`ui.things.${kind}`)}: ${properties.title}`;
        const element = el("a", { class: "thing-marker", href, "aria-label": label, title: label }, icon(kind));
        new Marker({ element }).setLngLat(geometry.coordinates).addTo(map);
      }
    } catch (error) {
      console.warn(error);
    }
  }
}
