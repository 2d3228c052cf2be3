// Requests of tiles, and tiles that are loaded ahead.

import type { RequestParameters } from "maplibre-gl";
import type { MapConfig } from "./config";
import type { Scale } from "./hex-scale";
import { withHexResolution } from "./layers";

/**
 * The server lets browsers keep tiles and revalidate them for each request, so that no tile is
 * older than the list. Only tiles that were loaded ahead are taken from the cache as they are, once,
 * until something changes.
 */
export class TileRequests {
  /** The scale that holds the resolution of hexes, if any. */
  heldScale: Scale | undefined;
  private prefetched = new Set<string>(); // URLs

  constructor(private readonly config: MapConfig) {}

  /** Makes tiles that were loaded ahead be requested again, because tiles have changed. */
  discardPrefetched(): void {
    this.prefetched = new Set();
  }

  /** Returns the request for a URL. */
  transform(tileURL: string): RequestParameters {
    const url = withHexResolution(tileURL, this.config, this.heldScale);
    return this.prefetched.delete(url) ? { url, cache: "force-cache" } : { url };
  }

  /** Loads tiles into the browser's cache. Resolves also when some of them fail. */
  async prefetch(tileURLs: readonly string[], signal: AbortSignal): Promise<void> {
    const { prefetched } = this; // Not those of a later call: tiles may change while they load.
    await Promise.allSettled(
      tileURLs.map(async (tileURL) => {
        const url = withHexResolution(tileURL, this.config, this.heldScale);
        const response = await fetch(url, { signal });
        await response.arrayBuffer();
        if (response.ok) {
          prefetched.add(url);
        }
      }),
    );
  }
}
