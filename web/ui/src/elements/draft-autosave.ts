const storageKey = "pinezka.draft";
const savedFields = ["title", "body"];

/**
 * `<pinezka-draft>` contains step 3 of adding a pin. It keeps the texts in the session storage
 * until the form is sent, so that going a step back does not lose them, and it focuses the error
 * summary.
 */
export class DraftAutosave extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) {
      return;
    }
    const draft = JSON.parse(sessionStorage.getItem(storageKey) ?? "{}") as Record<string, string>;
    for (const name of savedFields) {
      const field = form.elements.namedItem(name);
      if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value === "") {
        field.value = draft[name] ?? "";
      }
    }
    form.addEventListener("input", () => {
      const data = new FormData(form);
      const draft = Object.fromEntries(savedFields.map((name) => [name, data.get(name) ?? ""]));
      sessionStorage.setItem(storageKey, JSON.stringify(draft));
    });
    form.addEventListener("submit", () => sessionStorage.removeItem(storageKey));
    document.querySelector<HTMLElement>("[data-faults]")?.focus();
  }
}
