// The classes of hotspots, with a sign of each, whose mark the map and the table repeat.

import type { components } from "../api.gen";
import { svgEl } from "../create-element";

export type HotspotClass = components["schemas"]["Hotspot"]["class"];

/** The classes in the order of the legend. */
export const hotspotClasses: readonly HotspotClass[] = ["very-hot", "hot", "cold", "not-significant", "undefined"];

/** Marks of classes as paths on a grid of 20 by 20. The others have none on the map. */
export const marks: Partial<Record<HotspotClass, string>> = {
  "very-hot": "M6 13 10 9l4 4M6 9l4-4 4 4",
  hot: "M6 12l4-4 4 4",
  cold: "M6 8l4 4 4-4",
};

export const isMarked = (name: HotspotClass): boolean => name in marks;

/** Returns the sign of a class, as that of pages (web/hotspots/templates/_hotspot_sign.html). */
export function classSign(name: HotspotClass): SVGSVGElement {
  const sign = svgEl("svg", { class: `hotspot-sign is-${name}`, viewBox: "0 0 20 20", "aria-hidden": "true" });
  sign.append(svgEl("path", { class: "sign-fill", d: "M10 1 18 5.5v9L10 19 2 14.5v-9Z" }));
  const mark = name === "undefined" ? "M8 8a2 2 0 1 1 3 1.7c-.7.4-1 .8-1 1.5M10 14h.01" : marks[name];
  if (mark) {
    sign.append(svgEl("path", { class: "sign-mark", d: mark }));
  }
  return sign;
}
