// Where the map begins, and the camera that a tab keeps when its page is reloaded or revisited.

import type { Map as MapLibre, MapOptions, PaddingOptions } from "maplibre-gl";
import type { MapConfig } from "./config";

const pinZoom = 14.6; // of the map of one pin

const storageKey = ({ district }: MapConfig): string => `pinezka.map.${district}`;

/** Returns the camera to begin with: the one pin or the saved camera, or undefined for the whole district. */
export function initialCamera(element: HTMLElement, config: MapConfig): Partial<MapOptions> | undefined {
  const { mode = "explore", lon, lat } = element.dataset;
  if (mode === "pin") {
    return { center: [Number(lon), Number(lat)], zoom: pinZoom };
  }
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const saved = sessionStorage.getItem(storageKey(config));
  if (saved && mode === "explore" && navigation?.type !== "navigate") {
    const [lon = 0, lat = 0, zoom = 0] = JSON.parse(saved) as number[];
    return { center: [lon, lat], zoom };
  }
  return undefined;
}

/** Returns the padding around bounds, in CSS pixels, with the legend and the months below them. */
export function cameraPadding(element: HTMLElement): PaddingOptions {
  const side = Math.min(48, element.clientWidth / 20);
  const foot = element.querySelector<HTMLElement>(".map-foot")?.offsetHeight ?? 0;
  return { top: side, right: side, bottom: side + foot, left: side };
}

export const hasSavedCamera = (config: MapConfig): boolean => sessionStorage.getItem(storageKey(config)) !== null;

export function saveCamera(map: MapLibre, config: MapConfig): void {
  const { lng, lat } = map.getCenter();
  sessionStorage.setItem(storageKey(config), JSON.stringify([lng, lat, map.getZoom()]));
}
