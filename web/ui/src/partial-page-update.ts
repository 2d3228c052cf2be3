// Updates of this document from another state of the same page.

/**
 * Replaces the children of the element that a selector matches by those in the other page, if both
 * have it.
 */
export function replaceChildren(page: Document, selector: string): void {
  const source = page.querySelector(selector);
  if (source) {
    document.querySelector(selector)?.replaceChildren(...document.importNode(source, true).childNodes);
  }
}

/** Copies the texts of the elements with data-count from the other page. */
export function copyCounts(page: Document, container: Element): void {
  for (const count of container.querySelectorAll<HTMLElement>("[data-count]")) {
    count.textContent = page.querySelector(`[data-count="${count.dataset.count}"]`)?.textContent ?? count.textContent;
  }
}

/** Sets the fields of a form to the values in another form. */
export function copyValues(from: HTMLFormElement | null, to: HTMLFormElement): void {
  for (const field of to.elements) {
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
      const selector = `input[name="${field.name}"][value="${CSS.escape(field.value)}"]`;
      field.checked = from?.querySelector<HTMLInputElement>(selector)?.checked ?? false;
    } else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
      const source = from?.elements.namedItem(field.name);
      if (source instanceof HTMLInputElement || source instanceof HTMLSelectElement) {
        field.value = source.value;
      }
    }
  }
}
