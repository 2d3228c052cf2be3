// Where the map begins.

import type { MapOptions, PaddingOptions } from "maplibre-gl";
import { parseFragment } from "./address-fragment";

const pinZoom = 14.6; // of the map of one pin

/** Returns the camera to begin with: the one pin or that of the address, or undefined for the extent. */
export function initialCamera(element: HTMLElement): Partial<MapOptions> | undefined {
  const { mode = "explore", lon, lat } = element.dataset;
  if (mode === "pin") {
    return { center: [Number(lon), Number(lat)], zoom: pinZoom };
  }
  const { camera } = mode === "explore" || mode === "print" ? parseFragment(location.hash) : {};
  return camera && { center: [camera.lon, camera.lat], zoom: camera.zoom };
}

/** Returns the padding around bounds, in CSS pixels, with the legend and the months below them. */
export function cameraPadding(element: HTMLElement): PaddingOptions {
  const side = Math.min(48, element.clientWidth / 20);
  const foot = element.querySelector<HTMLElement>(".map-foot")?.offsetHeight ?? 0;
  return { top: side, right: side, bottom: side + foot, left: side };
}
