import type { Map as MapLibre } from "maplibre-gl";
import type { components } from "../api.gen";
import { el } from "../create-element";
import { fetchJSON } from "../fetch-json";
import { readConfig } from "../map/config";
import { crosshair } from "../map/crosshair";
import { isInside } from "../map/inside-boundary";
import { t } from "../messages";
import { PlaceCombobox } from "../place-combobox";
import { roughCentre } from "../rough-coordinates";
import type { MapElement } from "./map-element";

type Boundary = components["schemas"]["MultiPolygon"]["coordinates"];

const minPlaceZoom = 16; // after choosing a place by name or coordinates
const zoomsPerTap = 2; // until that zoom is reached
const accuracy = 2e-6; // degrees; coordinates are rounded to 1e-6

/**
 * `<pinezka-place data-config="…">` contains step 1 of adding a pin. It adds a map, in which the
 * place under the cross is the one that is chosen: by moving the map, tapping on it, searching, or
 * entering coordinates. It says at once when that is outside the district. A link hands it a
 * location in the fragment, which no server sees: `#at=lon,lat`.
 */
export class PlacePicker extends HTMLElement {
  private readonly status = el("p", { class: "place-chosen", role: "status" });
  private readonly frame = el("div", { class: "place-frame" });
  private lonInput!: HTMLInputElement;
  private latInput!: HTMLInputElement;
  private nameInput!: HTMLInputElement; // of the place, if it was found by name
  private map: MapLibre | undefined;
  private camera = ""; // that was handled last
  private boundary: Boundary | undefined;

  connectedCallback(): void {
    const input = (selector: string): HTMLInputElement | null => this.querySelector(selector);
    const [lonInput, latInput, nameInput] = [input("#lon"), input("#lat"), input("#place-name")];
    if (!lonInput || !latInput || !nameInput || this.lonInput) {
      return;
    }
    Object.assign(this, { lonInput, latInput, nameInput });
    nameInput.disabled = false;
    const closed = this.closest("details:not([open])");
    if (closed) {
      closed.addEventListener("toggle", () => this.load(), { once: true }); // A hidden map has no size.
    } else {
      this.load();
    }
    this.addSearch();
    this.takePlaceFromFragment();
    this.showChoice();
    for (const field of [lonInput, latInput]) {
      field.addEventListener("change", () => {
        this.nameInput.value = "";
        this.showChoice();
        this.moveToChoice();
      });
    }
  }

  private load(): void {
    void this.addMap();
    void this.loadBoundary();
  }

  private addSearch(): void {
    const search = this.querySelector<HTMLFormElement>("[data-place-search]");
    if (!search) {
      return;
    }
    new PlaceCombobox(search, {
      url: readConfig(this).places,
      near: () => roughCentre(this.map),
      choosePlace: ({ geometry: { coordinates }, properties: { name } }) =>
        this.choose(coordinates[0] ?? 0, coordinates[1] ?? 0, name),
    });
    // The places that the server has found are chosen in the same way.
    search.querySelector("[data-found]")?.addEventListener("click", (event) => {
      const button = event.target instanceof Element && event.target.closest<HTMLButtonElement>("button[name=at]");
      const [, lon, lat, name = ""] = (button && /^(\S+),(\S+) (.*)$/.exec(button.value)) || [];
      if (lon && lat) {
        event.preventDefault();
        this.choose(Number(lon), Number(lat), name);
      }
    });
  }

  /** Chooses the place in the fragment of the address, such as #at=19.95,50.04, and removes it there. */
  private takePlaceFromFragment(): void {
    const [, lon, lat] = /^#at=(-?[\d.]+),(-?[\d.]+)$/.exec(location.hash) ?? [];
    if (lon !== undefined && lat !== undefined) {
      history.replaceState(history.state, "", location.pathname + location.search);
      this.choose(Number(lon), Number(lat));
    }
  }

  /** Chooses a place, and moves the map there. */
  private choose(lon: number, lat: number, name = ""): void {
    this.map?.stop(); // The end of a movement would choose where it ends.
    this.setChoice(lon, lat, name);
    this.moveToChoice();
    this.frame.scrollIntoView({ block: "nearest" });
  }

  private setChoice(lon: number, lat: number, name: string): void {
    const search = this.querySelector<HTMLInputElement>("#place");
    if (search && search.value === this.nameInput.value) {
      search.value = name; // The place is no longer the one that the search has found.
    }
    this.lonInput.value = lon.toFixed(6);
    this.latInput.value = lat.toFixed(6);
    this.nameInput.value = name;
    this.nameInput.dispatchEvent(new Event("input", { bubbles: true })); // for the draft
    this.showChoice();
  }

