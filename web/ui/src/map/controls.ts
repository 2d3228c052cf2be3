// Buttons that zoom the map, show the whole district, or show the position of the visitor.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import { el } from "../create-element";
import { pathIcon } from "../icons";
import { t } from "../messages";

const icons = {
  zoomIn: "M12 5v14M5 12h14",
  zoomOut: "M5 12h14",
  extent: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  position: "M12 2v4M12 18v4M2 12h4M18 12h4M18 12a6 6 0 1 1-12 0 6 6 0 0 1 12 0",
};

const positionTimeoutMs = 10_000;
const minPositionZoom = 15.5; // after moving to the position of the visitor

export interface ControlOptions {
  zoomOnly: boolean;
  showExtent: () => void;
  notify: (text: string) => void;
}

export function addControls(container: HTMLElement, map: MapLibre, options: ControlOptions): void {
  const button = (path: string, label: string, onClick: () => void): HTMLButtonElement => {
    const element = el("button", { type: "button", "aria-label": label, title: label }, pathIcon(path));
    element.addEventListener("click", onClick);
    return element;
  };
  const zoomIn = button(icons.zoomIn, t("ui.map.zoom_in"), () => map.zoomIn());
  const zoomOut = button(icons.zoomOut, t("ui.map.zoom_out"), () => map.zoomOut());
  const controls = el("div", { class: "map-tools" }, zoomIn, zoomOut);
  if (!options.zoomOnly) {
    controls.append(button(icons.extent, t("ui.map.whole"), options.showExtent));
    if ("geolocation" in navigator && isSecureContext) {
      const marker = new Marker({ element: el("div", { class: "here" }) });
      controls.append(button(icons.position, t("ui.map.locate"), () => showPosition(map, marker, options.notify)));
    }
  }
  map.on("zoomend", () => {
    zoomIn.disabled = map.getZoom() >= map.getMaxZoom();
    zoomOut.disabled = map.getZoom() <= map.getMinZoom();
  });
  container.append(controls);
}

function showPosition(map: MapLibre, marker: Marker, notify: (text: string) => void): void {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const center: [number, number] = [coords.longitude, coords.latitude];
      marker.setLngLat(center).addTo(map);
      map.flyTo({ center, zoom: Math.max(map.getZoom(), minPositionZoom) });
    },
    () => notify(t("ui.map.locate_off")),
    { enableHighAccuracy: true, timeout: positionTimeoutMs },
  );
}
