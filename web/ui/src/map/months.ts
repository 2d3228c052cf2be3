// The slider of months: one month after the other on the map, by hand or played.

import type { components } from "../api.gen";
import { breaks } from "../classes";
import { el, strokes } from "../dom";
import { t } from "../messages";
import { tileQuery } from "../query";

type Stats = components["schemas"]["Stats"];
type Hexes = components["schemas"]["HexCollection"];

const pace = 700; // ms from month to month
const resting = 400; // ms without a move after which a month is chosen
const patience = 3000; // ms that counts and tiles are waited for

const paths = { play: "M8 5v14l11-7z", pause: "M8 5v14M16 5v14" };

export interface Month {
  value: string; // "2025-03"
  label: string;
}

/** First and last month, both included; "" is no limit. */
export interface Period {
  from: string;
  to: string;
}

export interface MonthsUses {
  api: string; // of the district
  resolution: () => number; // of the hexes on the screen
  /** Shows the tiles of a query in given classes, or those at hand; resolves when they are painted. */
  show: (query: string, bounds: readonly number[] | undefined) => Promise<void>;
  /** Fetches the tiles of a query before they are shown. */
  ahead: (query: string, signal: AbortSignal) => Promise<void>;
  /** Months have been chosen, for the whole page. */
  choose: (period: Period) => void;
}

/** Months of the select that data-months names, oldest first. */
export function monthsOf(host: HTMLElement): Month[] {
  const select = document.getElementById(host.dataset.months ?? "");
  return select instanceof HTMLSelectElement
    ? [...select.options].filter(({ value }) => value !== "").map(({ value, label }) => ({ value, label }))
    : [];
}

/**
 * Position 0 of the slider is all months, 1 the oldest month. What is slid or
 * played shows on the map alone; where it comes to rest, it is chosen.
 */
export class Months {
  private readonly button = el("button", { class: "months-play", type: "button" });
  private readonly text = el("p", { class: "months-text" });
  private readonly back = el("button", { class: "months-all", type: "button", "aria-label": t("ui.months.back") });
  private readonly range: HTMLInputElement;
  private readonly live = el("p", { class: "hidden", role: "status" });
  private base = ""; // the filters without months
  private period: Period = { from: "", to: "" };
  private moved = false; // what is on the map has not been chosen yet
  private timer: number | undefined;
  private player: AbortController | undefined;
  private counts: ReadonlyMap<string, number> | undefined;
  private counting: Promise<void> | undefined;
  private classes: { key: string; bounds: Promise<readonly number[] | undefined> } | undefined;
  private bounds: readonly number[] | undefined;

