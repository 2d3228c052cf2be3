import type { components } from "./api.gen";
import { el } from "./create-element";
import type { MapElement } from "./elements/map-element";
import { fetchJSON } from "./fetch-json";
import { icon } from "./icons";
import { readConfig } from "./map/config";
import { t } from "./messages";
import { describePlace, type Place, PlaceCombobox } from "./place-combobox";
import { representsURL } from "./represents-url";
import { roughCentre, roughly } from "./rough-coordinates";

type Pins = components["schemas"]["PinCollection"];

const nearby = { lon: 0.004, lat: 0.0025 }; // degrees, about 280 m in Kraków
const maxNearbyPins = 5;

/**
 * The search of the map page: it finds places, to which the map moves, and words of pins, which
 * are a filter. What is typed becomes part of the address only when it is chosen as words, since
 * it may be where somebody lives.
 */
export class MainSearch {
  private readonly input: HTMLInputElement;
  private readonly words: HTMLInputElement; // the filter; the field that is shown has no name
  private readonly card = el("section", { class: "place-card", hidden: "", "aria-live": "polite" });
  private removeMarker = (): void => {};

  constructor(
    form: HTMLFormElement,
    private readonly map: MapElement,
    private readonly apply: () => void,
  ) {
    const container = form.querySelector("[data-main-search]") as HTMLElement;
    this.input = container.querySelector("input[type=search]") as HTMLInputElement;
    this.words = el("input", { type: "hidden", name: this.input.name, value: this.input.value });
    this.input.removeAttribute("name");
    container.append(this.words);
    container.after(this.card);
    new PlaceCombobox(container, {
      url: readConfig(map).places,
      near: () => roughCentre(this.map.map),
      choosePlace: (place) => this.choosePlace(place),
      searchWords: (text) => this.searchWords(text),
    });
    this.input.addEventListener("input", () => {
      if (this.input.value.trim() === "") {
        this.searchWords("");
      }
    });
  }

  /** Shows the words of the filter in the field, when the filter has changed elsewhere. */
  showWords(): void {
    this.input.value = this.words.value;
  }

  private searchWords(text: string): void {
    this.removePlace();
    if (this.words.value !== text) {
      this.words.value = text;
      this.apply();
    }
  }

  private removePlace(): void {
    this.removeMarker();
    this.removeMarker = () => {};
    this.card.hidden = true;
    this.card.replaceChildren();
  }

  private choosePlace(place: Place): void {
    this.removePlace();
    const [lon = 0, lat = 0] = place.geometry.coordinates;
    if (this.words.value !== "") {
      this.words.value = "";
      this.apply();
    }
    const remove = el(
      "button",
      { class: "place-remove", type: "button", "aria-label": t("ui.place.remove") },
      icon("close"),
    );
    remove.addEventListener("click", () => {
      this.removePlace();
      this.showWords();
      this.input.focus();
    });
    const pins = el("div", { class: "place-pins" });
    const { district } = readConfig(this.map);
    // The place is in the fragment, which no server sees.
    const href = `/d/${district}/add#at=${lon.toFixed(6)},${lat.toFixed(6)}`;
    const add = place.properties.outside
      ? el("p", { class: "hint" }, t("ui.place.no_add"))
      : el("p", {}, el("a", { class: "button", href }, icon("plus"), t("ui.place.add")));
    const represents = el("p", {}, el("a", { href: representsURL(district, lon, lat) }, t("ui.place.represents")));
    this.card.append(
      el("p", { class: "place-name" }, el("strong", {}, place.properties.name)),
      el("p", { class: "place-meta" }, describePlace(place)),
      remove,
      add,
      represents,
      pins,
    );
    this.card.hidden = false;
    void this.showOnMap(place, lon, lat);
    void this.showPinsAround(pins, lon, lat);
  }

  private async showOnMap({ properties }: Place, lon: number, lat: number): Promise<void> {
    const view = await this.map.ready;
    if (view) {
      const { showPlace } = await import("./map/show-place");
      const marker = showPlace(view.map, properties.kind, [lon, lat]);
      this.removeMarker = () => marker.remove();
    }
  }

  private async showPinsAround(container: HTMLElement, lon: number, lat: number): Promise<void> {
    const [x, y] = [roughly(lon), roughly(lat)];
    const bbox = [x - nearby.lon, y - nearby.lat, x + nearby.lon, y + nearby.lat].map((v) => v.toFixed(4)).join(",");
    const { district, pin } = readConfig(this.map);
    try {
      const pins = await fetchJSON<Pins>(`/api/v1/districts/${district}/pins?bbox=${bbox}&limit=100`);
      const distance = ([px = 0, py = 0]: number[]): number => Math.hypot((px - lon) * 0.64, py - lat);
      const nearest = pins.features
        .sort((a, b) => distance(a.geometry.coordinates) - distance(b.geometry.coordinates))
        .slice(0, maxNearbyPins)
        .map(({ id, properties }) =>
          el("li", {}, el("a", { href: pin.replace("{id}", String(id)) }, properties.title)),
        );
      container.append(
        nearest.length === 0
          ? el("p", { class: "hint" }, t("ui.place.around_none"))
          : el("div", {}, el("h3", {}, t("ui.place.around")), el("ul", {}, ...nearest)),
      );
    } catch (error) {
      console.warn(error); // The place is shown all the same.
    }
  }
}
