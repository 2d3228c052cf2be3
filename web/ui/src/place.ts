import type { components } from "./api.gen";
import { configOf } from "./config";
import { el, icon } from "./dom";
import type { PinezkaMap } from "./map";
import { t } from "./messages";

type Places = components["schemas"]["PlaceCollection"];

const pause = 150; // ms without typing before searching

/**
 * `<pinezka-place data-config="…">` around step 1 of adding a pin: a map on which
 * a tap, or the keyboard and the cross in its middle, choose the place; a search
 * that answers while one types; both set the coordinates of the form.
 */
export class PinezkaPlace extends HTMLElement {
  private readonly chosen = el("p", { class: "place-chosen", role: "status" });
  private field!: { lon: HTMLInputElement; lat: HTMLInputElement };
  private mapElement: PinezkaMap | undefined;

  connectedCallback(): void {
    const lon = this.querySelector<HTMLInputElement>("#lon");
    const lat = this.querySelector<HTMLInputElement>("#lat");
    if (!lon || !lat) {
      return;
    }
    this.field = { lon, lat };
    this.openMap();
    this.openSearch();
    lon.addEventListener("change", () => this.typed());
    lat.addEventListener("change", () => this.typed());
    document.querySelector<HTMLElement>("[data-faults]")?.focus();
  }

  private set(lon: number, lat: number, move: boolean): void {
    this.field.lon.value = lon.toFixed(6);
    this.field.lat.value = lat.toFixed(6);
    this.mark(lon, lat, move);
  }

  private typed(): void {
    const [lon, lat] = [this.field.lon, this.field.lat].map((f) => Number.parseFloat(f.value.replace(",", ".")));
    if (lon !== undefined && lat !== undefined && Number.isFinite(lon) && Number.isFinite(lat)) {
      this.mark(lon, lat, true);
    }
  }

  private mark(lon: number, lat: number, move: boolean): void {
    this.chosen.textContent = t("ui.place.chosen", { lat: lat.toFixed(5), lon: lon.toFixed(5) });
    const pin = { kind: "need" as const, lon, lat };
    if (move) {
      void this.mapElement?.show(pin);
    } else {
      this.mapElement?.light(pin);
    }
  }

  private openMap(): void {
    const slot = this.querySelector<HTMLElement>("[data-place-map]");
    if (!slot) {
      return;
    }
    const map = el("pinezka-map" as "div", {
      "data-config": this.dataset.config,
      "data-mode": "place",
    }) as HTMLElement as PinezkaMap;
    this.mapElement = map;
    const use = el("button", { class: "button", type: "button" }, icon("place"), t("ui.place.use_middle"));
    const middle = (): void => {
      const at = map.map?.getCenter();
      if (at) {
        this.set(at.lng, at.lat, false);
      }
    };
    use.addEventListener("click", middle);
    slot.append(
      el("div", { class: "place-frame" }, map, crosshair()),
      el("div", { class: "place-bar" }, el("p", { class: "hint" }, t("ui.place.hint")), use),
      this.chosen,
    );
    this.classList.add("has-map");
    const typing = this.querySelector<HTMLDetailsElement>("details.by-hand");
    if (typing && !typing.querySelector("[aria-invalid]")) {
      typing.open = false;
    }
    void map.ready.then((view) => {
      if (!view) {
        this.classList.remove("has-map");
        typing?.setAttribute("open", "");
        return;
      }
      view.map.on("click", ({ lngLat }) => this.set(lngLat.lng, lngLat.lat, false));
      view.map.getCanvas().addEventListener("keydown", (event) => {
        if (event.key === "Enter") {
          middle();
        }
      });
      this.typed();
    });
  }

  /** The search as a combobox: what is found while one types, in a list for arrow keys. */
  private openSearch(): void {
    const form = this.querySelector<HTMLFormElement>("[data-place-search]");
    const input = form?.querySelector<HTMLInputElement>("input[type=search]");
    const slot = form?.querySelector<HTMLElement>("[data-place-list]");
    if (!form || !input || !slot) {
      return;
    }
    const list = el("ul", { class: "place-list", role: "listbox", id: "place-list", "aria-label": t("ui.place.list") });
    const none = el("p", { class: "place-none" }, t("ui.place.none"));
    const status = el("p", { class: "hidden", role: "status" });
    list.hidden = true;
    none.hidden = true;
    slot.append(list, none, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    let active = -1;
    let places: Places["features"] = [];
    let running: AbortController | undefined;
    let timer: number | undefined;

    const close = (): void => {
      list.hidden = true;
      none.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const point = (to: number): void => {
      active = to;
      for (const [i, item] of [...list.children].entries()) {
        item.setAttribute("aria-selected", String(i === active));
        if (i === active) {
          item.scrollIntoView({ block: "nearest" });
          input.setAttribute("aria-activedescendant", item.id);
        }
      }
    };
    const choose = (i: number): void => {
      const place = places[i];
      if (place) {
        const [lon = 0, lat = 0] = place.geometry.coordinates;
        input.value = place.properties.name;
        close();
        form.querySelector("[data-found]")?.remove();
        this.set(lon, lat, true);
      }
    };
    const search = async (): Promise<void> => {
      running?.abort();
      const typed = input.value.trim();
      if (typed.length < 2) {
        close();
        return;
      }
      running = new AbortController();
      try {
        const url = `${configOf(this).places}?q=${encodeURIComponent(typed)}`;
        const response = await fetch(url, { signal: running.signal });
        if (!response.ok) {
          throw new Error(`places: ${response.status}`);
        }
        places = ((await response.json()) as Places).features;
      } catch (error) {
        if (!(error instanceof DOMException && error.name === "AbortError")) {
          console.warn(error);
          close();
        }
        return;
      }
      list.replaceChildren(
        ...places.map((place, i) => {
          const item = el(
            "li",
            { role: "option", id: `place-${i}`, "aria-selected": "false" },
            icon("place"),
            place.properties.name,
          );
          item.addEventListener("pointerdown", (event) => event.preventDefault());
          item.addEventListener("click", () => choose(i));
          return item;
        }),
      );
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = places.length === 0;
      none.hidden = places.length > 0;
      input.setAttribute("aria-expanded", String(places.length > 0));
      status.textContent = places.length > 0 ? t("ui.place.results", { n: places.length }) : t("ui.place.none");
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void search(), pause);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const open = !list.hidden;
      if (event.key === "ArrowDown" && open) {
        point((active + 1) % places.length);
      } else if (event.key === "ArrowUp" && open) {
        point((active - 1 + places.length) % places.length);
      } else if (event.key === "Enter" && open) {
        choose(Math.max(active, 0));
      } else if (event.key === "Escape" && (open || !none.hidden)) {
        close();
      } else {
        return;
      }
      event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void search();
    });
  }
}

function crosshair(): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "crosshair");
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("aria-hidden", "true");
  for (let i = 0; i < 2; i++) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M24 6v13M24 29v13M6 24h13M29 24h13");
    path.setAttribute("fill", "none");
    path.setAttribute("stroke-linecap", "round");
    svg.append(path);
  }
  return svg;
}
