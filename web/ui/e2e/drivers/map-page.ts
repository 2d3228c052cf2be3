import { expect, type Locator, type Page } from "@playwright/test";
import type { VectorTileSource } from "maplibre-gl";
import type { MapElement } from "../../src/elements/map-element";
import type { Camera } from "../../src/map/address-fragment";

/** What the map showed when it rendered a frame. */
export interface Frame {
  month: string; // in the URL of the hex tiles
  hexes: number;
  colours: string;
  at: number; // ms
}

/** The page of a district: map, filters, numbers and list. */
export class MapPage {
  readonly map: Locator;
  readonly results: Locator;
  readonly heading: Locator;
  readonly hexOnly: Locator; // the sentence about pins that are only counted
  readonly pins: Locator;
  readonly chips: Locator;
  readonly legend: Locator;
  readonly hexTip: Locator; // the numbers under the pointer
  readonly card: Locator;
  readonly monthBox: Locator;
  readonly monthSlider: Locator;
  readonly playButton: Locator;

  constructor(readonly page: Page) {
    this.map = page.locator("pinezka-map");
    this.results = page.locator("#results");
    this.heading = page.locator("#results-heading");
    this.hexOnly = page.locator(".results-hex-only");
    this.pins = page.locator(".pins .pin");
    this.chips = page.locator(".chip");
    this.legend = page.locator(".legend");
    this.hexTip = page.locator(".hex-tip");
    this.card = page.locator(".maplibregl-popup");
    this.monthBox = page.locator(".months-box");
    this.monthSlider = this.monthBox.getByRole("slider");
    this.playButton = this.monthBox.locator(".months-play");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/d/podgorze${query}`);
  }

  /** Waits until the map has loaded and rendered its tiles. */
  async waitUntilIdle(): Promise<void> {
    await this.map.evaluate(async (element) => {
      const view = await (element as MapElement).ready;
      if (!view) {
        throw new Error("the browser cannot draw the map");
      }
      view.map.triggerRepaint();
      await view.map.once("idle");
    });
  }

  async jumpTo(lon: number, lat: number, zoom: number): Promise<void> {
    await this.map.evaluate(
      async (element, [lon, lat, zoom]) => {
        const { map } = (await (element as MapElement).ready) ?? {};
        map?.jumpTo({ center: [lon, lat], zoom });
        await map?.once("idle");
      },
      [lon, lat, zoom] as const,
    );
  }

  /** Moves the map until the legend covers a part of what is on it. */
  async moveBelowLegend(covered: Locator): Promise<void> {
    const [legend, box] = [await this.legend.boundingBox(), await covered.boundingBox()];
    if (!legend || !box) {
      throw new Error("the legend and what it is to cover must be visible");
    }
    await this.map.evaluate(
      async (element, by) => {
        const { map } = (await (element as MapElement).ready) ?? {};
        map?.panBy(by, { animate: false });
      },
      [box.x - legend.x - legend.width + 8, box.y - legend.y - 20] as [number, number],
    );
  }

  /** Returns where the map is, as the address has it. */
  camera(): Promise<Camera> {
    return this.map.evaluate((element) => {
      const { map } = element as MapElement;
      const { lng = 0, lat = 0 } = map?.getCenter() ?? {};
      const rounded = (n: number): number => Math.round(n * 1e5) / 1e5;
      return { zoom: Math.round((map?.getZoom() ?? 0) * 100) / 100, lat: rounded(lat), lon: rounded(lng) };
    });
  }

  /** Returns the number of rendered features of a layer. */
  renderedFeatures(layer: "hexes" | "pins"): Promise<number> {
    return this.map.evaluate((element, layer) => {
      const { map } = element as MapElement;
      return map?.getLayer(layer) ? map.queryRenderedFeatures({ layers: [layer] }).length : 0;
    }, layer);
  }

  /** Returns the number that the legend has beside a layer of other things; 0 without it. */
  async layerNumber(label: string): Promise<number> {
    const row = this.legend.locator(".legend-layers label", { hasText: new RegExp(`^\\s*${label}\\s*\\d`) });
    return (await row.count()) === 0 ? 0 : digits(await row.locator("b").innerText());
  }

  /** Returns how many things of a kind the visible tiles have. */
  thingsInTiles(kind: string): Promise<number> {
    return this.map.evaluate((element, kind) => {
      const { map } = element as MapElement;
      const features = map?.querySourceFeatures("things", { sourceLayer: "things" }) ?? [];
      const own = new Map(
        features.filter((f) => f.properties.kind === kind).map((f) => [f.id, Number(f.properties.n)]),
      );
      return [...own.values()].reduce((sum, n) => sum + n, 0);
    }, kind);
  }

  /** Returns the texts of the labels that a layer of the basemap has rendered, each once. */
  renderedNames(layer: string): Promise<string[]> {
    return this.map.evaluate((element, layer) => {
      const { map } = element as MapElement;
      const names = map?.getLayer(layer) ? map.queryRenderedFeatures({ layers: [layer] }) : [];
      return [
        ...new Set(
          names.map(({ layer }) => String((layer.layout as Record<string, unknown> | undefined)?.["text-field"] ?? "")),
        ),
      ];
    }, layer);
  }

  /** Returns the ids of the layers of the map, from the lowest to the highest. */
  layers(): Promise<string[]> {
    return this.map.evaluate((element) => (element as MapElement).map?.getLayersOrder() ?? []);
  }

  /** Returns the labels of the classes in the legend: "1–2", "3–5", … */
  legendClasses(): Promise<string[]> {
    return this.legend.locator(".legend-scale li").allInnerTexts();
  }

  /** Returns the resolution of the rendered hexes. */
  hexResolution(): Promise<number> {
    return this.map.evaluate((element) => {
      const [hex] = (element as MapElement).map?.queryRenderedFeatures({ layers: ["hexes"] }) ?? [];
      return Number.parseInt(String(hex?.properties.h3)[1] ?? "", 16);
    });
  }

  /** Returns the sum of the counts of the rendered hexes. */
  pinsInHexes(): Promise<number> {
    return this.map.evaluate((element) => {
      const hexes = (element as MapElement).map?.queryRenderedFeatures({ layers: ["hexes"] }) ?? [];
      const totals = new Map(hexes.map((hex) => [hex.properties.h3 as string, Number(hex.properties.total)]));
      return [...totals.values()].reduce((sum, n) => sum + n, 0);
    });
  }

  /**
   * Returns a point on the screen at which a layer has a feature that no marker covers: of hexes one of those with
   * most pins, since one with few may have only such that are not listed, and among equal ones that nearest to the
   * middle of the map.
   */
  pointOn(layer: "hexes" | "pins"): Promise<{ x: number; y: number }> {
    return this.map.evaluate((element, layer) => {
      const { map } = element as MapElement;
      const box = element.getBoundingClientRect();
      const [w, h] = [box.width, box.height];
      let best: { x: number; y: number; total: number } | undefined;
      for (let radius = 0; radius < Math.min(w, h) / 2; radius += 8) {
        for (let angle = 0; angle < 2 * Math.PI; angle += 0.5) {
          const point: [number, number] = [w / 2 + radius * Math.cos(angle), h / 2 + radius * Math.sin(angle)];
          const [x, y] = [box.x + point[0], box.y + point[1]];
          const isBare = document.elementFromPoint(x, y) === map?.getCanvas();
          const [found] = (isBare && map?.queryRenderedFeatures(point, { layers: [layer] })) || [];
          const total = layer === "hexes" ? Number(found?.properties.total) : 0;
          if (found && (!best || total > best.total)) {
            best = { x, y, total };
          }
        }
      }
      if (!best) {
        throw new Error(`the layer ${layer} has no rendered features`);
      }
      return best;
    }, layer);
  }

  /** Clicks where no layer has a feature to open, near the middle of the map, and returns the location. */
  async clickEmptyPlace(): Promise<{ lon: number; lat: number }> {
    const { x, y, lon, lat } = await this.map.evaluate((element) => {
      const { map } = element as MapElement;
      const { x, y, width, height } = element.getBoundingClientRect();
      for (let radius = 0; radius < Math.min(width, height) / 2; radius += 8) {
        for (let angle = 0; angle < 2 * Math.PI; angle += 0.5) {
          const point = [width / 2 + radius * Math.cos(angle), height / 2 + radius * Math.sin(angle)] as const;
          const box: [[number, number], [number, number]] = [
            [point[0] - 10, point[1] - 10],
            [point[0] + 10, point[1] + 10],
          ];
          if (map?.queryRenderedFeatures(box, { layers: ["pins", "hexes"] }).length === 0) {
            const { lng, lat } = map.unproject([...point]);
            return { x: x + point[0], y: y + point[1], lon: lng, lat };
          }
        }
      }
      throw new Error("there is something everywhere on the map");
    });
    await this.page.mouse.click(x, y);
    return { lon, lat };
  }

  async click(layer: "hexes" | "pins"): Promise<void> {
    const { x, y } = await this.pointOn(layer);
    await this.page.mouse.click(x, y);
  }

  /** Returns the value of the slider of months for screen readers, and the number of pins in it. */
  async monthValue(): Promise<{ text: string; pins: number }> {
    const text = (await this.monthSlider.getAttribute("aria-valuetext")) ?? "";
    return { text, pins: digits(text.split(":")[1] ?? "") };
  }

  /** Waits until the playing slider has reached a month. It may be at a later one already. */
  async playedTo(position: number): Promise<void> {
    await expect.poll(async () => Number(await this.monthSlider.inputValue())).toBeGreaterThanOrEqual(position);
  }

  /** Records from now on every frame that the map renders. */
  async recordFrames(): Promise<void> {
    await this.map.evaluate(async (element) => {
      const { map } = (await (element as MapElement).ready) ?? {};
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

  recordedFrames(): Promise<Frame[]> {
    return this.page.evaluate(() => (window as unknown as { frames: Frame[] }).frames);
  }

  kind(name: string): Locator {
    return this.page.locator(".kind").filter({ hasText: name }).getByRole("checkbox");
  }

  kindCount(kind: string): Promise<number> {
    return this.page.locator(`[data-count="kind ${kind}"]`).innerText().then(digits);
  }

  async choose(facet: string, option: string): Promise<void> {
    await this.page.locator(".facet summary", { hasText: facet }).click();
    await this.page.locator(".facet[open]").getByLabel(option, { exact: false }).first().check();
    await this.page.keyboard.press("Escape");
  }

  /** Returns the number of pins of the list together with those that are only counted beside it. */
  total(): Promise<number> {
    return this.results.evaluate((results) =>
      [...results.querySelectorAll<HTMLElement>("[data-total]")].reduce((n, e) => n + Number(e.dataset.total), 0),
    );
  }

  async expectTotal(total: number): Promise<void> {
    await expect.poll(() => this.total(), { message: "pins in the list and beside it" }).toBe(total);
  }

  /** Waits until the hexes contain as many pins as the page counts, and returns their number. */
  async consistentTotal(): Promise<number> {
    await this.waitUntilIdle();
    const surplus = async (): Promise<number> => (await this.pinsInHexes()) - (await this.total());
    await expect.poll(surplus, { message: "pins in hexes beyond those of the list" }).toBe(0);
    const total = await this.total();
    expect(digits(await this.heading.innerText())).toBe(Number(await this.heading.getAttribute("data-total")));
    return total;
  }
}

/** Returns the digits in a text as a number: 1500 for "1 500 pinezek". */
export const digits = (text: string): number => Number(text.replace(/[^0-9]/g, ""));
