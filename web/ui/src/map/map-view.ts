// The map of a `<pinezka-map>`: MapLibre with layers, labels, controls, legend and popups.

import { type ErrorEvent, LngLat, type Map as MapLibre, type Marker } from "maplibre-gl";
import type { Change } from "../change-stream";
import { el } from "../create-element";
import { fetchJSON } from "../fetch-json";
import { pageLanguage, t } from "../messages";
import { AreaLabels, type AreaPins, type Areas } from "./area-labels";
import { type Basemap, basemapStyle } from "./basemap";
import { loadLabelFont } from "./basemap-labels";
import { cameraPadding, initialCamera, minShownPinZoom } from "./camera";
import { type Colours, readColours } from "./colours";
import type { Kind, MapConfig } from "./config";
import { addControls } from "./controls";
import { createMap } from "./create-map";
import { ExploreMode } from "./explore-mode";
import { type HexTotals, parseScale, suitableScale } from "./hex-scale";
import { HexValues } from "./hex-values";
import { LayerUpdater, type Shown } from "./layer-updater";
import { addLayers } from "./layers";
import { Legend } from "./legend";
import { showLoading } from "./loading-status";
import type { MonthFilter } from "./month-filter";
import { addNearMarkers } from "./near-markers";
import { addPinMarker, type PinLocation, type PinOnMap } from "./pin-marker";
import { addThingSign } from "./thing-layers";
import { addThreadMarkers } from "./thread-markers";
import { TileRequests } from "./tile-requests";

const moveDurationMs = 900;
const paperColumnWidth = 328; // of two on an A4 sheet, in CSS pixels (compare-page.css)

export class MapView {
  readonly map: MapLibre;
  private readonly mode: "explore" | "pin" | "place" | "print" | "hotspots" | "side";
  private readonly layers: LayerUpdater;
  private readonly tileRequests: TileRequests;
  private readonly notice = el("p", { class: "map-alert", role: "status" });
  private explore: ExploreMode | undefined; // of a map page, or one of hotspots
  private areaLabels: AreaLabels | undefined;
  private highlighted: Marker | undefined;
  private colours: Colours;
  private basemap: Basemap;
  private selectedArea: MapConfig["area"];
  private hasLayers = false;

  /** The filter by month, if the map has one. */
  get monthFilter(): MonthFilter | undefined {
    return this.explore?.monthFilter;
  }

  /** Opens a map in the element. Throws when the browser cannot draw one. */
  static async open(element: HTMLElement, config: MapConfig): Promise<MapView> {
    await document.fonts.load('750 14px "Commissioner Variable"', "0123456789+");
    if (config.basemap) {
      await loadLabelFont();
    }
    const view = new MapView(element, config);
    await view.map.once("load");
    return view;
  }

