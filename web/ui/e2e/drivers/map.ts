import { expect, type Locator, type Page } from "@playwright/test";
import type { VectorTileSource } from "maplibre-gl";
import type { PinezkaMap } from "../../src/map";

/** A frame that the map painted. */
export interface Frame {
  month: string;
  hexes: number;
  colours: string;
  at: number; // ms
}

/** The district's page: map, filters, numbers, list. */
export class MapPage {
  readonly map: Locator;
  readonly heading: Locator;
  readonly pins: Locator;
  readonly chips: Locator;
  readonly legend: Locator;
  readonly card: Locator;
  readonly months: Locator;
  readonly month: Locator;

  constructor(readonly page: Page) {
    this.map = page.locator("pinezka-map");
    this.heading = page.locator("#results-heading");
    this.pins = page.locator(".pins .pin");
    this.chips = page.locator(".chip");
    this.legend = page.locator(".legend");
    this.card = page.locator(".maplibregl-popup");
    this.months = page.locator(".months-box");
    this.month = this.months.getByRole("slider");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/d/podgorze${query}`);
  }

  /** Waits until the map is there and has painted what it asked for. */
  async settled(): Promise<void> {
    await this.map.evaluate(async (element) => {
      const view = await (element as PinezkaMap).ready;
      if (!view) {
        throw new Error("there is no map");
      }
      view.map.triggerRepaint();
      await view.map.once("idle");
    });
  }

  async jump(lon: number, lat: number, zoom: number): Promise<void> {
    await this.map.evaluate(
      async (element, [lon, lat, zoom]) => {
        const { map } = (await (element as PinezkaMap).ready) ?? {};
        map?.jumpTo({ center: [lon, lat], zoom });
        await map?.once("idle");
      },
      [lon, lat, zoom] as const,
    );
  }

  /** Number of features painted by a layer. */
  painted(layer: "hexes" | "pins"): Promise<number> {
    return this.map.evaluate((element, layer) => {
      const { map } = element as PinezkaMap;
      return map?.getLayer(layer) ? map.queryRenderedFeatures({ layers: [layer] }).length : 0;
    }, layer);
  }

  /** Pins that the hexes at hand count together, each hex once. */
  counted(): Promise<number> {
    return this.map.evaluate((element) => {
      const hexes = (element as PinezkaMap).map?.queryRenderedFeatures({ layers: ["hexes"] }) ?? [];
      const totals = new Map(hexes.map((hex) => [hex.properties.h3 as string, Number(hex.properties.total)]));
      return [...totals.values()].reduce((sum, n) => sum + n, 0);
    });
  }

  /** A place on the screen at which a layer paints something. */
  spot(layer: "hexes" | "pins"): Promise<{ x: number; y: number }> {
    return this.map.evaluate((element, layer) => {
      const { map } = element as PinezkaMap;
      const box = element.getBoundingClientRect();
      const [w, h] = [box.width, box.height];
      for (let radius = 0; radius < Math.min(w, h) / 2; radius += 8) {
        for (let turn = 0; turn < 2 * Math.PI; turn += 0.5) {
          const at: [number, number] = [w / 2 + radius * Math.cos(turn), h / 2 + radius * Math.sin(turn)];
          if (map?.queryRenderedFeatures(at, { layers: [layer] }).length) {
            return { x: box.x + at[0], y: box.y + at[1] };
          }
        }
      }
      throw new Error(`nothing is painted by ${layer}`);
    }, layer);
  }

  async click(layer: "hexes" | "pins"): Promise<void> {
    const { x, y } = await this.spot(layer);
    await this.page.mouse.click(x, y);
  }

  /** The button that plays and pauses the months. */
  play(): Locator {
    return this.months.locator(".months-play");
  }

  /** What the slider of months says: its words, and the number of pins in them. */
  async said(): Promise<{ text: string; pins: number }> {
    const text = (await this.month.getAttribute("aria-valuetext")) ?? "";
    return { text, pins: number(text.split(":")[1] ?? "") };
  }

  /** Notes, at every frame painted from now on, the month of the tiles asked for and the hexes on the screen. */
  async watch(): Promise<void> {
    await this.map.evaluate(async (element) => {
      const { map } = (await (element as PinezkaMap).ready) ?? {};
      const frames: Frame[] = [];
      Object.assign(window, { frames });
      map?.on("render", () => {
        const url = map.getSource<VectorTileSource>("hexes")?.tiles[0] ?? "";
        const hexes = map.queryRenderedFeatures({ layers: ["hexes"] }).length;
        const colours = JSON.stringify(map.getPaintProperty("hexes", "fill-color"));
        frames.push({ month: new URL(url).searchParams.get("from") ?? "", hexes, colours, at: performance.now() });
      });
    });
  }

  /** What has been noted since. */
  watched(): Promise<Frame[]> {
    return this.page.evaluate(() => (window as unknown as { frames: Frame[] }).frames);
  }

  kind(name: string): Locator {
    return this.page.locator(".kind").filter({ hasText: name }).getByRole("checkbox");
  }

  kindCount(kind: string): Promise<number> {
    return this.page.locator(`[data-count="kind ${kind}"]`).innerText().then(number);
  }

  async choose(facet: string, option: string): Promise<void> {
    await this.page.locator(".facet summary", { hasText: facet }).click();
    await this.page.locator(".facet[open]").getByLabel(option, { exact: false }).first().check();
    await this.page.keyboard.press("Escape");
  }

  /** Number of pins that the list says it has. */
  async total(): Promise<number> {
    return Number(await this.heading.getAttribute("data-total"));
  }

  /** Waits until list, numbers and hexes have come to say the same; answers it. */
  async agreed(): Promise<number> {
    await this.settled();
    const total = await this.total();
    await expect.poll(() => this.counted(), { message: "pins in hexes" }).toBe(total);
    expect(number(await this.heading.innerText())).toBe(total);
    return total;
  }
}

export const number = (text: string): number => Number(text.replace(/[^0-9]/g, ""));
