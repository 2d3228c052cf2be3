const key = "pinezka.draft";
const fields = ["title", "body"];

/**
 * `<pinezka-draft>` around step 3 of adding a pin: words typed are kept in this
 * tab until they are sent, so that going a step back does not lose them. It also
 * takes the reader to what the server found wrong.
 */
export class PinezkaDraft extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) {
      return;
    }
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}") as Record<string, string>;
    for (const name of fields) {
      const field = form.elements.namedItem(name);
      if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value === "") {
        field.value = kept[name] ?? "";
      }
    }
    form.addEventListener("input", () => {
      const data = new FormData(form);
      sessionStorage.setItem(
        key,
        JSON.stringify(Object.fromEntries(fields.map((name) => [name, data.get(name) ?? ""]))),
      );
    });
    form.addEventListener("submit", () => {
      sessionStorage.removeItem(key);
      sessionStorage.setItem("pinezka.added", String(Date.now()));
    });
    document.querySelector<HTMLElement>("[data-faults]")?.focus();
  }
}
