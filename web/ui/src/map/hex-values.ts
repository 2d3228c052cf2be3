// The numbers of pins under the pointer, or in the middle of the map while it has the keyboard focus.

import type { MapGeoJSONFeature, Map as MapLibre, Point } from "maplibre-gl";
import { el } from "../create-element";
import { formatNumber, pageLanguage, t } from "../messages";
import { kinds } from "./config";
import { centreRadius, hotspotAt } from "./layers";
import { hotspotCounts } from "./popup-content";

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
    map.on("mousemove", "hexes", ({ point, features }) => this.show(point, features?.[0]));
    map.on("mouseleave", "hexes", () => this.hide());
    map.on("mousemove", "hotspots", ({ point }) => this.place(point, this.hotspotText(point)));
    map.on("mouseleave", "hotspots", () => this.hide());
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

  private show(point: Point, hex: MapGeoJSONFeature | undefined): void {
    if (hex) {
      this.place(point, hexText(hex));
    } else {
      this.hide();
    }
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
    const hotspot = this.hotspotText(point);
    if (hotspot !== "") {
      return hotspot;
    }
    const [hex] = this.map.queryRenderedFeatures([x, y], { layers: ["hexes"] });
    return hex ? hexText(hex) : t("ui.hex.none");
  }

  private hotspotText(point: Point): string {
    const hotspot = hotspotAt(this.map, point);
    return hotspot ? `${t(`ui.hotspots.class.${hotspot.class}`)}: ${hotspotCounts(hotspot)}` : "";
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
