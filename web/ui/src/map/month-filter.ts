// The filter by month on the map: it previews months, by hand or one after the other, before one is
// chosen for the whole page.

import { type Period, periodOf, withPeriod } from "../filter-query";
import { t } from "../messages";
import { formatScale, type Scale } from "./hex-scale";
import { MonthCounts } from "./month-counts";
import { MonthSlider } from "./month-slider";

const playStepMs = 700; // from month to month
const chooseDelayMs = 400; // without sliding, before the month is chosen
const prefetchTimeoutMs = 3000;

export interface Month {
  value: string; // "2025-03"
  label: string; // "March 2025"
}

export interface MonthFilterOptions {
  apiURL: string; // of the district
  hexResolution: () => number; // of the visible hexes
  /** Shows a query with a given scale of hexes, or the current one. Resolves when it is rendered. */
  preview: (query: string, scale: Scale | undefined) => Promise<void>;
  /** Loads the tiles of a query into the browser's cache. */
  prefetch: (query: string, signal: AbortSignal) => Promise<void>;
  /** Is called when playing starts and when it ends. */
  onPlay: (isPlaying: boolean) => void;
  /** Chooses a period for the whole page. */
  choose: (period: Period) => void;
}

/** Returns the months of the select that data-months names, oldest first. It may also have days. */
export function readMonths(mapElement: HTMLElement): Month[] {
  const select = document.getElementById(mapElement.dataset.months ?? "");
  return select instanceof HTMLSelectElement
    ? [...select.options]
        .filter(({ value }) => /^\d{4}-\d\d$/.test(value))
        .map(({ value, label }) => ({ value, label }))
    : [];
}

export class MonthFilter {
  private readonly slider: MonthSlider;
  private readonly counts: MonthCounts;
  private query = ""; // chosen filters without a period
  private period: Period = { from: "", to: "" }; // on the map
  private isChosen = true; // the period on the map is that of the page
  private chooseTimer: number | undefined;
  private playback: AbortController | undefined;
  private scale: Scale | undefined; // for all months

