/**
 * `<pinezka-choice>` contains step 2 of adding a pin. It shows the categories of the chosen kind
 * only; without it the page shows all of them.
 */
export class CategoryChooser extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "kind") {
        this.showCategories(event.target.value);
        for (const input of this.querySelectorAll<HTMLInputElement>("[data-group]:not(.is-open) input")) {
          input.checked = false;
        }
      }
    });
    const kind = this.querySelector<HTMLInputElement>('input[name="kind"]:checked');
    if (kind) {
      this.showCategories(kind.value);
    }
  }

  private showCategories(kind: string): void {
    for (const group of this.querySelectorAll<HTMLElement>("[data-group]")) {
      group.classList.toggle("is-open", group.dataset.group === kind);
    }
  }
}
