// The layers of things other than pins, such as offices: few, each a marker that opens a popup.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import { el } from "../create-element";
import { fetchJSON } from "../fetch-json";
import { icon } from "../icons";
import { pageLanguage } from "../messages";
import type { MapConfig } from "./config";

const minRetryDelayMs = 4000; // before things that failed to load are requested again

/** A text by language. */
type Text = Record<string, string>;

/** A thing as GeoJSON, which has its texts among its properties. */
interface Feature {
  id: number;
  geometry: { coordinates: [lon: number, lat: number] };
  properties: Record<string, unknown>;
  links: { rel: string; href: string }[];
}

/** A thing on the map, with its texts in the language of the page, or else in that of the district. */
export interface Thing {
  id: number;
  layer: string;
  one: string; // what it is
  title: LanguageText;
  texts: { label: string; text: LanguageText }[]; // the others that it has
  href: string;
  lon: number;
  lat: number;
}

export interface LanguageText {
  text: string;
  lang: string | undefined; // if it is not that of the page
}

/** A layer as the legend names it. */
export interface LayerSwitch {
  name: string;
  label: string;
  isShown: boolean;
}

interface MarkedThing {
  thing: Thing;
  marker: Marker;
}

export interface ThingLayersOptions {
  open: (thing: Thing) => void;
  onUpdate: (switches: LayerSwitch[]) => void; // after a load, and when another layer is hidden
}

/** Adds a marker of a thing that is the subject of the page, and so opens nothing. */
export function addThingSign(map: MapLibre, layer: string, at: [lon: number, lat: number]): void {
  const element = el("div", { class: "thing-marker", "aria-hidden": "true" }, icon(layer));
  new Marker({ element }).setLngLat(at).addTo(map);
}

export class ThingLayers {
  private readonly loaded = new Map<string, Map<number, MarkedThing>>();
  private queue: Promise<void> = Promise.resolve(); // of loads, so that an older response does not replace a newer one

  constructor(
    private readonly map: MapLibre,
    private readonly config: MapConfig,
    private hidden: readonly string[],
    private readonly options: ThingLayersOptions,
  ) {
    void this.load(Object.keys(config.things));
  }

  /** Loads layers, again if they have changed. Those that cannot be loaded are loaded later. */
  load(names: readonly string[]): Promise<void> {
    this.queue = this.queue.then(async () => {
      for (const name of names) {
        try {
          await this.loadLayer(name);
        } catch (error) {
          console.warn(error);
          window.setTimeout(() => void this.load([name]), minRetryDelayMs * (1 + Math.random()));
        }
      }
      this.update();
    });
    return this.queue;
  }

  /** Hides layers, and shows the others. */
  hide(names: readonly string[]): void {
    this.hidden = names;
    this.update();
  }

  /** Returns a thing when everything that was to be loaded is. */
  async find(layer: string, id: number): Promise<Thing | undefined> {
    await this.queue;
    return this.loaded.get(layer)?.get(id)?.thing;
  }

  private async loadLayer(name: string): Promise<void> {
    const layer = this.config.things[name];
    if (!layer) {
      return;
    }
    const { features } = await fetchJSON<{ features: Feature[] }>(layer.url);
    const before = this.loaded.get(name) ?? new Map<number, MarkedThing>();
    const after = new Map<number, MarkedThing>();
    for (const feature of features) {
      const thing = this.thing(name, feature);
      const marked = before.get(thing.id) ?? { thing, marker: this.marker(name, thing.id) };
      marked.thing = thing; // The marker stays, and keeps the focus.
      const label = `${thing.one}: ${thing.title.text}`;
      marked.marker.getElement().setAttribute("aria-label", label);
      marked.marker.getElement().title = label;
      marked.marker.setLngLat([thing.lon, thing.lat]);
      after.set(thing.id, marked);
    }
    for (const [id, { marker }] of before) {
      if (!after.has(id)) {
        marker.remove();
      }
    }
    this.loaded.set(name, after);
  }

  private marker(layer: string, id: number): Marker {
    const element = el("button", { class: "thing-marker", type: "button" }, icon(layer));
    element.addEventListener("click", (event) => {
      event.stopPropagation(); // The map would open what is below.
      const marked = this.loaded.get(layer)?.get(id);
      if (marked) {
        this.options.open(marked.thing);
      }
    });
    return new Marker({ element });
  }

  private thing(layer: string, { id, geometry, properties, links }: Feature): Thing {
    const { one, fields } = this.config.things[layer] as MapConfig["things"][string];
    const [title, ...texts] = fields.map(({ name, label }) => ({ label, text: this.text(properties[name] as Text) }));
    const [lon, lat] = geometry.coordinates;
    const href = links.find(({ rel }) => rel === "alternate")?.href ?? "";
    return {
      id,
      layer,
      one,
      title: title?.text ?? { text: "", lang: undefined },
      texts: texts.filter(({ text }) => text.text !== ""),
      href,
      lon,
      lat,
    };
  }

  /** Returns a text in the language of the page, or else in the first language that has it. */
  private text(text: Text = {}): LanguageText {
    const page = pageLanguage() ?? "";
    const lang = [page, this.config.language, ...Object.keys(text)].find((lang) => text[lang]) ?? page;
    return { text: text[lang] ?? "", lang: lang === page ? undefined : lang };
  }

  private update(): void {
    const switches: LayerSwitch[] = [];
    for (const [name, things] of this.loaded) {
      const isShown = !this.hidden.includes(name);
      for (const { marker } of things.values()) {
        if (!isShown) {
          marker.remove();
        } else if (!marker.getElement().isConnected) {
          marker.addTo(this.map);
        }
      }
      if (things.size > 0) {
        switches.push({ name, label: this.config.things[name]?.label ?? name, isShown });
      }
    }
    this.options.onUpdate(switches);
  }
}
