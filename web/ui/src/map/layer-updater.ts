// Updates of the layers: the filters of their tiles, reloads, and the colours of hexes.

import type { Map as MapLibre } from "maplibre-gl";
import { blend, type Colours } from "./colours";
import type { MapConfig } from "./config";
import { formatScale, type HexTotals, type Scale, suitableScale } from "./hex-scale";
import { hexColour, hexOpacity, hexResolution, hexResolutions, setTileFilters, streetZoom } from "./layers";
import type { Legend } from "./legend";

const minRetryDelayMs = 4000; // before tiles that failed are requested again
const renderTimeoutMs = 8000; // for the tiles of one update

/** What the map shows. */
export interface Shown {
  query: string; // of the tiles
  totals: HexTotals; // of the filters of the page, which the query has unless it previews a month
  held: Scale | undefined; // the scale of the address
  months: Scale | undefined; // the scale of all months, while they are previewed
}

/**
 * Applies updates one at a time: of two responses for a tile MapLibre may show the older one last.
 * The hexes change their colours, and the legend its scale, when the new tiles are shown.
 */
export class LayerUpdater {
  legend: Legend | undefined;

  private painted: Scale[] = []; // by resolution
  private previous: Scale[] = []; // that were painted before, for other filters
  private readonly staleSources = new Set<string>();
  private readonly failedSources = new Set<string>();
  private retryTimer: number | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly map: MapLibre,
    private readonly config: MapConfig,
    private colours: Colours,
    private hasBasemap: boolean,
    public shown: Shown,
  ) {}

  /** Starts over with layers that have just been added. */
  reset(colours: Colours, hasBasemap: boolean): void {
    this.colours = colours;
    this.hasBasemap = hasBasemap;
    this.painted = [];
    this.paintHexes();
    void this.run();
  }

  /** Shows something else. Resolves when it is rendered. */
  show(shown: Shown): Promise<void> {
    const resolution = (held: Scale | undefined): number => hexResolution(this.map.getZoom(), held);
    if (resolution(shown.held) !== resolution(this.shown.held)) {
      this.staleSources.add("hexes");
    }
    const { painted } = this;
    const hasChanged = shown.query !== this.shown.query;
    this.shown = shown;
    return this.run().then(() => {
      if (hasChanged && this.painted === painted) {
        this.previous = painted; // The scale is the same for these filters.
      }
      this.updateLegend();
    });
  }

  /**
   * Reloads the visible tiles of sources. The server responds with 304 for tiles that have not changed.
   */
  refresh(sources: readonly string[]): void {
    for (const source of sources) {
      this.staleSources.add(source);
    }
    void this.run();
  }

  /** Reloads a source later, after one of its tiles has failed. */
  retry(source: string): void {
    this.failedSources.add(source);
    this.retryTimer ??= window.setTimeout(
      () => {
        this.retryTimer = undefined;
        this.refresh([...this.failedSources]);
        this.failedSources.clear();
      },
      minRetryDelayMs * (1 + Math.random()),
    );
  }

  /** Applies all updates. Resolves when they are rendered. */
  private run(): Promise<void> {
    this.running ??= this.applyUpdates().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async applyUpdates(): Promise<void> {
    for (;;) {
      if (setTileFilters(this.map, this.config, this.shown.query)) {
        this.staleSources.delete("pins");
        this.staleSources.delete("hexes");
      } else if (this.staleSources.size > 0) {
        await this.loaded(); // MapLibre does not request a tile again while it is loading.
        for (const source of this.staleSources) {
          if (this.map.getSource(source)) {
            this.map.refreshTiles(source);
          }
        }
        this.staleSources.clear();
      } else if (!this.paintHexes()) {
        return;
      }
      await this.rendered();
    }
  }

  /** Resolves when no tile is loading and all are rendered, or after the timeout. */
  private async rendered(): Promise<void> {
    await this.loaded();
    return new Promise((resolve) => {
      this.map.once("render", () => resolve());
      this.map.triggerRepaint();
    });
  }

  /** Resolves when no tile is loading, or after the timeout. */
  private loaded(): Promise<void> {
    const deadline = Date.now() + renderTimeoutMs;
    return new Promise((resolve) => {
      const check = (): void => {
        const loaded = ["pins", "hexes", "things"].every((s) => !this.map.getSource(s) || this.map.isSourceLoaded(s));
        if (loaded || Date.now() > deadline) {
          resolve();
        } else {
          requestAnimationFrame(check);
        }
      };
      requestAnimationFrame(check);
    });
  }

  /** Colours the hexes by the scales, and reports whether these have changed. */
  private paintHexes(): boolean {
    const { totals, held, months } = this.shown;
    const scales = hexResolutions.map(
      (resolution) =>
        [held, months].find((scale) => scale?.resolution === resolution) ?? suitableScale(totals, resolution),
    );
    if (String(scales.map(formatScale)) === String(this.painted.map(formatScale)) || !this.map.getLayer("hexes")) {
      return false;
    }
    this.previous = this.painted;
    this.painted = scales;
    this.map.setPaintProperty("hexes", "fill-color", hexColour(scales, this.colours));
    this.updateLegend();
    return true;
  }

  /** Updates the legend for the zoom and the scale. */
  updateLegend(): void {
    if (this.map.getZoom() >= streetZoom) {
      this.legend?.showPins();
      return;
    }
    const { held } = this.shown;
    const resolution = hexResolution(this.map.getZoom(), held);
    const ofResolution = (scale: Scale): boolean => scale.resolution === resolution;
    const scale = this.painted.find(ofResolution);
    if (scale) {
      const { hexes, land, inside } = this.colours;
      const ground = this.hasBasemap ? land : inside;
      const ramp = hexes.map((colour) => blend(colour, ground, hexOpacity(this.hasBasemap)));
      this.legend?.showHexes({ scale, held, previous: this.previous.find(ofResolution), ramp });
    }
  }
}
