// What a map has that people explore, on the map page or that of hotspots: the legend, months, popups, statistics
// and other things, and its address.

import type { Map as MapLibre } from "maplibre-gl";
import type { Change } from "../change-stream";
import { el } from "../create-element";
import type { Period } from "../filter-query";
import { t } from "../messages";
import type { Camera, Fragment } from "./address-fragment";
import { minShownPinZoom } from "./camera";
import { ChooseNeeds } from "./choose-needs";
import type { Colours } from "./colours";
import type { MapConfig } from "./config";
import { hideCoveredMarkers } from "./covered-markers";
import { HexValues } from "./hex-values";
import type { LayerUpdater, Shown } from "./layer-updater";
import { hexResolution, visibleTiles } from "./layers";
import { Legend } from "./legend";
import { MapAddress } from "./map-address";
import { MonthFilter, readMonths } from "./month-filter";
import { PageHotspots } from "./page-hotspots";
import { PageSilence } from "./page-silence";
import { PageThings } from "./page-things";
import type { PinLocation, PinOnMap } from "./pin-marker";
import { loadPin } from "./pin-stack";
import { Popups } from "./popups";
import type { Thing } from "./thing-details";
import type { TileRequests } from "./tile-requests";

/** A filter of the page that is set on the map. */
export interface FilterDetail {
  name: "scale" | "cell" | "hide" | "show";
  value: string;
}

export interface ExploreModeOptions {
  isMapPage: boolean; // and not that of hotspots, which has no address and no other things
  container: HTMLElement; // of the controls
  colours: Colours;
  layers: LayerUpdater;
  tileRequests: TileRequests;
  show: (shown: Shown) => Promise<void>;
  showExtent: () => void; // at once
  highlight: (pin: PinLocation | undefined) => void;
  notify: (text: string) => void;
}

export class ExploreMode {
  /** The filter by month, if the map has one. */
  readonly monthFilter: MonthFilter | undefined;
  private readonly popups: Popups;
  private readonly hotspots: PageHotspots;
  private readonly silence: PageSilence | undefined; // of a map page
  private readonly things: PageThings | undefined; // of a map page
  private readonly address: MapAddress | undefined; // of a map page

  constructor(
    private readonly map: MapLibre,
    private readonly element: HTMLElement,
    private readonly config: MapConfig,
    private readonly options: ExploreModeOptions,
  ) {
    const { isMapPage, container, layers } = options;
    const foot = el("div", { class: "map-foot" });
    container.append(foot);
    const legend = new Legend(foot, (scale) => this.dispatchFilter("scale", scale));
    layers.legend = legend;
    this.monthFilter = this.createMonthFilter(foot);
    new HexValues(map, container);
    this.address = isMapPage ? new MapAddress(map) : undefined;
    this.popups = new Popups(map, config, {
      query: () => layers.shown.query,
      chosenCell: () => element.dataset.cell ?? "",
      listPins: (cell) => this.dispatchFilter("cell", cell),
      coverageURL: () => this.silence?.url ?? "",
      evidenceURL: (cell) => `${this.hotspots.url(cell)}#results`,
      openHotspot: isMapPage ? undefined : (cell) => this.dispatchFilter("cell", cell),
      onSelect: (pin) => this.handleSelection(pin),
      onClose: () => this.handleSelection(undefined),
    });
    const hotspots = new PageHotspots(map, element, config, {
      colours: options.colours,
      legend,
      isOwnPage: !isMapPage,
      query: () => layers.shown.query,
      onError: options.notify,
    });
    this.hotspots = hotspots;
    if (isMapPage && ChooseNeeds.isOffered) {
      new ChooseNeeds(foot, map);
    }
    if (isMapPage) {
      const silence = new PageSilence(map, element, config, {
        colours: options.colours,
        legend,
        query: () => layers.shown.query,
        onError: options.notify,
      });
      this.silence = silence;
      this.things = new PageThings(map, element, config, {
        legend,
        others: () => [hotspots.switch, silence.switch],
        open: (thing) => this.openThing(thing),
        list: (at, things, total) => this.popups.openThings(at, things, total),
        zoomIn: ({ lon, lat }) => this.popups.zoomTo([lon, lat], map.getMaxZoom()),
        onError: () => options.notify(t("ui.thing.failed")),
        setFilter: (name, value) => this.dispatchFilter(name, value),
      });
      hideCoveredMarkers(map, element, foot);
    }
    map.on("zoom", () => layers.updateLegend());
  }

