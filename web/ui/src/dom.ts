// Small helpers for making elements.

import type { Kind } from "./config";
import shapes from "./shapes.json";

type Child = Node | string;

/** Element with attributes and children; an attribute that is undefined is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** Symbol of the page's sprite, for show only. */
export function sprite(id: string, css: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${id}`);
  svg.setAttribute("class", css);
  svg.setAttribute("viewBox", id.startsWith("k-") ? "0 0 32 32" : "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** Sign of one path on a grid of 24 by 24, for show only. */
export function strokes(path: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Shape of a kind of pin. */
export const shape = (kind: string): SVGSVGElement => sprite(`k-${kind}`, `shape is-${kind}`);

/** Icon of the interface. */
export const icon = (name: string): SVGSVGElement => sprite(`i-${name}`, "icon");

/** Head of a pin, as the map draws it: the shape with its hole. */
export function head(kind: Kind): SVGSVGElement {
  const svg = shape(kind);
  const hole = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  hole.setAttribute("cx", "16");
  hole.setAttribute("cy", String(shapes[kind].middle));
  hole.setAttribute("r", "4");
  hole.setAttribute("class", "hole");
  svg.append(hole);
  return svg;
}
