// The layers of things other than pins, such as offices. Each, or several that would overlap, is a marker.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import { el } from "../create-element";
import { icon } from "../icons";
import { formatNumber, t } from "../messages";
import type { MapConfig } from "./config";
import { nearestLongitude } from "./longitudes";
import { maxListed, type Thing, ThingDetails } from "./thing-details";
import { areAtOnePlace, countThings, groupThings, type ThingFeature, type ThingGroup } from "./thing-groups";
import { addThingTiles, boundsOf, thingsInTiles } from "./thing-tiles";

const maxNumber = 999; // that a marker has room for

export interface ThingLayersOptions {
  open: (thing: Thing) => void;
  list: (at: ThingFeature, things: readonly Thing[], total: number) => void; // that are at one place
  zoomIn: (at: ThingFeature) => void;
  onError: () => void; // when a thing cannot be loaded
}

/** A marker with what it shows. */
interface ShownGroup {
  group: ThingGroup;
  marker: Marker;
  content: string | undefined; // from which the element was made: kinds with numbers, "" for one thing
}

/** Adds a marker of a thing that is the subject of the page, and so opens nothing. */
export function addThingSign(map: MapLibre, layer: string, at: [lon: number, lat: number]): void {
  const element = el("div", { class: "thing-marker", "aria-hidden": "true" }, icon(layer));
  new Marker({ element }).setLngLat(at).addTo(map);
}

export class ThingLayers {
  private readonly shown = new Map<string, ShownGroup>(); // by layer and id of the first of the group
  private readonly details: ThingDetails;
  private isStale = false; // whether the tiles have others, or the map is elsewhere

  constructor(
    private readonly map: MapLibre,
    private readonly config: MapConfig,
    private hidden: readonly string[],
    private readonly options: ThingLayersOptions,
  ) {
    this.details = new ThingDetails(config);
    const update = (): void => {
      this.isStale = true;
      map.triggerRepaint();
    };
    map.on("moveend", update);
    for (const type of ["sourcedata", "error"] as const) {
      map.on(type, (event) => {
        if ("sourceId" in event && event.sourceId === "things") {
          update();
        }
      });
    }
    map.on("render", () => {
      if (this.isStale) {
        this.update(); // not at the event: only then does the map know that its tiles are loaded
      }
    });
  }

  /** Adds the tiles to a style that has just loaded. */
  reset(): void {
    addThingTiles(this.map, this.config);
  }

  /** Hides layers, and shows the others. */
  hide(names: readonly string[]): void {
    this.hidden = names;
    this.isStale = true;
    this.update();
  }

  /** Loads again what the things of layers say. Their tiles are loaded again by whoever has all tiles. */
  refresh(names: readonly string[]): void {
    this.details.forget(names);
    this.nameMarkers();
  }

  /** Loads a thing. */
  find(layer: string, id: number): Promise<Thing | undefined> {
    return this.details.load(layer, id);
  }

  /** Shows what the visible tiles have, once all have loaded. Markers that stay keep the focus. */
  private update(): void {
    const features = thingsInTiles(this.map, this.config);
    if (!features) {
      return;
    }
    this.isStale = false;
    const { clientWidth: width, clientHeight: height } = this.map.getCanvas();
    const center = this.map.getCenter().lng;
    const project = ({ lon, lat }: ThingFeature) => this.map.project([nearestLongitude(lon, center), lat]);
    const groups = groupThings(
      features.filter(({ layer }) => !this.hidden.includes(layer)),
      project,
    );
    const before = new Map(this.shown);
    this.shown.clear();
    for (const group of groups) {
      const [first] = group;
      const { x, y } = project(first);
      if (x >= 0 && x <= width && y >= 0 && y <= height) {
        const key = `${first.layer} ${first.id}`;
        this.shown.set(key, this.show(group, before.get(key)));
        before.delete(key);
      }
    }
    for (const { marker } of before.values()) {
      if (marker.getElement() === document.activeElement) {
        this.map.getCanvas().focus({ preventScroll: true });
      }
      marker.remove();
    }
    this.nameMarkers();
  }

