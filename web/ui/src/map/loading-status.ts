// Whether tiles of the map are loading, for eyes and for assistive technology.

import type { Map as MapLibre } from "maplibre-gl";
import { el } from "../create-element";
import { t } from "../messages";

const noteDelayMs = 800; // of loading, before it is said

/**
 * Keeps aria-busy of the element of a map true while it loads, and says so in words when it takes long.
 * The server renders the words of the first load.
 */
export function showLoading(element: HTMLElement, map: MapLibre): void {
  const status =
    element.querySelector<HTMLElement>(".map-loading") ?? el("p", { class: "map-loading", role: "status" });
  let timer: number | undefined;
  element.append(status);
  map.on("dataloading", () => {
    element.setAttribute("aria-busy", "true");
    timer ??= window.setTimeout(() => {
      status.textContent = t("ui.map.loading");
    }, noteDelayMs);
  });
  map.on("idle", () => {
    element.setAttribute("aria-busy", "false");
    clearTimeout(timer);
    timer = undefined;
    status.textContent = "";
  });
}
