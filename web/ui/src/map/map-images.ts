// Images of the map's layers, drawn at the pixel density of the screen. Kinds of pins differ in
// shape and in colour.

import type { Map as MapLibre } from "maplibre-gl";
import kindShapes from "../pin-kind-shapes.json";
import type { Colours } from "./colours";
import { type Kind, kinds, type MapConfig } from "./config";
import { type HotspotClass, marks } from "./hotspot-classes";
import { iconPath } from "./icon-path";

const pinSize = 34; // CSS pixels
const pinMargin = 2; // CSS pixels
const iconSize = 14.5; // of the 32 units of a pin

/** Numbers of pins that one image can represent. */
const pinCounts = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "9+"];

/**
 * Adds the patterns "dots" and "hatch", the symbols of places of the basemap, the images of pins of all kinds and
 * counts, such as "pin-need-9+", and those of one pin of each category, such as "category-greenery".
 */
export function addImages(map: MapLibre, colours: Colours, categories: MapConfig["labels"]): void {
  const pixelRatio = Math.max(1, Math.ceil(devicePixelRatio));
  const add = (name: string, draw: () => ImageData): void => {
    if (!map.hasImage(name)) {
      map.addImage(name, draw(), { pixelRatio });
    }
  };
  add("dots", () => drawDots(colours, pixelRatio));
  add("hatch", () => drawHatch(colours, pixelRatio));
  add("poi-dot", () => drawPlace("dot", colours, pixelRatio));
  add("poi-square", () => drawPlace("square", colours, pixelRatio));
  add("poi-stop", () => drawPlace("stop", colours, pixelRatio));
  for (const kind of kinds) {
    for (const n of pinCounts) {
      add(`pin-${kind}-${n}`, () => drawPin(kind, n, colours, pixelRatio));
    }
  }
  for (const [slug, { kind, icon }] of Object.entries(categories)) {
    const path = iconPath(icon);
    if (path) {
      add(`category-${slug}`, () => drawCategory(kind, path, colours, pixelRatio));
    }
  }
}

/** Returns a canvas in main memory: reading images back from the graphics processor is slow. */
function createCanvas(size: number): [OffscreenCanvasRenderingContext2D, () => ImageData] {
  const context = new OffscreenCanvas(size, size).getContext("2d", { willReadFrequently: true });
  if (!context) {
    throw new Error("the browser has no 2D canvas");
  }
  return [context, () => context.getImageData(0, 0, size, size)];
}

/** Returns a canvas of 32 by 32 units with the shape of a kind, and a function that returns its image. */
function drawShape(kind: Kind, colours: Colours, pixelRatio: number): ReturnType<typeof createCanvas> {
  const [c, data] = createCanvas(pinSize * pixelRatio);
  const scale = ((pinSize - 2 * pinMargin) / 32) * pixelRatio;
  c.translate(pinMargin * pixelRatio, pinMargin * pixelRatio);
  c.scale(scale, scale);
  const shape = new Path2D(kindShapes[kind].path);
  c.lineJoin = "round";
  c.lineWidth = 5;
  c.strokeStyle = colours.halo;
  c.stroke(shape);
  c.fillStyle = colours[kind];
  c.fill(shape);
  return [c, data];
}

function drawPin(kind: Kind, n: string, colours: Colours, pixelRatio: number): ImageData {
  const [c, data] = drawShape(kind, colours, pixelRatio);
  const { middle } = kindShapes[kind];
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

/** Size of marks in CSS pixels at an icon-size of 1. */
export const markPixels = 32;

/** Draws the mark of a class of hotspots. */
export function drawMark(name: HotspotClass, colours: Colours): ImageData {
  const pixelRatio = Math.max(1, Math.ceil(devicePixelRatio));
  const [c, data] = createCanvas(markPixels * pixelRatio);
  c.scale((markPixels / 20) * pixelRatio, (markPixels / 20) * pixelRatio);
  c.lineCap = "round";
  c.lineJoin = "round";
  c.lineWidth = 2.2;
  c.strokeStyle = colours.hotspotMarks[name];
  c.stroke(new Path2D(marks[name]));
  return data();
}

function drawCategory(kind: Kind, icon: Path2D, colours: Colours, pixelRatio: number): ImageData {
  const [c, data] = drawShape(kind, colours, pixelRatio);
  c.translate(16 - iconSize / 2, kindShapes[kind].middle - iconSize / 2);
  c.scale(iconSize / 24, iconSize / 24);
  c.lineCap = "round";
  c.lineWidth = 2.4;
  c.strokeStyle = colours.onKind;
  c.stroke(icon);
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

/** Draws the pattern of silence: diagonals that meet those of the next tile. */
function drawHatch(colours: Colours, pixelRatio: number): ImageData {
  const size = 10 * pixelRatio;
  const [c, data] = createCanvas(size);
  c.strokeStyle = colours.text;
  c.lineWidth = 1.4 * pixelRatio;
  for (const shift of [-size, 0, size]) {
    c.moveTo(shift - pixelRatio, size + pixelRatio);
    c.lineTo(shift + size + pixelRatio, -pixelRatio);
  }
  c.stroke();
  return data();
}
