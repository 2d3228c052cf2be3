import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { components } from "../api.gen";
import { el } from "../create-element";
import { fetchJSON } from "../fetch-json";
import { readConfig } from "../map/config";
import { crosshair } from "../map/crosshair";
import { isInside } from "../map/inside-boundary";
import { formatNumber, t } from "../messages";
import {
  type Corner,
  crossesItself,
  formatOutline,
  fromGeometry,
  lengthOf,
  maxCorners,
  type Outline,
  parseOutline,
  surfaceOf,
  toGeometry,
} from "../outline";
import type { MapElement } from "./map-element";

type Boundary = components["schemas"]["MultiPolygon"]["coordinates"];

const source = "outline";
const hectare = 10_000; // square metres
const maxZoom = 17; // at which an outline is shown first

/**
 * `<pinezka-outline data-config="…">` contains a field with the corners of an outline. It adds a map on which
 * somebody draws it: a tap adds a corner, and so does Enter under the cross; Backspace removes the last. Each
 * corner has a button that removes it, and every change can be taken back. Without a field, it shows
 * `data-geometry`, GeoJSON or "", and the point at `data-lon` and `data-lat`.
 */
export class OutlineEditor extends HTMLElement {
  private readonly status = el("p", { class: "outline-status", role: "status" });
  private readonly list = el("ol", { class: "outline-corners" });
  private readonly areaBox = el("input", { type: "checkbox" });
  private readonly undoButton = el("button", { class: "button", type: "button" }, t("ui.outline.undo"));
  private field: HTMLTextAreaElement | null = null;
  private map: MapLibre | undefined;
  private boundary: Boundary | undefined;
  private outline: Outline = { corners: [], isArea: true };
  private former: Outline[] = []; // before each change

  connectedCallback(): void {
    if (this.classList.contains("is-on")) {
      return;
    }
    this.classList.add("is-on");
    this.field = this.querySelector("textarea");
    if (this.field) {
      const entered = parseOutline(this.field.value);
      this.outline = { ...entered, isArea: entered.isArea || entered.corners.length === 0 };
      this.field.addEventListener("change", () => this.change(parseOutline(this.field?.value ?? "")));
    } else if (this.dataset.geometry) {
      this.outline = fromGeometry(JSON.parse(this.dataset.geometry) as GeoJSON.Geometry);
    }
    const closed = this.closest("details:not([open])");
    if (closed) {
      closed.addEventListener("toggle", () => void this.load(), { once: true }); // A hidden map has no size.
    } else {
      void this.load();
    }
  }

  private async load(): Promise<void> {
    const slot = this.querySelector<HTMLElement>("[data-outline-map]");
    if (!slot) {
      return;
    }
    const element = document.createElement("pinezka-map") as MapElement;
    Object.assign(element.dataset, { config: this.dataset.config, mode: "place", label: t("ui.outline.map") });
    slot.append(el("div", { class: "place-frame" }, element, ...(this.field ? [crosshair()] : [])));
    if (this.field) {
      slot.append(el("p", { class: "hint" }, t("ui.outline.hint")), this.buttons(), this.status, this.list);
      void this.loadBoundary();
    }
    const map = (await element.ready)?.map;
    if (!map) {
      return;
    }
    this.map = map;
    this.addLayers(map);
    this.show();
    this.fit(map);
    if (this.field) {
      map.on("click", ({ lngLat }) => this.add([lngLat.lng, lngLat.lat]));
      map.getCanvas().addEventListener("keydown", (event) => {
        if (event.key === "Enter") {
          this.addCentre();
        } else if (event.key === "Backspace" && this.outline.corners.length > 0) {
          this.change({ ...this.outline, corners: this.outline.corners.slice(0, -1) });
        } else {
          return;
        }
        event.preventDefault();
      });
    }
  }

  private buttons(): HTMLElement {
    const button = (text: string, press: () => void): HTMLButtonElement => {
      const added = el("button", { class: "button", type: "button" }, text);
      added.addEventListener("click", press);
      return added;
    };
    this.undoButton.addEventListener("click", () => this.undo());
    this.areaBox.addEventListener("change", () => this.change({ ...this.outline, isArea: this.areaBox.checked }));
    return el(
      "div",
      { class: "outline-buttons" },
      button(t("ui.outline.add"), () => this.addCentre()),
      this.undoButton,
      button(t("ui.outline.clear"), () => this.change({ ...this.outline, corners: [] })),
      el("label", { class: "check" }, this.areaBox, " ", el("span", {}, t("ui.outline.area"))),
    );
  }

  private addLayers(map: MapLibre): void {
    const colour = getComputedStyle(this).getPropertyValue("--primary").trim() || "#205c40";
    map.addSource(source, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addLayer({
      id: "outline-area",
      type: "fill",
      source,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colour, "fill-opacity": 0.2 },
    });
    map.addLayer({
      id: "outline-line",
      type: "line",
      source,
      filter: ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": colour, "line-width": 3 },
    });
    map.addLayer({
      id: "outline-corner",
      type: "circle",
      source,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-color": colour, "circle-radius": 6, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 },
    });
  }

