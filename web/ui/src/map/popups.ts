// Popups of the pins or the hex at a point of the map.

import {
  type LngLat,
  type LngLatLike,
  type MapGeoJSONFeature,
  type Map as MapLibre,
  type Marker,
  Popup,
} from "maplibre-gl";
import { el } from "../create-element";
import { icon } from "../icons";
import { t } from "../messages";
import type { Kind, MapConfig } from "./config";
import type { Hotspot } from "./hotspot-layer";
import { centreRadius, hotspotAt, streetZoom } from "./layers";
import { addPinMarker, type PinOnMap } from "./pin-marker";
import { loadPin, loadStack, stackSquare } from "./pin-stack";
import {
  type HexCounts,
  hexContent,
  hotspotContent,
  pinsContent,
  placeContent,
  representsLink,
  silenceNote,
  thingContent,
  thingsContent,
} from "./popup-content";
import { silenceAt } from "./silence-layer";
import type { Thing } from "./thing-details";

const clickRadius = 8; // CSS pixels
const thingOffset = 24; // CSS pixels between a popup and the middle of a marker of things
const zoomStep = 2; // zoom levels of the button that zooms in

export interface PopupsOptions {
  query: () => string; // of the tiles on the map
  chosenCell: () => string; // that the list is limited to, or ""
  onSelect: (pin: PinOnMap) => void;
  onClose: (pin: PinOnMap) => void;
  listPins: (cell: string) => void; // of a hex
  coverageURL: () => string; // of what is silent
  evidenceURL: (cell: string) => string; // of a hotspot
  openHotspot?: (cell: string) => void; // instead of a popup
}

export class Popups {
  /** The pin whose popup is open. */
  selected: PinOnMap | undefined;
  private popup: Popup | undefined;
  private marker: Marker | undefined;

