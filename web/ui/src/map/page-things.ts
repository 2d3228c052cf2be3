// The things other than pins on the map of a page: their layers, how many they have, and which of them its address hides.

import type { Map as MapLibre } from "maplibre-gl";
import type { MapConfig } from "./config";
import { layerNames } from "./layer-names";
import type { LayerSwitch, Legend } from "./legend";
import type { Thing } from "./thing-details";
import { ThingLayers, type ThingLayersOptions } from "./thing-layers";

export interface PageThingsOptions extends ThingLayersOptions {
  legend: Legend;
  others: () => LayerSwitch[]; // of the layers that the filter `show` of the page names
  setFilter: (name: "hide" | "show", value: string) => void; // of the page
}

export class PageThings {
  private readonly layers: ThingLayers;

  constructor(
    map: MapLibre,
    private readonly element: HTMLElement,
    private readonly config: MapConfig,
    private readonly options: PageThingsOptions,
  ) {
    this.layers = new ThingLayers(map, config, this.hiddenOfPage(), options);
    this.updateLegend(this.hiddenOfPage());
  }

  /** Draws again what has been lost with the style of the map. */
  reset(): void {
    this.layers.reset();
  }

  /** Hides the layers that the attributes of the element name, shows the others, and how many they have. */
  setFilters(): void {
    this.hide(this.hiddenOfPage());
  }

  /** Loads again what the things of layers say, because some have changed. */
  refresh(names: readonly string[]): void {
    this.layers.refresh(names);
  }

  /** Loads a thing. */
  find(layer: string, id: number): Promise<Thing | undefined> {
    return this.layers.find(layer, id);
  }

  private hiddenOfPage(): string[] {
    return layerNames(this.element.dataset.hide);
  }

  private hide(hidden: readonly string[]): void {
    this.layers.hide(hidden);
    this.updateLegend(hidden);
  }

  private updateLegend(hidden: readonly string[]): void {
    const totals = JSON.parse(this.element.dataset.things ?? "{}") as Record<string, number>;
    const switches = Object.entries(this.config.things)
      .filter(([name]) => totals[name] !== undefined)
      .map(([name, { label }]) => ({ name, label, n: totals[name], isShown: !hidden.includes(name) }));
    const all = [...switches, ...this.options.others()];
    this.options.legend.showLayers(all, (name, isShown) => this.switch(name, isShown));
  }

  private switch(name: string, isShown: boolean): void {
    const statistics = this.options.others();
    if (statistics.some((other) => other.name === name)) {
      const shown = statistics.filter((other) => (other.name === name ? isShown : other.isShown));
      this.options.setFilter("show", shown.map(({ name }) => name).join());
      return;
    }
    const others = this.hiddenOfPage().filter((hidden) => hidden !== name);
    const hidden = isShown ? others : [...others, name];
    this.hide(hidden);
    this.options.setFilter("hide", hidden.join());
  }
}
