// The map itself: MapLibre with our layers, legend, names and cards.

import {
  addProtocol,
  type LngLatBoundsLike,
  type LngLatLike,
  type MapGeoJSONFeature,
  Map as MapLibre,
  type MapMouseEvent,
  Marker,
  Popup,
  type RequestParameters,
  setWorkerUrl,
} from "maplibre-gl";
import { Protocol } from "pmtiles";
import { breaks, resolutionOf } from "../classes";
import type { Config, Kind } from "../config";
import { el, head, icon } from "../dom";
import { t } from "../messages";
import { baseStyle } from "./basemap";
import { type HexCounts, hexCard, pinsCard } from "./cards";
import { type Colours, coloursOf } from "./colours";
import { addLayers, filterLayers, finer, hexColour, resolutionAt, streetZoom, tilesOnScreen } from "./layers";
import { Legend } from "./legend";
import { Months, monthsOf, type Period } from "./months";
import { type Areas, boxOf, Names } from "./names";
import { addTools } from "./tools";

/** File name of MapLibre's worker; the build fills it in. */
declare const MAP_WORKER: string;

type Mode = "explore" | "pin" | "place";

export interface PinAt {
  kind: Kind;
  lon: number;
  lat: number;
}

const freshFor = 60_000; // ms after a change in which tiles are asked for past the browser's cache
const patience = 8000; // ms that tiles are waited for
const nearby = 8; // px around a tap

let prepared = false;

function prepare(): void {
  if (!prepared) {
    prepared = true;
    setWorkerUrl(new URL(MAP_WORKER, import.meta.url).href);
    addProtocol("pmtiles", new Protocol().tile);
  }
}

export class MapView {
  readonly map: MapLibre;
  private readonly mode: Mode;
  private colours: Colours;
  private query: string;
  private area: string;
  private ground: string;
  private dressed = false;
  private refreshed = 0; // when tiles were last asked for anew
  private areas: Areas | undefined;
  private bounds: readonly number[] = [];
  private classed = "";
  private frozen: readonly number[] | undefined; // classes that hold for several months
  private coloured = ""; // classes of the colours at hand
  private stale = false;
  private settling: Promise<void> | undefined;
  private legend: Legend | undefined;
  /** The slider of months; only on a map to explore. */
  months: Months | undefined;
  private lit: Marker | undefined;
  private popup: Popup | undefined;
  private readonly alert = el("p", { class: "map-alert", role: "status" });

  /** Opens a map in the element; fails where the browser cannot draw one. */
  static async open(host: HTMLElement, config: Config): Promise<MapView> {
    prepare();
    await document.fonts.load('750 14px "Commissioner Variable"', "0123456789+");
    const view = new MapView(host, config);
    await view.map.once("load");
    return view;
  }

