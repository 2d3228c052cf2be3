// The legend, which explains the colours of hexes or the shapes of pins.

import { el } from "../create-element";
import { kindShape } from "../icons";
import { formatNumber, t } from "../messages";
import { classLabel } from "./class-breaks";
import { type Colours, classColours } from "./colours";
import { kinds } from "./config";
import { cellWidth } from "./h3";

export class Legend {
  private readonly body = el("div", { class: "legend-body" });
  private shownKey = "";

  constructor(container: HTMLElement) {
    const element = el("details", { class: "legend" }, el("summary", {}, t("ui.legend.heading")), this.body);
    element.open = matchMedia("(min-width: 48rem)").matches;
    container.append(element);
  }

  showHexes(breaks: readonly number[], resolution: number, colours: Colours): void {
    const shades = classColours(colours.hexes, breaks.length);
    if (this.isShown(`hexes ${breaks} ${resolution} ${shades}`)) {
      return;
    }
    if (breaks.length === 0) {
      this.body.replaceChildren(el("p", { class: "legend-title" }, t("ui.legend.none")));
      return;
    }
    const scale = el("ol", { class: "legend-scale" });
    for (const [i, shade] of shades.entries()) {
      const swatch = el("i");
      swatch.style.setProperty("--fill", shade);
      scale.append(el("li", {}, swatch, el("span", {}, classLabel(breaks, i, formatNumber))));
    }
    const metres = cellWidth(resolution);
    const size =
      metres < 1000
        ? t("ui.legend.size_m", { size: formatNumber(metres) })
        : t("ui.legend.size_km", { size: formatNumber(metres / 1000) });
    this.body.replaceChildren(
      el("p", { class: "legend-title" }, t("ui.legend.hexes")),
      scale,
      el("p", { class: "legend-hint" }, `${size}. ${t("ui.legend.closer")}`),
    );
  }

  showPins(): void {
    if (this.isShown("pins")) {
      return;
    }
    this.body.replaceChildren(
      el("ul", { class: "legend-kinds" }, ...kinds.map((kind) => el("li", {}, kindShape(kind), t(`kinds.${kind}`)))),
      el("p", { class: "legend-hint" }, t("ui.legend.pins")),
    );
  }

  /** Reports whether the legend shows the content with a key, and stores the key for the next call. */
  private isShown(key: string): boolean {
    const shown = key === this.shownKey;
    this.shownKey = key;
    return shown;
  }
}