  constructor(
    host: HTMLElement,
    private readonly months: readonly Month[],
    private readonly uses: MonthsUses,
  ) {
    this.range = el("input", {
      class: "months-range",
      type: "range",
      min: "0",
      max: String(months.length),
      step: "1",
      value: "0",
      autocomplete: "off",
      "aria-label": t("ui.months.label"),
    });
    this.back.append(t("ui.months.back_short"));
    const line = el("div", { class: "months-line" }, this.text, this.back);
    const box = el("div", { class: "months-box", role: "group" }, this.button, line, this.range, this.live);
    box.setAttribute("aria-label", t("ui.months.heading"));
    host.append(box);
    this.button.addEventListener("click", () => (this.player ? this.pause() : void this.play()));
    this.range.addEventListener("input", () => this.slide());
    this.back.addEventListener("click", () => this.all());
    for (const use of ["focusin", "pointerenter"]) {
      box.addEventListener(use, () => void this.count());
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.player) {
        this.pause();
      }
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.player) {
        this.pause();
      }
    });
    this.write();
  }

  /** Whether months are being slid or played. */
  get moving(): boolean {
    return this.moved || this.player !== undefined;
  }

  /**
   * Follows the filters that have been chosen; answers the query to show, which
   * keeps the months that somebody is just sliding.
   */
  follow(query: string): string {
    const chosen = new URLSearchParams(query);
    const period = { from: chosen.get("from") ?? "", to: chosen.get("to") ?? "" };
    chosen.delete("from");
    chosen.delete("to");
    const base = tileQuery(chosen.toString());
    if (base !== this.base) {
      this.base = base;
      const used = this.counts ?? this.counting;
      this.forget();
      this.counts = undefined;
      this.bounds = undefined;
      if (used) {
        void this.count();
      }
    }
    if (this.moving) {
      return this.query;
    }
    this.period = period;
    this.range.value = String(Math.max(0, this.indexOf(period.from), this.indexOf(period.from || period.to)));
    if (this.single) {
      void this.count();
    }
    this.write();
    return query;
  }

  /** Pins have changed: counts that were asked for are asked for anew. */
  changed(): void {
    if (this.counts ?? this.counting) {
      this.forget();
      void this.count();
    }
  }

  /** Hexes have another size now. */
  zoomed(): void {
    if (this.moving) {
      void this.classify();
    }
  }

  /** Ends sliding and playing; answers the months on the map, where nobody has chosen them yet. */
  rest(): Period | undefined {
    clearTimeout(this.timer);
    this.player?.abort();
    this.player = undefined;
    const pending = this.moved ? this.period : undefined;
    this.moved = false;
    this.write();
    return pending;
  }

  private indexOf(month: string): number {
    return this.months.findIndex(({ value }) => value === month) + 1;
  }

  /** The one month on show. */
  private get single(): Month | undefined {
    const { from, to } = this.period;
    return from === to ? this.months[this.indexOf(from) - 1] : undefined;
  }

  private get query(): string {
    return this.queryOf(this.period);
  }

  private queryOf({ from, to }: Period): string {
    const query = new URLSearchParams(this.base);
    query.set("from", from);
    query.set("to", to);
    return tileQuery(query.toString());
  }

  private periodAt(index: number): Period {
    const month = this.months[index - 1]?.value ?? "";
    return { from: month, to: month };
  }

  private slide(): void {
    clearTimeout(this.timer);
    this.player?.abort();
    this.player = undefined;
    void this.go(this.range.valueAsNumber);
    void this.classify();
    this.timer = window.setTimeout(() => this.choose(), resting);
  }

  /** Shows a position of the slider on the map. */
  private go(index: number): Promise<void> {
    this.moved = true;
    this.period = this.periodAt(index);
    this.range.value = String(index);
    this.write();
    return this.uses.show(this.query, this.bounds);
  }

  private async play(): Promise<void> {
    clearTimeout(this.timer);
    const player = new AbortController();
    this.player = player;
    const { signal } = player;
    const last = this.months.length;
    let index = this.single ? (this.range.valueAsNumber % last) + 1 : 1;
    this.live.textContent = "";
    this.write();
    await soon(patience, Promise.all([this.classify(), this.uses.ahead(this.queryOf(this.periodAt(index)), signal)]));
    while (!signal.aborted) {
      const beat = sleep(pace);
      await this.go(index);
      if (index === last && !signal.aborted) {
        this.pause();
      }
      if (signal.aborted) {
        return;
      }
      index++;
      await Promise.all([beat, soon(patience, this.uses.ahead(this.queryOf(this.periodAt(index)), signal))]);
    }
  }

  private pause(): void {
    this.choose();
    this.live.textContent = this.said;
  }

  private all(): void {
    this.range.focus();
    void this.go(0);
    this.choose();
  }

  /** What is on the map becomes the choice of the page. */
  private choose(): void {
    const period = this.rest();
    if (period) {
      this.uses.choose(period);
    }
  }

  private forget(): void {
    this.counting = undefined;
    this.classes = undefined;
  }

  /** Asks for the counts by month, once for a choice of filters. */
  private count(): Promise<void> {
    if (!this.counting) {
      const counting = this.ask<Stats>("stats", this.base).then((stats) => {
        if (counting !== this.counting) {
          return; // filters or pins have changed since
        }
        this.counts = stats && new Map(stats.months.map(({ month, total }) => [month, total]));
        if (!stats) {
          this.counting = undefined; // the next use asks again
        }
        this.write();
      });
      this.counting = counting;
    }
    return this.counting;
  }

  /** Freezes the classes: those of the busiest month hold for all. */
  private async classify(): Promise<void> {
    await this.count();
    const busiest = [...(this.counts ?? [])].reduce((most, month) => (month[1] > most[1] ? month : most), ["", 0]);
    const query = `res=${this.uses.resolution()}&${this.queryOf({ from: busiest[0], to: busiest[0] }).slice(1)}`;
    if (busiest[1] > 0 && this.classes?.key !== query) {
      const bounds = this.ask<Hexes>("hexes", `?${query}`).then(
        (hexes) => hexes && breaks(hexes.features.map(({ properties }) => properties.total)),
      );
      this.classes = { key: query, bounds };
    }
    const bounds = await this.classes?.bounds;
    if (!bounds) {
      this.classes = undefined; // the next use asks again
    } else if (String(bounds) !== String(this.bounds)) {
      this.bounds = bounds;
      if (this.moved) {
        void this.uses.show(this.query, bounds);
      }
    }
  }

  private async ask<T>(what: string, query: string): Promise<T | undefined> {
    try {
      const response = await fetch(`${this.uses.api}/${what}${query}`, { cache: "no-cache" });
      if (!response.ok) {
        throw new Error(`${what}: ${response.status}`);
      }
      return (await response.json()) as T;
    } catch (error) {
      console.warn(error); // the map shows the months all the same
      return undefined;
    }
  }

  /** Pins of the month on show, where known. */
  private get number(): number | undefined {
    return this.single && this.counts && (this.counts.get(this.single.value) ?? 0);
  }

  /** What is on show, in words. */
  private get said(): string {
    const { single, number } = this;
    if (single) {
      return number === undefined ? single.label : t("ui.months.value", { month: single.label, n: number });
    }
    return this.span;
  }

  private get span(): string {
    const label = (month: string): string => this.months[this.indexOf(month) - 1]?.label ?? month;
    const { from, to } = this.period;
    if (from && to) {
      return t("ui.months.from_to", { from: label(from), to: label(to) });
    }
    if (from || to) {
      return from ? t("ui.months.from", { month: label(from) }) : t("ui.months.to", { month: label(to) });
    }
    return t("ui.months.all");
  }

  private write(): void {
    const { single, number } = this;
    this.text.replaceChildren(el("b", {}, single?.label ?? this.span));
    if (number !== undefined) {
      this.text.append(" ", el("span", {}, t("ui.pins", { n: number })));
    }
    this.range.setAttribute("aria-valuetext", this.said);
    this.range.classList.toggle("is-open", !single);
    this.back.hidden = this.period.from === "" && this.period.to === "";
    const playing = this.player !== undefined;
    const label = t(playing ? "ui.months.pause" : "ui.months.play");
    if (this.button.title !== label) {
      this.button.title = label;
      this.button.setAttribute("aria-label", label);
      this.button.classList.toggle("is-playing", playing);
      this.button.replaceChildren(strokes(playing ? paths.pause : paths.play));
    }
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves with the promise, or after some time without it. */
const soon = (ms: number, promise: Promise<unknown>): Promise<unknown> => Promise.race([promise, sleep(ms)]);
