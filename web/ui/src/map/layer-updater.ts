// Updates of the layers: the filters of their tiles, reloads, and the colours of hexes.

import type { Map as MapLibre } from "maplibre-gl";
import { classBreaks } from "./class-breaks";
import type { Colours } from "./colours";
import type { MapConfig } from "./config";
import { resolutionOf } from "./h3";
import { hexColour, setTileFilters, streetZoom } from "./layers";
import type { Legend } from "./legend";

const minRetryDelayMs = 4000; // before tiles that failed are requested again
const renderTimeoutMs = 8000; // for the tiles of one update

/**
 * Applies updates one at a time: of two responses for a tile MapLibre may show the older one last.
 */
export class LayerUpdater {
  /** Class breaks of the hexes. */
  breaks: readonly number[] = [];
  /** Class breaks that stay the same for all queries, if set. */
  fixedBreaks: readonly number[] | undefined;
  legend: Legend | undefined;

  private breaksKey = ""; // resolution and query that the breaks were computed for
  private paintedBreaks = "";
  private resolution = 0; // of the visible hexes
  private readonly staleSources = new Set<string>();
  private readonly failedSources = new Set<string>();
  private retryTimer: number | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly map: MapLibre,
    private readonly config: MapConfig,
    private colours: Colours,
    public query: string,
  ) {}

  /** Starts over with layers that have just been added. */
  reset(colours: Colours): void {
    this.colours = colours;
    this.breaksKey = "";
    this.paintedBreaks = "";
    void this.run();
  }

  /**
   * Shows a query, with class breaks of its own unless some are given. Resolves when it is
   * rendered.
   */
  show(query: string, fixedBreaks: readonly number[] | undefined): Promise<void> {
    this.query = query;
    this.fixedBreaks = fixedBreaks;
    this.breaksKey = "";
    return this.run();
  }

  /**
   * Reloads the visible tiles of sources. The server responds with 304 for tiles that have not changed.
   */
  refresh(sources: readonly string[]): void {
    this.breaksKey = "";
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
      this.map.triggerRepaint(); // The idle event that follows updates the class breaks.
    });
    return this.running;
  }

  private async applyUpdates(): Promise<void> {
    for (;;) {
      if (setTileFilters(this.map, this.config, this.query)) {
        this.staleSources.delete("pins");
        this.staleSources.delete("hexes");
      } else if (this.staleSources.size > 0) {
        for (const source of this.staleSources) {
          if (this.map.getSource(source)) {
            this.map.refreshTiles(source);
          }
        }
        this.staleSources.clear();
      } else if (this.fixedBreaks && this.paintHexes(this.fixedBreaks)) {
        this.updateLegend();
      } else {
        return;
      }
      await this.rendered();
    }
  }

  /** Resolves when no tile is loading and all are rendered, or after the timeout. */
  private rendered(): Promise<void> {
    const deadline = Date.now() + renderTimeoutMs;
    return new Promise((resolve) => {
      const check = (): void => {
        const loaded = ["pins", "hexes"].every((s) => !this.map.getSource(s) || this.map.isSourceLoaded(s));
        if (loaded || Date.now() > deadline) {
          this.map.once("render", () => resolve());
          this.map.triggerRepaint();
        } else {
          requestAnimationFrame(check);
        }
      };
      requestAnimationFrame(check);
    });
  }

  /** Colours the hexes by class breaks, and reports whether the breaks have changed. */
  private paintHexes(breaks: readonly number[]): boolean {
    this.breaks = breaks;
    if (String(breaks) === this.paintedBreaks || !this.map.getLayer("hexes")) {
      return false;
    }
    this.paintedBreaks = String(breaks);
    this.map.setPaintProperty("hexes", "fill-color", hexColour(breaks, this.colours));
    return true;
  }

  /** Computes the class breaks from the visible hexes, once for a resolution and a query. */
  updateBreaks(): void {
    if (this.running) {
      return; // The visible hexes are not those of the query yet.
    }
    if (this.map.getZoom() <= streetZoom + 0.5 && this.map.getLayer("hexes")) {
      const hexes = this.map.queryRenderedFeatures({ layers: ["hexes"] });
      const totals = new Map(hexes.map(({ properties }) => [String(properties.h3), Number(properties.total)]));
      this.resolution = resolutionOf(String(hexes[0]?.properties.h3 ?? ""));
      const key = `${this.resolution} ${this.query}`;
      if (!this.fixedBreaks && (key !== this.breaksKey || (totals.size > 0 && this.breaks.length === 0))) {
        this.breaksKey = hexes.length > 0 ? key : "";
        this.paintHexes(classBreaks([...totals.values()]));
      }
    }
    this.updateLegend();
  }

  /** Updates the legend for the zoom and the class breaks. */
  updateLegend(): void {
    if (this.map.getZoom() >= streetZoom) {
      this.legend?.showPins();
    } else if (this.resolution > 0 || this.breaks.length === 0) {
      this.legend?.showHexes(this.breaks, this.resolution, this.colours);
    }
  }
}
