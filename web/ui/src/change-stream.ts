// Subscription to the changes of a district, which the server sends as server-sent events.

const batchDelayMs = 200; // after an event, so that events close together are handled at once
const jitterMs = 400; // at most, added at random so that not all open maps reload at once
const firstRetryMs = 2000; // after the first failure; doubles with each further failure
const maxRetryMs = 60_000;

/** A change of a district's pins or other things, or with `all` possibly of everything that the map shows. */
export interface Change {
  all: boolean;
  pins: boolean;
  things: string[]; // layers of other things
}

const ofPins: Change = { all: false, pins: true, things: [] };

/**
 * Calls `handle` whenever pins or other things of a district change. Changes close together are handled in one
 * call, calls do not overlap, and a call that rejects is repeated later.
 *
 * The URL contains the version that the page shows, and each event the version that it leads to. So
 * no change is missed while the page is hidden, when it is not connected, or the server
 * unavailable.
 */
export function subscribeToChanges(url: string, handle: (change: Change) => Promise<void>): void {
  const stream = new URL(url, location.href);
  const queue = new ChangeQueue(handle);
  let source: EventSource | undefined;
  let reconnectTimer: number | undefined;
  let refusals = 0;
  let interrupted = false;

  const connect = (): void => {
    source = new EventSource(stream);
    source.addEventListener("change", (event) => {
      stream.searchParams.set("since", event.lastEventId);
      const { all = false, cells = [], things = [] } = JSON.parse(event.data) as Partial<ChangeEvent>;
      queue.add({ all, pins: all || cells.length > 0, things });
    });
    source.addEventListener("open", () => {
      refusals = 0;
      if (interrupted) {
        interrupted = false;
        queue.add(ofPins); // Tiles may have failed to load in the meantime.
      }
    });
    source.addEventListener("error", () => {
      interrupted = true;
      if (source?.readyState === EventSource.CLOSED) {
        // The browser reconnects by itself unless the server has refused the request.
        refusals++;
        reconnectTimer = window.setTimeout(connect, retryDelayMs(refusals));
      }
    });
  };
  const disconnect = (): void => {
    clearTimeout(reconnectTimer);
    source?.close();
    source = undefined;
    refusals = 0;
  };
  const update = (): void => {
    if (document.hidden) {
      disconnect();
    } else if (!source) {
      connect();
      queue.schedule();
    }
  };
  document.addEventListener("visibilitychange", update);
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", update);
  update();
}

/** The data of an event. */
interface ChangeEvent {
  all: boolean;
  cells: string[];
  things: string[];
}

/** Merges changes and passes them to a handler, one call at a time, while the page is visible. */
class ChangeQueue {
  private pending: Change | undefined;
  private busy = false; // a call is scheduled or running
  private failures = 0;

  constructor(private readonly handle: (change: Change) => Promise<void>) {}

  add(change: Change): void {
    const { all, pins, things } = this.pending ?? change;
    this.pending = {
      all: all || change.all,
      pins: pins || change.pins,
      things: [...new Set([...things, ...change.things])],
    };
    this.schedule();
  }

  schedule(delayMs = batchDelayMs + jitterMs * Math.random()): void {
    if (this.pending && !this.busy) {
      this.busy = true;
      window.setTimeout(() => void this.run(), delayMs);
    }
  }

  private async run(): Promise<void> {
    const change = this.pending;
    if (change && !document.hidden) {
      this.pending = undefined;
      try {
        await this.handle(change);
        this.failures = 0;
      } catch (error) {
        console.warn(error);
        this.failures++;
        this.add(change);
      }
    }
    this.busy = false;
    if (!document.hidden) {
      this.schedule(this.failures > 0 ? retryDelayMs(this.failures) : undefined);
    }
  }
}

/** Returns the delay before the next attempt after so many failures in a row. */
function retryDelayMs(failures: number): number {
  return Math.min(maxRetryMs, firstRetryMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}
