// The layer of silence: the cells where people live and nobody was heard, hatched, from the API. They have no colour,
// since silence is not absence of need.

import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { components } from "../api.gen";
import { CollectionLoader } from "./collection-loader";
import type { Colours } from "./colours";
import { streetZoom } from "./layers";

export type Coverage = components["schemas"]["CoverageCollection"];
export type SilentCell = components["schemas"]["CoverageCell"] & { isFiltered: boolean };

const layers = ["silence", "silence-borders"];

export interface SilenceLayerOptions {
  onUpdate: (coverage: Coverage | undefined) => void; // after a load, or when it is not shown
  onError: () => void;
}

export class SilenceLayer {
  private readonly loader: CollectionLoader<Coverage>;
  private isShown = false;
  private isFiltered = false;

  constructor(
    private readonly map: MapLibre,
    private colours: Colours,
    { onUpdate, onError }: SilenceLayerOptions,
  ) {
    this.loader = new CollectionLoader({
      onUpdate: (coverage) => {
        this.draw();
        onUpdate(coverage);
      },
      onError,
    });
  }

  /** Shows the coverage at a URL, perhaps that of some pins, or for "" none. */
  show(url: string, isFiltered: boolean): void {
    this.isShown = url !== "";
    this.isFiltered = isFiltered;
    void this.loader.load(url);
  }

  /** Loads the coverage again, after pins have changed. */
  refresh(): void {
    this.loader.reload();
  }

  /** Adds the layers to a style that has just been loaded. */
  reset(colours: Colours): void {
    this.colours = colours;
    this.draw();
  }

  private draw(): void {
    const { map } = this;
    if (!map.getLayer("hexes")) {
      return; // The style has not been loaded; reset draws.
    }
    if (this.isShown && this.loader.loaded && !map.getSource("silence")) {
      this.addLayers();
    }
    if (!map.getSource("silence")) {
      return;
    }
    if (this.loader.loaded) {
      map.getSource<GeoJSONSource>("silence")?.setData(silentCells(this.loader.loaded, this.isFiltered));
    }
    for (const layer of layers) {
      map.setLayoutProperty(layer, "visibility", this.isShown ? "visible" : "none");
    }
  }

  private addLayers(): void {
    const { map, colours } = this;
    map.addSource("silence", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addLayer(
      {
        id: "silence",
        type: "fill",
        source: "silence",
        paint: {
          "fill-pattern": "hatch",
          "fill-opacity": ["interpolate", ["linear"], ["zoom"], streetZoom, 0.8, streetZoom + 1.5, 0.4], // above names of streets
        },
      },
      "boundary-halo",
    );
    map.addLayer(
      {
        id: "silence-borders",
        type: "line",
        source: "silence",
        paint: { "line-color": colours.text, "line-width": 1, "line-dasharray": [3, 2] },
      },
      "boundary-halo",
    );
  }
}

/** Returns the silent cells of a coverage. */
function silentCells({ features }: Coverage, isFiltered: boolean): GeoJSON.FeatureCollection {
  const silent = features
    .filter(({ properties }) => properties.class === "silent")
    .map((feature) => ({ ...feature, properties: { ...feature.properties, isFiltered } }));
  return { type: "FeatureCollection", features: silent as GeoJSON.Feature[] };
}

/** Returns the silent cell that is drawn at a point of the screen, if there is one. */
export function silenceAt(map: MapLibre, { x, y }: { x: number; y: number }): SilentCell | undefined {
  if (!map.getLayer("silence")) {
    return undefined;
  }
  return map.queryRenderedFeatures([x, y], { layers: ["silence"] })[0]?.properties as SilentCell | undefined;
}
