// Numbers of pins by month, and a scale of hexes that suits every month.

import type { components } from "../api.gen";
import { fetchJSON } from "../fetch-json";
import { withPeriod } from "../filter-query";
import { classBreaks } from "./class-breaks";
import type { Scale } from "./hex-scale";

type Stats = components["schemas"]["Stats"];
type Hexes = components["schemas"]["HexCollection"];

/**
 * Loads the counts of a query when they are first needed. The map also works without them.
 */
export class MonthCounts {
  private query = "";
  private totals: ReadonlyMap<string, number> | undefined;
  private hasOutliers = false; // pins in months without totals
  private loading: Promise<void> | undefined;
  private scale: { query: string; result: Promise<Scale | undefined> } | undefined;

  constructor(
    private readonly apiURL: string, // of the district
    private readonly onLoad: () => void,
  ) {}

  /** Sets the query, which must not have a period. */
  setQuery(query: string): void {
    const inUse = this.inUse;
    this.query = query;
    this.discard();
    this.totals = undefined;
    if (inUse) {
      void this.load();
    }
  }

  /** Reloads counts that are in use, after pins have changed. */
  refresh(): void {
    if (this.inUse) {
      this.discard();
      void this.load();
    }
  }

  /** Returns the number of pins in a month, or undefined where it is unknown. */
  totalOf(month: string): number | undefined {
    return this.totals?.get(month) ?? (this.totals && !this.hasOutliers ? 0 : undefined);
  }

  load(): Promise<void> {
    if (!this.loading) {
      const loading = this.fetch<Stats>(`stats${this.query}`).then((stats) => {
        if (loading !== this.loading) {
          return; // The query or the pins have changed in the meantime.
        }
        this.hasOutliers = stats !== undefined && stats.earlier.total + stats.later.total > 0;
        this.totals = stats && new Map(stats.months.map(({ month, total }) => [month, total]));
        if (!stats) {
          this.loading = undefined; // The next call tries again.
        }
        this.onLoad();
      });
      this.loading = loading;
    }
    return this.loading;
  }

  /** Returns the scale of the month with most pins, which then serves for all months. */
  async hexScale(resolution: number): Promise<Scale | undefined> {
    await this.load();
    const [month, total] = [...(this.totals ?? [])].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0]);
    const query = `?res=${resolution}&${withPeriod(this.query, { from: month, to: month }).slice(1)}`;
    if (total > 0 && this.scale?.query !== query) {
      const result = this.fetch<Hexes>(`hexes${query}`).then(
        (hexes) => hexes && { breaks: classBreaks(hexes.features.map((hex) => hex.properties.total)), resolution },
      );
      this.scale = { query, result };
    }
    const scale = await this.scale?.result;
    if (!scale) {
      this.scale = undefined; // The next call tries again.
    }
    return scale;
  }

  private get inUse(): boolean {
    return this.totals !== undefined || this.loading !== undefined;
  }

  private discard(): void {
    this.loading = undefined;
    this.scale = undefined;
  }

  private async fetch<T>(path: string): Promise<T | undefined> {
    try {
      return await fetchJSON<T>(`${this.apiURL}/${path}`);
    } catch (error) {
      console.warn(error);
      return undefined;
    }
  }
}
