import type { Map as MapLibre } from "maplibre-gl";
import type { Change } from "../change-stream";
import { el } from "../create-element";
import type { Period } from "../filter-query";
import { type MapConfig, readConfig } from "../map/config";
import type { MapView } from "../map/map-view";
import type { PinLocation } from "../map/pin-marker";
import { t } from "../messages";

/**
 * `<pinezka-map>` shows a district as hexes and, zoomed in, as pins. Its attributes are:
 *
 * - `data-config`: a MapConfig as JSON.
 * - `data-query`: filters of the tiles, such as "?kind=need".
 * - `data-hexes`: HexTotals of these filters as JSON, from which the scale of hexes follows.
 * - `data-areas`: AreaPins of these filters as JSON, by which the names of areas are ranked.
 * - `data-scale`: a scale that is held, such as "1,3,6,12,25@9", or "".
 * - `data-cell`: the hex that the list is limited to, or "".
 * - `data-hide`: the layers of other things that are hidden, such as "offices", separated by commas. When
 *   a scale, a hex or what to hide is chosen on the map, it dispatches a "filter" event with a FilterDetail.
 * - `data-things`: how many other things each layer has on the map, as JSON.
 * - `data-mode`: "explore" (default) for the map page; "pin" for one pin, given by `data-lon`,
 *   `data-lat` and `data-kind`, or another thing, with `data-layer` instead of the kind; "place" for choosing
 *   a location; "print" for paper; "side" for one of the maps in a `<pinezka-maps>`.
 * - `data-label`: what a map of the mode "side", or one of several on a page, shows, for screen readers.
 * - `data-resolution`: of the hexes of a map of the mode "side", whose classes are those of `data-hexes`.
 * - `data-near`: pins near that of the mode "pin", which have the numbers of a list (near-markers.ts).
 * - `data-thread`: what belongs to the thread of the thing of the mode "pin" (thread-markers.ts).
 * - `data-months`: id of a select of months. The map then has a slider of months, and dispatches
 *   a "months" event with a Period as its detail when a period has been chosen with it.
 *
 * - `data-span`: how many months the slider chooses at once, up to the one at its position; default 1.
 * - `data-show`: layers of statistics, separated by commas: "hotspots" for their classes instead of the numbers
 *   of pins, "silence" for where people live and nobody was heard.
 *
 * The mode "hotspots" shows them always, in hexagons of the resolution `data-res`, and its "filter" event
 * chooses the hexagon `data-cell`.
 *
 * It dispatches a "playing" event, with true or false, when months start or end to be played.
 *
 * The map of the mode "explore" keeps its position and the pin that is open in the fragment of the
 * address, and dispatches a "pin" event with a PinOnMap, or undefined, when a pin is opened or closed.
 *
 * Scripts and tests reach the MapLibre map through `map`, once `ready` has resolved.
 */
export class MapElement extends HTMLElement {
  private view: MapView | undefined;
  private resolveReady: (view: MapView | undefined) => void = () => {};
  private started = false;

  /** Resolves when the map has loaded, with undefined when the browser cannot draw it. */
  readonly ready: Promise<MapView | undefined> = new Promise((resolve) => {
    this.resolveReady = resolve;
  });

  get map(): MapLibre | undefined {
    return this.view?.map;
  }

  connectedCallback(): void {
    if (!this.started) {
      this.started = true;
      void this.start();
    }
  }

  private async start(): Promise<void> {
    try {
      const { MapView } = await import("../map/map-view");
      this.view = await MapView.open(this, readConfig(this));
      this.classList.add("is-on");
    } catch (error) {
      console.warn("The map cannot be drawn:", error);
      this.replaceChildren(el("p", { class: "map-note", role: "status" }, t("ui.map.failed")));
    }
    this.resolveReady(this.view);
  }

  /**
   * Shows what the attributes of the map of another page ask for, and zooms to its area if it is
   * another one than before.
   */
  async setFilters({ dataset }: HTMLElement, area: MapConfig["area"]): Promise<void> {
    for (const name of ["query", "hexes", "areas", "scale", "cell", "hide", "things", "show", "res"]) {
      const value = dataset[name];
      if (value !== undefined) {
        this.dataset[name] = value;
      }
    }
    (await this.ready)?.setFilters(area);
  }

  /** Whether the map previews months that are not chosen for the page. */
  get previewsMonths(): boolean {
    return this.view?.monthFilter?.previewing ?? false;
  }

  /** Stops the preview of months, and returns the previewed period if it is still to be chosen. */
  stopMonthPreview(): Period | undefined {
    return this.view?.monthFilter?.stop();
  }

  /** Reloads what has changed. */
  async refresh(change: Change): Promise<void> {
    (await this.ready)?.refresh(change);
  }

  /** Moves the map to a thing other than a pin, and opens it. */
  async showThing(layer: string, id: number): Promise<void> {
    await (await this.ready)?.showThing(layer, id);
  }

  /** Moves the map to a pin, and opens or else highlights it. */
  async showPin(pin: PinLocation): Promise<void> {
    (await this.ready)?.showPin(pin);
  }

  /** Highlights a pin, or none. */
  highlight(pin: PinLocation | undefined): void {
    this.view?.highlight(pin);
  }
}
