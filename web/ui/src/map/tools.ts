// Buttons of the map: closer, farther, the whole district, where I am.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import { el, strokes } from "../dom";
import { t } from "../messages";

const paths = {
  in: "M12 5v14M5 12h14",
  out: "M5 12h14",
  whole: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  here: "M12 2v4M12 18v4M2 12h4M18 12h4M18 12a6 6 0 1 1-12 0 6 6 0 0 1 12 0",
};

export interface ToolUses {
  few: boolean; // only closer and farther
  whole: () => void;
  say: (text: string) => void;
}

export function addTools(host: HTMLElement, map: MapLibre, { few, whole, say }: ToolUses): void {
  const button = (path: string, label: string, act: () => void): HTMLButtonElement => {
    const out = el("button", { type: "button", "aria-label": label, title: label }, strokes(path));
    out.addEventListener("click", act);
    return out;
  };
  const closer = button(paths.in, t("ui.map.zoom_in"), () => map.zoomIn());
  const farther = button(paths.out, t("ui.map.zoom_out"), () => map.zoomOut());
  const tools = el("div", { class: "map-tools" }, closer, farther);
  if (!few) {
    tools.append(button(paths.whole, t("ui.map.whole"), whole));
  }
  if (!few && "geolocation" in navigator && isSecureContext) {
    let here: Marker | undefined;
    tools.append(
      button(paths.here, t("ui.map.locate"), () => {
        navigator.geolocation.getCurrentPosition(
          ({ coords }) => {
            here ??= new Marker({ element: el("div", { class: "here" }) });
            here.setLngLat([coords.longitude, coords.latitude]).addTo(map);
            map.flyTo({ center: [coords.longitude, coords.latitude], zoom: Math.max(map.getZoom(), 15.5) });
          },
          () => say(t("ui.map.locate_off")),
          { enableHighAccuracy: true, timeout: 10_000 },
        );
      }),
    );
  }
  const update = (): void => {
    closer.disabled = map.getZoom() >= map.getMaxZoom();
    farther.disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend", update);
  host.append(tools);
}
