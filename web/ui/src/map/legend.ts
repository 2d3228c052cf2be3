// The legend, which explains the colours of hexes or the shapes of pins.

import { el } from "../create-element";
import { icon, kindShape } from "../icons";
import { formatNumber, t } from "../messages";
import { classLabel } from "./class-breaks";
import { classColours } from "./colours";
import { kinds } from "./config";
import { cellArea, cellWidth } from "./h3";
import { formatScale, type Scale } from "./hex-scale";
import { classSign, hotspotClasses } from "./hotspot-classes";
import type { Hotspots } from "./hotspot-layer";
import type { Coverage } from "./silence-layer";
import { silenceLegend } from "./silence-legend";

/** A layer as the legend names it. */
export interface LayerSwitch {
  name: string;
  label: string;
  n?: number; // of what it has on the map
  isShown: boolean;
}

export interface HexLegend {
  scale: Scale;
  held: Scale | undefined; // the scale that is held, perhaps for hexes of another size
  previous: Scale | undefined; // the scale of hexes of the same size that was shown before
  ramp: readonly string[]; // colours of hexes as they are seen, from few pins to many
}

export class Legend {
  private readonly body = el("div", { class: "legend-body" });
  private readonly layers = el("fieldset", { class: "legend-layers", hidden: "" });
  private readonly change = el("p", { class: "legend-change", role: "status" });
  private readonly hotspots = el("div", { class: "legend-body", hidden: "" });
  private readonly silence = el("div", { class: "legend-body", hidden: "" });
  private shownKey = "";

  constructor(
    container: HTMLElement,
    private readonly holdScale?: (scale: string) => void, // or with "" does not hold it any longer; none on paper
  ) {
    const element = el(
      "details",
      { class: "legend" },
      el("summary", {}, t("ui.legend.heading")),
      el("div", { class: "legend-content" }, this.body, this.hotspots, this.silence, this.layers),
    );
    element.open = !holdScale || matchMedia("(min-width: 48rem)").matches;
    container.append(element, this.change);
  }

  /** Shows a switch for each layer of things other than pins, with their number. */
  showLayers(switches: readonly LayerSwitch[], show: (name: string, isShown: boolean) => void): void {
    this.layers.hidden = switches.length === 0;
    const focused = this.layers.querySelector<HTMLInputElement>(":focus")?.value;
    const rows = switches.map(({ name, label, n, isShown }) => {
      const box = el("input", { type: "checkbox", value: name });
      box.checked = isShown;
      box.addEventListener("change", () => show(name, box.checked));
      const number = n === undefined ? [] : [" ", el("b", {}, formatNumber(n))];
      return el(
        "label",
        {},
        box,
        el("span", { class: "thing-sign", "aria-hidden": "true" }, icon(name)),
        label,
        ...number,
      );
    });
    this.layers.replaceChildren(el("legend", {}, t("ui.legend.layers")), ...rows);
    this.layers.querySelector<HTMLInputElement>(`[value="${focused}"]`)?.focus();
  }

  /** Shows the classes that hotspots have, instead of the scale of hexes, or no classes. */
  showHotspots(hotspots: Hotspots | undefined, href: string | undefined): void {
    const isShown = hotspots !== undefined;
    this.hotspots.hidden = !isShown;
    this.body.classList.toggle("is-below-hotspots", isShown);
    if (!isShown) {
      this.hotspots.replaceChildren();
      return;
    }
    const present = new Set(hotspots.features.map(({ properties }) => properties.class));
    const items = hotspotClasses
      .filter((name) => present.has(name))
      .map((name) => el("li", {}, classSign(name), t(`ui.hotspots.class.${name}`)));
    this.hotspots.replaceChildren(
      el("p", { class: "legend-title" }, t("ui.hotspots.legend")),
      el("ul", { class: "legend-kinds" }, ...items),
      ...(hotspots.minimum === "enough" ? [] : [el("p", { class: "legend-hint" }, t("ui.hotspots.too_little"))]),
      ...(href ? [el("p", { class: "legend-hint" }, el("a", { href }, t("ui.hotspots.all")))] : []),
    );
  }

