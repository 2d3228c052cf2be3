// The map of a `<pinezka-map>`: MapLibre with layers, labels, controls, legend and popups.

import { type ErrorEvent, LngLat, type Map as MapLibre, type Marker } from "maplibre-gl";
import type { Change } from "../change-stream";
import { el } from "../create-element";
import { fetchJSON } from "../fetch-json";
import type { Period } from "../filter-query";
import { pageLanguage, t } from "../messages";
import { AreaLabels, type AreaPins, type Areas } from "./area-labels";
import { type Basemap, basemapStyle } from "./basemap";
import { loadLabelFont } from "./basemap-labels";
import { cameraPadding, initialCamera } from "./camera";
import { type Colours, readColours } from "./colours";
import type { Kind, MapConfig } from "./config";
import { addControls } from "./controls";
import { createMap } from "./create-map";
import { type HexTotals, parseScale, suitableScale } from "./hex-scale";
import { HexValues } from "./hex-values";
import { LayerUpdater, type Shown } from "./layer-updater";
import { addLayers, hexResolution, visibleTiles } from "./layers";
import { Legend } from "./legend";
import { showLoading } from "./loading-status";
import { MapAddress } from "./map-address";
import { MonthFilter, readMonths } from "./month-filter";
import { addNearMarkers } from "./near-markers";
import { PageHotspots } from "./page-hotspots";
import { PageThings } from "./page-things";
import { addPinMarker, type PinLocation, type PinOnMap } from "./pin-marker";
import { loadPin } from "./pin-stack";
import { Popups } from "./popups";
import { addThingSign, type Thing } from "./thing-layers";
import { TileRequests } from "./tile-requests";

const minShownPinZoom = 16; // after moving to a pin
const moveDurationMs = 900;
const paperColumnWidth = 328; // of two on an A4 sheet, in CSS pixels (compare-page.css)

/** A filter of the page that is set on the map. */
export interface FilterDetail {
  name: "scale" | "cell" | "hide" | "show";
  value: string;
}

