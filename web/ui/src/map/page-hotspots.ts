// The hotspots on the map of a page: whether it asks for them, and for which.

import type { Map as MapLibre } from "maplibre-gl";
import { pageQuery } from "../filter-query";
import { t } from "../messages";
import type { Colours } from "./colours";
import type { MapConfig } from "./config";
import { HotspotLayer, type ShownHotspots } from "./hotspot-layer";
import { layerNames } from "./layer-names";
import type { LayerSwitch, Legend } from "./legend";

export interface PageHotspotsOptions {
  colours: Colours;
  legend: Legend;
  isOwnPage: boolean; // that of hotspots, which shows them without a switch
  query: () => string; // that is shown
  onError: (text: string) => void;
}

export class PageHotspots {
  private readonly layer: HotspotLayer;

  constructor(
    map: MapLibre,
    private readonly element: HTMLElement,
    private readonly config: MapConfig,
    private readonly options: PageHotspotsOptions,
  ) {
    this.layer = new HotspotLayer(map, config, options.colours, {
      onUpdate: (hotspots) => options.legend.showHotspots(hotspots, options.isOwnPage ? undefined : this.url("")),
      onError: () => options.onError(t("ui.hotspots.failed")),
    });
    this.update();
  }

  /** The switch of the layer, for a legend. */
  get switch(): LayerSwitch {
    return {
      name: "hotspots",
      label: t("ui.hotspots.layer"),
      isShown: layerNames(this.element.dataset.show).includes("hotspots"),
    };
  }

  /** Shows the hotspots that the attributes of the element ask for, with the query that is shown. */
  update(): void {
    const { res = "", cell = "" } = this.element.dataset;
    const isShown = this.options.isOwnPage ? res !== "0" : this.switch.isShown;
    const shown: ShownHotspots | undefined = isShown
      ? { query: this.options.query(), resolution: res, cell }
      : undefined;
    this.layer.show(shown);
  }

  /** Loads them again. */
  refresh(): void {
    this.layer.refresh();
  }

  /** Draws them again after the style of the map has changed. */
  reset(colours: Colours): void {
    this.layer.reset(colours);
  }

  /** Returns the URL of the page of hotspots with the filters of the map, and a hexagon. */
  url(cell: string): string {
    const query = pageQuery([...new URLSearchParams(this.options.query()), ["cell", cell]]);
    return `/d/${this.config.district}/hotspots${query}`;
  }
}
