import { sharePresence } from "../presence";

/**
 * `<pinezka-desk>` lets a moderator work by the keyboard: a key clicks the button or link, or opens the form,
 * that names it in `data-key`. Keys of one letter act only while no field has the focus, and can be turned off
 * (WCAG 2.1.4). Whoever looks at the same thing is shown. Words that are selected in the text become those to redact, and a ready reason fills its field.
 */
export class Desk extends HTMLElement {
  private readonly abort = new AbortController();

  connectedCallback(): void {
    const { signal } = this.abort;
    const keys = this.querySelector<HTMLInputElement>("[data-keys-on]");
    this.querySelector<HTMLElement>("[data-keys-switch]")?.removeAttribute("hidden");
    if (keys) {
      keys.checked = localStorage.getItem("desk-keys") !== "off";
      this.classList.toggle("is-keyless", !keys.checked);
      keys.addEventListener(
        "change",
        () => {
          localStorage.setItem("desk-keys", keys.checked ? "on" : "off");
          this.classList.toggle("is-keyless", !keys.checked);
        },
        { signal },
      );
    }
    document.addEventListener("keydown", (event) => this.press(event, keys?.checked ?? true), { signal });
    this.querySelector<HTMLElement>("[data-keys-help]")?.addEventListener("click", (event) => this.toggleHelp(event), {
      signal,
    });
    const thing = this.querySelector<HTMLElement>("[data-presence]");
    if (thing) {
      sharePresence(thing, signal);
    }
    this.addEventListener("change", (event) => this.fillText(event), { signal });
    document.addEventListener("selectionchange", () => this.takeSelection(), { signal });
    (this.querySelector<HTMLElement>("[data-faults]") ?? this.querySelector<HTMLElement>("[data-done]"))?.focus({
      preventScroll: true,
    });
  }

  disconnectedCallback(): void {
    this.abort.abort();
  }

  private press(event: KeyboardEvent, on: boolean): void {
    const target = event.target as HTMLElement;
    if (event.key === "Escape") {
      this.close(target);
      return;
    }
    const typing = target.closest("input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable]");
    if (!on || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
      return;
    }
    const control = this.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`) ?? this.first(event.key);
    if (!control) {
      return;
    }
    event.preventDefault();
    control.click();
    const form = control.closest("details");
    if (form?.open && control.matches("summary")) {
      form.querySelector<HTMLElement>("fieldset input, input:not([type='hidden']), select, textarea, button")?.focus();
    }
  }

  /** Without an open thing, j opens the first of the queue. */
  private first(key: string): HTMLElement | null {
    return key === "j" && !this.classList.contains("has-thing")
      ? this.querySelector<HTMLElement>(".desk-list a")
      : null;
  }

  private close(target: HTMLElement): void {
    const form = target.closest<HTMLDetailsElement>("details.desk-action[open]");
    if (form) {
      form.open = false;
      form.querySelector("summary")?.focus();
    }
  }

  private toggleHelp(event: Event): void {
    const help = this.querySelector<HTMLElement>("#desk-help");
    if (help) {
      help.hidden = !help.hidden;
      (event.currentTarget as HTMLElement).setAttribute("aria-expanded", String(!help.hidden));
    }
  }

  private fillText(event: Event): void {
    const list = event.target as HTMLSelectElement;
    const text = list.name === "template" ? list.selectedOptions[0]?.dataset.text : undefined;
    const field = list.form?.querySelector("textarea");
    if (text && field) {
      field.value = text;
    }
  }

  private takeSelection(): void {
    const selection = document.getSelection();
    const words = selection?.toString().trim() ?? "";
    const field = this.querySelector<HTMLInputElement>("[data-selection]");
    const text = this.querySelector(".desk-body");
    if (
      field &&
      text &&
      words !== "" &&
      selection?.anchorNode &&
      text.contains(selection.anchorNode) &&
      text.contains(selection.focusNode)
    ) {
      field.value = words;
    }
  }
}
