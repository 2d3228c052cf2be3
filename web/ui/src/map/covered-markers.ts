// Markers of things that the legend, a card or another panel covers in part, so that nobody can hit them safely.

import type { Map as MapLibre } from "maplibre-gl";

const panels = ".legend, .months-box, .map-tools, .maplibregl-popup-content";

/**
 * Hides each marker of a thing while a panel covers it, even in part, except the one that has the
 * focus. The list has the same things. What the foot of the map has can grow and shrink.
 */
export function hideCoveredMarkers(map: MapLibre, element: HTMLElement, foot: HTMLElement): void {
  const update = (): void => {
    const markers = element.querySelectorAll(".thing-marker");
    if (markers.length === 0) {
      return;
    }
    const areas = Array.from(element.querySelectorAll(panels), (panel) => panel.getBoundingClientRect());
    const covered = Array.from(markers, (marker) => {
      const box = marker.getBoundingClientRect();
      return marker !== document.activeElement && areas.some((area) => overlap(box, area));
    });
    markers.forEach((marker, i) => {
      marker.classList.toggle("is-covered", covered[i]);
    });
  };
  map.on("render", update);
  new MutationObserver(update).observe(element, { childList: true, subtree: true }); // a marker or a card
  const sizes = new ResizeObserver(update);
  for (const panel of foot.children) {
    sizes.observe(panel);
  }
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