  constructor(
    private readonly map: MapLibre,
    private readonly config: MapConfig,
    private readonly options: PopupsOptions,
  ) {
    const canvas = map.getCanvas();
    map.on("click", ({ point }) => this.openAt(point, clickRadius));
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        this.openAt(map.project(map.getCenter()), centreRadius);
      }
    });
    const layers = ["hexes", "hotspots", "silence", "pins"];
    map.on("mouseenter", layers, () => canvas.style.setProperty("cursor", "pointer"));
    map.on("mouseleave", layers, () => canvas.style.removeProperty("cursor"));
  }

  close(): void {
    this.popup?.remove();
  }

  /** Closes the popup without telling, since something else is shown instead. */
  discard(): void {
    this.selected = undefined;
    this.marker?.remove();
    this.close();
  }

  /**
   * Opens a popup of the pins within a radius of a point on the screen, or else of the hex at the
   * point, or else of the place. Where nothing is, it closes a popup that is open instead.
   */
  private openAt({ x, y }: { x: number; y: number }, radius: number): void {
    const zoom = this.map.getZoom();
    const box: [[number, number], [number, number]] = [
      [x - radius, y - radius],
      [x + radius, y + radius],
    ];
    const pins = this.map.queryRenderedFeatures(box, { layers: ["pins"] });
    const [hex] = this.map.queryRenderedFeatures([x, y], { layers: ["hexes"] });
    const hotspot = hotspotAt(this.map, { x, y });
    const drawn = new Map(pins.map((pin) => [Number(pin.id), { ...pinOf(pin), n: Number(pin.properties.n) }]));
    const [first] = drawn.values();
    if (first) {
      const total = [...drawn.values()].reduce((sum, { n }) => sum + n, 0);
      this.openPins(first, [...drawn.values()], total, zoom);
    } else if (hotspot) {
      this.openHotspot(hotspot, this.map.unproject([x, y]));
    } else if (hex) {
      const location = this.map.unproject([x, y]);
      const cell = String(hex.properties.h3);
      const listPins = (): void => {
        this.close();
        this.options.listPins(cell);
      };
      const zoomIn = (): void => this.zoomTo(location, streetZoom + 1);
      const content = hexContent(hex.properties as HexCounts, zoomIn, listPins);
      content.append(...this.placeNotes(location));
      this.open(location, content, 6);
      this.outlineHex(cell);
    } else if (this.popup?.isOpen() || this.options.openHotspot) {
      this.close();
    } else {
      const location = this.map.unproject([x, y]);
      const { lng, lat } = location.wrap();
      this.open(location, placeContent(this.config, lng, lat, this.placeNotes(location)), 6);
    }
  }

  /** Opens the popup of a pin, and of those that are at the same spot at a zoom. */
  openPin(pin: PinOnMap, zoom: number): void {
    this.openPins(pin, [pin], 0, zoom);
  }

  /** Opens the popup of a thing other than a pin. */
  openThing(thing: Thing): void {
    this.open([thing.lon, thing.lat], thingContent(thing), thingOffset);
  }

  /** Opens the popup of several things at a place, of which there are so many. */
  openThings({ lon, lat }: { lon: number; lat: number }, things: readonly Thing[], total: number): void {
    this.open([lon, lat], thingsContent(things, total), thingOffset);
  }

  /** Returns what is said of a place whatever is there: that it is silent, and who represents it. */
  private placeNotes(location: LngLat): HTMLElement[] {
    const { lng, lat } = location.wrap();
    const silent = silenceAt(this.map, this.map.project(location));
    return [
      ...(silent ? [silenceNote(silent, this.options.coverageURL())] : []),
      representsLink(this.config.district, lng, lat),
    ];
  }

  private openHotspot(hotspot: Hotspot, location: LngLat): void {
    if (this.options.openHotspot) {
      this.close();
      this.options.openHotspot(hotspot.h3);
    } else {
      const content = hotspotContent(hotspot, this.options.evidenceURL(hotspot.h3));
      content.append(...this.placeNotes(location));
      this.open(location, content, 6);
    }
  }

  private openPins(selected: PinOnMap, drawn: readonly PinOnMap[], total: number, zoom: number): void {
    const { lon, lat, id } = selected;
    const squares = drawn.map(({ lon, lat }) => stackSquare(lon, lat, zoom));
    const pins = loadStack(this.config, squares, this.options.query()).then(async (pins) =>
      // The filters may not select a pin that was asked for by its number.
      pins.some((pin) => pin.id === id) ? pins : [await loadPin(this.config, id), ...pins],
    );
    const canZoomIn = zoom < this.map.getMaxZoom() - 0.5;
    const zoomIn = canZoomIn ? () => this.zoomTo([lon, lat], this.map.getMaxZoom()) : undefined;
    this.discard();
    this.open([lon, lat], pinsContent(this.config, { pins, selected: id, total, zoomIn }), 34);
    this.selected = selected;
    this.marker = addPinMarker(this.map, selected);
    this.options.onSelect(selected);
  }

  /** Closes the popup, and moves the map closer to a location. */
  zoomTo(center: LngLatLike, maxZoom: number): void {
    this.close();
    this.map.flyTo({ center, zoom: Math.min(this.map.getZoom() + zoomStep, maxZoom) });
  }

  /** Outlines a hex: the one whose popup is open, or else the one that the list is limited to. */
  private outlineHex(cell: string): void {
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
      this.outlineHex(this.options.chosenCell());
      if (dialog.contains(document.activeElement) || document.activeElement === document.body) {
        const next = focused instanceof HTMLElement && focused.isConnected ? focused : this.map.getCanvas();
        next.classList.remove("is-covered"); // by this popup (covered-markers.ts): nobody can focus what is hidden
        next.focus({ preventScroll: true });
      }
      this.deselect();
    });
    dialog.focus({ preventScroll: true });
  }

  private deselect(): void {
    const { selected } = this;
    this.selected = undefined;
    this.marker?.remove();
    if (selected) {
      this.options.onClose(selected);
    }
  }
}

/** Returns the pin that represents a feature of the layer of pins. */
function pinOf({ id, properties, geometry }: MapGeoJSONFeature): PinOnMap {
  const [lon = 0, lat = 0] = geometry.type === "Point" ? geometry.coordinates : [];
  return { id: Number(id), kind: properties.kind as Kind, lon, lat };
}
