// The numbers of pins under the pointer, or in the middle of the map while it has the keyboard focus.

import type { MapGeoJSONFeature, Map as MapLibre, Point } from "maplibre-gl";
import { el } from "../create-element";
import { formatNumber, pageLanguage, t } from "../messages";
import { kinds } from "./config";
import { centreRadius, hotspotAt } from "./layers";
import { hotspotCounts, silenceText } from "./popup-content";
import { silenceAt } from "./silence-layer";

/** Adds a note beside the pointer or the middle, and announces that of the middle. */
export class HexValues {
  private readonly tip = el("p", { class: "hex-tip", "aria-hidden": "true" });
  private readonly status = el("p", { class: "hidden", role: "status" });

  constructor(
    private readonly map: MapLibre,
    container: HTMLElement,
  ) {
    container.append(this.tip, this.status, el("i", { class: "map-middle", "aria-hidden": "true" }));
    const canvas = map.getCanvas();
    const layers = ["hexes", "hotspots", "silence"];
    map.on("mousemove", layers, ({ point }) => this.place(point, this.cellText(point)));
    map.on("mouseleave", layers, () => this.hide());
    map.on("movestart", () => this.hide());
    map.on("idle", () => this.showMiddle());
    canvas.addEventListener("focus", () => this.showMiddle());
    canvas.addEventListener("blur", () => this.hide());
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.hide();
      }
    });
  }

  private showMiddle(): void {
    if (!this.map.getCanvas().matches(":focus-visible")) {
      return;
    }
    const middle = this.map.project(this.map.getCenter());
    const text = this.textAt(middle);
    this.place(middle, text);
    if (this.status.textContent !== text) {
      this.status.textContent = text;
    }
  }

  /** Returns what Enter would open at a point. */
  private textAt(point: Point): string {
    const { x, y } = point;
    const box: [[number, number], [number, number]] = [
      [x - centreRadius, y - centreRadius],
      [x + centreRadius, y + centreRadius],
    ];
    const pins = this.map.queryRenderedFeatures(box, { layers: ["pins"] });
    const counts = new Map(pins.map(({ id, properties }) => [id, Number(properties.n)]));
    const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
    if (total > 0) {
      return t("ui.pin.here", { n: total });
    }
    return this.cellText(point) || t("ui.hex.none");
  }

  /** Returns what is said of the cells at a point, or "". */
  private cellText(point: Point): string {
    const hotspot = hotspotAt(this.map, point);
    const [hex] = this.map.queryRenderedFeatures([point.x, point.y], { layers: ["hexes"] });
    const silent = silenceAt(this.map, point);
    const texts = [
      ...(hotspot ? [`${t(`ui.hotspots.class.${hotspot.class}`)}: ${hotspotCounts(hotspot)}`] : []),
      ...(hex ? [hexText(hex)] : []),
      ...(silent ? [silenceText(silent)] : []),
    ];
    return texts.join(". ");
  }

  private place({ x, y }: Point, text: string): void {
    this.tip.textContent = text;
    this.tip.style.setProperty("--x", `${x}px`);
    this.tip.style.setProperty("--y", `${y}px`);
  }

  private hide(): void {
    this.tip.textContent = "";
  }
}

/** Returns "12 pinezek: potrzeby 8, potencjały 4". */
function hexText({ properties }: MapGeoJSONFeature): string {
  const parts = kinds
    .filter((kind) => Number(properties[kind]) > 0)
    .map((kind) => `${t(`kinds.${kind}`).toLocaleLowerCase(pageLanguage())} ${formatNumber(Number(properties[kind]))}`);
  return `${t("ui.pins", { n: Number(properties.total) })}: ${parts.join(", ")}`;
}
