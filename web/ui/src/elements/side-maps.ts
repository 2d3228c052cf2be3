import { moveTogether } from "../map/move-together";
import type { MapElement } from "./map-element";

/**
 * `<pinezka-maps>` contains maps of the mode "side", which it keeps at the same zoom and moves
 * together, and an element with `data-legend`, in which the first of them shows the legend of all.
 */
export class SideMaps extends HTMLElement {
  connectedCallback(): void {
    void this.start();
  }

  private async start(): Promise<void> {
    const elements = [...this.querySelectorAll<MapElement>("pinezka-map")];
    const views = await Promise.all(elements.map(({ ready }) => ready));
    moveTogether(views.flatMap((view) => (view ? [view.map] : [])));
  }
}
