import assert from "node:assert/strict";
import { test } from "node:test";
import type { Map as MapLibre } from "maplibre-gl";
import { fromMercator, moveTogether, toMercator } from "./move-together";

/** A map that only has a camera. */
class Camera {
  private listeners: (() => void)[] = [];
  constructor(
    private lng: number,
    private lat: number,
    private zoom: number,
  ) {}
  getCenter = () => ({ lng: this.lng, lat: this.lat });
  getZoom = () => this.zoom;
  on = (_: string, listener: () => void) => this.listeners.push(listener);
  jumpTo({ center: [lng, lat] = [this.lng, this.lat], zoom }: { center?: [number, number]; zoom: number }): void {
    Object.assign(this, { lng, lat, zoom });
    for (const listener of this.listeners) {
      listener();
    }
  }
}

test("coordinates of Web Mercator are turned back", () => {
  const [lng, lat] = fromMercator(toMercator({ lng: 19.95, lat: 50.04 }));
  assert.deepEqual([lng, Math.round(lat * 1e9) / 1e9], [19.95, 50.04]);
});

test("maps have the smallest zoom, and move by the same distance", () => {
  const [a, b] = [new Camera(19.94, 50.04, 14), new Camera(20.02, 50.04, 12.5)];
  moveTogether([a, b] as unknown as MapLibre[]);
  assert.equal(a.getZoom(), 12.5);
  a.jumpTo({ center: [19.95, 50.05], zoom: 13 });
  assert.equal(b.getZoom(), 13);
  const { lng, lat } = b.getCenter();
  assert.deepEqual([lng.toFixed(9), lat.toFixed(9)], ["20.030000000", "50.050000000"]);
  b.jumpTo({ center: [20.02, 50.04], zoom: 12 });
  assert.deepEqual([a.getCenter().lng.toFixed(9), a.getZoom()], ["19.940000000", 12]);
});
