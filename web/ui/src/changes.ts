// Changes as they happen: server-sent events of a district.

const resting = 200; // ms after an event in which others join it
const apart = 400; // ms at most that maps wait besides, so that not all of them ask at once
const retry = { first: 2000, most: 60_000 }; // ms before a stream that was refused, or a failed refresh, is tried again

/** What an event says: cells that changed, or that anything may have. */
export interface Change {
  all: boolean;
}

/**
 * Calls `changed` when pins of the district have changed: several changes in short
 * order once, one call after the other has ended, again later where it failed. The
 * url says since when, and each event from when on: so nothing is missed while the
 * page is in the background, where it holds no connection, or while the server, or
 * the way to it, is away.
 */
export function followChanges(url: string, changed: (change: Change) => Promise<void>): void {
  const stream = new URL(url, location.href);
  let source: EventSource | undefined;
  let reopening: number | undefined;
  let refusals = 0;
  let waiting: Change | undefined; // what is still to be shown
  let busy = false;
  let failures = 0;
  let broken = false; // the stream has been

  const add = (change: Change): void => {
    waiting = { all: change.all || (waiting?.all ?? false) };
  };
  const soon = (change: Change): void => {
    add(change);
    if (!busy) {
      busy = true;
      window.setTimeout(show, resting + apart * Math.random());
    }
  };
  const show = async (): Promise<void> => {
    if (document.hidden) {
      busy = false; // attend goes on
      return;
    }
    const change = waiting ?? { all: false };
    waiting = undefined;
    try {
      await changed(change);
      failures = 0;
    } catch (error) {
      console.warn(error);
      failures++;
      add(change);
    }
    busy = waiting !== undefined;
    if (busy) {
      window.setTimeout(show, failures > 0 ? later(failures) : resting + apart * Math.random());
    }
  };
  const open = (): void => {
    source = new EventSource(stream);
    source.addEventListener("change", (event) => {
      stream.searchParams.set("since", event.lastEventId);
      soon({ all: "all" in JSON.parse(event.data) });
    });
    source.addEventListener("open", () => {
      refusals = 0;
      if (broken) {
        broken = false;
        soon({ all: false }); // tiles may have been asked for in vain
      }
    });
    source.addEventListener("error", () => {
      broken = true;
      if (source?.readyState === EventSource.CLOSED) {
        refusals++;
        reopening = window.setTimeout(open, later(refusals)); // the browser itself comes back only where it was not refused
      }
    });
  };
  const close = (): void => {
    clearTimeout(reopening);
    source?.close();
    source = undefined;
    refusals = 0;
  };
  const attend = (): void => {
    if (document.hidden) {
      close();
    } else if (!source) {
      open();
      if (waiting) {
        soon(waiting);
      }
    }
  };
  document.addEventListener("visibilitychange", attend);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", attend);
  attend();
}

/** Time to wait after so many failures: longer and longer, and not all at once. */
function later(failures: number): number {
  return Math.min(retry.most, retry.first * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}
