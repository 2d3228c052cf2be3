import { type Change, subscribeToChanges } from "../change-stream";
import { el } from "../create-element";
import { closeMenusOutside } from "../disclosure-menus";
import { type Period, pageQuery } from "../filter-query";
import { MainSearch } from "../main-search";
import { nextFragment } from "../map/address-fragment";
import { type Kind, readConfig } from "../map/config";
import type { FilterDetail } from "../map/explore-mode";
import type { PinOnMap } from "../map/pin-marker";
import { t } from "../messages";
import { copyCounts, copyValues, replaceChildren } from "../partial-page-update";
import type { MapElement } from "./map-element";

const loadingNoteDelayMs = 200; // before the page says that it is loading

interface LoadOptions {
  updateForm?: boolean; // set the form to the values of the loaded page
  focusResults?: boolean; // scroll to the results and focus them
  background?: boolean; // not started by the visitor: show no progress, and throw on failure
}

/**
 * `<pinezka-filters data-results="id" data-map="id">` contains the form of filters and the chips. data-also
 * is the id of something else that depends on the filters.
 *
 * The address is the state. When it changes, the element loads the page of the new address and
 * takes the results, counts and chips from it, keeping the focus and what is open. So the server
 * alone renders and computes.
 */
export class FilterForm extends HTMLElement {
  private form!: HTMLFormElement;
  private progress!: HTMLElement;
  private readonly announcement = el("p", { class: "hidden", role: "status" });
  private request: AbortController | undefined;
  private userLoad: Promise<void> | undefined; // the latest load that is not in the background
  private search: MainSearch | undefined;
  private requestedQuery = location.search; // of the page that is shown or loading
  private lastField = ""; // that changed the filters
  private selectedPin: number | undefined; // id of the pin that is open on the map

  connectedCallback(): void {
    const form = this.querySelector("form");
    const progress = this.querySelector<HTMLElement>(".progress");
    if (!form || !progress) {
      return;
    }
    this.form = form;
    this.progress = progress;
    this.append(this.announcement);
    form.autocomplete = "off";
    this.listenToForm();
    closeMenusOutside(form, "details.facet");
    this.addEventListener("click", (event) => this.handleClick(event));
    this.results.addEventListener("click", (event) => this.handleClick(event));
    for (const type of ["click", "auxclick"]) {
      this.results.addEventListener(type, ({ target }) => addPosition(target));
    }
    window.addEventListener("popstate", () => {
      if (location.search !== this.requestedQuery) {
        this.lastField = "";
        void this.load(location.href, { updateForm: true });
      }
    });
    this.highlightHoveredPins();
    const { map } = this;
    if (map) {
      if (form.querySelector("[data-main-search]")) {
        this.search = new MainSearch(form, map, () => this.applyWithPreview("search"));
      }
      map.addEventListener("months", (event) => {
        this.period = (event as CustomEvent<Period>).detail;
        this.apply("months");
      });
      map.addEventListener("playing", (event) => this.setNumbersAside((event as CustomEvent<boolean>).detail));
      map.addEventListener("filter", (event) => {
        const { name, value } = (event as CustomEvent<FilterDetail>).detail;
        (this.form.elements.namedItem(name) as HTMLInputElement).value = value;
        this.apply("", { focusResults: name === "cell" });
      });
      map.addEventListener("pin", (event) => {
        this.selectedPin = (event as CustomEvent<PinOnMap | undefined>).detail?.id;
        this.markSelectedPin()?.scrollIntoView({ block: "nearest" });
      });
      subscribeToChanges(readConfig(map).changes, (change) => this.showChange(change));
    }
  }

