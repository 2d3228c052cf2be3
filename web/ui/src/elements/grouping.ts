// The page on which the ideas of an event are grouped into themes.

import { t } from "../messages";
import { replaceChildren } from "../partial-page-update";

const timeoutMs = 30_000;
const dragPx = 6; // from which a press is a drag

/**
 * `<pinezka-grouping>` sends the forms of its board without leaving the page. A number moves the
 * idea that has the focus to the theme with it, N begins a new theme, and a mouse or a pen drags.
 */
export class Grouping extends HTMLElement {
  private isBusy = false;

  connectedCallback(): void {
    this.addEventListener("submit", this.onSubmit);
    this.addEventListener("keydown", this.onKey);
    this.addEventListener("pointerdown", this.onPress);
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    const { target: form, submitter } = event;
    if (form instanceof HTMLFormElement) {
      event.preventDefault();
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form, submitter)) {
        body.append(name, String(value));
      }
      void this.send(form.action, body, form.closest<HTMLElement>("[data-idea]"));
    }
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const card = event.target;
    if (
      !(card instanceof HTMLElement) ||
      !card.matches("[data-idea]") ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey
    ) {
      return;
    }
    if (event.key.toLowerCase() === "n") {
      event.preventDefault();
      this.beginTheme(card);
      return;
    }
    const column = /^[1-9]$/.test(event.key) ? this.querySelector<HTMLElement>(`[data-key="${event.key}"]`) : null;
    if (column) {
      event.preventDefault();
      this.move(card, column);
    }
  };

  /** Begins a new theme with an idea: its name is to be typed. */
  private beginTheme(card: HTMLElement): void {
    const form = this.querySelector<HTMLFormElement>(".grouping-new");
    const field = (name: string): HTMLInputElement | null => form?.querySelector(`[name=${name}]`) ?? null;
    const [idea, from, name] = [field("idea"), field("from"), field("name")];
    if (idea && from && name) {
      idea.value = card.dataset.idea ?? "";
      from.value = card.dataset.from ?? "";
      this.say(t("ui.grouping.new"));
      name.focus();
    }
  }

  private move(card: HTMLElement, column: HTMLElement): void {
    const { idea = "", from = "" } = card.dataset;
    const { theme = "" } = column.dataset;
    const action = card.querySelector("form")?.action;
    if (theme !== from && action) {
      void this.send(action, new URLSearchParams({ idea, from, to: theme }), card);
    }
  }

  private readonly onPress = (event: PointerEvent): void => {
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-idea]") : null;
    const isControl = event.target instanceof Element && event.target.closest("a, button, select");
    if (!card || isControl || event.button !== 0 || event.pointerType === "touch") {
      return;
    }
    const ended = new AbortController();
    const { signal } = ended;
    let isDragged = false;
    const onMove = (moved: PointerEvent): void => {
      const [x, y] = [moved.clientX - event.clientX, moved.clientY - event.clientY];
      isDragged ||= Math.hypot(x, y) > dragPx;
      if (isDragged) {
        card.classList.add("is-dragged");
        card.style.translate = `${x}px ${y}px`;
      }
    };
    const onEnd = (dropped: PointerEvent): void => {
      ended.abort();
      card.classList.remove("is-dragged");
      card.style.translate = "";
      const below = document.elementFromPoint(dropped.clientX, dropped.clientY);
      const column = below?.closest<HTMLElement>("[data-theme]");
      if (isDragged && dropped.type === "pointerup" && column && this.contains(column)) {
        this.move(card, column);
      }
    };
    card.setPointerCapture(event.pointerId);
    card.addEventListener("pointermove", onMove, { signal });
    card.addEventListener("pointerup", onEnd, { signal });
    card.addEventListener("pointercancel", onEnd, { signal });
  };

  /** Sends a form, and shows the board as it is then. The next idea of the column has the focus. */
  private async send(path: string, body: URLSearchParams, card: HTMLElement | null): Promise<void> {
    if (this.isBusy) {
      return;
    }
    this.isBusy = true;
    const next = (card?.nextElementSibling ?? card?.previousElementSibling)?.id;
    try {
      const response = await fetch(path, { method: "POST", body, signal: AbortSignal.timeout(timeoutMs) });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      replaceChildren(page, "[data-board]");
      this.say(page.querySelector("[data-said]")?.textContent ?? t("ui.grouping.failed"));
      const focused = (next && document.getElementById(next)) || this.querySelector<HTMLElement>("[data-idea]");
      focused?.focus();
    } catch {
      this.say(t("ui.grouping.failed"));
    } finally {
      this.isBusy = false;
    }
  }

  private say(text: string): void {
    this.querySelector("[data-said]")?.replaceChildren(text);
  }
}
