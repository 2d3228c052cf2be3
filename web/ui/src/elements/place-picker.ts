import type { LngLat } from "maplibre-gl";
import { el, svgEl } from "../create-element";
import { icon } from "../icons";
import { readConfig } from "../map/config";
import { t } from "../messages";
import { PlaceCombobox } from "../place-combobox";
import type { MapElement } from "./map-element";

/**
 * `<pinezka-place data-config="…">` contains step 1 of adding a pin. It adds a map, on which a
 * click or the centre chooses a location, and suggestions to the search; both fill in the
 * coordinates. A link hands it a location in the fragment, which no server sees: `#at=lon,lat`.
 */
export class PlacePicker extends HTMLElement {
  private readonly status = el("p", { class: "place-chosen", role: "status" });
  private lonInput!: HTMLInputElement;
  private latInput!: HTMLInputElement;
  private map: MapElement | undefined;

  connectedCallback(): void {
    const lonInput = this.querySelector<HTMLInputElement>("#lon");
    const latInput = this.querySelector<HTMLInputElement>("#lat");
    if (!lonInput || !latInput) {
      return;
    }
    this.lonInput = lonInput;
    this.latInput = latInput;
    this.addMap();
    const search = this.querySelector<HTMLFormElement>("[data-place-search]");
    if (search) {
      new PlaceCombobox(search, {
        url: readConfig(this).places,
        choosePlace: ({ geometry: { coordinates } }) =>
          this.setCoordinates(coordinates[0] ?? 0, coordinates[1] ?? 0, true),
      });
    }
    this.takePlaceFromFragment();
    lonInput.addEventListener("change", () => this.showTypedCoordinates());
    latInput.addEventListener("change", () => this.showTypedCoordinates());
    document.querySelector<HTMLElement>("[data-faults]")?.focus();
  }

  /** Chooses the place in the fragment of the address, such as #at=19.95,50.04, and removes it there. */
  private takePlaceFromFragment(): void {
    const [, lon, lat] = /^#at=(-?[\d.]+),(-?[\d.]+)$/.exec(location.hash) ?? [];
    if (lon !== undefined && lat !== undefined) {
      history.replaceState(history.state, "", location.pathname + location.search);
      this.setCoordinates(Number(lon), Number(lat), true);
    }
  }

  private setCoordinates(lon: number, lat: number, moveMap: boolean): void {
    this.lonInput.value = lon.toFixed(6);
    this.latInput.value = lat.toFixed(6);
    this.showCoordinates(lon, lat, moveMap);
  }

  private showTypedCoordinates(): void {
    const [lon = NaN, lat = NaN] = [this.lonInput, this.latInput].map(({ value }) =>
      Number.parseFloat(value.replace(",", ".")),
    );
    if (Number.isFinite(lon) && Number.isFinite(lat)) {
      this.showCoordinates(lon, lat, true);
    }
  }

  private showCoordinates(lon: number, lat: number, moveMap: boolean): void {
    this.status.textContent = t("ui.place.chosen", { lat: lat.toFixed(5), lon: lon.toFixed(5) });
    const pin = { kind: "need" as const, lon, lat };
    if (moveMap) {
      void this.map?.showPin(pin);
    } else {
      this.map?.highlight(pin);
    }
  }

  private addMap(): void {
    const slot = this.querySelector<HTMLElement>("[data-place-map]");
    if (!slot) {
      return;
    }
    const map = document.createElement("pinezka-map") as MapElement;
    Object.assign(map.dataset, { config: this.dataset.config, mode: "place" });
    this.map = map;
    const useCentre = el("button", { class: "button", type: "button" }, icon("place"), t("ui.place.use_middle"));
    useCentre.addEventListener("click", () => this.chooseCentre());
    slot.append(
      el("div", { class: "place-frame" }, map, crosshair()),
      el("div", { class: "place-bar" }, el("p", { class: "hint" }, t("ui.place.hint")), useCentre),
      this.status,
    );
    this.classList.add("has-map");
    const coordinates = this.querySelector<HTMLDetailsElement>("details.by-hand");
    if (coordinates && !coordinates.querySelector("[aria-invalid]")) {
      coordinates.open = false;
    }
    void map.ready.then((view) => {
      if (!view) {
        this.classList.remove("has-map");
        coordinates?.setAttribute("open", "");
        return;
      }
      view.map.on("click", ({ lngLat }) => this.chooseLocation(lngLat));
      view.map.getCanvas().addEventListener("keydown", (event) => {
        if (event.key === "Enter") {
          this.chooseCentre();
        }
      });
      this.showTypedCoordinates();
    });
  }

  private chooseCentre(): void {
    const centre = this.map?.map?.getCenter();
    if (centre) {
      this.chooseLocation(centre);
    }
  }

  private chooseLocation(location: LngLat): void {
    const { lng, lat } = location.wrap(); // Across the antimeridian, the map has longitudes beyond 180.
    this.setCoordinates(lng, lat, false);
  }
}

/** Returns a cross that is drawn twice: first its outline, then its line. */
function crosshair(): SVGSVGElement {
  const path = (): SVGPathElement =>
    svgEl("path", { d: "M24 6v13M24 29v13M6 24h13M29 24h13", fill: "none", "stroke-linecap": "round" });
  return svgEl("svg", { class: "crosshair", viewBox: "0 0 48 48", "aria-hidden": "true" }, path(), path());
}
