// Loads the collection of a layer from the API: the one that is shown now, and no other.

import { fetchJSON } from "../fetch-json";

export interface CollectionLoaderOptions<T> {
  onUpdate: (loaded: T | undefined) => void; // after a load, or when none is shown
  onError: () => void;
}

export class CollectionLoader<T> {
  /** What was loaded last. */
  loaded: T | undefined;
  private url = "";
  private loadedURL = "";
  private request: AbortController | undefined;

  constructor(private readonly options: CollectionLoaderOptions<T>) {}

  /** Loads from a URL what is not loaded yet, or nothing for "". */
  async load(url: string): Promise<void> {
    this.request?.abort();
    this.url = url;
    if (url === "" || url === this.loadedURL) {
      this.options.onUpdate(url === "" ? undefined : this.loaded);
      return;
    }
    const request = new AbortController();
    this.request = request;
    try {
      this.loaded = await fetchJSON<T>(url, { signal: request.signal });
      this.loadedURL = url;
      this.options.onUpdate(this.loaded);
    } catch (error) {
      if (!request.signal.aborted) {
        console.warn(error);
        this.options.onUpdate(undefined); // rather than what is of another question
        this.options.onError();
      }
    }
  }

  /** Loads it again, after pins have changed. */
  reload(): void {
    this.loadedURL = "";
    void this.load(this.url);
  }
}
