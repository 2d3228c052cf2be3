import { svgEl } from "../create-element";

/** Returns a cross that is drawn twice: first its outline, then its line. */
export function crosshair(): SVGSVGElement {
  const path = (): SVGPathElement =>
    svgEl("path", { d: "M24 6v13M24 29v13M6 24h13M29 24h13", fill: "none", "stroke-linecap": "round" });
  return svgEl("svg", { class: "crosshair", viewBox: "0 0 48 48", "aria-hidden": "true" }, path(), path());
}
