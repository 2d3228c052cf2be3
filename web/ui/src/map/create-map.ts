// Creates MapLibre maps with the options that all maps of Pinezka share.

import { Map as MapLibre, type MapOptions, setWorkerUrl } from "maplibre-gl";
import { t } from "../messages";

/** File name of MapLibre's worker, which scripts/build.mjs defines. */
declare const MAP_WORKER: string;

setWorkerUrl(new URL(MAP_WORKER, import.meta.url).href);

export function createMap(label: string, options: MapOptions): MapLibre {
  const map = new MapLibre({
    minZoom: 3,
    maxZoom: 19,
    pitchWithRotate: false,
    dragRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    locale: {
      "Map.Title": label,
      "CooperativeGesturesHandler.WindowsHelpText": t("ui.map.ctrl"),
      "CooperativeGesturesHandler.MacHelpText": t("ui.map.cmd"),
      "CooperativeGesturesHandler.MobileHelpText": t("ui.map.two_fingers"),
      "AttributionControl.ToggleAttribution": t("ui.map.attribution"),
      "Popup.Close": t("ui.map.close"),
    },
    ...options,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map;
}
