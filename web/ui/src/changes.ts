// Changes as they happen: server-sent events of a district.

const resting = 500; // ms after an event in which others join it

/**
 * Calls `changed` when pins of the district have changed, several changes in
 * short order once, and when the page comes back to the front after it was away.
 * The browser reconnects by itself and says what it has seen last. A page in the
 * background holds no connection.
 */
export function followChanges(url: string, changed: () => void): void {
  let source: EventSource | undefined;
  let timer: number | undefined;
  let away = false;
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(changed, resting);
  };
  const attend = (): void => {
    if (document.hidden) {
      source?.close();
      source = undefined;
      away = true;
      return;
    }
    if (!source) {
      source = new EventSource(url);
      source.addEventListener("change", soon);
      if (away) {
        soon();
      }
    }
  };
  document.addEventListener("visibilitychange", attend);
  window.addEventListener("pagehide", () => {
    source?.close();
    source = undefined;
    away = true;
  });
  window.addEventListener("pageshow", attend);
  attend();
}
