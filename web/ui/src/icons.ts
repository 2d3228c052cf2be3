// Icons, all hidden from assistive technology: the text beside an icon carries its meaning.

import { svgEl } from "./create-element";
import type { Kind } from "./map/config";
import kindShapes from "./pin-kind-shapes.json";

/** Returns an icon of the sprite that the page contains (web/page/templates/_icons.html). */
export const icon = (name: string): SVGSVGElement => svg("0 0 24 24", "icon", svgEl("use", { href: `#i-${name}` }));

/** Returns the shape of a kind of pin. */
export const kindShape = (kind: Kind): SVGSVGElement =>
  svg("0 0 32 32", `shape is-${kind}`, svgEl("use", { href: `#k-${kind}` }));

/** Returns the shape of a kind of pin with the hole that the map draws in it. */
export function pinShape(kind: Kind): SVGSVGElement {
  const shape = kindShape(kind);
  shape.append(svgEl("circle", { cx: "16", cy: String(kindShapes[kind].middle), r: "4", class: "hole" }));
  return shape;
}

/** Returns an icon of one path on a grid of 24 by 24. */
export const pathIcon = (path: string): SVGSVGElement => svg("0 0 24 24", undefined, svgEl("path", { d: path }));

function svg(viewBox: string, css: string | undefined, child: SVGElement): SVGSVGElement {
  return svgEl("svg", { class: css, viewBox, "aria-hidden": "true" }, child);
}
