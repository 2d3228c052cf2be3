// Maps that move together.

import type { LngLat, Map as MapLibre } from "maplibre-gl";

/** Coordinates of Web Mercator in degrees, in which maps of one zoom move by the same distance. */
interface MercatorPoint {
  x: number;
  y: number;
}

const degree = Math.PI / 180;

export function toMercator({ lng, lat }: Pick<LngLat, "lng" | "lat">): MercatorPoint {
  return { x: lng, y: Math.log(Math.tan(Math.PI / 4 + (lat * degree) / 2)) / degree };
}

export function fromMercator({ x, y }: MercatorPoint): [lng: number, lat: number] {
  return [x, (2 * Math.atan(Math.exp(y * degree))) / degree - 90];
}

/**
 * Sets maps to the smallest zoom of all, and from then on moves each as far as any other is moved. Maps
 * that begin at the same place stay there; maps of other places keep their distance.
 */
export function moveTogether(maps: readonly MapLibre[]): void {
  const zoom = Math.min(...maps.map((map) => map.getZoom()));
  for (const map of maps) {
    map.jumpTo({ zoom });
  }
  const starts = maps.map((map) => toMercator(map.getCenter()));
  let isFollowing = false;
  const follow = (moved: number): void => {
    const from = starts[moved];
    const map = maps[moved];
    if (isFollowing || !from || !map) {
      return;
    }
    isFollowing = true;
    const to = toMercator(map.getCenter());
    for (const [i, other] of maps.entries()) {
      const start = starts[i];
      if (i !== moved && start) {
        const center = fromMercator({ x: start.x + to.x - from.x, y: start.y + to.y - from.y });
        other.jumpTo({ center, zoom: map.getZoom() });
      }
    }
    isFollowing = false;
  };
  for (const [i, map] of maps.entries()) {
    map.on("move", () => follow(i));
  }
}