  private createMonthFilter(container: HTMLElement): MonthFilter | undefined {
    const { layers, tileRequests, show } = this.options;
    const months = readMonths(this.element);
    if (months.length < 2) {
      return undefined;
    }
    const span = Number(this.element.dataset.span ?? 1);
    const filter = new MonthFilter(container, months, span, {
      apiURL: `/api/v1/districts/${this.config.district}`,
      hexResolution: () => hexResolution(this.map.getZoom(), layers.shown.held),
      preview: (query, months) => show({ ...layers.shown, query, months: months ?? layers.shown.months }),
      prefetch: (query, signal) => tileRequests.prefetch(visibleTiles(this.map, this.config, query), signal),
      onPlay: (isPlaying) => this.element.dispatchEvent(new CustomEvent<boolean>("playing", { detail: isPlaying })),
      choose: (period) => this.element.dispatchEvent(new CustomEvent<Period>("months", { detail: period })),
    });
    filter.setQuery(layers.shown.query);
    this.map.on("zoomend", () => filter.handleZoom());
    return filter;
  }

  /** What the address has: nothing but on a map page. */
  get fragment(): Fragment {
    return this.address?.fragment ?? {};
  }

  /** Sets the camera at which the map shows the extent of what is chosen. */
  setExtent(camera: Camera): void {
    this.address?.setExtent(camera);
  }

  /** Opens the pin of the address of a map page, and shows what later entries of the history have. */
  followAddress(): void {
    if (this.address) {
      this.openPinOfAddress();
      window.addEventListener("popstate", () => this.showAddress());
    }
  }

  /** Shows the position and the pin of an entry of the history. */
  private showAddress(): void {
    const { camera, pin } = this.fragment;
    if (camera) {
      this.map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
    } else if (pin === undefined) {
      this.options.showExtent();
    }
    if (pin !== this.popups.selected?.id) {
      this.discardPopup();
    }
  }

  /** Closes the popup, and opens that of the address instead. */
  private discardPopup(): void {
    this.popups.discard();
    this.dispatchSelection(undefined);
    this.openPinOfAddress();
  }

  private openPinOfAddress(): void {
    const { pin, camera } = this.fragment;
    if (pin !== undefined) {
      void this.loadAndOpenPin(pin, camera === undefined);
    }
  }

  /** Opens the pin with an id, and moves the map to it. */
  private async loadAndOpenPin(id: number, move: boolean): Promise<void> {
    try {
      const { geometry, properties } = await loadPin(this.config, id);
      const [lon = 0, lat = 0] = geometry.coordinates;
      if (move) {
        this.map.jumpTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), minShownPinZoom) });
      }
      if (this.fragment.pin === id) {
        this.popups.openPin({ id, kind: properties.kind, lon, lat }, this.map.getZoom());
      }
    } catch (error) {
      console.warn(error);
      this.options.notify(t("ui.pin.failed"));
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

  /** Takes on the filters of the page, and returns the query to show: that of the page, or of the previewed months. */
  setFilters(query: string): string {
    const shown = this.monthFilter?.setQuery(query) ?? query;
    if (shown !== this.options.layers.shown.query) {
      this.discardPopup();
    }
    this.things?.setFilters();
    return shown;
  }

  closePopup(): void {
    this.popups.close();
  }

  /** Shows the statistics of what the map shows now. */
  updateStatistics(): void {
    this.hotspots.update();
    this.silence?.update();
  }

  /** Draws again what has been lost with the style of the map. */
  reset(colours: Colours): void {
    this.hotspots.reset(colours);
    this.silence?.reset(colours);
    this.things?.reset();
  }

  /** Reloads what has changed. */
  refresh({ all, pins, things }: Change): void {
    if (pins) {
      this.monthFilter?.refresh();
      this.hotspots.refresh();
      this.silence?.refresh();
    }
    if (this.things && (all || things.length > 0)) {
      this.things.refresh(all ? Object.keys(this.config.things) : things);
      this.options.layers.refresh(["things"]);
    }
  }

  /** Opens a pin at the zoom to which the map moves. */
  openPin(pin: PinOnMap, zoom: number): void {
    this.options.highlight(undefined);
    this.popups.openPin(pin, zoom);
  }

  openThing(thing: Thing): void {
    this.options.highlight(undefined);
    this.popups.openThing(thing);
  }

  /** Loads a thing other than a pin. */
  async findThing(layer: string, id: number): Promise<Thing | undefined> {
    try {
      return await this.things?.find(layer, id);
    } catch (error) {
      console.warn(error);
      this.options.notify(t("ui.thing.failed"));
      return undefined;
    }
  }
}