  /** Shows what silence means, with the link to all of it, or not. */
  showSilence(coverage: Coverage | undefined, href: string, isFiltered: boolean): void {
    this.silence.hidden = coverage === undefined;
    this.silence.replaceChildren(...(coverage ? silenceLegend(coverage, href, isFiltered) : []));
  }

  showHexes({ scale, held, previous, ramp }: HexLegend): void {
    this.body.classList.add("is-of-hexes");
    const shades = classColours(ramp, scale.breaks.length);
    const key = [scale, held, previous].map((scale) => scale && formatScale(scale)).join();
    if (this.isShown(`hexes ${key} ${shades}`)) {
      return;
    }
    this.showChange(scale, previous);
    if (scale.breaks.length === 0) {
      this.replaceBody(el("p", { class: "legend-title" }, t("ui.legend.none")));
      return;
    }
    const list = el("ol", { class: "legend-scale" });
    for (const [i, shade] of shades.entries()) {
      const swatch = el("i");
      swatch.style.setProperty("--fill", shade);
      list.append(el("li", {}, swatch, el("span", {}, classLabel(scale.breaks, i, formatNumber))));
    }
    this.replaceBody(el("p", { class: "legend-title" }, t("ui.legend.hexes")), list, ...this.explanation(scale, held));
  }

  /** Returns what is said of the hexes, and on a screen of their scale. */
  private explanation(scale: Scale, held: Scale | undefined): HTMLElement[] {
    const size = sizeText(scale.resolution);
    if (!this.holdScale) {
      return [el("p", { class: "legend-hint" }, size)];
    }
    return [
      el("p", { class: "legend-hint" }, `${size} ${t("ui.legend.closer")}`),
      this.scaleControl(scale, held, this.holdScale),
      el("details", { class: "legend-hint legend-why" }, el("summary", {}, t("ui.legend.why")), t("ui.legend.border")),
    ];
  }

  showPins(): void {
    this.body.classList.remove("is-of-hexes");
    if (this.isShown("pins")) {
      return;
    }
    this.change.textContent = "";
    this.replaceBody(
      el("ul", { class: "legend-kinds" }, ...kinds.map((kind) => el("li", {}, kindShape(kind), t(`kinds.${kind}`)))),
      el("p", { class: "legend-hint" }, t("ui.legend.pins")),
    );
  }

  /** Returns what is said of a scale that is held, and the button that holds it or does so no longer. */
  private scaleControl(scale: Scale, held: Scale | undefined, holdScale: (scale: string) => void): HTMLElement {
    const isHere = held?.resolution === scale.resolution;
    const text = held ? t(isHere ? "ui.legend.held" : "ui.legend.held_elsewhere") : t("ui.legend.suited");
    const button = el(
      "button",
      { class: "legend-button", type: "button" },
      t(held ? "ui.legend.suit" : "ui.legend.hold"),
    );
    button.addEventListener("click", () => holdScale(held ? "" : formatScale(scale)));
    return el("p", { class: "legend-hint" }, text, " ", button);
  }

  /** Says that the classes have changed, since the same colour now means another number. */
  private showChange(scale: Scale, previous: Scale | undefined): void {
    const hasChanged = previous && String(previous.breaks) !== String(scale.breaks);
    const labels = previous?.breaks.map((_, i) => classLabel(previous.breaks, i, formatNumber)).join(" · ");
    this.change.textContent = hasChanged && labels ? t("ui.legend.changed", { classes: labels }) : "";
  }

  /** Replaces the content, and keeps the focus on the button if it was there. */
  private replaceBody(...content: HTMLElement[]): void {
    const hadFocus = this.body.contains(document.activeElement);
    this.body.replaceChildren(...content);
    if (hadFocus) {
      (this.body.querySelector("button") ?? this.body.parentElement?.querySelector("summary"))?.focus();
    }
  }

  /** Reports whether the legend shows the content with a key, and stores the key for the next call. */
  private isShown(key: string): boolean {
    const shown = key === this.shownKey;
    this.shownKey = key;
    return shown;
  }
}

function sizeText(resolution: number): string {
  const metres = cellWidth(resolution);
  const area = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 2 }).format(
    cellArea(resolution),
  );
  return metres < 1000
    ? t("ui.legend.size_m", { size: formatNumber(metres), area })
    : t("ui.legend.size_km", { size: formatNumber(metres / 1000), area });
}