  private constructor(
    private readonly element: HTMLElement,
    private readonly config: MapConfig,
  ) {
    this.mode = (element.dataset.mode as MapView["mode"] | undefined) ?? "explore";
    this.colours = readColours(element);
    this.basemap = config.styleURL || config.basemap;
    this.selectedArea = config.area;
    this.tileRequests = new TileRequests(config);
    const container = el("div");
    element.append(container);
    const camera = initialCamera(element, this.basemap !== null);
    this.map = createMap(element.dataset.label ?? t(this.mode === "place" ? "ui.place.map_label" : "ui.map.label"), {
      container,
      style: this.style(),
      ...camera,
      cooperativeGestures: this.mode !== "place" && matchMedia("(pointer: coarse)").matches,
      scrollZoom: this.mode !== "pin" && this.mode !== "side",
      interactive: this.mode !== "print",
      canvasContextAttributes: { preserveDrawingBuffer: ["print", "side", "pin"].includes(this.mode) }, // otherwise, paper stays blank
      attributionControl: this.basemap ? { compact: false } : false,
      transformRequest: (url) => this.tileRequests.transform(url),
    });
    this.layers = new LayerUpdater(this.map, config, this.colours, this.basemap !== null, this.shownOfPage());
    this.tileRequests.heldScale = this.layers.shown.held;
    this.map.on("style.load", () => this.addLayers());
    this.map.on("error", (event) => this.handleError(event));
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", () => {
        this.colours = readColours(element);
        this.resetStyle();
      });
    }
    showLoading(element, this.map);
    if (this.mode === "print") {
      this.addPrintLegend();
    } else {
      this.addControls();
    }
    if (!camera) {
      this.showExtent({ animate: false });
      if (this.explore?.fragment.pin === undefined) {
        this.map.once("style.load", () => this.showExtent({ animate: false })); // above the legend, which has its size now
      }
    }
    this.explore?.followAddress();
    void this.loadAreas();
  }

  private handleError({ error, sourceId = "" }: ErrorEvent & { sourceId?: string }): void {
    console.warn(error);
    this.notify(t("ui.map.tiles_failed"));
    if (sourceId in this.config.tiles) {
      this.layers.retry(sourceId);
    }
    if (!this.hasLayers && this.basemap) {
      this.basemap = null; // The style of the basemap has failed to load.
      this.resetStyle();
    }
  }

  private resetStyle(): void {
    this.map.setStyle(this.style(), { diff: false });
  }

  private style(): ReturnType<typeof basemapStyle> {
    return basemapStyle(this.basemap, this.colours, pageLanguage() ?? "", location.origin);
  }

  private addLayers(): void {
    addLayers(this.map, this.config, this.layers.shown.query, this.colours, this.basemap);
    this.hasLayers = true;
    this.outlineSelectedArea();
    this.outlineChosenHex();
    this.layers.reset(this.colours, this.basemap !== null);
    this.explore?.reset(this.colours);
    if (this.mode === "pin" || this.mode === "place") {
      for (const layer of ["hexes", "selected-hex"]) {
        this.map.setLayoutProperty(layer, "visibility", "none");
      }
      this.map.setPaintProperty("pins", "icon-opacity", 0.35);
    }
  }

  /** Adds what the mode needs beside the map itself. */
  private addControls(): void {
    const controls = el("div", { class: "maplibregl-ctrl" });
    const corner = el("div", { class: "maplibregl-ctrl-top-right" }, controls);
    const container = el("div", { class: "maplibregl-control-container" }, corner);
    addControls(controls, this.map, {
      zoomOnly: this.mode === "pin" || this.mode === "side",
      showExtent: () => this.showExtent({}),
      notify: (text) => this.notify(text),
    });
    if (this.mode === "explore" || this.mode === "hotspots") {
      this.explore = new ExploreMode(this.map, this.element, this.config, {
        isMapPage: this.mode === "explore",
        container,
        colours: this.colours,
        layers: this.layers,
        tileRequests: this.tileRequests,
        show: (shown) => this.show(shown),
        showExtent: () => this.showExtent({ animate: false }),
        highlight: (pin) => this.highlight(pin),
        notify: (text) => this.notify(text),
      });
    } else if (this.mode === "side") {
      this.addSideControls(container);
    } else if (this.mode === "pin") {
      const { kind = "need", layer, lon, lat } = this.element.dataset;
      addThreadMarkers(this.map, this.element);
      if (layer) {
        addThingSign(this.map, layer, [Number(lon), Number(lat)]);
      } else if (lon) {
        this.highlight({ kind: kind as Kind, lon: Number(lon), lat: Number(lat) });
      }
      addNearMarkers(this.map, this.element);
    }
    this.element.append(container, this.notice);
  }

  /** Adds the legend below the map, which keeps on paper the width that it has on the screen. */
  private addPrintLegend(): void {
    const foot = el("div", { class: "print-legend" });
    this.element.append(foot, this.notice);
    this.element.style.maxWidth = `${this.element.clientWidth}px`;
    this.layers.legend = new Legend(foot);
  }

  /** Adds the numbers of hexes and, for the first of the maps, the legend of all. On paper, the map is as large as a column. */
  private addSideControls(container: HTMLElement): void {
    new HexValues(this.map, container);
    const setPaperZoom = (): void => {
      if (!matchMedia("print").matches) {
        this.element.style.setProperty("--paper-zoom", String(paperColumnWidth / this.element.clientWidth));
      }
    };
    setPaperZoom();
    this.map.on("resize", setPaperZoom);
    const legend = this.element.closest("pinezka-maps")?.querySelector<HTMLElement>("[data-legend]");
    if (legend?.childElementCount === 0) {
      this.layers.legend = new Legend(legend);
      this.map.on("zoom", () => this.layers.updateLegend());
    }
  }

  private async loadAreas(): Promise<void> {
    try {
      const areas = await fetchJSON<Areas>(this.config.areas);
      this.areaLabels = new AreaLabels(this.map, areas, this.areaPinsOfPage());
    } catch (error) {
      console.warn(error); // The map works without labels.
    }
  }

  private notify(text: string): void {
    this.notice.textContent = text;
  }

  /**
   * Moves the map to the selected area, or else to the whole district, and once more where the legend
   * has another height there.
   */
  private showExtent({ animate, isRepeated }: { animate?: boolean; isRepeated?: boolean }): void {
    const bounds = this.selectedArea?.bounds ?? this.config.bounds;
    const camera = this.map.cameraForBounds(bounds, { padding: cameraPadding(this.element), maxZoom: 16 });
    if (camera?.center && camera.zoom !== undefined) {
      const { lng, lat } = LngLat.convert(camera.center);
      this.explore?.setExtent({ zoom: camera.zoom, lat, lon: lng });
    }
    if (camera) {
      const foot = cameraPadding(this.element).bottom;
      this.map.once("moveend", () => {
        const hasArrived = Math.abs(this.map.getZoom() - (camera.zoom ?? 0)) < 1e-6;
        if (hasArrived && !isRepeated && cameraPadding(this.element).bottom !== foot) {
          this.showExtent({ animate, isRepeated: true });
        }
      });
      this.map.easeTo({ ...camera, duration: animate === false || hasReducedMotion() ? 0 : moveDurationMs });
    }
  }

  private outlineSelectedArea(): void {
    this.map.setFilter("selected-area", ["==", ["get", "slug"], this.selectedArea?.slug ?? ""]);
  }

  private outlineChosenHex(): void {
    this.map.setFilter("selected-hex", ["==", ["get", "h3"], this.element.dataset.cell ?? ""]);
  }

  /** Returns what the attributes of the element ask for. */
  private shownOfPage(): Shown {
    const { query = "", hexes = "{}", scale = "", resolution } = this.element.dataset;
    const totals = JSON.parse(hexes) as HexTotals;
    const held = resolution ? suitableScale(totals, Number(resolution)) : parseScale(scale);
    return { query, totals, held, months: undefined };
  }

  private areaPinsOfPage(): AreaPins {
    return JSON.parse(this.element.dataset.areas ?? "{}") as AreaPins;
  }

  /**
   * Shows what the attributes of the element ask for. Moves to the area if it is another one than
   * before, unless the address has a position.
   */
  setFilters(area: MapConfig["area"]): void {
    const shown = this.shownOfPage();
    const query = this.explore?.setFilters(shown.query) ?? shown.query;
    this.areaLabels?.rank(this.areaPinsOfPage());
    this.outlineChosenHex();
    void this.show(query === shown.query ? shown : { ...shown, query, months: this.layers.shown.months });
    if (area?.slug !== this.selectedArea?.slug) {
      this.selectedArea = area;
      this.outlineSelectedArea();
      if (!this.explore?.fragment.camera) {
        this.showExtent({});
      }
    }
  }

  /** Shows something else. Resolves when it is rendered. */
  private show(shown: Shown): Promise<void> {
    if (shown.query !== this.layers.shown.query) {
      this.explore?.closePopup();
    }
    this.tileRequests.heldScale = shown.held;
    const rendered = this.layers.show(shown);
    this.explore?.updateStatistics();
    return rendered;
  }

  /** Reloads what has changed: the visible tiles, and what other things say. */
  refresh(change: Change): void {
    if (change.pins) {
      this.tileRequests.discardPrefetched();
    }
    this.explore?.refresh(change);
    if (change.pins) {
      this.layers.refresh(change.all ? ["areas", "pins", "hexes"] : ["pins", "hexes"]);
    }
  }

  /** Moves the map to a pin, and opens or else highlights it. */
  showPin(pin: PinLocation | PinOnMap): void {
    const zoom = this.moveTo(pin);
    if ("id" in pin && this.explore) {
      this.explore.openPin(pin, zoom);
    } else {
      this.highlight(pin);
    }
  }

  /** Moves the map to a thing other than a pin, and opens it. */
  async showThing(layer: string, id: number): Promise<void> {
    const thing = await this.explore?.findThing(layer, id);
    if (thing) {
      this.moveTo(thing);
      this.explore?.openThing(thing);
    }
  }

  /** Moves the map to a place, and the page to the map. Returns the zoom to which it moves. */
  private moveTo({ lon, lat }: { lon: number; lat: number }): number {
    this.element.scrollIntoView({ block: "nearest", behavior: hasReducedMotion() ? "auto" : "smooth" });
    const zoom = Math.max(this.map.getZoom(), minShownPinZoom);
    this.map.flyTo({ center: [lon, lat], zoom, duration: hasReducedMotion() ? 0 : moveDurationMs });
    return zoom;
  }

  /** Highlights a pin, or none. */
  highlight(pin: PinLocation | undefined): void {
    this.highlighted?.remove();
    this.highlighted = pin && addPinMarker(this.map, pin);
  }
}

const hasReducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
