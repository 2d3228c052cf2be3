import type { components } from "./api.gen";
import { el } from "./create-element";
import { fetchJSON } from "./fetch-json";
import { icon } from "./icons";
import { t } from "./messages";

type Places = components["schemas"]["PlaceCollection"];

const searchDelayMs = 150; // without typing
const minSearchLength = 2; // characters

/**
 * Makes a search form a combobox that suggests places while somebody types (the ARIA pattern
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
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
    private readonly form: HTMLFormElement,
    private readonly url: string,
    private readonly choosePlace: (lon: number, lat: number) => void,
  ) {
    this.input = form.querySelector("input[type=search]") as HTMLInputElement;
    this.list.setAttribute("aria-label", t("ui.place.list"));
    form.querySelector("[data-place-list]")?.append(this.list, this.noResults, this.status);
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
    this.input.addEventListener("input", () => {
      clearTimeout(this.searchTimer);
      this.searchTimer = window.setTimeout(() => void this.search(), searchDelayMs);
    });
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.handleKey(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.search();
    });
  }

  private handleKey(event: KeyboardEvent): void {
    const open = !this.list.hidden;
    const count = this.places.length;
    if (event.key === "ArrowDown" && open) {
      this.activate((this.active + 1) % count);
    } else if (event.key === "ArrowUp" && open) {
      this.activate((this.active - 1 + count) % count);
    } else if (event.key === "Enter" && open) {
      this.choose(Math.max(this.active, 0));
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

  private choose(index: number): void {
    const place = this.places[index];
    if (place) {
      const [lon = 0, lat = 0] = place.geometry.coordinates;
      this.input.value = place.properties.name;
      this.close();
      this.form.querySelector("[data-found]")?.remove();
      this.choosePlace(lon, lat);
    }
  }

  private close(): void {
    this.list.hidden = true;
    this.noResults.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private async search(): Promise<void> {
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < minSearchLength) {
      this.close();
      return;
    }
    const request = new AbortController();
    this.request = request;
    try {
      const { signal } = request;
      this.places = (await fetchJSON<Places>(`${this.url}?q=${encodeURIComponent(text)}`, { signal })).features;
    } catch (error) {
      if (!request.signal.aborted) {
        console.warn(error);
        this.close();
      }
      return;
    }
    this.showPlaces();
  }

  private showPlaces(): void {
    const count = this.places.length;
    this.close();
    this.list.replaceChildren(...this.places.map(({ properties }, i) => this.option(properties.name, i)));
    this.list.hidden = count === 0;
    this.noResults.hidden = count > 0;
    this.input.setAttribute("aria-expanded", String(count > 0));
    this.status.textContent = count > 0 ? t("ui.place.results", { n: count }) : t("ui.place.none");
  }

  private option(name: string, index: number): HTMLLIElement {
    const attributes = { role: "option", id: `place-${index}`, "aria-selected": "false" };
    const option = el("li", attributes, icon("place"), name);
    // The focus stays in the input.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.choose(index));
    return option;
  }
}
