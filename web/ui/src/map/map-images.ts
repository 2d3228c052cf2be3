// Images of the map's layers, drawn at the pixel density of the screen. Kinds of pins differ in
// shape and in colour.

import type { Map as MapLibre } from "maplibre-gl";
import kindShapes from "../pin-kind-shapes.json";
import type { Colours } from "./colours";
import { type Kind, kinds } from "./config";

const pinSize = 30; // CSS pixels
const pinMargin = 2; // CSS pixels

/** Numbers of pins that one image can represent. */
const pinCounts = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "9+"];

/**
 * Adds the pattern "dots", the symbols of places of the basemap, and the images of pins of all kinds and counts, such as "pin-need-9+".
 */
export function addImages(map: MapLibre, colours: Colours): void {
  const pixelRatio = Math.max(1, Math.ceil(devicePixelRatio));
  const add = (name: string, draw: () => ImageData): void => {
    if (!map.hasImage(name)) {
      map.addImage(name, draw(), { pixelRatio });
    }
  };
  add("dots", () => drawDots(colours, pixelRatio));
  add("poi-dot", () => drawPlace("dot", colours, pixelRatio));
  add("poi-square", () => drawPlace("square", colours, pixelRatio));
  add("poi-stop", () => drawPlace("stop", colours, pixelRatio));
  for (const kind of kinds) {
    for (const n of pinCounts) {
      add(`pin-${kind}-${n}`, () => drawPin(kind, n, colours, pixelRatio));
    }
  }
}

function createCanvas(size: number): [OffscreenCanvasRenderingContext2D, () => ImageData] {
  const context = new OffscreenCanvas(size, size).getContext("2d");
  if (!context) {
    throw new Error("the browser has no 2D canvas");
  }
  return [context, () => context.getImageData(0, 0, size, size)];
}

function drawPin(kind: Kind, n: string, colours: Colours, pixelRatio: number): ImageData {
  const [c, data] = createCanvas(pinSize * pixelRatio);
  const scale = ((pinSize - 2 * pinMargin) / 32) * pixelRatio;
  c.translate(pinMargin * pixelRatio, pinMargin * pixelRatio);
  c.scale(scale, scale);
  const { path, middle } = kindShapes[kind];
  const shape = new Path2D(path);
  c.lineJoin = "round";
  c.lineWidth = 5;
  c.strokeStyle = colours.halo;
  c.stroke(shape);
  c.fillStyle = colours[kind];
  c.fill(shape);
  c.fillStyle = colours.onKind;
  c.beginPath();
  c.arc(16, middle, n === "1" ? 4 : 8.5, 0, 2 * Math.PI);
  c.fill();
  if (n !== "1") {
    c.fillStyle = colours[kind];
    c.font = `750 ${n.length > 1 ? 11 : 14}px "Commissioner Variable", sans-serif`;
    c.textAlign = "center";
    c.textBaseline = "alphabetic";
    c.fillText(n, 16, middle + (n.length > 1 ? 4 : 5));
  }
  return data();
}

/** Draws the symbol of a stop (a ring), a school (a square) or another place of the basemap (a dot). */
function drawPlace(shape: "dot" | "square" | "stop", colours: Colours, pixelRatio: number): ImageData {
  const [c, data] = createCanvas(10 * pixelRatio);
  c.scale(pixelRatio, pixelRatio);
  const path = new Path2D();
  if (shape === "square") {
    path.rect(2, 2, 6, 6);
  } else {
    path.arc(5, 5, shape === "stop" ? 3 : 2.2, 0, 2 * Math.PI);
  }
  c.lineWidth = shape === "stop" ? 4 : 2.4;
  c.strokeStyle = colours.halo;
  c.stroke(path);
  c.fillStyle = shape === "stop" ? colours.halo : colours.poiLabel;
  c.fill(path);
  if (shape === "stop") {
    c.lineWidth = 1.8;
    c.strokeStyle = colours.poiLabel;
    c.stroke(path);
  }
  return data();
}

/**
 * Draws the pattern outside the district, so that it does not look like tiles that fail to load.
 */
function drawDots(colours: Colours, pixelRatio: number): ImageData {
  const size = 24 * pixelRatio;
  const [c, data] = createCanvas(size);
  c.fillStyle = colours.outside;
  c.fillRect(0, 0, size, size);
  c.fillStyle = colours.dot;
  for (const position of [6 * pixelRatio, 18 * pixelRatio]) {
    c.beginPath();
    c.arc(position, position, 1.1 * pixelRatio, 0, 2 * Math.PI);
    c.fill();
  }
  return data();
}
