// The layer of hotspots: hexagons in the colour and with the mark of their class, from the API.

import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { components } from "../api.gen";
import { tileQuery } from "../filter-query";
import { CollectionLoader } from "./collection-loader";
import type { Colours } from "./colours";
import type { MapConfig } from "./config";
import { cellWidth } from "./h3";
import { type HotspotClass, hotspotClasses, isMarked } from "./hotspot-classes";
import { drawMark, markPixels } from "./map-images";

export type Hotspots = components["schemas"]["HotspotCollection"];
export type Hotspot = components["schemas"]["Hotspot"];

const layers = ["hotspots", "hotspot-marks", "hotspot-borders", "chosen-hotspot"];
const hidden = "rgba(0, 0, 0, 0)";
const maxMarkSize = 2.5; // as an icon-size

/** What is to be shown. */
export interface ShownHotspots {
  query: string; // of the tiles
  resolution: string; // of the hexagons; "" for the default one
  cell: string; // that is outlined, or ""
}

export interface HotspotLayerOptions {
  onUpdate: (hotspots: Hotspots | undefined) => void; // after a load, or when none are shown
  onError: () => void;
}

export class HotspotLayer {
  private readonly loader: CollectionLoader<Hotspots>;
  private shown: ShownHotspots | undefined;

  constructor(
    private readonly map: MapLibre,
    private readonly config: MapConfig,
    private colours: Colours,
    { onUpdate, onError }: HotspotLayerOptions,
  ) {
    this.loader = new CollectionLoader({
      onUpdate: (hotspots) => {
        this.draw();
        onUpdate(hotspots);
      },
      onError,
    });
  }

  /** Shows the hotspots of a query instead of the numbers of pins, or none. */
  show(shown: ShownHotspots | undefined): void {
    this.shown = shown;
    this.draw();
    void this.loader.load(shown ? this.url(shown) : "");
  }

  /** Loads the hotspots again, after pins have changed. */
  refresh(): void {
    this.loader.reload();
  }

  /** Adds the layers to a style that has just been loaded. */
  reset(colours: Colours): void {
    this.colours = colours;
    this.draw();
  }

  private url({ query, resolution }: ShownHotspots): string {
    const parameters = new URLSearchParams(tileQuery(query));
    parameters.set("format", "geojson");
    if (resolution !== "") {
      parameters.set("res", resolution);
    }
    return `/api/v1/districts/${this.config.district}/hotspots?${parameters}`;
  }

  private draw(): void {
    const { map, shown } = this;
    const { loaded } = this.loader;
    if (!map.getLayer("hexes")) {
      return; // The style has not been loaded; reset draws.
    }
    const visibility = shown ? "none" : "visible";
    for (const layer of ["hexes", "selected-hex"]) {
      map.setLayoutProperty(layer, "visibility", visibility);
    }
    if (shown && loaded && !map.getSource("hotspots")) {
      this.addLayers();
    }
    if (!map.getSource("hotspots")) {
      return;
    }
    if (loaded) {
      map.getSource<GeoJSONSource>("hotspots")?.setData(loaded as GeoJSON.FeatureCollection);
      map.getSource<GeoJSONSource>("hotspot-marks")?.setData(centresOfMarked(loaded));
      map.setLayoutProperty("hotspot-marks", "icon-size", this.markSize());
    }
    for (const layer of layers) {
      map.setLayoutProperty(layer, "visibility", shown ? "visible" : "none");
    }
    map.setFilter("chosen-hotspot", ["==", ["get", "h3"], shown?.cell ?? ""]);
  }

  /** Returns the size of marks, which grow with the hexagons. */
  private markSize(): ExpressionSpecification {
    const width = cellWidth(this.loader.loaded?.provenance.resolution ?? 9);
    const [, south, , north] = this.config.bounds;
    const metresPerPixel = 78_271.5 * Math.cos((((south + north) / 2) * Math.PI) / 180); // at zoom 0
    const size = (1.2 * width) / metresPerPixel / markPixels; // there
    return ["interpolate", ["exponential", 2], ["zoom"], 4, size * 2 ** 4, Math.log2(maxMarkSize / size), maxMarkSize];
  }

  private addLayers(): void {
    const { map, colours } = this;
    for (const name of hotspotClasses.filter(isMarked)) {
      const image = `hotspot-${name}`;
      if (!map.hasImage(image)) {
        map.addImage(image, drawMark(name, colours), { pixelRatio: Math.max(1, Math.ceil(devicePixelRatio)) });
      }
    }
    map.addSource("hotspots", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addSource("hotspot-marks", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    const source = { source: "hotspots" };
    const above = map.getLayer("silence") ? "silence" : "boundary-halo"; // which hatches them
    const isSignificant: ExpressionSpecification = [
      "match",
      ["get", "class"],
      ["very-hot", "hot", "cold"],
      true,
      false,
    ];
    map.addLayer(
      {
        id: "hotspots",
        type: "fill",
        ...source,
        paint: { "fill-color": classColour(colours), "fill-opacity": ["case", isSignificant, 0.72, 0.45] },
      },
      above,
    );
    map.addLayer({
      id: "hotspot-marks",
      type: "symbol",
      source: "hotspot-marks",
      layout: {
        "icon-image": ["concat", "hotspot-", ["get", "class"]],
        "icon-size": this.markSize(),
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    });
    map.addLayer(
      {
        id: "hotspot-borders",
        type: "line",
        ...source,
        paint: {
          "line-color": ["case", isSignificant, colours.text, colours.boundary],
          "line-width": ["case", isSignificant, 1.4, 0.5],
          "line-opacity": ["case", isSignificant, 0.8, 0.5],
        },
      },
      above,
    );
    map.addLayer({
      id: "chosen-hotspot",
      type: "line",
      ...source,
      filter: ["==", ["get", "h3"], ""],
      paint: { "line-color": colours.text, "line-width": 4 },
    });
  }
}

/** Returns the centres of the hexagons whose class has a mark. */
function centresOfMarked({ features }: Hotspots): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: features
      .filter(({ properties }) => isMarked(properties.class))
      .map(({ geometry, properties }) => ({
        type: "Feature",
        properties,
        geometry: { type: "Point", coordinates: centre(geometry) },
      })),
  };
}

/** Returns the mean of the corners of a hexagon. */
function centre(geometry: Hotspots["features"][number]["geometry"]): [number, number] {
  const [ring = []] = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
  const corners = ring.slice(1);
  const mean = (i: 0 | 1): number => corners.reduce((sum, corner) => sum + (corner[i] ?? 0), 0) / corners.length;
  return [mean(0), mean(1)];
}

function classColour(colours: Colours): ExpressionSpecification {
  const cases = hotspotClasses.flatMap((name: HotspotClass) => [name, colours.hotspots[name]]);
  return ["match", ["get", "class"], ...cases, hidden] as unknown as ExpressionSpecification;
}
