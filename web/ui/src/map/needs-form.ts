// The URL of the form of a diagnosis that is filled in with needs on the map.

import type { Bounds } from "./config";

export type Corner = [lon: number, lat: number];

const decimals = 6;

/** Returns the URL of the form with a further condition for the needs that it is filled in with. */
export function narrowed(form: string, name: "bbox" | "polygon", value: string): string {
  const url = new URL(form);
  const chosen = new URLSearchParams(url.searchParams.get("choose") ?? "");
  chosen.set(name, value);
  url.searchParams.set("choose", chosen.toString());
  return url.pathname + url.search;
}

/** Returns corners as the server reads them. */
export function formatCorners(corners: Corner[]): string {
  return corners.map((corner) => corner.map(format).join(",")).join(";");
}

/** Returns a box as the server reads it. */
export function formatBox(box: Bounds): string {
  return box.map(format).join(",");
}

function format(degrees: number): string {
  return degrees.toFixed(decimals);
}
