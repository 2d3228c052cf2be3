// Popups of the pins or the hex at a point of the map.

import { type LngLatLike, type MapGeoJSONFeature, type Map as MapLibre, Popup } from "maplibre-gl";
import { el } from "../create-element";
import { icon } from "../icons";
import { t } from "../messages";
import type { MapConfig } from "./config";
import { streetZoom } from "./layers";
import { type HexCounts, hexContent, pinsContent } from "./popup-content";

const clickRadius = 8; // CSS pixels
const keyboardRadius = 24; // CSS pixels
const zoomStep = 2; // zoom levels of the button that zooms in

export class Popups {
  private popup: Popup | undefined;

  constructor(
    private readonly map: MapLibre,
    private readonly config: MapConfig,
  ) {
    const canvas = map.getCanvas();
    map.on("click", ({ point }) => this.openAt(point, clickRadius));
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        this.openAt(map.project(map.getCenter()), keyboardRadius);
      }
    });
    for (const layer of ["hexes", "pins"]) {
      map.on("mouseenter", layer, () => canvas.style.setProperty("cursor", "pointer"));
      map.on("mouseleave", layer, () => canvas.style.removeProperty("cursor"));
    }
  }

  close(): void {
    this.popup?.remove();
  }

  /**
   * Opens a popup of the pins within a radius of a point on the screen, or else of the hex at the
   * point.
   */
  private openAt({ x, y }: { x: number; y: number }, radius: number): void {
    const zoom = this.map.getZoom();
    const showsPins = zoom >= streetZoom - 0.2;
    const box: [[number, number], [number, number]] = [
      [x - radius, y - radius],
      [x + radius, y + radius],
    ];
    const pins = showsPins ? this.map.queryRenderedFeatures(box, { layers: ["pins"] }) : [];
    const [hex] = this.map.queryRenderedFeatures([x, y], { layers: ["hexes"] });
    if (pins[0]) {
      this.openPins(pins[0], pins);
    } else if (hex && zoom <= streetZoom + 0.3) {
      const location = this.map.unproject([x, y]);
      const content = hexContent(hex.properties as HexCounts, () => this.zoomTo(location, streetZoom + 1));
      this.open(location, content, 6);
      this.selectHex(String(hex.properties.h3));
    } else {
      this.close();
    }
  }

  private openPins(first: MapGeoJSONFeature, pins: MapGeoJSONFeature[]): void {
    const counts = new Map(pins.map((pin) => [Number(pin.id), Number(pin.properties.n)]));
    const mergedPins = [...counts.values()].reduce((sum, n) => sum + n - 1, 0);
    const [lon = 0, lat = 0] = first.geometry.type === "Point" ? first.geometry.coordinates : [];
    const canZoomIn = mergedPins > 0 && this.map.getZoom() < this.map.getMaxZoom() - 0.5;
    const zoomIn = canZoomIn ? () => this.zoomTo([lon, lat], this.map.getMaxZoom()) : undefined;
    this.open([lon, lat], pinsContent(this.config, [...counts.keys()], mergedPins, zoomIn), 26);
  }

  private zoomTo(center: LngLatLike, maxZoom: number): void {
    this.close();
    this.map.flyTo({ center, zoom: Math.min(this.map.getZoom() + zoomStep, maxZoom) });
  }

  private selectHex(cell: string): void {
    this.map.setFilter("selected-hex", ["==", ["get", "h3"], cell]);
  }

  /** Opens a popup as a dialog that has the focus. Closing it returns the focus. */
  private open(location: LngLatLike, content: HTMLElement, offset: number): void {
    this.close();
    const close = el("button", { class: "card-close", type: "button", "aria-label": t("ui.map.close") }, icon("close"));
    const dialog = el("div", { role: "dialog", tabindex: "-1" }, content, close);
    dialog.setAttribute("aria-label", content.querySelector(".card-title")?.textContent ?? t("ui.pin.open"));
    const focused = document.activeElement;
    const popup = new Popup({
      closeButton: false,
      focusAfterOpen: false,
      closeOnClick: false,
      offset,
      maxWidth: "none",
    });
    popup.setLngLat(location).setDOMContent(dialog).addTo(this.map);
    this.popup = popup;
    close.addEventListener("click", () => popup.remove());
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        popup.remove();
      }
    });
    popup.on("close", () => {
      this.selectHex("");
      if (dialog.contains(document.activeElement) || document.activeElement === document.body) {
        (focused instanceof HTMLElement ? focused : this.map.getCanvas()).focus({ preventScroll: true });
      }
    });
    dialog.focus({ preventScroll: true });
  }
}