  /** The coordinates in the fields, with a decimal comma or a decimal point. */
  private get choice(): [lon: number, lat: number] | undefined {
    const [lon = NaN, lat = NaN] = [this.lonInput, this.latInput].map(({ value }) =>
      value.trim() === "" ? NaN : Number(value.trim().replace(",", ".")),
    );
    return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : undefined;
  }

  /** Says which place is chosen, and whether it is outside the district. */
  private showChoice(): void {
    const { choice } = this;
    const isOutside = choice !== undefined && this.boundary !== undefined && !isInside(choice, this.boundary);
    this.classList.toggle("is-outside", isOutside);
    if (!choice) {
      this.status.replaceChildren(t("ui.place.hint"));
      return;
    }
    const coordinates = `${choice[1].toFixed(5)}, ${choice[0].toFixed(5)}`;
    this.status.replaceChildren(
      ...(isOutside ? [el("strong", { class: "fault" }, t("ui.place.outside")), " "] : []),
      el("span", {}, t("ui.place.chosen", { place: this.nameInput.value || coordinates })),
      ...(this.nameInput.value ? [" ", el("span", { class: "coordinates" }, coordinates)] : []),
    );
  }

  private async loadBoundary(): Promise<void> {
    try {
      const { district } = readConfig(this);
      const { boundary } = await fetchJSON<components["schemas"]["District"]>(`/api/v1/districts/${district}`);
      this.boundary = boundary.coordinates;
      this.showChoice();
      this.keepDistrictInView();
    } catch (error) {
      console.warn(error); // The server says whether the place is outside.
    }
  }

  private async addMap(): Promise<void> {
    const slot = this.querySelector<HTMLElement>("[data-place-map]");
    if (!slot) {
      return;
    }
    const element = document.createElement("pinezka-map") as MapElement;
    Object.assign(element.dataset, { config: this.dataset.config, mode: "place" });
    this.frame.append(element, crosshair());
    slot.append(this.frame, this.status);
    this.classList.add("has-map");
    const coordinates = this.querySelector<HTMLDetailsElement>("details.by-hand");
    if (coordinates && !coordinates.querySelector("[aria-invalid]")) {
      coordinates.open = false;
    }
    const map = (await element.ready)?.map;
    if (!map) {
      this.classList.remove("has-map");
      coordinates?.setAttribute("open", "");
      return;
    }
    this.map = map;
    this.camera = cameraOf(map);
    this.moveToChoice();
    map.on("moveend", () => this.handleMove(map));
    map.on("click", ({ lngLat }) => {
      map.easeTo({
        center: lngLat,
        zoom: Math.max(map.getZoom(), Math.min(map.getZoom() + zoomsPerTap, minPlaceZoom)),
      });
    });
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        this.chooseCentre(map);
      }
    });
  }

  /** Shows the place in the fields under the cross, with a part of the district. */
  private moveToChoice(): void {
    const { map, choice } = this;
    if (map && choice) {
      map.jumpTo({ center: choice, zoom: Math.max(map.getZoom(), minPlaceZoom) });
      this.keepDistrictInView();
    }
  }

  private handleMove(map: MapLibre): void {
    const camera = cameraOf(map);
    if (camera === this.camera) {
      return; // The map was only resized.
    }
    this.camera = camera;
    const { lng, lat } = map.getCenter().wrap();
    const [lon, chosenLat] = this.choice ?? [NaN, NaN];
    if (!(Math.abs(lon - lng) < accuracy && Math.abs(chosenLat - lat) < accuracy)) {
      this.chooseCentre(map);
      this.keepDistrictInView();
    }
  }

  private chooseCentre(map: MapLibre): void {
    const { lng, lat } = map.getCenter().wrap(); // Across the antimeridian, the map has longitudes beyond 180.
    this.setChoice(lng, lat, "");
  }

  /** Zooms out until the nearest corner of the district is in view, if the cross is outside. */
  private keepDistrictInView(): void {
    const { map } = this;
    if (!map || !this.boundary || !this.classList.contains("is-outside")) {
      return;
    }
    const { width, height } = map.getCanvas().getBoundingClientRect();
    const scales = this.boundary.flat(2).map(([lon = 0, lat = 0]) => {
      const { x, y } = map.project([lon, lat]);
      return Math.min(width / 2 / Math.abs(x - width / 2), height / 2 / Math.abs(y - height / 2));
    });
    const scale = Math.max(...scales);
    if (scale < 1) {
      map.easeTo({ zoom: map.getZoom() + Math.log2(scale * 0.55) });
    }
  }
}

/** Returns where a map is, as text. */
const cameraOf = (map: MapLibre): string => `${map.getCenter().toArray()} ${map.getZoom()}`;
