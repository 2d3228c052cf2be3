// Requests of tiles, which for some time bypass the browser's cache.

import type { RequestParameters } from "maplibre-gl";
import { pinSentAt } from "../just-added-pin";
import type { MapConfig } from "./config";
import { withHexResolution } from "./layers";

const noCacheMs = 60_000; // after a change

export class TileRequests {
  private refreshedAt = 0; // ms since the epoch

  constructor(private readonly config: MapConfig) {}

  /** Makes requests bypass the cache, because tiles have changed now. */
  expireCache(): void {
    this.refreshedAt = Date.now();
  }

  /** Returns the request for a URL. Other URLs than those of Pinezka's tiles stay as they are. */
  transform(tileURL: string): RequestParameters {
    const url = withHexResolution(tileURL, this.config);
    const isOwnTile = Object.values(this.config.tiles).some((template) =>
      url.startsWith(location.origin + template.split("{")[0]),
    );
    const isRecent = Date.now() - Math.max(pinSentAt(), this.refreshedAt) < noCacheMs;
    return isOwnTile && isRecent ? { url, cache: "no-cache" } : { url };
  }

  /** Loads tiles into the browser's cache. Resolves also when some of them fail. */
  async prefetch(tileURLs: readonly string[], signal: AbortSignal): Promise<void> {
    await Promise.allSettled(
      tileURLs.map(async (tileURL) => {
        const { url, cache = "default" } = this.transform(tileURL);
        await (await fetch(url, { cache, signal })).arrayBuffer();
      }),
    );
  }
}
