// Images of pins, drawn at the screen's own density: kinds differ by shape and by
// colour.

import { type Kind, kinds } from "../config";
import shapes from "../shapes.json";
import type { Colours } from "./colours";

export interface PinImage {
  name: string;
  data: ImageData;
  pixelRatio: number;
}

const side = 30; // CSS pixels
const rim = 2;

/** How many pins one stands for. */
const stacks = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "9+"];

/** Images of all kinds, and the dots of plain paper. */
export function pinImages(colours: Colours, density = Math.max(1, Math.ceil(devicePixelRatio))): PinImage[] {
  const pins = kinds.flatMap((kind) => stacks.map((n) => pinImage(kind, n, colours, density)));
  return [...pins, paper(colours, density)];
}

function canvasOf(size: number): [OffscreenCanvasRenderingContext2D, () => ImageData] {
  const context = new OffscreenCanvas(size, size).getContext("2d");
  if (!context) {
    throw new Error("no canvas");
  }
  return [context, () => context.getImageData(0, 0, size, size)];
}

function pinImage(kind: Kind, n: string, colours: Colours, density: number): PinImage {
  const [c, data] = canvasOf(side * density);
  const scale = ((side - 2 * rim) / 32) * density;
  c.translate(rim * density, rim * density);
  c.scale(scale, scale);
  const path = new Path2D(shapes[kind].path);
  c.lineJoin = "round";
  c.lineWidth = 5;
  c.strokeStyle = colours.halo;
  c.stroke(path);
  c.fillStyle = colours[kind];
  c.fill(path);
  c.fillStyle = colours.onKind;
  c.beginPath();
  const { middle } = shapes[kind];
  c.arc(16, middle, n === "1" ? 4 : 8.5, 0, 2 * Math.PI);
  c.fill();
  if (n !== "1") {
    c.fillStyle = colours[kind];
    c.font = `750 ${n.length > 1 ? 11 : 14}px "Commissioner Variable", sans-serif`;
    c.textAlign = "center";
    c.textBaseline = "alphabetic";
    c.fillText(n, 16, middle + (n.length > 1 ? 4 : 5));
  }
  return { name: `pin-${kind}-${n}`, data: data(), pixelRatio: density };
}

/** Paper with a dot on every crossing of a hex grid: nothing is there, on purpose. */
function paper(colours: Colours, density: number): PinImage {
  const size = 24 * density;
  const [c, data] = canvasOf(size);
  c.fillStyle = colours.out;
  c.fillRect(0, 0, size, size);
  c.fillStyle = colours.dot;
  for (const [x, y] of [
    [6, 6],
    [18, 18],
  ] as const) {
    c.beginPath();
    c.arc(x * density, y * density, 1.1 * density, 0, 2 * Math.PI);
    c.fill();
  }
  return { name: "paper", data: data(), pixelRatio: density };
}