  private listenToForm(): void {
    const isSearch = ({ target }: Event): boolean => target instanceof HTMLInputElement && target.type === "search";
    this.form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement) {
        this.apply("months");
      } else if (!isSearch(event)) {
        this.applyWithPreview();
      }
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.applyWithPreview();
    });
  }

  /**
   * Shows what others have changed. While somebody reads the list, it offers the changes instead of
   * replacing the list. Throws when the list cannot be loaded.
   */
  private async showChange(change: Change): Promise<void> {
    void this.map?.refresh(change);
    while (this.userLoad) {
      await this.userLoad; // Its page may be older than the change.
    }
    if (this.map?.previewsMonths) {
      return; // The list is loaded when a month is chosen.
    }
    const isReading =
      this.results.contains(document.activeElement) || new URLSearchParams(location.search).has("after");
    if (!isReading) {
      await this.load(location.href, { background: true });
      return;
    }
    const show = el("button", { type: "button" }, t("ui.changes.show"));
    show.addEventListener("click", () => void this.load(location.href, { focusResults: true }));
    this.showProgress(t("ui.changes.there"), show);
    this.progress.classList.remove("is-fault");
  }

  private get results(): HTMLElement {
    return document.getElementById(this.dataset.results ?? "") ?? this;
  }

  private get map(): MapElement | null {
    return document.getElementById(this.dataset.map ?? "") as MapElement | null;
  }

  /** Applies the form, with the period that the map previews. */
  private applyWithPreview(field?: string): void {
    this.period = this.map?.stopMonthPreview() ?? this.period;
    this.apply(field);
  }

  /**
   * Loads the page of the values in the form. Each change adds an entry to the history, but repeated
   * changes of a field that is typed or slid in add one.
   */
  private apply(field = "", options: LoadOptions = {}): void {
    const { from, to } = this.period;
    if (to !== "" && from > to) {
      this.period = { from: to, to: from };
    }
    const url = new URL(this.form.action);
    url.search = pageQuery(new FormData(this.form));
    url.hash = nextFragment(new URL(location.href), url);
    if (url.search === location.search || (field !== "" && field === this.lastField)) {
      history.replaceState(null, "", url);
    } else {
      history.pushState(null, "", url);
    }
    this.lastField = field;
    void this.load(url.href, options);
  }

  /**
   * Handles clicks on pins of the list, on bars of the chart, and on links to other states of this
   * page.
   */
  private handleClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const bar = target?.closest<SVGElement>("[data-month]");
    const item = target?.closest(isBesideMap() ? ".pin" : "[data-show]");
    const thing = target?.closest("[data-show-thing]")?.closest<HTMLElement>("[data-thing]");
    if (thing) {
      void this.map?.showThing(thing.dataset.layer ?? "", Number(thing.dataset.thing));
      return;
    }
    const pin = target?.closest("a, form") ? undefined : pinOf(item?.closest(".pin") ?? null);
    if (pin && document.getSelection()?.isCollapsed !== false) {
      void this.map?.showPin(pin);
      return;
    }
    if (bar) {
      this.selectMonth(bar.dataset.month ?? "", event.shiftKey);
      return;
    }
    const link = target?.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) {
      return;
    }
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname !== new URL(this.form.action).pathname) {
      return;
    }
    event.preventDefault();
    const focusResults = url.hash === `#${this.dataset.results}`;
    url.hash = nextFragment(new URL(location.href), url);
    history.pushState(null, "", url);
    this.lastField = "";
    void this.load(url.href, { updateForm: true, focusResults });
  }

  /** Selects one month, or extends the selected period to it. */
  private selectMonth(month: string, extend: boolean): void {
    const { from } = this.period;
    const [first = month, last = month] = extend && from !== "" ? [from, month].sort() : [];
    this.period = { from: first, to: last };
    this.apply("months");
  }

  /** The period in the form. */
  private get period(): Period {
    return { from: this.monthSelect("from").value, to: this.monthSelect("to").value };
  }

  private set period({ from, to }: Period) {
    this.monthSelect("from").value = from;
    this.monthSelect("to").value = to;
  }

  private monthSelect(name: "from" | "to"): HTMLSelectElement {
    return this.form.elements.namedItem(name) as HTMLSelectElement;
  }

  private load(href: string, options: LoadOptions = {}): Promise<void> {
    const loading = this.fetchPage(href, options);
    if (!options.background) {
      const userLoad = loading.finally(() => {
        if (this.userLoad === userLoad) {
          this.userLoad = undefined;
        }
      });
      this.userLoad = userLoad;
    }
    return loading;
  }

  /** Loads another state of the page and shows it. Aborts a load that is still running. */
  private async fetchPage(href: string, options: LoadOptions): Promise<void> {
    this.request?.abort();
    this.map?.stopMonthPreview();
    const request = new AbortController();
    this.request = request;
    const url = new URL(href);
    url.hash = "";
    this.requestedQuery = url.search;
    const noteTimer = options.background ? undefined : window.setTimeout(() => this.showLoading(), loadingNoteDelayMs);
    try {
      const response = await fetch(url, { signal: request.signal, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!page.getElementById(this.dataset.results ?? "")) {
        throw new Error(`GET ${url.pathname}: status ${response.status}, no results`);
      }
      this.update(page, options);
      this.showProgress("");
    } catch (error) {
      if (request.signal.aborted) {
        return;
      }
      if (options.background) {
        throw error;
      }
      console.warn(error);
      const retry = el("button", { type: "button" }, t("ui.filter.again"));
      retry.addEventListener("click", () => void this.load(href, options));
      this.showProgress(t("ui.filter.failed"), retry);
    } finally {
      clearTimeout(noteTimer);
      if (this.request === request) {
        this.results.classList.remove("is-waiting");
        this.results.removeAttribute("aria-busy");
      }
    }
  }

  /** Shows that numbers and list are not those of the map, while it plays months. */
  private setNumbersAside(isAside: boolean): void {
    for (const element of [this, this.results]) {
      element.classList.toggle("is-aside", isAside);
    }
    this.showProgress(isAside ? t("ui.months.aside") : "");
  }

  private showLoading(): void {
    this.showProgress(t("ui.filter.loading"));
    this.results.classList.add("is-waiting");
    this.results.setAttribute("aria-busy", "true");
  }

  private showProgress(text: string, ...buttons: Node[]): void {
    this.progress.hidden = text === "";
    this.progress.classList.toggle("is-fault", buttons.length > 0);
    this.progress.replaceChildren(text, ...buttons);
  }

  /** Replaces everything that depends on the filters. */
  private update(page: Document, options: LoadOptions): void {
    const focused = document.activeElement;
    const focusWasInChips = this.querySelector("#chips")?.contains(focused) ?? false;
    const focusWasInResults = this.results.contains(focused);
    const chartTable = (): HTMLDetailsElement | null => this.results.querySelector("details.chart-table");
    const chartTableWasOpen = chartTable()?.open ?? false;

    const also = this.dataset.also ? [`#${this.dataset.also}`] : [];
    for (const selector of ["#chips", `#${this.dataset.results}`, ".languages", ...also]) {
      replaceChildren(page, selector);
    }
    copyCounts(page, this);
    document.title = page.title;
    chartTable()?.toggleAttribute("open", chartTableWasOpen);
    if (options.updateForm) {
      copyValues(page.querySelector<HTMLFormElement>(".filters"), this.form);
      this.search?.showWords();
    }
    this.highlightHoveredPins();
    this.markSelectedPin();

    const map = page.getElementById(this.dataset.map ?? "");
    if (map) {
      void this.map?.setFilters(map, readConfig(map).area);
    }
    if (!options.background) {
      const counted = [...this.results.querySelectorAll("h2, .results-hex-only")];
      this.announcement.textContent = counted.map(({ textContent }) => textContent).join(" ");
    }

    if (focusWasInChips) {
      (this.querySelector<HTMLElement>("#chips a") ?? this.form.querySelector("input"))?.focus();
    } else if (options.focusResults || focusWasInResults) {
      this.results.focus({ preventScroll: true });
      if (options.focusResults) {
        this.results.scrollIntoView({ block: "start" });
      }
    }
  }

  /**
   * Marks in the list the pin that is open on the map. Returns its item if it is there, beside the
   * map.
   */
  private markSelectedPin(): HTMLElement | undefined {
    let selected: HTMLElement | undefined;
    for (const item of this.results.querySelectorAll<HTMLElement>(".pin")) {
      const isSelected = this.selectedPin !== undefined && item.dataset.id === String(this.selectedPin);
      if (isSelected) {
        item.setAttribute("aria-current", "true");
        selected = item;
      } else {
        item.removeAttribute("aria-current");
      }
    }
    return isBesideMap() ? selected : undefined;
  }

  /** Highlights on the map the pin of the list that is hovered or focused. */
  private highlightHoveredPins(): void {
    for (const item of this.results.querySelectorAll<HTMLElement>(".pin")) {
      const pin = pinOf(item);
      for (const event of ["pointerenter", "focusin"]) {
        item.addEventListener(event, () => this.map?.highlight(pin));
      }
      for (const event of ["pointerleave", "focusout"]) {
        item.addEventListener(event, () => this.map?.highlight(undefined));
      }
    }
  }
}

/** Adds the position of the map to the link to the page for printing, if it is the target of a click. */
function addPosition(target: EventTarget | null): void {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[data-print]") : null;
  if (link) {
    link.hash = nextFragment(new URL(location.href), new URL(link.href));
  }
}

/** Whether the list is beside the map, not below it. */
const isBesideMap = (): boolean => matchMedia("(min-width: 60rem)").matches;

/** Returns the pin in the data attributes of a list item, if it has a location. */
function pinOf(item: Element | null): PinOnMap | undefined {
  if (!(item instanceof HTMLElement) || item.dataset.lon === undefined) {
    return undefined;
  }
  const { id, kind = "need", lon, lat } = item.dataset;
  return { id: Number(id), kind: kind as Kind, lon: Number(lon), lat: Number(lat) };
}