  /** The point that is shown beside the outline. */
  private get point(): Corner | undefined {
    const { lon, lat } = this.dataset;
    return lon && lat ? [Number(lon), Number(lat)] : undefined;
  }

  /** Moves the map to the outline, if there is any. */
  private fit(map: MapLibre): void {
    const all = [...this.outline.corners, ...(this.point ? [this.point] : [])];
    if (all.length > 0) {
      const [lons, lats] = [all.map(([lon]) => lon), all.map(([, lat]) => lat)];
      const corner = (of: typeof Math.min): Corner => [of(...lons), of(...lats)];
      map.fitBounds([corner(Math.min), corner(Math.max)], { padding: 40, maxZoom, animate: false });
    }
  }

  private addCentre(): void {
    if (this.map) {
      const { lng, lat } = this.map.getCenter();
      this.add([lng, lat]);
    }
  }

  private add([lon, lat]: Corner): void {
    const { corners } = this.outline;
    const corner: Corner = [Number((((((lon + 180) % 360) + 360) % 360) - 180).toFixed(6)), Number(lat.toFixed(6))];
    if (corners.length >= maxCorners) {
      this.status.textContent = t("ui.outline.too_many");
    } else if (this.boundary && !isInside(corner, this.boundary)) {
      this.status.textContent = t("ui.outline.outside");
    } else if (
      formatOutline({ corners: corners.slice(-1), isArea: false }) !==
      formatOutline({ corners: [corner], isArea: false })
    ) {
      this.change({ ...this.outline, corners: [...corners, corner] });
    }
  }

  private change(outline: Outline): void {
    this.former.push(this.outline);
    this.outline = outline;
    this.write();
  }

  private undo(): void {
    this.outline = this.former.pop() ?? this.outline;
    this.write();
  }

  /** Writes the outline into the field, and shows it. */
  private write(): void {
    if (this.field) {
      this.field.value = formatOutline(this.outline);
      this.field.dispatchEvent(new Event("input", { bubbles: true })); // for the draft
    }
    this.show();
  }

  private show(): void {
    const { corners, isArea } = this.outline;
    const shown: GeoJSON.Geometry[] = corners.length > 1 ? [toGeometry(this.outline)] : [];
    for (const coordinates of [...(this.field ? corners : []), ...(this.point ? [this.point] : [])]) {
      shown.push({ type: "Point", coordinates });
    }
    this.map?.getSource<GeoJSONSource>(source)?.setData({
      type: "FeatureCollection",
      features: shown.map((geometry) => ({ type: "Feature", geometry, properties: {} })),
    });
    this.areaBox.checked = isArea;
    this.undoButton.disabled = this.former.length === 0;
    this.status.textContent = this.sentence();
    this.list.replaceChildren(...corners.map((corner, i) => this.item(corner, i)));
  }

  /** Returns what the outline is, in words. */
  private sentence(): string {
    const { corners, isArea } = this.outline;
    const parts = [t("ui.outline.corners", { n: corners.length })];
    if (isArea && corners.length > 2) {
      const surface = surfaceOf(corners);
      parts.push(
        surface < hectare
          ? t("ui.outline.square_metres", { area: Math.round(surface) })
          : t("ui.outline.hectares", { area: formatNumber(Math.round(surface / 100) / 100) }),
      );
      if (crossesItself(corners)) {
        parts.push(t("ui.outline.crosses"));
      }
    } else if (corners.length > 1) {
      parts.push(t("ui.outline.metres", { metres: Math.round(lengthOf(corners)) }));
    }
    return parts.join(" · ");
  }

  /** Returns a corner with the button that removes it. */
  private item([lon, lat]: Corner, i: number): HTMLLIElement {
    const label = t("ui.outline.remove", { number: String(i + 1) });
    const remove = el("button", { class: "button", type: "button", "aria-label": label }, "×");
    remove.addEventListener("click", () => {
      this.change({ ...this.outline, corners: this.outline.corners.filter((_, at) => at !== i) });
      const buttons = this.list.querySelectorAll("button");
      (buttons[Math.min(i, buttons.length - 1)] ?? this.undoButton).focus();
    });
    return el("li", {}, el("span", { class: "coordinates" }, `${lat.toFixed(5)}, ${lon.toFixed(5)}`), " ", remove);
  }

  private async loadBoundary(): Promise<void> {
    try {
      const { district } = readConfig(this);
      const { boundary } = await fetchJSON<components["schemas"]["District"]>(`/api/v1/districts/${district}`);
      this.boundary = boundary.coordinates;
    } catch (error) {
      console.warn(error); // The server says whether a corner is outside.
    }
  }
}
