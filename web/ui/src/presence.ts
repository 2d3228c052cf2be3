// Who looks at the same thing at the desk, and whether it has changed, without reloading the page.

import { el } from "./create-element";
import { fetchJSON } from "./fetch-json";

const everyMs = 10_000;

/** The response of the server, as web/desk/presence.go writes it. */
interface Presence {
  others: string[]; // sentences
  changed: string; // a sentence, or ""
}

/**
 * Says while the page is visible that its user looks at the thing, which the element with the URL in
 * data-presence shows, and shows who else does. When the page is hidden or left, it says that too.
 */
export function sharePresence(thing: HTMLElement, signal: AbortSignal): void {
  const { presence: url = "", version = "" } = thing.dataset;
  const others = thing.querySelector<HTMLElement>("[data-others]");
  const changed = thing.querySelector<HTMLElement>("[data-changed]");
  let timer = 0;
  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      const body = new URLSearchParams({ version });
      const told = await fetchJSON<Presence>(url, { method: "POST", body, signal });
      show(others, told.others);
      show(changed, told.changed ? [told.changed] : [], changed?.dataset.reload);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      console.warn(error); // The next one may succeed.
    }
    clearTimeout(timer);
    if (!document.hidden) {
      timer = window.setTimeout(ask, everyMs);
    }
  };
  const update = (): void => {
    clearTimeout(timer);
    if (document.hidden) {
      navigator.sendBeacon(url, new URLSearchParams({ leave: "yes" }));
    } else {
      void ask();
    }
  };
  document.addEventListener("visibilitychange", update, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  if (!document.hidden) {
    void ask();
  }
}

/** Shows sentences, with a link that opens the page anew, unless they are shown already: a live region tells them once. */
function show(region: HTMLElement | null, sentences: string[], reload = ""): void {
  const shown = Array.from(region?.querySelectorAll("[data-sentence]") ?? [], (p) => p.textContent);
  if (!region || JSON.stringify(shown) === JSON.stringify(sentences)) {
    return;
  }
  const link = (): HTMLElement => el("a", { href: location.pathname, target: "_blank" }, reload);
  region.replaceChildren(
    ...sentences.map((text) =>
      el("p", {}, el("span", { "data-sentence": "" }, text), ...(reload ? [" ", link()] : [])),
    ),
  );
}
