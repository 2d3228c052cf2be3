/**
 * `<pinezka-choice>` around step 2 of adding a pin: the kind first, then only the
 * categories of that kind. Without it all categories stand below each other.
 */
export class PinezkaChoice extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "kind") {
        this.open(event.target.value, true);
      }
    });
    const chosen = this.querySelector<HTMLInputElement>('input[name="kind"]:checked');
    if (chosen) {
      this.open(chosen.value, false);
    }
  }

  private open(kind: string, forget: boolean): void {
    for (const group of this.querySelectorAll<HTMLElement>("[data-group]")) {
      const open = group.dataset.group === kind;
      group.classList.toggle("is-open", open);
      if (!open && forget) {
        for (const input of group.querySelectorAll("input")) {
          input.checked = false;
        }
      }
    }
  }
}
