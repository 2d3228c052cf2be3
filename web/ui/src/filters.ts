import { type Change, followChanges } from "./changes";
import { configOf, type Kind } from "./config";
import { el } from "./dom";
import type { PinezkaMap } from "./map";
import type { Period } from "./map/months";
import type { PinAt } from "./map/view";
import { t } from "./messages";
import { pageQuery } from "./query";

const patience = 200; // ms before saying that something is being loaded
const pause = 300; // ms without typing before searching

/**
 * `<pinezka-filters data-results="id" data-map="id">` around the form of filters
 * and the chips: a change loads the page of the new address and takes its
 * results, numbers and chips from it, keeping focus and what is open. The address
 * is the state; the server renders; nothing is computed twice.
 */
export class PinezkaFilters extends HTMLElement {
  private form!: HTMLFormElement;
  private progress!: HTMLElement;
  private readonly live = el("p", { class: "hidden", role: "status" });
  private running: AbortController | undefined;
  private asked: Promise<void> | undefined; // a load that somebody waits for
  private typing: number | undefined;

  connectedCallback(): void {
    const form = this.querySelector("form");
    const progress = this.querySelector<HTMLElement>(".progress");
    if (!form || !progress) {
      return;
    }
    this.form = form;
    this.progress = progress;
    this.append(this.live);
    form.autocomplete = "off";
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement) {
        this.apply();
      } else if (!(event.target instanceof HTMLInputElement && event.target.type === "search")) {
        this.settle();
        this.apply();
      }
    });
    form.addEventListener("input", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === "search") {
        clearTimeout(this.typing);
        this.typing = window.setTimeout(() => {
          this.settle();
          this.apply();
        }, pause);
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.settle();
      this.apply();
    });
    this.facets();
    this.addEventListener("click", (event) => this.follow(event));
    this.results.addEventListener("click", (event) => this.follow(event));
    window.addEventListener("popstate", () => void this.load(location.href, { form: true }));
    this.list();
    const { map } = this;
    if (map) {
      map.addEventListener("months", (event) => {
        this.period = (event as CustomEvent<Period>).detail;
        this.apply();
      });
      followChanges(configOf(map).changes, (change) => this.changed(change));
    }
  }

  /**
   * Shows what others have changed; somebody who is reading the list is not
   * disturbed but asked. Fails where the list cannot be loaded now.
   */
  private async changed(change: Change): Promise<void> {
    void this.map?.refresh(change.all);
    while (this.asked) {
      await this.asked; // what it brings may be older than the change
    }
    if (this.map?.moving) {
      return; // the list is loaded when the months come to rest
    }
    const reading = this.results.contains(document.activeElement) || new URLSearchParams(location.search).has("after");
    if (!reading) {
      await this.load(location.href, { form: false, quiet: true });
      return;
    }
    const show = el("button", { type: "button" }, t("ui.changes.show"));
    show.addEventListener("click", () => void this.load(location.href, { form: false, top: true }));
    this.say(t("ui.changes.there"), show);
    this.progress.classList.remove("is-fault");
  }

  private get results(): HTMLElement {
    return document.getElementById(this.dataset.results ?? "") ?? this;
  }

  private get map(): PinezkaMap | null {
    return document.getElementById(this.dataset.map ?? "") as PinezkaMap | null;
  }

  /** Menus close on Escape and on a click elsewhere. */
  private facets(): void {
    const open = (): HTMLDetailsElement | null => this.form.querySelector("details.facet[open]");
    document.addEventListener("pointerdown", (event) => {
      const details = open();
      if (details && event.target instanceof Node && !details.contains(event.target)) {
        details.open = false;
      }
    });
    this.form.addEventListener("keydown", (event) => {
      const details = open();
      if (event.key === "Escape" && details) {
        details.open = false;
        details.querySelector("summary")?.focus();
      }
    });
    this.form.addEventListener("focusout", (event) => {
      const details = open();
      const next = event.relatedTarget;
      if (details && next instanceof Node && !details.contains(next)) {
        details.open = false;
      }
    });
  }

  private apply(): void {
    clearTimeout(this.typing);
    const url = new URL(this.form.action);
    url.search = pageQuery(new FormData(this.form));
    history.replaceState(null, "", url);
    void this.load(url.href, { form: false });
  }

  /** Links to this page's other states are followed without leaving it. */
  private follow(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const show = target?.closest<HTMLElement>("[data-show]");
    if (show) {
      const pin = pinOf(show.closest("[data-lon]"));
      if (pin) {
        void this.map?.show(pin);
      }
      return;
    }
    const bar = target?.closest<SVGElement>("[data-month]");
    if (bar) {
      this.month(bar.dataset.month ?? "", event.shiftKey);
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
    const page = url.hash !== "";
    history.pushState(null, "", url);
    void this.load(url.href, { form: true, top: page });
  }

  /** One month from the chart; with shift, up to it. */
  private month(month: string, extend: boolean): void {
    const { from } = this.period;
    const [first = month, last = month] = extend && from !== "" ? [from, month].sort() : [];
    this.period = { from: first, to: last };
    this.apply();
  }

  /** The months that the form has. */
  private get period(): Period {
    return { from: this.monthField("from").value, to: this.monthField("to").value };
  }

  private set period({ from, to }: Period) {
    this.monthField("from").value = from;
    this.monthField("to").value = to;
  }

  private monthField(name: "from" | "to"): HTMLSelectElement {
    return this.form.elements.namedItem(name) as HTMLSelectElement;
  }

  /** Takes the months that the map is just showing, where somebody slides or plays them. */
  private settle(): void {
    this.period = this.map?.rest() ?? this.period;
  }

  private load(href: string, how: How): Promise<void> {
    const loading = this.bring(href, how);
    if (!how.quiet) {
      const asked = loading.finally(() => {
        if (this.asked === asked) {
          this.asked = undefined;
        }
      });
      this.asked = asked;
    }
    return loading;
  }

  /** Brings another state of the page; ends whatever was being brought. */
  private async bring(href: string, how: How): Promise<void> {
    this.running?.abort();
    this.map?.rest();
    const running = new AbortController();
    this.running = running;
    const url = new URL(href);
    url.hash = "";
    const slow = how.quiet
      ? undefined
      : window.setTimeout(() => {
          this.say(t("ui.filter.loading"));
          this.results.classList.add("is-waiting");
        }, patience);
    try {
      const response = await fetch(url, { signal: running.signal, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!page.getElementById(this.dataset.results ?? "")) {
        throw new Error(`${url.pathname}: ${response.status}`);
      }
      this.take(page, url, how);
      this.say("");
    } catch (error) {
      if (running.signal.aborted) {
        return;
      }
      if (how.quiet) {
        throw error; // it is tried again
      }
      console.warn(error);
      const again = el("button", { type: "button" }, t("ui.filter.again"));
      again.addEventListener("click", () => void this.load(href, how));
      this.say(t("ui.filter.failed"), again);
    } finally {
      clearTimeout(slow);
      if (this.running === running) {
        this.results.classList.remove("is-waiting");
      }
    }
  }

  private say(text: string, ...more: Node[]): void {
    this.progress.hidden = text === "";
    this.progress.classList.toggle("is-fault", more.length > 0);
    this.progress.replaceChildren(text, ...more);
  }

  /** Takes everything that depends on the filters from another state of the page. */
  private take(page: Document, url: URL, how: How): void {
    const focused = document.activeElement;
    const inChips = this.querySelector("#chips")?.contains(focused) ?? false;
    const inResults = this.results.contains(focused);
    const table = this.results.querySelector<HTMLDetailsElement>("details.chart-table")?.open ?? false;

    for (const id of ["chips", this.dataset.results ?? ""]) {
      const from = page.getElementById(id);
      const to = document.getElementById(id);
      if (from && to) {
        to.replaceChildren(...document.importNode(from, true).childNodes);
      }
    }
    for (const to of this.querySelectorAll<HTMLElement>("[data-count]")) {
      const from = page.querySelector(`[data-count="${to.dataset.count}"]`);
      to.textContent = from?.textContent ?? to.textContent;
    }
    const languages = page.querySelector(".languages");
    if (languages) {
      document.querySelector(".languages")?.replaceChildren(...document.importNode(languages, true).childNodes);
    }
    document.title = page.title;
    const chart = this.results.querySelector<HTMLDetailsElement>("details.chart-table");
    if (chart) {
      chart.open = table;
    }
    if (how.form) {
      this.fill(page);
    }
    this.list();

    const map = page.getElementById(this.dataset.map ?? "");
    if (map) {
      void this.map?.filter(map.dataset.query ?? "", configOf(map).area, url.searchParams.has("q"));
    }
    if (!how.quiet) {
      this.live.textContent = this.results.querySelector("h2")?.textContent ?? "";
    }

    if (inChips) {
      const next = this.querySelector<HTMLElement>("#chips a") ?? this.form.querySelector<HTMLElement>("input");
      next?.focus();
    } else if (how.top) {
      this.results.focus({ preventScroll: true });
      this.results.scrollIntoView({ block: "start" });
    } else if (inResults) {
      this.results.focus({ preventScroll: true });
    }
  }

  /** Sets the form as the other page has it, save for what is being typed. */
  private fill(page: Document): void {
    const other = page.querySelector<HTMLFormElement>(".filters");
    for (const field of this.form.elements) {
      if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
        const match = other?.querySelector<HTMLInputElement>(
          `input[name="${field.name}"][value="${CSS.escape(field.value)}"]`,
        );
        field.checked = match?.checked ?? false;
      } else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
        const match = other?.elements.namedItem(field.name);
        if (match instanceof HTMLInputElement || match instanceof HTMLSelectElement) {
          field.value = match.value;
        }
      }
    }
  }

  /** A pin of the list that is pointed at or focused is marked on the map. */
  private list(): void {
    for (const item of this.results.querySelectorAll<HTMLElement>(".pin")) {
      const pin = pinOf(item);
      const on = (): void => this.map?.light(pin);
      const off = (): void => this.map?.light(undefined);
      item.addEventListener("pointerenter", on);
      item.addEventListener("pointerleave", off);
      item.addEventListener("focusin", on);
      item.addEventListener("focusout", off);
    }
  }
}

/** How another state of the page is taken. */
interface How {
  form: boolean; // set the form as the other has it
  top?: boolean; // begin to read at the top of the results
  quiet?: boolean; // nobody asked for it: say nothing
}

function pinOf(item: Element | null): PinAt | undefined {
  if (!(item instanceof HTMLElement) || item.dataset.lon === undefined) {
    return undefined;
  }
  const { kind = "need", lon, lat } = item.dataset;
  return { kind: kind as Kind, lon: Number(lon), lat: Number(lat) };
}
