import type { Map as MapLibre } from "maplibre-gl";
import { configOf } from "./config";
import { el } from "./dom";
import type { Period } from "./map/months";
import type { MapView, PinAt } from "./map/view";
import { t } from "./messages";

/**
 * `<pinezka-map data-config="…">`: the district as hexes and, closer, as pins.
 *
 * Attributes: `data-config` (web.mapConfig as JSON), `data-query` (filters of the
 * tiles, "?kind=need"), `data-mode` ("explore" by default; "pin" with data-lon,
 * data-lat, data-kind and data-blurred shows one place; "place" lets somebody
 * choose one and sends "place" events with detail {lon, lat}), `data-months` (id
 * of the select of months: the map gets a slider, and sends "months" events with
 * detail {from, to} when it comes to rest).
 *
 * For tests and the curious: `map` is the MapLibre map once `ready` resolves.
 */
export class PinezkaMap extends HTMLElement {
  private view: MapView | undefined;
  private settle: (view: MapView | undefined) => void = () => {};
  private started = false;

  /** Resolves when the map stands; to undefined where it cannot. */
  readonly ready: Promise<MapView | undefined> = new Promise((resolve) => {
    this.settle = resolve;
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
      const { MapView } = await import("./map/view");
      this.view = await MapView.open(this, configOf(this));
      this.classList.add("is-on");
      this.settle(this.view);
    } catch (error) {
      console.warn("no map:", error);
      this.replaceChildren(el("p", { class: "map-note", role: "status" }, t("ui.map.failed")));
      this.settle(undefined);
    }
  }

  /** Sets the filters: a query such as "?kind=need"; one area chosen is shown whole. */
  async filter(query: string, area: string, searched: boolean): Promise<void> {
    this.dataset.query = query;
    (await this.ready)?.filter(query, area, searched);
  }

  /** Whether somebody slides or plays the months. */
  get moving(): boolean {
    return this.view?.months?.moving ?? false;
  }

  /** Ends sliding and playing; answers the months on show that have not been chosen yet. */
  rest(): Period | undefined {
    return this.view?.months?.rest();
  }

  /** Asks anew for the tiles of pins and hexes on the screen, or of all layers. */
  async refresh(all: boolean): Promise<void> {
    (await this.ready)?.refresh(all);
  }

  /** Goes to a pin and marks it. */
  async show(pin: PinAt): Promise<void> {
    (await this.ready)?.show(pin);
  }

  /** Marks a pin, or none. */
  light(pin: PinAt | undefined): void {
    this.view?.light(pin);
  }
}
