import type { components } from "./api.gen";
import { el } from "./create-element";
import { fetchJSON } from "./fetch-json";
import { icon } from "./icons";
import { pageLanguage, t } from "./messages";

type Places = components["schemas"]["PlaceCollection"];
export type Place = Places["features"][number];

const searchDelayMs = 150; // without typing
const minSearchLength = 2; // characters

export interface PlaceSearch {
  url: string; // of the place search, which has the text in the body: it may be somebody's address
  near?: () => [lon: number, lat: number] | undefined; // of places that match equally well, those near it are first
  choosePlace: (place: Place) => void;
  searchWords?: (text: string) => void; // if the search also finds words; the last suggestion
}

/** Returns what kind of place it is, where, whether that is outside, and whether it is only similar to what was typed. */
export function describePlace({ properties: p }: Place): string {
  const area = p.kind === "area" ? undefined : p.area_name;
  const outside = p.outside ? t("ui.place.outside_district") : undefined;
  return [t(`ui.place.kind.${p.kind}`), area, outside, p.approximate ? t("ui.place.approximate") : undefined]
    .filter((part) => part !== undefined)
    .join(" · ");
}

/**
 * Makes a search field a combobox that suggests places while somebody types (the ARIA pattern
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The container has the field and an element
 * with data-place-list.
 */
export class PlaceCombobox {
  private readonly input: HTMLInputElement;
  private readonly list = el("ul", { class: "place-list", role: "listbox", id: "place-list", hidden: "" });
  private readonly noResults = el("p", { class: "place-none", hidden: "" }, t("ui.place.none"));
  private readonly status = el("p", { class: "hidden", role: "status" });
  private places: Places["features"] = [];
  private active = -1; // index of the suggestion that the arrow keys have reached
  private request: AbortController | undefined;
  private searchTimer: number | undefined;

  constructor(
    private readonly container: HTMLElement,
    private readonly search: PlaceSearch,
  ) {
    this.input = container.querySelector("input[type=search]") as HTMLInputElement;
    this.list.setAttribute("aria-label", t("ui.place.list"));
    container.querySelector("[data-place-list]")?.append(this.list, this.noResults, this.status);
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
    this.input.addEventListener("input", () => {
      clearTimeout(this.searchTimer);
      this.searchTimer = window.setTimeout(() => void this.suggest(), searchDelayMs);
    });
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.handleKey(event));
    if (container instanceof HTMLFormElement) {
      container.addEventListener("submit", (event) => {
        if (event.submitter?.getAttribute("name") !== "at") {
          event.preventDefault();
          void this.suggest();
        }
      });
    }
  }

  private handleKey(event: KeyboardEvent): void {
    const open = !this.list.hidden;
    const count = this.list.children.length;
    if (event.key === "ArrowDown" && open) {
      this.activate((this.active + 1) % count);
    } else if (event.key === "ArrowUp" && open) {
      this.activate((this.active - 1 + count) % count);
    } else if (event.key === "Enter" && open && (this.active >= 0 || !this.search.searchWords)) {
      this.choose(Math.max(this.active, 0));
    } else if (event.key === "Enter" && this.search.searchWords) {
      void this.chooseFirst();
    } else if (event.key === "Escape" && (open || !this.noResults.hidden)) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  private activate(index: number): void {
    this.active = index;
    for (const [i, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(i === index));
    }
    const option = this.list.children[index];
    option?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option?.id ?? "");
  }

  /** Chooses the place that was typed, if there is one, and otherwise searches the words. */
  private async chooseFirst(): Promise<void> {
    if (await this.suggest()) {
      const isPlace = this.places[0]?.properties.approximate === false;
      this.choose(isPlace ? 0 : this.places.length);
    }
  }

  private choose(index: number): void {
    const place = this.places[index];
    clearTimeout(this.searchTimer);
    this.request?.abort();
    this.close();
    if (place) {
      this.input.value = place.properties.name;
      this.container.querySelector("[data-found]")?.remove();
      this.search.choosePlace(place);
    } else {
      this.search.searchWords?.(this.input.value.trim());
    }
  }

  private close(): void {
    this.list.hidden = true;
    this.noResults.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Shows suggestions. Returns false when somebody has typed on meanwhile. */
  private async suggest(): Promise<boolean> {
    clearTimeout(this.searchTimer);
    this.request?.abort();
    const text = this.input.value.trim();
    this.places = [];
    if (text.length < minSearchLength) {
      this.close();
      return true;
    }
    const request = new AbortController();
    this.request = request;
    try {
      const { features } = await fetchJSON<Places>(this.search.url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ q: text, near: this.search.near?.(), lang: pageLanguage() }),
        signal: request.signal,
      });
      this.places = features;
    } catch (error) {
      if (request.signal.aborted) {
        return false;
      }
      console.warn(error);
      if (!this.search.searchWords) {
        this.close();
        return true;
      }
    }
    this.showSuggestions(text);
    return true;
  }

  private showSuggestions(text: string): void {
    const count = this.places.length;
    this.close();
    const options = this.places.map((place, i) => this.option(i, "place", place.properties.name, describePlace(place)));
    if (this.search.searchWords) {
      options.push(this.option(count, "search", t("ui.place.words", { text })));
    }
    this.list.replaceChildren(...options);
    this.list.hidden = options.length === 0;
    this.noResults.hidden = options.length > 0;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.status.textContent = count > 0 ? t("ui.place.results", { n: count }) : t("ui.place.none");
  }

  private option(index: number, iconName: string, name: string, description = ""): HTMLLIElement {
    const attributes = { role: "option", id: `place-${index}`, "aria-selected": "false" };
    const text = el("span", {}, name);
    if (description !== "") {
      text.append(" ", el("span", { class: "place-meta" }, description));
    }
    const option = el("li", attributes, icon(iconName), text);
    // The focus stays in the input.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.choose(index));
    return option;
  }
}
