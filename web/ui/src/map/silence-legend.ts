// What the legend says of the layer of silence.

import { el, svgEl } from "../create-element";
import { formatDay, t } from "../messages";
import type { Coverage } from "./silence-layer";

/**
 * Returns the sign of silence with what it means, of some pins if there is a filter, where the numbers of
 * residents are from, and the link to all of it.
 */
export function silenceLegend(
  { minimum, people, population, hex_only }: Coverage,
  href: string,
  isFiltered: boolean,
): HTMLElement[] {
  const more = el("p", { class: "legend-hint" }, el("a", { href }, t("ui.silence.all")));
  if (people.known === 0) {
    return [el("p", {}, t("ui.silence.unknown")), more];
  }
  const { source, date, spread } = population;
  const origin = [
    ...(source && date ? [t("ui.silence.source", { source, date: formatDay(date) })] : []),
    ...(spread ? [t("ui.silence.spread")] : []),
  ].join(" ");
  return [
    ...(people.silent > 0
      ? [
          el(
            "p",
            { class: "legend-silence" },
            hatch(),
            el("span", {}, t(isFiltered ? "ui.silence.legend_of" : "ui.silence.legend", { n: minimum })),
          ),
        ]
      : [el("p", {}, t(isFiltered ? "ui.silence.none_of" : "ui.silence.none", { n: minimum }))]),
    el("p", { class: "legend-hint" }, t("ui.silence.means")),
    ...((hex_only.larger ?? 0) > 0 ? [el("p", { class: "legend-hint" }, t("ui.silence.hex_only"))] : []),
    ...(origin === "" ? [] : [el("p", { class: "legend-hint" }, origin)]),
    more,
  ];
}

function hatch(): SVGSVGElement {
  const sign = svgEl("svg", { class: "hatch-sign", viewBox: "0 0 20 20", "aria-hidden": "true" });
  sign.append(
    svgEl("path", { d: "M10 1 18 5.5v9L10 19 2 14.5v-9Z", "stroke-dasharray": "3 2" }),
    svgEl("path", { d: "M2 13 13 2.7M4.5 16 17 4.9M9 18.4 18 10.6" }),
  );
  return sign;
}