export class MapView {
  readonly map: MapLibre;
  /** The filter by month, if the map has one. */
  monthFilter: MonthFilter | undefined;
  private readonly mode: "explore" | "pin" | "place" | "print" | "hotspots" | "side";
  private readonly layers: LayerUpdater;
  private readonly tileRequests: TileRequests;
  private readonly notice = el("p", { class: "map-alert", role: "status" });
  private popups: Popups | undefined;
  private things: PageThings | undefined; // of a map page
  private hotspots: PageHotspots | undefined; // of a map page, or one of hotspots
  private address: MapAddress | undefined; // of a map page
  private areaLabels: AreaLabels | undefined;
  private highlighted: Marker | undefined;
  private colours: Colours;
  private basemap: Basemap;
  private selectedArea: MapConfig["area"];
  private hasLayers = false;

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
      canvasContextAttributes: { preserveDrawingBuffer: this.mode === "print" || this.mode === "side" }, // otherwise, paper stays blank
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
      if (this.address?.fragment.pin === undefined) {
        this.map.once("style.load", () => this.showExtent({ animate: false })); // above the legend, which has its size now
      }
    }
    if (this.mode === "explore") {
      this.openPinOfAddress();
      window.addEventListener("popstate", () => this.showAddress());
    }
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
    this.hotspots?.reset(this.colours);
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
      this.addExploreControls(container);
    } else if (this.mode === "side") {
      this.addSideControls(container);
    } else if (this.mode === "pin") {
      const { kind = "need", layer, lon, lat } = this.element.dataset;
      if (layer) {
        addThingSign(this.map, layer, [Number(lon), Number(lat)]);
      } else {
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

  private addExploreControls(container: HTMLElement): void {
    const foot = el("div", { class: "map-foot" });
    container.append(foot);
    const legend = new Legend(foot, (scale) => this.dispatchFilter("scale", scale));
    this.layers.legend = legend;
    this.addMonthFilter(foot);
    new HexValues(this.map, container);
    if (this.mode === "explore") {
      this.address = new MapAddress(this.map);
    }
    this.popups = new Popups(this.map, this.config, {
      query: () => this.layers.shown.query,
      chosenCell: () => this.element.dataset.cell ?? "",
      listPins: (cell) => this.dispatchFilter("cell", cell),
      evidenceURL: (cell) => `${this.hotspots?.url(cell) ?? ""}#results`,
      openHotspot: this.mode === "hotspots" ? (cell) => this.dispatchFilter("cell", cell) : undefined,
      onSelect: (pin) => this.handleSelection(pin),
      onClose: () => this.handleSelection(undefined),
    });
    const hotspots = new PageHotspots(this.map, this.element, this.config, {
      colours: this.colours,
      legend,
      isOwnPage: this.mode === "hotspots",
      query: () => this.layers.shown.query,
      onError: (text) => this.notify(text),
    });
    this.hotspots = hotspots;
    if (this.mode === "explore") {
      this.things = new PageThings(this.map, this.element, this.config, {
        legend,
        others: () => [hotspots.switch],
        open: (thing) => this.openThing(thing),
        setFilter: (name, value) => this.dispatchFilter(name, value),
      });
    }
    this.map.on("zoom", () => this.layers.updateLegend());
  }

  private openThing(thing: Thing): void {
    this.highlight(undefined);
    this.popups?.openThing(thing);
  }

  private addMonthFilter(container: HTMLElement): void {
    const months = readMonths(this.element);
    if (months.length < 2) {
      return;
    }
    const span = Number(this.element.dataset.span ?? 1);
    this.monthFilter = new MonthFilter(container, months, span, {
      apiURL: `/api/v1/districts/${this.config.district}`,
      hexResolution: () => hexResolution(this.map.getZoom(), this.layers.shown.held),
      preview: (query, months) =>
        this.show({ ...this.layers.shown, query, months: months ?? this.layers.shown.months }),
      prefetch: (query, signal) => this.tileRequests.prefetch(visibleTiles(this.map, this.config, query), signal),
      onPlay: (isPlaying) => this.element.dispatchEvent(new CustomEvent<boolean>("playing", { detail: isPlaying })),
      choose: (period) => this.element.dispatchEvent(new CustomEvent<Period>("months", { detail: period })),
    });
    this.monthFilter.setQuery(this.layers.shown.query);
    this.map.on("zoomend", () => this.monthFilter?.handleZoom());
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

  /** Moves the map to the selected area, or else to the whole district. */
  private showExtent({ animate }: { animate?: boolean }): void {
    const bounds = this.selectedArea?.bounds ?? this.config.bounds;
    const camera = this.map.cameraForBounds(bounds, { padding: cameraPadding(this.element), maxZoom: 16 });
    if (camera?.center && camera.zoom !== undefined) {
      const { lng, lat } = LngLat.convert(camera.center);
      this.address?.setExtent({ zoom: camera.zoom, lat, lon: lng });
    }
    if (camera) {
      this.map.easeTo({ ...camera, duration: animate === false || hasReducedMotion() ? 0 : moveDurationMs });
    }
  }

  /** Shows the position and the pin of an entry of the history. */
  private showAddress(): void {
    const { camera, pin } = this.address?.fragment ?? {};
    if (camera) {
      this.map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
    } else if (pin === undefined) {
      this.showExtent({ animate: false });
    }
    if (pin !== this.popups?.selected?.id) {
      this.popups?.discard();
      this.dispatchSelection(undefined);
      this.openPinOfAddress();
    }
  }

  private openPinOfAddress(): void {
    const { pin, camera } = this.address?.fragment ?? {};
    if (pin !== undefined) {
      void this.openPin(pin, camera === undefined);
    }
  }

  /** Opens the pin with an id, and moves the map to it. */
  private async openPin(id: number, move: boolean): Promise<void> {
    try {
      const { geometry, properties } = await loadPin(this.config, id);
      const [lon = 0, lat = 0] = geometry.coordinates;
      if (move) {
        this.map.jumpTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), minShownPinZoom) });
      }
      if (this.address?.fragment.pin === id) {
        this.popups?.openPin({ id, kind: properties.kind, lon, lat }, this.map.getZoom());
      }
    } catch (error) {
      console.warn(error);
      this.notify(t("ui.pin.failed"));
      this.address?.closePin();
    }
  }

  private handleSelection(pin: PinOnMap | undefined): void {
    if (pin) {
      this.address?.openPin(pin.id);
    } else {
      this.address?.closePin();
    }
    this.dispatchSelection(pin);
  }

  private dispatchFilter(name: FilterDetail["name"], value: string): void {
    this.element.dispatchEvent(new CustomEvent<FilterDetail>("filter", { detail: { name, value } }));
  }

  private dispatchSelection(pin: PinOnMap | undefined): void {
    this.element.dispatchEvent(new CustomEvent<PinOnMap | undefined>("pin", { detail: pin }));
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
    const query = this.monthFilter?.setQuery(shown.query) ?? shown.query;
    if (query !== this.layers.shown.query) {
      this.popups?.discard();
      this.dispatchSelection(undefined);
      this.openPinOfAddress();
    }
    this.areaLabels?.rank(this.areaPinsOfPage());
    this.outlineChosenHex();
    this.things?.setFilters();
    void this.show(query === shown.query ? shown : { ...shown, query, months: this.layers.shown.months });
    if (area?.slug !== this.selectedArea?.slug) {
      this.selectedArea = area;
      this.outlineSelectedArea();
      if (!this.address?.fragment.camera) {
        this.showExtent({});
      }
    }
  }

  /** Shows something else. Resolves when it is rendered. */
  private show(shown: Shown): Promise<void> {
    if (shown.query !== this.layers.shown.query) {
      this.popups?.close();
    }
    this.tileRequests.heldScale = shown.held;
    const rendered = this.layers.show(shown);
    this.hotspots?.update();
    return rendered;
  }

  /** Reloads what has changed: the visible tiles, and layers of other things. */
  refresh({ all, pins, things }: Change): void {
    if (pins) {
      this.tileRequests.discardPrefetched();
      this.monthFilter?.refresh();
      this.hotspots?.refresh();
      this.layers.refresh(all ? ["areas", "pins", "hexes"] : ["pins", "hexes"]);
    }
    this.things?.refresh(all ? undefined : things);
  }

  /** Moves the map to a pin, and opens or else highlights it. */
  showPin(pin: PinLocation | PinOnMap): void {
    const zoom = this.moveTo(pin);
    if ("id" in pin && this.popups) {
      this.highlight(undefined);
      this.popups.openPin(pin, zoom);
    } else {
      this.highlight(pin);
    }
  }

  /** Moves the map to a thing other than a pin, and opens it. */
  async showThing(layer: string, id: number): Promise<void> {
    const thing = await this.things?.find(layer, id);
    if (thing) {
      this.moveTo(thing);
      this.openThing(thing);
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
