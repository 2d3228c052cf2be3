// What the map shows of a query: its tiles, and its hexes in classes, brought to
// what is wanted one change at a time.

import type { Map as MapLibre } from "maplibre-gl";
import { breaks, resolutionOf } from "../classes";
import type { Config } from "../config";
import type { Colours } from "./colours";
import { filterLayers, hexColour, streetZoom } from "./layers";
import type { Legend } from "./legend";

const retry = 4000; // ms at least before tiles that failed are asked for again
const patience = 8000; // ms that tiles are waited for

export class Painting {
  /** Classes of the hexes. */
  bounds: readonly number[] = [];
  /** Classes that hold for several months. */
  frozen: readonly number[] | undefined;
  legend: Legend | undefined;

  private classed = ""; // resolution and query that the classes were made for
  private coloured = ""; // classes of the colours at hand
  private readonly stale = new Set<string>(); // sources to ask anew for
  private resolution = 0;
  private settling: Promise<void> | undefined;
  private retrying: number | undefined;
  private readonly failed = new Set<string>(); // sources of which a tile could not be had

  constructor(
    private readonly map: MapLibre,
    private readonly config: Config,
    private colours: Colours,
    public query: string,
  ) {}

  /** Begins again on layers that have just been added. */
  begin(colours: Colours): void {
    this.colours = colours;
    this.classed = "";
    this.coloured = "";
    void this.settle();
  }

  /** Shows a query, in given classes or in those of its hexes; resolves when it is painted. */
  show(query: string, frozen: readonly number[] | undefined): Promise<void> {
    this.query = query;
    this.frozen = frozen;
    this.classed = "";
    return this.settle();
  }

  /** Asks anew for the sources' tiles on the screen: what has not changed costs a 304. */
  refresh(sources: readonly string[]): void {
    this.classed = "";
    for (const source of sources) {
      this.stale.add(source);
    }
    void this.settle();
  }

  /** Asks again, in a while, for the tiles of a source of which one could not be had. */
  again(source: string): void {
    this.failed.add(source);
    this.retrying ??= window.setTimeout(
      () => {
        this.retrying = undefined;
        this.refresh([...this.failed]);
        this.failed.clear();
      },
      retry * (1 + Math.random()),
    );
  }

  /** Brings tiles and colours to what is wanted; resolves when all is painted. */
  private settle(): Promise<void> {
    this.settling ??= this.bring().finally(() => {
      this.settling = undefined;
      this.map.triggerRepaint(); // and so to idle, where the hexes are classed
    });
    return this.settling;
  }

  /** One change at a time: of two answers for a tile MapLibre may paint the older one last. */
  private async bring(): Promise<void> {
    for (;;) {
      if (filterLayers(this.map, this.config, this.query)) {
        this.stale.delete("pins");
        this.stale.delete("hexes");
      } else if (this.stale.size > 0) {
        for (const source of this.stale) {
          if (this.map.getSource(source)) {
            this.map.refreshTiles(source);
          }
        }
        this.stale.clear();
      } else if (this.frozen && this.colour(this.frozen)) {
        this.explain();
      } else {
        return;
      }
      await this.drawn();
    }
  }

  /** Resolves when no tile is under way and what came is painted, or when patience ends. */
  private drawn(): Promise<void> {
    const until = Date.now() + patience;
    return new Promise((resolve) => {
      const look = (): void => {
        const there = ["pins", "hexes"].every((s) => !this.map.getSource(s) || this.map.isSourceLoaded(s));
        if (there || Date.now() > until) {
          this.map.once("render", () => resolve());
          this.map.triggerRepaint();
        } else {
          requestAnimationFrame(look);
        }
      };
      requestAnimationFrame(look);
    });
  }

  /** Colours the hexes by classes, and says whether they had other colours before. */
  private colour(bounds: readonly number[]): boolean {
    this.bounds = bounds;
    if (String(bounds) === this.coloured || !this.map.getLayer("hexes")) {
      return false;
    }
    this.coloured = String(bounds);
    this.map.setPaintProperty("hexes", "fill-color", hexColour(bounds, this.colours));
    return true;
  }

  /** Classes of the hexes at hand: made once for a resolution and a query. */
  classify(): void {
    if (this.settling) {
      return; // what is painted is not yet what is wanted
    }
    if (this.map.getZoom() > streetZoom + 0.5 || !this.map.getLayer("hexes")) {
      this.explain();
      return;
    }
    const hexes = this.map.queryRenderedFeatures({ layers: ["hexes"] });
    const resolution = resolutionOf(String(hexes[0]?.properties.h3 ?? ""));
    const totals = new Map(hexes.map((hex) => [hex.properties.h3 as string, Number(hex.properties.total)]));
    const key = `${resolution} ${this.query}`;
    if (!this.frozen && (key !== this.classed || (totals.size > 0 && this.bounds.length === 0))) {
      this.classed = hexes.length > 0 ? key : "";
      this.colour(breaks([...totals.values()]));
    }
    this.resolution = resolution;
    this.explain();
  }

  /** Has the legend say what is on the screen. */
  explain(): void {
    if (this.map.getZoom() >= streetZoom) {
      this.legend?.pins();
    } else if (this.resolution > 0 || this.bounds.length === 0) {
      this.legend?.hexes(this.bounds, this.resolution, this.colours);
    }
  }
}