  /** Shows a group, with the marker that it had before. */
  private show(group: ThingGroup, before: ShownGroup | undefined): ShownGroup {
    const [first] = group;
    const counts = countThings(group);
    const total = [...counts.values()].reduce((a, b) => a + b);
    const kinds = [...counts].map(([layer, n]) => `${this.config.things[layer]?.label}: ${formatNumber(n)}`);
    const content = total > 1 ? kinds.join(", ") : "";
    const shown = before ?? { group, marker: this.newMarker(`${first.layer} ${first.id}`), content: undefined };
    shown.group = group;
    shown.marker.setLngLat([first.lon, first.lat]);
    if (shown.content !== content) {
      shown.content = content;
      const number = total > maxNumber ? `${maxNumber}+` : String(total);
      const sign = icon(counts.size > 1 ? "place" : first.layer);
      shown.marker
        .getElement()
        .replaceChildren(sign, ...(total > 1 ? [el("span", { class: "thing-count" }, number)] : []));
      const one = this.config.things[first.layer]?.one ?? "";
      nameMarker(shown.marker, total > 1 ? t("ui.thing.group", { n: number, things: content }) : one);
    }
    if (!before) {
      shown.marker.addTo(this.map);
    }
    return shown;
  }

  private newMarker(key: string): Marker {
    const element = el("button", { class: "thing-marker", type: "button" });
    element.addEventListener("click", (event) => {
      event.stopPropagation(); // The map would open what is below.
      const shown = this.shown.get(key);
      if (shown) {
        void this.press(shown.group);
      }
    });
    return new Marker({ element });
  }

  /** Opens the only thing of a group, lists several that no zoom separates, or else zooms in to them. */
  private async press(group: ThingGroup): Promise<void> {
    const [first] = group;
    const total = group.reduce((sum, { n }) => sum + n, 0);
    const canZoomIn = this.map.getZoom() < this.map.getMaxZoom() - 0.5;
    if (canZoomIn && total > maxListed) {
      this.options.zoomIn(first);
      return;
    }
    try {
      const things = await this.loadGroup(group);
      const [thing] = things;
      if (total === 1) {
        if (thing) {
          this.options.open(thing);
        }
      } else if (canZoomIn && !areAtOnePlace(things)) {
        this.options.zoomIn(first);
      } else {
        this.options.list(first, things, total);
      }
    } catch (error) {
      console.warn(error);
      this.options.onError();
    }
  }

  /** Loads the things of a group, the newest first. */
  private async loadGroup(group: ThingGroup): Promise<Thing[]> {
    const zoom = this.map.getZoom();
    const parts = await Promise.all(
      group.map(async (feature) =>
        feature.n > 1
          ? this.details.loadWithin(feature.layer, boundsOf(feature, zoom))
          : [await this.details.load(feature.layer, feature.id)],
      ),
    );
    const things = new Map(parts.flatMap((part) => part.flatMap((thing) => (thing ? [[thing.id, thing]] : []))));
    return [...things.values()].sort((a, b) => b.id - a.id);
  }

  /** Names each marker of one thing after it. */
  private nameMarkers(): void {
    const single = [...this.shown].filter(([, { group }]) => group.length === 1 && group[0].n === 1);
    for (const layer of new Set(single.map(([, { group }]) => group[0].layer))) {
      const ofLayer = single.filter(([, { group }]) => group[0].layer === layer);
      const loads = this.details.loadAll(
        layer,
        ofLayer.map(([, { group }]) => group[0].id),
      );
      for (const [i, [key, { marker }]] of ofLayer.entries()) {
        loads[i]?.then(
          (thing) => {
            const now = this.shown.get(key);
            if (thing && now?.marker === marker && now.content === "") {
              nameMarker(marker, `${thing.one}: ${thing.title.text}`);
            }
          },
          (error: unknown) => console.warn(error), // It keeps the name of its kind.
        );
      }
    }
  }
}

function nameMarker(marker: Marker, name: string): void {
  marker.getElement().setAttribute("aria-label", name);
  marker.getElement().title = name;
}
