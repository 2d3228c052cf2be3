// The things other than pins on the map of a page: their layers, and which of them its address hides.

import type { Map as MapLibre } from "maplibre-gl";
import type { MapConfig } from "./config";
import type { Legend } from "./legend";
import { type LayerSwitch, type Thing, ThingLayers } from "./thing-layers";

export interface PageThingsOptions {
  legend: Legend;
  others: () => LayerSwitch[]; // of the layers that the filter `show` of the page names
  open: (thing: Thing) => void;
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
    this.layers = new ThingLayers(map, config, this.hiddenOfPage(), {
      open: options.open,
      onUpdate: (switches) =>
        options.legend.showLayers([...switches, ...options.others()], (name, isShown) => this.switch(name, isShown)),
    });
  }

  /** Hides the layers that the attribute of the element names, and shows the others. */
  setFilters(): void {
    this.layers.hide(this.hiddenOfPage());
  }

  /** Loads layers again that have changed. */
  refresh(names: readonly string[] = Object.keys(this.config.things)): void {
    void this.layers.load(names);
  }

  /** Returns a thing when everything that was to be loaded is. */
  find(layer: string, id: number): Promise<Thing | undefined> {
    return this.layers.find(layer, id);
  }

  private hiddenOfPage(): string[] {
    return (this.element.dataset.hide ?? "").split(",").filter((name) => name !== "");
  }

  private switch(name: string, isShown: boolean): void {
    if (this.options.others().some((other) => other.name === name)) {
      this.options.setFilter("show", isShown ? name : "");
      return;
    }
    const others = this.hiddenOfPage().filter((hidden) => hidden !== name);
    const hidden = isShown ? others : [...others, name];
    this.layers.hide(hidden);
    this.options.setFilter("hide", hidden.join());
  }
}
