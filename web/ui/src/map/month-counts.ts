// Numbers of pins by month, and class breaks of hexes that suit every month.

import type { components } from "../api.gen";
import { fetchJSON } from "../fetch-json";
import { withPeriod } from "../filter-query";
import { classBreaks } from "./class-breaks";

type Stats = components["schemas"]["Stats"];
type Hexes = components["schemas"]["HexCollection"];
type Breaks = readonly number[] | undefined;

/**
 * Loads the counts of a query when they are first needed. The map also works without them.
 */
export class MonthCounts {
  private query = "";
  private totals: ReadonlyMap<string, number> | undefined;
  private hasOutliers = false; // pins in months without totals
  private loading: Promise<void> | undefined;
  private breaks: { query: string; result: Promise<Breaks> } | undefined;

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

  /** Returns the class breaks of the month with most pins, which then serve for all months. */
  async hexBreaks(resolution: number): Promise<Breaks> {
    await this.load();
    const [month, total] = [...(this.totals ?? [])].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0]);
    const query = `?res=${resolution}&${withPeriod(this.query, { from: month, to: month }).slice(1)}`;
    if (total > 0 && this.breaks?.query !== query) {
      const result = this.fetch<Hexes>(`hexes${query}`).then(
        (hexes) => hexes && classBreaks(hexes.features.map(({ properties }) => properties.total)),
      );
      this.breaks = { query, result };
    }
    const breaks = await this.breaks?.result;
    if (!breaks) {
      this.breaks = undefined; // The next call tries again.
    }
    return breaks;
  }

  private get inUse(): boolean {
    return this.totals !== undefined || this.loading !== undefined;
  }

  private discard(): void {
    this.loading = undefined;
    this.breaks = undefined;
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
