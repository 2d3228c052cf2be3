// What things other than pins say, which the map loads for those that it shows.

import { fetchJSON } from "../fetch-json";
import { pageLanguage } from "../messages";
import type { Bounds, MapConfig } from "./config";

/** The most things of a request, as many as the API has on a page. */
export const maxListed = 50;

/** A text by language. */
type Text = Record<string, string>;

/** A thing as GeoJSON, which has its texts among its properties. */
interface Feature {
  id: number;
  geometry: { coordinates: [lon: number, lat: number] } | null;
  properties: Record<string, unknown>;
  links: { rel: string; href: string }[];
}

export interface LanguageText {
  text: string;
  lang: string | undefined; // if it is not that of the page
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

export class ThingDetails {
  private readonly loaded = new Map<string, Promise<Thing | undefined>>(); // by layer and id

  constructor(private readonly config: MapConfig) {}

  /** Forgets what the things of layers say, because some have changed. */
  forget(layers: readonly string[]): void {
    for (const key of this.loaded.keys()) {
      if (layers.includes(key.split(" ")[0] ?? "")) {
        this.loaded.delete(key);
      }
    }
  }

  /** Loads a thing. Resolves with undefined when it is not public any more or has no place. */
  load(layer: string, id: number): Promise<Thing | undefined> {
    return this.loadAll(layer, [id])[0] ?? Promise.resolve(undefined);
  }

  /** Loads things of a layer, those that are not loaded yet with few requests. What fails is loaded again later. */
  loadAll(layer: string, ids: readonly number[]): Promise<Thing | undefined>[] {
    const missing = ids.filter((id) => !this.loaded.has(`${layer} ${id}`));
    for (let i = 0; i < missing.length; i += maxListed) {
      const part = missing.slice(i, i + maxListed);
      const response = this.request(layer, { ids: part.join() });
      for (const id of part) {
        const key = `${layer} ${id}`;
        const thing = response.then((things) => things.find((thing) => thing.id === id));
        this.loaded.set(key, thing);
        thing.catch(() => this.loaded.get(key) === thing && this.loaded.delete(key));
      }
    }
    return ids.map((id) => this.loaded.get(`${layer} ${id}`) as Promise<Thing | undefined>);
  }

  /** Loads the newest things of a layer within bounds. */
  loadWithin(layer: string, bounds: Bounds): Promise<Thing[]> {
    return this.request(layer, { bbox: bounds.map((degrees) => degrees.toFixed(7)).join() });
  }

  private async request(layer: string, query: Record<string, string>): Promise<Thing[]> {
    const url = this.config.things[layer]?.url ?? "";
    const { features } = await fetchJSON<{ features: Feature[] }>(`${url}?${new URLSearchParams(query)}`);
    return features.flatMap((feature) => this.thing(layer, feature) ?? []);
  }

  private thing(layer: string, { id, geometry, properties, links }: Feature): Thing | undefined {
    const config = this.config.things[layer];
    if (!config || !geometry) {
      return undefined;
    }
    const [title, ...texts] = config.fields.map(({ name, label }) => ({
      label,
      text: this.text(properties[name] as Text),
    }));
    const [lon, lat] = geometry.coordinates;
    return {
      id,
      layer,
      one: config.one,
      title: title?.text ?? { text: "", lang: undefined },
      texts: texts.filter(({ text }) => text.text !== ""),
      href: links.find(({ rel }) => rel === "alternate")?.href ?? "",
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
}
