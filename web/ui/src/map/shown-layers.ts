// The layers of statistics that the page of a map asks for, by the attribute `data-show` of its element.

/** Returns the names of the layers. */
export const shownLayers = (element: HTMLElement): string[] =>
  (element.dataset.show ?? "").split(",").filter((name) => name !== "");
