// The legend: what the colour of a hex and the shape of a pin say.

import { classLabel, widthOf } from "../classes";
import { kinds } from "../config";
import { el, shape } from "../dom";
import { num, t } from "../messages";
import { type Colours, ramp } from "./colours";

export class Legend {
  readonly element: HTMLDetailsElement;
  private readonly body = el("div", { class: "legend-body" });
  private shown = "";

  constructor(host: HTMLElement) {
    this.element = el("details", { class: "legend" }, el("summary", {}, t("ui.legend.heading")), this.body);
    this.element.open = matchMedia("(min-width: 48rem)").matches;
    host.append(this.element);
  }

  hexes(bounds: readonly number[], resolution: number, colours: Colours): void {
    const shades = ramp(colours.hexes, bounds.length);
    if (!this.change(`hexes ${bounds} ${resolution} ${shades}`)) {
      return;
    }
    if (bounds.length === 0) {
      this.body.replaceChildren(el("p", { class: "legend-title" }, t("ui.legend.none")));
      return;
    }
    const scale = el("ol", { class: "legend-scale" });
    for (const [i, shade] of shades.entries()) {
      const swatch = el("i");
      swatch.style.setProperty("--fill", shade);
      scale.append(el("li", {}, swatch, el("span", {}, classLabel(bounds, i, num))));
    }
    const metres = widthOf(resolution);
    const size =
      metres < 1000
        ? t("ui.legend.size_m", { size: num(metres) })
        : t("ui.legend.size_km", { size: num(metres / 1000) });
    this.body.replaceChildren(
      el("p", { class: "legend-title" }, t("ui.legend.hexes")),
      scale,
      el("p", { class: "legend-hint" }, `${size}. ${t("ui.legend.closer")}`),
    );
  }

  pins(): void {
    if (!this.change("pins")) {
      return;
    }
    this.body.replaceChildren(
      el("ul", { class: "legend-kinds" }, ...kinds.map((kind) => el("li", {}, shape(kind), t(`kinds.${kind}`)))),
      el("p", { class: "legend-hint" }, t("ui.legend.pins")),
    );
  }

  private change(to: string): boolean {
    const changed = to !== this.shown;
    this.shown = to;
    return changed;
  }
}
