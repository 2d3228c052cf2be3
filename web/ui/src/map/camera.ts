// Where the map begins.

import type { MapOptions, PaddingOptions } from "maplibre-gl";
import { parseFragment } from "./address-fragment";
import { threadBounds } from "./thread-markers";

export const minShownPinZoom = 16; // after moving to a pin
const pinZoom = 14.6; // of the map of one pin
const pinOnStreetsZoom = 15.8; // of the same above a basemap
const nearZoom = 16; // of one pin with others near it

/** Returns the camera to begin with: the one pin or that of the address, or undefined for the extent. */
export function initialCamera(element: HTMLElement, hasBasemap: boolean): Partial<MapOptions> | undefined {
  const { mode = "explore", lon, lat } = element.dataset;
  if (mode === "pin") {
    const bounds = threadBounds(element);
    if (bounds) {
      return { bounds, fitBoundsOptions: { padding: 36, maxZoom: nearZoom } };
    }
    const zoom = hasBasemap ? pinOnStreetsZoom : pinZoom;
    return { center: [Number(lon), Number(lat)], zoom: element.dataset.near ? nearZoom : zoom };
  }
  const { camera } = mode === "explore" || mode === "print" ? parseFragment(location.hash) : {};
  return camera && { center: [camera.lon, camera.lat], zoom: camera.zoom };
}

/** Returns the padding around bounds, in CSS pixels, with the buttons beside them, and the legend and the months below. */
export function cameraPadding(element: HTMLElement): PaddingOptions {
  const side = Math.min(48, element.clientWidth / 20);
  const foot = element.querySelector<HTMLElement>(".map-foot")?.offsetHeight ?? 0;
  const tools = element.querySelector<HTMLElement>(".map-tools");
  const right = tools ? element.getBoundingClientRect().right - tools.getBoundingClientRect().left + 8 : 0;
  return { top: side, right: Math.max(side, right), bottom: side + foot, left: side };
}