  constructor(
    container: HTMLElement,
    private readonly months: readonly Month[],
    private readonly span: number, // months of a period, the last of which the slider chooses
    private readonly options: MonthFilterOptions,
  ) {
    this.counts = new MonthCounts(options.apiURL, () => this.updateSlider());
    this.slider = new MonthSlider(container, months.length, {
      onPlay: () => (this.playback ? this.pause() : void this.play()),
      onSlide: (position) => this.slideTo(position),
      onReset: () => {
        void this.preview(0);
        this.choose();
      },
      onUse: () => void this.counts.load(),
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.pause();
      }
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) {
        this.pause();
      }
    });
    this.updateSlider();
  }

  /** Whether the map previews a period, or plays. */
  get previewing(): boolean {
    return !this.isChosen || this.playback !== undefined;
  }

  /**
   * Sets the query of the page. Returns the query to show, which keeps a period that is
   * previewed.
   */
  setQuery(pageQuery: string): string {
    const query = withPeriod(pageQuery, { from: "", to: "" });
    if (query !== this.query) {
      this.query = query;
      this.scale = undefined;
      this.counts.setQuery(query);
    }
    if (this.previewing) {
      return withPeriod(this.query, this.period);
    }
    this.period = periodOf(pageQuery);
    if (this.month) {
      void this.counts.load();
    }
    this.updateSlider();
    return pageQuery;
  }

  /** Reloads the counts after pins have changed. */
  refresh(): void {
    this.counts.refresh();
  }

  /** Adapts the scale to the size of the hexes after zooming. */
  handleZoom(): void {
    if (this.previewing) {
      void this.updateScale();
    }
  }

  /** Stops sliding and playing, and returns the period on the map if it is still to be chosen. */
  stop(): Period | undefined {
    clearTimeout(this.chooseTimer);
    this.stopPlaying();
    const period = this.isChosen ? undefined : this.period;
    this.isChosen = true;
    this.updateSlider();
    return period;
  }

  private stopPlaying(): void {
    if (this.playback) {
      this.playback.abort();
      this.playback = undefined;
      this.options.onPlay(false);
    }
  }

  private slideTo(position: number): void {
    clearTimeout(this.chooseTimer);
    this.stopPlaying();
    void this.preview(position);
    void this.updateScale();
    this.chooseTimer = window.setTimeout(() => this.choose(), chooseDelayMs);
  }

  /** Shows the month at a position of the slider on the map. */
  private preview(position: number): Promise<void> {
    this.isChosen = false;
    this.period = this.periodAt(position);
    this.updateSlider();
    return this.options.preview(withPeriod(this.query, this.period), this.scale);
  }

  private async play(): Promise<void> {
    clearTimeout(this.chooseTimer);
    this.playback = new AbortController();
    this.options.onPlay(true);
    const { signal } = this.playback;
    const last = this.months.length;
    let position = this.month ? (this.position % last) + 1 : 1;
    this.slider.announce(false);
    this.updateSlider();
    await withTimeout(prefetchTimeoutMs, Promise.all([this.updateScale(), this.prefetch(position, signal)]));
    while (!signal.aborted) {
      const step = sleep(playStepMs);
      await this.preview(position);
      if (position === last && !signal.aborted) {
        this.pause();
      }
      if (signal.aborted) {
        return;
      }
      position++;
      await Promise.all([step, withTimeout(prefetchTimeoutMs, this.prefetch(position, signal))]);
    }
  }

  private prefetch(position: number, signal: AbortSignal): Promise<void> {
    return this.options.prefetch(withPeriod(this.query, this.periodAt(position)), signal);
  }

  private pause(): void {
    if (this.playback) {
      this.choose();
      this.slider.announce(true);
    }
  }

  private choose(): void {
    const period = this.stop();
    if (period) {
      this.options.choose(period);
    }
  }

  private async updateScale(): Promise<void> {
    const scale = await this.counts.hexScale(this.options.hexResolution());
    if (scale && (!this.scale || formatScale(scale) !== formatScale(this.scale))) {
      this.scale = scale;
      if (!this.isChosen) {
        void this.options.preview(withPeriod(this.query, this.period), scale);
      }
    }
  }

  private periodAt(position: number): Period {
    const to = this.months[position - 1]?.value ?? "";
    const from = position === 0 ? "" : (this.months[Math.max(0, position - this.span)]?.value ?? "");
    return { from, to };
  }

  private positionOf(month: string): number {
    return this.months.findIndex(({ value }) => value === month) + 1;
  }

  private get position(): number {
    const { from, to } = this.period;
    return this.positionOf(this.span > 1 ? to || from : from || to);
  }

  /** The month on the map, or the last of the span, if it is one. */
  private get month(): Month | undefined {
    const { from, to } = this.periodAt(this.position);
    return from === this.period.from && to === this.period.to ? this.months[this.position - 1] : undefined;
  }

  private updateSlider(): void {
    const { month, period } = this;
    this.slider.show({
      position: this.position,
      label: (this.span === 1 && month?.label) || this.periodLabel(),
      total: this.span === 1 && month ? this.counts.totalOf(month.value) : undefined,
      isMonth: month !== undefined,
      isAll: period.from === "" && period.to === "",
      isPlaying: this.playback !== undefined,
    });
  }

  private periodLabel(): string {
    const { from, to } = this.period;
    const label = (value: string): string => this.months[this.positionOf(value) - 1]?.label ?? value;
    if (from && to) {
      return t("ui.months.from_to", { from: label(from), to: label(to) });
    }
    if (from || to) {
      return from ? t("ui.months.from", { month: label(from) }) : t("ui.months.to", { month: label(to) });
    }
    return t("ui.months.all");
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves with the promise, or after some time without it. */
const withTimeout = (ms: number, promise: Promise<unknown>): Promise<unknown> => Promise.race([promise, sleep(ms)]);
