// The layer of silence on the map of a page: whether it asks for it, and for which pins.

import type { Map as MapLibre } from "maplibre-gl";
import { pageQuery } from "../filter-query";
import { t } from "../messages";
import type { Colours } from "./colours";
import type { MapConfig } from "./config";
import { layerNames } from "./layer-names";
import type { LayerSwitch, Legend } from "./legend";
import { SilenceLayer } from "./silence-layer";

/** The filters that the API of coverage has (web/numbers/openapi.yaml). */
const filters = ["kind", "category", "from", "to"];

export interface PageSilenceOptions {
  colours: Colours;
  legend: Legend;
  query: () => string; // that is shown
  onError: (text: string) => void;
}

export class PageSilence {
  private readonly layer: SilenceLayer;

  constructor(
    map: MapLibre,
    private readonly element: HTMLElement,
    private readonly config: MapConfig,
    private readonly options: PageSilenceOptions,
  ) {
    this.layer = new SilenceLayer(map, options.colours, {
      onUpdate: (coverage) => options.legend.showSilence(coverage, this.url, this.query() !== ""),
      onError: () => options.onError(t("ui.silence.failed")),
    });
    this.update();
  }

  /** The switch of the layer, for a legend. */
  get switch(): LayerSwitch {
    return {
      name: "silence",
      label: t("ui.silence.layer"),
      isShown: layerNames(this.element.dataset.show).includes("silence"),
    };
  }

  /** The URL of the page of coverage with the filters of the map. */
  get url(): string {
    return `/d/${this.config.district}/coverage${this.query()}`;
  }

  /** Shows what the attributes of the element ask for, with the query that is shown. */
  update(): void {
    const url = `/api/v1/districts/${this.config.district}/coverage${this.query(["format", "geojson"])}`;
    this.layer.show(this.switch.isShown ? url : "", this.query() !== "");
  }

  /** Loads it again. */
  refresh(): void {
    this.layer.refresh();
  }

  /** Draws it again after the style of the map has changed. */
  reset(colours: Colours): void {
    this.layer.reset(colours);
  }

  private query(...more: [string, string][]): string {
    const parameters = [...new URLSearchParams(this.options.query())];
    return pageQuery([...parameters.filter(([name]) => filters.includes(name)), ...more]);
  }
}
