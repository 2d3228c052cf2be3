// The position of the map and the pin that is open, in the fragment of the address.

import type { Map as MapLibre } from "maplibre-gl";
import { type Camera, type Fragment, formatFragment, parseFragment } from "./address-fragment";

/**
 * Moves of the map replace the entry of the history; only opening a pin adds one. While the map shows
 * the extent of what is chosen, the fragment has no position: the address alone leads to it.
 */
export class MapAddress {
  private extent = ""; // the camera of the extent, formatted

  constructor(private readonly map: MapLibre) {
    map.on("moveend", () => this.update());
    window.addEventListener("popstate", () => {
      if (location.hash !== "" && formatFragment(this.fragment) === "") {
        this.update(); // A link to a part of the page, such as to the list, has replaced the fragment.
      }
    });
  }

  get fragment(): Fragment {
    return parseFragment(location.hash);
  }

  /** Sets the camera at which the map shows the extent of what is chosen. */
  setExtent(camera: Camera): void {
    this.extent = formatFragment({ camera });
  }

  /** Adds an entry to the history in which a pin is open. */
  openPin(pin: number): void {
    if (this.fragment.pin !== pin) {
      history.pushState(null, "", this.addressOf(pin));
    }
  }

  /** Stores in the present entry of the history that no pin is open. */
  closePin(): void {
    if (this.fragment.pin !== undefined) {
      history.replaceState(null, "", this.addressOf(undefined));
    }
  }

  private update(): void {
    const address = this.addressOf(this.fragment.pin);
    if (address !== location.pathname + location.search + location.hash) {
      history.replaceState(null, "", address);
    }
  }

  private addressOf(pin: number | undefined): string {
    const { camera } = this;
    const atExtent = formatFragment({ camera }) === this.extent;
    const fragment = { ...(!atExtent && { camera }), ...(pin !== undefined && { pin }) };
    return location.pathname + location.search + formatFragment(fragment);
  }

  private get camera(): Camera {
    const { lng, lat } = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat, lon: lng };
  }
}
