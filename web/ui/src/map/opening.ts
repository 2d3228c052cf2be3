// Cards of what is drawn at a point of the map: pins first, else the hex.

import { type LngLatLike, type MapGeoJSONFeature, type Map as MapLibre, Popup } from "maplibre-gl";
import type { Config } from "../config";
import { el, icon } from "../dom";
import { t } from "../messages";
import { type HexCounts, hexCard, pinsCard } from "./cards";
import { streetZoom } from "./layers";

const nearby = 8; // px around a tap

export class Opening {
  private popup: Popup | undefined;

  constructor(
    private readonly map: MapLibre,
    private readonly config: Config,
  ) {
    map.on("click", ({ point }) => this.open(point, nearby));
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        this.open(map.project(map.getCenter()), 24);
      }
    });
    for (const layer of ["hexes", "pins"]) {
      map.on("mouseenter", layer, () => map.getCanvas().style.setProperty("cursor", "pointer"));
      map.on("mouseleave", layer, () => map.getCanvas().style.removeProperty("cursor"));
    }
  }

  close(): void {
    this.popup?.remove();
  }

  /** Opens what is drawn at a point of the screen: pins first, else the hex. */
  private open(at: { x: number; y: number }, reach: number): void {
    const around: [[number, number], [number, number]] = [
      [at.x - reach, at.y - reach],
      [at.x + reach, at.y + reach],
    ];
    const closer = this.map.getZoom() >= streetZoom - 0.2;
    const pins = closer ? this.map.queryRenderedFeatures(around, { layers: ["pins"] }) : [];
    if (pins[0]) {
      const counts = new Map(pins.map((pin) => [Number(pin.id), Number(pin.properties.n)]));
      const more = [...counts.values()].reduce((sum, n) => sum + n - 1, 0);
      const [lon = 0, lat = 0] = pins[0].geometry.type === "Point" ? pins[0].geometry.coordinates : [];
      const look =
        more > 0 && this.map.getZoom() < this.map.getMaxZoom() - 0.5 ? () => this.closer([lon, lat], 2) : undefined;
      this.card(pins[0], pinsCard(this.config, [...counts.keys()], more, look));
      return;
    }
    const [hex] = this.map.queryRenderedFeatures([at.x, at.y], { layers: ["hexes"] });
    if (hex && !(closer && this.map.getZoom() > streetZoom + 0.3)) {
      const middle = this.map.unproject([at.x, at.y]);
      this.card(
        hex,
        hexCard(hex.properties as HexCounts, () => this.closer(middle, 2, streetZoom + 1)),
        middle,
      );
      this.map.setFilter("hex-chosen", ["==", ["get", "h3"], String(hex.properties.h3)]);
      return;
    }
    this.close();
  }

  private closer(center: LngLatLike, by: number, most = this.map.getMaxZoom()): void {
    this.close();
    this.map.flyTo({ center, zoom: Math.min(this.map.getZoom() + by, most) });
  }

  private card(feature: MapGeoJSONFeature, content: HTMLElement, at = this.map.getCenter()): void {
    this.close();
    const { geometry } = feature;
    const place =
      geometry.type === "Point"
        ? ([geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0] as [number, number])
        : at;
    const close = el("button", { class: "card-close", type: "button", "aria-label": t("ui.map.close") }, icon("close"));
    const box = el("div", { role: "dialog", tabindex: "-1" }, content, close);
    box.setAttribute("aria-label", content.querySelector(".card-title")?.textContent ?? t("ui.pin.open"));
    const back = document.activeElement;
    const popup = new Popup({
      closeButton: false,
      focusAfterOpen: false,
      closeOnClick: false,
      offset: geometry.type === "Point" ? 26 : 6,
      maxWidth: "none",
    });
    popup.setLngLat(place).setDOMContent(box).addTo(this.map);
    this.popup = popup;
    close.addEventListener("click", () => popup.remove());
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        popup.remove();
      }
    });
    popup.on("close", () => {
      this.map.setFilter("hex-chosen", ["==", ["get", "h3"], ""]);
      if (box.contains(document.activeElement) || document.activeElement === document.body) {
        (back instanceof HTMLElement ? back : this.map.getCanvas()).focus({ preventScroll: true });
      }
    });
    box.focus({ preventScroll: true });
  }
}
