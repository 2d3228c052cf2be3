// The map itself: MapLibre with our layers, legend, names and cards.

import {
  addProtocol,
  type LngLatBoundsLike,
  Map as MapLibre,
  Marker,
  type RequestParameters,
  setWorkerUrl,
} from "maplibre-gl";
import { Protocol } from "pmtiles";
import type { Config, Kind } from "../config";
import { el, head } from "../dom";
import { t } from "../messages";
import { baseStyle } from "./basemap";
import { type Colours, coloursOf } from "./colours";
import { addLayers, finer, resolutionAt, tilesOnScreen } from "./layers";
import { Legend } from "./legend";
import { Months, monthsOf, type Period } from "./months";
import { type Areas, boxOf, Names } from "./names";
import { Opening } from "./opening";
import { Painting } from "./painting";
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
  private readonly painting: Painting;
  private opening: Opening | undefined;
  private area: string;
  private ground: string;
  private dressed = false;
  private refreshed = 0; // when tiles were last asked for anew
  private areas: Areas | undefined;
  /** The slider of months; only on a map to explore. */
  months: Months | undefined;
  private lit: Marker | undefined;
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
    this.painting = new Painting(this.map, config, this.colours, host.dataset.query ?? "");
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.on("style.load", () => this.dress());
    this.map.on("error", (event) => {
      const { error, sourceId = "" } = event as typeof event & { sourceId?: string };
      console.warn(error);
      this.say(t("ui.map.tiles_failed"));
      if (sourceId in this.config.tiles) {
        this.painting.again(sourceId);
      }
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
    addLayers(this.map, this.config, this.painting.query, this.colours, this.ground !== "");
    this.dressed = true;
    this.chooseArea();
    this.painting.begin(this.colours);
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
      this.painting.legend = new Legend(foot);
      this.addMonths(foot);
      this.opening = new Opening(this.map, this.config);
      this.map.on("idle", () => this.painting.classify());
      this.map.on("zoom", () => this.painting.explain());
      this.map.on("moveend", () => {
        const { lng, lat } = this.map.getCenter();
        sessionStorage.setItem(this.memory, JSON.stringify([lng, lat, this.map.getZoom()]));
      });
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
    this.months.follow(this.painting.query);
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
    const shown = this.months?.follow(query) ?? query;
    if (shown !== this.painting.query) {
      this.opening?.close();
    }
    void this.painting.show(shown, shown === query ? undefined : this.painting.frozen);
    if (area !== this.area) {
      this.area = area;
      this.chooseArea();
      this.whole();
    }
  }

  /** Shows a query that nobody has chosen yet, in given classes or those at hand; resolves when it is painted. */
  private preview(query: string, bounds: readonly number[] | undefined): Promise<void> {
    if (query !== this.painting.query) {
      this.opening?.close();
    }
    return this.painting.show(query, bounds ?? this.painting.frozen ?? this.painting.bounds);
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

  /** Asks anew for the tiles of pins and hexes on the screen, or of all layers. */
  refresh(all: boolean): void {
    this.refreshed = Date.now();
    this.months?.changed();
    this.painting.refresh(all ? ["areas", "pins", "hexes"] : ["pins", "hexes"]);
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