  private constructor(
    private readonly host: HTMLElement,
    private readonly config: Config,
  ) {
    this.mode = (host.dataset.mode as Mode | undefined) ?? "explore";
    this.colours = coloursOf(host);
    this.ground = config.basemap;
    this.query = host.dataset.query ?? "";
    this.area = config.area;
    const touch = matchMedia("(pointer: coarse)").matches;
    const container = el("div");
    host.append(container);
    this.map = new MapLibre({
      container,
      style: baseStyle(this.ground, this.colours),
      ...this.begin(),
      minZoom: 3,
      maxZoom: 19,
      pitchWithRotate: false,
      dragRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      refreshExpiredTiles: false, // tiles are good for a second; a map would ask for them every second
      cooperativeGestures: this.mode !== "place" && touch,
      scrollZoom: this.mode !== "pin",
      attributionControl: config.basemap === "" ? false : { compact: false },
      transformRequest: (url) => this.request(url),
      locale: {
        "Map.Title": t(this.mode === "place" ? "ui.place.map_label" : "ui.map.label"),
        "CooperativeGesturesHandler.WindowsHelpText": t("ui.map.ctrl"),
        "CooperativeGesturesHandler.MacHelpText": t("ui.map.cmd"),
        "CooperativeGesturesHandler.MobileHelpText": t("ui.map.two_fingers"),
        "AttributionControl.ToggleAttribution": t("ui.map.attribution"),
        "Popup.Close": t("ui.map.close"),
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.on("style.load", () => this.dress());
    this.map.on("error", ({ error }) => {
      console.warn(error);
      this.say(t("ui.map.tiles_failed"));
      if (!this.dressed && this.ground !== "") {
        this.ground = ""; // a basemap that cannot be had: paper will do
        this.map.setStyle(baseStyle(this.ground, this.colours), { diff: false });
      }
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    this.furnish();
  }

  /** Where the map begins: where this tab left it, the one place, or the whole district. */
  private begin(): { bounds?: LngLatBoundsLike; fitBoundsOptions?: object; center?: [number, number]; zoom?: number } {
    if (this.mode === "pin") {
      return { center: [Number(this.host.dataset.lon), Number(this.host.dataset.lat)], zoom: 14.6 };
    }
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const left = sessionStorage.getItem(this.memory);
    if (left && this.mode === "explore" && navigation?.type !== "navigate") {
      const [lon = 0, lat = 0, zoom = 0] = JSON.parse(left) as number[];
      return { center: [lon, lat], zoom };
    }
    return { bounds: this.config.bounds, fitBoundsOptions: { padding: this.padding } };
  }

  private get memory(): string {
    return `pinezka.map.${this.config.district}`;
  }

  private get padding(): number {
    return Math.min(48, this.host.clientWidth / 20);
  }

  /** Requests of our tiles go past the browser's cache right after a pin was added. */
  private request(asked: string): RequestParameters {
    const url = finer(asked, location.origin + this.config.tiles.hexes);
    const added = Number(sessionStorage.getItem("pinezka.added") ?? 0);
    const ours = Object.values(this.config.tiles).some((tiles) =>
      url.startsWith(location.origin + tiles.split("{")[0]),
    );
    return ours && Date.now() - Math.max(added, this.refreshed) < freshFor ? { url, cache: "no-cache" } : { url };
  }

  /** Layers over a style that has just loaded. */
  private dress(): void {
    addLayers(this.map, this.config, this.query, this.colours, this.ground !== "");
    this.dressed = true;
    this.classed = "";
    this.coloured = "";
    this.chooseArea();
    void this.settle();
    if (this.mode !== "explore") {
      for (const layer of ["hexes", "hex-chosen", ...(this.mode === "place" ? ["pins"] : [])]) {
        this.map.setLayoutProperty(layer, "visibility", "none");
      }
    }
    if (this.mode === "pin") {
      this.map.setPaintProperty("pins", "icon-opacity", 0.35);
    }
  }

  private recolour(): void {
    this.colours = coloursOf(this.host);
    this.map.setStyle(baseStyle(this.ground, this.colours), { diff: false });
  }

  private furnish(): void {
    const corner = el("div", { class: "maplibregl-control-container" });
    const right = el("div", { class: "maplibregl-ctrl-top-right" });
    const tools = el("div", { class: "maplibregl-ctrl" });
    right.append(tools);
    corner.append(right);
    addTools(tools, this.map, { few: this.mode === "pin", whole: () => this.whole(), say: (text) => this.say(text) });
    if (this.mode === "explore") {
      const foot = el("div", { class: "map-foot" });
      corner.append(foot);
      this.legend = new Legend(foot);
      this.addMonths(foot);
      this.map.on("idle", () => this.classify());
      this.map.on("zoom", () => this.explain());
      this.map.on("moveend", () => {
        const { lng, lat } = this.map.getCenter();
        sessionStorage.setItem(this.memory, JSON.stringify([lng, lat, this.map.getZoom()]));
      });
      this.map.on("click", (event) => this.tap(event));
      this.map.getCanvas().addEventListener("keydown", (event) => {
        if (event.key === "Enter") {
          this.open(this.map.project(this.map.getCenter()), 24);
        }
      });
      for (const layer of ["hexes", "pins"]) {
        this.map.on("mouseenter", layer, () => this.map.getCanvas().style.setProperty("cursor", "pointer"));
        this.map.on("mouseleave", layer, () => this.map.getCanvas().style.removeProperty("cursor"));
      }
      if (new URLSearchParams(location.search).get("q")) {
        this.say(t("ui.map.search"));
      }
    }
    if (this.mode === "pin") {
      const { kind = "need", lon, lat } = this.host.dataset;
      this.light({ kind: kind as Kind, lon: Number(lon), lat: Number(lat) });
    }
    this.host.append(corner, this.alert);
    void this.nameAreas();
  }

  private addMonths(foot: HTMLElement): void {
    const months = monthsOf(this.host);
    if (months.length < 2) {
      return;
    }
    this.months = new Months(foot, months, {
      api: `/api/v1/districts/${this.config.district}`,
      resolution: () => resolutionAt(this.map.getZoom()),
      show: (query, bounds) => this.preview(query, bounds),
      ahead: (query, signal) => this.ahead(query, signal),
      choose: (period) => this.host.dispatchEvent(new CustomEvent<Period>("months", { detail: period })),
    });
    this.months.follow(this.query);
    this.map.on("zoomend", () => this.months?.zoomed());
  }

  private async nameAreas(): Promise<void> {
    try {
      const response = await fetch(this.config.areas);
      if (!response.ok) {
        throw new Error(`areas: ${response.status}`);
      }
      this.areas = (await response.json()) as Areas;
      new Names(this.map, this.areas);
      if (this.area !== "" && !sessionStorage.getItem(this.memory)) {
        this.whole();
      }
    } catch (error) {
      console.warn(error); // the map stands without names
    }
  }

  private say(text: string): void {
    this.alert.textContent = text;
  }

  /** The district, or the one area chosen, as a whole. */
  private whole(): void {
    const area = this.areas?.features.find((feature) => feature.properties.slug === this.area);
    this.map.fitBounds(area ? boxOf(area) : this.config.bounds, { padding: this.padding, maxZoom: 16 });
  }

  private chooseArea(): void {
    this.map.setFilter("areas-chosen", ["==", ["get", "slug"], this.area]);
  }

  filter(query: string, area: string, searched: boolean): void {
    this.say(searched ? t("ui.map.search") : "");
    this.popup?.remove();
    const shown = this.months?.follow(query) ?? query;
    if (shown === query) {
      this.frozen = undefined;
    }
    this.query = shown;
    this.classed = "";
    void this.settle();
    if (area !== this.area) {
      this.area = area;
      this.chooseArea();
      this.whole();
    }
  }

  /** Shows a query that nobody has chosen yet, in given classes or those at hand; resolves when it is painted. */
  private preview(query: string, bounds: readonly number[] | undefined): Promise<void> {
    if (query !== this.query) {
      this.popup?.remove();
    }
    this.query = query;
    this.frozen = bounds ?? this.frozen ?? this.bounds;
    this.classed = "";
    return this.settle();
  }

  /** Has the browser fetch the screen's tiles under another query, so that they are at hand when it is shown. */
  private async ahead(query: string, signal: AbortSignal): Promise<void> {
    await Promise.allSettled(
      tilesOnScreen(this.map, this.config, query).map(async (tile) => {
        const { url, cache } = this.request(tile);
        const response = await fetch(url, cache ? { cache, signal } : { signal });
        await response.arrayBuffer();
      }),
    );
  }

  /** Asks anew for the tiles of pins and hexes on the screen: what has not changed costs a 304. */
  refresh(): void {
    this.refreshed = Date.now();
    this.classed = "";
    this.stale = true;
    this.months?.changed();
    void this.settle();
  }

  /** Brings tiles and colours to what is wanted; resolves when all is painted. */
  private settle(): Promise<void> {
    this.settling ??= this.bring().finally(() => {
      this.settling = undefined;
      this.map.triggerRepaint(); // and so to idle, where the hexes are classed
    });
    return this.settling;
  }

  /** One change at a time: of two answers for a tile MapLibre may paint the older one last. */
  private async bring(): Promise<void> {
    for (;;) {
      if (filterLayers(this.map, this.config, this.query)) {
        this.stale = false;
      } else if (this.stale) {
        this.stale = false;
        for (const source of ["pins", "hexes"]) {
          if (this.map.getSource(source)) {
            this.map.refreshTiles(source);
          }
        }
      } else if (this.frozen && this.colour(this.frozen)) {
        this.explain();
      } else {
        return;
      }
      await this.drawn();
    }
  }

  /** Resolves when no tile is under way and what came is painted, or when patience ends. */
  private drawn(): Promise<void> {
    const until = Date.now() + patience;
    return new Promise((resolve) => {
      const look = (): void => {
        const there = ["pins", "hexes"].every((s) => !this.map.getSource(s) || this.map.isSourceLoaded(s));
        if (there || Date.now() > until) {
          this.map.once("render", () => resolve());
          this.map.triggerRepaint();
        } else {
          requestAnimationFrame(look);
        }
      };
      requestAnimationFrame(look);
    });
  }

  /** Colours the hexes by classes, and says whether they had other colours before. */
  private colour(bounds: readonly number[]): boolean {
    this.bounds = bounds;
    if (String(bounds) === this.coloured || !this.map.getLayer("hexes")) {
      return false;
    }
    this.coloured = String(bounds);
    this.map.setPaintProperty("hexes", "fill-color", hexColour(bounds, this.colours));
    return true;
  }

  /** Classes of the hexes at hand: made once for a resolution and a filter. */
  private classify(): void {
    if (this.settling) {
      return; // what is painted is not yet what is wanted
    }
    if (this.map.getZoom() > streetZoom + 0.5 || !this.map.getLayer("hexes")) {
      this.explain();
      return;
    }
    const hexes = this.map.queryRenderedFeatures({ layers: ["hexes"] });
    const resolution = resolutionOf(String(hexes[0]?.properties.h3 ?? ""));
    const totals = new Map(hexes.map((hex) => [hex.properties.h3 as string, Number(hex.properties.total)]));
    const key = `${resolution} ${this.query}`;
    if (!this.frozen && (key !== this.classed || (totals.size > 0 && this.bounds.length === 0))) {
      this.classed = hexes.length > 0 ? key : "";
      this.colour(breaks([...totals.values()]));
    }
    this.resolution = resolution;
    this.explain();
  }

  private resolution = 0;

  private explain(): void {
    if (this.map.getZoom() >= streetZoom) {
      this.legend?.pins();
    } else if (this.resolution > 0 || this.bounds.length === 0) {
      this.legend?.hexes(this.bounds, this.resolution, this.colours);
    }
  }

  private tap({ point }: MapMouseEvent): void {
    this.open(point, nearby);
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
    this.popup?.remove();
  }

  private closer(center: LngLatLike, by: number, most = this.map.getMaxZoom()): void {
    this.popup?.remove();
    this.map.flyTo({ center, zoom: Math.min(this.map.getZoom() + by, most) });
  }

  private card(feature: MapGeoJSONFeature, content: HTMLElement, at = this.map.getCenter()): void {
    this.popup?.remove();
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

  show(pin: PinAt): void {
    this.light(pin);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.host.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    this.map.flyTo({ center: [pin.lon, pin.lat], zoom: Math.max(this.map.getZoom(), 16), duration: still ? 0 : 900 });
  }

  light(pin: PinAt | undefined): void {
    this.lit?.remove();
    this.lit = undefined;
    if (pin) {
      const element = el("div", { class: "lit", "aria-hidden": "true" }, head(pin.kind));
      this.lit = new Marker({ element, anchor: pin.kind === "need" ? "bottom" : "center" })
        .setLngLat([pin.lon, pin.lat])
        .addTo(this.map);
    }
  }
}
